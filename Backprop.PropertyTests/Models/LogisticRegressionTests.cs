using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class LogisticRegressionTests
{
    private static readonly Gen<(Matrix X, double[] Theta, long[] Labels)> Batch =
        from x in Inputs.Logits
        from theta in Gen.Double[-1, 1].Array[x.Columns]
        from labels in Gen.Int[0, 1].Select(label => (long)label).Array[x.Rows]
        select (x, theta, labels);

    [Theory]
    [InlineData("logistic-regression")]
    [InlineData("logistic-regression-mean")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void IsTheSoftmaxClassifierWithOneClassHeldAtZero() => ForAll(Batch, input =>
    {
        var (x, theta, labels) = (input.X.Tensor(), Vector(input.Theta), Labels(input.Labels));
        var w = torch.stack([torch.zeros_like(theta), theta], 1);
        var softmax = SoftmaxClassifier.Forward(x, w, torch.zeros(2, torch.float64), labels);
        var (loss, saved) = LogisticRegression.Forward(x, theta, labels);
        Close(softmax.Y, loss);
        Close(SoftmaxClassifier.Backward(Scalar(1), softmax.Saved).DW.select(1, 1), LogisticRegression.Backward(Scalar(1), saved).DTheta);
        Close(SoftmaxClassifier.Probabilities(x, w, torch.zeros(2, torch.float64)).select(1, 1), LogisticRegression.Probabilities(x, theta));
    });

    [Fact]
    public void ExchangingTheClassesTurnsTheta() => ForAll(Batch, input =>
    {
        var (x, theta, labels) = (input.X.Tensor(), Vector(input.Theta), Labels(input.Labels));
        var (there, back) = (LogisticRegression.Forward(x, theta, labels), LogisticRegression.Forward(x, -theta, 1 - labels));
        Close(there.Y, back.Y);
        Close(LogisticRegression.Backward(Scalar(1), there.Saved).DTheta, -LogisticRegression.Backward(Scalar(1), back.Saved).DTheta);
    });

    [Fact]
    public void PredictsTheMoreProbableClass() => ForAll(Batch, input =>
    {
        var (x, theta) = (input.X.Tensor(), Vector(input.Theta));
        var (p, predicted) = (Numbers(LogisticRegression.Probabilities(x, theta)), LogisticRegression.Predict(x, theta).data<long>().ToArray());
        Assert.All(p.Zip(predicted), pair => Assert.True(pair.Second == 1 ? pair.First >= 0.5 : pair.First <= 0.5));
    });

    [Fact]
    public void StepsDownhillLowerTheLoss() => ForAll(Batch, input =>
    {
        var (x, theta, labels) = (input.X.Tensor(), Vector(input.Theta), Labels(input.Labels));
        var (loss, saved) = LogisticRegression.Forward(x, theta, labels, BatchReduction.Mean);
        var after = LogisticRegression.Forward(x, theta - 1e-4 * LogisticRegression.Backward(Scalar(1), saved).DTheta, labels, BatchReduction.Mean).Y;
        Assert.True(after.item<double>() <= loss.item<double>() + 1e-12);
    });

    [Fact]
    public void RefusesOtherLabelsAndTheMeanOfNothing()
    {
        using var scope = torch.NewDisposeScope();
        var (x, theta) = (torch.zeros(2, 3), torch.zeros(3));
        Assert.Contains("labels: expected labels in 0 … 1, got 2", Assert.Throws<ArgumentOutOfRangeException>(() => LogisticRegression.Forward(x, theta, Labels(0, 2))).Message);
        Assert.Contains("labels: expected 2 int64 class labels", Assert.Throws<ArgumentException>(() => LogisticRegression.Forward(x, theta, torch.zeros(2))).Message);
        Assert.Contains("theta: expected size 3", Assert.Throws<ArgumentException>(() => LogisticRegression.Forward(x, torch.zeros(2), Labels(0, 1))).Message);
        Assert.Contains("x: expected at least one row", Assert.Throws<ArgumentException>(() => LogisticRegression.Forward(torch.zeros(0, 3), theta, Labels(), BatchReduction.Mean)).Message);
    }
}
