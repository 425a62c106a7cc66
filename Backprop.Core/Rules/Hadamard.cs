using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Element-wise product: y = u ∘ v.</summary>
/// <remarks>
/// Shapes: u: […], v: […] → y: […].
/// Backward: du = dy ∘ v; dv = dy ∘ u.
/// Edges: u and v must have the same shape: N×1 against N would broadcast to N×N.
/// Source: notes 004, lines 1440, 1538 and 2025–2027 (the legend of products).
/// </remarks>
public static class Hadamard
{
    /// <summary>Both factors: each is the other's derivative.</summary>
    public sealed record Saved(Tensor U, Tensor V);

    /// <summary>The gradients with respect to u and v.</summary>
    public sealed record Grads(Tensor DU, Tensor DV);

    /// <summary>u ∘ v, of their shape.</summary>
    /// <exception cref="ArgumentException">u or v is not floating-point, or their shapes, dtypes or devices differ.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v)
    {
        Expect.Floating(u, nameof(u));
        Expect.Same(v, nameof(v), u, nameof(u));
        return new(u * v, new(u, v));
    }

    /// <summary>du and dv, of their shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Same(dy, nameof(dy), saved.U, "y");
        return new(dy * saved.V, dy * saved.U);
    }
}
