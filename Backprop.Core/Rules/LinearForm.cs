using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Linear form: y = xᵀA = Σ_i x_i a_i, with a_i the rows of A.</summary>
/// <remarks>
/// Shapes: x: D, A: D×M (notes 004: 2×1) → y: M.
/// Backward: dx = A · dy, that is dx_i = a_i • dy; dA = x dyᵀ.
/// Edges: D = 0 gives y = 0.
/// Source: notes 004, lines 485–492 and 818–825.
/// </remarks>
public static class LinearForm
{
    /// <summary>What the product of the 1×D matrix xᵀ with A needs.</summary>
    public sealed record Saved(MatrixProduct.Saved Product);

    /// <summary>The gradients with respect to x and A.</summary>
    public sealed record Grads(Tensor DX, Tensor DA);

    /// <summary>xᵀA, of size M.</summary>
    /// <exception cref="ArgumentException">x is no floating-point vector or a no matrix with as many rows, or their dtypes or devices differ.</exception>
    public static Primal<Saved> Forward(Tensor x, Tensor a)
    {
        Expect.Form(x, nameof(x), "D");
        Expect.Form(a, nameof(a), "D×M");
        Expect.SameKind(a, nameof(a), x, nameof(x));
        Expect.Size(a, nameof(a), 0, x.shape[0], "the entries of x");
        var product = MatrixProduct.Forward(x.unsqueeze(0), a);
        return new(product.Y.squeeze(0), new(product.Saved));
    }

    /// <summary>dx, of size D, and dA, D×M.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Form(dy, nameof(dy), "M");
        var product = MatrixProduct.Backward(dy.unsqueeze(0), saved.Product);
        return new(product.DX.squeeze(0), product.DW);
    }
}
