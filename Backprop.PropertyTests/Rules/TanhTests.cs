using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class TanhTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("tanh");

    [Fact]
    public void IsAScaledSigmoid() => ForAll(Inputs.Logits, x => Close(2 * Sigmoid.Forward(2 * x.Tensor()).Y - 1, Tanh.Forward(x.Tensor()).Y));

    [Fact]
    public void DerivativeIsOneMinusTheSquare() => ForAll(Inputs.Pair, pair =>
    {
        var (y, saved) = Tanh.Forward(pair.X.Tensor());
        Close(pair.DY.Tensor() * (1 - y.pow(2)), Tanh.Backward(pair.DY.Tensor(), saved).DX);
    });

    [Fact]
    public void IsOdd() => ForAll(Inputs.Logits, x => Close(-Tanh.Forward(x.Tensor()).Y, Tanh.Forward(-x.Tensor()).Y));

    [Fact]
    public void Saturates()
    {
        using var scope = torch.NewDisposeScope();
        var (y, saved) = Tanh.Forward(Vector(-1e4, 0, 1e4));
        Assert.Equal([-1, 0, 1], Numbers(y));
        Assert.Equal([0, 1, 0], Numbers(Tanh.Backward(torch.ones_like(y), saved).DX));
    }
}
