using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Affine layer, one example a column: z = Wx + b.</summary>
/// <remarks>
/// Shapes: W: M×D, x: D or D×N, b: M or M×1 → z: M or M×N.
/// Backward: dW = dz · xᵀ; dx = Wᵀ · dz; db = dz, summed over the columns, since b was repeated for each.
/// Edges: those of <see cref="Linear"/>, whose transpose it is: zᵀ = xᵀWᵀ + bᵀ.
/// Source: notes 004, lines 737–772 (Z = WX + B, 3×3 · 3×1 + 3×1) and 2231–2239.
/// </remarks>
public static class ColumnLinear
{
    /// <summary>What the layer of rows needs, whether x was one vector, and the shape that b came in.</summary>
    public sealed record Saved(Linear.Saved Rows, bool IsVector, IReadOnlyList<long> BiasShape);

    /// <summary>The gradients with respect to W, x and b.</summary>
    public sealed record Grads(Tensor DW, Tensor DX, Tensor DB);

    /// <summary>Wx + b: of size M for a vector x, M×N for N columns.</summary>
    /// <exception cref="ArgumentException">w is no floating-point matrix, x has not as many rows as w has columns, b is not of shape M or M×1, or dtypes or devices differ.</exception>
    public static Primal<Saved> Forward(Tensor w, Tensor x, Tensor b)
    {
        Expect.Form(w, nameof(w), "M×D");
        Expect.SameKind(x, nameof(x), w, nameof(w));
        Expect.SameKind(b, nameof(b), w, nameof(w));
        var (rows, columns) = (w.shape[0], w.shape[1]);
        if (x.dim() is not (1 or 2) || x.shape[0] != columns)
            throw new ArgumentException($"x: expected shape [{columns}] or [{columns}, N], the columns of w, got {Expect.Show(x.shape)}.", nameof(x));
        if (b.numel() != rows || b.shape is not ([_] or [_, 1]))
            throw new ArgumentException($"b: expected shape [{rows}] or [{rows}, 1], the rows of w, got {Expect.Show(b.shape)}.", nameof(b));
        var isVector = x.dim() == 1;
        var layer = Linear.Forward(AsRows(x, isVector), w.t(), b.flatten());
        return new(AsColumns(layer.Y, isVector), new(layer.Saved, isVector, b.shape));
    }

    /// <summary>dW, M×D, dx, of x's shape, and db, of b's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Form(dy, nameof(dy), saved.IsVector ? "M" : "M×N");
        var layer = Linear.Backward(AsRows(dy, saved.IsVector), saved.Rows);
        return new(layer.DW.t(), AsColumns(layer.DX, saved.IsVector), layer.DB.reshape([.. saved.BiasShape]));
    }

    private static Tensor AsRows(Tensor columns, bool isVector) => isVector ? columns.unsqueeze(0) : columns.t();

    private static Tensor AsColumns(Tensor rows, bool isVector) => isVector ? rows.squeeze(0) : rows.t();
}
