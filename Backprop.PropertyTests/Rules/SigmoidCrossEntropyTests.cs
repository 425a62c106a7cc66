using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class SigmoidCrossEntropyTests
{
    private static readonly Gen<(Matrix X, long[] Labels)> TwoClasses =
        from x in Inputs.Logits
        from labels in Gen.Int[0, 1].Select(label => (long)label).Array[x.Rows]
        select (x, labels);

    [Theory]
    [InlineData("sigmoid-cross-entropy")]
    [InlineData("sigmoid-cross-entropy-mean")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void IsTheSoftmaxLossOfTheLogitsZeroAndS() => ForAll(TwoClasses, input =>
    {
        // Notes 004, lines 225–238: sigmoid for two classes, softmax for many; two are a case of many.
        var (s, labels) = (input.X.Tensor().select(1, 0), Labels(input.Labels));
        var both = SoftmaxCrossEntropy.Forward(torch.stack([torch.zeros_like(s), s], 1), labels);
        var (loss, saved) = SigmoidCrossEntropy.Forward(s, labels.to_type(torch.float64));
        Close(both.Y, loss);
        Close(SoftmaxCrossEntropy.Backward(Scalar(1), both.Saved).DLogits.select(1, 1), SigmoidCrossEntropy.Backward(Scalar(1), saved).DLogits);
    });

    [Fact]
    public void ExchangingTheClassesFlipsTheGradient() => ForAll(TwoClasses, input =>
    {
        var (s, t) = (input.X.Tensor().select(1, 0), Labels(input.Labels).to_type(torch.float64));
        var (there, back) = (SigmoidCrossEntropy.Forward(s, t), SigmoidCrossEntropy.Forward(-s, 1 - t));
        Close(there.Y, back.Y);
        Close(SigmoidCrossEntropy.Backward(Scalar(1), there.Saved).DLogits, -SigmoidCrossEntropy.Backward(Scalar(1), back.Saved).DLogits);
    });

    [Fact]
    public void ExtremeLogitsGiveFiniteLosses() => ForAll(Inputs.ExtremeLogits, x =>
    {
        var s = x.Tensor();
        foreach (var t in new[] { torch.zeros_like(s), torch.ones_like(s) })
        {
            var (loss, saved) = SigmoidCrossEntropy.Forward(s, t);
            Assert.True(double.IsFinite(loss.item<double>()) && loss.item<double>() >= 0);
            Assert.All(Numbers(SigmoidCrossEntropy.Backward(Scalar(1), saved).DLogits), entry => Assert.InRange(entry, -1, 1));
        }
    });

    [Fact]
    public void RefusesTargetsOutsideZeroAndOneAndTheMeanOfNothing()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var target in new[] { -0.1, 1.1, double.NaN })
            Assert.Contains("target: expected probabilities, numbers in 0 … 1", Assert.Throws<ArgumentOutOfRangeException>(() => SigmoidCrossEntropy.Forward(Vector(1), Vector(target))).Message);
        Assert.Contains("target: expected floating-point numbers", Assert.Throws<ArgumentException>(() => SigmoidCrossEntropy.Forward(Vector(1), Labels(1))).Message);
        Assert.Contains("logits: expected at least one row", Assert.Throws<ArgumentException>(() => SigmoidCrossEntropy.Forward(Vector(), Vector(), BatchReduction.Mean)).Message);
        Assert.Contains("logits: expected shape [N]", Assert.Throws<ArgumentException>(() => SigmoidCrossEntropy.Forward(Scalar(1), Scalar(1))).Message);
    }
}
