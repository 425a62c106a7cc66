using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>A window of K words as one column: x = [L_(i₁); …; L_(i_K)], the rows of the table L of word vectors one below the other.</summary>
/// <remarks>
/// Shapes: L: V×d, ids: K, or N×K for N windows (int64) → x: Kd, or Kd×N, a window a column.
/// Backward: δ_window falls into K slices of length d, one for each word; the row of a word is the sum of its slices, and other rows stay 0 (never stored).
/// Edges: a word that comes twice, in one window or in several, gets both slices; an empty batch touches no row; an empty window or table is refused.
/// Source: notes 004, lines 439–447, 705–720 (x_window ∈ R^5d) and 733–735 (δ_window = [∇x_museums; ∇x_in; …]).
/// </remarks>
public static class WindowConcatenation
{
    /// <summary>The ids, and the number of rows of the table.</summary>
    public sealed record Saved(Tensor Ids, long Vocabulary);

    /// <summary>The gradient with respect to the table, as the rows that were used.</summary>
    public sealed record Grads(SparseRows DTable);

    /// <summary>The windows: Kd, or Kd×N.</summary>
    /// <exception cref="ArgumentException">table is no floating-point matrix with at least one row, or ids are not K or N×K of int64 with K ≥ 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is no row of the table.</exception>
    public static Primal<Saved> Forward(Tensor table, Tensor ids)
    {
        Expect.Form(table, nameof(table), "V×d");
        if (table.shape[0] == 0) throw new ArgumentException($"table: expected a vocabulary of at least one word, got shape {Expect.Show(table.shape)}.", nameof(table));
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.dtype != torch.int64 || ids.dim() is not (1 or 2) || ids.shape[^1] == 0)
            throw new ArgumentException($"ids: expected int64 ids of shape [K] or [N, K], K ≥ 1 words in a window, got shape {Expect.Show(ids.shape)} of {ids.dtype}.", nameof(ids));
        Expect.Indices(ids.reshape(-1), nameof(ids), table.shape[0]);
        var rows = table.index_select(0, ids.reshape(-1));
        var size = ids.shape[^1] * table.shape[1];
        return new(ids.dim() == 1 ? rows.reshape(size) : rows.reshape(ids.shape[0], size).t(), new(ids, table.shape[0]));
    }

    /// <summary>The gradient of the table: one row for each word that is in a window.</summary>
    public static Grads Backward(Tensor dy, Saved saved) => new(SparseRows.Accumulate(saved.Ids.reshape(-1), Split(dy, saved.Ids.shape[^1])));

    /// <summary>The gradients of the words in their places: slices of length d, K×d, window after window.</summary>
    /// <param name="window">δ_window: Kd, or Kd×N.</param>
    /// <param name="words">K.</param>
    /// <exception cref="ArgumentException">window is neither, or its length is no multiple of K.</exception>
    public static Tensor Split(Tensor window, long words)
    {
        Expect.Floating(window, nameof(window));
        if (words < 1 || window.dim() is not (1 or 2) || window.shape[0] % words != 0)
            throw new ArgumentException($"window: expected shape [{words}·d] or [{words}·d, N], d numbers for each of {words} words, got {Expect.Show(window.shape)}.", nameof(window));
        var columns = window.dim() == 1 ? window.unsqueeze(1) : window;
        return columns.t().reshape(columns.shape[1] * words, window.shape[0] / words);
    }
}
