namespace Backprop.Verify;

/// <summary>A slope, and how far it may be off.</summary>
/// <param name="Value">By Richardson's extrapolation.</param>
/// <param name="Uncertainty">Truncation and rounding together.</param>
internal sealed record Slope(double Value, double Uncertainty);

/// <summary>Finds the slope of a function along one entry as well as differences can, when the default step leaves doubt.</summary>
/// <param name="probe">The function at its point.</param>
/// <param name="least">A gap between left and right slope that is no more than this is no kink.</param>
internal sealed class SlopeFinder(FiniteDifference.Probe probe, double least)
{
    /// <summary>The best is chosen by its own consistency, not by what the hand says.</summary>
    private static readonly double[] Steps = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    /// <summary>Rounding rarely leads a value further astray than so many times what it typically does.</summary>
    private const double Rarely = 10;

    /// <summary>The slope by Richardson's extrapolation from the step whose own error estimate is the least; null when the least step straddles a kink.</summary>
    internal Slope? At(int entry)
    {
        var noise = Rarely * probe.Noise(entry);
        Slope? best = null;
        var kink = 0.0;
        foreach (var step in Steps)
        {
            var (whole, half) = (probe.At(entry, step), probe.At(entry, step / 2));
            if (IsKink(whole, half, noise / step))
            {
                // Greater steps straddle it too, though what is smooth about the function may have hidden it from them.
                (best, kink) = (null, Math.Abs(whole.Right - whole.Left));
                continue;
            }
            // A step so small that rounding would hide the kink which a greater one showed does not refute it.
            if (16 * noise / step > kink && kink > 0) continue;
            var uncertainty = Math.Abs(whole.Centred - half.Centred) / 3 + 3 * noise / step;
            if (best is null || uncertainty < best.Uncertainty) best = new((4 * half.Centred - whole.Centred) / 3, uncertainty);
        }
        return best;
    }

    /// <summary>Slopes to the left and right that stay apart when the step is halved, where those of a smooth function draw half as near; or whose mean moves
    /// with the step as much as they are apart, which is what a kink between the half and the whole step, or just beside the point, looks like.</summary>
    private bool IsKink(FiniteDifference.Quotients whole, FiniteDifference.Quotients half, double rounding)
    {
        var (gap, nearerGap) = (Math.Abs(whole.Right - whole.Left), Math.Abs(half.Right - half.Left));
        return gap > least + 8 * rounding
            && (nearerGap > 0.75 * gap || Math.Abs(whole.Centred - half.Centred) > 0.05 * gap + 4 * rounding);
    }
}
