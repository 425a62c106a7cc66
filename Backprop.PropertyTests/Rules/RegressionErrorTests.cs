using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class RegressionErrorTests
{
    [Theory]
    [InlineData("regression-error")]
    [InlineData("regression-error-half-mean")]
    [InlineData("regression-error-plain")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void TheThreeDifferByTheirFactors() => ForAll(Inputs.Pair, pair =>
    {
        var (h, y) = (pair.X.Tensor(), pair.DY.Tensor());
        var (half, mean, plain) = (J(ErrorScale.Half), J(ErrorScale.HalfMean), J(ErrorScale.Plain));
        Close(2 * half, plain);
        Close(half / pair.X.Rows, mean);

        Tensor J(ErrorScale scale) => RegressionError.Forward(h, y, scale).Y;
    });

    [Fact]
    public void ThePlainOneKeepsItsTwo() => ForAll(Inputs.Pair, pair =>
    {
        var (h, y) = (pair.X.Tensor(), pair.DY.Tensor());
        Close(2 * (h - y), RegressionError.Backward(Scalar(1), RegressionError.Forward(h, y, ErrorScale.Plain).Saved).DH);
    });

    [Fact]
    public void DuplicatingTheExamplesLeavesTheMeanAlone() => ForAll(Inputs.Pair, pair =>
    {
        var (h, y) = (pair.X.Tensor(), pair.DY.Tensor());
        Close(RegressionError.Forward(h, y, ErrorScale.HalfMean).Y, RegressionError.Forward(torch.cat([h, h], 0), torch.cat([y, y], 0), ErrorScale.HalfMean).Y);
    });

    [Fact]
    public void NoExampleSumsToZeroAndHasNoMean()
    {
        using var scope = torch.NewDisposeScope();
        Close(Scalar(0), RegressionError.Forward(Vector(), Vector(), ErrorScale.Plain).Y);
        Assert.Contains("h: expected at least one row", Assert.Throws<ArgumentException>(() => RegressionError.Forward(Vector(), Vector(), ErrorScale.HalfMean)).Message);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("y: expected the shape of h, [2, 1], got shape [2]", Assert.Throws<ArgumentException>(() => RegressionError.Forward(torch.zeros(2, 1), torch.zeros(2))).Message);
        Assert.Contains("h: expected shape [m]", Assert.Throws<ArgumentException>(() => RegressionError.Forward(Scalar(1), Scalar(1))).Message);
        Assert.Contains("scale: expected Half, HalfMean or Plain", Assert.Throws<ArgumentOutOfRangeException>(() => RegressionError.Forward(Vector(1), Vector(1), (ErrorScale)5)).Message);
    }
}
