using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Optimizers;

/// <summary>Gradient descent as pure functions: what the parameters are after a step θ − η∇J. Nothing is changed in place.</summary>
/// <remarks>Source: notes 003, line 178 (W = W − α dW); notes 004, line 151 (without η). Lines 2249–2253 and 2319–2357 have θ + η∇J, which climbs.</remarks>
public static class GradientDescent
{
    /// <summary>θ − η∇J.</summary>
    /// <param name="theta">θ.</param>
    /// <param name="gradient">∇J, of θ's shape, dtype and device.</param>
    /// <param name="rate">η: finite and not negative.</param>
    /// <exception cref="ArgumentException">The gradient has another shape, dtype or device.</exception>
    /// <exception cref="ArgumentOutOfRangeException">rate is negative, infinite or NaN.</exception>
    public static Tensor Step(Tensor theta, Tensor gradient, double rate)
    {
        Expect.Floating(theta, nameof(theta));
        Expect.Same(gradient, nameof(gradient), theta, nameof(theta));
        Checked(rate);
        return theta - gradient * rate;
    }

    /// <summary>θ − η∇J where ∇J has few rows: the other rows of θ stay as they are, to the bit.</summary>
    /// <exception cref="ArgumentException">The rows have another width, dtype or device than θ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is out of range, or as for <see cref="Step"/>.</exception>
    public static Tensor StepRows(Tensor theta, SparseRows gradient, double rate)
    {
        Expect.Form(theta, nameof(theta), "V×d");
        ArgumentNullException.ThrowIfNull(gradient);
        Expect.Indices(gradient.Indices, nameof(gradient), theta.shape[0]);
        Expect.SameKind(gradient.Rows, nameof(gradient), theta, nameof(theta));
        Expect.Size(gradient.Rows, nameof(gradient), 1, theta.shape[1], "the columns of theta");
        return theta.index_add(0, gradient.Indices, gradient.Rows, -Checked(rate));
    }

    /// <summary>A step of every parameter, with one rate.</summary>
    /// <param name="theta">The parameters.</param>
    /// <param name="gradients">One for each, in the same order.</param>
    /// <param name="rate">η.</param>
    /// <exception cref="ArgumentException">Not one gradient for each parameter, or as for <see cref="Step"/>.</exception>
    public static IReadOnlyList<Tensor> StepAll(IReadOnlyList<Tensor> theta, IReadOnlyList<Tensor> gradients, double rate)
    {
        ArgumentNullException.ThrowIfNull(theta);
        ArgumentNullException.ThrowIfNull(gradients);
        if (theta.Count != gradients.Count) throw new ArgumentException($"gradients: expected {theta.Count}, one for each parameter, got {gradients.Count}.", nameof(gradients));
        return [.. theta.Zip(gradients, (parameter, gradient) => Step(parameter, gradient, rate))];
    }

    private static double Checked(double rate) => rate >= 0 && double.IsFinite(rate) ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, $"rate: expected a finite number that is not negative, got {rate}.");
}
