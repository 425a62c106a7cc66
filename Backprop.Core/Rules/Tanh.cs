using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Hyperbolic tangent, element by element: y = (e^x − e^(−x)) / (e^x + e^(−x)).</summary>
/// <remarks>
/// Shapes: x: […] → y: […].
/// Backward: dx = dy · (1 − y²).
/// Edges: saturates to ±1 without overflow; there dx = 0.
/// Source: notes 004, lines 737–772 (the activation f of a layer); tanh(x) = 2σ(2x) − 1.
/// </remarks>
public static class Tanh
{
    /// <summary>The output: tanh′ is a function of tanh alone.</summary>
    public sealed record Saved(Tensor Y);

    /// <summary>The gradient with respect to x.</summary>
    public sealed record Grads(Tensor DX);

    /// <summary>tanh(x), of x's shape.</summary>
    /// <exception cref="ArgumentException">x is not floating-point.</exception>
    public static Primal<Saved> Forward(Tensor x)
    {
        Expect.Floating(x, nameof(x));
        var y = x.tanh();
        return new(y, new(y));
    }

    /// <summary>dx, of x's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Same(dy, nameof(dy), saved.Y, "y");
        return new(dy * (1 - saved.Y * saved.Y));
    }
}
