using System.Globalization;
using Backprop.Facade.Pictures;

namespace Backprop.PropertyTests.Facade.Pictures;

public class AxisTests
{
    private static readonly Gen<double[]> Several = Gen.OneOf(Gen.Double[-1e-6, 1e-6], Gen.Double[-3, 3], Gen.Double[1e5, 1e9]).Array[1, 6];

    [Fact]
    public void TicksAreRoundNumbersInOrderWithinTheRange() => Several.Sample(numbers =>
    {
        var axis = Axis.Over(numbers, 0.05, 0, 100);
        var ticks = axis.Ticks();
        Assert.InRange(ticks.Count, 2, 10);
        var step = ticks[1] - ticks[0];
        var leading = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-6));
        Assert.Contains(new[] { 1.0, 2, 5 }, round => Math.Abs(leading - round) < 1e-5);
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(step, pair.Second - pair.First, 1e-6 * step));
        Assert.All(ticks, tick => Assert.InRange(axis.Place(tick), -1e-6, 100 + 1e-6));
        Assert.Equal(ticks.Count, ticks.Select(tick => axis.Name(tick)).Distinct().Count());
        Assert.All(ticks, tick => Assert.Equal(tick, double.Parse(axis.Name(tick), CultureInfo.InvariantCulture), 1e-6 * step + 1e-12 * Math.Abs(tick)));
    });

    [Fact]
    public void PlacesAreInOrderAndInTheRange() => Several.Sample(numbers =>
    {
        var axis = Axis.Over(numbers, 0.05, 90, 10);
        Assert.All(numbers, number => Assert.InRange(axis.Place(number), 10, 90));
        var ordered = numbers.Order().Select(axis.Place).ToArray();
        Assert.Equal(ordered.OrderDescending(), ordered);
        Assert.Equal((90, 10), (axis.Place(axis.Least), axis.Place(axis.Greatest)));
    });

    [Fact]
    public void ANumberAloneIsInTheMiddle()
    {
        Assert.Equal(50, Axis.Over([3.5], 0, 0, 100).Place(3.5), 1e-9);
        Assert.Equal(50, Axis.Over([0, 0], 0, 0, 100).Place(0), 1e-9);
        Assert.Equal(new Axis(1, 2, 0, 1), Axis.Over([double.NaN, 2, double.PositiveInfinity, 1], 0, 0, 1));
        Assert.Equal(new Axis(0, 1, 0, 1), Axis.Over([], 0, 0, 1));
    }

    [Fact]
    public void EpochsAreWhole()
    {
        Assert.Equal([1, 2], new Axis(1, 2, 0, 100).Ticks(whole: true));
        Assert.Equal([20, 40, 60, 80, 100, 120], new Axis(1, 130, 0, 100).Ticks(whole: true));
        Assert.Equal("2", new Axis(1, 2, 0, 100).Name(2, whole: true));
    }
}
