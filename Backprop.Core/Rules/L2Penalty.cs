using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>L2 regularisation: R = λ Σ_k θ_k².</summary>
/// <remarks>
/// Shapes: θ: […], λ: a plain number ≥ 0 → R: scalar.
/// Backward: dθ = dR · 2λ θ.
/// Edges: λ = 0 gives R = 0 and dθ = 0; without a ½ in the objective the gradient keeps its 2.
/// Source: notes 004, lines 672–674, 810, 816 and 827.
/// </remarks>
public static class L2Penalty
{
    /// <summary>The parameters and λ.</summary>
    public sealed record Saved(Tensor Theta, double Lambda);

    /// <summary>The gradient with respect to θ.</summary>
    public sealed record Grads(Tensor DTheta);

    /// <summary>λ Σ θ², a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">theta is not floating-point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative, infinite or NaN.</exception>
    public static Primal<Saved> Forward(Tensor theta, double lambda)
    {
        Expect.Floating(theta, nameof(theta));
        if (!(lambda >= 0 && double.IsFinite(lambda))) throw new ArgumentOutOfRangeException(nameof(lambda), $"lambda: expected a finite number ≥ 0, got {lambda}.");
        return new((theta * theta).sum() * lambda, new(theta, lambda));
    }

    /// <summary>dθ, of θ's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved) => new(dy * (2 * saved.Lambda) * saved.Theta);
}
