using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> BiasBugs() =>
    [
        Gradient("BIA-01", Bias, CauseCode.Scale, "db = mean of dy over the rows", 1, (dy, _) => dy.mean([0L])),
        Gradient("BIA-02", Bias, CauseCode.Axis, "db = sum of all of dy, in every entry", 1, (dy, x) => dy.sum().expand(x[1].shape)) with { AlsoAccepted = [CauseCode.Constant] },
        Gradient("BIA-04", Bias, CauseCode.NotReduced, "db = dy, N×M: not summed over the rows", 1, (dy, _) => dy) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("BIA-05", Bias, CauseCode.Axis, "db = dy summed over the columns, legal when N = M", 1, (dy, _) => dy.sum(1L)) with { Inputs = [Input.Real("x", "N", "N"), Input.Real("b", "N")] },
        Gradient("BIA-07", Bias, CauseCode.CotangentIgnored, "db = 1 for each entry", 1, (_, x) => torch.ones_like(x[1])),

        Gradient("BIA-51", Bias, CauseCode.Shape, "db comes as 1×M: keepdim", 1, (dy, _) => dy.sum(0L, keepdim: true)),
        Gradient("BIA-52", Bias, CauseCode.Dtype, "summed with the number 0, which C# takes for a dtype, byte, and not for a dimension", 1, (dy, _) => dy.to_type(torch.uint8).sum(torch.uint8)) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("BIA-53", Bias, CauseCode.Duplicates, "db is assigned for each row instead of added up: the last row's is left", 1, (dy, _) => dy.select(0, dy.shape[0] - 1)),
        Gradient("BIA-54", Bias, CauseCode.Scale, "db = sum over the rows, divided by M", 1, (dy, _) => dy.sum(0L) / dy.shape[1]),
        Gradient("BIA-55", Bias, CauseCode.Scale, "db is counted once more for each row: N times", 1, (dy, _) => dy.sum(0L) * dy.shape[0]),
        Accumulating("BIA-56", Bias, "db is added to that of the call before", 1),
        Gradient("BIA-57", Bias, CauseCode.Sign, "db = −sum of dy", 1, (dy, _) => -dy.sum(0L)),
        Gradient("BIA-58", Bias, CauseCode.Zero, "db is never computed", 1, (_, x) => torch.zeros_like(x[1])),
        Gradient("BIA-59", Bias, CauseCode.CotangentIgnored, "db = N for each entry", 1, (dy, x) => torch.ones_like(x[1]) * dy.shape[0]),
        Gradient("BIA-60", Bias, CauseCode.ExtraFactor, "db = Σ dy ∘ x, as if b were a factor", 1, (dy, x) => (dy * x[0]).sum(0L)),
        Gradient("BIA-61", Bias, CauseCode.NotLinear, "db = the greatest of dy over the rows", 1, (dy, _) => dy.amax(0L)),
        Gradient("BIA-62", Bias, CauseCode.ExtraTerm, "db has weight decay, 0.1 b, that the forward pass lacks", 1, (dy, x) => dy.sum(0L) + x[1] * 0.1) with { AlsoAccepted = [CauseCode.NotLinear] },
        Gradient("BIA-63", Bias, CauseCode.Coupling, "dx = dy summed over the rows, for every row", 0, (dy, x) => dy.sum(0L, keepdim: true).expand(x[0].shape)) with { AlsoAccepted = [CauseCode.Axis] },
        Gradient("BIA-64", Bias, CauseCode.Shape, "db comes as a column, M×1", 1, (dy, _) => dy.sum(0L).unsqueeze(1)),
        Gradient("BIA-65", Bias, CauseCode.Shape, "db comes as one number", 1, (dy, _) => dy.sum()) with { AlsoAccepted = [CauseCode.Axis] },
        Gradient("BIA-66", Bias, CauseCode.ExtraTerm, "db has its mean taken away", 1, (dy, _) => dy.sum(0L) is var db ? db - db.mean() : dy) with { AlsoAccepted = [CauseCode.Coupling] },
        Gradient("BIA-67", Bias, CauseCode.Shape, "dx comes flattened", 0, (dy, _) => dy.flatten()),

        Gradient("BRD-01", Scale, CauseCode.Scale, "ds = mean of dy ∘ x over the rows", 1, (dy, x) => (dy * x[0]).mean([0L], true)),
        // Every prediction meets every target: rows that have nothing to do with each other.
        Bug.Of("BRD-02", ColumnSquaredError, CauseCode.Coupling, "the column p minus the vector t broadcasts to N×N, in the backward pass alone", (dy, x) =>
        {
            var difference = (x[0] - x[1]) * (2 * dy / (x[1].shape[0] * x[1].shape[0]));
            return [difference.sum(1L, keepdim: true), -difference.sum(0L)];
        }) with { AlsoAccepted = [CauseCode.Axis, CauseCode.WrongArgument] },
        Gradient("BRD-51", Scale, CauseCode.Shape, "ds comes as D where s is 1×D", 1, (dy, x) => (dy * x[0]).sum(0L)),
        Gradient("BRD-52", Scale, CauseCode.NotReduced, "ds = dy ∘ x, not summed over the rows", 1, (dy, x) => dy * x[0]) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("BRD-53", Scale, CauseCode.MissingFactor, "ds = Σ dy, without x", 1, (dy, _) => dy.sum(0L, keepdim: true)),
        Gradient("BRD-54", Scale, CauseCode.MissingFactor, "dx = dy, without s", 0, (dy, _) => dy),
        Gradient("BRD-55", Scale, CauseCode.Axis, "ds = dy ∘ x summed over the columns, legal when N = D", 1, (dy, x) => (dy * x[0]).sum(1L).unsqueeze(0))
            with { Inputs = [Input.Real("x", "N", "N"), Input.Real("s", "1", "N")] },
        Gradient("BRD-56", Scale, CauseCode.WrongArgument, "dx = dy ∘ x, where s is meant", 0, (dy, x) => dy * x[0]) with { AlsoAccepted = [CauseCode.NotReduced] },
        Gradient("BRD-57", Scale, CauseCode.WrongArgument, "dx = dy / s", 0, (dy, x) => dy / x[1]) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.MissingFactor] },
        Gradient("BRD-58", Scale, CauseCode.Axis, "ds = dy ∘ x summed over everything", 1, (dy, x) => (dy * x[0]).sum().expand(x[1].shape)) with { AlsoAccepted = [CauseCode.Constant] },
        Gradient("BRD-59", Scale, CauseCode.Duplicates, "ds is assigned for each row instead of added up", 1, (dy, x) => (dy * x[0]).narrow(0, dy.shape[0] - 1, 1)),
        Gradient("BRD-60", RowScale, CauseCode.Scale, "ds = mean of dy ∘ x over the columns", 1, (dy, x) => (dy * x[0]).mean([1L], true)),
        Gradient("BRD-61", RowScale, CauseCode.MissingFactor, "ds = Σ dy, without x", 1, (dy, _) => dy.sum(1L, keepdim: true)),
        Gradient("BRD-62", RowScale, CauseCode.NotReduced, "ds = dy ∘ x, not summed over the columns", 1, (dy, x) => dy * x[0]) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("BRD-63", ScalarScale, CauseCode.Scale, "ds = mean of dy ∘ x over everything", 1, (dy, x) => (dy * x[0]).mean()),
        Gradient("BRD-64", ScalarScale, CauseCode.NotReduced, "ds = dy ∘ x, not summed", 1, (dy, x) => dy * x[0]) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("BRD-65", ScalarScale, CauseCode.Shape, "ds comes with one dimension", 1, (dy, x) => (dy * x[0]).sum().unsqueeze(0)),
        Gradient("BRD-66", ScalarScale, CauseCode.Axis, "ds = dy ∘ x summed over the first row only", 1, (dy, x) => (dy * x[0]).select(0, 0).sum()) with { AlsoAccepted = [CauseCode.Duplicates, CauseCode.MissingTerm] },
        Unary("BRD-67", ColumnMean, CauseCode.Scale, "dx = dy for every row: 1/N missing", (dy, x) => dy.expand(x.shape)),
        Unary("BRD-68", ColumnMean, CauseCode.Scale, "dx = dy / D: the mean of the other dimension", (dy, x) => (dy / x.shape[1]).expand(x.shape)),
        Unary("BRD-69", ColumnMean, CauseCode.Shape, "dx = dy / N, not spread over the rows", (dy, x) => dy / x.shape[0]),
        Gradient("BRD-70", ColumnSquaredError, CauseCode.Shape, "dp comes as N where p is N×1", 0, (dy, x) => 2 * dy / x[1].shape[0] * (x[0].squeeze(1) - x[1])),
        Gradient("BRD-71", ColumnSquaredError, CauseCode.Sign, "dt = +2/N (p − t)", 1, (dy, x) => 2 * dy / x[1].shape[0] * (x[0].squeeze(1) - x[1])),
    ];
}
