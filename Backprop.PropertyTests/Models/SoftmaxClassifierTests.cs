using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class SoftmaxClassifierTests
{
    private static readonly Gen<(Matrix X, Matrix W, Matrix DY, long[] Labels)> Batch =
        from product in Inputs.Product
        from labels in Gen.Int[0, product.W.Columns - 1].Select(label => (long)label).Array[product.X.Rows]
        select (product.X, product.W, product.DY, labels);

    [Fact]
    public void Agrees() => Judge.Agrees("softmax-classifier");

    [Fact]
    public void GradientsAreThoseOfTheNotes() => ForAll(Batch, input =>
    {
        // Notes 003: dZ = P − Y, dW = Xᵀ·dZ, db = np.sum(dZ, axis=0, keepdims=True).
        var (x, w) = (input.X.Tensor(), input.W.Tensor());
        var b = torch.linspace(-1, 1, input.W.Columns, torch.float64).unsqueeze(0);
        var grads = SoftmaxClassifier.Backward(Scalar(1), SoftmaxClassifier.Forward(x, w, b, Labels(input.Labels)).Saved);
        var dz = SoftmaxClassifier.Probabilities(x, w, b) - torch.nn.functional.one_hot(Labels(input.Labels), input.W.Columns).to_type(torch.float64);
        Close(x.t().mm(dz), grads.DW);
        Close(dz.sum(0L, keepdim: true), grads.DB);
        Close(dz.mm(w.t()), grads.DX);
    });

    [Fact]
    public void ShapesAreThoseOfTheNotes()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.linspace(-1, 1, 600, torch.float64).reshape(300, 2);
        var (w, b) = (torch.zeros(2, 3, torch.float64), torch.zeros(1, 3, torch.float64));
        var (loss, saved) = SoftmaxClassifier.Forward(x, w, b, torch.zeros(300, torch.int64));
        var grads = SoftmaxClassifier.Backward(Scalar(1), saved);
        Assert.Empty(loss.shape);
        Assert.Equal((x.shape, w.shape, b.shape), (grads.DX.shape, grads.DW.shape, grads.DB.shape), ShapesEqual);
        Close(Scalar(300 * Math.Log(3)), loss);

        static bool ShapesEqual((long[], long[], long[]) a, (long[], long[], long[]) b) =>
            a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2) && a.Item3.SequenceEqual(b.Item3);
    }

    [Fact]
    public void PermutingTheClassesPermutesTheGradients() => ForAll(Batch, input =>
    {
        var (x, w, b) = (input.X.Tensor(), input.W.Tensor(), torch.linspace(-1, 1, input.W.Columns, torch.float64));
        var labels = Labels(input.Labels);
        var grads = SoftmaxClassifier.Backward(Scalar(1), SoftmaxClassifier.Forward(x, w, b, labels).Saved);
        var flipped = SoftmaxClassifier.Backward(Scalar(1), SoftmaxClassifier.Forward(x, w.flip(1), b.flip(0), input.W.Columns - 1 - labels).Saved);
        Close(grads.DW.flip(1), flipped.DW);
        Close(grads.DB.flip(0), flipped.DB);
        Close(grads.DX, flipped.DX);
    });

    [Fact]
    public void StepsDownhillLowerTheLoss() => ForAll(Batch, input =>
    {
        var (x, w, b) = (input.X.Tensor(), input.W.Tensor(), torch.zeros(input.W.Columns, torch.float64));
        var (loss, saved) = SoftmaxClassifier.Forward(x, w, b, Labels(input.Labels), BatchReduction.Mean);
        var grads = SoftmaxClassifier.Backward(Scalar(1), saved);
        var after = SoftmaxClassifier.Forward(x, w - 1e-4 * grads.DW, b - 1e-4 * grads.DB, Labels(input.Labels), BatchReduction.Mean).Y;
        Assert.True(after.item<double>() <= loss.item<double>() + 1e-12);
    });

    [Fact]
    public void PredictsTheMostProbableClass() => ForAll(Batch, input =>
    {
        var (x, w, b) = (input.X.Tensor(), input.W.Tensor(), torch.zeros(input.W.Columns, torch.float64));
        var chosen = SoftmaxClassifier.Probabilities(x, w, b).gather(1, SoftmaxClassifier.Predict(x, w, b).unsqueeze(1)).squeeze(1);
        Close(SoftmaxClassifier.Probabilities(x, w, b).amax([1]), chosen);
    });
}
