using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class LinearSoftmaxTests
{
    private const double Lambda = 0.25;

    private static readonly Gen<(Matrix X, Matrix W, long[] Labels)> Batch =
        from product in Inputs.Product
        from labels in Gen.Int[0, product.W.Columns - 1].Select(label => (long)label).Array[product.X.Rows]
        select (product.X, product.W, labels);

    [Fact]
    public void Agrees() => Judge.Agrees("linear-softmax");

    [Fact]
    public void TheGradientOfAWordVectorIsThatOfTheNotes() => ForAll(Batch, input =>
    {
        // Notes 004, lines 845–857: ∂ log P(y | x)/∂x = W_y − Σ_c p_c W_c; J has −1/N of it.
        var (w, x) = (input.W.Tensor().t(), input.X.Tensor());
        var dx = Grads(w, x, Labels(input.Labels), Lambda).DX;
        var p = LinearSoftmax.Probabilities(w, x);
        for (var i = 0; i < input.X.Rows; i++) Close(-(w[input.Labels[i]] - LinearForm.Forward(p[i], w).Y) / input.X.Rows, dx[i]);
    });

    [Fact]
    public void ThePenaltyAddsTwiceLambdaWAndNothingToTheWords() => ForAll(Batch, input =>
    {
        var (w, x, labels) = (input.W.Tensor().t(), input.X.Tensor(), Labels(input.Labels));
        var (without, with) = (Grads(w, x, labels, 0), Grads(w, x, labels, Lambda));
        Close(without.DW + 2 * Lambda * w, with.DW);
        Close(without.DX, with.DX, 0);
    });

    [Fact]
    public void DuplicatingTheExamplesLeavesTheGradientOfWAlone() => ForAll(Batch, input =>
    {
        var (w, x, labels) = (input.W.Tensor().t(), input.X.Tensor(), Labels(input.Labels));
        var twice = Grads(w, torch.cat([x, x], 0), torch.cat([labels, labels], 0), Lambda);
        Close(Grads(w, x, labels, Lambda).DW, twice.DW);
    });

    [Fact]
    public void WithoutPenaltyItIsTheSoftmaxClassifierWithoutBias() => ForAll(Batch, input =>
    {
        var (w, x, labels) = (input.W.Tensor(), input.X.Tensor(), Labels(input.Labels));
        var classifier = SoftmaxClassifier.Forward(x, w, torch.zeros(input.W.Columns, torch.float64), labels, BatchReduction.Mean);
        Close(classifier.Y, LinearSoftmax.Forward(w.t(), x, labels, 0).Y);
        Close(SoftmaxClassifier.Backward(Scalar(1), classifier.Saved).DW.t(), Grads(w.t(), x, labels, 0).DW);
    });

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var (w, x) = (torch.zeros(3, 2), torch.zeros(4, 2));
        Assert.Contains("labels: expected labels in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => LinearSoftmax.Forward(w, x, Labels(0, 1, 2, 3), 0)).Message);
        Assert.Contains("x: expected size 2 in dimension 1 (the columns of w)", Assert.Throws<ArgumentException>(() => LinearSoftmax.Forward(w, x.t(), Labels(0, 1), 0)).Message);
        Assert.Contains("w: expected at least one class", Assert.Throws<ArgumentException>(() => LinearSoftmax.Forward(torch.zeros(0, 2), x, Labels(0, 0, 0, 0), 0)).Message);
        Assert.Contains("x: expected at least one row", Assert.Throws<ArgumentException>(() => LinearSoftmax.Forward(w, torch.zeros(0, 2), Labels(), 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("lambda", () => LinearSoftmax.Forward(w, x, Labels(0, 1, 2, 0), -1));
    }

    private static LinearSoftmax.Grads Grads(Tensor w, Tensor x, Tensor labels, double lambda) => LinearSoftmax.Backward(Scalar(1), LinearSoftmax.Forward(w, x, labels, lambda).Saved);
}
