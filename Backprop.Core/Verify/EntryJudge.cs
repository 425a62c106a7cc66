namespace Backprop.Verify;

/// <summary>How one entry compares.</summary>
/// <param name="Element">The three values.</param>
/// <param name="Sampled">Whether a difference was taken.</param>
/// <param name="Kink">Whether it lies at a kink, so that the difference says nothing.</param>
internal sealed record EntryVerdict(Element Element, bool Sampled, bool Kink);

/// <summary>Compares the entries of one gradient with autograd and with finite differences.</summary>
/// <param name="f">The hand-written forward pass as a function of this input.</param>
/// <param name="x">The input, float64.</param>
/// <param name="dy">The cotangent, float64.</param>
/// <param name="tolerance">For the dtype of the hand-written gradient.</param>
/// <param name="floor">Below this, errors are relative to it.</param>
internal sealed class EntryJudge(Func<Tensor, Tensor> f, Tensor x, Tensor dy, Tolerance tolerance, double floor)
{
    /// <summary>Tried when the default step leaves doubt; the best is chosen by its own consistency, not by what the hand says.</summary>
    private static readonly double[] Steps = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    /// <summary>Rounding rarely leads a value further astray than so many times what it typically does.</summary>
    private const double Rarely = 10;

    private readonly FiniteDifference.Probe? _probe = x.numel() == 0 ? null : new(f, x, dy);

    internal EntryVerdict Judge(string input, IReadOnlyList<long> index, int entry, double hand, double autograd, double rounding, bool sampled)
    {
        var toAutograd = Tolerance.Relative(hand, autograd, Math.Max(floor, rounding / tolerance.Autograd));
        if (!sampled) return Verdict(null, null);
        var quick = _probe!.At(entry, FiniteDifference.DefaultStep);
        var toDifference = Relative(hand, quick.Centred, Math.Max(quick.Rounding, rounding));
        if (toDifference <= tolerance.Difference) return Verdict(quick.Centred, toDifference);
        if (Careful(entry) is var (slope, uncertainty)) return Verdict(slope, Relative(hand, slope, uncertainty + rounding));
        // At a kink the difference says nothing; where autograd says something else than the hand, it is not the kink's fault.
        return toAutograd <= tolerance.Autograd ? Verdict(null, null, kink: true) : Verdict(quick.Centred, toDifference);

        EntryVerdict Verdict(double? difference, double? relative, bool kink = false) =>
            new(new(input, index, hand, autograd, difference, toAutograd, relative), sampled, kink);
    }

    /// <summary>The slope by Richardson's extrapolation from the step whose own error estimate is the least, with that estimate; null when the least step straddles a kink.</summary>
    private (double Slope, double Uncertainty)? Careful(int entry)
    {
        var noise = Rarely * _probe!.Noise(entry);
        (double Slope, double Uncertainty)? best = null;
        var kink = 0.0;
        foreach (var step in Steps)
        {
            var (whole, half) = (_probe.At(entry, step), _probe.At(entry, step / 2));
            if (IsKink(whole, half, noise / step))
            {
                // Greater steps straddle it too, though what is smooth about the function may have hidden it from them.
                (best, kink) = (null, Math.Abs(whole.Right - whole.Left));
                continue;
            }
            // A step so small that rounding would hide the kink which a greater one showed does not refute it.
            if (16 * noise / step > kink && kink > 0) continue;
            var uncertainty = Math.Abs(whole.Centred - half.Centred) / 3 + 3 * noise / step;
            if (best is null || uncertainty < best.Value.Uncertainty) best = ((4 * half.Centred - whole.Centred) / 3, uncertainty);
        }
        return best;
    }

    private double Relative(double hand, double slope, double uncertainty) =>
        Tolerance.Relative(hand, slope, Math.Max(floor, uncertainty / tolerance.Difference));

    /// <summary>Slopes to the left and right that stay apart when the step is halved, where those of a smooth function draw half as near; or whose mean moves
    /// with the step as much as they are apart, which is what a kink between the half and the whole step, or just beside the point, looks like.</summary>
    private bool IsKink(FiniteDifference.Quotients whole, FiniteDifference.Quotients half, double rounding)
    {
        var (gap, nearerGap) = (Math.Abs(whole.Right - whole.Left), Math.Abs(half.Right - half.Left));
        return gap > 100 * tolerance.Difference * floor + 8 * rounding
            && (nearerGap > 0.75 * gap || Math.Abs(whole.Centred - half.Centred) > 0.05 * gap + 4 * rounding);
    }
}
