using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class SigmoidTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("sigmoid");

    [Fact]
    public void DerivativeIsSigmaTimesOneMinusSigma() => ForAll(Inputs.Pair, pair =>
    {
        var (y, dx) = Pass(pair.X, pair.DY);
        Close(pair.DY.Tensor() * y * (1 - y), dx);
    });

    [Fact]
    public void DerivativeIsExpOverOnePlusExpSquared() => ForAll(Inputs.Pair, pair =>
    {
        var e = (-pair.X.Tensor()).exp();
        Close(pair.DY.Tensor() * e / (1 + e).pow(2), Pass(pair.X, pair.DY).DX);
    });

    [Fact]
    public void IsSymmetric() => ForAll(Inputs.Logits, x => Close(1 - Sigmoid.Forward(x.Tensor()).Y, Sigmoid.Forward(-x.Tensor()).Y));

    [Fact]
    public void DerivativeIsEven() => ForAll(Inputs.Pair, pair =>
        Close(Pass(pair.X, pair.DY).DX, Pass(pair.X with { Entries = [.. pair.X.Entries.Select(x => -x)] }, pair.DY).DX));

    [Fact]
    public void Saturates()
    {
        using var scope = torch.NewDisposeScope();
        var (y, saved) = Sigmoid.Forward(Vector(-1e4, -1000, 0, 1000, 1e4));
        Assert.Equal([0, 0, 0.5, 1, 1], Numbers(y));
        Assert.Equal([0, 0, 0.25, 0, 0], Numbers(Sigmoid.Backward(torch.ones_like(y), saved).DX));
    }

    [Fact]
    public void TakesAnyShape()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var shape in new long[][] { [], [3], [2, 0], [2, 3, 4] })
        {
            var (y, saved) = Sigmoid.Forward(torch.zeros(shape, torch.float64));
            Assert.Equal(shape, Sigmoid.Backward(torch.ones_like(y), saved).DX.shape);
        }
    }

    [Fact]
    public void RefusesIntegers()
    {
        using var scope = torch.NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => Sigmoid.Forward(Labels(1, 2)));
        Assert.Contains("x: expected floating-point numbers, got shape [2] of Int64", error.Message);
    }

    private static (Tensor Y, Tensor DX) Pass(Matrix x, Matrix dy)
    {
        var (y, saved) = Sigmoid.Forward(x.Tensor());
        return (y, Sigmoid.Backward(dy.Tensor(), saved).DX);
    }
}
