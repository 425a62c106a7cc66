using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Losses of a prediction against a target, in the reductions that people use, and margins.</summary>
internal static partial class FormulaBook
{
    private static IReadOnlyList<Formula> Losses() =>
    [
        .. Loss("squared-error", "(p − t)²", (p, t) => Square(p - t), (p, t) => 2 * (p - t), (p, t) => -2 * (p - t)),
        .. Loss("half-squared-error", "½ (p − t)²", (p, t) => 0.5 * Square(p - t), (p, t) => p - t, (p, t) => -(p - t)),
        .. Loss("absolute-error", "|p − t|", (p, t) => Abs(p - t), (p, t) => Sign(p - t), (p, t) => -Sign(p - t)),
        .. Loss("huber", "½ e² where |e| ≤ δ, else δ (|e| − ½ δ)", (p, t) => Let("e", p - t) is var e ? 0.5 * Square(Clip(e, Number("δ"))) + Number("δ") * (Abs(e) - Abs(Clip(e, Number("δ")))) : p,
            (p, t) => Clip(p - t, Number("δ")), (p, t) => -Clip(p - t, Number("δ")), new Choice("δ", 1, 0.5, 1.5, 2)),
        .. Loss("smooth-absolute-error", "½ e²/β where |e| < β, else |e| − ½ β", (p, t) => Let("e", p - t) is var e ? 0.5 * Square(Clip(e, Number("β"))) / Number("β") + Abs(e) - Abs(Clip(e, Number("β"))) : p,
            (p, t) => Clip(p - t, Number("β")) / Number("β"), (p, t) => -Clip(p - t, Number("β")) / Number("β"), new Choice("β", 0.5, 2, 1.5)),
        .. Loss("log-cosh", "log cosh(p − t)", (p, t) => Let("e", p - t) is var e ? Softplus(2 * e) - e - Log(2) : p, (p, t) => Tanh(p - t), (p, t) => -Tanh(p - t)),
        .. LossOf("binary-cross-entropy", "−t log p − (1 − t) log(1 − p)", (p, t) => -t * Log(p) - (1 - t) * Log(1 - p), (p, t) => (p - t) / (p * (1 - p)), (p, t) => Log(1 - p) - Log(p), [Unit("p"), Unit("t")]),
        .. LossOf("binary-cross-entropy-logits", "−t log σ(s) − (1 − t) log(1 − σ(s))", (s, t) => Softplus(s) - s * t, (s, t) => Let("q", Sigmoid(s)) - t, (s, _) => -s, [Free("s"), Unit("t")]),
        .. LossOf("weighted-binary-cross-entropy-logits", "−w t log σ(s) − (1 − t) log(1 − σ(s))", (s, t) => Number("w") * t * Softplus(-s) + (1 - t) * Softplus(s),
            (s, t) => Let("q", Sigmoid(s)) is var q ? (1 - t) * q - Number("w") * t * (1 - q) : s, null, [Free("s"), Unit("t")], new Choice("w", 2, 3, 5, 0.5)),
        .. LossOf("logistic", "log(1 + e^(−t s))", (s, t) => Softplus(-t * s), (s, t) => -t * Sigmoid(-t * s), null, [Free("s"), Signs("t")]),
        .. LossOf("hinge", "max(0, m − t s)", (s, t) => Relu(Number("m") - t * s), (s, t) => -t * Greater(Number("m") - t * s, 0), null, [Free("s"), Signs("t")], new Choice("m", 1, 0.5, 2)),
        .. LossOf("squared-hinge", "max(0, m − t s)²", (s, t) => Square(Relu(Number("m") - t * s)), (s, t) => -2 * t * Relu(Number("m") - t * s), null, [Free("s"), Signs("t")], new Choice("m", 1, 0.5, 2)),
        .. LossOf("exponential", "e^(−t s)", (s, t) => Exp(-t * s), (s, t) => -t * Exp(-t * s), null, [Free("s"), Signs("t")]),
        .. LossOf("poisson", "eˢ − t s", (s, t) => Exp(s) - t * s, (s, t) => Exp(s) - t, (s, _) => -s, [Free("s"), FreePositive("t")]),
        .. LossOf("divergence", "t (log t − log p)", (p, t) => t * (Log(t) - Log(p)), (p, t) => -t / p, (p, t) => Log(t) - Log(p) + 1, [FreePositive("p"), FreePositive("t")]),
        .. LossOf("divergence-logs", "t (log t − s)", (s, t) => t * (Log(t) - s), (_, t) => -t, (s, t) => Log(t) - s + 1, [Free("s"), FreePositive("t")]),
        .. LossOf("cross-entropy", "−t log p", (p, t) => -t * Log(p), (p, t) => -t / p, (p, _) => -Log(p), [FreePositive("p"), FreePositive("t")]),
        .. LossOf("focal", "−(1 − p_t)^γ log p_t, p_t = σ(s)", (s, _) => Power(1 - Let("q", Sigmoid(s)), Number("γ")) * Softplus(-s),
            (s, _) => Let("q", Sigmoid(s)) is var q ? Power(1 - q, Number("γ")) * (-Number("γ") * q * Softplus(-s) - (1 - q)) : s, null, [Free("s"), Signs("t")], new Choice("γ", 2, 1.5, 3, 1)),
        .. LossOf("gaussian-likelihood", "½ (log v + (p − t)²/v)", (p, t) => 0.5 * (Log(Number("v")) + Square(p - t) / Number("v")), (p, t) => (p - t) / Number("v"), (p, t) => -(p - t) / Number("v"), null, new Choice("v", 2, 0.5, 0.25)),
        .. LossOf("pinball", "max(τ e, (τ − 1) e), e = t − p", (p, t) => Maximum(Number("τ") * (t - p), (Number("τ") - 1) * (t - p)), (p, t) => Greater(p, t) - Number("τ"), (p, t) => Number("τ") - Greater(p, t), null, new Choice("τ", 0.9, 0.1, 0.25, 0.75, 0.7, 0.3)),
        ColumnError(),
        NegativeLikelihood("negative-log-likelihood", true),
        NegativeLikelihood("negative-log-likelihood-sum", false),
        BinaryFocal(),
        CosineSimilarity("cosine-similarity", false),
        CosineSimilarity("cosine-distance", true),
        Triplet("triplet", false),
        Triplet("triplet-mean", true),
        Contrastive(),
        .. MultiClassHinges(),
    ];

    private static Expr Clip(Expr e, Expr limit) => Minimum(Maximum(e, -limit), limit);

    private static Input Unit(string name) => Input.Range(name, 0.05, 0.95, Formula.Any);

    /// <summary>Meant for −1 and 1; any numbers do.</summary>
    private static Input Signs(string name) => Free(name).NoGradient();

    private static IEnumerable<Formula> Loss(string name, string each, Func<Expr, Expr, Expr> loss, Func<Expr, Expr, Expr> dp, Func<Expr, Expr, Expr>? dt, params Choice[] choices) => LossOf(name, each, loss, dp, dt, null, choices);

    /// <summary>A loss for each entry: all of them, their sum, mean, and the sum over a row, averaged over rows.</summary>
    private static IEnumerable<Formula> LossOf(string name, string each, Func<Expr, Expr, Expr> loss, Func<Expr, Expr, Expr> dp, Func<Expr, Expr, Expr>? dt, Input[]? inputs, params Choice[] choices)
    {
        inputs ??= [Free("p"), Free("t")];
        Expr p = Leaf(inputs[0].Name), t = Leaf(inputs[1].Name), entry = loss(p, t);
        // A leading factor 2 or a minus belongs beside dy, as people write it.
        Formula Of(string suffix, string summary, Expr value, Func<Expr, Expr> through) => new(name + suffix, summary, inputs, [value],
            [D(inputs[0].Name, through(dp(p, t))), .. dt is null ? (Gradient[])[] : [D(inputs[1].Name, through(dt(p, t)))]])
        { Choices = choices };
        yield return Of("", $"L = {each}, entry by entry", entry, slope => slope * Dy);
        yield return Of("-sum", $"L = Σ {each}", Total(entry), slope => slope * Dy);
        yield return Of("-mean", $"L = mean of {each}", Average(entry), slope => slope * Dy / Count(p));
        yield return Of("-rows", $"L_n = Σ over the row of {each}", SumOver(entry, -1), slope => slope * Unsqueeze(Dy, -1));
        yield return Of("-row-means", $"L_n = mean over the row of {each}", MeanOver(entry, -1), slope => slope * Unsqueeze(Dy, -1) / Size(p, -1));
        yield return Of("-by-rows", $"L = (1/N) Σ {each}", Total(entry) / Size(p, 0), slope => slope * Dy / Size(p, 0));
        if (name == "squared-error") yield return Of("-half-mean", "L = 1/(2N) Σ (p − t)²", Total(entry) / (2 * Size(p, 0)), slope => slope * Dy / (2 * Size(p, 0)));
    }

    private static Formula ColumnError()
    {
        Expr p = Leaf("p"), t = Leaf("t"), e = Let("e", Squeeze(p, -1) - t);
        return new("column-squared-error", "L = (1/N) Σ (p_n1 − t_n)²", [Input.Real("p", "N", "1"), Input.Real("t", "N")], [Average(Square(e))], [D("p", 2 * Dy * Unsqueeze(e, -1) / Number("N")), D("t", -2 * Dy * e / Number("N"))]);
    }

    private static Formula NegativeLikelihood(string name, bool mean)
    {
        Expr x = Leaf("logp"), y = Let("Y", OneHot(Leaf("y"), x)), loss = -Total(y * x);
        return new(name, mean ? "L = −(1/N) Σ logp_y" : "L = −Σ logp_y", [Input.Real("logp", "N", "C"), Input.Labels("y", "N", "C")], [mean ? loss / Number("N") : loss], [D("logp", mean ? -Dy * y / Number("N") : -Dy * y)]);
    }

    private static Formula BinaryFocal()
    {
        Expr s = Leaf("s"), t = Leaf("t"), q = Let("q", Sigmoid(s)), g = Number("γ");
        Expr loss = t * Power(1 - q, g) * Softplus(-s) + (1 - t) * Power(q, g) * Softplus(s);
        Expr slope = t * Power(1 - q, g) * (-g * q * Softplus(-s) - (1 - q)) + (1 - t) * Power(q, g) * (g * (1 - q) * Softplus(s) + q);
        return new("focal-targets-mean", "L = mean of focal losses", [Free("s"), Unit("t").NoGradient()], [Average(loss)], [D("s", slope * Dy / Count(s))]) { Choices = [new("γ", 2, 1.5, 3, 1)] };
    }

    private static Formula CosineSimilarity(string name, bool distance)
    {
        Expr u = Leaf("u"), v = Leaf("v"), a = Let("|u|", Sqrt(RowSum(Square(u)))), b = Let("|v|", Sqrt(RowSum(Square(v)))), c = Let("c", RowSum(u * v) / (a * b)), dy = Unsqueeze(Dy, -1);
        Expr Sided(Expr one) => distance ? -one : one;
        return new(name, distance ? "y = 1 − u·v / (|u| |v|)" : "y = u·v / (|u| |v|)", [Input.Real("u", Formula.Any, "D"), Input.Real("v", Formula.Any, "D")], [distance ? 1 - Squeeze(c, -1) : Squeeze(c, -1)],
            [D("u", Sided(dy * (v / (a * b) - c * u / Square(a)))), D("v", Sided(dy * (u / (a * b) - c * v / Square(b))))]);
    }

    private static Formula Triplet(string name, bool mean)
    {
        Expr a = Leaf("a"), p = Leaf("p"), n = Leaf("n"), gap = Let("gap", SumOver(Square(a - p), -1) - SumOver(Square(a - n), -1) + Number("m")), rows = Size(a, 0);
        Expr gate = Let("gate", mean ? Dy * Unsqueeze(Greater(gap, 0), -1) / rows : Dy * Unsqueeze(Greater(gap, 0), -1));
        return new(name, "L = Σ max(0, |a − p|² − |a − n|² + m)", [Input.Real("a", "N", "D"), Input.Real("p", "N", "D"), Input.Real("n", "N", "D")], [mean ? Total(Relu(gap)) / rows : Total(Relu(gap))],
            [D("a", 2 * gate * (n - p), gate * (2 * (a - p) - 2 * (a - n))), D("p", -2 * gate * (a - p)), D("n", 2 * gate * (a - n))])
        { Choices = [new("m", 1, 0.2, 0.5, 0.3)] };
    }

    private static Formula Contrastive()
    {
        Expr u = Leaf("u"), v = Leaf("v"), t = Unsqueeze(Leaf("t"), -1), d = Let("d", Sqrt(RowSum(Square(u - v)))), m = Number("m"), rows = Size(u, 0);
        Expr slope = Let("slope", t - (1 - t) * Greater(m, d) * (m - d) / d);
        return new("contrastive", "L = (1/N) Σ ½ (t d² + (1 − t) max(0, m − d)²)", [Input.Real("u", "N", "D"), Input.Real("v", "N", "D"), Input.Range("t", 0, 1, "N").NoGradient()],
            [Total(0.5 * (t * Square(d) + (1 - t) * Square(Relu(m - d)))) / rows], [D("u", Dy * slope * (u - v) / rows), D("v", -Dy * slope * (u - v) / rows)])
        { Choices = [new("m", 1, 2, 5)] };
    }

    private static IEnumerable<Formula> MultiClassHinges()
    {
        foreach (var mean in new[] { true, false })
            foreach (var (suffix, squared, weights) in new[] { ("", false, false), ("-squared", true, false), ("-linear", false, true) })
            {
                Expr x = Leaf("x"), w = Leaf("w"), b = Leaf("b"), s = weights ? Let("s", MatMul(x, w) + b) : Leaf("s"), y = Let("Y", OneHot(Leaf("y"), s));
                Expr margins = Let("margin", s - RowSum(y * s) + Number("Δ")), slope = squared ? 2 * Relu(margins) * (1 - y) : Greater(margins, 0) * (1 - y), gate = Let("gate", slope);
                Expr ds = Dy * (gate - y * RowSum(gate)), loss = squared ? Total(Square(Relu(margins)) * (1 - y)) : Total(Relu(margins) * (1 - y));
                ds = mean ? ds / Number("N") : ds;
                loss = mean ? loss / Number("N") : loss;
                var label = Input.Labels("y", "N", "C");
                Expr d = weights ? Let("ds", ds) : ds;
                yield return new($"multi-class-hinge{suffix}{(mean ? "-mean" : "")}", "L = Σ Σ_(j≠y) max(0, s_j − s_y + Δ)",
                    weights ? [Input.Real("x", "N", "D"), Input.Real("w", "D", "C"), Input.Real("b", "C"), label] : [Input.Real("s", "N", "C"), label], [loss],
                    weights ? [D("x", MatMul(d, T(w))), D("w", MatMul(T(x), d)), D("b", SumOver(d, 0))] : [D("s", d)])
                { Choices = [new("Δ", 1, 0.5, 2, 10)] };
                if (weights)
                    yield return new($"multi-class-hinge-l2{(mean ? "-mean" : "")}", "L = Σ Σ_(j≠y) max(0, s_j − s_y + Δ) + λ Σ w²",
                        [Input.Real("x", "N", "D"), Input.Real("w", "D", "C"), Input.Real("b", "C"), label], [loss + Number("λ") * Total(Square(w))],
                        [D("x", MatMul(d, T(w))), D("w", MatMul(T(x), d) + 2 * Number("λ") * w * Dy), D("b", SumOver(d, 0))])
                    { Choices = [new("Δ", 1), new("λ", 0.1, 0.01, 0.5, 0.2, 0.3)] };
            }
    }
}
