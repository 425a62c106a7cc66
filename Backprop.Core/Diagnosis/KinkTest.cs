using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Whether an entry sits at a kink, and the hand's value there is one of those that a convention may choose.</summary>
/// <remarks>Output by output: a signed cotangent summed over several kinks brackets nothing.</remarks>
internal sealed class KinkTest(Experiment experiment, FiniteDifference.Probe probe)
{
    private const double Step = 1e-5;

    /// <summary>More kinked outputs than this are not looked at one by one.</summary>
    private const int MostOutputs = 64;

    /// <summary>Null when no output has a kink along entry <paramref name="entry"/> of gradient <paramref name="g"/>; else whether the hand's slope of each output lies between its one-sided slopes.</summary>
    internal bool? Convention(int g, int entry, double hand, double floor)
    {
        var (whole, half) = (probe.SidesAt(entry, Step), probe.SidesAt(entry, Step / 2));
        var scale = whole.Left.Concat(whole.Right).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var kinked = Enumerable.Range(0, whole.Left.Length).Where(k =>
        {
            var (gap, nearer) = (Math.Abs(whole.Right[k] - whole.Left[k]), Math.Abs(half.Right[k] - half.Left[k]));
            return gap > 1e-3 * scale + 8 * whole.Rounding[k] && nearer > 0.75 * gap;
        }).ToList();
        if (kinked.Count == 0) return null;
        if (kinked.Count > MostOutputs) return Between(hand, Sum(half, least: true), Sum(half, least: false), floor);
        using var scope = torch.NewDisposeScope();
        var dy = experiment.DyNumbers.SelectMany(numbers => numbers).ToArray();
        var rest = hand;
        foreach (var k in kinked)
        {
            var unit = new double[dy.Length];
            unit[k] = 1;
            if (HandAt(g, entry, unit) is not { } slope) return Between(hand, Sum(half, least: true), Sum(half, least: false), floor);
            if (!Between(slope, Math.Min(half.Left[k], half.Right[k]), Math.Max(half.Left[k], half.Right[k]), scale)) return false;
            rest -= dy[k] * slope;
        }
        // What is left comes from smooth outputs, where there is no convention to choose.
        var smooth = Enumerable.Range(0, dy.Length).Except(kinked).Sum(k => dy[k] * (half.Left[k] + half.Right[k]) / 2);
        return Math.Abs(rest - smooth) <= 1e-4 * Math.Max(Math.Max(Math.Abs(hand), Math.Abs(smooth)), floor) + 1e-6 * scale;
    }

    private double? HandAt(int g, int entry, double[] unit)
    {
        try
        {
            var gradients = experiment.Backward(experiment.Split(unit));
            return gradients.Count > g && gradients[g] is { } gradient && gradient.numel() > entry ? Host.Numbers(gradient)[entry] : null;
        }
        catch (PassException)
        {
            return null;
        }
    }

    /// <summary>The least or the greatest that conventions can make of ⟨dy, slopes⟩.</summary>
    private double Sum(FiniteDifference.Sides sides, bool least)
    {
        var dy = experiment.DyNumbers.SelectMany(numbers => numbers);
        return dy.Select((one, k) => least ? Math.Min(one * sides.Left[k], one * sides.Right[k]) : Math.Max(one * sides.Left[k], one * sides.Right[k])).Sum();
    }

    private static bool Between(double value, double low, double high, double scale) =>
        value >= low - 1e-4 * Math.Max(Math.Abs(low), scale) && value <= high + 1e-4 * Math.Max(Math.Abs(high), scale);
}
