namespace Backprop.Data;

/// <summary>Small sets of examples made on the spot; the same seed gives the same numbers on every machine.</summary>
public static class Generators
{
    private static readonly string[] Plane = ["x1", "x2"];

    /// <summary>Arms that wind around the origin, one a class: what no straight line divides.</summary>
    /// <remarks>Source: notes 003; CS231n, Minimal Neural Network Case Study: radius from 0 to 1 along an arm, angle from 4j to 4(j + 1), normal noise of 0.2.</remarks>
    /// <param name="pointsPerClass">On each arm.</param>
    /// <param name="classes">The number of arms.</param>
    /// <param name="seed">Of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is to be no point or no class.</exception>
    public static Dataset Spiral(int pointsPerClass = 100, int classes = 3, int seed = 1)
    {
        var random = new Random(seed);
        return Points(pointsPerClass, classes, (arm, along) =>
        {
            var angle = 4 * (arm + along) + 0.2 * Normal(random);
            return [along * Math.Sin(angle), along * Math.Cos(angle)];
        });
    }

    /// <summary>Round clouds, one a class, their middles evenly on a circle of radius 2; normal with deviation 0.5.</summary>
    /// <param name="pointsPerClass">In each cloud.</param>
    /// <param name="classes">The number of clouds.</param>
    /// <param name="seed">Of the points.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is to be no point or no class.</exception>
    public static Dataset Blobs(int pointsPerClass = 100, int classes = 3, int seed = 1)
    {
        var random = new Random(seed);
        return Points(pointsPerClass, classes, (cloud, _) =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * cloud / classes);
            return [2 * cos + 0.5 * Normal(random), 2 * sin + 0.5 * Normal(random)];
        });
    }

    /// <summary>Two half circles that reach into each other, with normal noise of 0.1.</summary>
    /// <param name="pointsPerClass">On each half circle.</param>
    /// <param name="seed">Of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is to be no point.</exception>
    public static Dataset Moons(int pointsPerClass = 100, int seed = 1)
    {
        var random = new Random(seed);
        return Points(pointsPerClass, 2, (moon, along) =>
        {
            var (sin, cos) = Math.SinCos(Math.PI * along);
            return [(moon == 0 ? cos : 1 - cos) + 0.1 * Normal(random), (moon == 0 ? sin : 0.5 - sin) + 0.1 * Normal(random)];
        });
    }

    /// <summary>Exclusive or: four points, of class 1 where exactly one coordinate is.</summary>
    public static Dataset Xor() => Truth((a, b) => a != b);

    /// <summary>Conjunction: four points, of class 1 where both coordinates are.</summary>
    public static Dataset And() => Truth((a, b) => a && b);

    /// <summary>Disjunction: four points, of class 1 where a coordinate is.</summary>
    public static Dataset Or() => Truth((a, b) => a || b);

    /// <summary>Numbers about a line: y = 2x + 1 with normal noise of 0.1, x evenly from −1 to 1.</summary>
    /// <param name="points">At least 1.</param>
    /// <param name="seed">Of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is to be no point.</exception>
    public static Dataset Line(int points = 100, int seed = 1)
    {
        AtLeastOne(points, nameof(points));
        var random = new Random(seed);
        double[] x = [.. Enumerable.Range(0, points).Select(i => 2 * Along(i, points) - 1)];
        double[] y = [.. x.Select(at => 2 * at + 1 + 0.1 * Normal(random))];
        return new(torch.tensor(x, [points, 1], torch.float64), torch.tensor(y, [points, 1], torch.float64), ["x"], []);
    }

    /// <summary>Class after class; <paramref name="point"/> is given the class and how far along it a point is, 0 … 1.</summary>
    private static Dataset Points(int pointsPerClass, int classes, Func<int, double, double[]> point)
    {
        AtLeastOne(pointsPerClass, nameof(pointsPerClass));
        AtLeastOne(classes, nameof(classes));
        var places = from label in Enumerable.Range(0, classes) from i in Enumerable.Range(0, pointsPerClass) select (label, along: Along(i, pointsPerClass));
        return Classified([.. places.SelectMany(place => point(place.label, place.along))], [.. places.Select(place => (long)place.label)], classes);
    }

    private static Dataset Truth(Func<bool, bool, bool> table) => Classified(
        [0, 0, 0, 1, 1, 0, 1, 1],
        [.. new[] { (false, false), (false, true), (true, false), (true, true) }.Select(pair => table(pair.Item1, pair.Item2) ? 1L : 0L)],
        2);

    private static Dataset Classified(double[] points, long[] labels, int classes) => new(
        torch.tensor(points, [labels.Length, 2], torch.float64),
        torch.tensor(labels, [labels.Length], torch.int64),
        Plane,
        [.. Enumerable.Range(0, classes).Select(label => $"{label}")]);

    private static double Along(int i, int count) => count == 1 ? 0 : (double)i / (count - 1);

    /// <summary>Box and Muller's way; the logarithm never meets 0.</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static void AtLeastOne(int value, string name)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, value, $"{name}: expected at least 1, got {value}.");
    }
}
