using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Functions of numbers, entry by entry, of one tensor or two.</summary>
internal static partial class FormulaBook
{
    private static IReadOnlyList<Formula> Elementwise() =>
    [
        Unary("square", "y = x²", Square, (x, _) => [2 * x * Dy, x * Dy + x * Dy]),
        Unary("cube", "y = x³", Cube, (x, _) => [3 * Square(x) * Dy]),
        Unary("power", "y = x^p", x => Power(x, Number("p")), (x, y) => [Number("p") * Power(x, Number("p") - 1) * Dy, Number("p") * y / x * Dy], new Choice("p", 4, 1.5, 2.5, 5, -2, -1.5, -0.5, 0.7)),
        Unary("exp", "y = eˣ", Exp, (_, y) => [Dy * y]),
        Unary("exp-negative", "y = e^(−x)", x => Exp(-x), (_, y) => [-Dy * y]),
        Unary("gaussian", "y = e^(−x²)", x => Exp(-Square(x)), (x, y) => [-2 * x * y * Dy]),
        Unary("gaussian-half", "y = e^(−x²/2)", x => Exp(-Square(x) / 2), (x, y) => [-x * y * Dy]),
        UnaryOf("log", "y = log x", FreePositive("x"), Log, (x, _) => [Dy / x]),
        UnaryOf("log1p", "y = log(1 + x)", FreePositive("x"), Log1P, (x, _) => [Dy / (1 + x)]),
        UnaryOf("sqrt", "y = √x", FreePositive("x"), Sqrt, (_, y) => [Dy / (2 * y), 0.5 * Dy / y]),
        UnaryOf("rsqrt", "y = 1/√x", FreePositive("x"), x => 1 / Sqrt(x), (x, y) => [-0.5 * Dy * y / x, -0.5 * Dy * Cube(y)]),
        UnaryOf("reciprocal", "y = 1/x", FreePositive("x"), x => 1 / x, (x, y) => [-Dy / Square(x), -Dy * Square(y)]),
        Unary("abs", "y = |x|", Abs, (x, _) => [Dy * Sign(x)]),
        Unary("log1p-abs", "y = log(1 + |x|)", x => Log1P(Abs(x)), (x, _) => [Dy * Sign(x) / (1 + Abs(x))]),
        Unary("sin", "y = sin x", Sin, (x, _) => [Dy * Cos(x)]),
        Unary("cos", "y = cos x", Cos, (x, _) => [-Dy * Sin(x)]),
        Unary("erf", "y = erf x", Erf, (x, _) => [2 / Sqrt(Pi) * Exp(-Square(x)) * Dy]),
        Unary("smooth-abs", "y = √(x² + ε)", x => Sqrt(Square(x) + Number("ε")), (x, y) => [Dy * x / y], new Choice("ε", 1, 1e-6, 1e-3, 0.01, 1e-8)),
        UnaryOf("x-log-x", "y = x log x", FreePositive("x"), x => x * Log(x), (x, _) => [Dy * (Log(x) + 1)]),
        Unary("clamp", "y = min(max(x, −c), c)", x => Minimum(Maximum(x, -Number("c")), Number("c")), (x, _) => [Dy * Greater(x, -Number("c")) * Less(x, Number("c"))], new Choice("c", 0.5, 2, 3)),
        Unary("double", "y = a x", x => Number("a") * x, (_, _) => [Number("a") * Dy], new Choice("a", 2, 3, 0.5, -1)),
        Pair("add", "y = u + v", (u, v) => u + v, (_, _) => Dy, (_, _) => Dy),
        Pair("subtract", "y = u − v", (u, v) => u - v, (_, _) => Dy, (_, _) => -Dy),
        Pair("mul", "y = u v", (u, v) => u * v, (_, v) => Dy * v, (u, _) => Dy * u),
        Pair("squared-difference", "y = (u − v)²", (u, v) => Square(u - v), (u, v) => 2 * (u - v) * Dy, (u, v) => -2 * (u - v) * Dy),
        Division(),
        Pair("maximum", "y = max(u, v)", Maximum, (u, v) => Dy * Greater(u, v), (u, v) => Dy * Greater(v, u)),
        Pair("minimum", "y = min(u, v)", Minimum, (u, v) => Dy * Less(u, v), (u, v) => Dy * Less(v, u)),
        Pair("glu", "y = u σ(v)", (u, v) => u * Sigmoid(v), (_, v) => Dy * Let("s", Sigmoid(v)), (u, v) => Let("s", Sigmoid(v)) is var s ? Dy * u * s * (1 - s) : Dy),
        Pair("glu-tanh", "y = tanh(u) σ(v)", (u, v) => Tanh(u) * Sigmoid(v), (u, v) => Dy * (1 - Square(Let("t", Tanh(u)))) * Let("s", Sigmoid(v)), (u, v) => Let("s", Sigmoid(v)) is var s ? Dy * Let("t", Tanh(u)) * s * (1 - s) : Dy),
        Pair("swiglu", "y = u v σ(v)", (u, v) => u * v * Sigmoid(v), (_, v) => Dy * v * Let("s", Sigmoid(v)), (u, v) => Let("s", Sigmoid(v)) is var s ? Dy * u * (s + v * s * (1 - s)) : Dy),
        Pair("reglu", "y = u max(0, v)", (u, v) => u * Relu(v), (_, v) => Dy * Relu(v), (u, v) => Dy * u * Greater(v, 0)),
        Pair("geglu", "y = u v Φ(v)", (u, v) => u * v * Normal(v), (_, v) => Dy * v * Let("Φ", Normal(v)), (u, v) => Dy * u * (Let("Φ", Normal(v)) + v * Let("φ", Density(v)))),
        PairOf("hypot", "y = √(u² + v²)", Free("u"), Free("v"), (u, v) => Sqrt(Square(u) + Square(v)), (u, _, y) => Dy * u / y, (_, v, y) => Dy * v / y),
        Split("glu-halves", "y = a σ(b), [a, b] = x", 2),
        Interpolation(),
        Triple("multiply-add", "y = a b + c", (a, b, c) => a * b + c, (_, b, _) => Dy * b, (a, _, _) => Dy * a, (_, _, _) => Dy),
        Dropout(),
        DropoutRate(),
        Residual(),
    ];

    private static Formula Pair(string name, string summary, Func<Expr, Expr, Expr> y, Func<Expr, Expr, Expr> du, Func<Expr, Expr, Expr> dv) =>
        PairOf(name, summary, Free("u"), Free("v"), y, (u, v, _) => du(u, v), (u, v, _) => dv(u, v));

    private static Formula PairOf(string name, string summary, Input first, Input second, Func<Expr, Expr, Expr> y, Func<Expr, Expr, Expr, Expr> du, Func<Expr, Expr, Expr, Expr> dv)
    {
        Expr u = Leaf(first.Name), v = Leaf(second.Name), value = Let("y", y(u, v));
        return new(name, summary, [first, second], [value], [new(first.Name, [du(u, v, value)]), new(second.Name, [dv(u, v, value)])]);
    }

    private static Formula Triple(string name, string summary, Func<Expr, Expr, Expr, Expr> y, params Func<Expr, Expr, Expr, Expr>[] gradients)
    {
        Expr a = Leaf("a"), b = Leaf("b"), c = Leaf("c");
        string[] all = ["a", "b", "c"];
        return new(name, summary, [.. all.Select(Free)], [y(a, b, c)], [.. gradients.Select((gradient, i) => D(all[i], gradient(a, b, c)))]);
    }

    private static Formula Division() =>
        PairOf("div", "y = u / v", Free("u"), FreePositive("v"), (u, v) => u / v, (_, v, _) => Dy / v, (u, v, _) => -Dy * u / Square(v)) is var one
            ? one with { Gradients = [one.Gradients[0], one.Gradients[1] with { Forms = [.. one.Gradients[1].Forms, -Dy * one.Outputs[0] / Leaf("v")] }] } : one!;

    private static Formula Split(string name, string summary, int parts)
    {
        Expr x = Leaf("x"), a = Let("a", Part(x, 0, parts)), s = Let("s", Sigmoid(Part(x, 1, parts)));
        return new(name, summary, [Input.Real("x", Formula.Any, "2*D")], [a * s], [D("x", Join(Dy * s, Dy * a * s * (1 - s)))]);
    }

    private static Formula Interpolation()
    {
        Expr u = Leaf("u"), v = Leaf("v"), z = Leaf("z");
        return new("interpolation", "y = (1 − z) u + z v", [Free("u"), Free("v"), Free("z")], [(1 - z) * u + z * v], [D("u", Dy * (1 - z)), D("v", Dy * z), D("z", Dy * (v - u))]);
    }

    private static Formula Dropout()
    {
        Expr x = Leaf("x"), mask = Leaf("mask");
        return new("dropout-mask", "y = x mask / (1 − p)", [Free("x"), Free("mask").NoGradient()], [x * mask / (1 - Number("p"))], [D("x", Dy * mask / (1 - Number("p")))]) { Choices = [new("p", 0.5, 0.1, 0.2, 0.25, 0.3, 0.4)] };
    }

    private static Formula DropoutRate()
    {
        Expr x = Leaf("x"), mask = Leaf("mask");
        return new("dropout-keep", "y = x mask / q", [Free("x"), Free("mask").NoGradient()], [x * mask / Number("q")], [D("x", Dy * mask / Number("q"))]) { Choices = [new("q", 0.7, 0.6, 0.35)] };
    }

    private static Formula Residual()
    {
        Expr x = Leaf("x"), y = Let("t", Tanh(x));
        return new("residual-tanh", "y = x + tanh x", [Free("x")], [x + y], [D("x", Dy + Dy * (1 - Square(y)), Dy * (1 + (1 - Square(y))))]);
    }
}
