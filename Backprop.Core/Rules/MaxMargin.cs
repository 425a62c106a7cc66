using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Max-margin ranking loss: J = Σ_n max(0, 1 − s_n + c_n), summed or averaged over the pairs: a true score s should exceed a corrupt one, c, by 1.</summary>
/// <remarks>
/// Shapes: s: scalar or N, c: as s → J: scalar.
/// Backward: where the margin 1 − s + c is positive the gate is open: ds = −dJ, dc = dJ; elsewhere it is shut and both are 0; divided by N for the mean.
/// Edges: at the kink, a margin of exactly 0, the gate is shut; an infinite dJ at a shut gate gives 0, not NaN; an empty batch sums to 0, and has no mean.
/// Source: notes 004, lines 953, 963–972, 1026–1030, 1107–1193, 1555–1571, 1897–1905.
/// </remarks>
public static class MaxMargin
{
    /// <summary>The rectified margins, the factor of the reduction, and the shape that the scores came in.</summary>
    public sealed record Saved(Relu.Saved Margins, double Factor, IReadOnlyList<long> ScoreShape);

    /// <summary>The gradients with respect to the true and the corrupt scores.</summary>
    public sealed record Grads(Tensor DTrueScore, Tensor DCorruptScore);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">trueScore is neither scalar nor vector of floating-point numbers, corruptScore differs in shape, dtype or device; the mean of no pairs.</exception>
    public static Primal<Saved> Forward(Tensor trueScore, Tensor corruptScore, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Floating(trueScore, nameof(trueScore));
        if (trueScore.dim() > 1) throw new ArgumentException($"trueScore: expected a scalar or a vector of scores, got shape {Expect.Show(trueScore.shape)}.", nameof(trueScore));
        Expect.Same(corruptScore, nameof(corruptScore), trueScore, nameof(trueScore));
        var margins = Relu.Forward((1 - trueScore + corruptScore).reshape(-1));
        var factor = reduction.Factor(margins.Y, nameof(trueScore));
        return new(margins.Y.sum() * factor, new(margins.Saved, factor, trueScore.shape));
    }

    /// <summary>dtrueScore and dcorruptScore, of the scores' shape: one is the other's negative.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var margin = Relu.Backward((dy * saved.Factor).expand(saved.Margins.Y.shape), saved.Margins).DX.reshape([.. saved.ScoreShape]);
        return new(-margin, margin);
    }
}
