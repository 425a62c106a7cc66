using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Affine layer, one example a row: Y = XW + b.</summary>
/// <remarks>
/// Shapes: X: N×D, W: D×M, b: M or 1×M → Y: N×M.
/// Backward: dX = dY · Wᵀ; dW = Xᵀ · dY; db = the column sums of dY, since b was repeated for each row.
/// Edges: an empty batch gives dW = 0, db = 0 and an empty dX.
/// Source: notes 003, lines 4–222 (Z = XW + b; db = np.sum(dZ, axis=0, keepdims=True)).
/// </remarks>
public static class Linear
{
    /// <summary>What the product needs, and the shape that b came in.</summary>
    public sealed record Saved(MatrixProduct.Saved Product, IReadOnlyList<long> BiasShape);

    /// <summary>The gradients with respect to X, W and b.</summary>
    public sealed record Grads(Tensor DX, Tensor DW, Tensor DB);

    /// <summary>XW + b, N×M.</summary>
    /// <exception cref="ArgumentException">As for the product, or b is not of shape M or 1×M, or of another dtype or device.</exception>
    public static Primal<Saved> Forward(Tensor x, Tensor w, Tensor b)
    {
        var product = MatrixProduct.Forward(x, w);
        Expect.SameKind(b, nameof(b), x, nameof(x));
        var columns = w.shape[1];
        if (b.numel() != columns || b.shape is not ([_] or [1, _]))
            throw new ArgumentException($"b: expected shape [{columns}] or [1, {columns}], the columns of w, got {Expect.Show(b.shape)}.", nameof(b));
        return new(product.Y + b, new(product.Saved, b.shape));
    }

    /// <summary>dX, N×D, dW, D×M, and db, of b's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var product = MatrixProduct.Backward(dy, saved.Product);
        return new(product.DX, product.DW, Unbroadcast.Sum(dy, saved.BiasShape));
    }
}
