using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Window ranking from words to loss: the windows of true and corrupt ids from a table L of word vectors, J = Σ max(0, 1 − s + s_c), L learned too.</summary>
/// <remarks>
/// Shapes: L: V×d, v: H, W: H×Kd, b: H, ids and corrupt ids: K or N×K (int64) → J: scalar.
/// Backward: <see cref="WindowRanking"/>, then <see cref="WindowConcatenation"/> for each window; a word's row is the sum over all its places in both.
/// Edges: those of both; where the gate is shut the rows are there and 0.
/// Source: notes 004, lines 705–735 and 774–1030 ("museums in Paris are amazing").
/// </remarks>
public static class WindowModel
{
    /// <summary>What both windows and their ranking need.</summary>
    public sealed record Saved(WindowConcatenation.Saved True, WindowConcatenation.Saved Corrupt, WindowRanking.Saved Ranking);

    /// <summary>The gradients with respect to v, W, b and, as rows, the table.</summary>
    public sealed record Grads(Tensor DV, Tensor DW, Tensor DB, SparseRows DTable);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">As for the windows and their ranking, or the shapes of ids and corruptIds differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is no row of the table.</exception>
    public static Primal<Saved> Forward(Tensor table, Tensor v, Tensor w, Tensor b, Tensor ids, Tensor corruptIds,
        Activation activation = Activation.Sigmoid, BatchReduction reduction = BatchReduction.Sum)
    {
        var window = WindowConcatenation.Forward(table, ids);
        ArgumentNullException.ThrowIfNull(corruptIds);
        if (!corruptIds.shape.SequenceEqual(ids.shape))
            throw new ArgumentException($"corruptIds: expected the shape of ids, {Expect.Show(ids.shape)}, got {Expect.Show(corruptIds.shape)}.", nameof(corruptIds));
        var corrupt = WindowConcatenation.Forward(table, corruptIds);
        var ranking = WindowRanking.Forward(v, w, b, window.Y, corrupt.Y, activation, reduction);
        return new(ranking.Y, new(window.Saved, corrupt.Saved, ranking.Saved));
    }

    /// <summary>dv, dW and db, each of its input's shape, and the rows of the table's gradient.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var ranking = WindowRanking.Backward(dy, saved.Ranking);
        var window = WindowConcatenation.Backward(ranking.DX, saved.True).DTable;
        var corrupt = WindowConcatenation.Backward(ranking.DXCorrupt, saved.Corrupt).DTable;
        return new(ranking.DV, ranking.DW, ranking.DB, window.Plus(corrupt));
    }
}
