namespace Backprop.Models;

/// <summary>How many parameters a network of affine layers has: Σ_l (D_l + 1) · D_(l+1), weights and biases.</summary>
/// <remarks>
/// Shapes: widths D_1, …, D_L → a whole number; for one hidden layer (D_x + 1)·H + (H + 1)·D_y.
/// Backward: none, since it is a count.
/// Edges: two widths are one layer; a count beyond 2⁶³ − 1 is refused.
/// Source: notes 004, lines 134–136, 943, 1829–1842, 2227 and 2373–2375.
/// </remarks>
public static class ParameterCount
{
    /// <summary>The number of weights and biases of the layers between these widths.</summary>
    /// <exception cref="ArgumentException">Fewer than two widths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A width below 1.</exception>
    /// <exception cref="OverflowException">More than 2⁶³ − 1 parameters.</exception>
    public static long Of(params long[] widths)
    {
        ArgumentNullException.ThrowIfNull(widths);
        if (widths.Length < 2) throw new ArgumentException($"widths: expected at least two, input and output, got {widths.Length}.", nameof(widths));
        if (widths.FirstOrDefault(width => width < 1, 1) is var wrong and < 1) throw new ArgumentOutOfRangeException(nameof(widths), $"widths: expected widths of at least 1, got {wrong}.");
        return widths.Zip(widths.Skip(1)).Aggregate(0L, (sum, layer) => checked(sum + (layer.First + 1) * layer.Second));
    }
}
