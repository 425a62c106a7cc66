using Backprop.Facade.Pictures;
using static Backprop.PropertyTests.Facade.Pictures.Drawing;

namespace Backprop.PropertyTests.Facade.Pictures;

public class DecisionRegionsTests
{
    private static readonly string[] Classes = ["red", "green", "blue"];
    private static readonly string[] Names = ["width", "height"];

    [Fact]
    public void PointsStandWhereTheyAre() => Gen.Select(Gen.Double[-4, 9], Gen.Double[-4, 9], Gen.Int[0, 2]).Array[2, 12].Sample(all =>
    {
        PlanePoint[] points = [.. all.Select(one => new PlanePoint(one.Item1, one.Item2))];
        int[] labels = [.. all.Select(one => one.Item3)];
        var grid = PlaneGrid.Around(points, 5);
        var drawing = new Drawing(DecisionRegions.Svg(points, labels, Classes, grid, new int[25], Names));
        drawing.StaysWithinItsBox();
        var circles = drawing.All("circle", "points").ToList();
        Assert.Equal(points.Length, circles.Count);
        for (var i = 0; i < points.Length; i++)
        {
            // Ticks are read to a hundredth of a unit, of 480 for the whole range.
            Assert.Equal(points[i].X, drawing.Read("x", Number(Value(circles[i], "cx"))), (grid.Right - grid.Left) / 2000);
            Assert.Equal(points[i].Y, drawing.Read("y", Number(Value(circles[i], "cy"))), (grid.Top - grid.Bottom) / 2000);
            Assert.Equal(Palette.Of(labels[i]), Value(circles[i], "fill"));
        }
        Assert.True(drawing.Ticks("x").Zip(drawing.Ticks("x").Skip(1)).All(pair => pair.First.Tick < pair.Second.Tick && pair.First.Place < pair.Second.Place));
    });

    [Fact]
    public void EachCellHasTheColourOfItsClass() => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[0, 1000]).Sample((columns, rows, seed) =>
    {
        var grid = new PlaneGrid(-1, 3, 10, 20, columns, rows);
        var random = new Random(seed);
        int[] found = [.. grid.Middles.Select(_ => random.Next(3))];
        var drawing = new Drawing(DecisionRegions.Svg([], [], Classes, grid, found, Names));
        var area = 0.0;
        var seen = drawing.All("path", "regions").SelectMany(path => Boxes(Value(path, "d")), (path, sides) => (Class: Value(path, "class"), Fill: Value(path, "fill"), Sides: sides)).ToList();
        foreach (var (_, _, sides) in seen) area += (sides[2] - sides[0]) * (sides[1] - sides[3]);
        Assert.Equal(480 * 480, area, 480 * 0.01 * columns * rows * 2);
        foreach (var (middle, label) in grid.Middles.Zip(found))
        {
            var (x, y) = (76 + 480 * (middle.X + 1) / 4, 44 + 480 * (20 - middle.Y) / 10);
            var (kind, fill, _) = Assert.Single(seen, region => region.Sides[0] < x && x < region.Sides[2] && region.Sides[3] < y && y < region.Sides[1]);
            Assert.Equal(($"class-{label}", Palette.Of(label)), (kind, fill));
        }
    });

    [Fact]
    public void TheLegendNamesTheClassesInTheirColours()
    {
        var drawing = new Drawing(DecisionRegions.Svg([new(0, 0)], [0], ["p", "a name of more than sixteen letters"], new(-1, 1, -1, 1, 1, 1), [0], Names));
        Assert.Equal(["p", "a name of more …"], drawing.All("text", "legend").Select(text => text.Value));
        Assert.Equal([Palette.Of(0), Palette.Of(1)], drawing.All("circle", "legend").Select(circle => Value(circle, "fill")));
        Assert.Contains("width", drawing.All("text", "axes").Select(text => text.Value));
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        PlaneGrid grid = new(0, 1, 0, 1, 2, 1);
        Refused("labels: expected 1, one for each point, got 0", () => DecisionRegions.Svg([new(0, 0)], [], Classes, grid, [0, 0], Names));
        Refused("found: expected 2 classes, one for each cell, got 1", () => DecisionRegions.Svg([], [], Classes, grid, [0], Names));
        Refused("classes: expected labels in 0 … 2, got 3", () => DecisionRegions.Svg([], [], Classes, grid, [0, 3], Names));
        Refused("names: expected those of 2 features, got 1", () => DecisionRegions.Svg([], [], Classes, grid, [0, 0], ["x"]));
        Refused("grid: expected at least one cell", () => DecisionRegions.Svg([], [], Classes, grid with { Right = 0 }, [0, 0], Names));

        static void Refused(string complaint, Func<string> draw) => Assert.Contains(complaint, Assert.Throws<ArgumentException>(draw).Message);
    }

    /// <summary>Left, bottom, right and top of each box of a path, which is written M left bottom H right V top H left Z.</summary>
    private static IEnumerable<double[]> Boxes(string path) =>
        path.Split('Z', StringSplitOptions.RemoveEmptyEntries).Select(box => box.Split(['M', ' ', 'H', 'V'], StringSplitOptions.RemoveEmptyEntries).Take(4).Select(Number).ToArray());
}
