using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>The mean of the words of each sentence: y_n = (1/K_n) Σ_k L[id_nk], the rows of the table L of word vectors.</summary>
/// <remarks>
/// Shapes: L: V×d, ids: N×K (int64), −1 in the places after a sentence's last word → y: N×d.
/// Backward: every word of sentence n gets dy_n / K_n; the row of a word is the sum over all its places, and other rows stay 0 (never stored).
/// Edges: a word that comes twice gets its share twice; an empty batch touches no row; a sentence of no words has no mean and is refused.
/// Source: notes 004, lines 177–180 and 201–204 (the average of all the words of a context), here of sentences of any length.
/// </remarks>
public static class WordMean
{
    /// <summary>The ids, how many words each sentence has (N×1), and the number of rows of the table.</summary>
    public sealed record Saved(Tensor Ids, Tensor Counts, long Vocabulary);

    /// <summary>The gradient with respect to the table, as the rows that were used.</summary>
    public sealed record Grads(SparseRows DTable);

    /// <summary>The means, N×d.</summary>
    /// <exception cref="ArgumentException">table is no floating-point matrix, ids are not N×K of int64 with K ≥ 1, or a sentence has no word.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is neither −1 nor a row of the table.</exception>
    public static Primal<Saved> Forward(Tensor table, Tensor ids)
    {
        Expect.Form(table, nameof(table), "V×d");
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.dtype != torch.int64 || ids.dim() != 2 || ids.shape[1] == 0)
            throw new ArgumentException($"ids: expected int64 ids of shape [N, K], K ≥ 1, got shape {Expect.Show(ids.shape)} of {ids.dtype}.", nameof(ids));
        if (ids.numel() > 0 && (ids.min().item<long>() < -1 || ids.max().item<long>() >= table.shape[0]))
            throw new ArgumentOutOfRangeException(nameof(ids), $"ids: expected −1 or ids in 0 … {table.shape[0] - 1}, got {(ids.min().item<long>() < -1 ? ids.min() : ids.max()).item<long>()}.");
        var past = ids.lt(0);
        var counts = past.logical_not().sum([1L], keepdim: true);
        if (counts.eq(0).any().item<bool>()) throw new ArgumentException("ids: expected at least one word in every sentence, got a row of −1 alone.", nameof(ids));
        var rows = table.index_select(0, ids.clamp_min(0).flatten()).reshape(ids.shape[0], ids.shape[1], table.shape[1]);
        return new(rows.masked_fill(past.unsqueeze(2), 0).sum([1L]) / counts, new(ids, counts, table.shape[0]));
    }

    /// <summary>The gradient of the table: one row for each word that is in a sentence.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var there = saved.Ids.ge(0);
        var share = (dy / saved.Counts).unsqueeze(1).expand(saved.Ids.shape[0], saved.Ids.shape[1], dy.shape[1]);
        return new(SparseRows.Accumulate(saved.Ids.masked_select(there), share.masked_select(there.unsqueeze(2)).reshape(-1, dy.shape[1])));
    }
}
