using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class HadamardTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("hadamard");

    [Fact]
    public void FactorsMayBeExchanged() => ForAll(Inputs.Pair, pair =>
    {
        var (u, v) = (pair.X.Tensor(), pair.DY.Tensor());
        var (there, back) = (Hadamard.Forward(u, v), Hadamard.Forward(v, u));
        Close(there.Y, back.Y, 0);
        Close(Hadamard.Backward(u, there.Saved).DU, Hadamard.Backward(u, back.Saved).DV, 0);
    });

    [Fact]
    public void IsTheProductWithADiagonalMatrix() => ForAll(Inputs.Pair, pair =>
    {
        // Notes 004: δ = v ∘ f′(z) is diag(f′(z)) · v, of which only the diagonal is ever needed.
        var (u, v) = (pair.X.Tensor()[0], pair.DY.Tensor()[0]);
        Close(torch.diag(v).mv(u), Hadamard.Forward(u, v).Y);
    });

    [Fact]
    public void RefusesToBroadcast()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("v: expected the shape of u, [3, 1], got shape [3]", Assert.Throws<ArgumentException>(() => Hadamard.Forward(torch.zeros(3, 1), torch.zeros(3))).Message);
        Assert.Contains("u: expected floating-point numbers", Assert.Throws<ArgumentException>(() => Hadamard.Forward(Labels(1), Labels(1))).Message);
    }
}
