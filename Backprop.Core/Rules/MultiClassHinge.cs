using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Multi-class support-vector loss: L = Σ_n Σ_(j ≠ y_n) max(0, s_nj − s_(n, y_n) + 1), summed or averaged over the rows.</summary>
/// <remarks>
/// Shapes: scores: N×C, labels: N (int64) → L: scalar.
/// Backward: a wrong class gets dL · 1(margin &gt; 0), the true class −dL times the number of its margins that are positive; divided by N for the mean.
/// Edges: at the kink, a margin of exactly 0, the gradient is that of the inactive side, 0; one class alone gives 0; an empty batch sums to 0, and has no mean.
/// Source: notes 000, lines 78–105; notes 001, lines 93–111.
/// </remarks>
public static class MultiClassHinge
{
    /// <summary>The slope of the summed loss in each score, and the factor of the reduction.</summary>
    public sealed record Saved(Tensor Slope, double Factor);

    /// <summary>The gradient with respect to the scores.</summary>
    public sealed record Grads(Tensor DScores);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">scores is no floating-point matrix with at least one column; labels are not N of int64; the mean of an empty batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public static Primal<Saved> Forward(Tensor scores, Tensor labels, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Form(scores, nameof(scores), "N×C");
        Expect.Classes(scores, nameof(scores));
        Expect.Labels(labels, nameof(labels), scores.shape[0], scores.shape[1]);
        var factor = reduction.Factor(scores, nameof(scores));
        var index = labels.unsqueeze(1);
        var trueScore = scores.gather(1, index);
        var margins = (scores - trueScore + 1).scatter(1, index, torch.zeros_like(trueScore));
        var active = margins.gt(0).to_type(scores.dtype);
        var slope = active.scatter(1, index, -active.sum(1L, keepdim: true));
        return new(margins.relu().sum() * factor, new(slope, factor));
    }

    /// <summary>dscores, N×C; its rows sum to 0.</summary>
    public static Grads Backward(Tensor dy, Saved saved) => new(dy * saved.Factor * saved.Slope);
}
