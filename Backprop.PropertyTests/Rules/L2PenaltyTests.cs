using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class L2PenaltyTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("l2-penalty");

    [Fact]
    public void GrowsWithTheSquareOfTheScale() => ForAll(Inputs.Logits, x =>
    {
        var theta = x.Tensor();
        Close(9 * L2Penalty.Forward(theta, 0.7).Y, L2Penalty.Forward(3 * theta, 0.7).Y, 1e-9);
        // Euler: a function of degree two is half of its gradient's product with θ.
        var gradient = L2Penalty.Backward(Scalar(1), L2Penalty.Forward(theta, 0.7).Saved).DTheta;
        Close(2 * L2Penalty.Forward(theta, 0.7).Y, (gradient * theta).sum(), 1e-9);
    });

    [Fact]
    public void ItsStepShrinksEveryParameterAlike() => ForAll(Inputs.Logits, x =>
    {
        var theta = x.Tensor();
        var after = theta - 0.1 * L2Penalty.Backward(Scalar(1), L2Penalty.Forward(theta, 0.5).Saved).DTheta;
        Close(0.9 * theta, after);
    });

    [Fact]
    public void WithoutLambdaThereIsNone()
    {
        using var scope = torch.NewDisposeScope();
        var (y, saved) = L2Penalty.Forward(Vector(1, -2), 0);
        Close(Scalar(0), y);
        Close(Vector(0, 0), L2Penalty.Backward(Scalar(3), saved).DTheta);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RefusesALambdaThatIsNone(double lambda)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("lambda: expected a finite number ≥ 0", Assert.Throws<ArgumentOutOfRangeException>(() => L2Penalty.Forward(Vector(1), lambda)).Message);
    }
}
