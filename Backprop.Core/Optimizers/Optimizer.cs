namespace Backprop.Optimizers;

/// <summary>An update rule: how a gradient moves a parameter. Each parameter has memory of its own.</summary>
public abstract record Optimizer
{
    private Optimizer() { }

    /// <summary>θ − η g.</summary>
    public sealed record Sgd : Optimizer;

    /// <summary>v ← μ v + g; θ − η v.</summary>
    /// <param name="Mu">μ, 0 ≤ μ &lt; 1.</param>
    public sealed record Momentum(double Mu = 0.9) : Optimizer;

    /// <summary>s ← s + g²; θ − η g / (√s + ε).</summary>
    /// <param name="Epsilon">ε, positive.</param>
    public sealed record AdaGrad(double Epsilon = 1e-10) : Optimizer;

    /// <summary>m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; θ − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).</summary>
    /// <param name="Beta1">β₁, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="Beta2">β₂, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="Epsilon">ε, positive.</param>
    public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer;
}
