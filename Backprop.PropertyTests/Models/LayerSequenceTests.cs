using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class LayerSequenceTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("layer-sequence");

    [Fact]
    public void AffineLayersAreOneAffineLayer() => ForAll(Networks.Any, net =>
    {
        IReadOnlyList<LayerParameters> layers = [.. net.Rows().Select(layer => layer with { Activation = Activation.Identity })];
        var (x, w1, w2) = (net.X.Tensor(), layers[0].W, layers[1].W);
        var one = Linear.Forward(x, w1.mm(w2), layers[0].B.mm(w2) + layers[1].B);
        var (y, saved) = LayerSequence.Forward(x, layers);
        Close(one.Y, y, 1e-9);
        Close(Linear.Backward(torch.ones_like(y), one.Saved).DX, LayerSequence.Backward(torch.ones_like(y), saved).DX, 1e-9);
    });

    [Fact]
    public void IsTheSecondHalfAfterTheFirst() => ForAll(Networks.Any, net =>
    {
        var (x, layers) = (net.X.Tensor(), net.Rows());
        var first = LayerSequence.Forward(x, [layers[0]]);
        var second = LayerSequence.Forward(first.Y, [layers[1]]);
        var whole = LayerSequence.Forward(x, layers);
        Close(whole.Y, second.Y);
        var dy = torch.ones_like(whole.Y) * 0.5;
        var (upper, grads) = (LayerSequence.Backward(dy, second.Saved), LayerSequence.Backward(dy, whole.Saved));
        var lower = LayerSequence.Backward(upper.DX, first.Saved);
        Close(grads.DX, lower.DX);
        Close(grads.Layers[0].DW, lower.Layers[0].DW);
        Close(grads.Layers[1].DB, upper.Layers[0].DB);
    });

    [Fact]
    public void RefusesLayersThatDoNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.zeros(4, 3);
        Assert.Contains("layers: expected at least one layer, got none", Wrong());
        Assert.Contains("layers[0].W: expected size 3 in dimension 0 (its rows: the columns of x), got shape [2, 5]", Wrong(Layer(torch.zeros(2, 5), torch.zeros(5))));
        Assert.Contains("layers[1].W: expected size 5 in dimension 0 (its rows: the columns of layers[0].W), got shape [3, 5]", Wrong(Layer(torch.zeros(3, 5), torch.zeros(5)), Layer(torch.zeros(3, 5), torch.zeros(5))));
        Assert.Contains("layers[0].B: expected shape [5] or [1, 5] (the columns of layers[0].W), got shape [5, 1]", Wrong(Layer(torch.zeros(3, 5), torch.zeros(5, 1))));
        Assert.Contains("layers[0].W: expected floating-point numbers", Wrong(Layer(torch.zeros(3, 5, torch.int64), torch.zeros(5))));
        Assert.Contains("x: expected shape N×D", Assert.Throws<ArgumentException>(() => LayerSequence.Forward(torch.zeros(3), [Layer(torch.zeros(3, 5), torch.zeros(5))])).Message);

        string Wrong(params LayerParameters[] layers) => Assert.Throws<ArgumentException>(() => LayerSequence.Forward(x, layers)).Message;
    }

    private static LayerParameters Layer(Tensor w, Tensor b) => new(w, b, Activation.Tanh);
}
