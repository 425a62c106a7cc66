using Backprop.Rules;

namespace Backprop.Bugs;

/// <summary>What becomes of rows that come for the same id, rightly and as people have it.</summary>
internal static class Repeats
{
    /// <summary>The sum, which is right.</summary>
    internal static Tensor Added(Tensor ids, Tensor rows, long count) => SparseRows.Accumulate(ids, rows).Dense(count);

    /// <summary>The last: each assignment overwrites the one before.</summary>
    internal static Tensor LastWins(Tensor ids, Tensor rows, long count) => Added(ids, rows.masked_fill(Same(ids, rows).triu(1).sum(1L, keepdim: true).gt(0), 0), count);

    /// <summary>The first: ids seen before are skipped.</summary>
    internal static Tensor FirstWins(Tensor ids, Tensor rows, long count) => Added(ids, rows.masked_fill(Same(ids, rows).tril(-1).sum(1L, keepdim: true).gt(0), 0), count);

    /// <summary>The mean.</summary>
    internal static Tensor Averaged(Tensor ids, Tensor rows, long count) => Added(ids, rows / Same(ids, rows).sum(1L, keepdim: true), count);

    /// <summary>1 where two places have the same id.</summary>
    private static Tensor Same(Tensor ids, Tensor like) => ids.unsqueeze(1).eq(ids.unsqueeze(0)).to_type(like.dtype);
}
