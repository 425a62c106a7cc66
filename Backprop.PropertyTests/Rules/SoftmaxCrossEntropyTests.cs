using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class SoftmaxCrossEntropyTests
{
    [Theory]
    [InlineData("softmax-cross-entropy")]
    [InlineData("softmax-cross-entropy-mean")]
    [InlineData("softmax-cross-entropy-distributions")]
    [InlineData("softmax-cross-entropy-distributions-mean")]
    public void Agrees(string rule) => Judge.Agrees(rule);

    [Fact]
    public void GradientIsPredictionMinusTruth() => ForAll(Inputs.Labelled, input =>
        Close(Softmax.Forward(input.X.Tensor()).Y - OneHot(input), Gradient(input.X.Tensor(), Labels(input.Labels))));

    [Fact]
    public void GradientRowsSumToZero() => ForAll(Inputs.Labelled, input =>
        Close(torch.zeros(input.X.Rows, torch.float64), Gradient(input.X.Tensor(), Labels(input.Labels)).sum(1L)));

    [Fact]
    public void EqualsItsTwoParts() => ForAll(Inputs.Labelled, input =>
    {
        var (x, t) = (input.X.Tensor(), OneHot(input));
        var (y, softmax) = Softmax.Forward(x);
        var (loss, likelihood) = NegativeLogLikelihood.Forward(y, t);
        Close(loss, SoftmaxCrossEntropy.Forward(x, Labels(input.Labels)).Y, 1e-8);
        Close(Softmax.Backward(NegativeLogLikelihood.Backward(Scalar(1), likelihood).DZ, softmax).DX, Gradient(x, t), 1e-8);
    });

    [Fact]
    public void LabelsAreOneHotDistributions() => ForAll(Inputs.Labelled, input =>
    {
        var x = input.X.Tensor();
        Close(SoftmaxCrossEntropy.Forward(x, OneHot(input)).Y, SoftmaxCrossEntropy.Forward(x, Labels(input.Labels)).Y);
        Close(Gradient(x, OneHot(input)), Gradient(x, Labels(input.Labels)));
    });

    [Fact]
    public void MeanIsTheSumOverTheRows() => ForAll(Inputs.Labelled, input =>
    {
        var (x, labels) = (input.X.Tensor(), Labels(input.Labels));
        Close(SoftmaxCrossEntropy.Forward(x, labels).Y / input.X.Rows, SoftmaxCrossEntropy.Forward(x, labels, BatchReduction.Mean).Y);
        Close(Gradient(x, labels) / input.X.Rows, Gradient(x, labels, BatchReduction.Mean));
    });

    [Fact]
    public void DuplicatingTheBatchLeavesTheMeanGradient() => ForAll(Inputs.Labelled, input =>
    {
        var (x, labels) = (input.X.Tensor(), Labels(input.Labels));
        var twice = Gradient(torch.cat([x, x], 0), torch.cat([labels, labels], 0), BatchReduction.Mean);
        Close(Gradient(x, labels, BatchReduction.Mean), 2 * twice.narrow(0, 0, input.X.Rows));
    });

    [Fact]
    public void IsInvariantToShiftsAtExtremes() => ForAll(Gen.Select(Inputs.Labelled, Gen.OneOfConst(-1e4, 1e4)), input =>
    {
        var ((matrix, labels), shift) = (input.Item1, input.Item2);
        Close(SoftmaxCrossEntropy.Forward(matrix.Tensor(), Labels(labels)).Y, SoftmaxCrossEntropy.Forward(matrix.Tensor() + shift, Labels(labels)).Y, 1e-9);
        Close(Gradient(matrix.Tensor(), Labels(labels)), Gradient(matrix.Tensor() + shift, Labels(labels)), 1e-9);
    });

    [Fact]
    public void RefusesTargetsThatAreNoDistribution()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.zeros(1, 2, torch.float64);
        Assert.Contains("target: expected rows that sum to 1, got a row that sums to 1.5", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy.Forward(logits, Vector(0.5, 1).unsqueeze(0))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy.Forward(logits, Vector(-1, 2).unsqueeze(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy.Forward(logits, Vector(double.NaN, 1).unsqueeze(0)));
    }

    [Fact]
    public void TheExampleOfTheNotes()
    {
        // Notes 003: probabilities [0.2, 0.3, 0.5] and truth [0, 1, 0] give [0.2, −0.7, 0.5].
        using var scope = torch.NewDisposeScope();
        Close(Vector(0.2, -0.7, 0.5).unsqueeze(0), Gradient(Vector(0.2, 0.3, 0.5).log().unsqueeze(0), Labels(1)));
    }

    [Fact]
    public void SaysWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.zeros(2, 3, torch.float64);
        Assert.Contains("target: expected labels in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy.Forward(logits, Labels(0, 3))).Message);
        Assert.Contains("target: expected labels in 0 … 2, got -1", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy.Forward(logits, Labels(0, -1))).Message);
        Assert.Contains("target: expected 2 int64 class labels", Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy.Forward(logits, Labels(0))).Message);
        Assert.Contains("target: expected the shape of logits", Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy.Forward(logits, torch.ones(2, 1, torch.float64))).Message);
        Assert.Contains("mean over an empty batch", Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy.Forward(torch.zeros(0, 3), Labels(), BatchReduction.Mean)).Message);
        Assert.Equal(0, SoftmaxCrossEntropy.Forward(torch.zeros(0, 3), Labels()).Y.item<float>());
    }

    private static Tensor Gradient(Tensor logits, Tensor target, BatchReduction reduction = BatchReduction.Sum) =>
        SoftmaxCrossEntropy.Backward(Scalar(1), SoftmaxCrossEntropy.Forward(logits, target, reduction).Saved).DLogits;

    private static Tensor OneHot((Matrix X, long[] Labels) input) => NegativeLogLikelihoodTests.OneHot(input.Labels, input.X.Columns);
}
