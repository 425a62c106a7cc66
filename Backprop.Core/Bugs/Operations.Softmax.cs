using Backprop.Rules;
using Backprop.Verify;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Softmax, its logarithm, and cross-entropy of it.</summary>
    internal static IReadOnlyList<Operation> Softmaxes() =>
    [
        Softmax, SoftmaxTemperature, LogSoftmax, LogSumExp, CrossEntropySum, CrossEntropyMean, CrossEntropyDistributions,
        CrossEntropyDistributionsMean, CrossEntropyByRow, CrossEntropyWeighted, CrossEntropyIgnoring, SmoothedCrossEntropy, CrossEntropyTemperature,
    ];

    /// <summary>Of <see cref="SoftmaxTemperature"/>.</summary>
    internal const double Temperature = 2;

    /// <summary>Of <see cref="SmoothedCrossEntropy"/>.</summary>
    internal const double Smoothing = 0.1;

    /// <summary>The label of a row that does not count.</summary>
    internal const long Ignored = -1;

    /// <summary>y_i = e^(x_i) / Σ_j e^(x_j).</summary>
    public static Operation Softmax { get; } = Rule("softmax");

    /// <summary>y = softmax(x / T).</summary>
    public static Operation SoftmaxTemperature { get; } = Unary("softmax-temperature", "y = softmax(x / T), T = 2",
        x => torch.nn.functional.softmax(x / Temperature, -1),
        (dy, x) => Rules.Softmax.Backward(dy, Rules.Softmax.Forward(x / Temperature).Saved).DX / Temperature,
        new Constant("T", Temperature));

    /// <summary>y_i = x_i − log Σ_j e^(x_j).</summary>
    public static Operation LogSoftmax { get; } = Rule("log-softmax");

    /// <summary>y_n = log Σ_j e^(x_nj).</summary>
    public static Operation LogSumExp { get; } = Unary("log-sum-exp", "y_n = log Σ_j e^(x_nj)",
        x => x.logsumexp(-1L),
        (dy, x) => dy.unsqueeze(-1) * Rules.Softmax.Forward(x).Y);

    /// <summary>Softmax and cross-entropy on labels, summed over the rows.</summary>
    public static Operation CrossEntropySum { get; } = Rule("softmax-cross-entropy");

    /// <summary>Softmax and cross-entropy on labels, averaged over the rows.</summary>
    public static Operation CrossEntropyMean { get; } = Rule("softmax-cross-entropy-mean");

    /// <summary>Softmax and cross-entropy against distributions, summed over the rows.</summary>
    public static Operation CrossEntropyDistributions { get; } = Rule("softmax-cross-entropy-distributions");

    /// <summary>Softmax and cross-entropy against distributions, averaged over the rows.</summary>
    public static Operation CrossEntropyDistributionsMean { get; } = Rule("softmax-cross-entropy-distributions-mean");

    /// <summary>Softmax and cross-entropy, a loss for each row.</summary>
    public static Operation CrossEntropyByRow { get; } = new()
    {
        Name = "softmax-cross-entropy-none",
        Summary = "l_n = −log softmax(x_n)_(y_n)",
        Inputs = Labelled(),
        Forward = x => torch.nn.functional.cross_entropy(x[0], x[1], reduction: torch.nn.Reduction.None),
        Backward = (dy, x) => [Rows(dy, x[0], x[1])],
    };

    /// <summary>Softmax and cross-entropy with a weight for each class, divided by the weights of the labels that occur.</summary>
    public static Operation CrossEntropyWeighted { get; } = new()
    {
        Name = "softmax-cross-entropy-weighted",
        Summary = "L = −Σ_n w_(y_n) log softmax(x_n)_(y_n) / Σ_n w_(y_n)",
        Inputs = [.. Labelled(), Input.Positive("weights", "C").NoGradient()],
        Forward = x => x[2].index_select(0, x[1]) is var w ? -(w * LogLikelihoods(x[0], x[1])).sum() / w.sum() : x[0],
        Backward = (dy, x) => x[2].index_select(0, x[1]) is var w ? [Rows(dy * w / w.sum(), x[0], x[1])] : [],
    };

    /// <summary>Softmax and cross-entropy, averaged over the rows that are not labelled −1.</summary>
    public static Operation CrossEntropyIgnoring { get; } = new()
    {
        Name = "softmax-cross-entropy-ignoring",
        Summary = "L = −(1/N_kept) Σ_(n: y_n ≠ −1) log softmax(x_n)_(y_n)",
        Inputs = [Input.Real("logits", "N", "C"), Input.Labels("labels", "N", "C") with { Ignored = Ignored }],
        Forward = x => -(Kept(x) * LogLikelihoods(x[0], x[1].clamp_min(0))).sum() / KeptCount(x),
        Backward = (dy, x) => [Rows(dy * Kept(x) / KeptCount(x), x[0], x[1].clamp_min(0))],
    };

    /// <summary>Softmax and cross-entropy against smoothed labels, averaged over the rows.</summary>
    public static Operation SmoothedCrossEntropy { get; } = new()
    {
        Name = "softmax-cross-entropy-smoothed",
        Summary = "L = −(1/N) Σ_n Σ_k t_nk log softmax(x_n)_k, t = (1 − ε) Y + ε/C, ε = 0.1",
        Inputs = Labelled(),
        Forward = x => -(Smooth(x) * torch.nn.functional.log_softmax(x[0], -1)).sum() / x[0].shape[0],
        Backward = (dy, x) => [Rules.SoftmaxCrossEntropy.Backward(dy, Rules.SoftmaxCrossEntropy.Forward(x[0], Smooth(x), BatchReduction.Mean).Saved).DLogits],
        Constants = [new("ε", Smoothing)],
    };

    /// <summary>Softmax and cross-entropy of x / T, averaged over the rows.</summary>
    public static Operation CrossEntropyTemperature { get; } = new()
    {
        Name = "softmax-cross-entropy-temperature",
        Summary = "L = −(1/N) Σ_n log softmax(x_n / T)_(y_n), T = 2",
        Inputs = Labelled(),
        Forward = x => torch.nn.functional.cross_entropy(x[0] / Temperature, x[1]),
        Backward = (dy, x) => [Rules.SoftmaxCrossEntropy.Backward(dy / Temperature, Rules.SoftmaxCrossEntropy.Forward(x[0] / Temperature, x[1], BatchReduction.Mean).Saved).DLogits],
        Constants = [new("T", Temperature)],
    };

    /// <summary>1 for rows that count, 0 for those that are ignored.</summary>
    internal static Tensor Kept(IReadOnlyList<Tensor> x) => x[1].ne(Ignored).to_type(x[0].dtype);

    /// <summary>How many rows count; 1 where none does, so that nothing is divided by 0.</summary>
    internal static Tensor KeptCount(IReadOnlyList<Tensor> x) => Kept(x).sum().clamp_min(1);

    /// <summary>(1 − ε) Y + ε/C.</summary>
    internal static Tensor Smooth(IReadOnlyList<Tensor> x) => Rules.OneHot.Of(x[1], x[0].shape[1], x[0].dtype) * (1 - Smoothing) + Smoothing / x[0].shape[1];

    private static IReadOnlyList<Input> Labelled() => [Input.Real("logits", "N", "C"), Input.Labels("labels", "N", "C")];

    private static Tensor LogLikelihoods(Tensor logits, Tensor labels) => torch.nn.functional.log_softmax(logits, -1).gather(1, labels.unsqueeze(1)).squeeze(1);

    /// <summary>The gradient of the losses of the rows, each for a cotangent of its own.</summary>
    private static Tensor Rows(Tensor dys, Tensor logits, Tensor labels) =>
        Rules.SoftmaxCrossEntropy.Backward(dys.unsqueeze(1), Rules.SoftmaxCrossEntropy.Forward(logits, labels).Saved).DLogits;
}
