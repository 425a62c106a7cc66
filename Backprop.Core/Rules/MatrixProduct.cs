using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Matrix product: Y = XW.</summary>
/// <remarks>
/// Shapes: X: N×D, W: D×M → Y: N×M.
/// Backward: dX = dY · Wᵀ; dW = Xᵀ · dY.
/// Edges: an empty batch gives dW = 0 and an empty dX.
/// Source: notes 000, lines 3–30 (notes 001 are the same page).
/// </remarks>
public static class MatrixProduct
{
    /// <summary>Both factors: each is the other's derivative.</summary>
    public sealed record Saved(Tensor X, Tensor W);

    /// <summary>The gradients with respect to X and W.</summary>
    public sealed record Grads(Tensor DX, Tensor DW);

    /// <summary>XW, N×M.</summary>
    /// <exception cref="ArgumentException">x or w is no floating-point matrix, their inner sizes differ, or their dtypes or devices.</exception>
    public static Primal<Saved> Forward(Tensor x, Tensor w)
    {
        Expect.Form(x, nameof(x), "N×D");
        Expect.Form(w, nameof(w), "D×M");
        Expect.SameKind(w, nameof(w), x, nameof(x));
        Expect.Size(w, nameof(w), 0, x.shape[1], "the columns of x");
        return new(x.mm(w), new(x, w));
    }

    /// <summary>dX, N×D, and dW, D×M.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Form(dy, nameof(dy), "N×M");
        return new(dy.mm(saved.W.t()), saved.X.t().mm(dy));
    }
}
