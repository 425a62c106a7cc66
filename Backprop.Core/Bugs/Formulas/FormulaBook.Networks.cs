using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Networks of two layers, recurrent cells, attention.</summary>
internal static partial class FormulaBook
{
    private static (string Name, Func<Expr, Expr> Of, Func<Expr, Expr, Expr> Slope)[] Activated =>
    [
        ("sigmoid", Sigmoid, (_, h) => h * (1 - h)),
        ("tanh", Tanh, (_, h) => 1 - Square(h)),
        ("relu", Relu, (a, _) => Greater(a, 0)),
    ];

    private static IReadOnlyList<Formula> Networks() =>
    [
        .. from f in Activated from transposed in new[] { false, true } from biased in new[] { true, false } from head in new[] { "", "-squared-error", "-squared-error-mean", "-half-squared-error", "-softmax", "-softmax-mean", "-sigmoid" } where !transposed || head is "" or "-softmax-mean" select Perceptron(f, transposed, biased, head),
        .. from f in Activated select Residual(f),
        .. from f in Activated where f.Name != "sigmoid" from biased in new[] { true, false } select Recurrent(f, biased),
        .. from scaled in new[] { true, false } from causal in new[] { false, true } from batch in new[] { false, true } select Attention(scaled, causal, batch),
        Gated(),
        LongShortTerm(false),
        LongShortTerm(true),
        GatedRecurrent(),
    ];

    /// <summary>f(x w1 + b1) w2 + b2 with a loss, or none, on top.</summary>
    private static Formula Perceptron((string Name, Func<Expr, Expr> Of, Func<Expr, Expr, Expr> Slope) f, bool transposed, bool biased, string head)
    {
        Expr x = Leaf("x"), w1 = Leaf("w1"), b1 = Leaf("b1"), w2 = Leaf("w2"), b2 = Leaf("b2"), t = Leaf("t");
        Expr Layer(Expr into, Expr w, Expr b) => MatMul(into, transposed ? T(w) : w) is var product && biased ? product + b : MatMul(into, transposed ? T(w) : w);
        Expr a = Let("a", Layer(x, w1, b1)), h = Let("h", f.Of(a)), z = Let("z", Layer(h, w2, b2)), p = Let("p", head == "-sigmoid" ? Sigmoid(z) : Softmax(z)), y = Let("Y", OneHot(Leaf("t"), z));
        var (value, delta) = head switch
        {
            "-squared-error" => (Total(Square(z - t)), 2 * Dy * (z - t)),
            "-squared-error-mean" => (Average(Square(z - t)), 2 * Dy * (z - t) / Count(z)),
            "-half-squared-error" => (0.5 * Total(Square(z - t)), Dy * (z - t)),
            "-softmax" => (-Total(y * LogSoftmax(z)), Dy * (p - y)),
            "-softmax-mean" => (-Total(y * LogSoftmax(z)) / Number("N"), Dy * (p - y) / Number("N")),
            "-sigmoid" => (p, Dy * p * (1 - p)),
            _ => (z, (Expr)Dy),
        };
        Expr dz = head == "" ? Dy : Let("dz", delta), da = Let("da", MatMul(dz, transposed ? w2 : T(w2)) * f.Slope(a, h));
        Input[] target = head switch
        {
            "-softmax" or "-softmax-mean" => [Input.Labels("t", "N", "K")],
            "" or "-sigmoid" => [],
            _ => [Input.Real("t", "N", "K").NoGradient()],
        };
        Input W(string name, string from, string size) => transposed ? Input.Real(name, size, from) : Input.Real(name, from, size);
        Expr DW(Expr into, Expr d) => transposed ? MatMul(T(d), into) : MatMul(T(into), d);
        return new($"perceptron-{f.Name}{head}{(transposed ? "-transposed" : "")}{(biased ? "" : "-no-bias")}", $"two layers with {f.Name} between them",
            [Input.Real("x", "N", "D"), W("w1", "D", "H"), .. biased ? (Input[])[Input.Real("b1", "H")] : [], W("w2", "H", "K"), .. biased ? (Input[])[Input.Real("b2", "K")] : [], .. target], [value],
            [
                D("x", MatMul(da, transposed ? w1 : T(w1))), D("w1", DW(x, da)), .. biased ? (Gradient[])[D("b1", SumOver(da, 0))] : [],
                D("w2", DW(h, dz)), .. biased ? (Gradient[])[D("b2", SumOver(dz, 0))] : [],
            ]);
    }

    private static Formula Residual((string Name, Func<Expr, Expr> Of, Func<Expr, Expr, Expr> Slope) f)
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), z = Let("z", MatMul(x, w) + b), h = Let("h", f.Of(z)), dz = Let("dz", Dy * f.Slope(z, h));
        return new($"residual-{f.Name}-layer", $"y = x + {f.Name}(x w + b)", [Input.Real("x", "N", "D"), Input.Real("w", "D", "D"), Input.Real("b", "D")], [x + h],
            [D("x", Dy + MatMul(dz, T(w))), D("w", MatMul(T(x), dz)), D("b", SumOver(dz, 0))]);
    }

    private static Formula Recurrent((string Name, Func<Expr, Expr> Of, Func<Expr, Expr, Expr> Slope) f, bool biased)
    {
        Expr x = Leaf("x"), h = Leaf("h"), w = Leaf("w"), u = Leaf("u"), b = Leaf("b"), sum = MatMul(x, w) + MatMul(h, u), z = Let("z", biased ? sum + b : sum), y = Let("h′", f.Of(z)), dz = Let("dz", Dy * f.Slope(z, y));
        return new($"rnn-cell-{f.Name}{(biased ? "" : "-no-bias")}", $"h′ = {f.Name}(x w + h u + b)",
            [Input.Real("x", "N", "D"), Input.Real("h", "N", "H"), Input.Real("w", "D", "H"), Input.Real("u", "H", "H"), .. biased ? (Input[])[Input.Real("b", "H")] : []], [y],
            [D("x", MatMul(dz, T(w))), D("h", MatMul(dz, T(u))), D("w", MatMul(T(x), dz)), D("u", MatMul(T(h), dz)), .. biased ? (Gradient[])[D("b", SumOver(dz, 0))] : []]);
    }

    private static Formula Attention(bool scaled, bool causal, bool batch)
    {
        Expr q = Leaf("q"), k = Leaf("k"), v = Leaf("v"), product = MatMul(q, T(k)), root = Sqrt(Number("D")), scores = scaled ? product / root : product;
        Expr p = Let("P", Softmax(causal ? Causal(scores) : scores)), dp = Let("dP", MatMul(Dy, T(v)));
        // Where the future is masked P is 0, and with it the gradient.
        Expr ds = Let("dS", scaled ? p * (dp - RowSum(dp * p)) / root : p * (dp - RowSum(dp * p)));
        string[] Shape(params string[] shape) => batch ? ["B", .. shape] : shape;
        return new($"attention{(scaled ? "" : "-unscaled")}{(causal ? "-causal" : "")}{(batch ? "-batch" : "")}", $"y = softmax(q kᵀ{(scaled ? " / √D" : "")}) v",
            [Input.Real("q", Shape(causal ? "S" : "N", "D")), Input.Real("k", Shape("S", "D")), Input.Real("v", Shape("S", "M"))], [MatMul(p, v)],
            [D("q", MatMul(ds, k)), D("k", MatMul(T(ds), q)), D("v", MatMul(T(p), Dy))]);
    }

    private static Formula Gated()
    {
        Expr x = Leaf("x"), w = Leaf("w"), v = Leaf("v"), a = Let("a", MatMul(x, w)), s = Let("s", Sigmoid(MatMul(x, v))), da = Let("da", Dy * s), db = Let("db", Dy * a * s * (1 - s));
        return new("gated-linear-unit", "y = (x w) σ(x v)", [Input.Real("x", "N", "D"), Input.Real("w", "D", "M"), Input.Real("v", "D", "M")], [a * s],
            [D("x", MatMul(da, T(w)) + MatMul(db, T(v))), D("w", MatMul(T(x), da)), D("v", MatMul(T(x), db))]);
    }

    /// <summary>Gates in the order i, f, g, o; the output is h′, or h′ and c′.</summary>
    private static Formula LongShortTerm(bool both)
    {
        Expr x = Leaf("x"), h = Leaf("h"), c = Leaf("c"), w = Leaf("w"), u = Leaf("u"), b = Leaf("b"), z = Let("z", MatMul(x, w) + MatMul(h, u) + b);
        Expr i = Let("i", Sigmoid(Part(z, 0, 4))), f = Let("f", Sigmoid(Part(z, 1, 4))), g = Let("g", Tanh(Part(z, 2, 4))), o = Let("o", Sigmoid(Part(z, 3, 4)));
        Expr next = Let("c′", f * c + i * g), t = Let("t", Tanh(next)), dh = both ? Leaf("dy0") : Dy, through = dh * o * (1 - Square(t)), dc = Let("dc′", both ? Leaf("dy1") + through : through);
        Expr dz = Let("dz", Join(dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - Square(g)), dh * t * o * (1 - o)));
        return new(both ? "lstm-cell-both" : "lstm-cell", "h′ = o tanh(c′), c′ = f c + i g",
            [Input.Real("x", "N", "D"), Input.Real("h", "N", "H"), Input.Real("c", "N", "H"), Input.Real("w", "D", "4*H"), Input.Real("u", "H", "4*H"), Input.Real("b", "4*H")], both ? [o * t, next] : [o * t],
            [D("x", MatMul(dz, T(w))), D("h", MatMul(dz, T(u))), D("c", dc * f), D("w", MatMul(T(x), dz)), D("u", MatMul(T(h), dz)), D("b", SumOver(dz, 0))]);
    }

    /// <summary>Gates in the order r, z, n, with a bias for each side, as libtorch has it.</summary>
    private static Formula GatedRecurrent()
    {
        Expr x = Leaf("x"), h = Leaf("h"), w = Leaf("w"), u = Leaf("u"), b = Leaf("b"), a = Let("a", MatMul(x, w) + b), e = Let("e", MatMul(h, u));
        Expr r = Let("r", Sigmoid(Part(a, 0, 3) + Part(e, 0, 3))), z = Let("z", Sigmoid(Part(a, 1, 3) + Part(e, 1, 3))), hidden = Let("hₙ", Part(e, 2, 3)), n = Let("n", Tanh(Part(a, 2, 3) + r * hidden));
        Expr dn = Let("dn", Dy * (1 - z) * (1 - Square(n))), dz = Let("dz", Dy * (h - n) * z * (1 - z)), dr = Let("dr", dn * hidden * r * (1 - r));
        Expr da = Let("da", Join(dr, dz, dn)), de = Let("de", Join(dr, dz, dn * r));
        return new("gru-cell", "h′ = (1 − z) n + z h, n = tanh(x w_n + r (h u_n))",
            [Input.Real("x", "N", "D"), Input.Real("h", "N", "H"), Input.Real("w", "D", "3*H"), Input.Real("u", "H", "3*H"), Input.Real("b", "3*H")], [(1 - z) * n + z * h],
            [D("x", MatMul(da, T(w))), D("h", Dy * z + MatMul(de, T(u))), D("w", MatMul(T(x), da)), D("u", MatMul(T(h), de)), D("b", SumOver(da, 0))]);
    }
}
