using Backprop.Rules;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

public static partial class Catalogue
{
    private static IReadOnlyList<Subject> Losses() =>
    [
        Subject.Of("negative-log-likelihood", "ℓ = −Σ t_i ln z_i", [Input.Probabilities("z", "N", "C"), Input.Distributions("t", "N", "C")],
            x => NegativeLogLikelihood.Forward(x[0], x[1]),
            (dy, saved) => [NegativeLogLikelihood.Backward(dy, saved).DZ],
            x => -(x[1] * x[0].log()).sum()),
        Fused("softmax-cross-entropy", "L = −Σ_n log softmax(x_n)_(y_n)", Input.Labels("target", "N", "C"), BatchReduction.Sum),
        Fused("softmax-cross-entropy-mean", "L = −(1/N) Σ_n log softmax(x_n)_(y_n)", Input.Labels("target", "N", "C"), BatchReduction.Mean),
        Fused("softmax-cross-entropy-distributions", "L = −Σ_n Σ_k t_nk log softmax(x_n)_k", Input.Distributions("target", "N", "C"), BatchReduction.Sum),
        Fused("softmax-cross-entropy-distributions-mean", "L = −(1/N) Σ_n Σ_k t_nk log softmax(x_n)_k", Input.Distributions("target", "N", "C"), BatchReduction.Mean),
        Hinge("multi-class-hinge", "L = Σ_n Σ_(j≠y_n) max(0, s_nj − s_(n,y_n) + 1)", BatchReduction.Sum),
        Hinge("multi-class-hinge-mean", "L = (1/N) Σ_n Σ_(j≠y_n) max(0, s_nj − s_(n,y_n) + 1)", BatchReduction.Mean),
        Subject.Of("squared-error", "E = ½ Σ (d − z)²", [Input.Real("z", "N", "D"), Input.Real("d", "N", "D")],
            x => SquaredError.Forward(x[0], x[1]),
            (dy, saved) => SquaredError.Backward(dy, saved) is var g ? [g.DZ, g.DD] : [],
            x => F.mse_loss(x[0], x[1], torch.nn.Reduction.Sum) * 0.5),
    ];

    private static Subject Fused(string name, string summary, Input target, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("logits", "N", "C"), target],
            x => SoftmaxCrossEntropy.Forward(x[0], x[1], reduction),
            (dy, saved) => [SoftmaxCrossEntropy.Backward(dy, saved).DLogits],
            x => F.cross_entropy(x[0], x[1], reduction: Torch(reduction))) with
        { MayBeEmpty = Empty(reduction) };

    /// <summary>libtorch divides by the number of classes; the notes do not. Its kink has the same convention. For an empty batch libtorch 1.13 returns
    /// a number that it never wrote, so the sum of nothing stands there.</summary>
    private static Subject Hinge(string name, string summary, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("scores", "N", "C"), Input.Labels("labels", "N", "C")],
            x => MultiClassHinge.Forward(x[0], x[1], reduction),
            (dy, saved) => [MultiClassHinge.Backward(dy, saved).DScores],
            x => x[0].shape[0] == 0 ? x[0].sum() : F.multi_margin_loss(x[0], x[1], reduction: Torch(reduction)) * x[0].shape[1]) with
        { MayBeEmpty = Empty(reduction) };

    private static torch.nn.Reduction Torch(BatchReduction reduction) => reduction == BatchReduction.Mean ? torch.nn.Reduction.Mean : torch.nn.Reduction.Sum;

    /// <summary>The mean of an empty batch is undefined.</summary>
    private static string? Empty(BatchReduction reduction) => reduction == BatchReduction.Mean ? null : "N";
}
