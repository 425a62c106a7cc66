using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> ProductBugs() =>
    [
        Changed("HAD-51", Hadamard, CauseCode.Swapped, "du = dy ∘ u, dv = dy ∘ v: each its own factor", (d, _) => [d[1], d[0]]),
        Gradient("HAD-52", Hadamard, CauseCode.MissingFactor, "du = dy, without v", 0, (dy, _) => dy),
        Gradient("HAD-53", Hadamard, CauseCode.CotangentIgnored, "dv = u, without dy", 1, (_, x) => x[0].clone()),
        Gradient("HAD-54", Hadamard, CauseCode.ExtraFactor, "du = dy ∘ u ∘ v", 0, (dy, x) => dy * x[0] * x[1]),
        Gradient("DOT-51", Dot, CauseCode.WrongArgument, "du = dy u", 0, (dy, x) => dy * x[0]) with { AlsoAccepted = [CauseCode.Swapped] },
        Gradient("DOT-52", Dot, CauseCode.Sign, "dv = −dy u", 1, (dy, x) => -dy * x[0]),
        Gradient("DOT-53", Dot, CauseCode.ExtraTerm, "du = dy (v + u)", 0, (dy, x) => dy * (x[0] + x[1])),
        Gradient("DOT-54", Dot, CauseCode.Constant, "du = dy times the sum of v in every entry", 0, (dy, x) => (dy * x[1].sum()).expand(x[0].shape)) with { AlsoAccepted = [CauseCode.Axis] },
        Gradient("OUT-51", OuterProduct, CauseCode.MissingFactor, "du = the row sums of dy, without v", 0, (dy, _) => dy.sum(1L)),
        Gradient("OUT-52", OuterProduct, CauseCode.NotReduced, "du = dy ∘ v, not summed", 0, (dy, x) => dy * x[1]) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("OUT-53", OuterProduct, CauseCode.Transpose, "dv = dy u: not transposed, legal when M = D", 1, (dy, x) => dy.mv(x[0]))
            with { Inputs = [Input.Real("u", "D"), Input.Real("v", "D")], AlsoAccepted = [CauseCode.Axis, CauseCode.WrongArgument] },
        Gradient("OUT-54", OuterProduct, CauseCode.Scale, "dv = dyᵀu / M", 1, (dy, x) => dy.t().mv(x[0]) / x[0].shape[0]),
        Gradient("LFM-51", LinearForm, CauseCode.Transpose, "dA = dy xᵀ, M×D", 1, (dy, x) => dy.outer(x[0])) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("LFM-52", LinearForm, CauseCode.CotangentIgnored, "dx = the row sums of A, without dy", 0, (_, x) => x[1].sum(1L)),
        Gradient("LFM-53", LinearForm, CauseCode.Transpose, "dx = dy A: not transposed, legal when M = D", 0, (dy, x) => dy.unsqueeze(0).mm(x[1]).squeeze(0))
            with { Inputs = [Input.Real("x", "D"), Input.Real("a", "D", "D")], AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("LFM-54", LinearForm, CauseCode.MissingFactor, "dA = dy in every row, without x", 1, (dy, x) => dy.expand(x[1].shape)),
        Gradient("PAI-51", PairProduct, CauseCode.Duplicates, "du is assigned row by row: of a row that comes again the last is left", 0, (dy, x) => Assigned(x[2], x[0], dy.unsqueeze(1) * x[3].index_select(0, x[1]))),
        Gradient("PAI-52", PairProduct, CauseCode.Duplicates, "dv is averaged over the pairs of a column", 1,
            (dy, x) => Added(x[3], x[1], dy.unsqueeze(1) * x[2].index_select(0, x[0])) / Added(x[3], x[1], torch.ones_like(dy).unsqueeze(1).expand(dy.shape[0], x[3].shape[1])).clamp_min(1)),
        Gradient("PAI-53", PairProduct, CauseCode.WrongArgument, "du gets dy u where dy v is meant", 0, (dy, x) => Added(x[2], x[0], dy.unsqueeze(1) * x[2].index_select(0, x[0]))),
        Gradient("PAI-54", PairProduct, CauseCode.MissingFactor, "dv gets dy in every entry, without u", 1, (dy, x) => Added(x[3], x[1], dy.unsqueeze(1).expand(dy.shape[0], x[3].shape[1]))),
        Gradient("PAI-55", PairProduct, CauseCode.Scale, "du is divided by the number of pairs", 0, (dy, x) => Added(x[2], x[0], dy.unsqueeze(1) * x[3].index_select(0, x[1])) / dy.shape[0]),
        Unary("IND-51", Indicator, CauseCode.ExtraTerm, "dy passed through a step, as if it were straight", (dy, _) => dy),
        Unary("IND-52", Indicator, CauseCode.ExtraTerm, "dy passed through where |x| < 1", (dy, x) => dy.masked_fill(x.abs().ge(1), 0)) with { AlsoAccepted = [CauseCode.Mask] },
        Unary("L2P-51", L2Penalty, CauseCode.Scale, "λθ: 2 is missing", (dy, x) => dy * Catalogue.Lambda * x),
        Unary("L2P-52", L2Penalty, CauseCode.Scale, "2θ: λ is missing", (dy, x) => dy * 2 * x),
        Unary("L2P-53", L2Penalty, CauseCode.CotangentIgnored, "2λθ, without dy", (_, x) => 2 * Catalogue.Lambda * x),
        Unary("L2P-54", L2Penalty, CauseCode.MissingFactor, "2λ in every entry, without θ", (dy, x) => (2 * Catalogue.Lambda * dy).expand(x.shape)) with { AlsoAccepted = [CauseCode.Constant] },
        Unary("L2P-55", L2Penalty, CauseCode.WrongArgument, "2λ sign θ: the other norm", (dy, x) => dy * 2 * Catalogue.Lambda * x.sign()) with { AlsoAccepted = [CauseCode.MissingFactor] },
        .. LayerBugs(),
        .. ErrorBugs(),
    ];

    private static IReadOnlyList<Bug> LayerBugs() =>
    [
        Unary("ACT-51", ActivateIdentity, CauseCode.ExtraFactor, "dy · x: the function where its derivative is meant", (dy, x) => dy * x) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Unary("ACT-52", ActivateIdentity, CauseCode.CotangentIgnored, "1 for every entry: the derivative, not its product with dy", (dy, _) => torch.ones_like(dy)),
        Unary("ACT-53", ActivateSigmoid, CauseCode.WrongArgument, "the derivative of tanh, chosen by the wrong name", (dy, x) => dy * (1 - x.tanh().pow(2))),
        Unary("ACT-54", ActivateSigmoid, CauseCode.MissingFactor, "the derivative of the identity", (dy, _) => dy),
        Unary("ACT-55", ActivateTanh, CauseCode.WrongArgument, "the derivative of a sigmoid, chosen by the wrong name", (dy, x) => x.sigmoid() is var s ? dy * s * (1 - s) : dy),
        Unary("ACT-56", ActivateTanh, CauseCode.WrongArgument, "1 − tanh²(y): fed with the output", (dy, x) => dy * (1 - x.tanh().tanh().pow(2))),
        Unary("ACT-57", ActivateRelu, CauseCode.Mask, "the derivative of the identity", (dy, _) => dy),
        Unary("ACT-58", ActivateRelu, CauseCode.Mask, "the gate is inverted", (dy, x) => dy.masked_fill(x.gt(0), 0)),

        Gradient("COL-51", ColumnLinear, CauseCode.Scale, "dw = dz xᵀ / N", 0, (dy, x) => dy.mm(x[1].t()) / x[1].shape[1]),
        Gradient("COL-52", ColumnLinear, CauseCode.Transpose, "dx = w dz: not transposed, legal when M = D", 1, (dy, x) => x[0].mm(dy))
            with { Inputs = [Input.Real("w", "D", "D"), Input.Real("x", "D", "N"), Input.Real("b", "D", "1")], AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("COL-53", ColumnLinear, CauseCode.NotReduced, "db = dz, M×N", 2, (dy, _) => dy) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("COL-54", ColumnLinear, CauseCode.Axis, "db = dz summed over the rows, legal when M = N", 2, (dy, _) => dy.sum(0L).unsqueeze(1))
            with { Inputs = [Input.Real("w", "M", "D"), Input.Real("x", "D", "M"), Input.Real("b", "M", "1")] },
        Gradient("COL-55", ColumnLinear, CauseCode.Shape, "db comes as M where b is M×1", 2, (dy, _) => dy.sum(1L)),
        Gradient("COL-56", ColumnLinear, CauseCode.Duplicates, "dw is that of the last column", 0, (dy, x) => dy.select(1, dy.shape[1] - 1).outer(x[1].select(1, dy.shape[1] - 1))),
        Gradient("CLV-51", ColumnLinearVector, CauseCode.Transpose, "dw = x dzᵀ, D×M", 0, (dy, x) => x[1].outer(dy)) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("CLV-52", ColumnLinearVector, CauseCode.Constant, "db = the sum of dz in every entry", 2, (dy, x) => dy.sum().expand(x[2].shape)) with { AlsoAccepted = [CauseCode.Axis] },
        Delta("LAY-51", Layer, CauseCode.MissingFactor, "σ′ is missing: δ = da", (dy, _, _) => dy),
        Delta("LAY-52", Layer, CauseCode.WrongArgument, "δ = da · z (1 − z): σ′ fed with the pre-activation", (dy, z, _) => dy * z * (1 - z)),
        Delta("LAY-53", Layer, CauseCode.MissingFactor, "δ = da · a, without 1 − a", (dy, _, a) => dy * a),
        Gradient("LAY-54", Layer, CauseCode.MissingFactor, "db is taken before σ′: the sum of da", 2, (dy, _) => dy.sum(1L, keepdim: true)),
        Gradient("LAY-55", Layer, CauseCode.MissingFactor, "dx = wᵀda: δ is used for w and b alone", 1, (dy, x) => x[0].t().mm(dy)),
        Delta("LAY-56", Layer, CauseCode.ExtraFactor, "σ′ is multiplied in twice", (dy, _, a) => dy * (a * (1 - a)).pow(2)),
        Delta("LAY-57", Layer, CauseCode.WrongArgument, "σ′ at a: σ applied twice", (dy, _, a) => a.sigmoid() is var s ? dy * s * (1 - s) : dy),
        Gradient("LAY-58", Layer, CauseCode.Scale, "dw is averaged over the batch", 0, (dy, x) => Layer.Backward(dy, x)[0] / x[1].shape[1]),
        Gradient("LAY-59", LayerIdentity, CauseCode.Scale, "db is averaged over the batch", 2, (dy, _) => dy.mean([1L], true)),
        Gradient("LAY-60", LayerIdentity, CauseCode.Sign, "dx = −wᵀda", 1, (dy, x) => -x[0].t().mm(dy)),
        Delta("LAY-61", LayerTanh, CauseCode.MissingFactor, "tanh′ is missing: δ = da", (dy, _, _) => dy),
        Delta("LAY-62", LayerTanh, CauseCode.WrongArgument, "δ = da (1 − z²): fed with the pre-activation", (dy, z, _) => dy * (1 - z * z)),
        Delta("LAY-63", LayerTanh, CauseCode.MissingFactor, "δ = da (1 − a): the square lost", (dy, _, a) => dy * (1 - a)),
        Delta("LAY-64", LayerRelu, CauseCode.Mask, "the gate is missing: δ = da", (dy, _, _) => dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Delta("LAY-65", LayerRelu, CauseCode.Mask, "the gate is that of da", (dy, _, _) => dy.relu()) with { AlsoAccepted = [CauseCode.NotLinear] },
        Delta("NEU-51", Neuron, CauseCode.MissingFactor, "f′ is missing: δ = da", (dy, _, _) => dy),
        Gradient("NEU-52", Neuron, CauseCode.MissingFactor, "db = da, without f′", 2, (dy, _) => dy),
        Gradient("NEU-53", Neuron, CauseCode.WrongArgument, "dw = δ w where δ x is meant", 0, (dy, x) => Neuron.Backward(dy, x)[2] * x[0]) with { AlsoAccepted = [CauseCode.Swapped] },
        Gradient("NEU-54", NeuronColumns, CauseCode.Scale, "db is averaged over the batch", 2, (dy, x) => NeuronColumns.Backward(dy, x)[2] / x[1].shape[1]),
        Gradient("NEU-55", NeuronColumns, CauseCode.MissingFactor, "dw = x da, without f′", 0, (dy, x) => x[1].mv(dy)),
    ];

    private static IReadOnlyList<Bug> ErrorBugs() =>
    [
        Gradient("RER-51", RegressionError, CauseCode.Sign, "dh = (y − h)", 0, (dy, x) => dy * (x[1] - x[0])),
        Gradient("RER-52", RegressionError, CauseCode.Scale, "dh = 2 (h − y), though ½ has taken the 2", 0, (dy, x) => dy * 2 * (x[0] - x[1])),
        Gradient("RER-53", RegressionError, CauseCode.Sign, "dy has the sign of dh", 1, (dy, x) => dy * (x[0] - x[1])),
        Gradient("RER-54", RegressionErrorHalfMean, CauseCode.Scale, "1/m is missing", 0, (dy, x) => dy * (x[0] - x[1])),
        Gradient("RER-55", RegressionErrorHalfMean, CauseCode.Scale, "divided by all entries where the rows are meant", 0, (dy, x) => dy * (x[0] - x[1]) / x[0].numel()),
        Gradient("RER-56", RegressionErrorPlain, CauseCode.Scale, "dh = h − y: 2 is missing", 0, (dy, x) => dy * (x[0] - x[1])),
        Gradient("RER-57", RegressionErrorPlain, CauseCode.MissingTerm, "dh = 2h: y is forgotten", 0, (dy, x) => dy * 2 * x[0]),
        Gradient("RER-58", RegressionErrorPlain, CauseCode.ExtraFactor, "dh = 2 (h − y) h: as for a linear model of one weight", 0, (dy, x) => dy * 2 * (x[0] - x[1]) * x[0]),
        Gradient("DCE-51", DistributionCrossEntropy, CauseCode.MissingFactor, "dq = −1/q, without p", 1, (dy, x) => -dy / x[1]),
        Gradient("DCE-52", DistributionCrossEntropy, CauseCode.Sign, "dq = p / q", 1, (dy, x) => dy * x[0] / x[1]),
        Gradient("DCE-53", DistributionCrossEntropy, CauseCode.Zero, "dp is taken to be 0, as if p were labels", 0, (_, x) => torch.zeros_like(x[0])),
        Gradient("DCE-54", DistributionCrossEntropy, CauseCode.ExtraTerm, "dp = −(log q + 1): as for the entropy of one distribution", 0, (dy, x) => -dy * (x[1].log() + 1)),
        Gradient("DCE-55", DistributionCrossEntropyMean, CauseCode.Scale, "1/N is missing in dq", 1, (dy, x) => -dy * x[0] / x[1]),
        Gradient("DCE-56", DistributionCrossEntropyMean, CauseCode.WrongArgument, "dq = −q / p, upside down", 1, (dy, x) => -dy * x[1] / x[0] / x[0].shape[0]),
        Gradient("SCE-51", SigmoidCrossEntropy, CauseCode.ExtraFactor, "(σ − t) σ (1 − σ): the derivative of the sigmoid once more", 0, (dy, x) => x[0].sigmoid() is var p ? dy * (p - x[1]) * p * (1 - p) : dy),
        Gradient("SCE-52", SigmoidCrossEntropy, CauseCode.Sign, "t − σ", 0, (dy, x) => dy * (x[1] - x[0].sigmoid())),
        Gradient("SCE-53", SigmoidCrossEntropy, CauseCode.WrongArgument, "s − t: the sigmoid is missing", 0, (dy, x) => dy * (x[0] - x[1])),
        Gradient("SCE-54", SigmoidCrossEntropy, CauseCode.MissingTerm, "σ alone: t is missing", 0, (dy, x) => dy * x[0].sigmoid()),
        Gradient("SCE-55", SigmoidCrossEntropyMean, CauseCode.Scale, "1/N is missing", 0, (dy, x) => dy * (x[0].sigmoid() - x[1])),
        Gradient("SCE-56", SigmoidCrossEntropyMean, CauseCode.Scale, "divided by N K where N is meant", 0, (dy, x) => dy * (x[0].sigmoid() - x[1]) / x[0].numel()),
        Gradient("SCE-57", SigmoidCrossEntropyMean, CauseCode.MissingFactor, "(σ − t) / (σ (1 − σ)): the gradient of σ, not of s", 0, (dy, x) => x[0].sigmoid() is var p ? dy * (p - x[1]) / (p * (1 - p)) / x[0].shape[0] : dy),
        Gradient("NLL-51", NegativeLogLikelihood, CauseCode.MissingFactor, "−t, without 1/z", 0, (dy, x) => -dy * x[1]),
        Gradient("NLL-52", NegativeLogLikelihood, CauseCode.MissingFactor, "−1/z, without t", 0, (dy, x) => -dy / x[0]),
        Gradient("NLL-53", NegativeLogLikelihood, CauseCode.Sign, "t / z", 0, (dy, x) => dy * x[1] / x[0]),
        Gradient("NLL-54", NegativeLogLikelihood, CauseCode.Approximate, "−t / (z + 0.001)", 0, (dy, x) => -dy * x[1] / (x[0] + 1e-3)),
        Gradient("NLL-55", NegativeLogLikelihood, CauseCode.WrongArgument, "z − t: the gradient of the logits, twice through softmax", 0, (dy, x) => dy * (x[0] - x[1])),
    ];

    /// <summary>All gradients of a layer or neuron from a wrong δ: of the cotangent, the pre-activation and the output.</summary>
    private static Bug Delta(string id, Operation operation, string cause, string summary, Func<Tensor, Tensor, Tensor, Tensor> delta) => Bug.Of(id, operation, cause, summary, (dy, x) =>
    {
        if (x[0].dim() == 2)
        {
            var d = delta(dy, x[0].mm(x[1]) + x[2], operation.Forward(x));
            return [d.mm(x[1].t()), x[0].t().mm(d), d.sum(1L, keepdim: true)];
        }
        var one = delta(dy, x[0].dot(x[1]) + x[2], operation.Forward(x));
        return [one * x[1], one * x[0], one];
    });

    private static Tensor Added(Tensor table, Tensor ids, Tensor rows) => torch.zeros_like(table).index_add(0, ids, rows, 1);

    /// <summary>What a loop leaves that assigns where it should add: of a row that comes again, the last.</summary>
    private static Tensor Assigned(Tensor table, Tensor ids, Tensor rows)
    {
        var result = torch.zeros_like(table);
        for (var n = 0L; n < ids.shape[0]; n++) result = result.index_copy(0, ids.narrow(0, n, 1), rows.narrow(0, n, 1));
        return result;
    }
}
