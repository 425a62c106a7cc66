using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class ReluTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("relu");

    [Fact]
    public void IsTheGreaterOfZeroAndX() => ForAll(Inputs.Logits, x =>
        Assert.Equal(x.Entries.Select(entry => Math.Max(0, entry)), Numbers(Relu.Forward(x.Tensor()).Y)));

    [Fact]
    public void IsXTimesItsOwnDerivative() => ForAll(Inputs.Logits, x =>
    {
        var (y, saved) = Relu.Forward(x.Tensor());
        Close(y, Relu.Backward(x.Tensor(), saved).DX);
    });

    [Fact]
    public void ScalesWithPositiveFactors() => ForAll(Inputs.Logits, x => Close(4 * Relu.Forward(x.Tensor()).Y, Relu.Forward(4 * x.Tensor()).Y));

    [Fact]
    public void AtTheKinkTheGradientIsZero()
    {
        using var scope = torch.NewDisposeScope();
        var (_, saved) = Relu.Forward(Vector(-1, 0, -0.0, double.Epsilon, 1));
        Assert.Equal([0, 0, 0, 3, 3], Numbers(Relu.Backward(Vector(3, 3, 3, 3, 3), saved).DX));
    }

    [Fact]
    public void AnInfiniteCotangentDoesNotBecomeNaN()
    {
        using var scope = torch.NewDisposeScope();
        var (_, saved) = Relu.Forward(Vector(-1, 1));
        Assert.Equal([0, double.PositiveInfinity], Numbers(Relu.Backward(Vector(double.PositiveInfinity, double.PositiveInfinity), saved).DX));
    }
}
