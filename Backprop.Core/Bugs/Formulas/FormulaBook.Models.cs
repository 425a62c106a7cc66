using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Small models: classes by one sigmoid, word vectors in batches, chains of scalars, margins of scores.</summary>
internal static partial class FormulaBook
{
    private static IReadOnlyList<Formula> Models() =>
    [
        Logistic(true),
        Logistic(false),
        LinearCrossEntropy("linear-softmax-l2-transposed", "L = −(1/N) Σ log softmax(x wᵀ)_y + λ Σ w²", true, false, true, 2),
        LinearCrossEntropy("linear-softmax-sum-no-bias", "L = −Σ log softmax(x w)_y", false, false, false),
        LookedUp(),
        .. from mean in new[] { false, true } from bag in new[] { false, true } select WordClasses(mean, bag),
        NegativeSamplingBatch(false),
        NegativeSamplingBatch(true),
        PlainPairs(),
        Chain(),
        Fan(),
        ScoreMargin("score-margin", false, false),
        ScoreMargin("score-margin-mean", true, false),
        ScoreMargin("score-margin-rows", false, true),
        ColumnVariance(),
        Filter(),
        ResidualProduct(),
        Identity(),
        NeuronColumns(),
    ];

    private static Formula Logistic(bool mean)
    {
        Expr x = Leaf("x"), w = Leaf("w"), t = Let("t", AsNumbers(Leaf("y"))), s = Let("s", MatMul(x, w)), e = Let("e", Sigmoid(s) - t), value = Total(Softplus(s) - t * s), ds = Let("ds", mean ? Dy * e / Number("N") : Dy * e);
        return new(mean ? "logistic-labels-mean" : "logistic-labels", "J = −Σ log P(y), P(1 | x) = σ(wᵀx)", [Input.Real("x", "N", "D"), Input.Real("w", "D"), Input.Labels("y", "N", "2")], [mean ? value / Number("N") : value],
            [D("x", Outer(ds, w)), D("w", MatMul(T(x), ds))]);
    }

    private static Formula LookedUp()
    {
        Expr w = Leaf("w"), table = Leaf("table"), i = Leaf("i"), x = Let("x", Rows(table, i)), z = Let("z", MatMul(x, T(w))), p = Let("p", Softmax(z)), y = Let("Y", OneHot(Leaf("y"), z)), dz = Let("dz", Dy * (p - y) / Number("N"));
        return new("embedding-softmax-l2", "J = −(1/N) Σ log softmax(w table[i])_y + λ (Σ w² + Σ table²)", [Input.Real("w", "C", "D"), Input.Real("table", "V", "D"), Input.Indices("i", "N", "V"), Input.Labels("y", "N", "C")],
            [-Total(y * LogSoftmax(z)) / Number("N") + Number("λ") * (Total(Square(w)) + Total(Square(table)))],
            [D("w", MatMul(T(dz), x) + 2 * Number("λ") * w * Dy), D("table", Scatter(MatMul(dz, w), i, table) + 2 * Number("λ") * table * Dy)])
        { Choices = [new("λ", 0.3, 0.1, 0.01, 0)] };
    }

    /// <summary>Skip-gram, or with a bag of context words the continuous bag, over a batch.</summary>
    private static Formula WordClasses(bool mean, bool bag)
    {
        Expr u = Leaf("u"), v = Leaf("v"), i = Leaf("i"), h = Let("h", bag ? MeanOver(Rows(v, i), -2) : Rows(v, i)), z = Let("z", MatMul(h, T(u))), p = Let("p", Softmax(z)), y = Let("Y", OneHot(Leaf("y"), z));
        Expr dz = Let("dz", mean ? Dy * (p - y) / Number("N") : Dy * (p - y)), dh = Let("dh", MatMul(dz, u)), each = bag ? Unsqueeze(Let("each", dh / Number("K")), -2) : dh, value = -Total(y * LogSoftmax(z));
        return new($"{(bag ? "continuous-bag" : "skip-gram")}-batch{(mean ? "-mean" : "")}", "J = −Σ_n log softmax(u h_n)_(y_n)",
            [bag ? Input.Indices("i", "N", "K", "V") : Input.Indices("i", "N", "V"), Input.Labels("y", "N", "V"), Input.Real("u", "V", "D"), Input.Real("v", "V", "D")], [mean ? value / Number("N") : value],
            [D("u", MatMul(T(dz), h)), D("v", Scatter(each, i, v))]);
    }

    private static Formula NegativeSamplingBatch(bool mean)
    {
        Expr u = Leaf("u"), v = Leaf("v"), i = Leaf("i"), o = Leaf("o"), k = Leaf("k"), centre = Let("c", Rows(v, i)), truth = Let("uₒ", Rows(u, o)), false_ = Let("uₖ", Rows(u, k));
        Expr s = Let("s", RowSum(centre * truth)), r = Let("r", RowSum(Unsqueeze(centre, 1) * false_)), rows = Number("N");
        Expr ds = Let("ds", mean ? Dy * (Sigmoid(s) - 1) / rows : Dy * (Sigmoid(s) - 1)), dr = Let("dr", mean ? Dy * Sigmoid(r) / rows : Dy * Sigmoid(r)), value = Total(Softplus(-s)) + Total(Softplus(r));
        return new($"negative-sampling-batch{(mean ? "-mean" : "")}", "J = −Σ_n [log σ(u_oᵀv_c) + Σ_k log σ(−u_kᵀv_c)]",
            [Input.Indices("i", "N", "V"), Input.Indices("o", "N", "V"), Input.Indices("k", "N", "K", "V"), Input.Real("u", "V", "D"), Input.Real("v", "V", "D")], [mean ? value / rows : value],
            [D("u", Scatter(ds * centre, o, u) + Scatter(dr * Unsqueeze(centre, 1), k, u)), D("v", Scatter(ds * truth + SumOver(dr * false_, 1), i, v))]);
    }

    private static Formula PlainPairs()
    {
        Expr u = Leaf("u"), v = Leaf("v"), i = Leaf("i"), j = Leaf("j"), p = Leaf("p"), f = Leaf("f"), a = Let("uᵢ", Rows(u, i)), b = Let("vⱼ", Rows(v, j)), e = Let("e", SumOver(a * b, -1) - p), d = Let("d", Dy * f * e);
        return new("weighted-pairs", "J = ½ Σ_n f_n (u_(i_n)ᵀ v_(j_n) − p_n)²", [Input.Indices("i", "N", "V"), Input.Indices("j", "N", "W"), Input.Real("u", "V", "D"), Input.Real("v", "W", "D"), Input.Real("p", "N"), Input.Positive("f", "N").NoGradient()],
            [0.5 * Total(f * Square(e))], [D("u", Scatter(Unsqueeze(d, -1) * b, i, u)), D("v", Scatter(Unsqueeze(d, -1) * a, j, v)), D("p", -d)]);
    }

    private static Formula Chain()
    {
        Expr x = Leaf("x"), a = Leaf("w1"), b = Leaf("w2"), t = Leaf("d"), h = Let("h", Sigmoid(a * x)), z = Let("z", Sigmoid(b * h)), d2 = Let("δ₂", -Dy * (t - z) * z * (1 - z)), d1 = Let("δ₁", d2 * b * h * (1 - h));
        return new("chain-of-two-weights", "E = ½ Σ (d − σ(w₂ σ(w₁ x)))²", [Free("x"), Free("w1"), Free("w2"), Free("d")], [0.5 * Total(Square(t - z))], [D("x", d1 * a), D("w1", d1 * x), D("w2", d2 * h), D("d", Dy * (t - z))]);
    }

    private static Formula Fan()
    {
        Expr x = Leaf("x"), s = Let("s", Sigmoid(x)), t = Let("t", Tanh(x)), p = Let("p", Softmax(x));
        return new("fan-of-three", "y = σ(x) tanh x + softmax(x)", [Input.Real("x", Formula.Any, "D")], [s * t + p], [D("x", Dy * t * s * (1 - s) + Dy * s * (1 - Square(t)) + p * (Dy - RowSum(Dy * p)))]);
    }

    private static Formula ScoreMargin(string name, bool mean, bool rows)
    {
        Expr s = Leaf("s"), c = Leaf("c"), margin = Let("margin", Number("Δ") - s + c), gate = Let("gate", Greater(margin, 0)), ds = rows ? Dy * gate : mean ? Dy * gate / Count(s) : Dy * gate;
        return new(name, "J = Σ max(0, Δ − s + c)", [Free("s"), Free("c")], [rows ? Relu(margin) : mean ? Average(Relu(margin)) : Total(Relu(margin))], [D("s", -ds), D("c", ds)]) { Choices = [new("Δ", 1, 0.5, 2)] };
    }

    private static Formula ColumnVariance()
    {
        Expr x = Leaf("x"), c = Let("c", x - RowMean(x, 0));
        return new("variance-columns", "y_d = (1/N) Σ_n (x_nd − mean_d)²", [Input.Real("x", "N", "D")], [MeanOver(Square(c), 0)], [D("x", 2 * Unsqueeze(Dy, 0) * c / Number("N"))]);
    }

    private static Formula Filter()
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), wide = Unsqueeze(x, 1), kernel = Unsqueeze(Unsqueeze(w, 0), 0), dy = Unsqueeze(Dy, 1);
        return new("filter", "y_nt = Σ_k x_n(t+k) w_k + b", [Input.Real("x", "N", "3*K"), Input.Real("w", "K"), Input.Real("b")], [Squeeze(Convolve(wide, kernel, 1), 1) + b],
            [D("x", Squeeze(Convolve(Padded(dy, kernel, 1), Flip(kernel, 2), 1), 1)), D("w", Squeeze(Squeeze(Convolve(Exchanged(wide, 0, 1), Exchanged(dy, 0, 1), 1), 0), 0)), D("b", Total(Dy))])
        { Loose = true };
    }

    private static Formula ResidualProduct()
    {
        Expr x = Leaf("x"), w = Leaf("w"), h = Let("h", Tanh(MatMul(x, w))), dz = Let("dz", Dy * (1 - Square(h)));
        return new("residual-tanh-product", "y = x + tanh(x w)", [Input.Real("x", "N", "D"), Input.Real("w", "D", "D")], [x + h], [D("x", Dy + MatMul(dz, T(w))), D("w", MatMul(T(x), dz))]);
    }

    private static Formula Identity()
    {
        Expr x = Leaf("x");
        return new("identity", "y = x", [Free("x")], [1 * x], [D("x", 1 * (Expr)Dy)]);
    }

    private static Formula NeuronColumns()
    {
        Expr w = Leaf("w"), x = Leaf("x"), b = Leaf("b"), y = Let("y", Sigmoid(MatMul(w, x) + b)), dz = Let("dz", Dy * y * (1 - y));
        return new("neuron-of-columns", "y = σ(wᵀx + b), one example a column", [Input.Real("w", "D"), Input.Real("x", "D", "N"), Input.Real("b")], [y], [D("w", MatMul(x, dz)), D("x", Outer(w, dz)), D("b", Total(dz))]);
    }
}
