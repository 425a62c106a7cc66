using Backprop.Rules;

namespace Backprop.Models;

/// <summary>Score of a window with two hidden layers: a² = f(W¹x + b¹), a³ = f(W²a² + b²), s = vᵀa³: a <see cref="Layer"/> below a <see cref="WindowScorer"/>.</summary>
/// <remarks>
/// Shapes: v: H₂ or H₂×1, W²: H₂×H₁, b²: H₂ or H₂×1, W¹: H₁×D, b¹: H₁ or H₁×1, x: D or D×N → s: scalar or N.
/// Backward: δ³ = v ∘ f′(z³), dW² = δ³a²ᵀ, db² = δ³; δ² = (W²ᵀδ³) ∘ f′(z²), dW¹ = δ²xᵀ, db¹ = δ²; dv = a³, dx = W¹ᵀδ²; all times ds.
/// Edges: those of <see cref="WindowScorer"/>.
/// Source: notes 004, lines 1355–1553, 1642–1825, 1999–2047.
/// </remarks>
public static class TwoLayerWindowScorer
{
    /// <summary>What the first layer and the scorer above it need.</summary>
    public sealed record Saved(Layer.Saved First, WindowScorer.Saved Scorer);

    /// <summary>The gradients with respect to v, W², b², W¹, b¹ and x.</summary>
    public sealed record Grads(Tensor DV, Tensor DW2, Tensor DB2, Tensor DW1, Tensor DB1, Tensor DX);

    /// <summary>The score: a scalar for one window, N scores for N of them.</summary>
    /// <exception cref="ArgumentException">w1 or w2 is no floating-point matrix; another input does not fit, or is of another dtype or device.</exception>
    public static Primal<Saved> Forward(Tensor v, Tensor w2, Tensor b2, Tensor w1, Tensor b1, Tensor x, Activation activation = Activation.Sigmoid)
    {
        var first = Layer.Forward(w1, x, b1, activation);
        var scorer = WindowScorer.Forward(v, w2, b2, first.Y, activation);
        return new(scorer.Y, new(first.Saved, scorer.Saved));
    }

    /// <summary>dv, dw2, db2, dw1, db1 and dx, each of its input's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var scorer = WindowScorer.Backward(dy, saved.Scorer);
        var first = Layer.Backward(scorer.DX, saved.First);
        return new(scorer.DV, scorer.DW, scorer.DB, first.DW, first.DB, first.DX);
    }
}
