using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Sigmoid and two-class cross-entropy in one, on logits: L = −Σ [t log σ(s) + (1 − t) log(1 − σ(s))], summed, or averaged over the rows.</summary>
/// <remarks>
/// Shapes: logits s: N or N×K; target t: the same, each the probability of class 1 → L: scalar.
/// Backward: ds = dL · (σ(s) − t), divided by N for the mean.
/// Edges: finite at any finite logits: a term is max(0, s) − t s + log(1 + e^(−|s|)); an empty batch sums to 0, and has no mean.
/// Source: notes 004, lines 225–238 (two classes: σ(θᵀx)); with classes 0 and s it is <see cref="SoftmaxCrossEntropy"/>.
/// </remarks>
public static class SigmoidCrossEntropy
{
    /// <summary>The probabilities of class 1, the target, and the factor of the reduction.</summary>
    public sealed record Saved(Tensor P, Tensor Target, double Factor);

    /// <summary>The gradient with respect to the logits.</summary>
    public sealed record Grads(Tensor DLogits);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">logits or target is not floating-point, logits has no dimension, their shapes, dtypes or devices differ, or the mean of an empty batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is outside 0 … 1.</exception>
    public static Primal<Saved> Forward(Tensor logits, Tensor target, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Floating(logits, nameof(logits));
        if (logits.dim() == 0) throw new ArgumentException("logits: expected shape [N] or [N, K], one logit for each example, got [].", nameof(logits));
        Expect.Same(target, nameof(target), logits, nameof(logits));
        Expect.Probabilities(target, nameof(target));
        var factor = reduction.Factor(logits, nameof(logits));
        var terms = logits.relu() - target * logits + logits.abs().neg().exp().log1p();
        return new(terms.sum() * factor, new(logits.sigmoid(), target, factor));
    }

    /// <summary>dlogits, of their shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved) => new(dy * saved.Factor * (saved.P - saved.Target));
}
