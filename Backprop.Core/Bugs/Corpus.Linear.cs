using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    /// <summary>Square sizes, at which a matrix and its transpose can be confused.</summary>
    private static IReadOnlyList<Input> SquareWeights => [Input.Real("x", "N", "D"), Input.Real("w", "D", "D"), Input.Real("b", "D")];

    private static IReadOnlyList<Bug> LinearBugs() =>
    [
        Gradient("LIN-01", Linear, CauseCode.Scale, "dw = xᵀdy / N, though the forward pass takes no mean", 1, (dy, x) => x[0].t().mm(dy) / x[0].shape[0]),
        Gradient("LIN-02", Linear, CauseCode.Sign, "dx = −dy wᵀ", 0, (dy, x) => -dy.mm(x[1].t())),
        Gradient("LIN-04", Linear, CauseCode.Transpose, "dx = dy w: not transposed, which only a square w allows", 0, (dy, x) => dy.mm(x[1]))
            with { Inputs = SquareWeights, AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("LIN-05", Linear, CauseCode.Duplicates, "dw is assigned for each row of the batch instead of added up: the last row's is left", 1,
            (dy, x) => x[0].narrow(0, x[0].shape[0] - 1, 1).t().mm(dy.narrow(0, dy.shape[0] - 1, 1))),
        Elsewhere("LIN-07", Linear, CauseCode.CotangentIgnored, "ones in place of dy", (dy, _) => torch.ones_like(dy)),
        Gradient("LIN-08", Linear, CauseCode.Zero, "dx is never computed: lower layers get zeros", 0, (_, x) => torch.zeros_like(x[0])),
        Stale("LIN-10", Linear, "dw uses the x of the call before", 1, 0, (dy, x) => x[0].t().mm(dy)),
        // Centring is data preparation: the right formula, fed with other data. What it takes away is a term with the mean, too.
        Gradient("LIN-11", Linear, CauseCode.WrongArgument, "dw = (x − mean x)ᵀ dy, though the forward pass does not centre", 1, (dy, x) => (x[0] - x[0].mean([0L], true)).t().mm(dy))
            with { AlsoAccepted = [CauseCode.ExtraTerm] },
        .. TransposedLinearBugs(),
        .. StatefulLinearBugs(),
        .. OtherLinearBugs(),
        .. MatrixProductBugs(),
    ];

    private static IReadOnlyList<Bug> TransposedLinearBugs() =>
    [
        Gradient("LIN-51", Linear, CauseCode.Transpose, "dw comes as dyᵀx, M×D", 1, (dy, x) => dy.t().mm(x[0])) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("LIN-52", Linear, CauseCode.Transpose, "w is reshaped to M×D where its transpose is meant", 0, (dy, x) => dy.mm(x[1].reshape(x[1].shape[1], x[1].shape[0])))
            with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("LIN-53", Linear, CauseCode.Transpose, "x is reshaped to D×N where its transpose is meant", 1, (dy, x) => x[0].reshape(x[0].shape[1], x[0].shape[0]).mm(dy))
            with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("LIN-54", Linear, CauseCode.Transpose, "dw = dyᵀx reshaped to D×M where its transpose is meant", 1, (dy, x) => dy.t().mm(x[0]).reshape(x[1].shape)),
        Gradient("LIN-55", Linear, CauseCode.Scale, "dw = xᵀdy / D: a mean over the features", 1, (dy, x) => x[0].t().mm(dy) / x[0].shape[1]),
        Gradient("LIN-56", Linear, CauseCode.Scale, "dx = dy wᵀ / N", 0, (dy, x) => dy.mm(x[1].t()) / x[0].shape[0]),
        Gradient("LIN-57", Linear, CauseCode.WrongArgument, "dw = yᵀdy: the output where the input is meant, legal when D = M", 1, (dy, x) => (x[0].mm(x[1]) + x[2]).t().mm(dy))
            with { Inputs = SquareWeights },
        // Nothing is overwritten in dx: the rows are just never reached.
        Gradient("LIN-58", Linear, CauseCode.Zero, "the loop over the batch returns after the first row of dx", 0,
            (dy, x) => torch.cat([dy.narrow(0, 0, 1).mm(x[1].t()), torch.zeros_like(x[0].narrow(0, 1, x[0].shape[0] - 1))], 0)) with { AlsoAccepted = [CauseCode.Mask] },
    ];

    private static IReadOnlyList<Bug> StatefulLinearBugs() =>
    [
        Accumulating("LIN-59", Linear, "dw is added to that of the call before", 1),
        new()
        {
            Id = "LIN-60",
            Operation = Linear,
            Cause = CauseCode.StaleCache,
            Summary = "x is cached at the first call and never again",
            AlsoAccepted = [CauseCode.Throws],
            Create = () =>
            {
                Tensor? first = null;
                return (dy, x) => Linear.Backward(dy, [first ??= Kept(x[0]), x[1], x[2]]);
            },
        },
        Bug.Of("LIN-61", Linear, CauseCode.InputMutated, "dy is divided by N in its place, after use", (dy, x) =>
        {
            IReadOnlyList<Tensor> right = [dy.mm(x[1].t()), x[0].t().mm(dy), dy.sum(0L)];
            dy.div_(x[0].shape[0] + 1);
            return right;
        }),
        Bug.Of("LIN-62", Linear, CauseCode.InputMutated, "w is updated in its place, after use", (dy, x) =>
        {
            var right = Linear.Backward(dy, x);
            x[1].sub_(right[1] * 0.05);
            return right;
        }),
    ];

    private static IReadOnlyList<Bug> OtherLinearBugs() =>
    [
        Changed("LIN-63", Linear, CauseCode.Swapped, "dx and dw are returned in each other's place", (d, _) => [d[1], d[0], d[2]]) with { AlsoAccepted = [CauseCode.Shape] },
        Changed("LIN-64", Linear, CauseCode.Count, "db is not returned", (d, _) => [d[0], d[1]]),
        Gradient("LIN-65", Linear, CauseCode.ExtraTerm, "dw has weight decay, 0.1 w, that the forward pass lacks", 1, (dy, x) => x[0].t().mm(dy) + x[1] * 0.1) with { AlsoAccepted = [CauseCode.NotLinear] },
        // Quadratic in dy is what can be seen from outside.
        Gradient("LIN-66", Linear, CauseCode.NotLinear, "dx uses the weights after their update", 0, (dy, x) => dy.mm((x[1] - x[0].t().mm(dy) * 0.1).t())) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("LIN-67", Linear, CauseCode.NotLinear, "dw is clipped to ±1", 1, (dy, x) => x[0].t().mm(dy).clamp(-1, 1)),
        Gradient("LIN-68", Linear, CauseCode.NotLinear, "dw is divided by its norm", 1, (dy, x) => x[0].t().mm(dy) is var dw ? dw / dw.norm() : dw),
        Gradient("LIN-69", Linear, CauseCode.Approximate, "dw is computed in float32 on the way", 1, (dy, x) => x[0].t().to_type(torch.float32).mm(dy.to_type(torch.float32)).to_type(x[0].dtype))
            with { AlsoAccepted = [CauseCode.Precision] },
        Gradient("LIN-70", Linear, CauseCode.WrongArgument, "dw = |x|ᵀdy", 1, (dy, x) => x[0].abs().t().mm(dy)),
        Gradient("LIN-71", Linear, CauseCode.Mask, "dx is gated by x > 0, as if a relu came before", 0, (dy, x) => dy.mm(x[1].t()).masked_fill(x[0].le(0), 0)) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Gradient("LIN-72", Linear, CauseCode.ExtraFactor, "dx has the derivative of a sigmoid that came before: x (1 − x)", 0, (dy, x) => dy.mm(x[1].t()) * x[0] * (1 - x[0])),
        Gradient("LIN-73", Linear, CauseCode.WrongArgument, "dw pairs each row of dy with the row of x before it", 1, (dy, x) => x[0].roll(1, 0).t().mm(dy)) with { AlsoAccepted = [CauseCode.Coupling, CauseCode.Shifted] },
        Gradient("LIN-74", Linear, CauseCode.Shifted, "dx is off by one row", 0, (dy, x) => dy.mm(x[1].t()).roll(1, 0)),
        Gradient("LIN-75", Linear, CauseCode.Flipped, "dx has the batch in reverse order", 0, (dy, x) => dy.mm(x[1].t()).flip(0)),
        Gradient("LIN-76", Linear, CauseCode.Coupling, "dx is averaged over the batch", 0, (dy, x) => dy.mm(x[1].t()).mean([0L], true).expand(x[0].shape)) with { AlsoAccepted = [CauseCode.Axis] },
        Gradient("LIN-77", Linear, CauseCode.Throws, "dw = dy x: the product does not exist", 1, (dy, x) => dy.mm(x[0])),
        Gradient("LIN-78", Linear, CauseCode.Dtype, "db comes in float32", 2, (dy, _) => dy.sum(0L).to_type(torch.float32)),
        Gradient("LIN-79", Linear, CauseCode.Nonfinite, "dw is divided by the variance of a single number", 1, (dy, x) => x[0].t().mm(dy) / (x[2] - x[2]).sum()),
        Gradient("LIN-80", Linear, CauseCode.ExtraFactor, "dw uses x²", 1, (dy, x) => (x[0] * x[0]).t().mm(dy)) with { AlsoAccepted = [CauseCode.WrongArgument] },
    ];

    private static IReadOnlyList<Bug> MatrixProductBugs() =>
    [
        Gradient("MAT-51", MatrixProduct, CauseCode.Scale, "dx = ½ dy wᵀ: half for each of two factors", 0, (dy, x) => dy.mm(x[1].t()) * 0.5),
        Gradient("MAT-52", MatrixProduct, CauseCode.Sign, "dw = −xᵀdy", 1, (dy, x) => -x[0].t().mm(dy)),
        Gradient("MAT-53", MatrixProduct, CauseCode.CotangentIgnored, "dw = xᵀ·1", 1, (dy, x) => x[0].t().mm(torch.ones_like(dy))),
        Gradient("MAT-54", MatrixProduct, CauseCode.Zero, "dw is zeros", 1, (_, x) => torch.zeros_like(x[1])),
        Gradient("MAT-55", MatrixProduct, CauseCode.Transpose, "dw = x dy: not transposed, which only square factors allow", 1, (dy, x) => x[0].mm(dy))
            with { Inputs = [Input.Real("x", "N", "N"), Input.Real("w", "N", "M")], AlsoAccepted = [CauseCode.WrongArgument] },
    ];
}
