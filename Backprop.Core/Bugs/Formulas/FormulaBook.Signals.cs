using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Convolutions, pools and other functions of neighbours; cumulative sums; models with one output.</summary>
internal static partial class FormulaBook
{
    private static IReadOnlyList<Formula> Signals() =>
    [
        Convolution("conv1d", 1, true),
        Convolution("conv1d-no-bias", 1, false),
        Convolution("conv2d", 2, true),
        Convolution("conv2d-no-bias", 2, false),
        Correlation(),
        Pool("max-pool-pairs", "y = max of pairs", true),
        Pool("average-pool-pairs", "y = mean of pairs", false),
        CumulativeSum(),
        Difference(),
        FlippedRows(),
        Transposed(),
        .. Regressions(),
        Neuron("neuron", "y = σ(wᵀx + b)"),
    ];

    private static Formula Convolution(string name, int dims, bool biased)
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), y = Convolve(x, w, dims);
        Expr dx = Convolve(Padded(Dy, w, dims), Exchanged(Flip(w, [.. Enumerable.Range(2, dims).Select(dim => (long)dim)]), 0, 1), dims), dw = Exchanged(Convolve(Exchanged(x, 0, 1), Exchanged(Dy, 0, 1), dims), 0, 1);
        Expr db = dims == 1 ? SumOver(SumOver(Dy, -1), 0) : SumOver(SumOver(SumOver(Dy, -1), -1), 0), bias = dims == 1 ? Unsqueeze(b, -1) : Unsqueeze(Unsqueeze(b, -1), -1);
        return new(name, "y = w ⋆ x + b", dims == 1 ? [Input.Real("x", "N", "C", "T"), Input.Real("w", "O", "C", "2"), .. biased ? (Input[])[Input.Real("b", "O")] : []]
            : [Input.Real("x", "N", "C", "H", "W"), Input.Real("w", "O", "C", "2", "2"), .. biased ? (Input[])[Input.Real("b", "O")] : []],
            [biased ? y + bias : y], [D("x", dx), D("w", dw), .. biased ? (Gradient[])[D("b", db)] : []])
        { Loose = true };
    }

    private static Formula Correlation()
    {
        Expr x = Leaf("x"), w = Leaf("w"), wide = Unsqueeze(Unsqueeze(x, 0), 0), kernel = Unsqueeze(Unsqueeze(w, 0), 0), dy = Unsqueeze(Unsqueeze(Dy, 0), 0);
        return new("correlation", "y_t = Σ_k w_k x_(t+k)", [Input.Real("x", "T"), Input.Real("w", "2")], [Line(Convolve(wide, kernel, 1))],
            [D("x", Line(Convolve(Padded(dy, kernel, 1), Flip(kernel, 2), 1))), D("w", Line(Convolve(wide, dy, 1)))])
        { Loose = true };
    }

    private static Formula Pool(string name, string summary, bool max)
    {
        Expr x = Leaf("x"), pairs = Paired(x), dy = Unsqueeze(Dy, -1);
        return max
            ? new(name, summary, [Input.Real("x", Formula.Any, "2*T")], [SumOver(RowMax(pairs), -1)], [D("x", Reshaped(dy * Same(pairs, RowMax(pairs)), x))])
            : new(name, summary, [Input.Real("x", Formula.Any, "2*T")], [MeanOver(pairs, -1)], [D("x", Reshaped(Like(dy / 2, pairs), x))]);
    }

    private static Formula CumulativeSum()
    {
        Expr x = Leaf("x");
        return new("cumulative-sum", "y_t = Σ_(s≤t) x_s", [Input.Real("x", Formula.Any, "T")], [Cumulated(x)], [D("x", Flip(Cumulated(Flip(Dy, -1)), -1))]);
    }

    private static Formula Difference()
    {
        Expr x = Leaf("x");
        return new("roll", "y_t = x_(t−1), around", [Input.Real("x", Formula.Any, "T")], [Roll(x, 1, -1)], [D("x", Roll(Dy, -1, -1))]);
    }

    private static Formula FlippedRows()
    {
        Expr x = Leaf("x");
        return new("flip", "y = x in reverse along the last dimension", [Input.Real("x", Formula.Any, "T")], [Flip(x, -1)], [D("x", Flip(Dy, -1))]);
    }

    private static Formula Transposed()
    {
        Expr x = Leaf("x");
        return new("transpose", "y = xᵀ", [Input.Real("x", "N", "D")], [T(x)], [D("x", T(Dy))]);
    }

    /// <summary>One output for each row: a linear model with squares, a logistic model with labels as numbers; a vector of weights, with and without a bias.</summary>
    private static IEnumerable<Formula> Regressions()
    {
        foreach (var logistic in new[] { false, true })
            foreach (var biased in new[] { false, true })
                foreach (var scale in logistic ? new[] { "", "-mean" } : ["", "-mean", "-half", "-half-mean"])
                {
                    Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), t = Leaf("t"), s = Let("s", biased ? MatMul(x, w) + b : MatMul(x, w)), e = Let("e", logistic ? Sigmoid(s) - t : s - t);
                    Expr value = Total(logistic ? Softplus(s) - s * t : Square(e)), slope = logistic || scale.StartsWith("-half", StringComparison.Ordinal) ? Dy * e : 2 * Dy * e;
                    if (scale.StartsWith("-half", StringComparison.Ordinal)) value = 0.5 * value;
                    if (scale.EndsWith("mean", StringComparison.Ordinal)) (value, slope) = (value / Number("N"), slope / Number("N"));
                    Expr ds = Let("ds", slope);
                    yield return new($"{(logistic ? "logistic" : "linear")}-model{scale}{(biased ? "" : "-no-bias")}", logistic ? "L = Σ cross-entropy of σ(x w + b) and t" : "L = Σ (x w + b − t)²",
                        [Input.Real("x", "N", "D"), Input.Real("w", "D"), .. biased ? (Input[])[Input.Real("b")] : [], logistic ? Input.Range("t", 0, 1, "N").NoGradient() : Input.Real("t", "N")], [value],
                        [D("x", Outer(ds, w)), D("w", MatMul(T(x), ds)), .. biased ? (Gradient[])[D("b", Total(ds))] : [], .. logistic ? (Gradient[])[] : [D("t", -ds)]]);
                }
    }

    private static Formula Neuron(string name, string summary)
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), y = Let("y", Sigmoid(Total(w * x) + b)), dz = Let("dz", Dy * y * (1 - y));
        return new(name, summary, [Input.Real("w", "D"), Input.Real("x", "D"), Input.Real("b")], [y], [D("w", dz * x), D("x", dz * w), D("b", dz)]);
    }
}
