using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>A network of any number of layers, one example a column: a^(l+1) = f(W^(l) a^(l) + b^(l)), a^(1) = x. It is <see cref="NeuralNetwork"/> between transposes.</summary>
/// <remarks>
/// Shapes: x: D×N, W^(l): D_(l+1)×D_l, b^(l): D_(l+1) or D_(l+1)×1, target: N labels or C×N → J: scalar.
/// Backward: the transposes of the row network's gradients; as <see cref="DeltaRecursion"/> has it, dW^(l) = δ^(l+1) a^(l)ᵀ and db^(l) = δ^(l+1), summed over the columns.
/// Edges: those of <see cref="NeuralNetwork"/>.
/// Source: notes 004, lines 2231–2239, 2268–2280, 2363–2421 (one hidden layer).
/// </remarks>
public static class ColumnNeuralNetwork
{
    /// <summary>What the network of rows needs.</summary>
    public sealed record Saved(NeuralNetwork.Saved Rows);

    /// <summary>The gradients with respect to x and to each layer's parameters, first layer first.</summary>
    public sealed record Grads(Tensor DX, IReadOnlyList<LayerGradients> Layers);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">As for the layers and the loss.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public static Primal<Saved> Forward(Tensor x, IReadOnlyList<LayerParameters> layers, Tensor target, Loss loss = Loss.SoftmaxCrossEntropy, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Form(x, nameof(x), "D×N");
        layers.Check(x.shape[0], columns: true);
        ArgumentNullException.ThrowIfNull(target);
        var rows = NeuralNetwork.Forward(x.t(), [.. layers.Select(layer => layer with { W = layer.W.t(), B = Transposed(layer.B) })], Transposed(target), loss, reduction);
        return new(rows.Y, new(rows.Saved));
    }

    /// <summary>dx, D×N, and dW and db of each layer.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var rows = NeuralNetwork.Backward(dy, saved.Rows);
        return new(rows.DX.t(), [.. rows.Layers.Select(layer => new LayerGradients(layer.DW.t(), Transposed(layer.DB)))]);
    }

    /// <summary>A row becomes a column and a matrix its transpose; labels and vectors stay.</summary>
    private static Tensor Transposed(Tensor tensor) => tensor.dim() == 2 ? tensor.t() : tensor;
}
