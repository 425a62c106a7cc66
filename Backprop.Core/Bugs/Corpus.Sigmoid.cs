using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    /// <summary>Beyond where a sigmoid or a tanh has saturated.</summary>
    private static IReadOnlyList<Input> Saturating => [Input.Range("x", -12, 12, "N", "D")];

    private static IReadOnlyList<Bug> SigmoidBugs() =>
    [
        Unary("SIG-01", Sigmoid, CauseCode.WrongArgument, "dy · x (1 − x): σ′ fed with the pre-activation", (dy, x) => dy * x * (1 - x)),
        Unary("SIG-02", Sigmoid, CauseCode.WrongArgument, "σ′ at y: the sigmoid applied twice", (dy, x) => x.sigmoid().sigmoid() is var s ? dy * s * (1 - s) : dy),
        Unary("SIG-04", Sigmoid, CauseCode.Sign, "dy · y (1 + y)", (dy, x) => x.sigmoid() is var y ? dy * y * (1 + y) : dy),
        Unary("SIG-05", Sigmoid, CauseCode.Sign, "dy · y (y − 1)", (dy, x) => x.sigmoid() is var y ? dy * y * (y - 1) : dy),
        Unary("SIG-07", SigmoidScaled, CauseCode.Scale, "the inner derivative a is missing", (dy, x) => (x * Steepness).sigmoid() is var y ? dy * y * (1 - y) : dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Unary("SIG-08", Sigmoid, CauseCode.Approximate, "0 where |x| ≥ 6", (dy, x) => x.sigmoid() is var y ? (dy * y * (1 - y)).masked_fill(x.abs().ge(6), 0) : dy)
            with { Inputs = Saturating, AlsoAccepted = [CauseCode.Mask] },
        Unary("SIG-10", Sigmoid, CauseCode.WrongArgument, "dy · y²: y where 1 − y is meant", (dy, x) => x.sigmoid() is var y ? dy * y * y : dy),

        Unary("SIG-51", Sigmoid, CauseCode.MissingFactor, "dy · y, without 1 − y", (dy, x) => dy * x.sigmoid()) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Unary("SIG-52", Sigmoid, CauseCode.MissingFactor, "dy · (1 − y), without y", (dy, x) => dy * (1 - x.sigmoid())),
        Unary("SIG-53", Sigmoid, CauseCode.CotangentIgnored, "y (1 − y), without dy", (_, x) => x.sigmoid() is var y ? y * (1 - y) : x),
        Unary("SIG-54", Sigmoid, CauseCode.MissingFactor, "dy passed through", (dy, _) => dy),
        Unary("SIG-55", Sigmoid, CauseCode.WrongArgument, "dy · (1 − y²): the derivative of tanh", (dy, x) => x.sigmoid() is var y ? dy * (1 - y * y) : dy) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.MissingFactor] },
        Unary("SIG-56", Sigmoid, CauseCode.Approximate, "the derivative of the hard sigmoid: 0.2 where |x| < 2.5", (dy, x) => dy * 0.2 * Gate(x.abs().lt(2.5), x)) with { AlsoAccepted = [CauseCode.Mask] },
        Unary("SIG-57", Sigmoid, CauseCode.Approximate, "y is clamped to 0.001 … 0.999 first", (dy, x) => x.sigmoid().clamp(1e-3, 1 - 1e-3) is var y ? dy * y * (1 - y) : dy) with { Inputs = Saturating },
        Unary("SIG-58", Sigmoid, CauseCode.Approximate, "y from a table of two decimals", (dy, x) => (x.sigmoid() * 100).round() / 100 is var y ? dy * y * (1 - y) : dy),
        Stale("SIG-59", Sigmoid, "y is that of the call before", 0, 0, (dy, x) => x[0].sigmoid() is var y ? dy * y * (1 - y) : dy),
        Unary("SIG-60", Sigmoid, CauseCode.ExtraFactor, "σ′ is multiplied in twice", (dy, x) => x.sigmoid() is var y ? dy * (y * (1 - y)).pow(2) : dy),
        Unary("SIG-61", Sigmoid, CauseCode.Scale, "½ (1 − tanh² ½x), the other ½ missing", (dy, x) => dy * (1 - (x / 2).tanh().pow(2)) / 2),
        Unary("SIG-62", Sigmoid, CauseCode.WrongArgument, "e^x / (1 + e^(−x))²: the sign of an exponent", (dy, x) => dy * x.exp() * x.sigmoid().pow(2)) with { AlsoAccepted = [CauseCode.Sign, CauseCode.ExtraFactor] },
        Unary("SIG-63", Sigmoid, CauseCode.Nonfinite, "e^(−x) / (1 + e^(−x))², which overflows", (dy, x) => (-x).exp() is var e ? dy * e / (1 + e).pow(2) : dy) with { Inputs = [Input.Range("x", -900, 20, "N", "D")] },
        Unary("SIG-64", SigmoidScaled, CauseCode.Scale, "the inner derivative a is multiplied in twice", (dy, x) => (x * Steepness).sigmoid() is var y ? dy * y * (1 - y) * (Steepness * Steepness) : dy)
            with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("SIG-65", SigmoidScaled, CauseCode.WrongArgument, "a σ′(x) where a σ′(a x) is meant", (dy, x) => x.sigmoid() is var y ? dy * y * (1 - y) * Steepness : dy),
        Unary("SIG-66", SigmoidScaled, CauseCode.Scale, "divided by a where it is to be multiplied", (dy, x) => (x * Steepness).sigmoid() is var y ? dy * y * (1 - y) / Steepness : dy),
        Unary("SIG-67", Sigmoid, CauseCode.Mask, "0 where y < ½", (dy, x) => x.sigmoid() is var y ? (dy * y * (1 - y)).masked_fill(y.lt(0.5), 0) : dy),
        Unary("SIG-68", Sigmoid, CauseCode.Scale, "divided by N", (dy, x) => x.sigmoid() is var y ? dy * y * (1 - y) / x.shape[0] : dy),
        Unary("SIG-69", Sigmoid, CauseCode.ExtraFactor, "times the sign of x", (dy, x) => x.sigmoid() is var y ? dy * y * (1 - y) * x.sign() : dy) with { AlsoAccepted = [CauseCode.Sign, CauseCode.Mask] },
        Unary("SIG-70", Sigmoid, CauseCode.Approximate, "a one-sided difference with step 0.01", (dy, x) => dy * ((x + 0.01).sigmoid() - x.sigmoid()) / 0.01),
        Unary("SIG-71", Sigmoid, CauseCode.ExtraTerm, "0.1 is added to the slope, so that saturated units learn", (dy, x) => x.sigmoid() is var y ? dy * (y * (1 - y) + 0.1) : dy),
        Unary("SIG-72", Sigmoid, CauseCode.ExtraFactor, "dy · x y (1 − y): x where only the layer below needs it", (dy, x) => x.sigmoid() is var y ? dy * x * y * (1 - y) : dy),
        Unary("SIG-73", Sigmoid, CauseCode.NotLinear, "dy in place of y: dy² (1 − dy)", (dy, _) => dy * dy * (1 - dy)) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Unary("SIG-74", Sigmoid, CauseCode.WrongArgument, "y (1 − x): the pre-activation in one of two places", (dy, x) => dy * x.sigmoid() * (1 - x)),
    ];

    private static IReadOnlyList<Bug> TanhBugs() =>
    [
        Unary("TAN-01", Tanh, CauseCode.MissingFactor, "dy · (1 − y): the square lost", (dy, x) => dy * (1 - x.tanh())),
        Unary("TAN-02", Tanh, CauseCode.WrongArgument, "dy · tanh x: the function where its derivative is meant", (dy, x) => dy * x.tanh()),
        Unary("TAN-04", Tanh, CauseCode.WrongArgument, "1 − tanh²(y): tanh applied twice", (dy, x) => dy * (1 - x.tanh().tanh().pow(2))),
        Unary("TAN-05", Tanh, CauseCode.Sign, "dy · (1 + y²)", (dy, x) => dy * (1 + x.tanh().pow(2))),

        Unary("TAN-51", Tanh, CauseCode.WrongArgument, "dy · (1 − x²): the pre-activation where y is meant", (dy, x) => dy * (1 - x * x)),
        Unary("TAN-52", Tanh, CauseCode.WrongArgument, "dy · y (1 − y): the derivative of a sigmoid", (dy, x) => x.tanh() is var y ? dy * y * (1 - y) : dy) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.MissingFactor] },
        Unary("TAN-53", Tanh, CauseCode.MissingFactor, "dy passed through", (dy, _) => dy),
        Unary("TAN-54", Tanh, CauseCode.ExtraFactor, "tanh′ is multiplied in twice", (dy, x) => dy * (1 - x.tanh().pow(2)).pow(2)),
        Unary("TAN-55", Tanh, CauseCode.Sign, "dy · (y² − 1)", (dy, x) => dy * (x.tanh().pow(2) - 1)),
        Unary("TAN-56", Tanh, CauseCode.MissingFactor, "dy / cosh x: the square lost", (dy, x) => dy / x.cosh()),
        Unary("TAN-57", Tanh, CauseCode.Scale, "2 σ′(2x), an inner 2 missing", (dy, x) => (x * 2).sigmoid() is var s ? dy * 2 * s * (1 - s) : dy),
        Unary("TAN-58", Tanh, CauseCode.Approximate, "the derivative of the hard tanh: 1 where |x| < 1", (dy, x) => dy.masked_fill(x.abs().ge(1), 0)) with { AlsoAccepted = [CauseCode.Mask] },
        Unary("TAN-59", Tanh, CauseCode.Approximate, "0 where |x| ≥ 3", (dy, x) => (dy * (1 - x.tanh().pow(2))).masked_fill(x.abs().ge(3), 0)) with { Inputs = Saturating, AlsoAccepted = [CauseCode.Mask] },
        Unary("TAN-60", Tanh, CauseCode.CotangentIgnored, "1 − y², without dy", (_, x) => 1 - x.tanh().pow(2)),
        Unary("TAN-61", Tanh, CauseCode.Approximate, "the derivative of x (27 + x²) / (27 + 9x²)", (dy, x) => x * x is var q ? dy * ((q - 9) / (3 * (q + 3))).pow(2) : dy) with { Inputs = [Input.Range("x", -2, 2, "N", "D")] },
        Unary("TAN-62", Tanh, CauseCode.Approximate, "computed in float32 on the way", (dy, x) => dy * (1 - x.to_type(torch.float32).tanh().pow(2)).to_type(x.dtype)) with { AlsoAccepted = [CauseCode.Precision] },
        Unary("TAN-63", Tanh, CauseCode.NotLinear, "dy where y is meant: dy (1 − dy²)", (dy, _) => dy * (1 - dy * dy)) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Unary("TAN-64", Tanh, CauseCode.Scale, "dy · 2 (1 − y²)", (dy, x) => dy * 2 * (1 - x.tanh().pow(2))),
        Unary("TAN-65", Tanh, CauseCode.MissingFactor, "dy · (1 + y): the other root of the square", (dy, x) => dy * (1 + x.tanh())),
        Unary("TAN-66", Tanh, CauseCode.WrongArgument, "dy · (1 − |y|)", (dy, x) => dy * (1 - x.tanh().abs())) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Unary("TAN-67", Tanh, CauseCode.InputMutated, "x is overwritten by its tanh, after use", (dy, x) =>
        {
            var dx = dy * (1 - x.tanh().pow(2));
            x.tanh_();
            return dx;
        }),
        Unary("TAN-68", Tanh, CauseCode.Coupling, "dx of each row from the y of the first", (dy, x) => dy * (1 - x.narrow(0, 0, 1).tanh().pow(2))) with { AlsoAccepted = [CauseCode.WrongArgument] },
    ];
}
