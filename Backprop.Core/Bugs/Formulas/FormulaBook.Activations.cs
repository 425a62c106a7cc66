using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Activations, entry by entry.</summary>
internal static partial class FormulaBook
{
    private static IReadOnlyList<Formula> Activations() =>
    [
        Unary("sigmoid", "y = σ(x)", Sigmoid, (_, y) => [Dy * y * (1 - y)]),
        Unary("tanh", "y = tanh x", Tanh, (_, y) => [Dy * (1 - Square(y)), Dy * (1 - y) * (1 + y)]),
        Unary("relu", "y = max(0, x)", Relu, (x, _) => [Dy * Greater(x, 0)]),
        Unary("softplus", "y = log(1 + eˣ)", Softplus, (x, _) => [Dy * Sigmoid(x)]),
        Unary("silu", "y = x σ(x)", x => x * Sigmoid(x), (x, y) => Let("s", Sigmoid(x)) is var s ? [Dy * (s + x * s * (1 - s)), Dy * s * (1 + x * (1 - s)), Dy * (y + s * (1 - y))] : []),
        Unary("gelu", "y = x Φ(x)", x => x * Normal(x), (x, _) => [Dy * (Let("Φ", Normal(x)) + x * Let("φ", Density(x)))]),
        TanhGelu(),
        Unary("mish", "y = x tanh(softplus(x))", x => x * Tanh(Softplus(x)), (x, _) => Let("t", Tanh(Softplus(x))) is var t ? [Dy * (t + x * (1 - Square(t)) * Sigmoid(x))] : []),
        Unary("softsign", "y = x / (1 + |x|)", x => x / (1 + Abs(x)), (x, _) => [Dy / Square(1 + Abs(x))]),
        Unary("hard-tanh", "y = min(max(x, −1), 1)", x => Minimum(Maximum(x, -1), 1), (x, _) => [Dy * Greater(x, -1) * Less(x, 1)]),
        Unary("relu6", "y = min(max(x, 0), 6)", x => Minimum(Relu(x), 6), (x, _) => [Dy * Greater(x, 0) * Less(x, 6)]),
        Unary("hard-sigmoid", "y = min(max(x/6 + ½, 0), 1)", x => Minimum(Maximum(x / 6 + 0.5, 0), 1), (x, _) => [Dy * Greater(x, -3) * Less(x, 3) / 6]),
        Unary("hard-swish", "y = x min(max(x + 3, 0), 6) / 6", x => x * Minimum(Relu(x + 3), 6) / 6, (x, _) => [Dy * (Greater(x, -3) * Less(x, 3) * (2 * x + 3) / 6 + AtLeast(x, 3))]),
        Unary("log-sigmoid", "y = −log(1 + e^(−x))", x => -Softplus(-x), (x, _) => [Dy * (1 - Let("s", Sigmoid(x))), Dy * Sigmoid(-x)]),
        Unary("tanh-shrink", "y = x − tanh x", x => x - Tanh(x), (x, _) => [Dy * Square(Let("t", Tanh(x)))]),
        Unary("leaky-relu", "y = x where x > 0, else αx", x => Relu(x) - Number("α") * Relu(-x), (x, _) => [Dy * (Greater(x, 0) + Number("α") * AtMost(x, 0)), Let("m", Greater(x, 0)) is var m ? Dy * (m + Number("α") * (1 - m)) : Dy], new Choice("α", 0.01, 0.1, 0.2, 0.3, 0.05, 0.25)),
        Unary("elu", "y = x where x > 0, else α(eˣ − 1)", x => Relu(x) + Number("α") * (Exp(-Relu(-x)) - 1),
            (x, y) => [Dy * (Greater(x, 0) + AtMost(x, 0) * Number("α") * Exp(-Relu(-x))), Dy * (Greater(x, 0) + AtMost(x, 0) * (y + Number("α")))], new Choice("α", 1, 1.5, 0.5, 0.1, 2)),
        Selu(),
        Unary("softplus-scaled", "y = log(1 + e^(βx)) / β", x => Softplus(Number("β") * x) / Number("β"), (x, _) => [Dy * Sigmoid(Number("β") * x)], new Choice("β", 2, 0.5, 3, 5)),
        Unary("sigmoid-scaled", "y = σ(ax)", x => Sigmoid(Number("a") * x), (_, y) => [Number("a") * Dy * y * (1 - y)], new Choice("a", 3, 2, 0.5, 5)),
        Unary("tanh-scaled", "y = tanh(ax)", x => Tanh(Number("a") * x), (_, y) => [Number("a") * Dy * (1 - Square(y))], new Choice("a", 2, 3, 0.5, 2.0 / 3)),
        Unary("swish-scaled", "y = x σ(βx)", x => x * Sigmoid(Number("β") * x), (x, _) => Let("s", Sigmoid(Number("β") * x)) is var s ? [Dy * (s + Number("β") * x * s * (1 - s))] : [], new Choice("β", 1.702, 1.5, 2, 0.5)),
        Prelu(),
    ];

    private static Expr Normal(Expr x) => 0.5 * (1 + Erf(x / Sqrt(2)));

    private static Expr Density(Expr x) => Exp(-Square(x) / 2) / Sqrt(2 * Pi);

    private static Expr Pi => new Number("π", Math.PI);

    private static Formula TanhGelu()
    {
        var c = Sqrt(2 / Pi);
        Expr Inner(Expr x) => c * (x + 0.044715 * Cube(x));
        return Unary("gelu-tanh", "y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))", x => 0.5 * x * (1 + Tanh(Inner(x))),
            (x, _) => Let("t", Tanh(Inner(x))) is var t ? [Dy * (0.5 * (1 + t) + 0.5 * x * (1 - Square(t)) * c * (1 + 0.134145 * Square(x)))] : []);
    }

    private static Formula Selu()
    {
        Expr scale = new Number("λ", 1.0507009873554804934193349852946), alpha = new Number("α", 1.6732632423543772848170429916717);
        return Unary("selu", "y = λ x where x > 0, else λα(eˣ − 1)", x => scale * (Relu(x) + alpha * (Exp(-Relu(-x)) - 1)), (x, _) => [Dy * scale * (Greater(x, 0) + AtMost(x, 0) * alpha * Exp(-Relu(-x)))]);
    }

    private static Formula Prelu()
    {
        Expr x = Leaf("x"), a = Leaf("a");
        return new("prelu", "y = x where x > 0, else a x", [Verify.Input.Real("x", Formula.Any), Verify.Input.Real("a")], [Relu(x) - a * Relu(-x)],
            [D("x", Dy * (Greater(x, 0) + a * AtMost(x, 0))), D("a", Total(Dy * x * AtMost(x, 0)))]);
    }
}
