using System.Globalization;

namespace Backprop.Facade.Pictures;

/// <summary>Where numbers stand along one side of a picture.</summary>
/// <param name="Least">The number at <paramref name="Start"/>.</param>
/// <param name="Greatest">The number at <paramref name="End"/>, above <paramref name="Least"/>.</param>
/// <param name="Start">In the picture's own units; may be above <paramref name="End"/>, as it is where numbers grow upward.</param>
/// <param name="End">In the picture's own units.</param>
public sealed record Axis(double Least, double Greatest, double Start, double End)
{
    private const int MostSteps = 8;

    /// <summary>One that has room for all of some numbers, those that are not finite left out.</summary>
    /// <param name="numbers">What is to be shown.</param>
    /// <param name="margin">What is left free at either end, as a share of the range.</param>
    /// <param name="start">Where the least stands.</param>
    /// <param name="end">Where the greatest stands.</param>
    public static Axis Over(IEnumerable<double> numbers, double margin, double start, double end)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        double[] finite = [.. numbers.Where(double.IsFinite)];
        var (least, greatest) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        // A single number gets a range that it is the middle of, wide enough to be one in float64.
        if (!(greatest - least > 1e-9 * Math.Max(Math.Abs(least), Math.Abs(greatest)))) (least, greatest) = (least - Half(least), greatest + Half(greatest));
        var free = margin * (greatest - least);
        return new(least - free, greatest + free, start, end);
    }

    /// <summary>Where a number stands.</summary>
    public double Place(double number) => Start + (number - Least) / (Greatest - Least) * (End - Start);

    /// <summary>Round numbers within the range, in order: steps of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="whole">Only whole numbers, as epochs are.</param>
    public IReadOnlyList<double> Ticks(bool whole = false)
    {
        var step = Step(whole);
        var (first, last) = (Math.Ceiling(Least / step - 1e-9), Math.Floor(Greatest / step + 1e-9));
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>A tick as it is written beside the axis: with as many digits as tell it from its neighbours.</summary>
    public string Name(double tick, bool whole = false)
    {
        var step = Step(whole);
        if (Math.Abs(tick) < step / 2) return "0";
        var digits = -(int)Math.Floor(Math.Log10(step) + 1e-9);
        var largest = Math.Max(Math.Abs(Least), Math.Abs(Greatest));
        if (largest is >= 1e6 or < 1e-3) return tick.ToString($"0.{new string('#', Math.Clamp(digits + (int)Math.Floor(Math.Log10(largest)), 0, 15))}e+0", CultureInfo.InvariantCulture);
        return tick.ToString($"F{Math.Clamp(digits, 0, 15)}", CultureInfo.InvariantCulture);
    }

    private double Step(bool whole)
    {
        var rough = (Greatest - Least) / MostSteps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = (rough / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
        return whole ? Math.Max(1, Math.Round(step)) : step;
    }

    private static double Half(double number) => number == 0 ? 0.5 : 0.1 * Math.Abs(number);
}
