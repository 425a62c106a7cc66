using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 570 to 638: cross-entropy after softmax, the second draft; and what both drafts are tested with.</summary>
internal static partial class Notes004
{
    private const string DiagonalOnly = "The classes with y_j = 0 are lost: their θ_j is in the denominator of every ŷ. Line 88 has the right result.";

    private static Formal WholeGradient => new("∂CE/∂θ = ŷ − y", t => AllClasses(t, e => e.P - e.Y));

    private static IReadOnlyList<Claim> AttemptClaims() =>
    [
        new("004.138", 570, 572, ClaimKind.Gradient, "∂/∂θ₁ [−Σ_i y_i log softmax(θ_i)] = ∂/∂θ₁ [−y₁ log softmax(θ₁)]", t => FirstTermOnly(t, t.Label("true class", 2)))
        {
            Condition = new("class 1 is the true class", t => FirstTermOnly(t, 0)),
            Correction = new("∂/∂θ₁ [−Σ_i y_i log softmax(θ_i)] = Σ_i y_i (softmax(θ₁) − 1[i = 1])", t => AllClasses(t, e => e.Y.sum() * e.P - e.Y)),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "θ₁ is in the denominator of every term.",
            Rules = SoftmaxLoss,
        },
        new("004.139", 574, 574, ClaimKind.Gradient, "∂/∂θ₁ [−y₁ log softmax(θ₁)] = −[y₁ (1 − softmax(θ₁))] = −[y₁ (1 − ŷ₁)]", t =>
        {
            var (theta, y) = (t.Real("θ", t.Size("d", 2)), t.Scalar("y₁", 0.1, 1));
            return Comparison.Partial(-(y * (1 - F.softmax(theta, -1)[0])), one => -(y * F.log_softmax(one, -1)[0]), theta, [0]);
        }) { Rules = SoftmaxLoss },
        new("004.140", 576, 576, ClaimKind.Gradient, "∂CE/∂θ = [y₁ (ŷ₁ − 1); y₂ (ŷ₂ − 1); …; y_d (ŷ_d − 1)]", OnlyTheTrueClass) { Correction = WholeGradient, Cause = Culprit.Author, Harm = Harm.Silent, Why = DiagonalOnly, Rules = SoftmaxLoss },
        new("004.141", 578, 580, ClaimKind.Gradient, "when i = k: ∂F(y_i, ŷ_i)/∂θ_i = y_i (ŷ_i − 1) = 1·(ŷ_i − 1) = ŷ_i − 1", t => TrueClass(t, e => e.Y[e.K] * (e.P[e.K] - 1))) { Rules = SoftmaxLoss },
        new("004.142", 580, 580, ClaimKind.Gradient, "∂y/∂θ = 1", t => Given(Example.Of(t), e => Comparison.Gradient(torch.ones_like(e.Theta), theta => e.Y.sum() + 0 * theta.sum(), e.Theta)))
        {
            Correction = new("y_i = 1", t => Given(Example.Of(t), e => Comparison.Equal(1, e.Y[e.K].item<double>()))),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "Labels do not depend on scores; the same line goes on with 1 in the place of y_i.",
            Rules = SoftmaxLoss,
        },
        new("004.143", 584, 596, ClaimKind.Gradient, "∂E/∂θ = ∂/∂θ [−Σ_i y_i log(softmax(θ_i))] = [∂/∂θ₁ (−y_k log(softmax(θ_k))); …; ∂/∂θ_d (−y_k log(softmax(θ_k)))], y_k ≠ 0", t => AllClasses(t,
            e => SlopeOf(theta => -(e.Y * F.softmax(theta, -1).log()).sum(), e.Theta),
            e => SlopeOf(theta => -(e.Y[e.K] * F.softmax(theta, -1)[e.K].log()), e.Theta))) { Rules = SoftmaxLoss },
        new("004.144", 598, 600, ClaimKind.Gradient, "when i = k: ∂E/∂θ_i = ∂/∂θ_k [+y_k log(softmax(θ_k))]", t => TrueClass(t, e => SlopeOf(theta => e.Y[e.K] * F.softmax(theta, -1)[e.K].log(), e.Theta)[e.K]))
        {
            Correction = new("when i = k: ∂E/∂θ_i = ∂/∂θ_k [−y_k log(softmax(θ_k))]", t => TrueClass(t, e => SlopeOf(theta => -(e.Y[e.K] * F.softmax(theta, -1)[e.K].log()), e.Theta)[e.K])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The minus of line 596 is lost; line 602 has it again.",
            Rules = SoftmaxLoss,
        },
        new("004.145", 602, 604, ClaimKind.Gradient, "∂E/∂θ_k = −[y_k (1 − softmax(θ_k))] = −[y_k (1 − ŷ_k)] = y_k (ŷ_k − 1) = ŷ_k − 1", t => TrueClass(t,
            e => -(e.Y[e.K] * (1 - e.P[e.K])), e => e.Y[e.K] * (e.P[e.K] - 1), e => e.P[e.K] - 1)) { Rules = SoftmaxLoss },
        new("004.146", 606, 608, ClaimKind.Gradient, "when i ≠ k: ∂E/∂θ_i = ∂/∂θ_i [y_k log(softmax(θ_k))]", t => OtherClass(t, e => SlopeOf(theta => e.Y[e.K] * F.softmax(theta, -1)[e.K].log(), e.Theta)[e.G]))
        {
            Correction = new("when i ≠ k: ∂E/∂θ_i = −∂/∂θ_i [y_k log(softmax(θ_k))]", t => OtherClass(t, e => -SlopeOf(theta => e.Y[e.K] * F.softmax(theta, -1)[e.K].log(), e.Theta)[e.G])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The minus of line 596 is lost again; line 622 has it.",
            Rules = SoftmaxLoss,
        },
        new("004.147", 612, 612, ClaimKind.Identity, "log(xy) = 1 / (xy)", t => Given(Product(t), xy => Comparison.Equal(1 / xy, xy.log())))
        {
            Correction = new("d/du log(u) = 1/u, u = xy", t => Given(Product(t), u => Comparison.Gradient(1 / u, torch.log, u))),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "The mark of the derivative is missing.",
        },
        new("004.148", 614, 616, ClaimKind.Gradient, "∂/∂θ_k [log(e^{θ_i} / Σ_{j=1}^d e^{θ_j})] = ∂/∂θ_i [θ_i − log Σ_{j=1}^d e^{θ_j}], i ≠ k", t => LogSoftmaxAside(t, e => 1 - e.P[e.K]))
        {
            Correction = new("∂/∂θ_k [log(e^{θ_i} / Σ_{j=1}^d e^{θ_j})] = ∂/∂θ_k [θ_i − log Σ_{j=1}^d e^{θ_j}]", t => LogSoftmaxAside(t, e => SlopeOf(theta => theta[e.K] - theta.exp().sum().log(), e.Theta)[e.G])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "i for k in the derivative; line 618 has ∂/∂θ_k where it matters.",
            Rules = ["log-softmax"],
        },
        new("004.149", 618, 620, ClaimKind.Gradient, "∂/∂θ_k [θ_i − log Σ_{j=1}^d e^{θ_j}] = 0 − (1 / Σ_{j=1}^d e^{θ_j})·∂/∂θ_k (Σ_{j=1}^d e^{θ_j}) = −e^{θ_k} / Σ_{j=1}^d e^{θ_j} = −softmax(θ_k), i ≠ k", t => LogSoftmaxAside(t,
            e => 0 - 1 / e.Theta.exp().sum() * SlopeOf(theta => theta.exp().sum(), e.Theta)[e.G], e => -e.Theta[e.G].exp() / e.Theta.exp().sum(), e => -e.P[e.G])) { Rules = ["log-softmax"] },
        new("004.150", 622, 622, ClaimKind.Gradient, "∂CE/∂θ_i = −∂/∂θ_i [y_k·f(θ_i)], i ≠ k, f = log softmax", t => OtherClass(t, e => -SlopeOf(theta => e.Y[e.K] * F.log_softmax(theta, -1)[e.G], e.Theta)[e.G]))
        {
            Correction = new("∂CE/∂θ_i = −∂/∂θ_i [y_k·f(θ_k)]", t => OtherClass(t, e => -SlopeOf(theta => e.Y[e.K] * F.log_softmax(theta, -1)[e.K], e.Theta)[e.G])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "i for k in f; line 608 has θ_k.",
            Rules = SoftmaxLoss,
        },
        new("004.151", 624, 624, ClaimKind.Gradient, "∂CE/∂θ_i = −[y_k·(−s(θ_i)) + s(θ_k)·1], i ≠ k", t => OtherClass(t, e => -(e.Y[e.K] * -e.P[e.G] + e.P[e.K] * 1)))
        {
            Correction = new("∂CE/∂θ_i = −[y_k·(−s(θ_i))]", t => OtherClass(t, e => -(e.Y[e.K] * -e.P[e.G]))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The product rule with y_k′ = 1; y_k is constant, and line 626 has no such term.",
            Rules = SoftmaxLoss,
        },
        new("004.152", 626, 628, ClaimKind.Gradient, "∂CE/∂θ_i = y_k·softmax(θ_i) = y_k·ŷ_i = 1·ŷ_i, i ≠ k", t => OtherClass(t, e => e.Y[e.K] * e.P[e.G], e => 1 * e.P[e.G])) { Rules = SoftmaxLoss },
        new("004.153", 628, 628, ClaimKind.Gradient, "∂CE/∂θ_i = y_i, i ≠ k", t => OtherClass(t, e => e.Y[e.G]))
        {
            Correction = new("∂CE/∂θ_i = ŷ_i", t => OtherClass(t, e => e.P[e.G])),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "The hat is lost; line 632 has it.",
            Rules = SoftmaxLoss,
        },
        new("004.154", 630, 632, ClaimKind.Gradient, "∂CE/∂θ_j = ŷ_j − 1 when j = k; ŷ_j when j ≠ k", t => Comparison.Each(TrueClass(t, e => e.P[e.K] - 1), OtherClass(t, e => e.P[e.G]))) { Rules = SoftmaxLoss },
        new("004.155", 634, 634, ClaimKind.Gradient, "∂CE/∂θ = [ŷ₁, ŷ₂, …, ŷ_{j−1}, ŷ_{j+1}, …, ŷ_n]", t => AllClasses(t, e => torch.cat([e.P.narrow(0, 0, e.K), e.P.narrow(0, e.K + 1, e.P.shape[0] - e.K - 1)])))
        {
            Correction = new("∂CE/∂θ = [ŷ₁, ŷ₂, …, ŷ_j − 1, ŷ_{j+1}, …, ŷ_n]", t => AllClasses(t, e => torch.cat([e.P.narrow(0, 0, e.K), e.P.narrow(0, e.K, 1) - 1, e.P.narrow(0, e.K + 1, e.P.shape[0] - e.K - 1)]))),
            Cause = Culprit.Ocr,
            Harm = Harm.Loud,
            Why = "ŷ_j − 1 read as ŷ_{j−1}: one entry too few.",
            Rules = SoftmaxLoss,
        },
        new("004.156", 636, 638, ClaimKind.Gradient, "∂CE/∂θ_j = ŷ_j − y_j, ∂CE/∂θ = ŷ − y", t => AllClasses(t, e => e.P - e.Y)) { Rules = SoftmaxLoss },
    ];

    /// <summary>y ∘ (ŷ − 1) for the whole gradient.</summary>
    private static Comparison OnlyTheTrueClass(Trial t) => AllClasses(t, e => e.Y * (e.P - 1));

    /// <summary>A stated vector–Jacobian product of softmax; with a row of 1s for dy it would be 0 whatever is stated.</summary>
    private static Comparison ByCotangent(Trial t, Func<Tensor, Tensor, Tensor> stated)
    {
        var d = t.Size("d", 2);
        var (theta, dy) = (t.Real("θ", d), t.Uniform("dy", -2, 2, d));
        return Comparison.Gradient(stated(F.softmax(theta, -1), dy), one => F.softmax(one, -1), theta, dy);
    }

    /// <summary>u·v with v = sin, by the product rule of line 477.</summary>
    private static Comparison ProductRule(Trial t, Func<Tensor, Tensor> u) =>
        EntryByEntry(t, x => u(x) * x.sin(), x => u(x) * SlopeOf(torch.sin, x) + SlopeOf(torch.sin, x) * SlopeOf(one => u(one) + 0 * one, x));

    /// <summary>d/dx σ(xA), x a row.</summary>
    private static Comparison LinearForm(Trial t, Func<Tensor, Tensor, Tensor> stated)
    {
        var (x, a) = (t.Real("x", 2), t.Real("A", 2));
        return Comparison.Gradient(stated(x.dot(a), a), one => one.dot(a).sigmoid(), x);
    }

    /// <summary>∂CE/∂θ₁ for two classes, the second of them true.</summary>
    private static Comparison FirstOfTwo(Trial t, Func<Example, Tensor> stated) =>
        Given(new Example(t.Real("θ", 2), Vector(0, 1), 1, 0), e => Comparison.Partial(stated(e), e.Loss, e.Theta, [0]));

    /// <summary>d/dθ₁ y₁ log softmax(θ)₁, from y₁, softmax(θ)₁ and its derivative along θ₁.</summary>
    private static Comparison FirstTerm(Trial t, Func<Tensor, Tensor, Tensor, Tensor> stated)
    {
        var (theta, y) = (t.Real("θ", t.Size("n", 2)), t.Positive("y₁", 1)[0]);
        var slope = SlopeOf(one => F.softmax(one, -1)[0], theta)[0];
        return Comparison.Partial(stated(y, F.softmax(theta, -1)[0], slope), one => y * F.log_softmax(one, -1)[0], theta, [0]);
    }

    /// <summary>∂CE/∂θ₁, from the first term alone.</summary>
    private static Comparison FirstTermOnly(Trial t, long label)
    {
        var d = t.Size("d", 2);
        var e = new Example(t.Real("θ", d), OneHot(label, d), label, 0);
        return Comparison.Partial(SlopeOf(theta => -(e.Y[0] * F.log_softmax(theta, -1)[0]), e.Theta)[0], e.Loss, e.Theta, [0]);
    }

    /// <summary>∂/∂θ_k log softmax(θ)_k.</summary>
    private static Comparison LogSoftmaxAt(Trial t, params Func<Example, Tensor>[] stated) =>
        Given(Example.Of(t), e => Every(e, stated, one => Comparison.Partial(one, theta => F.log_softmax(theta, -1)[e.K], e.Theta, [e.K])));

    /// <summary>The derivative of log softmax(θ)_k along another θ_g.</summary>
    private static Comparison LogSoftmaxAside(Trial t, params Func<Example, Tensor>[] stated) =>
        Given(Example.Of(t), e => Every(e, stated, one => Comparison.Partial(one, theta => F.log_softmax(theta, -1)[e.K], e.Theta, [e.G])));

    private static Comparison LogOfQuotient(Trial t) =>
        Given(Example.Of(t), e => Comparison.Equal(e.Theta[e.K].exp().log() - e.Theta.exp().sum().log(), F.log_softmax(e.Theta, -1)[e.K], "libtorch's log_softmax"));

    private static Tensor Product(Trial t) => t.Positive("x", 1) * t.Positive("y", 1);

    private static Tensor StackedColumns(Tensor w) => torch.cat(Enumerable.Range(0, (int)w.shape[1]).Select(j => w.select(1, j)).ToList());

    /// <summary>L times a one-hot column is a column of L.</summary>
    private static Comparison Embedding(Trial t)
    {
        var (d, words) = (t.Size("d"), t.Size("|V|"));
        var (table, word) = (t.Real("L", d, words), t.Label("word", words));
        return Comparison.Equal(table.Times(OneHot(word, words)), table.select(1, word));
    }

    private static Comparison ColumnsSideBySide(Trial t) => Given(t.Size("d", 2), d => Comparison.Shape(torch.cat(FiveWords(t, d, 1), 1).t(), 5 * d, 1));

    private static Comparison RowsSideBySide(Trial t) => Given(t.Size("d", 2), d => Comparison.Shape(torch.cat(FiveWords(t, 1, d), 1).t(), 5 * d, 1));

    private static Comparison ColumnsOneBelowTheOther(Trial t) => Given(t.Size("d", 2), d => Comparison.Shape(torch.cat(FiveWords(t, d, 1), 0), 5 * d, 1));

    private static List<Tensor> FiveWords(Trial t, params long[] shape) => [.. Enumerable.Range(1, 5).Select(i => t.Real($"x_{i}", shape))];
}
