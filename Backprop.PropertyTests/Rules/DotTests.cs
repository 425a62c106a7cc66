using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class DotTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("dot");

    [Fact]
    public void IsTheSumOfTheHadamardProduct() => ForAll(Inputs.Pair, pair =>
    {
        var (u, v) = (pair.X.Tensor()[0], pair.DY.Tensor()[0]);
        Close(Hadamard.Forward(u, v).Y.sum(), Dot.Forward(u, v).Y);
    });

    [Fact]
    public void OfAVectorWithItselfGradientsAddUpToTwiceTheVector() => ForAll(Inputs.Logits, x =>
    {
        // Notes 004, lines 2074–2096: f(x) = Σ x² has the gradient 2x. Here x comes in twice, so both gradients count.
        var u = x.Tensor()[0];
        var (y, saved) = Dot.Forward(u, u);
        var grads = Dot.Backward(Scalar(1), saved);
        Close((u * u).sum(), y);
        Close(2 * u, grads.DU + grads.DV);
    });

    [Fact]
    public void OfNothingIsZero()
    {
        using var scope = torch.NewDisposeScope();
        Close(Scalar(0), Dot.Forward(Vector(), Vector()).Y);
    }

    [Fact]
    public void RefusesAnotherSizeAndMatrices()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("v: expected the shape of u, [2], got shape [3]", Assert.Throws<ArgumentException>(() => Dot.Forward(torch.zeros(2), torch.zeros(3))).Message);
        Assert.Contains("u: expected shape D, got shape [2, 1]", Assert.Throws<ArgumentException>(() => Dot.Forward(torch.zeros(2, 1), torch.zeros(2, 1))).Message);
    }
}
