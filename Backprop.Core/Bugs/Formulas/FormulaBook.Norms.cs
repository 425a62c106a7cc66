using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Normalisations: to length 1, by row, by column, by root mean square; with and without gain and bias.</summary>
internal static partial class FormulaBook
{
    private static Choice Epsilon => new("ε", 1e-5, 1e-6, 1e-8, 0, 1e-3, 1e-12);

    private static IReadOnlyList<Formula> Norms() =>
    [
        Normalise("normalise", "y = x / |x|", true),
        Normalise("normalise-all", "y = x / |x|, x as a whole", false),
        NormaliseGuarded(),
        .. Standardised("layer-norm", -1, [Formula.Any, "D"], "D"),
        .. Standardised("batch-norm", 0, ["N", "D"], "D"),
        .. Standardised("layer-norm-deviation", -1, [Formula.Any, "D"], "D", true),
        .. Standardised("batch-norm-kept", 0, ["N", "D"], "1", false, "D"),
        .. RootMeanSquare(),
        BatchNormEvaluation(),
        InstanceNorm(),
    ];

    private static Formula Normalise(string name, string summary, bool rows)
    {
        Expr x = Leaf("x"), n = Let("n", Sqrt(rows ? RowSum(Square(x)) : Total(Square(x)))), y = Let("y", x / n);
        Expr Sum(Expr one) => rows ? RowSum(one) : Total(one);
        return new(name, summary, [rows ? Input.Real("x", Formula.Any, "D") : Free("x")], [y], [D("x", (Dy - y * Sum(Dy * y)) / n, Dy / n - x * Sum(Dy * x) / Cube(n))]);
    }

    private static Formula NormaliseGuarded()
    {
        Expr x = Leaf("x"), n = Let("n", Sqrt(RowSum(Square(x)) + Number("ε"))), y = Let("y", x / n);
        return new("normalise-guarded", "y = x / √(|x|² + ε)", [Input.Real("x", Formula.Any, "D")], [y], [D("x", (Dy - y * RowSum(Dy * y)) / n, Dy / n - x * RowSum(Dy * x) / Cube(n))]) { Choices = [new("ε", 1e-3, 1e-5, 1e-6, 1e-8)] };
    }

    /// <summary>(x − μ)/√(v + ε) along a dimension, plain, with a gain, with a gain and a bias.</summary>
    private static IEnumerable<Formula> Standardised(string name, int dim, string[] shape, string width, bool deviation = false, string? kept = null)
    {
        Expr x = Leaf("x"), g = Leaf("gain"), b = Leaf("bias"), mean = Let("μ", RowMean(x, dim)), c = Let("c", x - mean), v = Let("v", RowMean(Square(c), dim));
        Expr s = Let("s", deviation ? Sqrt(v) + Number("ε") : Sqrt(v + Number("ε"))), h = Let("x̂", c / s);
        string[] parameter = kept is null ? [width] : [width, kept];
        Expr Reduced(Expr one) => kept is null ? SumOver(Flat(one), 0) : RowSum(one, 0);
        // √v + ε has another derivative than √(v + ε): the part along x̂ is weaker by √v.
        Expr Through(Expr dh) => deviation ? (dh - RowMean(dh, dim)) / s - c * RowMean(dh * h, dim) / (s * Sqrt(v)) : (dh - RowMean(dh, dim) - h * RowMean(dh * h, dim)) / s;
        // In three steps, as it is often derived: through the variance, the mean, and x itself.
        Expr[] Forms(Expr dh)
        {
            if (deviation) return [Through(dh)];
            Expr count = Size(x, dim), dv = Let("dv", -0.5 * RowSum(dh * c, dim) / Cube(s)), dm = Let("dμ", -RowSum(dh, dim) / s);
            return [Through(dh), dh / s + 2 * dv * c / count + dm / count, (count * dh - RowSum(dh, dim) - h * RowSum(dh * h, dim)) / (count * s)];
        }
        Input input = Input.Real("x", shape), gain = Input.Real("gain", parameter), bias = Input.Real("bias", parameter);
        Expr scaled = Let("dx̂", Dy * g);
        if (kept is null) yield return new(name + "-plain", "y = (x − μ)/√(v + ε)", [input], [h], [D("x", Forms(Dy))]) { Choices = [Epsilon] };
        yield return new(name + "-gain", "y = gain (x − μ)/√(v + ε)", [input, gain], [h * g], [D("x", Forms(scaled)), D("gain", Reduced(Dy * h))]) { Choices = [Epsilon] };
        yield return new(name, "y = gain (x − μ)/√(v + ε) + bias", [input, gain, bias], [h * g + b], [D("x", Forms(scaled)), D("gain", Reduced(Dy * h)), D("bias", Reduced(Dy))]) { Choices = [Epsilon] };
    }

    private static IEnumerable<Formula> RootMeanSquare()
    {
        Expr x = Leaf("x"), g = Leaf("gain"), r = Let("r", Sqrt(RowMean(Square(x)) + Number("ε"))), h = Let("x̂", x / r), dh = Let("dx̂", Dy * g);
        var input = Input.Real("x", Formula.Any, "D");
        Expr[] Forms(Expr d) => [(d - h * RowMean(d * h)) / r, d / r - x * RowSum(d * x) / (Size(x, -1) * Cube(r))];
        yield return new("rms-norm-plain", "y = x / √(mean x² + ε)", [input], [h], [D("x", Forms(Dy))]) { Choices = [Epsilon] };
        yield return new("rms-norm", "y = gain x / √(mean x² + ε)", [input, Input.Real("gain", "D")], [h * g], [D("x", Forms(dh)), D("gain", SumOver(Flat(Dy * h), 0))]) { Choices = [Epsilon] };
    }

    private static Formula BatchNormEvaluation()
    {
        Expr x = Leaf("x"), m = Leaf("mean"), v = Leaf("var"), g = Leaf("gain"), b = Leaf("bias"), s = Let("s", Sqrt(v + Number("ε"))), h = Let("x̂", (x - m) / s);
        return new("batch-norm-evaluation", "y = gain (x − mean)/√(var + ε) + bias, with the statistics given",
            [Input.Real("x", "N", "D"), Input.Real("mean", "D").NoGradient(), Input.Positive("var", "D").NoGradient(), Input.Real("gain", "D"), Input.Real("bias", "D")], [h * g + b],
            [D("x", Dy * g / s), D("gain", SumOver(Dy * h, 0)), D("bias", SumOver(Dy, 0))])
        { Choices = [Epsilon] };
    }

    private static Formula InstanceNorm()
    {
        Expr x = Leaf("x"), c = Let("c", x - RowMean(x)), s = Let("s", Sqrt(RowMean(Square(c)) + Number("ε"))), h = Let("x̂", c / s), g = Unsqueeze(Leaf("gain"), -1), b = Unsqueeze(Leaf("bias"), -1), dh = Let("dx̂", Dy * g);
        return new("instance-norm", "y_nct = gain_c (x_nct − μ_nc)/√(v_nc + ε) + bias_c", [Input.Real("x", "N", "C", "T"), Input.Real("gain", "C"), Input.Real("bias", "C")], [h * g + b],
            [D("x", (dh - RowMean(dh) - h * RowMean(dh * h)) / s), D("gain", SumOver(SumOver(Dy * h, -1), 0)), D("bias", SumOver(SumOver(Dy, -1), 0))])
        { Choices = [Epsilon] };
    }
}
