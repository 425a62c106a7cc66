using System.Globalization;
using Backprop.Shapes;

namespace Backprop.Verify;

/// <summary>Sums up the entries of one case.</summary>
internal sealed class Tally(Case @case, Tolerance tolerance)
{
    private Element? _worst;
    private double _worstRank = double.NegativeInfinity;
    private double _toAutograd, _toDifference;
    private long _entries, _differences, _kinks;

    internal Flaw? Flaw { get; set; }

    internal Examination Examination => new(@case, Flaw, _worst, _toAutograd, _toDifference, _entries, _differences, _kinks);

    internal void Add(EntryVerdict verdict)
    {
        var element = verdict.Element;
        _entries++;
        if (verdict.Sampled) _differences++;
        if (verdict.Kink) _kinks++;
        // Math.Max carries NaN along: a NaN once seen stays the worst.
        _toAutograd = Math.Max(_toAutograd, element.RelativeToAutograd);
        _toDifference = Math.Max(_toDifference, element.RelativeToDifference ?? 0);
        var rank = Math.Max(element.RelativeToAutograd / tolerance.Autograd, (element.RelativeToDifference ?? 0) / tolerance.Difference);
        if (double.IsNaN(rank)) rank = double.PositiveInfinity;
        if (!(rank > _worstRank)) return;
        (_worst, _worstRank) = (element, rank);
    }

    /// <summary>The fault of the worst entry, if it is one.</summary>
    internal Flaw? Verdict =>
        _worst is null || _worstRank <= 1 ? null
        : !(_worst.RelativeToAutograd <= tolerance.Autograd) ? Of(Criterion.Autograd, "autograd", _worst.Autograd)
        : Of(Criterion.Difference, "finite differences", _worst.Difference ?? double.NaN);

    private Flaw Of(Criterion check, string witness, double value) =>
        new(check, string.Create(CultureInfo.InvariantCulture, $"d{_worst!.Input}{Expect.Show(_worst.Index)} is {_worst.Hand:R}, {witness} say{(check == Criterion.Autograd ? "s" : "")} {value:R}"), _worst);
}
