using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>One neuron: a = f(wᵀx + b), a <see cref="Layer"/> of one row.</summary>
/// <remarks>
/// Shapes: w: D, x: D or D×N (one example a column), b: scalar → a: scalar or N.
/// Backward: δ = da ∘ f′(z); dw = x · δ; dx = w δ; db = Σ δ.
/// Edges: those of <see cref="Layer"/>.
/// Source: notes 004, lines 737–744 (h_(w,b)(x) = f(wᵀx + b), f(z) = 1 / (1 + e^(−z))).
/// </remarks>
public static class Neuron
{
    /// <summary>What the layer needs.</summary>
    public sealed record Saved(Layer.Saved Layer);

    /// <summary>The gradients with respect to w, x and b.</summary>
    public sealed record Grads(Tensor DW, Tensor DX, Tensor DB);

    /// <summary>f(wᵀx + b): a scalar for a vector x, of size N for N columns.</summary>
    /// <exception cref="ArgumentException">w is no floating-point vector, x has not as many rows as w has entries, b is no scalar, or dtypes or devices differ.</exception>
    public static Primal<Saved> Forward(Tensor w, Tensor x, Tensor b, Activation kind = Activation.Sigmoid)
    {
        Expect.Form(w, nameof(w), "D");
        Expect.SameKind(b, nameof(b), w, nameof(w));
        if (b.dim() != 0) throw new ArgumentException($"b: expected a scalar, of shape [], got {Expect.Show(b.shape)}.", nameof(b));
        var layer = Layer.Forward(w.unsqueeze(0), x, b.unsqueeze(0), kind);
        return new(layer.Y.squeeze(0), new(layer.Saved));
    }

    /// <summary>dw, of size D, dx, of x's shape, and db, a scalar.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        ArgumentNullException.ThrowIfNull(dy);
        var layer = Layer.Backward(dy.unsqueeze(0), saved.Layer);
        return new(layer.DW.squeeze(0), layer.DX, layer.DB.squeeze(0));
    }
}
