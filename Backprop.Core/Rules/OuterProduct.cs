using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Outer product: Y = u vᵀ, y_ij = u_i v_j.</summary>
/// <remarks>
/// Shapes: u: M, v: D → Y: M×D.
/// Backward: du = dY · v; dv = dYᵀ · u.
/// Edges: an empty factor gives an empty product, and a gradient of 0 for the other.
/// Source: notes 004, lines 2025–2027 (the legend of products); ∂s/∂W = δxᵀ is one.
/// </remarks>
public static class OuterProduct
{
    /// <summary>Both factors: each is the other's derivative.</summary>
    public sealed record Saved(Tensor U, Tensor V);

    /// <summary>The gradients with respect to u and v.</summary>
    public sealed record Grads(Tensor DU, Tensor DV);

    /// <summary>u vᵀ, M×D.</summary>
    /// <exception cref="ArgumentException">u or v is no floating-point vector, or their dtypes or devices differ.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v)
    {
        Expect.Form(u, nameof(u), "M");
        Expect.Form(v, nameof(v), "D");
        Expect.SameKind(v, nameof(v), u, nameof(u));
        return new(u.outer(v), new(u, v));
    }

    /// <summary>du, of size M, and dv, of size D.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Form(dy, nameof(dy), "M×D");
        return new(dy.mv(saved.V), dy.t().mv(saved.U));
    }
}
