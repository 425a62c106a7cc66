using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Softmax, its logarithm, and cross-entropies of it; labels as indices or as distributions, sums, means and a loss for each row.</summary>
internal static partial class FormulaBook
{
    private static IReadOnlyList<Formula> Softmaxes() =>
    [
        Rowwise("softmax", "y = softmax(x)", x => Softmax(x), (_, y) => [y * (Dy - RowSum(Dy * y)), y * Dy - y * RowSum(Dy * y)]),
        Rowwise("softmax-columns", "y = softmax(x), down the columns", x => Softmax(x, 0), (_, y) => [y * (Dy - RowSum(Dy * y, 0)), y * Dy - y * RowSum(Dy * y, 0)], "N", "D"),
        Rowwise("softmax-temperature", "y = softmax(x / T)", x => Softmax(x / Number("T")), (_, y) => [y * (Dy - RowSum(Dy * y)) / Number("T"), (y * Dy - y * RowSum(Dy * y)) / Number("T")]) with { Choices = [new("T", 2, 0.5, 3, 4, 5, 0.7)] },
        Rowwise("softmax-inverse-temperature", "y = softmax(β x)", x => Softmax(Number("β") * x), (_, y) => [Number("β") * y * (Dy - RowSum(Dy * y))]) with { Choices = [new("β", 3, 2, 0.5, 1.5)] },
        Rowwise("softmin", "y = softmax(−x)", x => Softmax(-x), (_, y) => [-y * (Dy - RowSum(Dy * y))]),
        Rowwise("log-softmax", "y = log softmax(x)", x => LogSoftmax(x), (_, y) => [Dy - Exp(y) * RowSum(Dy), Dy - Let("p", Exp(y)) * RowSum(Dy)]),
        Rowwise("log-softmax-temperature", "y = log softmax(x / T)", x => LogSoftmax(x / Number("T")), (_, y) => [(Dy - Exp(y) * RowSum(Dy)) / Number("T")]) with { Choices = [new("T", 2, 0.5, 3, 4, 5)] },
        .. CrossEntropies("", (x, _) => x, 1, []),
        .. CrossEntropies("-temperature", (x, _) => x / Number("T"), 1 / Number("T"), [new("T", 2, 0.5, 3, 4, 5)]),
        Weighted(),
        WeightedMean(),
        Ignoring(),
        Smoothed("softmax-cross-entropy-smoothed", "L = −(1/N) Σ ((1 − ε) Y + ε/C) log softmax(x)", true, true),
        Smoothed("softmax-cross-entropy-smoothed-sum", "L = −Σ ((1 − ε) Y + ε/C) log softmax(x)", true, false),
        Smoothed("distributions-smoothed", "L = −(1/N) Σ ((1 − ε) t + ε/C) log softmax(x)", false, true),
        LinearCrossEntropy("linear-softmax-cross-entropy", "L = −(1/N) Σ log softmax(x w + b)_y", false, true, true),
        LinearCrossEntropy("linear-softmax-cross-entropy-no-bias", "L = −(1/N) Σ log softmax(x w)_y", false, false, true),
        LinearCrossEntropy("linear-softmax-cross-entropy-transposed", "L = −(1/N) Σ log softmax(x wᵀ + b)_y", true, true, true),
        LinearCrossEntropy("linear-softmax-cross-entropy-sum", "L = −Σ log softmax(x w + b)_y", false, true, false),
        LinearCrossEntropy("linear-softmax-l2", "L = −(1/N) Σ log softmax(x w + b)_y + λ Σ w²", false, true, true, 2),
        LinearCrossEntropy("linear-softmax-l2-no-bias", "L = −(1/N) Σ log softmax(x w)_y + λ Σ w²", false, false, true, 2),
        LinearCrossEntropy("linear-softmax-half-l2", "L = −(1/N) Σ log softmax(x w + b)_y + ½ λ Σ w²", false, true, true, 1),
    ];

    private static Formula Rowwise(string name, string summary, Func<Expr, Expr> y, Func<Expr, Expr, Expr[]> dx, params string[] shape)
    {
        Expr x = Leaf("x"), value = Let("y", y(x));
        return new(name, summary, [Input.Real("x", shape.Length == 0 ? [Formula.Any, "D"] : shape)], [value], [new("x", dx(x, value))]);
    }

    /// <summary>−Σ t log softmax(z), z a function of the logits whose slope is <paramref name="slope"/>: labels or distributions; summed, averaged over rows, by row.</summary>
    private static IEnumerable<Formula> CrossEntropies(string suffix, Func<Expr, Expr, Expr> scaled, Expr slope, IReadOnlyList<Choice> choices)
    {
        foreach (var labelled in new[] { true, false })
            foreach (var reduction in new[] { "mean", "sum", "none", "all" })
            {
                Expr x = Leaf("x"), z = scaled(x, x), p = Let("p", Softmax(z)), y = labelled ? Let("Y", OneHot(Leaf("y"), x)) : Leaf("t");
                Expr each = reduction == "none" ? Unsqueeze(Dy, -1) : Dy, rows = Count(x) / Size(x, -1), log = Let("log p", LogSoftmax(z));
                Expr Reduced(Expr gradient) => reduction switch { "mean" => gradient / rows, "all" => gradient / Count(x), _ => gradient };
                Expr Sloped(Expr gradient) => slope is Number ? gradient : gradient / Number("T");
                // Labels are rows that sum to 1; distributions need not be, and with weights they are not.
                Expr residual = Let("p − t", labelled ? p - y : p * RowSum(y) - y);
                // Not fused: through the gradient of the probabilities.
                Expr dp = Let("dp", Reduced(-each * y / p));
                Expr loss = reduction == "none" ? -SumOver(y * log, -1) : -Reduced(Total(y * log));
                yield return new($"{(labelled ? "softmax-cross-entropy" : "distributions-cross-entropy")}{suffix}-{reduction}", "L = −Σ t log softmax(x)",
                    [Input.Real("x", Formula.Any, "C"), labelled ? Input.Labels("y", Formula.Any, "C") : Input.Distributions("t", Formula.Any, "C") with { Differentiable = true }], [loss],
                    [
                        labelled ? D("x", Sloped(Reduced(each * (p - y))), Sloped(p * (dp - RowSum(dp * p))), Sloped(Reduced(each * p - each * y))) : D("x", Sloped(Reduced(each * (p - y))), Sloped(Reduced(each * residual))),
                        .. labelled ? (Gradient[])[] : [D("t", -Reduced(each * log))],
                    ])
                { Choices = choices };
            }
    }

    private static Formula Weighted()
    {
        Expr x = Leaf("x"), weights = Leaf("weights"), p = Let("p", Softmax(x)), y = Let("Y", OneHot(Leaf("y"), x)), w = Let("w", SumOver(y * weights, -1));
        return new("softmax-cross-entropy-weighted", "L = −Σ w_y log softmax(x)_y / Σ w_y", [Input.Real("x", "N", "C"), Input.Labels("y", "N", "C"), Input.Positive("weights", "C").NoGradient()],
            [-Total(w * SumOver(y * LogSoftmax(x), -1)) / Total(w)], [D("x", Dy * Unsqueeze(w, -1) * (p - y) / Total(w), Dy * (Unsqueeze(w, -1) * p - Unsqueeze(w, -1) * y) / Total(w))]);
    }

    private static Formula WeightedMean()
    {
        Expr x = Leaf("x"), weights = Leaf("weights"), p = Let("p", Softmax(x)), y = Let("Y", OneHot(Leaf("y"), x)), w = Let("w", SumOver(y * weights, -1));
        return new("softmax-cross-entropy-weighted-mean", "L = −(1/N) Σ w_y log softmax(x)_y", [Input.Real("x", "N", "C"), Input.Labels("y", "N", "C"), Input.Positive("weights", "C").NoGradient()],
            [-Total(w * SumOver(y * LogSoftmax(x), -1)) / Number("N")], [D("x", Dy * Unsqueeze(w, -1) * (p - y) / Number("N"))]);
    }

    private static Formula Ignoring()
    {
        Expr x = Leaf("x"), y = Let("Y", OneHot(Leaf("y"), x)), p = Let("p", Softmax(x)), kept = Let("kept", SumOver(y, -1)), clamped = Let("Y", OneHot(AtLeastZero(Leaf("y")), x));
        return new("softmax-cross-entropy-ignoring", "L = −(1/N_kept) Σ over the kept log softmax(x)_y", [Input.Real("x", "N", "C"), Input.Labels("y", "N", "C") with { Ignored = -1 }],
            [-Total(y * LogSoftmax(x)) / Maximum(Total(kept), 1)], [D("x", Dy * Let("mask", Greater(Unsqueeze(kept, -1), 0)) * (p - clamped) / Maximum(Total(kept), 1), Dy * Let("mask", Greater(Unsqueeze(kept, -1), 0)) * (p - y) / Maximum(Total(kept), 1))]);
    }

    private static Formula Smoothed(string name, string summary, bool labelled, bool mean)
    {
        Expr x = Leaf("x"), y = labelled ? Let("Y", OneHot(Leaf("y"), x)) : Leaf("t"), p = Let("p", Softmax(x)), e = Number("ε");
        Expr t = Let("s", (1 - e) * y + e / Size(x, -1)), rows = Count(x) / Size(x, -1);
        Expr gradient = Dy * (p - t), loss = -Total(t * LogSoftmax(x));
        return new(name, summary, [Input.Real("x", "N", "C"), labelled ? Input.Labels("y", "N", "C") : Input.Distributions("t", "N", "C")], [mean ? loss / rows : loss], [D("x", mean ? gradient / rows : gradient)])
        { Choices = [new("ε", 0.1, 0.2, 0.05, 0.3)] };
    }

    private static Formula LinearCrossEntropy(string name, string summary, bool transposed, bool biased, bool mean, int regularised = 0)
    {
        Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), product = MatMul(x, transposed ? T(w) : w), z = Let("z", biased ? product + b : product);
        Expr p = Let("p", Softmax(z)), y = Let("Y", OneHot(Leaf("y"), z)), residual = mean ? Dy * (p - y) / Number("N") : Dy * (p - y), dz = Let("dz", residual);
        Expr loss = -Total(y * LogSoftmax(z));
        if (mean) loss /= Number("N");
        Expr dw = transposed ? MatMul(T(dz), x) : MatMul(T(x), dz);
        if (regularised > 0)
        {
            loss += regularised == 2 ? Number("λ") * Total(Square(w)) : 0.5 * Number("λ") * Total(Square(w));
            dw += regularised == 2 ? 2 * Number("λ") * w * Dy : Number("λ") * w * Dy;
        }
        return new(name, summary, [Input.Real("x", "N", "D"), transposed ? Input.Real("w", "C", "D") : Input.Real("w", "D", "C"), .. biased ? (Input[])[Input.Real("b", "C")] : [], Input.Labels("y", "N", "C")], [loss],
            [D("x", MatMul(dz, transposed ? w : T(w))), D("w", dw), .. biased ? (Gradient[])[D("b", SumOver(dz, 0))] : []])
        { Choices = regularised > 0 ? [new("λ", 0.1, 0.01, 0.5, 0.3, 0.001)] : [] };
    }
}
