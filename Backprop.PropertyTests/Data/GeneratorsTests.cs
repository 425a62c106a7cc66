using Backprop.Data;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Data;

public class GeneratorsTests
{
    public static TheoryData<string> Seeded() => [.. Makers.Keys];

    private static readonly Dictionary<string, Func<int, Dataset>> Makers = new(StringComparer.Ordinal)
    {
        ["spiral"] = seed => Generators.Spiral(seed: seed),
        ["blobs"] = seed => Generators.Blobs(seed: seed),
        ["moons"] = seed => Generators.Moons(seed: seed),
        ["line"] = seed => Generators.Line(seed: seed),
    };

    [Theory]
    [MemberData(nameof(Seeded))]
    public void TheSameSeedGivesTheSameBits(string name)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(All(Makers[name](3)), All(Makers[name](3)));
        Assert.NotEqual(All(Makers[name](3)), All(Makers[name](4)));
    }

    [Fact]
    public void ArmsOfTheSpiralRunOutwardAndTurn()
    {
        using var scope = torch.NewDisposeScope();
        var data = Generators.Spiral();
        Assert.Equal((300, 2, 3), (data.Count, data.Features.Count, data.Classes.Count));
        var (points, labels) = (Numbers(data.X), data.Y.data<long>().ToArray());
        var noise = new List<double>();
        for (var row = 0; row < 300; row++)
        {
            var (x, y, along) = (points[2 * row], points[2 * row + 1], row % 100 / 99.0);
            Assert.Equal(row / 100, labels[row]);
            Assert.Equal(along, Math.Sqrt(x * x + y * y), 1e-12);
            // What the angle is off by, brought back to the half turns around 0.
            if (along > 0) noise.Add(Math.IEEERemainder(Math.Atan2(x, y) - 4 * (labels[row] + along), 2 * Math.PI));
        }
        Assert.Equal(0, noise.Average(), 0.05);
        Assert.Equal(0.2, Math.Sqrt(noise.Average(entry => entry * entry)), 0.03);
    }

    [Fact]
    public void CloudsLieAboutTheirMiddles()
    {
        using var scope = torch.NewDisposeScope();
        var data = Generators.Blobs(pointsPerClass: 400, classes: 4);
        for (var cloud = 0; cloud < 4; cloud++)
        {
            var points = data.X.narrow(0, 400 * cloud, 400);
            var (sin, cos) = Math.SinCos(Math.PI / 2 * cloud);
            Close(Vector(2 * cos, 2 * sin), points.mean(new long[] { 0 }), 0.05);
            Close(Vector(0.5, 0.5), points.std(0L), 0.1);
        }
    }

    [Fact]
    public void MoonsAreHalfCircles()
    {
        using var scope = torch.NewDisposeScope();
        var (points, labels) = (Numbers(Generators.Moons().X), Generators.Moons().Y.data<long>().ToArray());
        var off = labels.Select((label, row) => Math.Sqrt(Math.Pow(points[2 * row] - label, 2) + Math.Pow(points[2 * row + 1] - 0.5 * label, 2)) - 1).ToArray();
        Assert.Equal(0, off.Average(), 0.05);
        Assert.InRange(Math.Sqrt(off.Average(entry => entry * entry)), 0.05, 0.15);
        Assert.Equal(100, labels.Sum());
    }

    [Fact]
    public void TruthTablesAreTheirs()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([0, 1, 1, 0], Generators.Xor().Y.data<long>().ToArray());
        Assert.Equal([0, 0, 0, 1], Generators.And().Y.data<long>().ToArray());
        Assert.Equal([0, 1, 1, 1], Generators.Or().Y.data<long>().ToArray());
        Assert.Equal([0, 0, 0, 1, 1, 0, 1, 1], Numbers(Generators.And().X));
        Assert.Equal(["0", "1"], Generators.Or().Classes);
    }

    [Fact]
    public void TheLineIsStraightUpToNoise()
    {
        using var scope = torch.NewDisposeScope();
        var data = Generators.Line(1000);
        Assert.Empty(data.Classes);
        var off = data.Y - 2 * data.X - 1;
        Assert.Equal(0, off.mean().item<double>(), 0.02);
        Assert.Equal(0.1, off.std().item<double>(), 0.01);
        Assert.Equal((-1, 1), (data.X.min().item<double>(), data.X.max().item<double>()));
    }

    [Fact]
    public void RefusesNoPoints()
    {
        Assert.Contains("pointsPerClass: expected at least 1, got 0", Assert.Throws<ArgumentOutOfRangeException>(() => Generators.Spiral(0)).Message);
        Assert.Contains("classes: expected at least 1, got -1", Assert.Throws<ArgumentOutOfRangeException>(() => Generators.Blobs(5, -1)).Message);
        Assert.Contains("points: expected at least 1, got 0", Assert.Throws<ArgumentOutOfRangeException>(() => Generators.Line(0)).Message);
    }

    private static double[] All(Dataset data) => [.. Numbers(data.X), .. Numbers(data.Y)];
}
