using Backprop.Rules;

namespace Backprop.Models;

/// <summary>A network of any number of layers, one example a row: h_l = f_l(h_(l−1) W_l + b_l), θ = the last layer's output, J = the loss of θ and the target.</summary>
/// <remarks>
/// Shapes: x: N×D, W_l: D_l×D_(l+1), b_l: D_(l+1) or 1×D_(l+1), target: N labels or N×C → J: scalar.
/// Backward: dθ from the loss, then <see cref="LayerSequence"/>; with one sigmoid layer and softmax cross-entropy dx = (((ŷ − y) W₂ᵀ) ∘ σ′(z)) W₁ᵀ.
/// Edges: those of <see cref="LayerSequence"/> and <see cref="OutputLoss"/>; θ is affine when the last activation is the identity.
/// Source: notes 003, lines 8–34; notes 004, lines 90–132 and 798–943 (one hidden layer).
/// </remarks>
public static class NeuralNetwork
{
    /// <summary>What the layers and the loss need.</summary>
    public sealed record Saved(LayerSequence.Saved Layers, OutputLoss.Saved Loss);

    /// <summary>The gradients with respect to x and to each layer's parameters, first layer first.</summary>
    public sealed record Grads(Tensor DX, IReadOnlyList<LayerGradients> Layers);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">As for the layers and the loss.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public static Primal<Saved> Forward(Tensor x, IReadOnlyList<LayerParameters> layers, Tensor target, Loss loss = Loss.SoftmaxCrossEntropy, BatchReduction reduction = BatchReduction.Sum)
    {
        var output = LayerSequence.Forward(x, layers);
        var judged = OutputLoss.Forward(output.Y, target, loss, reduction);
        return new(judged.Y, new(output.Saved, judged.Saved));
    }

    /// <summary>dX, N×D, and dW and db of each layer.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var layers = LayerSequence.Backward(OutputLoss.Backward(dy, saved.Loss).DOutput, saved.Layers);
        return new(layers.DX, layers.Layers);
    }

    /// <summary>The probabilities ŷ = softmax(θ), N×C.</summary>
    public static Tensor Probabilities(Tensor x, IReadOnlyList<LayerParameters> layers) => Softmax.Forward(LayerSequence.Forward(x, layers).Y).Y;

    /// <summary>The class of the greatest output of each row, N labels (int64); the first of equals.</summary>
    public static Tensor Predict(Tensor x, IReadOnlyList<LayerParameters> layers) => LayerSequence.Forward(x, layers).Y.argmax(1);
}
