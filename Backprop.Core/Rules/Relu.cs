using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Rectifier, element by element: y = max(0, x).</summary>
/// <remarks>
/// Shapes: x: […] → y: […].
/// Backward: dx = dy · 1(x &gt; 0).
/// Edges: at the kink x = 0 the gradient is 0 by convention (libtorch's too); an infinite dy where x ≤ 0 gives 0, not NaN.
/// Source: the max(0, ·) of notes 000, lines 78–105, and notes 004, line 953, as an activation.
/// </remarks>
public static class Relu
{
    /// <summary>The output, which is positive exactly where x is.</summary>
    public sealed record Saved(Tensor Y);

    /// <summary>The gradient with respect to x.</summary>
    public sealed record Grads(Tensor DX);

    /// <summary>max(0, x), of x's shape.</summary>
    /// <exception cref="ArgumentException">x is not floating-point.</exception>
    public static Primal<Saved> Forward(Tensor x)
    {
        Expect.Floating(x, nameof(x));
        var y = x.relu();
        return new(y, new(y));
    }

    /// <summary>dx, of x's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Same(dy, nameof(dy), saved.Y, "y");
        // Selected, not multiplied by a mask: ∞ · 0 would be NaN.
        return new(dy.masked_fill(saved.Y.le(0), 0));
    }
}
