using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Products of matrices, biases and factors that are broadcast, sums and means.</summary>
internal static partial class FormulaBook
{
    private static IReadOnlyList<Formula> Linears() =>
    [
        Affine("linear", "y = x w + b", false, true),
        Affine("linear-transposed", "y = x wᵀ + b", true, true),
        Affine("linear-no-bias", "y = x w", false, false),
        Affine("linear-transposed-no-bias", "y = x wᵀ", true, false),
        Dense("dense-sigmoid", "y = σ(x w + b)", Sigmoid, (_, y) => Dy * y * (1 - y)),
        Dense("dense-tanh", "y = tanh(x w + b)", Tanh, (_, y) => Dy * (1 - Square(y))),
        Dense("dense-relu", "y = max(0, x w + b)", Relu, (z, _) => Dy * Greater(z, 0)),
        Column("column-linear", "y = w x + b, one example a column", z => z, (_, _) => Dy),
        Column("column-sigmoid", "y = σ(w x + b), one example a column", Sigmoid, (_, y) => Dy * y * (1 - y)),
        Column("column-tanh", "y = tanh(w x + b), one example a column", Tanh, (_, y) => Dy * (1 - Square(y))),
        Column("column-relu", "y = max(0, w x + b), one example a column", Relu, (z, _) => Dy * Greater(z, 0)),
        ColumnVector(),
        Neuron(),
        Products("matvec", "y = A x", ["M", "D"], ["D"], (a, x) => MatMul(a, x), (_, x) => Outer(Dy, x), (a, _) => MatMul(T(a), Dy)),
        Products("vecmat", "y = xᵀ A", ["D"], ["D", "M"], (x, a) => MatMul(x, a), (_, a) => MatMul(a, Dy), (x, _) => Outer(x, Dy)),
        Products("outer", "y = u vᵀ", ["M"], ["D"], Outer, (_, v) => MatMul(Dy, v), (u, _) => MatMul(T(Dy), u)),
        Products("dot", "y = u · v", ["D"], ["D"], (u, v) => Total(u * v), (_, v) => Dy * v, (u, _) => Dy * u),
        Products("matmul-transposed", "y = aᵀ b", ["N", "D"], ["N", "M"], (a, b) => MatMul(T(a), b), (_, b) => MatMul(b, T(Dy)), (a, _) => MatMul(a, Dy)),
        Products("batch-matmul", "y_b = a_b c_b", ["B", "N", "D"], ["B", "D", "M"], MatMul, (_, b) => MatMul(Dy, T(b)), (a, _) => MatMul(T(a), Dy)),
        Products("row-dot", "y_n = u_n · v_n", ["N", "D"], ["N", "D"], (u, v) => SumOver(u * v, -1), (_, v) => Unsqueeze(Dy, -1) * v, (u, _) => Unsqueeze(Dy, -1) * u),
        Products("bias", "y = x + b", ["…", "M"], ["M"], (x, b) => x + b, (_, _) => Dy, (_, _) => SumOver(Flat(Dy), 0)),
        Products("scale", "y = x s", ["…", "D"], ["D"], (x, s) => x * s, (_, s) => Dy * s, (x, _) => SumOver(Flat(Dy * x), 0)),
        Products("row-bias", "y = x + b", ["N", "D"], ["N", "1"], (x, b) => x + b, (_, _) => Dy, (_, _) => RowSum(Dy)),
        Products("kept-bias", "y = x + b", ["N", "D"], ["1", "D"], (x, b) => x + b, (_, _) => Dy, (_, _) => RowSum(Dy, 0)),
        Products("kept-scale", "y = x s", ["N", "D"], ["1", "D"], (x, s) => x * s, (_, s) => Dy * s, (x, _) => RowSum(Dy * x, 0)),
        Products("row-scale", "y = x s", ["N", "D"], ["N", "1"], (x, s) => x * s, (_, s) => Dy * s, (x, _) => RowSum(Dy * x)),
        Products("row-scale-vector", "y_nd = x_nd s_n", ["N", "D"], ["N"], (x, s) => x * Unsqueeze(s, -1), (_, s) => Dy * Unsqueeze(s, -1), (x, _) => SumOver(Dy * x, -1)),
        Products("scalar-scale", "y = s x", ["…"], [], (x, s) => x * s, (_, s) => Dy * s, (x, _) => Total(Dy * x)),
        Products("scalar-bias", "y = x + b", ["…"], [], (x, b) => x + b, (_, _) => Dy, (_, _) => Total(Dy)),
        ScaleShift(),
        Bilinear(),
        Quadratic(),
        LowRank(),
        .. Reductions(),
    ];

    private static Formula Affine(string name, string summary, bool transposed, bool biased)
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), product = MatMul(x, transposed ? T(w) : w);
        return new(name, summary, [Input.Real("x", Formula.Any, "D"), transposed ? Input.Real("w", "M", "D") : Input.Real("w", "D", "M"), .. biased ? (Input[])[Input.Real("b", "M")] : []],
            [biased ? product + b : product],
            [D("x", MatMul(Dy, transposed ? w : T(w))), D("w", transposed ? MatMul(T(Flat(Dy)), Flat(x)) : MatMul(T(Flat(x)), Flat(Dy))), .. biased ? (Gradient[])[D("b", SumOver(Flat(Dy), 0))] : []]);
    }

    private static Formula Dense(string name, string summary, Func<Expr, Expr> f, Func<Expr, Expr, Expr> df)
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), z = Let("z", MatMul(x, w) + b), y = Let("y", f(z)), dz = Let("dz", df(z, y));
        return new(name, summary, [Input.Real("x", Formula.Any, "D"), Input.Real("w", "D", "M"), Input.Real("b", "M")], [y],
            [D("x", MatMul(dz, T(w))), D("w", MatMul(T(Flat(x)), Flat(dz))), D("b", SumOver(Flat(dz), 0))]);
    }

    private static Formula Column(string name, string summary, Func<Expr, Expr> f, Func<Expr, Expr, Expr> df)
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), z = Let("z", MatMul(w, x) + b), y = Let("y", f(z)), dz = Let("dz", df(z, y));
        return new(name, summary, [Input.Real("w", "M", "D"), Input.Real("x", "D", "N"), Input.Real("b", "M", "1")], [y],
            [D("w", MatMul(dz, T(x))), D("x", MatMul(T(w), dz)), D("b", RowSum(dz))]);
    }

    private static Formula ColumnVector()
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b");
        return new("column-linear-vector", "y = w x + b", [Input.Real("w", "M", "D"), Input.Real("x", "D"), Input.Real("b", "M")], [MatMul(w, x) + b], [D("w", Outer(Dy, x)), D("x", MatMul(T(w), Dy)), D("b", Dy)]);
    }

    private static Formula Neuron()
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), y = Let("y", Sigmoid(MatMul(x, w) + b)), dz = Let("dz", Dy * y * (1 - y));
        return new("neurons", "y = σ(x w + b), w a vector", [Input.Real("x", "N", "D"), Input.Real("w", "D"), Input.Real("b")], [y], [D("x", Outer(dz, w)), D("w", MatMul(T(x), dz)), D("b", Total(dz))]);
    }

    private static Formula Products(string name, string summary, string[] first, string[] second, Func<Expr, Expr, Expr> y, Func<Expr, Expr, Expr> da, Func<Expr, Expr, Expr> db)
    {
        Expr a = Leaf("a"), b = Leaf("b");
        return new(name, summary, [Input.Real("a", first), Input.Real("b", second)], [y(a, b)], [D("a", da(a, b)), D("b", db(a, b))]);
    }

    private static Formula ScaleShift()
    {
        Expr x = Leaf("x"), g = Leaf("gain"), b = Leaf("bias");
        return new("scale-shift", "y = x gain + bias", [Input.Real("x", Formula.Any, "D"), Input.Real("gain", "D"), Input.Real("bias", "D")], [x * g + b],
            [D("x", Dy * g), D("gain", SumOver(Flat(Dy * x), 0)), D("bias", SumOver(Flat(Dy), 0))]);
    }

    private static Formula Bilinear()
    {
        Expr x = Leaf("x"), w = Leaf("w"), z = Leaf("z"), dy = Let("dy·", Unsqueeze(Dy, -1));
        return new("bilinear", "y_n = x_nᵀ w z_n", [Input.Real("x", "N", "D"), Input.Real("w", "D", "M"), Input.Real("z", "N", "M")], [SumOver(MatMul(x, w) * z, -1)],
            [D("x", dy * MatMul(z, T(w))), D("w", MatMul(T(dy * x), z)), D("z", dy * MatMul(x, w))]);
    }

    private static Formula Quadratic()
    {
        Expr x = Leaf("x"), a = Leaf("a");
        return new("quadratic-form", "y = xᵀ A x", [Input.Real("x", "D"), Input.Real("a", "D", "D")], [Total(x * MatMul(a, x))], [D("x", Dy * (MatMul(a, x) + MatMul(T(a), x))), D("a", Dy * Outer(x, x))]);
    }

    private static Formula LowRank()
    {
        Expr x = Leaf("x"), a = Leaf("a"), b = Leaf("b"), h = Let("h", MatMul(x, a)), dh = Let("dh", MatMul(Dy, T(b)));
        return new("two-products", "y = x a b", [Input.Real("x", "N", "D"), Input.Real("a", "D", "H"), Input.Real("b", "H", "M")], [MatMul(h, b)], [D("x", MatMul(dh, T(a))), D("a", MatMul(T(x), dh)), D("b", MatMul(T(h), Dy))]);
    }

    private static IReadOnlyList<Formula> Reductions()
    {
        Expr x = Leaf("x"), dy = Unsqueeze(Dy, -1), first = Unsqueeze(Dy, 0);
        Formula Of(string name, string summary, Expr y, params Expr[] dx) => new(name, summary, [Free("x")], [y], [new("x", dx)]);
        Formula Rows(string name, string summary, Expr y, params Expr[] dx) => new(name, summary, [Input.Real("x", Formula.Any, "D")], [y], [new("x", dx)]);
        Formula Matrix(string name, string summary, Expr y, params Expr[] dx) => new(name, summary, [Input.Real("x", "N", "D")], [y], [new("x", dx)]);
        Expr mean = Let("mean", RowMean(x)), centred = Let("c", x - mean), norm = Let("n", Sqrt(Total(Square(x)))), rowNorm = Let("n", Sqrt(SumOver(Square(x), -1)));
        return
        [
            Of("sum", "y = Σ x", Total(x), Like(Dy, x)),
            Of("mean", "y = mean of x", Average(x), Like(Dy / Count(x), x)),
            Of("sum-of-squares", "y = Σ x²", Total(Square(x)), 2 * x * Dy),
            Of("half-sum-of-squares", "y = ½ Σ x²", 0.5 * Total(Square(x)), x * Dy),
            Of("mean-of-squares", "y = mean of x²", Average(Square(x)), 2 * x * Dy / Count(x)),
            Of("absolute-sum", "y = Σ |x|", Total(Abs(x)), Sign(x) * Dy),
            Of("absolute-mean", "y = mean of |x|", Average(Abs(x)), Sign(x) * Dy / Count(x)),
            Of("norm", "y = √(Σ x²)", norm, Dy * x / norm),
            Of("l2-penalty", "y = λ Σ x²", Number("λ") * Total(Square(x)), 2 * Number("λ") * x * Dy) with { Choices = [new("λ", 0.3, 0.1, 0.01, 0.5, 0.001)] },
            Of("half-l2-penalty", "y = ½ λ Σ x²", 0.5 * Number("λ") * Total(Square(x)), Number("λ") * x * Dy) with { Choices = [new("λ", 0.7, 0.1, 0.01, 0.001, 0.3)] },
            Of("l1-penalty", "y = λ Σ |x|", Number("λ") * Total(Abs(x)), Number("λ") * Sign(x) * Dy) with { Choices = [new("λ", 0.3, 0.1, 0.01, 0.5, 0.001)] },
            Of("log-sum-of-exp", "y = log Σ eˣ", Log(Total(Exp(x))), Dy * Let("p", Exp(x) / Total(Exp(x)))),
            Rows("sum-rows", "y = Σ over the last dimension", SumOver(x, -1), Like(dy, x)),
            Rows("mean-rows", "y = mean over the last dimension", MeanOver(x, -1), Like(dy / Size(x, -1), x)),
            Matrix("sum-columns", "y_d = Σ_n x_nd", SumOver(x, 0), Like(first, x)),
            Matrix("mean-columns", "y_d = mean over n of x_nd", MeanOver(x, 0), Like(first / Size(x, 0), x)),
            Rows("norm-rows", "y_n = |x_n|", rowNorm, dy * x / Unsqueeze(rowNorm, -1)),
            Rows("logsumexp", "y_n = log Σ exp x_n", LogSumExp(x), dy * Let("p", Softmax(x))),
            Rows("max-rows", "y_n = max of x_n", SumOver(RowMax(x), -1), dy * Same(x, RowMax(x))),
            Rows("variance-rows", "y_n = variance of x_n", MeanOver(Square(centred), -1), 2 * dy * centred / Size(x, -1)),
            Rows("unbiased-variance-rows", "y_n = variance of x_n, over D − 1", SumOver(Square(centred), -1) / (Number("D") - 1), 2 * dy * centred / (Number("D") - 1)),
            Rows("deviation-rows", "y_n = standard deviation of x_n", Let("s", Sqrt(MeanOver(Square(centred), -1))), dy * centred / (Size(x, -1) * Unsqueeze(Let("s", Sqrt(MeanOver(Square(centred), -1))), -1))),
            Rows("centre-rows", "y = x − mean of its row", centred, Dy - RowMean(Dy)),
            Matrix("centre-columns", "y = x − mean of its column", x - RowMean(x, 0), Dy - RowMean(Dy, 0)),
            Rows("normalise-sum", "y = x / Σ x", Let("y", x / RowSum(x)), (Dy - RowSum(Dy * Let("y", x / RowSum(x)))) / RowSum(x)),
        ];
    }
}
