using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 427 to 568: parameters and windows as vectors; log's bounds; cross-entropy after softmax, first drafts.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<string> WindowRule => ["window-concatenation"];

    private static IReadOnlyList<Claim> CrossEntropyClaims() =>
    [
        new("004.096", 427, 427, ClaimKind.Qualitative, "{(x_i, y_i)}_{i=1}^N", null) { Why = "A definition: the data." },
        new("004.097", 429, 429, ClaimKind.Shape, "θ = [w_{:,1}; …; w_{:,d}] = w(:) ∈ R^{cd}", t => Given(t.Real("w", t.Size("c"), t.Size("d")), w => Comparison.Shape(StackedColumns(w), t.Size("c") * t.Size("d")))) { Rules = ["linear-softmax"] },
        new("004.098", 431, 431, ClaimKind.Gradient, "∇_θ J(θ) = [∇_{w_{:,1}}; …; ∇_{w_{:,d}}] ∈ R^{cd}", t =>
        {
            var (c, d) = (t.Size("c", 2), t.Size("d"));
            var (w, x, y) = (t.Real("w", c, d), t.Real("x", d), t.Label("y", c));
            return Comparison.Gradient(StackedColumns(SlopeOf(J, w)), theta => J(theta.reshape(d, c).t()), StackedColumns(w));

            Tensor J(Tensor at) => -F.log_softmax(at.Times(x), -1)[y];
        }) { Rules = ["linear-softmax"] },
        new("004.099", 433, 437, ClaimKind.Shape, "L is d×|V|, a column for each word, aardvark to zebra", Embedding),
        new("004.100", 439, 447, ClaimKind.Shape, "x_window = [x_m x_in x_P x_a x_a]ᵀ ∈ R^{5d}, a column vector", ColumnsSideBySide)
        {
            Condition = new("the word vectors are rows", RowsSideBySide),
            Correction = new("x_window = [x_m; x_in; x_P; x_a; x_a], the columns of L one below the other, is 5d×1", ColumnsOneBelowTheOther),
            Cause = Culprit.Author,
            Harm = Harm.Loud,
            Why = "Line 433 makes word vectors the columns of L; side by side and transposed they are 5×d.",
            Rules = WindowRule,
        },
        new("004.101", 449, 451, ClaimKind.Bound, "0 ≤ x ≤ 1: −∞ ≤ log(x) ≤ 0", t =>
        {
            var log = torch.cat([t.Uniform("x", 0, 1, t.Size("N")), Vector(0, 1)]).log();
            return Comparison.Each(Comparison.AtMost(torch.full_like(log, double.NegativeInfinity), log), Comparison.AtMost(log, torch.zeros_like(log)));
        }) { Rules = ["negative-log-likelihood"] },
        new("004.102", 453, 455, ClaimKind.Bound, "x → 0: log(x) → −∞; x → 1: log(x) → 0", t =>
        {
            var (bound, near, part) = (t.Scalar("bound", -600, -1), t.Scalar("ε", 1e-3, 0.4), t.Scalar("part", 0.1, 0.5));
            return Comparison.Each(
                Comparison.AtMost(Math.Log(Math.Exp(bound) * part), bound, "log x for x below e^bound"),
                Comparison.AtMost(Math.Abs(Math.Log(1 - near * part)), near, "|log x| for x within ε/2 of 1"));
        }) { Rules = ["negative-log-likelihood"] },
        new("004.103", 457, 461, ClaimKind.GoldenNumber, "y = [0, 1, 0] and ŷ = [0.01, 0.95, 0.04] are distributions", _ => Comparison.Each(
            Comparison.Equal(Vector(0, 1, 0).sum().item<double>(), 1, "sum"),
            Comparison.Equal(Vector(0.01, 0.95, 0.04).sum().item<double>(), 1, "sum"))) { Rules = ["cross-entropy"] },
        new("004.104", 463, 463, ClaimKind.Identity, "CE(y, ŷ) = −Σ_i y_i log(ŷ_i)", t => Loss(t, e => -(e.Y * e.P.log()).sum())) { Rules = SoftmaxLoss },
        new("004.105", 465, 465, ClaimKind.Gradient, "d/dθ softmax(θ) = r(θ)·[1 − r(θ)]", t => ByCotangent(t, (p, dy) => dy * p * (1 - p)))
        {
            Correction = new("∂r_i/∂θ_j = r_i (1[i = j] − r_j)", t => ByCotangent(t, (p, dy) => dy.Times(p.diag() - p.outer(p)))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The sigmoid's rule: it has only the diagonal of the Jacobian, ∂r_i/∂θ_i. The author put a question mark there.",
            Rules = SoftmaxRule,
        },
        new("004.106", 467, 473, ClaimKind.Identity, "CE(y, ŷ) = −Σ_i y_i [log(r(θ))] = −y_x log(ŷ_x) = −y_x log(r(θ_x)), x the class with y_x = 1", t => Loss(t,
            e => -(e.Y * Textbook.Softmax(e.Theta).log()).sum(), e => -(e.Y[e.K] * e.P[e.K].log()), e => -(e.Y[e.K] * Textbook.Softmax(e.Theta)[e.K].log()))) { Rules = SoftmaxLoss },
        new("004.107", 475, 475, ClaimKind.Gradient, "∂/∂θ CE(y, ŷ) = −∂/∂θ_x y_x log[r(θ_x)]", t => AllClasses(t, e => SlopeOf(e.Loss, e.Theta)[e.K]))
        {
            Condition = new("only the derivative along θ_x, the true class, is asked for", t => TrueClass(t, e => SlopeOf(theta => -(e.Y[e.K] * F.softmax(theta, -1)[e.K].log()), e.Theta)[e.K])),
            Correction = new("∂/∂θ CE(y, ŷ) = −∂/∂θ y_x log r_x(θ), a derivative along every θ_j", t => AllClasses(t, e => SlopeOf(theta => -(e.Y[e.K] * F.softmax(theta, -1)[e.K].log()), e.Theta))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The other θ_j are in r(θ_x) too, by the denominator; lines 63–71 take them up.",
            Rules = SoftmaxLoss,
        },
        new("004.108", 477, 477, ClaimKind.Gradient, "(y_x log r(θ_x))′ = y_x [log r(θ_x)]′ + [log r(θ_x)]′ y_x′", t => ProductRule(t, x => x.cos()))
        {
            Condition = new("y_x does not depend on θ, so that the second term is 0", t => ProductRule(t, x => torch.ones_like(x))),
            Correction = new("(y_x log r(θ_x))′ = y_x [log r(θ_x)]′ + log r(θ_x) y_x′", t => EntryByEntry(t, x => x.cos() * x.sin(), x => x.cos() * SlopeOf(torch.sin, x) + x.sin() * SlopeOf(torch.cos, x))),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "A prime too many in the product rule; it does no harm, for labels are constants. Here sin stands for log r and cos for y.",
        },
        new("004.109", 479, 479, ClaimKind.Gradient, "∂CE/∂θ_x = −[y_x·(1 / r(θ_x))·r(θ_x)′·(1 − r(θ_x))]", t =>
            TrueClass(t, e => -(e.Y[e.K] * (1 / e.P[e.K]) * SlopeOf(theta => F.softmax(theta, -1)[e.K], e.Theta)[e.K] * (1 - e.P[e.K]))))
        {
            Correction = new("∂CE/∂θ_x = −[y_x·(1 / r(θ_x))·r(θ_x)·(1 − r(θ_x))]", t => TrueClass(t, e => -(e.Y[e.K] * (1 / e.P[e.K]) * e.P[e.K] * (1 - e.P[e.K])))),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "A stray stroke: r′ already is r(1 − r), and line 481 is right without it.",
            Rules = SoftmaxLoss,
        },
        new("004.110", 481, 481, ClaimKind.Gradient, "∂CE/∂θ_x = −[y_x (1 − r(θ_x))]", t => TrueClass(t, e => -(e.Y[e.K] * (1 - e.P[e.K])))) { Rules = SoftmaxLoss },
        new("004.111", 483, 483, ClaimKind.Gradient, "∂CE/∂θ_x = r(θ_x) / (r(θ_x) − 1), y_x = 1", t => TrueClass(t, e => e.P[e.K] / (e.P[e.K] - 1)))
        {
            Correction = new("∂CE/∂θ_x = r(θ_x) − 1", t => TrueClass(t, e => e.P[e.K] - 1)),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "Two tries, one above the other, read as a fraction; line 481 gives r(θ_x) − 1.",
            Rules = SoftmaxLoss,
        },
        new("004.112", 485, 487, ClaimKind.Gradient, "d/dv σ(v) = 1 / (1 + e^{−v}) − (1 + e^{−v}) / (1 + e^{−v})²", t => LogisticSlope(t, v => 1 / (1 + (-v).exp()) - (1 + (-v).exp()) / (1 + (-v).exp()).pow(2)))
        {
            Correction = new("d/dv σ(v) = 1 / (1 + e^{−v}) − 1 / (1 + e^{−v})²", t => LogisticSlope(t, v => 1 / (1 + (-v).exp()) - 1 / (1 + (-v).exp()).pow(2))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Scratch: as written the two terms are equal and cancel.",
            Rules = SigmoidRule,
        },
        new("004.113", 485, 488, ClaimKind.Gradient, "d/dx σ(v), v = xA, is −1 / (1 + e^{−v})²·[a₁ + a₂]", t => LinearForm(t, (v, a) => -1 / (1 + (-v).exp()).pow(2) * a.sum()))
        {
            Correction = new("d/dx σ(v) = e^{−v} / (1 + e^{−v})²·[a₁ a₂]", t => LinearForm(t, (v, a) => (-v).exp() / (1 + (-v).exp()).pow(2) * a)),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Scratch: −e^{−v}·(−1) is lost, and the entries of A are summed where there is one for each x.",
            Rules = [.. SigmoidRule, "linear-form"],
        },
        new("004.114", 490, 490, ClaimKind.Identity, "xᵀA = [x₁ x₂] [a₁; a₂] = Σ_i x_i A_i", t =>
        {
            var (x, a) = (t.Real("x", t.Size("N"), 1), t.Real("A", t.Size("N"), 1));
            return Comparison.Equal(x.t().Times(a), (x * a).sum().reshape(1, 1));
        })
        {
            Why = "With x a column; line 485 has written x as the row [x₁ x₂], and then it is xA.",
            Rules = ["linear-form"],
        },
        new("004.115", 492, 492, ClaimKind.Gradient, "d/dx xᵀA = [a₁; a₂]", t =>
        {
            var (x, a) = (t.Real("x", t.Size("N"), 1), t.Real("A", t.Size("N"), 1));
            return Comparison.Gradient(a, one => one.t().Times(a), x);
        }) { Rules = ["linear-form"] },
        new("004.116", 494, 496, ClaimKind.Gradient, "d/dθ CE(y, ŷ) = [−d/dθ₁ Σ_i y_i log(ŷ_i); …; −d/dθ_n Σ_i y_i log(ŷ_i)]",
            t => AllClasses(t, e => torch.stack(Enumerable.Range(0, (int)e.Y.shape[0]).Select(j => -SlopeOf(theta => (e.Y * F.softmax(theta, -1).log()).sum(), e.Theta)[j]).ToList()))) { Rules = SoftmaxLoss },
        new("004.117", 498, 498, ClaimKind.Gradient, "∂CE/∂θ₁ = −d/dθ₁ Σ_i y_i log(σ(θ₁)), y = [0 1]", t => FirstOfTwo(t, e => -SlopeOf(theta => e.Y.sum() * F.softmax(theta, -1)[0].log(), e.Theta)[0]))
        {
            Correction = new("∂CE/∂θ₁ = −d/dθ₁ Σ_i y_i log(σ(θ_i))", t => FirstOfTwo(t, e => -SlopeOf(theta => (e.Y * F.softmax(theta, -1).log()).sum(), e.Theta)[0])),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "1 for i; line 496 has ŷ_i.",
            Rules = SoftmaxLoss,
        },
        new("004.118", 500, 502, ClaimKind.Gradient, "d/dθ CE(y, ŷ) = [−y₁ (1 − σ(θ₁)); …; −y_n (1 − σ(θ_n))], ŷ = [σ(θ₁) σ(θ₂)]", t => AllClasses(t, e => -e.Y * (1 - e.P))) { Correction = WholeGradient, Cause = Culprit.Author, Harm = Harm.Silent, Why = DiagonalOnly, Rules = SoftmaxLoss },
        new("004.119", 504, 504, ClaimKind.Gradient, "d/dθ₁ y₁ log σ(θ₁) = y₁·(1 / σ(θ₁))·σ′(θ₁) / σ(θ₁)²", t => FirstTerm(t, (y, p, slope) => y * (1 / p) * slope / p.pow(2)))
        {
            Correction = new("d/dθ₁ y₁ log σ(θ₁) = y₁·(1 / σ(θ₁))·σ′(θ₁)", t => FirstTerm(t, (y, p, slope) => y * (1 / p) * slope)),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "Scraps that stand beside each other, read as one product.",
            Rules = ["log-softmax"],
        },
        new("004.120", 507, 507, ClaimKind.Gradient, "d/dθ CE(y, ŷ) = [−y₁ (1 − ŷ₁); …; −y_n (1 − ŷ_n)]", t => AllClasses(t, e => -e.Y * (1 - e.P))) { Correction = WholeGradient, Cause = Culprit.Author, Harm = Harm.Silent, Why = DiagonalOnly, Rules = SoftmaxLoss },
        new("004.121", 507, 515, ClaimKind.Gradient, "d/dθ CE(y, ŷ) = ŷ − y", t => AllClasses(t, e => e.P - e.Y)) { Why = "Written beside each of these lines, and right.", Rules = SoftmaxLoss },
        new("004.122", 509, 509, ClaimKind.Gradient, "d/dθ CE(y, ŷ) = [y₁ (ŷ₁ − 1); …; y_n (ŷ_n − 1)]", OnlyTheTrueClass) { Correction = WholeGradient, Cause = Culprit.Author, Harm = Harm.Silent, Why = DiagonalOnly, Rules = SoftmaxLoss },
        new("004.123", 511, 513, ClaimKind.Gradient, "when j = i: ∂CE/∂θ_j = ŷ_j − y_j = ŷ_j − 1", t => TrueClass(t, e => e.P[e.K] - 1)) { Rules = SoftmaxLoss },
        new("004.124", 515, 515, ClaimKind.Gradient, "d/dθ CE(y, ŷ) = [0 0 … ŷ_i − 1 … 0]", OnlyTheTrueClass) { Correction = WholeGradient, Cause = Culprit.Author, Harm = Harm.Silent, Why = DiagonalOnly, Rules = SoftmaxLoss },
        new("004.125", 517, 517, ClaimKind.Gradient, "when j ≠ i: ∂CE/∂θ_j = ŷ_j − 1", t => OtherClass(t, e => e.P[e.G] - 1))
        {
            Correction = new("when j ≠ i: ∂CE/∂θ_j = ŷ_j", t => OtherClass(t, e => e.P[e.G])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "That is the case j = i; line 632 has it right.",
            Rules = SoftmaxLoss,
        },
        new("004.126", 519, 519, ClaimKind.Qualitative, "y ≠ ŷ − 1", t => Given(Example.Of(t), e => Comparison.True((e.Y - e.P + 1).abs().min().item<double>() > 0, "no entry equal", "0 < ŷ < 1")))
        {
            Why = "As read. It may have been y ∘ (ŷ − 1), line 509 again.",
            Rules = SoftmaxLoss,
        },
        new("004.127", 521, 521, ClaimKind.Gradient, "when i = k: ∂CE/∂θ_k = ŷ_i − 1", t => TrueClass(t, e => e.P[e.K] - 1)) { Rules = SoftmaxLoss },
        new("004.128", 523, 523, ClaimKind.Gradient, "when i ≠ k: ∂CE/∂θ_i = 0", t => OtherClass(t, e => e.P[e.G] * 0))
        {
            Correction = new("when i ≠ k: ∂CE/∂θ_i = ŷ_i", t => OtherClass(t, e => e.P[e.G])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "θ_i is in the denominator of ŷ_k; line 632 has it right.",
            Rules = SoftmaxLoss,
        },
        new("004.129", 527, 528, ClaimKind.Identity, "CE = −(1/n) Σ_i y_i log(ŷ_i), ŷ = softmax(θ)", t => Loss(t, e => -(e.Y * e.P.log()).mean()))
        {
            Condition = new("i runs over n examples (and y_i log ŷ_i is an inner product): then it is their mean", t =>
            {
                var (n, c) = (t.Size("n"), t.Size("C", 2));
                var (theta, labels) = (t.Real("θ", n, c), t.Labels("labels", n, c));
                return Comparison.Equal(-(F.one_hot(labels, c) * F.softmax(theta, 1).log()).sum() / n, F.cross_entropy(theta, labels), "libtorch's cross-entropy");
            }),
            Correction = new("CE = −Σ_i y_i log(ŷ_i)", t => Loss(t, e => -(e.Y * e.P.log()).sum())),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "In line 538 and everywhere else i runs over the classes of one example, and there is no 1/n; with it all gradients are n times too small.",
            Rules = SoftmaxLoss,
        },
        new("004.130", 532, 536, ClaimKind.Identity, "ŷ_k = e^{θ_k} / Σ_{l=1}^L e^{θ_l}", SoftmaxFormula) { Rules = SoftmaxRule },
        new("004.131", 538, 546, ClaimKind.Gradient, "∂CE/∂θ = ∂/∂θ [−Σ_i y_i log(ŷ_i)] = ∂/∂θ [−Σ_i y_i log(softmax(θ_i))] = ∂/∂θ [−Σ_i y_i log(e^{θ_i} / Σ_{j=1}^L e^{θ_j})]", t => AllClasses(t,
            e => SlopeOf(theta => -(e.Y * F.softmax(theta, -1).log()).sum(), e.Theta),
            e => SlopeOf(theta => -(e.Y * Textbook.Softmax(theta).log()).sum(), e.Theta))) { Rules = SoftmaxLoss },
        new("004.132", 550, 552, ClaimKind.Gradient, "∂CE/∂θ = [∂/∂θ₁ [−Σ_i y_i log(e^{θ_i} / Σ_{j=1}^d e^{θ_j})]; …; ∂/∂θ_d […]]",
            t => AllClasses(t, e => torch.stack(Enumerable.Range(0, (int)e.Y.shape[0]).Select(j => SlopeOf(theta => -(e.Y * Textbook.Softmax(theta).log()).sum(), e.Theta)[j]).ToList()))) { Rules = SoftmaxLoss },
        new("004.133", 554, 554, ClaimKind.Gradient, "∂/∂θ_i log(e^{θ_i} / Σ_{j=1}^d e^{θ_j}) = log exp(θ_i) − log Σ_{j=1}^d exp(θ_j)", t => LogSoftmaxAt(t, e => e.Theta[e.K].exp().log() - e.Theta.exp().sum().log()))
        {
            Correction = new("log(e^{θ_i} / Σ_{j=1}^d e^{θ_j}) = log exp(θ_i) − log Σ_{j=1}^d exp(θ_j)", LogOfQuotient),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The ∂/∂θ_i is dropped on the right; line 558 has it back.",
            Rules = ["log-softmax"],
        },
        new("004.134", 554, 554, ClaimKind.Gradient, "∂/∂X e^X = e^X", t => EntryByEntry(t, torch.exp, x => x.exp())),
        new("004.135", 556, 556, ClaimKind.Identity, "log(e^{θ_i} / Σ_j e^{θ_j}) = θ_i − log Σ_{j=1}^d exp(θ_j)", LogOfQuotient) { Rules = ["log-softmax"] },
        new("004.136", 558, 562, ClaimKind.Gradient, "∂/∂θ_i log softmax(θ_i) = ∂/∂θ_i (θ_i − log Σ_{j=1}^d exp(θ_j)) = 1 − exp(θ_i) / Σ_{j=1}^d exp(θ_j) = 1 − softmax(θ_i)", t => LogSoftmaxAt(t,
            e => SlopeOf(theta => theta[e.K] - theta.exp().sum().log(), e.Theta)[e.K], e => 1 - e.Theta[e.K].exp() / e.Theta.exp().sum(), e => 1 - e.P[e.K])) { Rules = ["log-softmax"] },
        new("004.137", 564, 566, ClaimKind.Gradient, "∂/∂θ₁ (θ₂ − log Σ_{i=1}^d exp(θ_i)) = 0 − 0 / Σ_{i=1}^d exp(θ_i)", t => LogSoftmaxAside(t, e => 0 / e.Theta.exp().sum()))
        {
            Correction = new("∂/∂θ₁ (θ₂ − log Σ_{i=1}^d exp(θ_i)) = 0 − exp(θ₁) / Σ_{i=1}^d exp(θ_i)", t => LogSoftmaxAside(t, e => 0 - e.Theta[e.G].exp() / e.Theta.exp().sum())),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The sum contains exp(θ₁). Struck out by the author; line 67 has it right.",
            Rules = ["log-softmax"],
        },
    ];
}
