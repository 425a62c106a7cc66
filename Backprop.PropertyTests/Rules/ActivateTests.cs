using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class ActivateTests
{
    public static TheoryData<Activation> Kinds() => [.. Enum.GetValues<Activation>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Agrees(Activation kind) => Judge.Agrees($"activate-{kind.ToString().ToLowerInvariant()}");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NeverFalls(Activation kind) => ForAll(Inputs.Logits, matrix =>
    {
        var x = matrix.Tensor();
        var (y, saved) = Activate.Forward(x, kind);
        Assert.True(Activate.Forward(x + 0.5, kind).Y.ge(y).all().item<bool>());
        Assert.True(Activate.Backward(torch.ones_like(y), saved).DX.ge(0).all().item<bool>());
    });

    [Fact]
    public void TheIdentityPassesTheCotangentOn() => ForAll(Inputs.Pair, pair =>
    {
        var (y, saved) = Activate.Forward(pair.X.Tensor(), Activation.Identity);
        Close(pair.X.Tensor(), y, 0);
        Close(pair.DY.Tensor(), Activate.Backward(pair.DY.Tensor(), saved).DX, 0);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void RefusesIntegersAndAnotherShape(Activation kind)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("x: expected floating-point numbers", Assert.Throws<ArgumentException>(() => Activate.Forward(Labels(1, 2), kind)).Message);
        var saved = Activate.Forward(Vector(1, 2), kind).Saved;
        Assert.Contains("dy: expected the shape of y, [2]", Assert.Throws<ArgumentException>(() => Activate.Backward(Vector(1), saved)).Message);
    }

    [Fact]
    public void RefusesWhatIsNoActivation()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("expected Identity, Sigmoid, Tanh, Relu, got 9", Assert.Throws<ArgumentOutOfRangeException>(() => Activate.Forward(Vector(1), (Activation)9)).Message);
    }
}
