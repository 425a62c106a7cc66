using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class IndicatorTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("indicator");

    [Fact]
    public void IsTheSlopeOfTheRectifier() => ForAll(Inputs.Logits, x =>
    {
        // Notes 000, line 103: the gate 1(margin > 0) is what max(0, margin) is differentiated to; at the kink both are 0.
        var (y, saved) = Relu.Forward(x.Tensor());
        Close(Indicator.Forward(x.Tensor()).Y, Relu.Backward(torch.ones_like(y), saved).DX, 0);
    });

    [Fact]
    public void ScalingByAPositiveNumberChangesNothing() => ForAll(Gen.Select(Inputs.Logits, Gen.Double[0.1, 10]), pair =>
        Close(Indicator.Forward(pair.Item1.Tensor()).Y, Indicator.Forward(pair.Item1.Tensor() * pair.Item2).Y, 0));

    [Fact]
    public void IsZeroAtTheJumpAndForNaN()
    {
        using var scope = torch.NewDisposeScope();
        var (y, saved) = Indicator.Forward(Vector(-1, 0, -0.0, 1e-300, double.PositiveInfinity, double.NaN));
        Assert.Equal([0, 0, 0, 1, 1, 0], Numbers(y));
        Assert.All(Numbers(Indicator.Backward(torch.full_like(y, double.PositiveInfinity), saved).DX), entry => Assert.Equal(0, entry));
    }

    [Fact]
    public void RefusesIntegers()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("x: expected floating-point numbers", Assert.Throws<ArgumentException>(() => Indicator.Forward(Labels(1))).Message);
    }
}
