using System.Globalization;
using Backprop.Facade.Pictures;
using static Backprop.PropertyTests.Facade.Pictures.Drawing;

namespace Backprop.PropertyTests.Facade.Pictures;

public class ConfusionMatrixTests
{
    [Fact]
    public void RowsAreTrueAndColumnsAreFound() => Gen.Select(Gen.Int[1, 12], Gen.Int[0, 1000]).Sample((size, seed) =>
    {
        var random = new Random(seed);
        long[][] counts = [.. Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, size).Select(_ => (long)random.Next(1000)).ToArray())];
        var drawing = new Drawing(ConfusionMatrix.Svg(counts, [.. Enumerable.Range(0, size).Select(i => $"class {i}")]));
        drawing.StaysWithinItsBox();
        var (rows, columns) = (Places(drawing, "true", "y"), Places(drawing, "found", "x"));
        Assert.Equal((size, size), (rows.Length, columns.Length));
        Assert.Equal(rows.Order(), rows);
        Assert.Equal(columns.Order(), columns);
        foreach (var (row, i) in counts.Select((row, i) => (row, i)))
        {
            foreach (var (count, j) in row.Select((count, j) => (count, j)))
            {
                var cell = drawing.All("g", "cells").Single(group => Value(group, "class") == $"true-{i} found-{j}").Elements().ToList();
                Assert.Equal($"{count}", cell[1].Value);
                // The names stand at the middle of the row and the column that the count is in.
                Assert.Equal(rows[i], Number(Value(cell[1], "y")), 0.02);
                Assert.Equal(columns[j], Number(Value(cell[1], "x")), 4.02);
                Assert.InRange(Number(Value(cell[1], "x")), Number(Value(cell[0], "x")), Number(Value(cell[0], "x")) + Number(Value(cell[0], "width")));
                Assert.Equal(Palette.Shade((double)count / row.Sum()), Value(cell[0], "fill"));
            }
        }
    });

    [Fact]
    public void SaysHowManyAreRight()
    {
        var texts = new Drawing(ConfusionMatrix.Svg([[3, 1], [0, 4]], ["a", "b"])).All("text").Select(text => text.Value).ToList();
        Assert.Contains("87.50 % of 8 right", texts);
        Assert.Contains("no example", new Drawing(ConfusionMatrix.Svg([[0]], ["a"])).All("text").Select(text => text.Value));
    }

    [Fact]
    public void AShadeIsDarkerWhereTheShareIsGreater()
    {
        int Light(double share) => int.Parse(Palette.Shade(share)[1..3], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.Equal(("#ffffff", "#004c8c"), (Palette.Shade(0), Palette.Shade(1)));
        Assert.True(Light(0.2) > Light(0.4));
        Assert.Equal("#ffffff", Palette.Shade(double.NaN));
    }

    [Fact]
    public void RefusesWhatIsNoSquare()
    {
        Assert.Contains("expected 2 rows of 2, one for each class, got rows of 2, 1", Assert.Throws<ArgumentException>(() => ConfusionMatrix.Svg([[1, 2], [3]], ["a", "b"])).Message);
        Assert.Contains("classes: expected at least one", Assert.Throws<ArgumentException>(() => ConfusionMatrix.Svg([], [])).Message);
        Assert.Contains("not negative", Assert.Throws<ArgumentException>(() => ConfusionMatrix.Svg([[-1]], ["a"])).Message);
    }

    private static double[] Places(Drawing drawing, string names, string attribute) => [.. drawing.All("text", names).Select(text => Number(Value(text, attribute)))];
}
