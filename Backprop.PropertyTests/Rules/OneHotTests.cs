using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class OneHotTests
{
    [Fact]
    public void RowsAreCornersAtTheLabel() => ForAll(Inputs.Labelled, input =>
    {
        var y = OneHot.Of(Labels(input.Labels), input.X.Columns, torch.float64);
        Assert.Equal(input.Labels, y.argmax(1).data<long>().ToArray());
        Close(torch.ones(input.X.Rows, torch.float64), y.sum(1L), 0);
        Close(torch.ones(input.X.Rows, torch.float64), y.amax([1]), 0);
    });

    [Fact]
    public void AgreesWithLibtorch() => ForAll(Inputs.Labelled, input =>
        Close(torch.nn.functional.one_hot(Labels(input.Labels), input.X.Columns), OneHot.Of(Labels(input.Labels), input.X.Columns, torch.float32), 0));

    [Fact]
    public void ResidualIsTheFusedGradient() => ForAll(Inputs.Labelled, input =>
    {
        // Notes 003, lines 117–157: dZ_k = p_k − I(k = y), for every k at once P − Y.
        var (x, labels) = (input.X.Tensor(), Labels(input.Labels));
        Close(Softmax.Forward(x).Y - OneHot.Of(labels, input.X.Columns, torch.float64),
            SoftmaxCrossEntropy.Backward(Scalar(1), SoftmaxCrossEntropy.Forward(x, labels).Saved).DLogits);
    });

    [Fact]
    public void NoLabelGivesNoRow()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([0, 3], OneHot.Of(Labels(), 3, torch.float32).shape);
    }

    [Fact]
    public void RefusesWhatIsNoLabel()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("labels: expected indices in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Of(Labels(0, 3), 3, torch.float64)).Message);
        Assert.Contains("labels: expected int64 indices", Assert.Throws<ArgumentException>(() => OneHot.Of(Vector(1), 3, torch.float64)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => OneHot.Of(Labels(), 0, torch.float64));
        Assert.Contains("dtype: expected floating-point numbers", Assert.Throws<ArgumentException>(() => OneHot.Of(Labels(0), 1, torch.int64)).Message);
    }
}
