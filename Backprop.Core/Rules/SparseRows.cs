using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Some rows of a matrix whose other rows are 0: the gradient of a table, such as word vectors, of which few rows were used.</summary>
/// <remarks>Notes 004, lines 156–158 and 182–184: ∇J = [0 … ∇v_like … 0 ∇u_I … ∇u_learning … 0], of which only the words of the window need be stored.</remarks>
/// <param name="Indices">Which rows: K, int64, ascending, each once.</param>
/// <param name="Rows">The rows, K×d.</param>
public sealed record SparseRows(Tensor Indices, Tensor Rows)
{
    /// <summary>The sum of the rows of each id: a word that comes twice gets both its gradients.</summary>
    /// <param name="ids">M indices, in any order, repeated or not (int64).</param>
    /// <param name="rows">M×d.</param>
    /// <exception cref="ArgumentException">ids is not M of int64, or rows no floating-point matrix of M rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative.</exception>
    public static SparseRows Accumulate(Tensor ids, Tensor rows)
    {
        Expect.Indices(ids, nameof(ids), long.MaxValue);
        Expect.Form(rows, nameof(rows), "M×d");
        Expect.Size(rows, nameof(rows), 0, ids.shape[0], "one row for each id");
        var (indices, place, _) = ids.unique(sorted: true, return_inverse: true);
        var zeros = torch.zeros(indices.shape[0], rows.shape[1], rows.dtype, rows.device);
        return new(indices, zeros.index_add(0, place!, rows, 1));
    }

    /// <summary>The sum of both: the gradient of a table that was used twice.</summary>
    public SparseRows Plus(SparseRows other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Accumulate(torch.cat([Indices, other.Indices], 0), torch.cat([Rows, other.Rows], 0));
    }

    /// <summary>The whole matrix, <paramref name="count"/>×d, zeros written out: for comparison, since for a large table it costs what this type saves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not below <paramref name="count"/>.</exception>
    public Tensor Dense(long count)
    {
        Expect.Indices(Indices, nameof(Indices), count);
        return torch.zeros(count, Rows.shape[1], Rows.dtype, Rows.device).index_add(0, Indices, Rows, 1);
    }
}
