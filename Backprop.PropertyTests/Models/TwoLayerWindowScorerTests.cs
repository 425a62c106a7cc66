using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class TwoLayerWindowScorerTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("two-layer-window-scorer");

    [Fact]
    public void GradientsAreThoseOfTheNotes() => ForAll(Networks.Windows, input =>
    {
        // Notes 004, lines 1642–1825: δ³ = v ∘ f′(z³), δ² = (W²ᵀδ³) ∘ f′(z²); ∂s/∂W² = δ³a²ᵀ, ∂s/∂W¹ = δ²a¹ᵀ.
        var (v, w1, b1, x) = (Networks.Some(1, 3), input.W.Tensor(), input.Bias(), input.X.Tensor()[.., 0]);
        var (w2, b2) = (Networks.Some(2, 3, input.W.Rows), Networks.Some(3, 3));
        var a2 = torch.sigmoid(w1.mv(x) + b1);
        var a3 = torch.sigmoid(w2.mv(a2) + b2);
        var delta3 = v * a3 * (1 - a3);
        var delta2 = w2.t().mv(delta3) * a2 * (1 - a2);
        var (s, saved) = TwoLayerWindowScorer.Forward(v, w2, b2, w1, b1, x);
        var grads = TwoLayerWindowScorer.Backward(Scalar(1), saved);
        Close(v.dot(a3), s);
        Close(a3, grads.DV);
        Close(torch.outer(delta3, a2), grads.DW2);
        Close(delta3, grads.DB2);
        Close(torch.outer(delta2, x), grads.DW1);
        Close(delta2, grads.DB1);
        Close(w1.t().mv(delta2), grads.DX);
    });

    [Fact]
    public void IsTheDeltaRecursionUnderV() => ForAll(Networks.Windows, input =>
    {
        var (v, w1, b1, x) = (Networks.Some(1, 3), input.W.Tensor(), input.Bias(), input.X.Tensor());
        var (w2, b2) = (Networks.Some(2, 3, input.W.Rows), Networks.Some(3, 3));
        var (s, saved) = TwoLayerWindowScorer.Forward(v, w2, b2, w1, b1, x, Activation.Relu);
        var grads = TwoLayerWindowScorer.Backward(torch.ones_like(s), saved);
        var (a3, steps) = DeltaRecursion.Forward(x, [new(w1, b1, Activation.Relu), new(w2, b2, Activation.Relu)]);
        var deltas = DeltaRecursion.Backward(v.unsqueeze(1).expand(a3.shape), steps);
        Close(deltas.Layers[1].DW, grads.DW2);
        Close(deltas.Layers[1].DB, grads.DB2);
        Close(deltas.Layers[0].DW, grads.DW1);
        Close(deltas.Layers[0].DB, grads.DB1);
        Close(deltas.Deltas[0], grads.DX);
    });

    [Fact]
    public void RefusesLayersThatDoNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("x: expected shape [3] or [3, N], the columns of w, got [4]", Assert.Throws<ArgumentException>(() =>
            TwoLayerWindowScorer.Forward(torch.zeros(2), torch.zeros(2, 3), torch.zeros(2), torch.zeros(4, 5), torch.zeros(4), torch.zeros(5))).Message);
    }
}
