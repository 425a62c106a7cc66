using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class MultiClassHingeTests
{
    [Theory]
    [InlineData("multi-class-hinge")]
    [InlineData("multi-class-hinge-mean")]
    public void Agrees(string rule) => Judge.Agrees(rule);

    [Fact]
    public void GradientRowsSumToZero() => ForAll(Inputs.Labelled, input =>
        Close(torch.zeros(input.X.Rows, torch.float64), Gradient(input.X.Tensor(), input.Labels).sum(1L)));

    [Fact]
    public void IsThatOfTheNotes() => ForAll(Inputs.Labelled, input =>
    {
        var (loss, gradient) = (0.0, new double[input.X.Entries.Length]);
        for (var n = 0; n < input.X.Rows; n++)
            for (var j = 0; j < input.X.Columns; j++)
            {
                var truth = n * input.X.Columns + (int)input.Labels[n];
                var margin = input.X.Entries[n * input.X.Columns + j] - input.X.Entries[truth] + 1;
                if (j == input.Labels[n] || !(margin > 0)) continue;
                loss += margin;
                gradient[n * input.X.Columns + j] += 1;
                gradient[truth] -= 1;
            }
        Close(Scalar(loss), MultiClassHinge.Forward(input.X.Tensor(), Labels(input.Labels)).Y);
        Close((input.X with { Entries = gradient }).Tensor(), Gradient(input.X.Tensor(), input.Labels));
    });

    [Fact]
    public void ShiftingAllScoresChangesNothing() => ForAll(Inputs.Labelled, input =>
    {
        // Multiples of 1/1024, so that the shift does not round a margin to the other side of its kink.
        var scores = (input.X.Tensor() * 1024).round() / 1024;
        Close(Gradient(scores, input.Labels), Gradient(scores + 64, input.Labels));
    });

    [Fact]
    public void SatisfiedMarginsGiveNothing()
    {
        using var scope = torch.NewDisposeScope();
        var scores = Vector(5, 1, 2).unsqueeze(0);
        Assert.Equal(0, MultiClassHinge.Forward(scores, Labels(0)).Y.item<double>());
        Assert.Equal([0, 0, 0], Numbers(Gradient(scores, [0])));
    }

    [Fact]
    public void AtTheKinkTheGradientIsThatOfTheInactiveSide()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([0, 0, 0], Numbers(Gradient(Vector(3, 2, 1).unsqueeze(0), [0])));
        Assert.Equal([-1, 1, 0], Numbers(Gradient(Vector(2.5, 2, 1.5).unsqueeze(0), [0])));
    }

    [Fact]
    public void SaysWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("labels: expected labels in 0 … 2, got 7", Assert.Throws<ArgumentOutOfRangeException>(() => MultiClassHinge.Forward(torch.zeros(1, 3), Labels(7))).Message);
        Assert.Contains("C ≥ 1", Assert.Throws<ArgumentException>(() => MultiClassHinge.Forward(torch.zeros(1, 0), Labels(0))).Message);
    }

    private static Tensor Gradient(Tensor scores, long[] labels) => MultiClassHinge.Backward(Scalar(1), MultiClassHinge.Forward(scores, Labels(labels)).Saved).DScores;
}
