using Backprop.Rules;

namespace Backprop.Models;

/// <summary>Linear softmax classifier: Z = XW + b, P = softmax(Z), J = −Σ log P of the true classes.</summary>
/// <remarks>
/// Shapes: X: N×D (notes 003: 300×2), W: D×C (2×3), b: C or 1×C, target: N labels or N×C distributions → J: scalar.
/// Backward: dZ = dJ · (P − Y); dW = Xᵀ · dZ; db = column sums of dZ; dX = dZ · Wᵀ.
/// Edges: those of <see cref="Linear"/> and <see cref="SoftmaxCrossEntropy"/>.
/// Source: notes 003, lines 4–222; notes 004, lines 240–254.
/// </remarks>
public static class SoftmaxClassifier
{
    /// <summary>What the layer and the loss need.</summary>
    public sealed record Saved(Linear.Saved Layer, SoftmaxCrossEntropy.Saved Loss);

    /// <summary>The gradients with respect to X, W and b.</summary>
    public sealed record Grads(Tensor DX, Tensor DW, Tensor DB);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">As for the layer and the loss.</exception>
    public static Primal<Saved> Forward(Tensor x, Tensor w, Tensor b, Tensor target, BatchReduction reduction = BatchReduction.Sum)
    {
        var layer = Linear.Forward(x, w, b);
        var loss = SoftmaxCrossEntropy.Forward(layer.Y, target, reduction);
        return new(loss.Y, new(layer.Saved, loss.Saved));
    }

    /// <summary>dX, N×D, dW, D×C, and db, of b's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var dZ = SoftmaxCrossEntropy.Backward(dy, saved.Loss).DLogits;
        var layer = Linear.Backward(dZ, saved.Layer);
        return new(layer.DX, layer.DW, layer.DB);
    }

    /// <summary>The probabilities P, N×C.</summary>
    public static Tensor Probabilities(Tensor x, Tensor w, Tensor b) => Softmax.Forward(Linear.Forward(x, w, b).Y).Y;

    /// <summary>The most probable class of each row, N labels (int64); the first of equals.</summary>
    public static Tensor Predict(Tensor x, Tensor w, Tensor b) => Linear.Forward(x, w, b).Y.argmax(1);
}
