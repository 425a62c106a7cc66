using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>What stands before the sum of squared errors: the notes use three factors.</summary>
public enum ErrorScale
{
    /// <summary>½ Σ (h − y)².</summary>
    Half,

    /// <summary>1/(2m) Σ (h − y)², with m the number of examples.</summary>
    HalfMean,

    /// <summary>Σ (h − y)².</summary>
    Plain,
}

/// <summary>Squared error of m predictions, with the factor c = ½, 1/(2m) or 1: J = c Σ_i (h_i − y_i)².</summary>
/// <remarks>
/// Shapes: h: m or m×K, y: the same → J: scalar.
/// Backward: dh = dJ · 2c (h − y); dy = −dh: the 2 cancels a ½ and stays where there is none.
/// Edges: no example sums to 0, and has no mean; h and y must have the same shape, as for <see cref="SquaredError"/>.
/// Source: notes 004, lines 2142–2144, 2297–2317 and 2327–2337.
/// </remarks>
public static class RegressionError
{
    /// <summary>What half the squared error needs, and the factor that it was given.</summary>
    public sealed record Saved(SquaredError.Saved Error, double Factor);

    /// <summary>The gradients with respect to the predictions and the targets.</summary>
    public sealed record Grads(Tensor DH, Tensor DY);

    /// <summary>The error, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">h or y is not floating-point, h has no dimension, their shapes, dtypes or devices differ, or the mean of no example.</exception>
    public static Primal<Saved> Forward(Tensor h, Tensor y, ErrorScale scale = ErrorScale.Half)
    {
        Expect.Floating(h, nameof(h));
        if (h.dim() == 0) throw new ArgumentException("h: expected shape [m] or [m, K], one prediction for each example, got [].", nameof(h));
        Expect.Same(y, nameof(y), h, nameof(h));
        var factor = scale switch
        {
            ErrorScale.Half => 1,
            ErrorScale.HalfMean => BatchReduction.Mean.Factor(h, nameof(h)),
            ErrorScale.Plain => 2,
            _ => throw new ArgumentOutOfRangeException(nameof(scale), scale, "scale: expected Half, HalfMean or Plain."),
        };
        var error = SquaredError.Forward(h, y);
        return new(error.Y * factor, new(error.Saved, factor));
    }

    /// <summary>dh and dy, each of h's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var error = SquaredError.Backward(dy * saved.Factor, saved.Error);
        return new(error.DZ, error.DD);
    }
}
