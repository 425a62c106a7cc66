using Backprop.Models;
using Backprop.Rules;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

/// <summary>Products, layers, errors, and the small models of the notes.</summary>
public static partial class Catalogue
{
    /// <summary>A plain number with no short binary form, so that a factor that is lost or doubled shows.</summary>
    internal const double Lambda = 0.3;

    private static IReadOnlyList<Subject> Basics() => [.. Products(), .. Layers(), .. Errors(), .. SmallModels()];

    private static IReadOnlyList<Subject> Products() =>
    [
        Subject.Of("hadamard", "y = u ∘ v", [Input.Real("u", "N", "D"), Input.Real("v", "N", "D")],
            x => Hadamard.Forward(x[0], x[1]),
            (dy, saved) => Hadamard.Backward(dy, saved) is var g ? [g.DU, g.DV] : [],
            x => torch.mul(x[0], x[1])),
        Subject.Of("dot", "y = Σ_i u_i v_i", [Input.Real("u", "D"), Input.Real("v", "D")],
            x => Dot.Forward(x[0], x[1]),
            (dy, saved) => Dot.Backward(dy, saved) is var g ? [g.DU, g.DV] : [],
            x => torch.matmul(x[0], x[1])),
        Subject.Of("outer-product", "y_ij = u_i v_j", [Input.Real("u", "M"), Input.Real("v", "D")],
            x => OuterProduct.Forward(x[0], x[1]),
            (dy, saved) => OuterProduct.Backward(dy, saved) is var g ? [g.DU, g.DV] : [],
            x => x[0].unsqueeze(1) * x[1].unsqueeze(0)),
        Subject.Of("linear-form", "y = xᵀA = Σ_i x_i a_i", [Input.Real("x", "D"), Input.Real("a", "D", "M")],
            x => LinearForm.Forward(x[0], x[1]),
            (dy, saved) => LinearForm.Backward(dy, saved) is var g ? [g.DX, g.DA] : [],
            x => torch.matmul(x[0], x[1])),
        Unary("indicator", "y = 1(x > 0)", Indicator.Forward, (dy, saved) => Indicator.Backward(dy, saved).DX, x => x.sign().clamp(0)),
        // The Jacobian as a witness of its own: forward is softmax, backward the product with the whole matrix.
        Subject.Of("softmax-jacobian", "z = v · (diag σ − σᵀσ)", [Input.Real("x", "C")],
            x => new Primal<Tensor>(Softmax.Forward(x[0]).Y, x[0]),
            (dy, x) => [SoftmaxJacobian.Product(dy, x)],
            x => F.softmax(x[0], -1)),
    ];

    private static IReadOnlyList<Subject> Layers() =>
    [
        Activated("activate-identity", "y = x", Activation.Identity, x => x.clone()),
        Activated("activate-sigmoid", "y = σ(x)", Activation.Sigmoid, torch.sigmoid),
        Activated("activate-tanh", "y = tanh x", Activation.Tanh, torch.tanh),
        Activated("activate-relu", "y = max(0, x)", Activation.Relu, x => F.relu(x)),
        Subject.Of("column-linear", "Z = WX + b, one example a column", [Input.Real("w", "M", "D"), Input.Real("x", "D", "N"), Input.Real("b", "M", "1")],
            x => ColumnLinear.Forward(x[0], x[1], x[2]),
            (dy, saved) => ColumnLinear.Backward(dy, saved) is var g ? [g.DW, g.DX, g.DB] : [],
            x => torch.matmul(x[0], x[1]) + x[2]),
        Subject.Of("column-linear-vector", "z = Wx + b", [Input.Real("w", "M", "D"), Input.Real("x", "D"), Input.Real("b", "M")],
            x => ColumnLinear.Forward(x[0], x[1], x[2]),
            (dy, saved) => ColumnLinear.Backward(dy, saved) is var g ? [g.DW, g.DX, g.DB] : [],
            x => F.linear(x[1], x[0], x[2])),
        Layered("layer", "a = σ(Wx + b)", Activation.Sigmoid, torch.sigmoid),
        Layered("layer-identity", "a = Wx + b", Activation.Identity, z => z),
        Layered("layer-tanh", "a = tanh(Wx + b)", Activation.Tanh, torch.tanh),
        Layered("layer-relu", "a = max(0, Wx + b)", Activation.Relu, z => F.relu(z)),
        Subject.Of("neuron", "a = σ(wᵀx + b)", [Input.Real("w", "D"), Input.Real("x", "D"), Input.Real("b")],
            x => Neuron.Forward(x[0], x[1], x[2]),
            (dy, saved) => Neuron.Backward(dy, saved) is var g ? [g.DW, g.DX, g.DB] : [],
            x => torch.sigmoid(torch.dot(x[0], x[1]) + x[2])) with { Values = Moderate },
        Subject.Of("neuron-columns", "a = σ(wᵀX + b), one example a column", [Input.Real("w", "D"), Input.Real("x", "D", "N"), Input.Real("b")],
            x => Neuron.Forward(x[0], x[1], x[2]),
            (dy, saved) => Neuron.Backward(dy, saved) is var g ? [g.DW, g.DX, g.DB] : [],
            x => torch.sigmoid(torch.matmul(x[0], x[1]) + x[2])) with { Values = Moderate },
    ];

    private static IReadOnlyList<Subject> Errors() =>
    [
        Squared("regression-error", "J = ½ Σ (h − y)²", ErrorScale.Half),
        Squared("regression-error-half-mean", "J = 1/(2m) Σ (h − y)²", ErrorScale.HalfMean),
        Squared("regression-error-plain", "J = Σ (h − y)²", ErrorScale.Plain),
        Subject.Of("l2-penalty", "R = λ Σ θ²", [Input.Real("theta", "N", "D")],
            x => L2Penalty.Forward(x[0], Lambda),
            (dy, saved) => [L2Penalty.Backward(dy, saved).DTheta],
            x => x[0].pow(2).sum() * Lambda),
        Distance("cross-entropy", "H(p, q) = −Σ_n Σ_c p_nc log q_nc", BatchReduction.Sum),
        Distance("cross-entropy-mean", "H(p, q) = −(1/N) Σ_n Σ_c p_nc log q_nc", BatchReduction.Mean),
        TwoClasses("sigmoid-cross-entropy", "L = −Σ [t log σ(s) + (1 − t) log(1 − σ(s))]", BatchReduction.Sum),
        TwoClasses("sigmoid-cross-entropy-mean", "L = −(1/N) Σ [t log σ(s) + (1 − t) log(1 − σ(s))]", BatchReduction.Mean),
    ];

    private static IReadOnlyList<Subject> SmallModels() =>
    [
        Chain("two-weight-chain", "E = ½ (d − σ(w₂ σ(w₁x)))²"),
        Chain("two-weight-chain-batch", "E = ½ Σ_n (d_n − σ(w₂_n σ(w₁_n x_n)))²", "N"),
        Unary("fan-out", "Z = σ(x) ∘ tanh x + softmax(x)", FanOut.Forward, (dy, saved) => FanOut.Backward(dy, saved).DX, x => torch.sigmoid(x) * torch.tanh(x) + F.softmax(x, -1)),
        Regression("linear-regression", "J = ½ Σ (Xθ − y)²", ErrorScale.Half),
        Regression("linear-regression-half-mean", "J = 1/(2m) Σ (Xθ − y)²", ErrorScale.HalfMean),
        Regression("linear-regression-plain", "J = Σ (Xθ − y)²", ErrorScale.Plain),
        Logistic("logistic-regression", "J = −Σ log P(label), P(1 | x) = σ(θᵀx)", BatchReduction.Sum),
        Logistic("logistic-regression-mean", "J = −(1/N) Σ log P(label), P(1 | x) = σ(θᵀx)", BatchReduction.Mean),
        Subject.Of("linear-softmax", "J = −(1/N) Σ log softmax(Wx)_y + λ Σ W²", [Input.Real("w", "C", "D"), Input.Real("x", "N", "D"), Input.Labels("labels", "N", "C")],
            x => LinearSoftmax.Forward(x[0], x[1], x[2], Lambda),
            (dy, saved) => LinearSoftmax.Backward(dy, saved) is var g ? [g.DW, g.DX] : [],
            x => F.cross_entropy(F.linear(x[1], x[0]), x[2]) + x[0].pow(2).sum() * Lambda) with { Values = Moderate, MayBeEmpty = null },
        Subject.Of("embedding-softmax", "J = −(1/N) Σ log softmax(W L[id])_y + λ (Σ W² + Σ L²)",
            [Input.Real("w", "C", "D"), Input.Real("embeddings", "V", "D"), Input.Labels("ids", "N", "V"), Input.Labels("labels", "N", "C")],
            x => EmbeddingSoftmax.Forward(x[0], x[1], x[2], x[3], Lambda),
            (dy, saved) => EmbeddingSoftmax.Backward(dy, saved) is var g ? [g.DW, g.DEmbeddings] : [],
            // A product with one-hot rows in place of the lookup.
            x => F.cross_entropy(F.one_hot(x[2], x[1].shape[0]).to_type(x[1].dtype).matmul(x[1]).matmul(x[0].t()), x[3]) + (x[0].pow(2).sum() + x[1].pow(2).sum()) * Lambda)
            with { Values = Moderate, MayBeEmpty = null },
    ];

    /// <summary>Not extremes: pre-activations that are sums of 10⁸ round by more than what a sigmoid or a softmax of them can bear.</summary>
    private static IReadOnlyList<Values> Moderate => [Values.Ordinary, Values.Ties];

    private static Subject Activated(string name, string summary, Activation kind, Func<Tensor, Tensor> reference) =>
        Unary(name, summary, x => Activate.Forward(x, kind), (dy, saved) => Activate.Backward(dy, saved).DX, reference);

    private static Subject Layered(string name, string summary, Activation kind, Func<Tensor, Tensor> f) =>
        Subject.Of(name, summary, [Input.Real("w", "M", "D"), Input.Real("x", "D", "N"), Input.Real("b", "M", "1")],
            x => Layer.Forward(x[0], x[1], x[2], kind),
            (dy, saved) => Layer.Backward(dy, saved) is var g ? [g.DW, g.DX, g.DB] : [],
            x => f(torch.matmul(x[0], x[1]) + x[2])) with
        { Values = Moderate };

    /// <summary>libtorch's mean is over all entries; that of the notes over the examples, which are the rows.</summary>
    private static Subject Squared(string name, string summary, ErrorScale scale) =>
        Subject.Of(name, summary, [Input.Real("h", "N", "D"), Input.Real("y", "N", "D")],
            x => RegressionError.Forward(x[0], x[1], scale),
            (dy, saved) => RegressionError.Backward(dy, saved) is var g ? [g.DH, g.DY] : [],
            x => Scaled(scale, x[0], x[1])) with
        { MayBeEmpty = scale == ErrorScale.HalfMean ? null : "N" };

    private static Tensor Scaled(ErrorScale scale, Tensor h, Tensor y) => scale switch
    {
        ErrorScale.HalfMean => F.mse_loss(h, y) * (h.numel() / (2.0 * h.shape[0])),
        ErrorScale.Plain => F.mse_loss(h, y, torch.nn.Reduction.Sum),
        _ => F.mse_loss(h, y, torch.nn.Reduction.Sum) / 2,
    };

    private static Subject Distance(string name, string summary, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Probabilities("p", "N", "C"), Input.Probabilities("q", "N", "C")],
            x => CrossEntropy.Forward(x[0], x[1], reduction),
            (dy, saved) => CrossEntropy.Backward(dy, saved) is var g ? [g.DP, g.DQ] : [],
            x => reduction == BatchReduction.Mean ? -(x[0] * x[1].log()).sum(-1L).mean() : -(x[0] * x[1].log()).sum()) with
        { MayBeEmpty = Empty(reduction) };

    /// <summary>−log σ(s) is softplus(−s). Not libtorch's binary_cross_entropy_with_logits, nor logaddexp, which take a logarithm of 1 + e^(−|s|) without
    /// log1p and lose small losses in float32; and softplus with a threshold at which what it leaves out is below the last bit of float64.</summary>
    private static Subject TwoClasses(string name, string summary, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("logits", "N", "K"), Input.Distributions("target", "N", "K")],
            x => SigmoidCrossEntropy.Forward(x[0], x[1], reduction),
            (dy, saved) => [SigmoidCrossEntropy.Backward(dy, saved).DLogits],
            x => (x[1] * F.softplus(-x[0], threshold: 50) + (1 - x[1]) * F.softplus(x[0], threshold: 50)).sum()
                / (reduction == BatchReduction.Mean ? x[0].shape[0] : 1)) with
        { MayBeEmpty = Empty(reduction) };

    private static Subject Chain(string name, string summary, params string[] shape) =>
        Subject.Of(name, summary, [Input.Real("x", shape), Input.Real("w1", shape), Input.Real("w2", shape), Input.Real("d", shape)],
            x => TwoWeightChain.Forward(x[0], x[1], x[2], x[3]),
            (dy, saved) => TwoWeightChain.Backward(dy, saved) is var g ? [g.DX, g.DW1, g.DW2, g.DD] : [],
            x => F.mse_loss(torch.sigmoid(x[2] * torch.sigmoid(x[1] * x[0])), x[3], torch.nn.Reduction.Sum) / 2) with
        { Values = Moderate };

    private static Subject Regression(string name, string summary, ErrorScale scale) =>
        Subject.Of(name, summary, [Input.Real("x", "N", "D"), Input.Real("theta", "D"), Input.Real("y", "N")],
            x => LinearRegression.Forward(x[0], x[1], x[2], scale),
            (dy, saved) => LinearRegression.Backward(dy, saved) is var g ? [g.DX, g.DTheta, g.DY] : [],
            x => Scaled(scale, torch.mv(x[0], x[1]), x[2])) with
        { Values = Moderate, MayBeEmpty = scale == ErrorScale.HalfMean ? null : "N" };

    /// <summary>As a softmax of the logits 0 and θᵀx.</summary>
    private static Subject Logistic(string name, string summary, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("x", "N", "D"), Input.Real("theta", "D"), Input.Labels("labels", "N", "2")],
            x => LogisticRegression.Forward(x[0], x[1], x[2], reduction),
            (dy, saved) => LogisticRegression.Backward(dy, saved) is var g ? [g.DX, g.DTheta] : [],
            x => F.cross_entropy(torch.mv(x[0], x[1]) is var s ? torch.stack([torch.zeros_like(s), s], 1) : s, x[2], reduction: Torch(reduction))) with
        { Values = Moderate, MayBeEmpty = Empty(reduction) };
}
