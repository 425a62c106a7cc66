using Backprop.Optimizers;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Optimizers;

public class UpdatesTests
{
    internal static readonly Gen<(double Theta, double[] Gradients, double Rate)> Paths = Gen.Select(Gen.Double[-2, 2], Gen.Double[-3, 3].Array[1, 8], Gen.Double[0.001, 0.5]);

    /// <summary>The published update rules in plain numbers.</summary>
    private static double Published(Optimizer optimizer, double theta, double[] gradients, double rate)
    {
        var (m, v) = (0.0, 0.0);
        for (var t = 1; t <= gradients.Length; t++)
        {
            var g = gradients[t - 1];
            switch (optimizer)
            {
                case Optimizer.Momentum(var mu):
                    m = mu * m + g;
                    theta -= rate * m;
                    break;
                case Optimizer.AdaGrad(var epsilon):
                    v += g * g;
                    theta -= rate * g / (Math.Sqrt(v) + epsilon);
                    break;
                case Optimizer.Adam(var beta1, var beta2, var epsilon):
                    m = beta1 * m + (1 - beta1) * g;
                    v = beta2 * v + (1 - beta2) * g * g;
                    theta -= rate * (m / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v / (1 - Math.Pow(beta2, t))) + epsilon);
                    break;
                default:
                    theta -= rate * g;
                    break;
            }
        }
        return theta;
    }

    public static TheoryData<Optimizer> Rules => [new Optimizer.Sgd(), new Optimizer.Momentum(), new Optimizer.Momentum(0), new Optimizer.AdaGrad(), new Optimizer.Adam(), new Optimizer.Adam(0.5, 0.9, 1e-3)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void AreThePublishedRules(Optimizer optimizer) => ForAll(Paths, path =>
    {
        var names = Updates.MemoryNames(optimizer);
        var theta = Vector(path.Theta);
        IReadOnlyList<Tensor> memory = [.. names.Select(_ => Vector(0))];
        var (inPlace, inPlaceMemory) = (Vector(path.Theta), names.Select(_ => Vector(0)).ToList());
        for (var t = 1; t <= path.Gradients.Length; t++)
        {
            var gradient = Vector(path.Gradients[t - 1]);
            (theta, memory) = Updates.Step(optimizer, theta, gradient, memory, t, path.Rate);
            Updates.Apply(optimizer, inPlace, gradient, inPlaceMemory, t, path.Rate);
        }
        var expected = Vector(Published(optimizer, path.Theta, path.Gradients, path.Rate));
        Close(expected, theta, 1e-12);
        Close(expected, inPlace, 1e-12);
    });

    [Fact]
    public void AdamsFirstStepIsTheRateInSize() => ForAll(Gen.Select(Gen.Double[0.1, 3], Gen.Bool), input =>
    {
        // m̂ / √v̂ = g / |g| after bias correction.
        var gradient = input.Item2 ? input.Item1 : -input.Item1;
        var stepped = Updates.Step(new Optimizer.Adam(), Vector(0), Vector(gradient), [Vector(0), Vector(0)], 1, 0.25);
        Close(Vector(-0.25 * Math.Sign(gradient)), stepped.Theta, 1e-6);
    });

    [Fact]
    public void LeavesThePointAsItWas()
    {
        using var scope = torch.NewDisposeScope();
        var (theta, gradient, memory) = (Vector(1, 2), Vector(3, 4), new[] { Vector(5, 6), Vector(7, 8) });
        Updates.Step(new Optimizer.Adam(), theta, gradient, memory, 3, 0.1);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], [.. Numbers(theta), .. Numbers(gradient), .. Numbers(memory[0]), .. Numbers(memory[1])]);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("memory: expected 1", Assert.Throws<ArgumentException>(() => Updates.Step(new Optimizer.Momentum(), Vector(1), Vector(1), [], 1, 1)).Message);
        Assert.Contains("memory: expected the shape", Assert.Throws<ArgumentException>(() => Updates.Step(new Optimizer.Momentum(), Vector(1), Vector(1), [Vector(1, 2)], 1, 1)).Message);
        Assert.Contains("Mu: expected", Assert.Throws<ArgumentOutOfRangeException>(() => Updates.Step(new Optimizer.Momentum(1), Vector(1), Vector(1), [Vector(1)], 1, 1)).Message);
        Assert.Contains("Epsilon: expected", Assert.Throws<ArgumentOutOfRangeException>(() => Updates.Step(new Optimizer.AdaGrad(0), Vector(1), Vector(1), [Vector(1)], 1, 1)).Message);
        Assert.Contains("rate: expected", Assert.Throws<ArgumentOutOfRangeException>(() => Updates.Step(new Optimizer.Sgd(), Vector(1), Vector(1), [], 1, double.NaN)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Updates.Step(new Optimizer.Sgd(), Vector(1), Vector(1), [], 0, 1));
    }
}
