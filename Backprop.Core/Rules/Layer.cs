namespace Backprop.Rules;

/// <summary>Layer of a neural network, one example a column: a = f(Wx + b).</summary>
/// <remarks>
/// Shapes: W: M×D, x: D or D×N, b: M or M×1 → a: M or M×N.
/// Backward: δ = da ∘ f′(z); dW = δ · xᵀ; dx = Wᵀ · δ; db = δ, summed over the columns.
/// Edges: those of <see cref="ColumnLinear"/> and <see cref="Activate"/>.
/// Source: notes 004, lines 737–772 (a₁ = f(w₁₁x₁ + w₁₂x₂ + w₁₃x₃ + b₁) and so on).
/// </remarks>
public static class Layer
{
    /// <summary>What Wx + b and f need.</summary>
    public sealed record Saved(ColumnLinear.Saved Linear, Activate.Saved Activation);

    /// <summary>The gradients with respect to W, x and b.</summary>
    public sealed record Grads(Tensor DW, Tensor DX, Tensor DB);

    /// <summary>f(Wx + b): of size M for a vector x, M×N for N columns.</summary>
    /// <exception cref="ArgumentException">As for Wx + b.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such activation.</exception>
    public static Primal<Saved> Forward(Tensor w, Tensor x, Tensor b, Activation kind)
    {
        var z = ColumnLinear.Forward(w, x, b);
        var a = Activate.Forward(z.Y, kind);
        return new(a.Y, new(z.Saved, a.Saved));
    }

    /// <summary>dW, M×D, dx, of x's shape, and db, of b's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var dz = Activate.Backward(dy, saved.Activation).DX;
        var linear = ColumnLinear.Backward(dz, saved.Linear);
        return new(linear.DW, linear.DX, linear.DB);
    }
}
