using Backprop.Models;
using Backprop.Rules;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

public static partial class Catalogue
{
    private static IReadOnlyList<Subject> Networks() =>
    [
        Subject.Of("layer-sequence", "Y = tanh(σ(XW₁ + b₁)W₂ + b₂)",
            [Input.Real("x", "N", "D"), Input.Real("w1", "D", "H"), Input.Real("b1", "1", "H"), Input.Real("w2", "H", "M"), Input.Real("b2", "M")],
            x => LayerSequence.Forward(x[0], [new(x[1], x[2], Activation.Sigmoid), new(x[3], x[4], Activation.Tanh)]),
            (dy, saved) => LayerSequence.Backward(dy, saved) is var g ? [g.DX, .. InOrder(g.Layers)] : [],
            x => torch.tanh(F.linear(torch.sigmoid(F.linear(x[0], x[1].t(), x[2].squeeze(0))), x[3].t(), x[4]))) with { Values = Moderate },
        Judged("output-loss", "L = ½ Σ (t − θ)², one of three losses", Target("N", "C"), Loss.SquaredError, BatchReduction.Sum),
        Judged("output-loss-mean", "L = (1/N) ½ Σ (t − θ)²", Target("N", "C"), Loss.SquaredError, BatchReduction.Mean),
        Judged("output-loss-hinge-mean", "L = (1/N) Σ_n Σ_(j≠t_n) max(0, θ_nj − θ_(n,t_n) + 1)", Input.Labels("target", "N", "C"), Loss.Hinge, BatchReduction.Mean),
        Judged("output-loss-cross-entropy", "L = −Σ_n log softmax(θ_n)_(t_n)", Input.Labels("target", "N", "C"), Loss.SoftmaxCrossEntropy, BatchReduction.Sum),
        Network("neural-network", "J = −Σ log softmax(σ(XW₁ + b₁)W₂ + b₂) of the true classes", Input.Labels("target", "N", "C"), Loss.SoftmaxCrossEntropy, BatchReduction.Sum),
        Network("neural-network-distributions-mean", "J = −(1/N) Σ t log softmax(σ(XW₁ + b₁)W₂ + b₂)", Input.Distributions("target", "N", "C"), Loss.SoftmaxCrossEntropy, BatchReduction.Mean),
        Network("neural-network-squared-error", "J = ½ Σ (t − σ(XW₁ + b₁)W₂ − b₂)²", Target("N", "C"), Loss.SquaredError, BatchReduction.Sum),
        Network("neural-network-hinge", "J = the multi-class hinge of σ(XW₁ + b₁)W₂ + b₂", Input.Labels("target", "N", "C"), Loss.Hinge, BatchReduction.Sum) with { Values = [Values.Ordinary] },
        // Weights by eighths, exact in binary: where all tanh are flat, 1 − y² has no digit left in float32.
        Subject.Of("neural-network-deep", "J = −Σ log softmax(max(0, tanh(XW₁ + b₁)W₂ + b₂)W₃ + b₃) of the true classes (weights drawn at one eighth)",
            [
                Input.Real("x", "N", "D"), Input.Real("w1", "D", "H"), Input.Real("b1", "H"), Input.Real("w2", "H", "M"), Input.Real("b2", "1", "M"), Input.Real("w3", "M", "C"), Input.Real("b3", "C"),
                Input.Labels("target", "N", "C"),
            ],
            x => NeuralNetwork.Forward(x[0], [new(x[1] / 8, x[2], Activation.Tanh), new(x[3] / 8, x[4], Activation.Relu), new(x[5] / 8, x[6], Activation.Identity)], x[7]),
            (dy, saved) => NeuralNetwork.Backward(dy, saved) is var g ? [g.DX, .. InOrder([.. g.Layers.Select(layer => layer with { DW = layer.DW / 8 })])] : [],
            x => F.cross_entropy(F.linear(F.relu(F.linear(torch.tanh(F.linear(x[0], x[1].t() / 8, x[2])), x[3].t() / 8, x[4].squeeze(0))), x[5].t() / 8, x[6]), x[7], reduction: torch.nn.Reduction.Sum))
            with { Values = Moderate },
        Subject.Of("column-neural-network", "J = −Σ log softmax(W² σ(W¹x + b¹) + b²) of the true classes", InColumns(Input.Labels("target", "N", "C")),
            x => ColumnNeuralNetwork.Forward(x[0], Columns(x), x[5]),
            (dy, saved) => ColumnNeuralNetwork.Backward(dy, saved) is var g ? [g.DX, .. InOrder(g.Layers)] : [],
            x => F.cross_entropy(ColumnOutput(x).t(), x[5], reduction: torch.nn.Reduction.Sum)) with { Values = Moderate },
        Subject.Of("column-neural-network-distributions-mean", "J = −(1/N) Σ t log softmax(W² σ(W¹x + b¹) + b²)", InColumns(Input.Distributions("target", "N", "C")),
            x => ColumnNeuralNetwork.Forward(x[0], Columns(x), x[5].t(), reduction: BatchReduction.Mean),
            (dy, saved) => ColumnNeuralNetwork.Backward(dy, saved) is var g ? [g.DX, .. InOrder(g.Layers)] : [],
            x => -(x[5].t() * F.log_softmax(ColumnOutput(x), 0)).sum() / x[0].shape[1]) with { Values = Moderate, MayBeEmpty = null },
        Subject.Of("delta-recursion", "a³ = W² σ(W¹x + b¹) + b², back by δ^(l) = (W^(l)ᵀ δ^(l+1)) ∘ f′(z^(l))", InColumns(),
            x => DeltaRecursion.Forward(x[0], Columns(x)),
            (dy, saved) => DeltaRecursion.Backward(dy, saved) is var g ? [g.Deltas[0], .. InOrder(g.Layers)] : [],
            ColumnOutput) with { Values = Moderate },
    ];

    private static Subject Judged(string name, string summary, Input target, Loss loss, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("output", "N", "C"), target],
            x => OutputLoss.Forward(x[0], x[1], loss, reduction),
            (dy, saved) => [OutputLoss.Backward(dy, saved).DOutput],
            x => Reference(x[0], x[1], loss, reduction)) with
        { MayBeEmpty = Empty(reduction) };

    private static Subject Network(string name, string summary, Input target, Loss loss, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("x", "N", "D"), Input.Real("w1", "D", "H"), Input.Real("b1", "H"), Input.Real("w2", "H", "C"), Input.Real("b2", "C"), target],
            x => NeuralNetwork.Forward(x[0], [new(x[1], x[2], Activation.Sigmoid), new(x[3], x[4], Activation.Identity)], x[5], loss, reduction),
            (dy, saved) => NeuralNetwork.Backward(dy, saved) is var g ? [g.DX, .. InOrder(g.Layers)] : [],
            x => Reference(F.linear(torch.sigmoid(F.linear(x[0], x[1].t(), x[2])), x[3].t(), x[4]), x[5], loss, reduction)) with
        { Values = Moderate, MayBeEmpty = Empty(reduction) };

    private static Tensor Reference(Tensor output, Tensor target, Loss loss, BatchReduction reduction) => loss switch
    {
        Loss.SoftmaxCrossEntropy => F.cross_entropy(output, target, reduction: Torch(reduction)),
        // libtorch's mean is over the entries, not the rows.
        Loss.SquaredError => F.mse_loss(output, target, torch.nn.Reduction.Sum) * (reduction == BatchReduction.Mean ? 0.5 / output.shape[0] : 0.5),
        // As for the rule itself: divided by the classes, and unwritten for an empty batch.
        _ => output.shape[0] == 0 ? output.sum() : F.multi_margin_loss(output, target, reduction: Torch(reduction)) * output.shape[1],
    };

    /// <summary>Numbers to compare with: constants.</summary>
    private static Input Target(params string[] shape) => new("target", shape, InputKind.Real, false);

    private static IReadOnlyList<Input> InColumns(params Input[] target) =>
        [Input.Real("x", "D", "N"), Input.Real("w1", "H", "D"), Input.Real("b1", "H"), Input.Real("w2", "C", "H"), Input.Real("b2", "C", "1"), .. target];

    private static IReadOnlyList<LayerParameters> Columns(IReadOnlyList<Tensor> x) => [new(x[1], x[2], Activation.Sigmoid), new(x[3], x[4], Activation.Identity)];

    private static Tensor ColumnOutput(IReadOnlyList<Tensor> x) => torch.matmul(x[3], torch.sigmoid(torch.matmul(x[1], x[0]) + x[2].unsqueeze(1))) + x[4];

    private static IEnumerable<Tensor> InOrder(IReadOnlyList<LayerGradients> layers) => layers.SelectMany(layer => new[] { layer.DW, layer.DB });
}
