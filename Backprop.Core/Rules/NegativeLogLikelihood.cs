using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Log-loss on probabilities: ℓ(z, t) = −Σ_i t_i ln z_i.</summary>
/// <remarks>
/// Shapes: z: […], t: […] (the target distribution, e.g. one-hot) → ℓ: scalar.
/// Backward: dz_i = −dℓ · t_i / z_i.
/// Edges: the notes ask what happens at z_i = 0. Where t_i = 0 the term is 0·ln 0 = 0 and so is its gradient; where t_i &gt; 0 the loss is +∞
/// and the gradient −∞: that is the truth, and the reason for the fused <see cref="SoftmaxCrossEntropy"/>, which never divides. Negative z is refused.
/// Source: notes 002, question 1 (c) and (d); notes 000, lines 42–56.
/// </remarks>
public static class NegativeLogLikelihood
{
    /// <summary>Probabilities and targets.</summary>
    public sealed record Saved(Tensor Z, Tensor T);

    /// <summary>The gradient with respect to z.</summary>
    public sealed record Grads(Tensor DZ);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">z or t is not floating-point, or their shapes, dtypes or devices differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">z has a negative number or NaN.</exception>
    public static Primal<Saved> Forward(Tensor z, Tensor t)
    {
        Expect.Floating(z, nameof(z));
        Expect.Same(t, nameof(t), z, nameof(z));
        Expect.NonNegative(z, nameof(z));
        return new(-t.xlogy(z).sum(), new(z, t));
    }

    /// <summary>dz, of z's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved) =>
        new((-dy * saved.T / saved.Z).masked_fill(saved.T.eq(0), 0));
}
