namespace Backprop.Shapes;

/// <summary>Checks of what comes in: each throws an <see cref="ArgumentException"/> that names the parameter, what was expected and what came.</summary>
public static class Expect
{
    /// <summary>A tensor of floating-point numbers, of any shape.</summary>
    /// <exception cref="ArgumentException">It holds integers, Booleans or complex numbers.</exception>
    public static void Floating(Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (!IsFloating(tensor)) throw Wrong(name, "floating-point numbers", tensor);
    }

    /// <summary>A floating-point tensor with as many dimensions as <paramref name="form"/> has letters, e.g. "N×D".</summary>
    /// <exception cref="ArgumentException">Another dtype, or another number of dimensions.</exception>
    public static void Form(Tensor tensor, string name, string form)
    {
        Floating(tensor, name);
        if (tensor.dim() != form.Split('×').Length) throw Wrong(name, $"shape {form}", tensor);
    }

    /// <summary>At least one dimension, whose last is not empty: something to take a softmax over.</summary>
    /// <exception cref="ArgumentException">No dimension, or a last dimension of size 0.</exception>
    public static void Classes(Tensor tensor, string name)
    {
        Floating(tensor, name);
        if (tensor.dim() == 0 || tensor.shape[^1] == 0) throw Wrong(name, "shape […, C] with C ≥ 1", tensor);
    }

    /// <summary>The size of dimension <paramref name="dimension"/> is <paramref name="size"/>, which <paramref name="because"/> explains.</summary>
    /// <exception cref="ArgumentException">Another size.</exception>
    public static void Size(Tensor tensor, string name, int dimension, long size, string because)
    {
        if (tensor.shape[dimension] != size) throw Wrong(name, $"size {size} in dimension {dimension} ({because})", tensor);
    }

    /// <summary>Same shape, dtype and device: nothing broadcasts silently.</summary>
    /// <exception cref="ArgumentException">Any of the three differs.</exception>
    public static void Same(Tensor tensor, string name, Tensor other, string otherName)
    {
        SameKind(tensor, name, other, otherName);
        if (!tensor.shape.AsSpan().SequenceEqual(other.shape)) throw Wrong(name, $"the shape of {otherName}, {Show(other.shape)}", tensor);
    }

    /// <summary>Same dtype and device.</summary>
    /// <exception cref="ArgumentException">Either differs.</exception>
    public static void SameKind(Tensor tensor, string name, Tensor other, string otherName)
    {
        Floating(tensor, name);
        if (tensor.dtype != other.dtype || tensor.device.ToString() != other.device.ToString())
            throw Wrong(name, $"dtype and device of {otherName}, {other.dtype} on {other.device}", tensor);
    }

    /// <summary>Class labels: int64, one for each of <paramref name="count"/> rows, each in 0 … <paramref name="classes"/> − 1.</summary>
    /// <exception cref="ArgumentException">Another dtype or shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label out of range.</exception>
    public static void Labels(Tensor labels, string name, long count, long classes)
    {
        ArgumentNullException.ThrowIfNull(labels, name);
        if (labels.dtype != torch.int64 || labels.dim() != 1 || labels.shape[0] != count)
            throw Wrong(name, $"{count} int64 class labels, one for each row", labels);
        if (count == 0) return;
        using var scope = torch.NewDisposeScope();
        var (least, greatest) = (labels.min().item<long>(), labels.max().item<long>());
        if (least < 0 || greatest >= classes)
            throw new ArgumentOutOfRangeException(name, $"{name}: expected labels in 0 … {classes - 1}, got {(least < 0 ? least : greatest)}.");
    }

    /// <summary>No negative number and no NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is one.</exception>
    public static void NonNegative(Tensor tensor, string name)
    {
        using var scope = torch.NewDisposeScope();
        if (!tensor.ge(0).all().item<bool>())
            throw new ArgumentOutOfRangeException(name, $"{name}: expected numbers that are not negative, got a negative number or NaN.");
    }

    /// <summary>The shape as it is written in messages: [2, 3].</summary>
    public static string Show(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";

    private static bool IsFloating(Tensor tensor) =>
        tensor.dtype is torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16;

    private static ArgumentException Wrong(string name, string expected, Tensor got) =>
        new($"{name}: expected {expected}, got shape {Show(got.shape)} of {got.dtype} on {got.device}.", name);
}
