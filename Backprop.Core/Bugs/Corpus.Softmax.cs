using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> SoftmaxBugs() =>
    [
        OfProbabilities("SMX-01", Softmax, CauseCode.DiagonalOnly, "dy · s (1 − s): the diagonal of the Jacobian", (g, s) => g * s * (1 - s)),
        OfProbabilities("SMX-02", Softmax, CauseCode.MissingFactor, "dy passed through", (g, _) => g),
        OfProbabilities("SMX-04", Softmax, CauseCode.Axis, "Σ dy s is taken down the columns", (g, s) => s * (g - (g * s).sum(0L, keepdim: true))),
        OfProbabilities("SMX-05", Softmax, CauseCode.MissingFactor, "s dy − Σ dy s: s is missing in the second term", (g, s) => s * g - RowDot(g, s)),
        Unary("SMX-07", SoftmaxTemperature, CauseCode.Scale, "1/T is missing", (dy, x) => F.softmax(x / Temperature, -1) is var s ? s * (dy - RowDot(dy, s)) : dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
        OfProbabilities("SMX-08", Softmax, CauseCode.Sign, "s (dy + Σ dy s)", (g, s) => s * (g + RowDot(g, s))),
        OfProbabilities("SMX-10", Softmax, CauseCode.MissingFactor, "dy − s Σ dy s: s is missing in the first term", (g, s) => g - s * RowDot(g, s)),

        OfProbabilities("SMX-51", Softmax, CauseCode.MissingTerm, "s dy: the second term is missing", (g, s) => s * g) with { AlsoAccepted = [CauseCode.DiagonalOnly] },
        OfProbabilities("SMX-52", Softmax, CauseCode.MissingFactor, "s (dy − Σ dy): s is missing in the sum", (g, s) => s * (g - g.sum(-1L, keepdim: true))),
        OfProbabilities("SMX-53", Softmax, CauseCode.Scale, "s (dy − mean of dy s): a mean where a sum is meant", (g, s) => s * (g - (g * s).mean([-1L], true))) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.MissingFactor, CauseCode.Axis] },
        Unary("SMX-54", Softmax, CauseCode.Axis, "softmax down the columns", (dy, x) => F.softmax(x, 0) is var s ? s * (dy - (dy * s).sum(0L, keepdim: true)) : dy),
        Unary("SMX-55", Softmax, CauseCode.WrongArgument, "softmax applied twice", (dy, x) => F.softmax(F.softmax(x, -1), -1) is var s ? s * (dy - RowDot(dy, s)) : dy),
        OfProbabilities("SMX-56", Softmax, CauseCode.Coupling, "Σ dy s is taken over the whole batch", (g, s) => s * (g - (g * s).sum())) with { AlsoAccepted = [CauseCode.Axis] },
        OfProbabilities("SMX-57", Softmax, CauseCode.CotangentIgnored, "s (1 − s), without dy", (_, s) => s * (1 - s)),
        OfProbabilities("SMX-58", Softmax, CauseCode.Sign, "s (Σ dy s − dy)", (g, s) => s * (RowDot(g, s) - g)),
        Unary("SMX-59", Softmax, CauseCode.WrongArgument, "x (dy − Σ dy x): the logits where the probabilities are meant", (dy, x) => x * (dy - RowDot(dy, x))),
        Unary("SMX-60", SoftmaxTemperature, CauseCode.Scale, "times T where it is to be divided", (dy, x) => F.softmax(x / Temperature, -1) is var s ? s * (dy - RowDot(dy, s)) * Temperature : dy),
        Unary("SMX-61", SoftmaxTemperature, CauseCode.WrongArgument, "softmax(x) where softmax(x / T) is meant", (dy, x) => F.softmax(x, -1) is var s ? s * (dy - RowDot(dy, s)) / Temperature : dy),
        Unary("SMX-62", SoftmaxTemperature, CauseCode.Scale, "1/T²", (dy, x) => F.softmax(x / Temperature, -1) is var s ? s * (dy - RowDot(dy, s)) / (Temperature * Temperature) : dy) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("SMX-63", SoftmaxTemperature, CauseCode.WrongArgument, "softmax(T x) where softmax(x / T) is meant", (dy, x) => F.softmax(x * Temperature, -1) is var s ? s * (dy - RowDot(dy, s)) / Temperature : dy),
        OfProbabilities("SMX-64", Softmax, CauseCode.MissingFactor, "dy − Σ dy s: the outer s is missing", (g, s) => g - RowDot(g, s)),
        OfProbabilities("SMX-65", Softmax, CauseCode.Approximate, "s is kept above 0.01", (g, s) => s.clamp_min(0.01) is var t ? t * (g - RowDot(g, t)) : g) with { Inputs = [Input.Range("x", -3, 3, "N", "D")] },
        OfProbabilities("SMX-66", Softmax, CauseCode.Coupling, "the probabilities of the last row for all rows", (g, s) => s.narrow(0, s.shape[0] - 1, 1) is var t ? t * (g - (g * t).sum(-1L, keepdim: true)) : g) with { AlsoAccepted = [CauseCode.WrongArgument] },
        OfProbabilities("SMX-67", Softmax, CauseCode.MissingTerm, "off the diagonal only: −s_i Σ_(j≠i) dy_j s_j", (g, s) => s * (g * s - RowDot(g, s))) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        OfProbabilities("SMX-68", Softmax, CauseCode.ExtraFactor, "s² (dy − Σ dy s)", (g, s) => s * s * (g - RowDot(g, s))),
        Stale("SMX-69", Softmax, "s is that of the call before", 0, 0, (dy, x) => F.softmax(x[0], -1) is var s ? s * (dy - RowDot(dy, s)) : dy),
        OfProbabilities("SMX-70", Softmax, CauseCode.Scale, "divided by C", (g, s) => s * (g - RowDot(g, s)) / s.shape[1]),
        Unary("SMX-71", Softmax, CauseCode.MissingFactor, "e^x where e^x / Σ e^x is meant: not normalised", (dy, x) => x.exp() is var e ? e * (dy - RowDot(dy, e)) : dy) with { AlsoAccepted = [CauseCode.WrongArgument] },
        OfProbabilities("SMX-72", Softmax, CauseCode.ExtraFactor, "dy · s² for the sum: s (dy − Σ dy s²)", (g, s) => s * (g - (g * s * s).sum(-1L, keepdim: true))),
        OfProbabilities("SMX-73", Softmax, CauseCode.NotLinear, "s (dy − max dy)", (g, s) => s * (g - g.amax([-1L], true))),

        OfProbabilities("SJA-51", SoftmaxJacobian, CauseCode.DiagonalOnly, "v · diag σ(1 − σ)", (g, s) => g * s * (1 - s)),
        OfProbabilities("SJA-52", SoftmaxJacobian, CauseCode.Sign, "v · (diag σ + σᵀσ)", (g, s) => s * g + s * RowDot(g, s)),
        OfProbabilities("SJA-53", SoftmaxJacobian, CauseCode.MissingTerm, "v · diag σ", (g, s) => s * g) with { AlsoAccepted = [CauseCode.DiagonalOnly] },
        OfProbabilities("SJA-54", SoftmaxJacobian, CauseCode.Sign, "v · (σᵀσ − diag σ)", (g, s) => s * RowDot(g, s) - s * g),
        OfProbabilities("SJA-55", SoftmaxJacobian, CauseCode.MissingFactor, "v · (1 − σᵀσ): σ is missing on the diagonal", (g, s) => g - s * RowDot(g, s)),
        .. LogSoftmaxBugs(),
    ];

    private static IReadOnlyList<Bug> LogSoftmaxBugs() =>
    [
        OfProbabilities("LSM-01", LogSoftmax, CauseCode.Sign, "dy + s Σ dy", (g, s) => g + s * RowSum(g)),
        Unary("LSM-02", LogSoftmax, CauseCode.WrongArgument, "dy − log s Σ dy: exp is missing", (dy, x) => dy - F.log_softmax(x, -1) * RowSum(dy)),
        // A mean is a sum over C too little: the constant is inside.
        OfProbabilities("LSM-04", LogSoftmax, CauseCode.Scale, "dy − s · mean of dy", (g, s) => g - s * g.mean([-1L], true)) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.MissingFactor, CauseCode.Axis] },
        OfProbabilities("LSM-05", LogSoftmax, CauseCode.MissingTerm, "dy passed through: s Σ dy is missing", (g, _) => g),

        OfProbabilities("LSM-51", LogSoftmax, CauseCode.MissingFactor, "dy − Σ dy: s is missing", (g, _) => g - RowSum(g)),
        OfProbabilities("LSM-52", LogSoftmax, CauseCode.MissingFactor, "dy − s: Σ dy is missing, as if dy were one-hot", (g, s) => g - s) with { AlsoAccepted = [CauseCode.NotLinear] },
        OfProbabilities("LSM-53", LogSoftmax, CauseCode.ExtraFactor, "dy − s Σ dy s: the sum of softmax's own gradient", (g, s) => g - s * RowDot(g, s)),
        OfProbabilities("LSM-54", LogSoftmax, CauseCode.MissingFactor, "softmax's own gradient: 1/s of the logarithm is missing", (g, s) => s * (g - RowDot(g, s))) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.ExtraFactor] },
        OfProbabilities("LSM-55", LogSoftmax, CauseCode.Axis, "Σ dy is taken down the columns", (g, s) => g - s * g.sum(0L, keepdim: true)),
        OfProbabilities("LSM-56", LogSoftmax, CauseCode.Coupling, "Σ dy is taken over the whole batch", (g, s) => g - s * g.sum()) with { AlsoAccepted = [CauseCode.Axis] },
        Unary("LSM-57", LogSoftmax, CauseCode.Axis, "s is softmax down the columns", (dy, x) => dy - F.softmax(x, 0) * RowSum(dy)),
        OfProbabilities("LSM-58", LogSoftmax, CauseCode.DiagonalOnly, "dy (1 − s): the diagonal of the Jacobian", (g, s) => g * (1 - s)),
        OfProbabilities("LSM-59", LogSoftmax, CauseCode.Sign, "s Σ dy − dy", (g, s) => s * RowSum(g) - g),
        Unary("LSM-60", LogSoftmax, CauseCode.WrongArgument, "softmax of y where exp of y is meant, of a y that is not normalised", (dy, x) => dy - F.softmax(F.softmax(x, -1), -1) * RowSum(dy)),
        OfProbabilities("LSM-61", LogSoftmax, CauseCode.MissingTerm, "−s Σ dy: dy itself is missing", (g, s) => -(s * RowSum(g))),
        OfProbabilities("LSM-62", LogSoftmax, CauseCode.CotangentIgnored, "1 − C s: dy taken for ones", (_, s) => 1 - s * s.shape[1]),
        Stale("LSM-63", LogSoftmax, "s is that of the call before", 0, 0, (dy, x) => dy - F.softmax(x[0], -1) * RowSum(dy)),
        Unary("LSM-64", LogSumExp, CauseCode.MissingFactor, "dy spread evenly: softmax is missing", (dy, x) => (dy.unsqueeze(1) / x.shape[1]).expand(x.shape)),
        Unary("LSM-65", LogSumExp, CauseCode.Approximate, "all of dy to the greatest entry: the gradient of max", (dy, x) => dy.unsqueeze(1) * Gate(x.eq(x.amax([-1L], true)), x)) with { AlsoAccepted = [CauseCode.Mask] },
        Unary("LSM-66", LogSumExp, CauseCode.Axis, "softmax down the columns", (dy, x) => dy.unsqueeze(1) * F.softmax(x, 0)),
        Unary("LSM-67", LogSumExp, CauseCode.MissingFactor, "dy e^x: not divided by the sum", (dy, x) => dy.unsqueeze(1) * x.exp()),
        Unary("LSM-68", LogSumExp, CauseCode.CotangentIgnored, "softmax, without dy", (_, x) => F.softmax(x, -1)),
        Unary("LSM-69", LogSumExp, CauseCode.WrongArgument, "dy / e^x: the reciprocal of the wrong thing", (dy, x) => dy.unsqueeze(1) * (-x).exp() * x.exp().sum(-1L, keepdim: true)),
    ];

    /// <summary>From the cotangent and the probabilities.</summary>
    private static Bug OfProbabilities(string id, Operation operation, string cause, string summary, Func<Tensor, Tensor, Tensor> gradient) =>
        Unary(id, operation, cause, summary, (dy, x) => gradient(dy, F.softmax(x, -1)));

    private static Tensor RowDot(Tensor dy, Tensor s) => (dy * s).sum(-1L, keepdim: true);

    private static Tensor RowSum(Tensor dy) => dy.sum(-1L, keepdim: true);
}
