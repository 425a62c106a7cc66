using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class NeuralNetworkTests
{
    [Theory]
    [InlineData("neural-network")]
    [InlineData("neural-network-distributions-mean")]
    [InlineData("neural-network-squared-error")]
    [InlineData("neural-network-hinge")]
    [InlineData("neural-network-deep")]
    public void Agrees(string subject) => Judge.Agrees(subject);

    [Fact]
    public void GradientsAreThoseOfTheNotes() => ForAll(Networks.Any, net =>
    {
        // Notes 004, lines 90–132: dJ/dx = ((ŷ − y)W₂ᵀ ∘ σ(z)(1 − σ(z))) W₁ᵀ, with the transposes that line 126 leaves out, and 1 − σ(z), not σ(1 − z).
        var (x, layers) = (net.X.Tensor(), net.Rows());
        var h = torch.sigmoid(x.mm(layers[0].W) + layers[0].B);
        var dTheta = NeuralNetwork.Probabilities(x, layers) - net.OneHot();
        var dz = dTheta.mm(layers[1].W.t()) * h * (1 - h);
        var grads = Grads(net);
        Close(dz.mm(layers[0].W.t()), grads.DX);
        Close(h.t().mm(dTheta), grads.Layers[1].DW);
        Close(dTheta.sum(0L, keepdim: true), grads.Layers[1].DB);
        Close(x.t().mm(dz), grads.Layers[0].DW);
        Close(dz.sum(0L, keepdim: true), grads.Layers[0].DB);
    });

    [Fact]
    public void OneAffineLayerIsTheSoftmaxClassifier() => ForAll(Networks.Any, net =>
    {
        var (x, layer, labels) = (net.X.Tensor(), new LayerParameters(net.W1.Tensor(), net.B1.Tensor(), Activation.Identity), torch.zeros(net.X.Rows, torch.int64));
        var (loss, saved) = NeuralNetwork.Forward(x, [layer], labels);
        var (expected, classifier) = SoftmaxClassifier.Forward(x, layer.W, layer.B, labels);
        Close(expected, loss);
        Close(SoftmaxClassifier.Backward(Scalar(1), classifier).DW, NeuralNetwork.Backward(Scalar(1), saved).Layers[0].DW);
        Assert.Equal(SoftmaxClassifier.Predict(x, layer.W, layer.B).data<long>(), NeuralNetwork.Predict(x, [layer]).data<long>());
    });

    [Fact]
    public void HiddenUnitsMayBePermuted() => ForAll(Networks.Any, net =>
    {
        var layers = net.Rows();
        var (loss, saved) = NeuralNetwork.Forward(net.X.Tensor(), layers, Labels(net.Labels));
        var (flippedLoss, flippedSaved) = NeuralNetwork.Forward(net.X.Tensor(),
            [layers[0] with { W = layers[0].W.flip(1), B = layers[0].B.flip(1) }, layers[1] with { W = layers[1].W.flip(0) }], Labels(net.Labels));
        var (grads, flipped) = (NeuralNetwork.Backward(Scalar(1), saved), NeuralNetwork.Backward(Scalar(1), flippedSaved));
        Close(loss, flippedLoss);
        Close(grads.DX, flipped.DX);
        Close(grads.Layers[0].DW.flip(1), flipped.Layers[0].DW);
        Close(grads.Layers[0].DB.flip(1), flipped.Layers[0].DB);
        Close(grads.Layers[1].DW.flip(0), flipped.Layers[1].DW);
    });

    [Theory]
    [InlineData(Loss.SoftmaxCrossEntropy)]
    [InlineData(Loss.SquaredError)]
    [InlineData(Loss.Hinge)]
    public void DuplicatingTheBatchLeavesAMeanGradient(Loss loss) => ForAll(Networks.Any, net =>
    {
        var (x, target) = (net.X.Tensor(), loss == Loss.SquaredError ? net.OneHot() : Labels(net.Labels));
        var once = NeuralNetwork.Forward(x, net.Rows(), target, loss, BatchReduction.Mean);
        var twice = NeuralNetwork.Forward(torch.cat([x, x], 0), net.Rows(), torch.cat([target, target], 0), loss, BatchReduction.Mean);
        var (grads, doubled) = (NeuralNetwork.Backward(Scalar(1), once.Saved), NeuralNetwork.Backward(Scalar(1), twice.Saved));
        Close(once.Y, twice.Y);
        foreach (var (a, b) in grads.Layers.Zip(doubled.Layers))
        {
            Close(a.DW, b.DW);
            Close(a.DB, b.DB);
        }
    });

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        IReadOnlyList<LayerParameters> layers = [new(torch.zeros(2, 3), torch.zeros(3), Activation.Relu), new(torch.zeros(3, 2), torch.zeros(2), Activation.Identity)];
        Assert.Contains("target: expected labels in 0 … 1, got 2", Assert.Throws<ArgumentOutOfRangeException>(() => NeuralNetwork.Forward(torch.zeros(1, 2), layers, Labels(2))).Message);
        Assert.Contains("at least one row", Assert.Throws<ArgumentException>(() => NeuralNetwork.Forward(torch.zeros(0, 2), layers, Labels(), reduction: BatchReduction.Mean)).Message);
        Assert.Contains("loss: expected SoftmaxCrossEntropy, SquaredError, Hinge, got 7", Assert.Throws<ArgumentOutOfRangeException>(() => NeuralNetwork.Forward(torch.zeros(1, 2), layers, Labels(0), (Loss)7)).Message);
    }

    private static NeuralNetwork.Grads Grads(Network net) => NeuralNetwork.Backward(Scalar(1), NeuralNetwork.Forward(net.X.Tensor(), net.Rows(), Labels(net.Labels)).Saved);
}
