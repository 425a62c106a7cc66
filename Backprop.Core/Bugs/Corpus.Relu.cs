using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    /// <summary>Multiples of ½ around 0, many of them 0 itself: the kink is where some mistakes live.</summary>
    private static IReadOnlyList<Input> AtTheKink => [Input.Real("x", "N", "D").From(@case =>
    {
        var random = new Random(@case.Seed);
        var (rows, columns) = (@case.Sizes["N"], @case.Sizes["D"]);
        return torch.tensor([.. Enumerable.Range(0, (int)(rows * columns)).Select(_ => random.Next(-2, 3) * random.Next(2) * 0.5)], [rows, columns], torch.float64);
    })];

    private static IReadOnlyList<Bug> ReluBugs() =>
    [
        Unary("REL-01", Relu, CauseCode.Mask, "the gate is inverted: dy where x ≤ 0", (dy, x) => dy.masked_fill(x.gt(0), 0)),
        Unary("REL-02", Relu, CauseCode.Mask, "the gate is that of dy: dy where dy > 0", (dy, _) => dy.relu()) with { AlsoAccepted = [CauseCode.NotLinear] },
        Unary("REL-04", Relu, CauseCode.Mask, "dy passed through: no gate", (dy, _) => dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Unary("REL-05", Relu, CauseCode.Mask, "dy where x ≥ 0: the other convention at the kink", (dy, x) => dy.masked_fill(x.lt(0), 0)) with { Inputs = AtTheKink, Verdict = "kink" },
        // leaky(x) = x leaky′(x), so that the numbers show a factor x.
        Unary("REL-07", LeakyRelu, CauseCode.ExtraFactor, "dy · leaky(x): the function where its derivative is meant", (dy, x) => dy * torch.where(x.gt(0), x, x * LeakySlope)) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Unary("REL-08", Relu, CauseCode.ExtraFactor, "dy · relu(x): the function where its derivative is meant", (dy, x) => dy * x.relu()) with { AlsoAccepted = [CauseCode.WrongArgument] },

        Unary("REL-51", Relu, CauseCode.Mask, "dy where both x > 0 and dy > 0", (dy, x) => dy.relu().masked_fill(x.le(0), 0)) with { AlsoAccepted = [CauseCode.NotLinear] },
        Unary("REL-52", Relu, CauseCode.Mask, "dy · sign x: −1 where 0 is meant", (dy, x) => dy * x.sign()),
        Unary("REL-53", Relu, CauseCode.Mask, "½ dy at exact zeros", (dy, x) => dy * (Gate(x.gt(0), x) + Gate(x.eq(0), x) * 0.5)) with { Inputs = AtTheKink, Verdict = "kink" },
        Unary("REL-54", Relu, CauseCode.Mask, "−dy at exact zeros: outside what a kink allows", (dy, x) => dy * (Gate(x.gt(0), x) - Gate(x.eq(0), x))) with { Inputs = AtTheKink },
        Unary("REL-55", LeakyRelu, CauseCode.Mask, "the slope is on the wrong side", (dy, x) => dy * torch.where(x.gt(0), torch.full_like(x, LeakySlope), torch.ones_like(x))),
        Unary("REL-56", LeakyRelu, CauseCode.Mask, "0 where x < 0: the gate of relu", (dy, x) => dy.masked_fill(x.le(0), 0)) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Unary("REL-57", LeakyRelu, CauseCode.Mask, "dy passed through: no slope", (dy, _) => dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Unary("REL-58", LeakyRelu, CauseCode.Sign, "the slope has the wrong sign", (dy, x) => dy * torch.where(x.gt(0), torch.ones_like(x), torch.full_like(x, -LeakySlope))) with { AlsoAccepted = [CauseCode.Mask] },
        Unary("REL-59", LeakyRelu, CauseCode.Scale, "the usual slope 0.01 where the forward pass has α", (dy, x) => dy * torch.where(x.gt(0), torch.ones_like(x), torch.full_like(x, 0.01)))
            with { AlsoAccepted = [CauseCode.Mask, CauseCode.WrongArgument] },
        Unary("REL-60", Relu, CauseCode.Approximate, "dy · σ(x): the derivative of softplus", (dy, x) => dy * x.sigmoid()) with { AlsoAccepted = [CauseCode.Mask, CauseCode.ExtraFactor] },
        Unary("REL-61", Relu6, CauseCode.Mask, "no gate at 6", (dy, x) => dy.masked_fill(x.le(0), 0)),
        Unary("REL-62", Relu6, CauseCode.Mask, "no gate at 0", (dy, x) => dy.masked_fill(x.ge(6), 0)),
        Unary("REL-64", Relu, CauseCode.Mask, "the gate is that of the row before", (dy, x) => dy.masked_fill(x.roll(1, 0).le(0), 0)) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.Coupling] },
        Unary("REL-65", Relu, CauseCode.CotangentIgnored, "1 where x > 0, without dy", (_, x) => Gate(x.gt(0), x)),
        Unary("REL-66", Relu, CauseCode.Mask, "dy where x > 1", (dy, x) => dy.masked_fill(x.le(1), 0)),
        Unary("REL-67", Relu, CauseCode.InputMutated, "x is overwritten by its relu", (dy, x) => dy.masked_fill(x.relu_().le(0), 0)),
        Unary("REL-68", Relu, CauseCode.Sign, "−dy where x > 0", (dy, x) => -dy.masked_fill(x.le(0), 0)),
        Stale("REL-69", Relu, "the gate is that of the call before", 0, 0, (dy, x) => dy.masked_fill(x[0].le(0), 0)),
        Unary("REL-70", Relu, CauseCode.Coupling, "the gate of the first row for all rows", (dy, x) => dy.masked_fill(x.narrow(0, 0, 1).le(0), 0)) with { AlsoAccepted = [CauseCode.Mask, CauseCode.WrongArgument] },
        Unary("REL-71", Elu, CauseCode.MissingFactor, "e^x where α e^x is meant", (dy, x) => torch.where(x.gt(0), dy, dy * x.clamp_max(0).exp())) with { AlsoAccepted = [CauseCode.Scale] },
        Unary("REL-72", Elu, CauseCode.MissingTerm, "y where y + α is meant, below 0", (dy, x) => torch.where(x.gt(0), dy, dy * EluScale * x.clamp_max(0).expm1())),
        Unary("REL-73", Elu, CauseCode.Mask, "0 below 0: the gate of relu", (dy, x) => dy.masked_fill(x.le(0), 0)) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Unary("REL-74", Softplus, CauseCode.Approximate, "dy where x > 0: the derivative of relu", (dy, x) => dy.masked_fill(x.le(0), 0)) with { AlsoAccepted = [CauseCode.Mask] },
        Unary("REL-75", Softplus, CauseCode.Sign, "dy · σ(−x)", (dy, x) => dy * (-x).sigmoid()) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Unary("REL-76", Softplus, CauseCode.WrongArgument, "dy · softplus(x): the function where its derivative is meant", (dy, x) => dy * x.softplus()),
        Unary("REL-77", Softplus, CauseCode.WrongArgument, "dy · σ(y): the function's value where x is meant", (dy, x) => dy * x.softplus().sigmoid()),
        Unary("REL-78", Silu, CauseCode.MissingTerm, "dy · σ(x): the path through the gate is missing", (dy, x) => dy * x.sigmoid()),
        Unary("REL-79", Silu, CauseCode.MissingTerm, "dy · x σ′(x): the direct path is missing", (dy, x) => x.sigmoid() is var s ? dy * x * s * (1 - s) : dy),
        Unary("REL-80", Silu, CauseCode.MissingFactor, "σ + σ′: x is missing in the second term", (dy, x) => x.sigmoid() is var s ? dy * (s + s * (1 - s)) : dy),
        Unary("REL-81", Silu, CauseCode.Sign, "σ − x σ′", (dy, x) => x.sigmoid() is var s ? dy * (s - x * s * (1 - s)) : dy),
        Unary("REL-82", Gelu, CauseCode.MissingTerm, "dy · Φ(x): x φ(x) is missing", (dy, x) => dy * NormalDistribution(x)),
        Unary("REL-83", Gelu, CauseCode.MissingFactor, "1/√2 from inside erf is missing", (dy, x) => dy * (NormalDistribution(x) + x * NormalDensity(x) * Math.Sqrt(2))) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.Scale] },
        Unary("REL-84", Gelu, CauseCode.Approximate, "the derivative of x σ(1.702 x)", (dy, x) => (x * 1.702).sigmoid() is var s ? dy * s * (1 + 1.702 * x * (1 - s)) : dy),
        Unary("REL-85", Gelu, CauseCode.Approximate, "the derivative of the form with tanh", (dy, x) => (Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x.pow(3))).tanh() is var t
            ? dy * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x)) : dy),
        Unary("REL-86", Gelu, CauseCode.MissingFactor, "Φ + φ: x is missing in the second term", (dy, x) => dy * (NormalDistribution(x) + NormalDensity(x))),
        Unary("REL-87", Relu, CauseCode.Zero, "a gate in whole numbers, always 0", (_, x) => torch.zeros_like(x)),
    ];
}
