using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Indicator function, element by element: y = 1(x &gt; 0), 1 where the condition holds and 0 elsewhere.</summary>
/// <remarks>
/// Shapes: x: […] → y: […].
/// Backward: dx = 0: the function is constant on either side.
/// Edges: it jumps at x = 0, where 1(0 &gt; 0) = 0 and there is no derivative; the gradient is 0 there too, as libtorch has it for its steps. NaN gives 0.
/// Source: notes 000, line 103 (the gate of the hinge); notes 003, line 117 (I(k = y), which is <see cref="OneHot"/>).
/// </remarks>
public static class Indicator
{
    /// <summary>The output, for its shape.</summary>
    public sealed record Saved(Tensor Y);

    /// <summary>The gradient with respect to x.</summary>
    public sealed record Grads(Tensor DX);

    /// <summary>1(x &gt; 0), of x's shape and dtype.</summary>
    /// <exception cref="ArgumentException">x is not floating-point.</exception>
    public static Primal<Saved> Forward(Tensor x)
    {
        Expect.Floating(x, nameof(x));
        var y = x.gt(0).to_type(x.dtype);
        return new(y, new(y));
    }

    /// <summary>dx = 0, of x's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Same(dy, nameof(dy), saved.Y, "y");
        return new(torch.zeros_like(dy));
    }
}
