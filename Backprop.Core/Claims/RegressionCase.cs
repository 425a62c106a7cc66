using Backprop.Verify;

namespace Backprop.Claims;

/// <summary>One case of linear regression: h_θ(x) = Σ_j θ_j x_j; X m×d has the examples as rows, θ d×1, y m×1.</summary>
internal sealed record RegressionCase(Tensor X, Tensor Theta, Tensor Y)
{
    internal long Examples => X.shape[0];

    internal long Inputs => X.shape[1];

    /// <summary>h_θ(x^i) − y^i.</summary>
    internal Tensor Error => X.mm(Theta) - Y;

    /// <summary>½ Σ_i (h_θ(x^i) − y^i)².</summary>
    internal Tensor HalfSquares => 0.5 * Error.square().sum();

    internal static RegressionCase Draw(Trial t)
    {
        var (m, d) = (t.Size("m"), t.Size("d"));
        return new(t.Real("X", m, d), t.Real("θ", d, 1), t.Real("y", m, 1));
    }

    internal static Func<Trial, Comparison> Over(Func<RegressionCase, Comparison> compare) => t => compare(Draw(t));

    /// <summary>A stated gradient of ½ Σ (h − y)².</summary>
    internal static Func<Trial, Comparison> OfHalf(Func<RegressionCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), theta => (n with { Theta = theta }).HalfSquares, n.Theta));

    /// <summary>A stated gradient of 1/(2m) Σ (h − y)².</summary>
    internal static Func<Trial, Comparison> OfMean(Func<RegressionCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), theta => (n with { Theta = theta }).HalfSquares / n.Examples, n.Theta));

    /// <summary>A step along the gradient, up or down, of a rate well below 1 / ‖X‖²: J must not rise.</summary>
    internal static Func<Trial, Comparison> Step(int sign) => Over(n =>
    {
        var rate = 0.1 / (1 + n.X.square().sum().item<double>());
        var gradient = Autograd.Gradients(theta => (n with { Theta = theta[0] }).HalfSquares, [n.Theta], [true], torch.tensor(1.0, torch.float64))[0];
        return Comparison.AtMost((n with { Theta = n.Theta + sign * rate * gradient }).HalfSquares, n.HalfSquares, "J after the step, and before");
    });

    /// <summary>The same with Σ x^i (h − y) written out, for all θ_j or for one.</summary>
    internal static Func<Trial, Comparison> WrittenOut(int sign, bool one) => t =>
    {
        var n = Draw(t);
        var rate = 0.1 / (1 + n.X.square().sum().item<double>());
        var step = n.X.t().mm(n.Error);
        if (one) step *= Notation.Basis(n.Inputs, t.Label("j", n.Inputs));
        return Comparison.AtMost((n with { Theta = n.Theta + sign * rate * step }).HalfSquares, n.HalfSquares, "J after the step, and before");
    };
}
