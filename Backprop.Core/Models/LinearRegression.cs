using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Linear regression: h_i = Σ_j θ_j x_ij, J = c Σ_i (h_i − y_i)² with c = ½, 1/(2m) or 1.</summary>
/// <remarks>
/// Shapes: X: m×D (a column of ones makes a bias), θ: D, y: m → J: scalar.
/// Backward: r = dJ · 2c (h − y); dθ = Xᵀr = Σ_i r_i x_i; dX = r θᵀ; dy = −r.
/// Edges: those of <see cref="RegressionError"/>.
/// Source: notes 004, lines 2142–2144 and 2297–2347, whose step θ + α∇J climbs.
/// </remarks>
public static class LinearRegression
{
    /// <summary>What the linear form and the error need.</summary>
    public sealed record Saved(LinearForm.Saved Form, RegressionError.Saved Error);

    /// <summary>The gradients with respect to X, θ and y.</summary>
    public sealed record Grads(Tensor DX, Tensor DTheta, Tensor DY);

    /// <summary>J, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">x is no floating-point matrix, theta has not one entry for each of its columns, y not one for each row, dtypes or devices differ, or the mean of no example.</exception>
    public static Primal<Saved> Forward(Tensor x, Tensor theta, Tensor y, ErrorScale scale = ErrorScale.Half)
    {
        var h = Hypothesis(x, theta);
        var error = RegressionError.Forward(h.Y, y, scale);
        return new(error.Y, new(h.Saved, error.Saved));
    }

    /// <summary>dX, m×D, dθ, of size D, and dy, of size m.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var error = RegressionError.Backward(dy, saved.Error);
        var form = LinearForm.Backward(error.DH, saved.Form);
        return new(form.DA.t(), form.DX, error.DY);
    }

    /// <summary>h = Xθ, of size m.</summary>
    public static Tensor Predict(Tensor x, Tensor theta) => Hypothesis(x, theta).Y;

    /// <summary>h = θᵀXᵀ, a linear form with the columns of Xᵀ.</summary>
    internal static Primal<LinearForm.Saved> Hypothesis(Tensor x, Tensor theta)
    {
        Expect.Form(x, nameof(x), "N×D");
        Expect.Form(theta, nameof(theta), "D");
        Expect.SameKind(theta, nameof(theta), x, nameof(x));
        Expect.Size(theta, nameof(theta), 0, x.shape[1], "the columns of x");
        return LinearForm.Forward(theta, x.t());
    }
}
