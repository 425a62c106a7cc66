using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class ColumnNeuralNetworkTests
{
    [Theory]
    [InlineData("column-neural-network")]
    [InlineData("column-neural-network-distributions-mean")]
    public void Agrees(string subject) => Judge.Agrees(subject);

    [Fact]
    public void GradientsAreThoseOfTheNotes() => ForAll(Networks.Any, net =>
    {
        // Notes 004, lines 2231–2239 and 2363–2421, by δ³ = ŷ − y and δ² = (W²ᵀδ³) ∘ f′(z²).
        var (x, layers) = (net.X.Tensor().t(), net.Columns());
        var h = torch.sigmoid(layers[0].W.mm(x) + layers[0].B);
        var delta3 = torch.nn.functional.softmax(layers[1].W.mm(h) + layers[1].B, 0) - net.OneHot().t();
        var delta2 = layers[1].W.t().mm(delta3) * h * (1 - h);
        var grads = ColumnNeuralNetwork.Backward(Scalar(1), ColumnNeuralNetwork.Forward(x, layers, Labels(net.Labels)).Saved);
        Close(delta3.mm(h.t()), grads.Layers[1].DW);
        Close(delta3.sum(1L, keepdim: true), grads.Layers[1].DB);
        Close(delta2.mm(x.t()), grads.Layers[0].DW);
        Close(delta2.sum(1L, keepdim: true), grads.Layers[0].DB);
        Close(layers[0].W.t().mm(delta2), grads.DX);
    });

    [Fact]
    public void OrderOfTheExamplesDoesNotMatter() => ForAll(Networks.Any, net =>
    {
        var (x, layers, target) = (net.X.Tensor().t(), net.Columns(), net.OneHot().t());
        var grads = ColumnNeuralNetwork.Backward(Scalar(1), ColumnNeuralNetwork.Forward(x, layers, target, Loss.SquaredError).Saved);
        var flipped = ColumnNeuralNetwork.Backward(Scalar(1), ColumnNeuralNetwork.Forward(x.flip(1), layers, target.flip(1), Loss.SquaredError).Saved);
        Close(grads.DX.flip(1), flipped.DX);
        Close(grads.Layers[0].DW, flipped.Layers[0].DW);
        Close(grads.Layers[1].DB, flipped.Layers[1].DB);
    });

    [Fact]
    public void RefusesLayersThatDoNotFitInTermsOfColumns()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("x: expected shape D×N", Wrong(torch.zeros(3), torch.zeros(5, 3), torch.zeros(5)));
        Assert.Contains("layers[0].W: expected size 3 in dimension 1 (its columns: the rows of x), got shape [3, 5]", Wrong(torch.zeros(3, 4), torch.zeros(3, 5), torch.zeros(5)));
        Assert.Contains("layers[0].B: expected shape [5] or [5, 1] (the rows of layers[0].W), got shape [1, 5]", Wrong(torch.zeros(3, 4), torch.zeros(5, 3), torch.zeros(1, 5)));

        static string Wrong(Tensor x, Tensor w, Tensor b) => Assert.Throws<ArgumentException>(() => ColumnNeuralNetwork.Forward(x, [new(w, b, Activation.Identity)], Labels(0, 0, 0, 0))).Message;
    }
}
