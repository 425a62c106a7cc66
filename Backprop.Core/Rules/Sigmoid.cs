using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Logistic sigmoid, element by element: y = 1 / (1 + e^(−x)).</summary>
/// <remarks>
/// Shapes: x: […] → y: […].
/// Backward: dx = dy · y · (1 − y).
/// Edges: saturates to 0 and 1 without overflow; there dx = 0.
/// Source: notes 002 ④; notes 004, lines 13–21.
/// </remarks>
public static class Sigmoid
{
    /// <summary>The output: σ′ is a function of σ alone.</summary>
    public sealed record Saved(Tensor Y);

    /// <summary>The gradient with respect to x.</summary>
    public sealed record Grads(Tensor DX);

    /// <summary>σ(x), of x's shape.</summary>
    /// <exception cref="ArgumentException">x is not floating-point.</exception>
    public static Primal<Saved> Forward(Tensor x)
    {
        Expect.Floating(x, nameof(x));
        var y = x.sigmoid();
        return new(y, new(y));
    }

    /// <summary>dx, of x's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Same(dy, nameof(dy), saved.Y, "y");
        return new(dy * saved.Y * (1 - saved.Y));
    }
}
