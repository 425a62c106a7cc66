using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>The smallest network: p₁ = w₁x, y = σ(p₁), p₂ = w₂y, z = σ(p₂), E = ½ (d − z)².</summary>
/// <remarks>
/// Shapes: x, w₁, w₂, d: scalars, or all of one shape for as many chains of their own, whose errors are summed → E: scalar.
/// Backward: δ₂ = dE · (z − d) z (1 − z); dw₂ = δ₂ y; δ₁ = δ₂ w₂ y (1 − y); dw₁ = δ₁ x; dx = δ₁ w₁; dd = −dE · (z − d).
/// Edges: those of <see cref="Sigmoid"/> and <see cref="SquaredError"/>.
/// Source: notes 002, lines 10–62, whose ∂E/∂z = (d − z) has the wrong sign.
/// </remarks>
public static class TwoWeightChain
{
    /// <summary>What each step needs.</summary>
    public sealed record Saved(Hadamard.Saved First, Sigmoid.Saved Hidden, Hadamard.Saved Second, Sigmoid.Saved Output, SquaredError.Saved Error);

    /// <summary>The gradients with respect to x, w₁, w₂ and d.</summary>
    public sealed record Grads(Tensor DX, Tensor DW1, Tensor DW2, Tensor DD);

    /// <summary>E, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">One of the four is not floating-point, or their shapes, dtypes or devices differ.</exception>
    public static Primal<Saved> Forward(Tensor x, Tensor w1, Tensor w2, Tensor d)
    {
        Expect.Floating(x, nameof(x));
        Expect.Same(w1, nameof(w1), x, nameof(x));
        Expect.Same(w2, nameof(w2), x, nameof(x));
        Expect.Same(d, nameof(d), x, nameof(x));
        var p1 = Hadamard.Forward(w1, x);
        var y = Sigmoid.Forward(p1.Y);
        var p2 = Hadamard.Forward(w2, y.Y);
        var z = Sigmoid.Forward(p2.Y);
        var e = SquaredError.Forward(z.Y, d);
        return new(e.Y, new(p1.Saved, y.Saved, p2.Saved, z.Saved, e.Saved));
    }

    /// <summary>dx, dw₁, dw₂ and dd, each of the inputs' shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var error = SquaredError.Backward(dy, saved.Error);
        var second = Hadamard.Backward(Sigmoid.Backward(error.DZ, saved.Output).DX, saved.Second);
        var first = Hadamard.Backward(Sigmoid.Backward(second.DV, saved.Hidden).DX, saved.First);
        return new(first.DV, first.DU, second.DU, error.DD);
    }
}
