using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Tables of vectors: look-ups, bags, and the losses of word vectors and windows.</summary>
internal static partial class FormulaBook
{
    private static IReadOnlyList<Formula> Tables() =>
    [
        Embedding(),
        Bag("embedding-bag", "y_n = mean over k of row i_nk", true),
        Bag("embedding-bag-sum", "y_n = Σ over k of row i_nk", false),
        BagVector("context-mean", "y = mean over k of row i_k", true),
        BagVector("context-sum", "y = Σ over k of row i_k", false),
        Gathered(),
        Pairs(),
        NegativeSampling(true),
        NegativeSampling(false),
        NegativeSamplingApart(),
        ContinuousBag(true),
        ContinuousBag(false),
        SkipGram(),
        .. from half in new[] { true, false } from rate in new[] { true, false } select WordPairs(half, rate),
        WindowMargin(),
    ];

    private static Formula Embedding()
    {
        Expr table = Leaf("table"), i = Leaf("i");
        return new("embedding", "y = rows of the table", [Input.Real("table", "V", "D"), Input.Indices("i", Formula.Any, "V")], [Rows(table, i)], [D("table", Scatter(Dy, i, table))]);
    }

    private static Formula Bag(string name, string summary, bool mean)
    {
        Expr table = Leaf("table"), i = Leaf("i"), rows = Rows(table, i), each = Let("each", mean ? Dy / Number("K") : Dy);
        return new(name, summary, [Input.Real("table", "V", "D"), Input.Indices("i", "N", "K", "V")], [mean ? MeanOver(rows, -2) : SumOver(rows, -2)], [D("table", Scatter(Unsqueeze(each, -2), i, table))]);
    }

    private static Formula BagVector(string name, string summary, bool mean)
    {
        Expr table = Leaf("table"), i = Leaf("i"), rows = Rows(table, i), each = Let("each", mean ? Dy / Number("K") : Dy);
        return new(name, summary, [Input.Real("table", "V", "D"), Input.Indices("i", "K", "V")], [mean ? MeanOver(rows, 0) : SumOver(rows, 0)], [D("table", Scatter(Unsqueeze(each, 0), i, table))]);
    }

    private static Formula Gathered()
    {
        Expr x = Leaf("x"), y = Let("Y", OneHot(Leaf("i"), x));
        return new("pick", "y_n = x_(n, i_n)", [Input.Real("x", "N", "C"), Input.Labels("i", "N", "C")], [SumOver(x * y, -1)], [D("x", Unsqueeze(Dy, -1) * y)]);
    }

    private static Formula Pairs()
    {
        Expr u = Leaf("u"), v = Leaf("v"), i = Leaf("i"), j = Leaf("j"), a = Let("uᵢ", Rows(u, i)), b = Let("vⱼ", Rows(v, j)), dy = Unsqueeze(Dy, -1);
        return new("pair-product", "s_n = u_(i_n) · v_(j_n)", [Input.Real("u", "V", "D"), Input.Real("v", "W", "D"), Input.Indices("i", "N", "V"), Input.Indices("j", "N", "W")], [SumOver(a * b, -1)],
            [D("u", Scatter(dy * b, i, u)), D("v", Scatter(dy * a, j, v))]);
    }

    /// <summary>One centre, indices of which the first is true; the centre a vector or a row of a table.</summary>
    private static Formula NegativeSampling(bool vector)
    {
        Expr u = Leaf("u"), i = Leaf("i"), t = Leaf("t"), v = vector ? Leaf("v") : Let("v", Squeeze(Rows(Leaf("w"), Leaf("c")), 0));
        Expr rows = Let("rows", Rows(u, i)), s = Let("s", MatMul(rows, v)), first = First(s), q = Let("σ", Sigmoid(s)), d = Let("δ", Dy * (q - first)), dv = MatMul(T(rows), d);
        return new(vector ? "negative-sampling-single" : "negative-sampling-tables", "J = −log σ(u_oᵀv) − Σ_k log σ(−u_kᵀv), o the first index, k the others",
            [vector ? Input.Real("v", "D") : Input.Real("w", "V", "D"), Input.Real("u", "V", "D"), .. vector ? (Input[])[] : [Input.Indices("c", "1", "V")], Input.Indices("i", "K", "V")], [Total(first * Softplus(-s) + (1 - first) * Softplus(s))],
            [vector ? D("v", dv) : D("w", Scatter(Unsqueeze(dv, 0), Leaf("c"), Leaf("w"))), D("u", Scatter(Outer(d, v), i, u))]);
    }

    /// <summary>The true vector and the negatives as tensors of their own.</summary>
    private static Formula NegativeSamplingApart()
    {
        Expr v = Leaf("v"), o = Leaf("o"), n = Leaf("n"), s = Let("s", Total(o * v)), r = Let("r", MatMul(n, v)), ds = Let("ds", Dy * (Sigmoid(s) - 1)), dr = Let("dr", Dy * Sigmoid(r));
        return new("negative-sampling-vectors", "J = −log σ(oᵀv) − Σ_k log σ(−n_kᵀv)", [Input.Real("v", "D"), Input.Real("o", "D"), Input.Real("n", "K", "D")], [Softplus(-s) + Total(Softplus(r))],
            [D("v", ds * o + MatMul(T(n), dr)), D("o", ds * v), D("n", Outer(dr, v))]);
    }

    private static Formula ContinuousBag(bool mean)
    {
        Expr v = Leaf("v"), u = Leaf("u"), i = Leaf("i"), h = Let("h", mean ? MeanOver(Rows(v, i), 0) : SumOver(Rows(v, i), 0)), z = Let("z", MatMul(u, h)), p = Let("p", Softmax(z)), y = Let("Y", Squeeze(OneHot(Leaf("t"), z), 0));
        Expr dz = Let("dz", Dy * (p - y)), dh = Let("dh", mean ? MatMul(T(u), dz) / Number("K") : MatMul(T(u), dz));
        return new(mean ? "cbow-single" : "cbow-single-sum", "J = −log softmax(u h)_t, h the mean of the context's vectors",
            [Input.Real("v", "V", "D"), Input.Real("u", "V", "D"), Input.Indices("i", "K", "V"), Input.Indices("t", "1", "V")], [-Total(y * LogSoftmax(z))],
            [D("v", Scatter(Unsqueeze(dh, 0), i, v)), D("u", Outer(dz, h))]);
    }

    private static Formula SkipGram()
    {
        Expr v = Leaf("v"), u = Leaf("u"), z = Let("z", MatMul(u, v)), p = Let("p", Softmax(z)), y = OneHot(Leaf("t"), z), count = Let("Y", SumOver(y, 0)), dz = Let("dz", Dy * (Number("K") * p - count));
        return new("skip-gram-single", "J = −Σ_k log softmax(u v)_(t_k)", [Input.Real("v", "D"), Input.Real("u", "V", "D"), Input.Indices("t", "K", "V")], [-Total(count * LogSoftmax(z))],
            [D("v", MatMul(T(u), dz)), D("u", Outer(dz, v))]);
    }

    /// <summary>GloVe's weighted squares, with and without the ½, with and without a learning rate in front.</summary>
    private static Formula WordPairs(bool half, bool rate)
    {
        Expr w = Leaf("w"), v = Leaf("v"), b = Leaf("b"), c = Leaf("c"), i = Leaf("i"), j = Leaf("j"), x = Leaf("x");
        Expr a = Let("wᵢ", Rows(w, i)), e = Let("vⱼ", Rows(v, j)), f = Let("f", Power(Minimum(x / Number("x_max"), 1), Number("α"))), difference = Let("diff", SumOver(a * e, -1) + Rows(b, i) + Rows(c, j) - Log(x));
        Expr slope = half ? Dy * f * difference : 2 * Dy * f * difference, d = Let("d", rate ? Number("η") * slope : slope), rows = Unsqueeze(d, -1);
        Expr value = Total(f * Square(difference));
        value = half ? 0.5 * value : value;
        return new($"glove-pairs{(half ? "" : "-plain")}{(rate ? "-rate" : "")}", "J = Σ f(x) (w_i · v_j + b_i + c_j − log x)²",
            [Input.Real("w", "V", "D"), Input.Real("v", "V", "D"), Input.Real("b", "V"), Input.Real("c", "V"), Input.Indices("i", "N", "V"), Input.Indices("j", "N", "V"), Input.Range("x", 1, 200, "N").NoGradient()],
            [rate ? Number("η") * value : value],
            [D("w", Scatter(rows * e, i, w)), D("v", Scatter(rows * a, j, v)), D("b", Scatter(d, i, b)), D("c", Scatter(d, j, c))])
        { Choices = [new("x_max", 100, 10, 50), new("α", 0.75), .. rate ? (Choice[])[new("η", 0.05, 0.1, 0.01)] : []] };
    }

    private static Formula WindowMargin()
    {
        Expr table = Leaf("table"), w = Leaf("w"), u = Leaf("u"), i = Leaf("i"), j = Leaf("j"), x = Let("x", Line(Rows(table, i))), c = Let("xᶜ", Line(Rows(table, j)));
        Expr h = Let("h", Tanh(MatMul(w, x))), k = Let("hᶜ", Tanh(MatMul(w, c))), margin = Let("margin", 1 - Total(u * h) + Total(u * k)), gate = Let("gate", Dy * Greater(margin, 0));
        Expr da = Let("da", -gate * u * (1 - Square(h))), dc = Let("daᶜ", gate * u * (1 - Square(k)));
        return new("window-margin", "J = max(0, 1 − uᵀ tanh(w x) + uᵀ tanh(w xᶜ)), x the vectors of a window, xᶜ of a corrupt one",
            [Input.Real("table", "V", "D"), Input.Real("w", "H", "K*D"), Input.Real("u", "H"), Input.Indices("i", "K", "V"), Input.Indices("j", "K", "V")], [Relu(margin)],
            [
                D("table", Scatter(Reshaped(MatMul(T(w), da), Rows(table, i)), i, table) + Scatter(Reshaped(MatMul(T(w), dc), Rows(table, j)), j, table)),
                D("w", Outer(da, x) + Outer(dc, c)), D("u", gate * (k - h), -gate * h + gate * k),
            ]);
    }
}
