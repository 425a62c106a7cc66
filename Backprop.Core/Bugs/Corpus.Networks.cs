using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    /// <summary>Of the inputs x, w₁, b₁, w₂, b₂ and the target.</summary>
    private static IReadOnlyList<Bug> NetworkBugs() =>
    [
        Network("NNW-51", CauseCode.MissingFactor, "σ′ of the hidden layer is missing", new() { Slope = (_, h) => torch.ones_like(h) }),
        Network("NNW-52", CauseCode.WrongArgument, "σ′ is fed with the pre-activations: z (1 − z)", new() { Slope = (z, _) => z * (1 - z) }),
        Network("NNW-53", CauseCode.WrongArgument, "σ′ is fed with σ(h): applied twice", new() { Slope = (_, h) => h.sigmoid() * (1 - h.sigmoid()) }),
        Network("NNW-54", CauseCode.MissingFactor, "1 − h: an h is missing", new() { Slope = (_, h) => 1 - h }),
        Network("NNW-55", CauseCode.ExtraFactor, "σ′ of the hidden layer twice", new() { Slope = (_, h) => (h * (1 - h)).pow(2) }),
        Network("NNW-56", CauseCode.MissingTerm, "p, without the 1 of the true class", new() { Error = (p, _) => p }),
        Network("NNW-57", CauseCode.ExtraFactor, "the squared error's derivative on top: (p − t) p (1 − p)", new() { Error = (p, t) => (p - t) * p * (1 - p) }),
        Network("NNW-58", CauseCode.Sign, "t − p", new() { Error = (p, t) => t - p }),
        Gradient("NNW-59", NeuralNetwork, CauseCode.WrongArgument, "dw₂ has the hidden layer's pre-activations", 3, (dy, x) => Passed(dy, x, new()) is var pass ? pass.Z.t().mm(pass.DOutput) : dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Changed("NNW-60", NeuralNetwork, CauseCode.Scale, "db₁ is averaged over the batch", (g, x) => [g[0], g[1], g[2] / x[0].shape[0], g[3], g[4]]),
        Bug.Of("NNW-61", NeuralNetwork, CauseCode.NotLinear, "w₂ is stepped before it carries the error back", (dy, x) => NeuralNetwork.Backward(dy, x) is var right
            && NeuralNetwork.Backward(dy, [x[0], x[1], x[2], x[3] - right[3] * 0.1, x[4], x[5]]) is var late ? [late[0], late[1], late[2], right[3], right[4]] : []) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Changed("NNW-62", NeuralNetwork, CauseCode.Zero, "the first layer is never reached", (g, _) => [g[0], torch.zeros_like(g[1]), g[2], g[3], g[4]]),
        Stale("NNW-63", NeuralNetwork, "dw₁ uses the x of the call before", 1, 0, (dy, x) => NeuralNetwork.Backward(dy, x)[1]),
        Gradient("NNW-64", NeuralNetwork, CauseCode.NotReduced, "db₂ is left N×C", 4, (dy, x) => Passed(dy, x, new()).DOutput) with { AlsoAccepted = [CauseCode.Shape] },
        Elsewhere("NNW-65", NeuralNetworkMean, CauseCode.Scale, "the mean's 1/N is missing", (dy, x) => dy * x[0].shape[0]),
        Elsewhere("NNW-66", NeuralNetworkSquaredError, CauseCode.Scale, "a 2 from the square, which the ½ has taken already", (dy, _) => dy * 2),
        Changed("NNW-67", NeuralNetworkHinge, CauseCode.Zero, "w₂ has no gradient", (g, _) => [g[0], g[1], g[2], torch.zeros_like(g[3]), g[4]]),
        Changed("NNW-68", NeuralNetworkDeep, CauseCode.Zero, "the first layer's bias is not returned as it is, but as zeros", (g, _) => [g[0], g[1], torch.zeros_like(g[2]), .. g.Skip(3)]),
        Changed("NNW-69", NeuralNetworkDeep, CauseCode.Scale, "the second layer's eighth is missing in dw₂", (g, _) => [.. g.Take(3), g[3] * 8, .. g.Skip(4)]),
        Network("NNW-70", CauseCode.MissingFactor, "w₂ᵀ's columns are all ones: the error is only summed on its way back", new() { Carry = (error, w2) => error.sum(1L, keepdim: true).expand(error.shape[0], w2.shape[0]) })
            with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.Axis] },

        Elsewhere("NNW-71", NeuralNetworkMean, CauseCode.WrongArgument, "only the likeliest class of each target counts", (dy, _) => dy,
            (_, x) => [.. x.Take(5), Rules.OneHot.Of(x[5].argmax(1), x[5].shape[1], x[5].dtype)]) with { AlsoAccepted = [CauseCode.Mask] },
        Gradient("NNW-72", NeuralNetworkHinge, CauseCode.Mask, "db₂ has no gate", 4, (dy, x) => (dy * (1 - Rules.OneHot.Of(x[5], x[4].shape[0], dy.dtype) * x[4].shape[0])).sum(0L)),
        Elsewhere("NNW-73", NeuralNetworkSquaredError, CauseCode.MissingTerm, "the target is forgotten", (dy, _) => dy, (_, x) => [.. x.Take(5), torch.zeros_like(x[5])]) with { AlsoAccepted = [CauseCode.WrongArgument] },

        Changed("CNN-51", ColumnNeuralNetwork, CauseCode.Transpose, "dw₁ comes as D×H", (g, _) => [g[0], g[1].t(), g[2], g[3], g[4]]) with { AlsoAccepted = [CauseCode.Shape] },
        Changed("CNN-52", ColumnNeuralNetwork, CauseCode.Scale, "db₁ is averaged over the columns", (g, x) => [g[0], g[1], g[2] / x[0].shape[1], g[3], g[4]]),
        Elsewhere("CNN-53", ColumnNeuralNetworkMean, CauseCode.Scale, "the mean's 1/N is missing", (dy, x) => dy * x[0].shape[1]),
        Changed("CNN-54", ColumnNeuralNetworkMean, CauseCode.Zero, "w₂ is not trained", (g, _) => [g[0], g[1], g[2], torch.zeros_like(g[3]), g[4]]),
        Changed("DLT-51", DeltaRecursion, CauseCode.Sign, "δ¹ loses its sign on the way to w₁", (g, _) => [g[0], -g[1], g[2], g[3], g[4]]),
        Gradient("DLT-52", DeltaRecursion, CauseCode.MissingFactor, "δ¹ lacks f′(z¹) on the way to x", 0, (dy, x) => x[1].t().mm(x[3].t().mm(dy))),
        Gradient("DLT-53", DeltaRecursion, CauseCode.WrongArgument, "f′ is taken at a¹ where z¹ is meant", 1,
            (dy, x) => (x[1].mm(x[0]) + x[2].unsqueeze(1)).sigmoid() is var a ? (x[3].t().mm(dy) * a.sigmoid() * (1 - a.sigmoid())).mm(x[0].t()) : dy) with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.ExtraFactor] },
        Gradient("DLT-54", DeltaRecursion, CauseCode.WrongArgument, "dw₂ has z¹ where a¹ is meant", 3, (dy, x) => dy.mm((x[1].mm(x[0]) + x[2].unsqueeze(1)).t())) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Gradient("DLT-55", DeltaRecursion, CauseCode.MissingFactor, "δ¹ lacks f′(z¹) on the way to b₁", 2, (dy, x) => x[3].t().mm(dy).sum(1L)),
        Elsewhere("DLT-56", DeltaRecursion, CauseCode.CotangentIgnored, "δ at the output is 1", (dy, _) => torch.ones_like(dy)),
    ];

    private static IReadOnlyList<Bug> LayeredBugs() =>
    [
        Changed("SEQ-51", LayerSequence, CauseCode.Shape, "db₁ comes as H where b₁ is 1×H", (g, _) => [g[0], g[1], g[2].squeeze(0), g[3], g[4]]),
        Gradient("SEQ-52", LayerSequence, CauseCode.MissingFactor, "the first layer lacks the second's tanh′", 1, (dy, x) => HiddenOf(x) is var h ? x[0].t().mm(dy.mm(x[3].t()) * h * (1 - h)) : dy),
        Gradient("SEQ-53", LayerSequence, CauseCode.MissingFactor, "the first layer lacks its own σ′", 0, (dy, x) => (dy * (1 - LayerSequence.Forward(x).pow(2))).mm(x[3].t()).mm(x[1].t())),
        Gradient("SEQ-54", LayerSequence, CauseCode.WrongArgument, "dw₂ has the input where the hidden layer is meant, legal when D = H", 3, (dy, x) => x[0].t().mm(dy * (1 - LayerSequence.Forward(x).pow(2))))
            with { Inputs = [Input.Real("x", "N", "D"), Input.Real("w1", "D", "D"), Input.Real("b1", "1", "D"), Input.Real("w2", "D", "M"), Input.Real("b2", "M")] },
        Gradient("SEQ-55", LayerSequence, CauseCode.WrongArgument, "tanh′ is taken with σ's formula", 4, (dy, x) => LayerSequence.Forward(x) is var y ? (dy * y * (1 - y)).sum(0L) : dy) with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.ExtraFactor] },

        Changed("OLS-51", OutputLoss, CauseCode.Sign, "t − θ", (g, _) => [-g[0]]),
        Elsewhere("OLS-52", OutputLoss, CauseCode.Scale, "a 2 from the square, which the ½ has taken already", (dy, _) => dy * 2),
        Elsewhere("OLS-53", OutputLossMean, CauseCode.Scale, "the mean is over the entries", (dy, x) => dy / x[0].shape[1]),
        Unary("OLS-54", OutputLossMean, CauseCode.MissingTerm, "the target is forgotten", (dy, x) => dy * x / x.shape[0]),
        Elsewhere("OLS-55", OutputLossHingeMean, CauseCode.Scale, "the mean's 1/N is missing", (dy, x) => dy * x[0].shape[0]),
        Gradient("OLS-56", OutputLossHingeMean, CauseCode.Mask, "the true class gets minus one for every other class, violated or not", 0, (dy, x) => dy / x[0].shape[0] * (Open(x) - TrueClass(x) * (x[0].shape[1] - 1)))
            with { AlsoAccepted = [CauseCode.ExtraTerm] },
        Gradient("OLS-57", OutputLossCrossEntropy, CauseCode.MissingTerm, "p, without the 1 of the true class", 0, (dy, x) => dy * x[0].softmax(-1)),
        Gradient("OLS-58", OutputLossCrossEntropy, CauseCode.ExtraFactor, "(p − t) p (1 − p)", 0, (dy, x) => x[0].softmax(-1) is var p ? dy * (p - TrueClass(x)) * p * (1 - p) : dy),

        Changed("SMC-51", SoftmaxClassifier, CauseCode.Scale, "dw is averaged though the loss is a sum", (g, x) => [g[0], g[1] / x[0].shape[0], g[2]]),
        Changed("SMC-52", SoftmaxClassifier, CauseCode.Zero, "x is taken for data", (g, _) => [torch.zeros_like(g[0]), g[1], g[2]]),
        Gradient("SMC-53", SoftmaxClassifier, CauseCode.WrongArgument, "dw has softmax over the batch", 1, (dy, x) => x[0].t().mm(dy * (Classified(x).softmax(0) - TrueClass([Classified(x), x[3]])))) with { AlsoAccepted = [CauseCode.Axis, CauseCode.Coupling] },
        Gradient("SMC-54", SoftmaxClassifier, CauseCode.MissingTerm, "dw = xᵀp", 1, (dy, x) => x[0].t().mm(dy * Classified(x).softmax(-1))),
        Gradient("SMC-55", SoftmaxClassifier, CauseCode.Sign, "dx = (t − p) wᵀ", 0, (dy, x) => -SoftmaxClassifier.Backward(dy, x)[0]),
        Gradient("SMC-56", SoftmaxClassifier, CauseCode.WrongArgument, "db's p is of logits without b", 2, (dy, x) => SoftmaxClassifier.Backward(dy, [x[0], x[1], torch.zeros_like(x[2]), x[3]])[2]),
    ];

    /// <summary>A wrong version of neural-network: what differs is in <paramref name="ways"/>.</summary>
    private static Bug Network(string id, string cause, string summary, Steps ways) => Bug.Of(id, NeuralNetwork, cause, summary, (dy, x) =>
    {
        var pass = Passed(dy, x, ways);
        return [pass.DZ.mm(x[1].t()), x[0].t().mm(pass.DZ), pass.DZ.sum(0L), pass.H.t().mm(pass.DOutput), pass.DOutput.sum(0L)];
    });

    /// <summary>How the network's error goes back; each as it is right unless it is said otherwise.</summary>
    private sealed record Steps
    {
        /// <summary>From the probabilities and the target.</summary>
        internal Func<Tensor, Tensor, Tensor> Error { get; init; } = (p, t) => p - t;

        internal Func<Tensor, Tensor, Tensor> Carry { get; init; } = (error, w2) => error.mm(w2.t());

        /// <summary>From the pre-activations and the activations.</summary>
        internal Func<Tensor, Tensor, Tensor> Slope { get; init; } = (_, h) => h * (1 - h);
    }

    private sealed record Pass(Tensor Z, Tensor H, Tensor DOutput, Tensor DZ);

    private static Pass Passed(Tensor dy, IReadOnlyList<Tensor> x, Steps ways)
    {
        var z = x[0].mm(x[1]) + x[2];
        var h = z.sigmoid();
        var output = h.mm(x[3]) + x[4];
        var error = dy * ways.Error(output.softmax(-1), Rules.OneHot.Of(x[5], output.shape[1], dy.dtype));
        return new(z, h, error, ways.Carry(error, x[3]) * ways.Slope(z, h));
    }

    private static Tensor HiddenOf(IReadOnlyList<Tensor> x) => (x[0].mm(x[1]) + x[2]).sigmoid();

    private static Tensor Classified(IReadOnlyList<Tensor> x) => x[0].mm(x[1]) + x[2];
}
