using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class OutputLossTests
{
    [Theory]
    [InlineData("output-loss")]
    [InlineData("output-loss-mean")]
    [InlineData("output-loss-hinge-mean")]
    [InlineData("output-loss-cross-entropy")]
    public void Agrees(string subject) => Judge.Agrees(subject);

    [Theory]
    [InlineData(Loss.SoftmaxCrossEntropy)]
    [InlineData(Loss.SquaredError)]
    [InlineData(Loss.Hinge)]
    public void MeanIsTheSumOverTheRowsDividedByTheirNumber(Loss loss) => ForAll(Inputs.Labelled, input =>
    {
        var (output, labels) = (input.X.Tensor(), Labels(input.Labels));
        var target = loss == Loss.SquaredError ? torch.nn.functional.one_hot(labels, input.X.Columns).to_type(torch.float64) : labels;
        var (sum, mean) = (OutputLoss.Forward(output, target, loss), OutputLoss.Forward(output, target, loss, BatchReduction.Mean));
        Close(sum.Y / input.X.Rows, mean.Y);
        Close(OutputLoss.Backward(Scalar(1), sum.Saved).DOutput / input.X.Rows, OutputLoss.Backward(Scalar(1), mean.Saved).DOutput);
    });

    [Fact]
    public void SaturatedWrongSigmoidsLearnFromCrossEntropyAndNotFromSquaredError()
    {
        // Notes 004, lines 669–670: "squared error doesn't work well with NNs". At an output of σ(−20) for a target of 1 the squared error's gradient has died.
        using var scope = torch.NewDisposeScope();
        var (logit, label) = (torch.tensor(new[] { -20.0, 0 }, [1, 2], torch.float64), Labels(0));
        var entropy = OutputLoss.Backward(Scalar(1), OutputLoss.Forward(logit, label, Loss.SoftmaxCrossEntropy).Saved).DOutput;
        var sigmoid = Sigmoid.Forward(logit.narrow(1, 0, 1));
        var error = OutputLoss.Forward(sigmoid.Y, torch.ones_like(sigmoid.Y), Loss.SquaredError);
        var squared = Sigmoid.Backward(OutputLoss.Backward(Scalar(1), error.Saved).DOutput, sigmoid.Saved).DX;
        Assert.True(entropy[0, 0].item<double>() < -0.99);
        Assert.InRange(squared.item<double>(), -1e-8, 0);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("output: expected shape N×C", Assert.Throws<ArgumentException>(() => OutputLoss.Forward(torch.zeros(3), Labels(0), Loss.Hinge)).Message);
        Assert.Contains("loss: expected SoftmaxCrossEntropy, SquaredError, Hinge, got 9", Assert.Throws<ArgumentOutOfRangeException>(() => OutputLoss.Forward(torch.zeros(1, 3), Labels(0), (Loss)9)).Message);
        Assert.Contains("saved: expected what Forward saved, got String", Assert.Throws<ArgumentException>(() => OutputLoss.Backward(Scalar(1), new("nothing"))).Message);
    }
}
