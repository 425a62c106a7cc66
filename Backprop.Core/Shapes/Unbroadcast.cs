namespace Backprop.Shapes;

/// <summary>The adjoint of broadcasting: what was repeated forward is summed backward.</summary>
public static class Unbroadcast
{
    /// <summary>Sums <paramref name="gradient"/> over the dimensions along which <paramref name="shape"/> was broadcast, and gives it that shape.</summary>
    /// <exception cref="ArgumentException">No broadcast leads from <paramref name="shape"/> to the gradient's shape.</exception>
    public static Tensor Sum(Tensor gradient, IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(shape);
        var extra = (int)gradient.dim() - shape.Count;
        var sizes = gradient.shape;
        if (extra < 0 || shape.Where((size, i) => size != 1 && size != sizes[i + extra]).Any())
            throw new ArgumentException($"gradient: expected a shape that {Expect.Show(shape)} broadcasts to, got {Expect.Show(sizes)}.", nameof(gradient));
        var repeated = Enumerable.Range(0, sizes.Length).Where(i => i < extra || (shape[i - extra] == 1 && sizes[i] != 1)).Select(i => (long)i).ToArray();
        var summed = repeated.Length == 0 ? gradient : gradient.sum(repeated, keepdim: true);
        return summed.reshape([.. shape]);
    }
}
