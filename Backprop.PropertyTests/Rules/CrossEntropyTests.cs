using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class CrossEntropyTests
{
    [Theory]
    [InlineData("cross-entropy")]
    [InlineData("cross-entropy-mean")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void IsAtLeastTheEntropy() => ForAll(Inputs.Pair, pair =>
    {
        // Gibbs: H(p, q) ≥ H(p, p).
        var (p, q) = (Distributions(pair.X), Distributions(pair.DY));
        Assert.True(CrossEntropy.Between(p, q).item<double>() >= CrossEntropy.Between(p, p).item<double>() - 1e-12);
    });

    [Fact]
    public void OfASoftmaxItIsTheFusedLoss() => ForAll(Inputs.Pair, pair =>
    {
        var (p, logits) = (Distributions(pair.X), pair.DY.Tensor());
        var q = Softmax.Forward(logits);
        var (h, saved) = CrossEntropy.Forward(p, q.Y, BatchReduction.Mean);
        var fused = SoftmaxCrossEntropy.Forward(logits, p, BatchReduction.Mean);
        Close(fused.Y, h);
        // ∂H/∂q = −p / q through the Jacobian of softmax is q − p: neither the quotient nor the matrix is needed.
        Close(SoftmaxCrossEntropy.Backward(Scalar(1), fused.Saved).DLogits, Softmax.Backward(CrossEntropy.Backward(Scalar(1), saved).DQ, q.Saved).DX);
    });

    [Fact]
    public void WithAOneHotTargetItIsOneLogarithm() => ForAll(Inputs.Labelled, input =>
    {
        var (q, labels) = (Distributions(input.X), Labels(input.Labels));
        var expected = -q.gather(1, labels.unsqueeze(1)).log().sum();
        Close(expected, CrossEntropy.Between(OneHot.Of(labels, input.X.Columns, torch.float64), q));
    });

    [Fact]
    public void AtZeroThereIsATermOnlyWherePIsNot()
    {
        using var scope = torch.NewDisposeScope();
        var (p, q) = (torch.tensor(new double[] { 0, 1 }, [1, 2], torch.float64), torch.tensor(new double[] { 0, 1 }, [1, 2], torch.float64));
        var (h, saved) = CrossEntropy.Forward(p, q);
        var grads = CrossEntropy.Backward(Scalar(1), saved);
        Close(Scalar(0), h);
        Assert.Equal([0, -1], Numbers(grads.DQ));
        Assert.Equal([double.PositiveInfinity, 0], Numbers(grads.DP));
        Assert.Equal(double.PositiveInfinity, CrossEntropy.Forward(p, q.flip(1)).Y.item<double>());
    }

    [Fact]
    public void RefusesWhatIsNoDistribution()
    {
        using var scope = torch.NewDisposeScope();
        var half = torch.full([1, 2], 0.5, torch.float64);
        var threeQuarters = torch.full([1, 2], 0.75, torch.float64);
        var sure = torch.tensor(new double[] { 0, 1 }, [1, 2], torch.float64);
        Assert.Contains("p: expected rows that sum to 1, got a row that sums to 1.5", Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropy.Between(threeQuarters, half)).Message);
        Assert.Contains("q: expected rows that sum to 1, got a row that sums to 1.5", Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropy.Between(half, threeQuarters)).Message);
        Assert.Contains("q: expected a probability above 0 wherever p is, got 0", Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropy.Between(half, sure)).Message);
        Assert.Contains("q: expected numbers that are not negative", Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropy.Forward(half, -half)).Message);
        Assert.Contains("q: expected the shape of p, [1, 2]", Assert.Throws<ArgumentException>(() => CrossEntropy.Forward(half, half.t())).Message);
        Assert.Contains("p: expected at least one row", Assert.Throws<ArgumentException>(() => CrossEntropy.Forward(torch.zeros(0, 2), torch.zeros(0, 2), BatchReduction.Mean)).Message);
    }

    private static Tensor Distributions(Matrix logits) => Softmax.Forward(logits.Tensor()).Y;
}
