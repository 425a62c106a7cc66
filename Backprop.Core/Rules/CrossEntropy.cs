using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Cross-entropy of distributions: H(p, q) = −Σ_n Σ_c p_nc log q_nc, summed or averaged over the rows.</summary>
/// <remarks>
/// Shapes: p: N×C, q: N×C → H: scalar.
/// Backward: dq = −dH · p / q; dp = −dH · log q; divided by N for the mean. Both as if the entries were free: no row is held to the sum 1.
/// Edges: where p = 0 the term and its dq are 0; where q = 0 &lt; p they are infinite, and dp is infinite wherever q = 0. Negative q is refused here;
/// <see cref="Between"/> refuses everything that is no distribution. An empty batch sums to 0, and has no mean.
/// Source: notes 004, lines 264–270, 463, 528 and 2280.
/// </remarks>
public static class CrossEntropy
{
    /// <summary>What the log-loss of q with the targets p needs, and the factor of the reduction.</summary>
    public sealed record Saved(NegativeLogLikelihood.Saved Loss, double Factor);

    /// <summary>The gradients with respect to p and q.</summary>
    public sealed record Grads(Tensor DP, Tensor DQ);

    /// <summary>H(p, q), a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">p is no floating-point matrix with at least one column; q differs in shape, dtype or device; the mean of an empty batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">q has a negative number or NaN.</exception>
    public static Primal<Saved> Forward(Tensor p, Tensor q, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Form(p, nameof(p), "N×C");
        Expect.Classes(p, nameof(p));
        Expect.Same(q, nameof(q), p, nameof(p));
        Expect.NonNegative(q, nameof(q));
        var factor = reduction.Factor(p, nameof(p));
        var loss = NegativeLogLikelihood.Forward(q, p);
        return new(loss.Y * factor, new(loss.Saved, factor));
    }

    /// <summary>dp and dq, each N×C.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var scaled = dy * saved.Factor;
        return new(-scaled * saved.Loss.Z.log(), NegativeLogLikelihood.Backward(scaled, saved.Loss).DZ);
    }

    /// <summary>H(p, q) of what must be distributions: finite, and at least the entropy of p.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Forward"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row of p or q is no distribution, or q is 0 where p is not.</exception>
    public static Tensor Between(Tensor p, Tensor q, BatchReduction reduction = BatchReduction.Sum)
    {
        var h = Forward(p, q, reduction).Y;
        Expect.Distributions(p, nameof(p));
        Expect.Distributions(q, nameof(q));
        return double.IsFinite(h.to_type(torch.float64).item<double>()) ? h
            : throw new ArgumentOutOfRangeException(nameof(q), "q: expected a probability above 0 wherever p is, got 0: the cross-entropy is infinite.");
    }
}
