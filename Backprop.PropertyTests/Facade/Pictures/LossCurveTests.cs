using Backprop.Facade.Pictures;
using static Backprop.PropertyTests.Facade.Pictures.Drawing;

namespace Backprop.PropertyTests.Facade.Pictures;

public class LossCurveTests
{
    [Fact]
    public void PointsStandWhereTheLossesAre() => Gen.Select(Gen.Double[0.001, 5].Array[2, 40], Gen.Double[0.001, 5].Array[2, 40]).Sample((training, validation) =>
    {
        var drawing = new Drawing(LossCurve.Svg(training, validation));
        drawing.StaysWithinItsBox();
        foreach (var (name, losses) in new[] { ("training", training), ("validation", validation) })
        {
            var points = Points(drawing, name);
            Assert.Equal(losses.Length, points.Count);
            for (var i = 0; i < losses.Length; i++)
            {
                Assert.Equal(i + 1, drawing.Read("x", points[i].X), 0.05);
                Assert.Equal(losses[i], drawing.Read("y", points[i].Y), 0.005);
            }
        }
        Assert.Equal(0, drawing.Ticks("y")[0].Tick);
        Assert.True(drawing.Ticks("y").Zip(drawing.Ticks("y").Skip(1)).All(pair => pair.First.Tick < pair.Second.Tick && pair.First.Place > pair.Second.Place));
    });

    [Fact]
    public void ALossThatIsNotFiniteLeavesAGap()
    {
        var drawing = new Drawing(LossCurve.Svg([3, 2, double.NaN, 1, double.PositiveInfinity, 2, 1], []));
        Assert.Equal(2, drawing.All("polyline").Count());
        Assert.Single(drawing.All("circle"));
        Assert.DoesNotContain("validation", drawing.All("text").Select(text => text.Value));
        Assert.DoesNotContain("NaN", LossCurve.Svg([double.NaN], [double.NaN]));
    }

    [Fact]
    public void LossesBelowZeroAreShownToo()
    {
        var drawing = new Drawing(LossCurve.Svg([1, -1], [], "Title & <more>"));
        Assert.Equal("Title & <more>", drawing.Title);
        Assert.Equal(-1, drawing.Read("y", Points(drawing, "training")[1].Y), 0.01);
        drawing.StaysWithinItsBox();
    }

    [Fact]
    public void RefusesNoLoss() => Assert.Contains("at least one epoch", Assert.Throws<ArgumentException>(() => LossCurve.Svg([], [])).Message);

    private static IReadOnlyList<(double X, double Y)> Points(Drawing drawing, string line) =>
        [.. Value(drawing.All("polyline", line).Single(), "points").Split(' ').Select(point => (Number(point.Split(',')[0]), Number(point.Split(',')[1])))];
}
