using Backprop.Rules;

namespace Backprop.Models;

/// <summary>One x on three paths: Y₁ = σ(x), Y₂ = tanh x, Y₃ = softmax(x) by rows, and Z = Y₁ ∘ Y₂ + Y₃.</summary>
/// <remarks>
/// Shapes: x: N×D → Z: N×D.
/// Backward: dx = Σ_i (∂Z/∂Y_i)ᵀ through ∂Y_i/∂x, one term a path: x was used three times, so three gradients arrive and are added.
/// Edges: those of the three rules; an empty batch gives an empty gradient.
/// Source: notes 004, lines 1857–1859 (∂Z/∂X = Σ_i ∂Z/∂Y_i · ∂Y_i/∂X).
/// </remarks>
public static class FanOut
{
    /// <summary>What each path needs, and the product in which the first two meet.</summary>
    public sealed record Saved(Sigmoid.Saved First, Tanh.Saved Second, Softmax.Saved Third, Hadamard.Saved Product);

    /// <summary>The gradient with respect to x.</summary>
    public sealed record Grads(Tensor DX);

    /// <summary>Z, N×D.</summary>
    /// <exception cref="ArgumentException">x is not floating-point, has no dimension, or no column.</exception>
    public static Primal<Saved> Forward(Tensor x)
    {
        var (y1, y2, y3) = (Sigmoid.Forward(x), Tanh.Forward(x), Softmax.Forward(x));
        var product = Hadamard.Forward(y1.Y, y2.Y);
        return new(product.Y + y3.Y, new(y1.Saved, y2.Saved, y3.Saved, product.Saved));
    }

    /// <summary>dx, N×D.</summary>
    public static Grads Backward(Tensor dy, Saved saved) => new(Paths(dy, saved).Aggregate((sum, path) => sum + path));

    /// <summary>What comes back along each path; dx is their sum.</summary>
    public static IReadOnlyList<Tensor> Paths(Tensor dy, Saved saved)
    {
        var product = Hadamard.Backward(dy, saved.Product);
        return [Sigmoid.Backward(product.DU, saved.First).DX, Tanh.Backward(product.DV, saved.Second).DX, Softmax.Backward(dy, saved.Third).DX];
    }
}
