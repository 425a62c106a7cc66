using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Logarithm of softmax over the last dimension: y_i = x_i − log Σ_j e^(x_j).</summary>
/// <remarks>
/// Shapes: x: […, C] → y: […, C].
/// Backward: dx = dy − e^y · Σ_j dy_j.
/// Edges: never log(0): the sum of exponentials is taken relative to the greatest logit; an empty batch gives an empty gradient.
/// Source: notes 004, lines 43–71, 554–562, 614–620.
/// </remarks>
public static class LogSoftmax
{
    /// <summary>The output; the probabilities are its exponential.</summary>
    public sealed record Saved(Tensor Y);

    /// <summary>The gradient with respect to x.</summary>
    public sealed record Grads(Tensor DX);

    /// <summary>Log-probabilities along the last dimension, of x's shape.</summary>
    /// <exception cref="ArgumentException">x is not floating-point, has no dimension, or no class.</exception>
    public static Primal<Saved> Forward(Tensor x)
    {
        Expect.Classes(x, nameof(x));
        var y = torch.nn.functional.log_softmax(x, -1);
        return new(y, new(y));
    }

    /// <summary>dx, of x's shape; its rows sum to 0.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Same(dy, nameof(dy), saved.Y, "y");
        return new(dy - saved.Y.exp() * dy.sum(-1L, keepdim: true));
    }
}
