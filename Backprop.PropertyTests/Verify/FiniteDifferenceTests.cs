using Backprop.Verify;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Verify;

public class FiniteDifferenceTests
{
    [Fact]
    public void OfASquareIsTwiceTheNumber() => ForAll(Inputs.Logits, x =>
        Close(2 * x.Tensor(), FiniteDifference.Gradient(t => (t * t).sum(), x.Tensor(), Scalar(1)), 1e-5));

    [Fact]
    public void IsWeightedByTheCotangent() => ForAll(Inputs.Pair, pair =>
        Close(pair.DY.Tensor() * 3, FiniteDifference.Gradient(t => 3 * t, pair.X.Tensor(), pair.DY.Tensor()), 1e-6));

    [Fact]
    public void CentredErrorFallsWithTheSquareOfTheStep()
    {
        using var scope = torch.NewDisposeScope();
        double Error(double step, DifferenceScheme scheme) =>
            Math.Abs(Numbers(FiniteDifference.Gradient(t => t.exp(), Vector(0), Vector(1), step, scheme))[0] - 1);
        Assert.InRange(Error(1e-2, DifferenceScheme.Centred) / Error(1e-3, DifferenceScheme.Centred), 90, 110);
        Assert.InRange(Error(1e-2, DifferenceScheme.Forward) / Error(1e-3, DifferenceScheme.Forward), 9, 11);
        Assert.InRange(Error(1e-2, DifferenceScheme.Backward) / Error(1e-3, DifferenceScheme.Backward), 9, 11);
    }

    [Fact]
    public void OneSidedSchemesSeeTheSidesOfAKink()
    {
        using var scope = torch.NewDisposeScope();
        double Slope(DifferenceScheme scheme) => Numbers(FiniteDifference.Gradient(t => t.relu(), Vector(0), Vector(1), 1e-5, scheme))[0];
        Assert.Equal((1.0, 0.0, 0.5), (Slope(DifferenceScheme.Forward), Slope(DifferenceScheme.Backward), Slope(DifferenceScheme.Centred)));
    }

    [Fact]
    public void OfALargePointIsToTheBitThatOfItsEntriesMovedByHand()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(3);
        var numbers = Enumerable.Range(0, 72 * 71).Select(_ => random.NextDouble() * 2 - 1).ToArray();
        Tensor Point() => torch.tensor(numbers, 71, 72, torch.float64).t();
        var probe = new FiniteDifference.Probe(x => (x * x).sin().sum([0L]), Point(), torch.ones(71, torch.float64));
        var row = Host.Numbers(Point());
        foreach (var entry in new[] { 0, 1, 71, 2500, 72 * 71 - 1 })
        {
            double At(double step)
            {
                var moved = (double[])row.Clone();
                moved[entry] += step;
                var x = torch.tensor(moved, 72, 71, torch.float64);
                return Numbers((x * x).sin().sum([0L]))[entry % 71];
            }

            const double step = 1e-5;
            Assert.Equal((At(step) - At(-step)) / (row[entry] + step - (row[entry] - step)), probe.At(entry, step).Centred);
        }
        Assert.Equal(row, Numbers(Point()));
    }

    [Fact]
    public void LeavesThePointAsItWas()
    {
        using var scope = torch.NewDisposeScope();
        var x = Vector(1, 2, 3);
        FiniteDifference.Gradient(t => t.pow(3), x, Vector(1, 1, 1));
        Assert.Equal([1, 2, 3], Numbers(x));
    }

    [Fact]
    public void RefusesAStepThatIsNotPositiveAndACotangentThatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => FiniteDifference.Gradient(t => t, Vector(1), Vector(1), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FiniteDifference.Gradient(t => t, Vector(1), Vector(1), double.NaN));
        Assert.Contains("dy: expected 2 entries", Assert.Throws<ArgumentException>(() => FiniteDifference.Gradient(t => t, Vector(1, 2), Vector(1))).Message);
    }
}
