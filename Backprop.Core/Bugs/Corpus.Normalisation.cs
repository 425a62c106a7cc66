using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> NormalisationBugs() =>
    [
        Standardised("LNM-51", LayerNorm, CauseCode.MissingTerm, "the path through the mean is missing", 1, (d, s, spread) => (d - s * (d * s).mean([1L], true)) / spread),
        Standardised("LNM-52", LayerNorm, CauseCode.MissingTerm, "the path through the variance is missing", 1, (d, _, spread) => (d - d.mean([1L], true)) / spread),
        Standardised("LNM-53", LayerNorm, CauseCode.MissingTerm, "mean and variance are taken for constants", 1, (d, _, spread) => d / spread) with { AlsoAccepted = [CauseCode.DiagonalOnly] },
        Standardised("LNM-54", LayerNorm, CauseCode.MissingFactor, "1/√(variance + ε) is missing", 1, (d, s, _) => d - d.mean([1L], true) - s * (d * s).mean([1L], true)),
        Standardised("LNM-55", LayerNorm, CauseCode.Sign, "the path through the variance has the wrong sign", 1, (d, s, spread) => (d - d.mean([1L], true) + s * (d * s).mean([1L], true)) / spread),
        Standardised("LNM-56", LayerNorm, CauseCode.ExtraFactor, "divided by the variance instead of its root", 1, (d, s, spread) => (d - d.mean([1L], true) - s * (d * s).mean([1L], true)) / spread.pow(2)),
        Standardised("LNM-57", LayerNorm, CauseCode.Scale, "sums over the row where means are meant", 1, (d, s, spread) => (d - d.sum(1L, keepdim: true) - s * (d * s).sum(1L, keepdim: true)) / spread)
            with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.ExtraTerm, CauseCode.Axis] },
        Gradient("LNM-58", LayerNorm, CauseCode.MissingFactor, "dx forgets γ", 0, (dy, x) => LayerNorm.Backward(dy, [x[0], torch.ones_like(x[1]), x[2]])[0]),
        Gradient("LNM-59", LayerNorm, CauseCode.MissingFactor, "dγ = Σ dy, without the standardised x", 1, (dy, _) => dy.sum(0L)),
        Gradient("LNM-60", LayerNorm, CauseCode.WrongArgument, "dγ = Σ dy x: x before it is standardised", 1, (dy, x) => (dy * x[0]).sum(0L)),
        Gradient("LNM-61", LayerNorm, CauseCode.Scale, "dβ = mean of dy", 2, (dy, _) => dy.mean([0L])),
        Gradient("LNM-62", LayerNorm, CauseCode.NotReduced, "dγ is not summed over the rows", 1, (dy, x) => dy * Standard(x[0], 1)) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("LNM-63", LayerNorm, CauseCode.Axis, "mean and variance down the columns", 0, (dy, x) => BatchNorm.Backward(dy, x)[0]) with { AlsoAccepted = [CauseCode.Coupling] },
        Gradient("LNM-64", LayerNorm, CauseCode.Approximate, "ε is missing under the root", 0, (dy, x) => x[0] - x[0].mean([1L], true) is var c && c.pow(2).mean([1L], true).sqrt() is var spread && c / spread is var s && dy * x[1] is var d
            ? (d - d.mean([1L], true) - s * (d * s).mean([1L], true)) / spread : dy),
        Standardised("BNM-51", BatchNorm, CauseCode.MissingTerm, "mean and variance of the batch are taken for constants, as when it is only used", 0, (d, _, spread) => d / spread) with { AlsoAccepted = [CauseCode.Coupling] },
        Standardised("BNM-52", BatchNorm, CauseCode.MissingTerm, "the path through the variance is missing", 0, (d, _, spread) => (d - d.mean([0L], true)) / spread),
        Standardised("BNM-53", BatchNorm, CauseCode.MissingTerm, "the path through the mean is missing", 0, (d, s, spread) => (d - s * (d * s).mean([0L], true)) / spread),
        Gradient("BNM-54", BatchNorm, CauseCode.Axis, "mean and variance along the rows", 0, (dy, x) => LayerNorm.Backward(dy, x)[0]) with { AlsoAccepted = [CauseCode.Coupling] },
        Gradient("BNM-55", BatchNorm, CauseCode.Scale, "dγ is averaged over the batch", 1, (dy, x) => (dy * Standard(x[0], 0)).mean([0L])),
        Standardised("BNM-56", BatchNorm, CauseCode.Scale, "divided by N once more", 0, (d, s, spread) => (d - d.mean([0L], true) - s * (d * s).mean([0L], true)) / (spread * d.shape[0])),

        Unary("NRM-51", Normalise, CauseCode.MissingTerm, "dy / ‖x‖: the length is taken for a constant", (dy, x) => dy / Lengths(x)),
        Unary("NRM-52", Normalise, CauseCode.MissingFactor, "1/‖x‖ is missing", (dy, x) => x / Lengths(x) is var y ? dy - y * RowDot(dy, y) : dy),
        Unary("NRM-53", Normalise, CauseCode.WrongArgument, "x where x / ‖x‖ is meant, in the second term", (dy, x) => (dy - x * RowDot(dy, x)) / Lengths(x)),
        Unary("NRM-54", Normalise, CauseCode.Sign, "the second term has the wrong sign", (dy, x) => x / Lengths(x) is var y ? (dy + y * RowDot(dy, y)) / Lengths(x) : dy),
        Unary("NRM-55", Normalise, CauseCode.Axis, "lengths of the columns", (dy, x) => Normalise.Backward(dy.t(), [x.t()])[0].t()) with { AlsoAccepted = [CauseCode.Coupling] },
        Unary("NRM-56", Normalise, CauseCode.DiagonalOnly, "dy (1 − y²) / ‖x‖: the diagonal of the Jacobian", (dy, x) => x / Lengths(x) is var y ? dy * (1 - y * y) / Lengths(x) : dy),
        Unary("VAR-51", Variance, CauseCode.Scale, "divided by N − 1", (dy, x) => Variance.Backward(dy, [x])[0] * x.shape[0] / (x.shape[0] - 1)),
        Unary("VAR-52", Variance, CauseCode.MissingTerm, "2/N x: the mean is not taken away", (dy, x) => dy * 2 / x.shape[0] * x),
        Unary("VAR-53", Variance, CauseCode.Scale, "2 is missing", (dy, x) => Variance.Backward(dy, [x])[0] / 2),
        Unary("VAR-54", Variance, CauseCode.Axis, "the means of the rows are taken away", (dy, x) => dy * 2 / x.shape[0] * (x - x.mean([1L], true))),

        Gradient("DRP-51", Dropout, CauseCode.Scale, "1/(1 − p) is missing", 0, (dy, x) => dy * x[1]),
        Gradient("DRP-52", Dropout, CauseCode.Mask, "the mask is missing", 0, (dy, _) => dy / (1 - DropRate)),
        Gradient("DRP-53", Dropout, CauseCode.Mask, "the mask is inverted", 0, (dy, x) => dy * (1 - x[1]) / (1 - DropRate)),
        Gradient("DRP-54", Dropout, CauseCode.Scale, "divided by p", 0, (dy, x) => dy * x[1] / DropRate),
        Gradient("DRP-55", Dropout, CauseCode.Scale, "times 1 − p", 0, (dy, x) => dy * x[1] * (1 - DropRate)),
        // Another mask at each call: that is what a stranger sees first.
        new()
        {
            Id = "DRP-56",
            Operation = Dropout,
            Cause = CauseCode.Stateful,
            AlsoAccepted = [CauseCode.Mask, CauseCode.Randomness],
            Summary = "the mask is drawn again",
            Create = () =>
            {
                var random = new Random(56);
                return (dy, x) => [dy * torch.tensor([.. Enumerable.Range(0, (int)dy.numel()).Select(_ => random.NextDouble() < DropRate ? 0.0 : 1)], dy.shape, dy.dtype) / (1 - DropRate)];
            },
        },
        Gradient("DRP-57", Dropout, CauseCode.Mask, "the mask is that of the row before", 0, (dy, x) => dy * x[1].roll(1, 0) / (1 - DropRate)) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.Shifted] },
        Gradient("RES-51", ResidualPath, CauseCode.MissingTerm, "dx lacks the path that goes straight on", 0, (dy, x) => (dy * (1 - x[0].mm(x[1]).tanh().pow(2))).mm(x[1].t())),
        Gradient("RES-52", ResidualPath, CauseCode.MissingTerm, "dx lacks the path through the layer", 0, (dy, _) => dy) with { AlsoAccepted = [CauseCode.Duplicates] },
        Gradient("RES-53", ResidualPath, CauseCode.ExtraTerm, "dx counts the path that goes straight on twice", 0, (dy, x) => ResidualPath.Backward(dy, x)[0] + dy) with { AlsoAccepted = [CauseCode.Scale] },
        Gradient("RES-54", ResidualPath, CauseCode.MissingFactor, "dw without the derivative of tanh", 1, (dy, x) => x[0].t().mm(dy)),
    ];

    /// <summary>dx of a normalisation from dy γ, the standardised x and the spread.</summary>
    private static Bug Standardised(string id, Operation operation, string cause, string summary, long along, Func<Tensor, Tensor, Tensor, Tensor> gradient) =>
        Gradient(id, operation, cause, summary, 0, (dy, x) => gradient(dy * x[1], Standard(x[0], along), Deviation(x[0], along)));
}
