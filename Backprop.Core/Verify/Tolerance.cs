namespace Backprop.Verify;

/// <summary>How far apart two witnesses may be, by dtype: the one table of tolerances.</summary>
/// <param name="Epsilon">The dtype's rounding unit, relative.</param>
/// <param name="Autograd">Relative error allowed against autograd, which rounds as the hand does.</param>
/// <param name="Difference">Relative error allowed against finite differences, whose truncation at a step of 1e-5 is below this.</param>
/// <param name="Scale">The share of a gradient's greatest entry below which an entry's error is measured against that share instead of the entry:
/// sums round on the scale of their greatest terms.</param>
public sealed record Tolerance(double Epsilon, double Autograd, double Difference, double Scale)
{
    /// <summary>float64: nine digits against autograd, six against differences.</summary>
    public static Tolerance Float64 { get; } = new(Math.Pow(2, -52), 1e-9, 1e-6, 1e-3);

    /// <summary>float32: four digits; its differences are taken in float64 at the same inputs, since those of float32 are mostly rounding.</summary>
    public static Tolerance Float32 { get; } = new(Math.Pow(2, -23), 1e-4, 1e-4, 0.1);

    /// <summary>The row of the table for <paramref name="dtype"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Neither float32 nor float64.</exception>
    public static Tolerance Of(torch.ScalarType dtype) => dtype switch
    {
        torch.ScalarType.Float64 => Float64,
        torch.ScalarType.Float32 => Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "dtype: expected Float32 or Float64."),
    };

    /// <summary>What errors of one gradient are measured against when its entries are smaller: a share of its greatest entry, and no less than
    /// what a few rounding units of the cotangent amount to.</summary>
    /// <param name="reference">The gradient to compare with.</param>
    /// <param name="cotangent">The greatest entry of the cotangent, in magnitude.</param>
    public double Floor(IReadOnlyList<double> reference, double cotangent)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var greatest = reference.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return Math.Max(Scale * greatest, 4 * Epsilon / Autograd * cotangent);
    }

    /// <summary>|a − b| relative to b, or to <paramref name="floor"/> where b is smaller. NaN when either is NaN; 0 when both are the same infinity.</summary>
    public static double Relative(double a, double b, double floor) =>
        a == b ? 0 : double.IsInfinity(b) ? double.PositiveInfinity : Math.Abs(a - b) / Math.Max(Math.Abs(b), floor);
}
