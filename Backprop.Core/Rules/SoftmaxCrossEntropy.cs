using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Softmax and cross-entropy in one, on logits: L = −Σ_n Σ_k t_nk · log softmax(x_n)_k, summed or averaged over the rows.</summary>
/// <remarks>
/// Shapes: logits: N×C; target: N class labels (int64), or N×C distributions → L: scalar.
/// Backward: dlogits = dL · (P · Σ_k t_k − t), divided by N for the mean; with labels or distributions that is dL · (P − Y).
/// Edges: finite at any finite logits, since softmax and logarithm are never taken apart; an empty batch sums to 0, and has no mean.
/// Source: notes 000, lines 50–76; notes 003, lines 117–157; notes 004, lines 25–88.
/// </remarks>
public static class SoftmaxCrossEntropy
{
    /// <summary>The probabilities, the target, and the factor of the reduction.</summary>
    public sealed record Saved(Tensor P, Tensor Target, double Factor);

    /// <summary>The gradient with respect to the logits.</summary>
    public sealed record Grads(Tensor DLogits);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">logits is no floating-point matrix with at least one column; target is neither N labels nor N×C distributions; the mean of an empty batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range, or a distribution has a negative entry or does not sum to 1.</exception>
    public static Primal<Saved> Forward(Tensor logits, Tensor target, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Form(logits, nameof(logits), "N×C");
        Expect.Classes(logits, nameof(logits));
        ArgumentNullException.ThrowIfNull(target);
        var factor = reduction.Factor(logits, nameof(logits));
        var logP = torch.nn.functional.log_softmax(logits, -1);
        Tensor picked;
        if (IsLabels(target))
        {
            Expect.Labels(target, nameof(target), logits.shape[0], logits.shape[1]);
            picked = logP.gather(1, target.unsqueeze(1));
        }
        else
        {
            Expect.Same(target, nameof(target), logits, nameof(logits));
            Expect.Distributions(target, nameof(target));
            picked = target * logP;
        }
        return new(picked.sum() * -factor, new(logP.exp(), target, factor));
    }

    /// <summary>dlogits, N×C; its rows sum to 0.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var (p, target) = (saved.P, saved.Target);
        var residual = IsLabels(target)
            ? p.scatter_add(1, target.unsqueeze(1), torch.ones_like(p).neg())
            : p * target.sum(-1L, keepdim: true) - target;
        return new(dy * saved.Factor * residual);
    }

    private static bool IsLabels(Tensor target) => target.dtype == torch.int64;
}
