using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> PowerBugs() =>
    [
        // One of two equal paths and a lost factor 2 are the same numbers: it measures as ½.
        Unary("SQR-01", Square, CauseCode.Scale, "dx = dy x: one of the two paths of x · x", (dy, x) => dy * x) with { AlsoAccepted = [CauseCode.Duplicates] },
        Unary("SQR-51", Square, CauseCode.MissingFactor, "dx = 2 dy, without x", (dy, _) => dy * 2),
        Unary("SQR-52", Square, CauseCode.CotangentIgnored, "dx = 2x, without dy", (_, x) => x * 2),
        Unary("SQR-53", Square, CauseCode.ExtraFactor, "dy · x²: the function where its derivative is meant", (dy, x) => dy * x * x) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Unary("SQR-54", Square, CauseCode.WrongArgument, "2 dy |x|", (dy, x) => dy * 2 * x.abs()) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.Sign] },
        Unary("SQR-55", Square, CauseCode.Sign, "−2 dy x", (dy, x) => dy * -2 * x),
        Unary("SQR-56", Square, CauseCode.NotLinear, "2 dy² x: dy multiplied in twice", (dy, x) => dy * dy * 2 * x) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("SQR-57", Square, CauseCode.Scale, "4 dy x: each path counted twice", (dy, x) => dy * 4 * x),
        Unary("SQR-58", Cube, CauseCode.ExtraFactor, "3 dy x³: the power is not reduced", (dy, x) => dy * 3 * x.pow(3)),
        Unary("SQR-59", Cube, CauseCode.Scale, "dy x²: the power does not come down as a factor", (dy, x) => dy * x * x),
        Unary("SQR-60", Cube, CauseCode.Scale, "2 dy x²: the reduced power comes down", (dy, x) => dy * 2 * x * x),
        Unary("SQR-61", Cube, CauseCode.MissingFactor, "3 dy x: the power is reduced twice", (dy, x) => dy * 3 * x),
        Accumulating("SQR-62", Square, "dx is added to that of the call before", 0),
        Unary("SQR-63", Square, CauseCode.WrongArgument, "2 dy y: the value where x is meant", (dy, x) => dy * 2 * x * x) with { AlsoAccepted = [CauseCode.ExtraFactor] },

        Unary("EXP-01", Log1PAbs, CauseCode.MissingFactor, "dy / (1 + |x|), without sign x", (dy, x) => dy / (1 + x.abs())),
        Unary("EXP-51", Log1PAbs, CauseCode.MissingFactor, "dy · sign x, without 1 / (1 + |x|)", (dy, x) => dy * x.sign()),
        Unary("EXP-52", Log1PAbs, CauseCode.WrongArgument, "dy / x: |x| where 1 + |x| is meant", (dy, x) => dy / x) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Unary("EXP-53", Log1PAbs, CauseCode.WrongArgument, "dy · sign x / (1 + x): x where |x| is meant", (dy, x) => dy * x.sign() / (1 + x)),
        Unary("EXP-54", Log1PAbs, CauseCode.ExtraFactor, "dy · sign x / (1 + |x|)²", (dy, x) => dy * x.sign() / (1 + x.abs()).pow(2)),
        Unary("EXP-55", Exp, CauseCode.MissingFactor, "dy passed through", (dy, _) => dy),
        Unary("EXP-56", Exp, CauseCode.WrongArgument, "dy · x e^(x − 1): the rule for powers", (dy, x) => dy * x * (x - 1).exp()) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("EXP-57", Exp, CauseCode.ExtraFactor, "dy · y²", (dy, x) => dy * (x * 2).exp()),
        Unary("EXP-58", Exp, CauseCode.WrongArgument, "dy · e^y: exp applied twice", (dy, x) => dy * x.exp().exp()),
        Unary("EXP-59", Exp, CauseCode.WrongArgument, "dy · x: the input where the output is meant", (dy, x) => dy * x),
        Unary("EXP-60", Exp, CauseCode.Sign, "dy · e^(−x)", (dy, x) => dy * (-x).exp()) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.ExtraFactor] },
        Unary("EXP-61", Log, CauseCode.WrongArgument, "dy · x: the reciprocal lost", (dy, x) => dy * x) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("EXP-62", Log, CauseCode.WrongArgument, "dy · log x: the function where its derivative is meant", (dy, x) => dy * x.log()),
        Unary("EXP-63", Log, CauseCode.ExtraFactor, "−dy / x²: one derivative too many", (dy, x) => -dy / (x * x)),
        Unary("EXP-64", Log, CauseCode.Scale, "dy / (x ln 10): the other logarithm", (dy, x) => dy / (x * Math.Log(10))),
        Unary("EXP-65", Log, CauseCode.Approximate, "dy / (x + 0.001)", (dy, x) => dy / (x + 1e-3)),
        Unary("EXP-66", Log, CauseCode.WrongArgument, "dy / y: the output where the input is meant", (dy, x) => dy / x.log()),
        Unary("EXP-67", Sqrt, CauseCode.Scale, "dy / √x: ½ missing", (dy, x) => dy / x.sqrt()),
        Unary("EXP-68", Sqrt, CauseCode.WrongArgument, "dy / (2x): the input where the output is meant", (dy, x) => dy / (2 * x)) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.MissingFactor] },
        Unary("EXP-69", Sqrt, CauseCode.WrongArgument, "½ dy √x: the reciprocal lost", (dy, x) => dy * x.sqrt() / 2) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("EXP-70", Reciprocal, CauseCode.Sign, "dy / x²", (dy, x) => dy / (x * x)),
        Unary("EXP-71", Reciprocal, CauseCode.MissingFactor, "−dy / x: the square lost", (dy, x) => -dy / x) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("EXP-72", Reciprocal, CauseCode.WrongArgument, "−dy x²: the reciprocal lost", (dy, x) => -dy * x * x) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("EXP-73", Abs, CauseCode.MissingFactor, "dy passed through: sign x missing", (dy, _) => dy) with { AlsoAccepted = [CauseCode.Mask] },
        Unary("EXP-74", Abs, CauseCode.Approximate, "dy · x / (|x| + 0.01)", (dy, x) => dy * x / (x.abs() + 0.01)),
        Unary("EXP-75", Abs, CauseCode.Mask, "dy where x > 0, else 0", (dy, x) => dy.masked_fill(x.le(0), 0)),
        Unary("EXP-76", Abs, CauseCode.WrongArgument, "dy · x: x where its sign is meant", (dy, x) => dy * x) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Unary("EXP-77", Abs, CauseCode.Mask, "dy · sign dy: the sign of another tensor", (dy, _) => dy.abs()) with { AlsoAccepted = [CauseCode.NotLinear, CauseCode.WrongArgument] },
    ];
}
