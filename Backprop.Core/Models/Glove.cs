using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>The weight that GloVe gives a pair: f(x) = (x / XMax)^Alpha, and 1 from XMax on.</summary>
/// <param name="XMax">From this count on a pair weighs no more.</param>
/// <param name="Alpha">How fast rare pairs lose weight.</param>
public sealed record GloveWeight(double XMax = 100, double Alpha = 0.75)
{
    /// <summary>f of each count, of the same shape.</summary>
    public Tensor Of(Tensor counts) => (counts / XMax).clamp_max(1).pow(Alpha);
}

/// <summary>GloVe: J = ½ Σ_n f(X_n) (u_(i_n)ᵀ v_(j_n) + b_(i_n) + c_(j_n) − log X_n)², over the pairs that occur together.</summary>
/// <remarks>
/// Shapes: u: V×d, v: V×d, b: V×1, c: V×1, rows i: N (int64), columns j: N (int64), counts X: N → J: scalar.
/// Backward: <see cref="PlainGlove"/> with the target log X − b_i − c_j; so row i_n of db and row j_n of dc get −dp_n = dJ · f(X_n) · (the difference).
/// Edges: counts must be above 0, since f(0) = 0 leaves pairs that never occur out of the sum, and log 0 with them.
/// Source: notes 004, lines 206–218, have it without biases and logarithm; Pennington, Socher, Manning, GloVe (2014), equations 8 and 9 (there without the ½).
/// </remarks>
public static class Glove
{
    /// <summary>Which pairs, and what the factorisation needs.</summary>
    public sealed record Saved(Tensor Rows, Tensor Columns, PlainGlove.Saved Fit);

    /// <summary>The gradients with respect to u, v, b and c: the rows that occur, no others.</summary>
    public sealed record Grads(SparseRows DU, SparseRows DV, SparseRows DB, SparseRows DC);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">As for <see cref="PlainGlove"/>, or b or c is not V×1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range, or a count is not above 0.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v, Tensor b, Tensor c, Tensor rows, Tensor columns, Tensor counts, GloveWeight? weight = null)
    {
        Expect.Form(u, nameof(u), "V×d");
        Expect.Form(v, nameof(v), "V×d");
        Column(b, nameof(b), u, nameof(u));
        Column(c, nameof(c), v, nameof(v));
        Expect.Indices(rows, nameof(rows), u.shape[0]);
        Expect.Indices(columns, nameof(columns), v.shape[0]);
        Expect.Positive(counts, nameof(counts));
        var target = counts.log() - b.index_select(0, rows).squeeze(1) - c.index_select(0, columns).squeeze(1);
        var fit = PlainGlove.Forward(u, v, rows, columns, target, (weight ?? new()).Of(counts));
        return new(fit.Y, new(rows, columns, fit.Saved));
    }

    /// <summary>The rows of du, dv, db and dc.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var fit = PlainGlove.Backward(dy, saved.Fit);
        var difference = fit.DP.neg().unsqueeze(1);
        return new(fit.DU, fit.DV, SparseRows.Accumulate(saved.Rows, difference), SparseRows.Accumulate(saved.Columns, difference));
    }

    private static void Column(Tensor bias, string name, Tensor table, string tableName)
    {
        Expect.Form(bias, name, "V×1");
        Expect.SameKind(bias, name, table, tableName);
        Expect.Size(bias, name, 0, table.shape[0], $"the rows of {tableName}");
        Expect.Size(bias, name, 1, 1, "one number for each word");
    }
}
