namespace Backprop.Verify;

/// <summary>How one entry compares.</summary>
/// <param name="Element">The three values.</param>
/// <param name="Sampled">Whether a difference was taken.</param>
/// <param name="Kink">Whether it lies at a kink, so that the difference says nothing.</param>
internal sealed record EntryVerdict(Element Element, bool Sampled, bool Kink);

/// <summary>Compares the entries of one gradient with autograd and with finite differences.</summary>
/// <param name="probe">The hand-written forward pass at its point, in float64.</param>
/// <param name="tolerance">For the dtype of the hand-written gradient.</param>
/// <param name="floor">Below this, errors are relative to it.</param>
/// <param name="atTies">Whether the point may sit at kinks, several of which can hide one another from differences: where hand and autograd agree, differences alone accuse nobody there.</param>
internal sealed class EntryJudge(FiniteDifference.Probe probe, Tolerance tolerance, double floor, bool atTies)
{
    internal EntryVerdict Judge(string input, IReadOnlyList<long> index, int entry, double hand, double autograd, double rounding, bool sampled)
    {
        var toAutograd = Tolerance.Relative(hand, autograd, Math.Max(floor, rounding / tolerance.Autograd));
        if (!sampled) return Verdict(null, null);
        var quick = probe.At(entry, FiniteDifference.DefaultStep);
        var toDifference = Relative(hand, quick.Centred, Math.Max(quick.Rounding, rounding));
        if (toDifference <= tolerance.Difference) return Verdict(quick.Centred, toDifference);
        var slope = new SlopeFinder(probe, 100 * tolerance.Difference * floor).At(entry);
        if (slope is not null && Relative(hand, slope.Value, slope.Uncertainty + rounding) is var careful && (careful <= tolerance.Difference || !atTies || toAutograd > tolerance.Autograd))
            return Verdict(slope.Value, careful);
        // At a kink the difference says nothing; where autograd says something else than the hand, it is not the kink's fault.
        return toAutograd <= tolerance.Autograd ? Verdict(null, null, kink: true) : Verdict(quick.Centred, toDifference);

        EntryVerdict Verdict(double? difference, double? relative, bool kink = false) =>
            new(new(input, index, hand, autograd, difference, toAutograd, relative), sampled, kink);
    }

    private double Relative(double hand, double slope, double uncertainty) =>
        Tolerance.Relative(hand, slope, Math.Max(floor, uncertainty / tolerance.Difference));
}
