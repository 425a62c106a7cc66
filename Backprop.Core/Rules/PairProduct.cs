using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Products of pairs of rows of two tables: s_n = u_(i_n)ᵀ v_(j_n), the score of word i_n beside word j_n.</summary>
/// <remarks>
/// Shapes: u: V×d, v: W×d, rows i: N (int64), columns j: N (int64) → s: N.
/// Backward: row i_n of du gets ds_n · v_(j_n), row j_n of dv gets ds_n · u_(i_n); rows that come again add up, rows that never come get nothing.
/// Edges: no pairs give no rows; u and v may be the same table, whose gradient is then the sum of both.
/// Source: notes 004, lines 141–158 and 182–184 (u_oᵀv_c; the gradient is "very sparse").
/// </remarks>
public static class PairProduct
{
    /// <summary>Which rows, and what they were.</summary>
    public sealed record Saved(Tensor Rows, Tensor Columns, Tensor U, Tensor V);

    /// <summary>The gradients with respect to the tables: the rows that were used, no others.</summary>
    public sealed record Grads(SparseRows DU, SparseRows DV);

    /// <summary>The scores, N.</summary>
    /// <exception cref="ArgumentException">u or v is no floating-point matrix, their widths, dtypes or devices differ, or rows and columns are not N of int64 each.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v, Tensor rows, Tensor columns)
    {
        Expect.Form(u, nameof(u), "V×d");
        Expect.Form(v, nameof(v), "W×d");
        Expect.SameKind(v, nameof(v), u, nameof(u));
        Expect.Size(v, nameof(v), 1, u.shape[1], "the columns of u");
        Expect.Indices(rows, nameof(rows), u.shape[0]);
        Expect.Indices(columns, nameof(columns), v.shape[0]);
        Expect.Size(columns, nameof(columns), 0, rows.shape[0], "one for each of rows");
        var (left, right) = (u.index_select(0, rows), v.index_select(0, columns));
        return new((left * right).sum(1L), new(rows, columns, left, right));
    }

    /// <summary>The rows of du, of width d, and those of dv.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Form(dy, nameof(dy), "N");
        var ds = dy.unsqueeze(1);
        return new(SparseRows.Accumulate(saved.Rows, ds * saved.V), SparseRows.Accumulate(saved.Columns, ds * saved.U));
    }
}
