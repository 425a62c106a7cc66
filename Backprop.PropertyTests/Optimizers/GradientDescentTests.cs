using Backprop.Optimizers;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Optimizers;

public class GradientDescentTests
{
    [Fact]
    public void IsTheUpdateOfTheNotes() => ForAll(Gen.Select(Inputs.Pair, Gen.Double[0, 1]), input =>
    {
        // Notes 003, line 178: W = W − α dW.
        var ((w, dw), rate) = input;
        var expected = w.Entries.Zip(dw.Entries, (x, dx) => x - rate * dx).ToArray();
        Close(torch.tensor(expected, [w.Rows, w.Columns], torch.float64), GradientDescent.Step(w.Tensor(), dw.Tensor(), rate), 1e-14);
    });

    [Fact]
    public void GoesDownWhereThePlusOfTheNotesGoesUp() => ForAll(Inputs.Logits, x =>
    {
        // J = ½ Σ θ², ∇J = θ. Notes 004, lines 2249–2253: θ = θ + η∇J.
        var theta = x.Tensor();
        if (theta.abs().max().item<double>() < 1e-3) return;
        double J(Tensor at) => SquaredError.Forward(at, torch.zeros_like(at)).Y.item<double>();
        Assert.True(J(GradientDescent.Step(theta, theta, 0.1)) < J(theta));
        Assert.True(J(theta + 0.1 * theta) > J(theta));
    });

    [Fact]
    public void LeavesThePointAsItWas() => ForAll(Inputs.Pair, input =>
    {
        var theta = input.X.Tensor();
        GradientDescent.Step(theta, input.DY.Tensor(), 0.5);
        GradientDescent.StepRows(theta, new(Labels(0), input.DY.Tensor().narrow(0, 0, 1)), 0.5);
        Assert.Equal(input.X.Entries, Numbers(theta));
    });

    [Fact]
    public void AStepOfRowsIsTheDenseStep() => ForAll(Gen.Select(Pairs.Some, Gen.Double[0, 1]), input =>
    {
        var (pairs, rate) = input;
        var theta = pairs.U.Tensor();
        var gradient = SparseRows.Accumulate(pairs.CentreIds, pairs.V.Tensor().index_select(0, pairs.OutsideIds));
        var stepped = GradientDescent.StepRows(theta, gradient, rate);
        Close(GradientDescent.Step(theta, gradient.Dense(pairs.Words), rate), stepped, 1e-14);
        // The other rows, to the bit.
        foreach (var row in Enumerable.Range(0, pairs.Words).Where(row => !pairs.Centres.Contains(row))) Assert.Equal(Numbers(theta[row]), Numbers(stepped[row]));
    });

    [Fact]
    public void StepsEveryParameter()
    {
        using var scope = torch.NewDisposeScope();
        var stepped = GradientDescent.StepAll([Vector(1, 2), Vector(3)], [Vector(1, 1), Vector(-1)], 0.5);
        Assert.Equal([0.5, 1.5, 3.5], [.. Numbers(stepped[0]), .. Numbers(stepped[1])]);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("gradient: expected the shape of theta, [2]", Assert.Throws<ArgumentException>(() => GradientDescent.Step(Vector(1, 2), Vector(1), 1)).Message);
        Assert.Contains("gradient: expected dtype", Assert.Throws<ArgumentException>(() => GradientDescent.Step(Vector(1), torch.ones(1), 1)).Message);
        Assert.All(new[] { -1, double.NaN, double.PositiveInfinity }, rate =>
            Assert.Contains("rate: expected a finite number that is not negative", Assert.Throws<ArgumentOutOfRangeException>(() => GradientDescent.Step(Vector(1), Vector(1), rate)).Message));
        Assert.Contains("gradients: expected 2", Assert.Throws<ArgumentException>(() => GradientDescent.StepAll([Vector(1), Vector(2)], [Vector(1)], 1)).Message);
        var table = torch.ones(2, 2, torch.float64);
        Assert.Contains("gradient: expected indices in 0 … 1, got 2", Assert.Throws<ArgumentOutOfRangeException>(() => GradientDescent.StepRows(table, new(Labels(2), table.narrow(0, 0, 1)), 1)).Message);
        Assert.Contains("gradient: expected size 2 in dimension 1", Assert.Throws<ArgumentException>(() => GradientDescent.StepRows(table, new(Labels(1), torch.ones(1, 3, torch.float64)), 1)).Message);
    }
}
