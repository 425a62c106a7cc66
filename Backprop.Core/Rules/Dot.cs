using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Dot product: y = u • v = Σ_i u_i v_i.</summary>
/// <remarks>
/// Shapes: u: D, v: D → y: scalar.
/// Backward: du = dy · v; dv = dy · u.
/// Edges: of vectors without entries it is 0.
/// Source: notes 004, lines 2025–2027 (the legend of products); s = vᵀa, lines 774–791.
/// </remarks>
public static class Dot
{
    /// <summary>Both factors: each is the other's derivative.</summary>
    public sealed record Saved(Tensor U, Tensor V);

    /// <summary>The gradients with respect to u and v.</summary>
    public sealed record Grads(Tensor DU, Tensor DV);

    /// <summary>u • v, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">u or v is no floating-point vector, or their sizes, dtypes or devices differ.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v)
    {
        Expect.Form(u, nameof(u), "D");
        Expect.Same(v, nameof(v), u, nameof(u));
        return new(u.dot(v), new(u, v));
    }

    /// <summary>du and dv, each of size D.</summary>
    public static Grads Backward(Tensor dy, Saved saved) => new(dy * saved.V, dy * saved.U);
}
