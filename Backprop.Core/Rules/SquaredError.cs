using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Half the squared error: E = ½ Σ (d − z)².</summary>
/// <remarks>
/// Shapes: z (the prediction): […], d (the label): […] → E: scalar.
/// Backward: dz = dE · (z − d); dd = −dz. Notes 002 write ∂E/∂z = (d − z): the sign is lost there.
/// Edges: z and d must have the same shape: N×1 against N would broadcast to N×N; nothing at all gives 0.
/// Source: notes 002, lines 12–30 and 50.
/// </remarks>
public static class SquaredError
{
    /// <summary>z − d.</summary>
    public sealed record Saved(Tensor Residual);

    /// <summary>The gradients with respect to the prediction and the label.</summary>
    public sealed record Grads(Tensor DZ, Tensor DD);

    /// <summary>The error, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">z or d is not floating-point, or their shapes, dtypes or devices differ.</exception>
    public static Primal<Saved> Forward(Tensor z, Tensor d)
    {
        Expect.Floating(z, nameof(z));
        Expect.Same(d, nameof(d), z, nameof(z));
        var residual = z - d;
        return new((residual * residual).sum() * 0.5, new(residual));
    }

    /// <summary>dz and dd, each of z's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var dz = dy * saved.Residual;
        return new(dz, -dz);
    }
}
