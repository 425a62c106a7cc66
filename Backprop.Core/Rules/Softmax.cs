using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Softmax over the last dimension: y_i = e^(x_i) / Σ_j e^(x_j).</summary>
/// <remarks>
/// Shapes: x: […, C] → y: […, C].
/// Backward: dx = y ∘ (dy − Σ_j dy_j y_j), the vector–Jacobian product of diag y − yᵀy, which is never formed.
/// Edges: stable at any finite logits, since softmax(x) = softmax(x − max x); an empty batch gives an empty gradient.
/// Source: notes 000, lines 32–40; notes 002, question 1 (a) and (b).
/// </remarks>
public static class Softmax
{
    /// <summary>The output.</summary>
    public sealed record Saved(Tensor Y);

    /// <summary>The gradient with respect to x.</summary>
    public sealed record Grads(Tensor DX);

    /// <summary>Probabilities along the last dimension, of x's shape.</summary>
    /// <exception cref="ArgumentException">x is not floating-point, has no dimension, or no class.</exception>
    public static Primal<Saved> Forward(Tensor x)
    {
        Expect.Classes(x, nameof(x));
        var y = torch.nn.functional.softmax(x, -1);
        return new(y, new(y));
    }

    /// <summary>dx, of x's shape; its rows sum to 0.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Same(dy, nameof(dy), saved.Y, "y");
        return new(saved.Y * (dy - (dy * saved.Y).sum(-1L, keepdim: true)));
    }
}
