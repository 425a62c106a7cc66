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
        if (tensor.size(dimension) != size) throw Wrong(name, $"size {size} in dimension {dimension} ({because})", tensor);
    }

    /// <summary>Floating-point numbers of one of <paramref name="shapes"/>, which <paramref name="because"/> explains.</summary>
    /// <exception cref="ArgumentException">Another dtype or shape.</exception>
    public static void OneOf(Tensor tensor, string name, string because, params IReadOnlyList<long>[] shapes)
    {
        Floating(tensor, name);
        if (!shapes.Any(tensor.shape.SequenceEqual)) throw Wrong(name, $"shape {string.Join(" or ", shapes.Select(Show))} ({because})", tensor);
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
        if (tensor.dtype != other.dtype || tensor.device_type != other.device_type || tensor.device_index != other.device_index)
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
        InRange(labels, name, classes, "labels");
    }

    /// <summary>Indices of rows, e.g. the ids of words: int64, one dimension, each in 0 … <paramref name="below"/> − 1.</summary>
    /// <exception cref="ArgumentException">Another dtype, or not one dimension.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index out of range.</exception>
    public static void Indices(Tensor indices, string name, long below)
    {
        ArgumentNullException.ThrowIfNull(indices, name);
        if (indices.dtype != torch.int64 || indices.dim() != 1) throw Wrong(name, "int64 indices of one dimension", indices);
        InRange(indices, name, below, "indices");
    }

    /// <summary>A row of indices for each example: int64, <paramref name="form"/> (e.g. "N×K") with at least <paramref name="least"/> columns, each in 0 … <paramref name="below"/> − 1.</summary>
    /// <exception cref="ArgumentException">Another dtype, number of dimensions, or fewer columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index out of range.</exception>
    public static void IndexRows(Tensor indices, string name, string form, long least, long below)
    {
        ArgumentNullException.ThrowIfNull(indices, name);
        if (indices.dtype != torch.int64 || indices.dim() != 2 || indices.shape[1] < least)
            throw Wrong(name, $"int64 indices of shape {form}, at least {least} in a row", indices);
        InRange(indices, name, below, "indices");
    }

    /// <summary>No negative number and no NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is one.</exception>
    public static void NonNegative(Tensor tensor, string name)
    {
        using var scope = torch.NewDisposeScope();
        if (!tensor.ge(0).all().item<bool>())
            throw new ArgumentOutOfRangeException(name, $"{name}: expected numbers that are not negative, got a negative number or NaN.");
    }

    /// <summary>Only numbers above 0; no NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is another.</exception>
    public static void Positive(Tensor tensor, string name)
    {
        Floating(tensor, name);
        using var scope = torch.NewDisposeScope();
        if (!tensor.gt(0).all().item<bool>())
            throw new ArgumentOutOfRangeException(name, $"{name}: expected numbers above 0, got 0, a negative number or NaN.");
    }

    /// <summary>Neither NaN nor an infinity.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static void Finite(Tensor tensor, string name)
    {
        Floating(tensor, name);
        using var scope = torch.NewDisposeScope();
        if (!tensor.isfinite().all().item<bool>()) throw new ArgumentException($"{name}: expected finite numbers, got NaN or an infinity.", name);
    }

    /// <summary>Probabilities: every number in 0 … 1, none of them NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public static void Probabilities(Tensor tensor, string name)
    {
        using var scope = torch.NewDisposeScope();
        if (!(tensor.ge(0).all().item<bool>() && tensor.le(1).all().item<bool>()))
            throw new ArgumentOutOfRangeException(name, $"{name}: expected probabilities, numbers in 0 … 1, got one outside or NaN.");
    }

    /// <summary>Distributions along the last dimension: probabilities whose rows sum to 1, up to what rounding explains.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is none.</exception>
    public static void Distributions(Tensor tensor, string name)
    {
        Classes(tensor, name);
        Probabilities(tensor, name);
        if (tensor.numel() == 0) return;
        using var scope = torch.NewDisposeScope();
        var sums = tensor.to_type(torch.float64).sum(-1L);
        var wrong = sums.masked_select(sums.sub(1).abs().gt(tensor.dtype is torch.ScalarType.Float64 or torch.ScalarType.Float32 ? 1e-4 : 1e-2));
        if (wrong.numel() > 0) throw new ArgumentOutOfRangeException(name, string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{name}: expected rows that sum to 1, got a row that sums to {wrong[0].item<double>():G6}."));
    }

    /// <summary>The shape as it is written in messages: [2, 3].</summary>
    public static string Show(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";

    private static void InRange(Tensor integers, string name, long below, string what)
    {
        if (integers.numel() == 0) return;
        using var scope = torch.NewDisposeScope();
        var (least, greatest) = (integers.min().item<long>(), integers.max().item<long>());
        if (least < 0 || greatest >= below)
            throw new ArgumentOutOfRangeException(name, $"{name}: expected {what} in 0 … {below - 1}, got {(least < 0 ? least : greatest)}.");
    }

    private static bool IsFloating(Tensor tensor) =>
        tensor.dtype is torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16;

    private static ArgumentException Wrong(string name, string expected, Tensor got) =>
        new($"{name}: expected {expected}, got shape {Show(got.shape)} of {got.dtype} on {got.device}.", name);
}
