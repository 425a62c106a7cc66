using Backprop.Models;
using Backprop.Rules;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

/// <summary>Every rule and model of the project, ready for the witnesses.</summary>
public static class Catalogue
{
    /// <summary>All subjects, rules first.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        Subject.Of("matrix-product", "Y = XW", [Input.Real("x", "N", "D"), Input.Real("w", "D", "M")],
            x => MatrixProduct.Forward(x[0], x[1]),
            (dy, saved) => MatrixProduct.Backward(dy, saved) is var g ? [g.DX, g.DW] : [],
            x => torch.matmul(x[0], x[1])),
        Subject.Of("linear", "Y = XW + b", [Input.Real("x", "N", "D"), Input.Real("w", "D", "M"), Input.Real("b", "M")],
            x => Linear.Forward(x[0], x[1], x[2]),
            (dy, saved) => Linear.Backward(dy, saved) is var g ? [g.DX, g.DW, g.DB] : [],
            x => F.linear(x[0], x[1].t(), x[2])),
        Unary("sigmoid", "y = 1 / (1 + e^(−x))", Sigmoid.Forward, (dy, saved) => Sigmoid.Backward(dy, saved).DX, torch.sigmoid),
        Unary("tanh", "y = tanh x", Tanh.Forward, (dy, saved) => Tanh.Backward(dy, saved).DX, torch.tanh),
        Unary("relu", "y = max(0, x)", Relu.Forward, (dy, saved) => Relu.Backward(dy, saved).DX, x => F.relu(x)),
        Unary("softmax", "y_i = e^(x_i) / Σ_j e^(x_j)", Softmax.Forward, (dy, saved) => Softmax.Backward(dy, saved).DX, x => F.softmax(x, -1)),
        Unary("log-softmax", "y_i = x_i − log Σ_j e^(x_j)", LogSoftmax.Forward, (dy, saved) => LogSoftmax.Backward(dy, saved).DX, x => F.log_softmax(x, -1)),
        Subject.Of("negative-log-likelihood", "ℓ = −Σ t_i ln z_i", [Input.Probabilities("z", "N", "C"), Input.Distributions("t", "N", "C")],
            x => NegativeLogLikelihood.Forward(x[0], x[1]),
            (dy, saved) => [NegativeLogLikelihood.Backward(dy, saved).DZ],
            x => -(x[1] * x[0].log()).sum()),
        CrossEntropy("softmax-cross-entropy", "L = −Σ_n log softmax(x_n)_(y_n)", Input.Labels("target", "N", "C"), BatchReduction.Sum),
        CrossEntropy("softmax-cross-entropy-mean", "L = −(1/N) Σ_n log softmax(x_n)_(y_n)", Input.Labels("target", "N", "C"), BatchReduction.Mean),
        CrossEntropy("softmax-cross-entropy-distributions", "L = −Σ_n Σ_k t_nk log softmax(x_n)_k", Input.Distributions("target", "N", "C"), BatchReduction.Sum),
        CrossEntropy("softmax-cross-entropy-distributions-mean", "L = −(1/N) Σ_n Σ_k t_nk log softmax(x_n)_k", Input.Distributions("target", "N", "C"), BatchReduction.Mean),
        Hinge("multi-class-hinge", "L = Σ_n Σ_(j≠y_n) max(0, s_nj − s_(n,y_n) + 1)", BatchReduction.Sum),
        Hinge("multi-class-hinge-mean", "L = (1/N) Σ_n Σ_(j≠y_n) max(0, s_nj − s_(n,y_n) + 1)", BatchReduction.Mean),
        Subject.Of("squared-error", "E = ½ Σ (d − z)²", [Input.Real("z", "N", "D"), Input.Real("d", "N", "D")],
            x => SquaredError.Forward(x[0], x[1]),
            (dy, saved) => SquaredError.Backward(dy, saved) is var g ? [g.DZ, g.DD] : [],
            x => F.mse_loss(x[0], x[1], torch.nn.Reduction.Sum) * 0.5),
        // Logits of 10⁴ and more round by more than the probabilities can bear, so the model is not asked about extremes.
        Subject.Of("softmax-classifier", "J = −Σ log softmax(XW + b) of the true classes",
            [Input.Real("x", "N", "D"), Input.Real("w", "D", "C"), Input.Real("b", "C"), Input.Labels("target", "N", "C")],
            x => SoftmaxClassifier.Forward(x[0], x[1], x[2], x[3]),
            (dy, saved) => SoftmaxClassifier.Backward(dy, saved) is var g ? [g.DX, g.DW, g.DB] : [],
            x => F.cross_entropy(F.linear(x[0], x[1].t(), x[2]), x[3], reduction: torch.nn.Reduction.Sum)) with { Values = [Values.Ordinary, Values.Ties] },
    ];

    /// <summary>The subject of this name, or null.</summary>
    public static Subject? Find(string name) => All.FirstOrDefault(subject => string.Equals(subject.Name, name, StringComparison.OrdinalIgnoreCase));

    private static Subject Unary<TSaved>(string name, string summary, Func<Tensor, Primal<TSaved>> forward, Func<Tensor, TSaved, Tensor> backward, Func<Tensor, Tensor> reference) where TSaved : class =>
        Subject.Of(name, summary, [Input.Real("x", "N", "D")], x => forward(x[0]), (dy, saved) => [backward(dy, saved)], x => reference(x[0]));

    private static Subject CrossEntropy(string name, string summary, Input target, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("logits", "N", "C"), target],
            x => SoftmaxCrossEntropy.Forward(x[0], x[1], reduction),
            (dy, saved) => [SoftmaxCrossEntropy.Backward(dy, saved).DLogits],
            x => F.cross_entropy(x[0], x[1], reduction: Torch(reduction))) with { MayBeEmpty = Empty(reduction) };

    /// <summary>libtorch divides by the number of classes; the notes do not. Its kink has the same convention. For an empty batch libtorch 1.13 returns
    /// a number that it never wrote, so the sum of nothing stands there.</summary>
    private static Subject Hinge(string name, string summary, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("scores", "N", "C"), Input.Labels("labels", "N", "C")],
            x => MultiClassHinge.Forward(x[0], x[1], reduction),
            (dy, saved) => [MultiClassHinge.Backward(dy, saved).DScores],
            x => x[0].shape[0] == 0 ? x[0].sum() : F.multi_margin_loss(x[0], x[1], reduction: Torch(reduction)) * x[0].shape[1]) with { MayBeEmpty = Empty(reduction) };

    private static torch.nn.Reduction Torch(BatchReduction reduction) => reduction == BatchReduction.Mean ? torch.nn.Reduction.Mean : torch.nn.Reduction.Sum;

    /// <summary>The mean of an empty batch is undefined.</summary>
    private static string? Empty(BatchReduction reduction) => reduction == BatchReduction.Mean ? null : "N";
}
