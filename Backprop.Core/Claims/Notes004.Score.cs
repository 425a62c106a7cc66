using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 810 to 857: the regularised objective differentiated, attempt after attempt.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> ScoreClaims() =>
    [
        ShortPenalty("004.186", 810, "J(θ) = (1/N) Σ_{i=1}^N −log(e^{f_{y_i}} / Σ_{c=1}^C e^{f_c}) + λ Σ_{k=1}^d θ_k²"),
        new("004.187", 812, 814, ClaimKind.Identity, "f_{y_i} = w_{y_i}·x = Σ_{j=1}^d (w_{y_i})_j x_j, f_c = w_c·x = Σ_{j=1}^d (w_c)_j x_j", ClassScore) { Rules = LinearSoftmax },
        new("004.188", 816, 816, ClaimKind.Identity, "−log(e^{f_{y_i}} / Σ_c e^{f_c}) = −log(exp(Σ_{j=1}^d (w_{y_i})_j x_j) / Σ_{c=1}^C exp(Σ_{j=1}^d (w_c)_j x_j))",
            t => MeanLoss(t, s => (s.W.index_select(0, s.Labels) * s.X).sum(1L).exp() / (s.X.unsqueeze(1) * s.W).sum(2L).exp().sum(1L)))
        {
            Why = "x is the i-th example's; the notes drop its index.",
            Rules = LinearSoftmax,
        },
        ShortPenalty("004.189", 816, "J(θ) = (1/N) Σ_{i=1}^N −log(exp(Σ_{j=1}^d (w_{y_i})_j x_j) / Σ_{c=1}^C exp(Σ_{j=1}^d (w_c)_j x_j)) + λ Σ_{k=1}^d θ_k²"),
        new("004.190", 818, 818, ClaimKind.Identity, "d/dθ xᵀa = d/dθ Σ_i x_i a_i", t =>
        {
            var (x, a) = (t.Real("x", t.Size("N"), 1), t.Real("a", t.Size("N"), 1));
            return Comparison.Gradient(SlopeOf(one => (one * a).sum(), x), one => one.t().Times(a), x);
        }) { Rules = ["linear-form"] },
        new("004.191", 827, 827, ClaimKind.Identity, "J(θ) = (1/N) Σ_{i=1}^N [λ Σ_{k=1}^d θ_ik² − log(…)]", t => PenaltyInside(t, (s, i) => s.W[i % s.W.shape[0]].pow(2).sum()))
        {
            Condition = new("Σ θ_ik² is the sum over all parameters, the same for every example i", t => PenaltyInside(t, (s, _) => s.W.pow(2).sum())),
            Correction = new("J(θ) = (1/N) Σ_{i=1}^N [−log(…)] + λ Σ_{k=1}^{Cd} θ_k²", t => Penalty(t, w => w.numel())),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Under the mean a penalty may stand as well as outside it; but θ got the index of the examples. Row i of w is taken for θ_i.",
            Rules = ["l2-penalty", .. LinearSoftmax],
        },
        new("004.192", 829, 829, ClaimKind.Gradient, "∂J(θ)/∂x = [∂J/∂x₁, ∂J/∂x₂, …, ∂J/∂x_d]", t => OfLogP(t, (w, x, y) =>
            torch.stack(Enumerable.Range(0, (int)x.shape[0]).Select(j => SlopeOf(step => F.log_softmax(w.Times(x + step * OneHot(j, x.shape[0])), -1)[y], torch.zeros(1, dtype: torch.float64))[0]).ToList()))) { Rules = LinearSoftmax },
        new("004.193", 831, 831, ClaimKind.Gradient, "∂J(θ)/∂w = (1/N) Σ_{i=1}^N −∂/∂w log(exp(Σ_j (w_{y_i})_j x_j) / Σ_c exp(Σ_j (w_c)_j x_j))", t => RegularisedGradient(t, GradientW))
        {
            Condition = new("λ = 0", t => Given(Dataset.Of(t) with { Lambda = 0 }, s => Comparison.Gradient(GradientW(s), w => (s with { W = w }).Regularised, s.W))),
            Correction = new("∂J(θ)/∂w = (1/N) Σ_{i=1}^N −∂/∂w log(…) + 2λw", t => RegularisedGradient(t, s => GradientW(s) + 2 * s.Lambda * s.W)),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The penalty of line 827 is gone.",
            Rules = ["l2-penalty", .. LinearSoftmax],
        },
        new("004.194", 833, 833, ClaimKind.Identity, "log(a / b) = log a − log b", t =>
        {
            var (a, b) = (t.Positive("a", t.Size("N")), t.Positive("b", t.Size("N")));
            return Comparison.Equal(a.log() - b.log(), (a / b).log());
        }),
        new("004.195", 835, 835, ClaimKind.Identity, "log(exp(Σ_{j=1}^d (w_y)_j x_j) / Σ_{c=1}^C exp(Σ_j (w_c)_j x_j)) = Σ_{j=1}^d (w_y)_j x_j − Σ_{z=1}^C (w_z)_i x_z", t =>
        {
            var c = t.Size("C", 2);
            var (w, x) = (t.Real("w", c, c + t.Size("d beyond C")), t.Real("x", c + t.Size("d beyond C")));
            var (y, i) = (t.Label("y", c), t.Label("i", x.shape[0]));
            return Comparison.Equal(w[y].dot(x) - w.select(1, i).dot(x.narrow(0, 0, c)), F.log_softmax(w.Times(x), -1)[y]);
        })
        {
            Correction = new("… = Σ_{j=1}^d (w_y)_j x_j − log Σ_{c=1}^C exp(Σ_{z=1}^d (w_c)_z x_z)", LogP),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "log Σ exp is no sum of the exponents, and the indices are mixed up; line 847 has it right.",
            Rules = LinearSoftmax,
        },
        new("004.196", 837, 839, ClaimKind.Gradient, "∂/∂(w_y)_i log p_y = (w_y)_i − (w_z)_i", t => ByOwnWeight(t, (w, _, y, i) => w[y, i] - w[(y + 1) % w.shape[0], i]))
        {
            Correction = new("∂/∂(w_y)_i log p_y = (1 − p_y) x_i", t => ByOwnWeight(t, (w, x, y, i) => (1 - F.softmax(w.Times(x), -1)[y]) * x[i])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Derived from line 835, and along x where along w was asked for; struck out in the notes.",
            Rules = LinearSoftmax,
        },
        new("004.197", 843, 843, ClaimKind.Gradient, "∂/∂x e^{−x} = −e^{−x}", t => EntryByEntry(t, x => (-x).exp(), x => -(-x).exp())),
        new("004.198", 845, 847, ClaimKind.Identity, "a = log(exp(Σ_j (w_y)_j x_j) / Σ_c exp(Σ_z (w_c)_z x_z)) = Σ_{j=1}^d (w_y)_j x_j − log Σ_{c=1}^C exp(Σ_{z=1}^d (w_c)_z x_z)", LogP) { Rules = LinearSoftmax },
        new("004.199", 849, 851, ClaimKind.Gradient, "∂a/∂x₁ = (w_y)₁ − (1 / Σ_c exp(Σ_z (w_c)_z x_z))·∂/∂x₁ (Σ_c exp(Σ_z (w_c)_z x_z)), with Σ_c ∂/∂x₁ for ∂/∂x₁ Σ_c", t => ByFirstFeature(t,
            (w, x, y) => w[y, 0] - 1 / w.Times(x).exp().sum() * SlopeOf(one => w.Times(one).exp().sum(), x)[0],
            (w, x, y) => w[y, 0] - 1 / w.Times(x).exp().sum() * Enumerable.Range(0, (int)w.shape[0]).Select(c => SlopeOf(one => w[c].dot(one).exp(), x)[0]).Aggregate((one, other) => one + other))) { Rules = LinearSoftmax },
        new("004.200", 853, 853, ClaimKind.Gradient, "∂a/∂x₁ = (w_y)₁ − Σ_c exp(Σ_z (w_c)_z x_z)·(w_c)₁ / Σ_c exp(Σ_z (w_c)_z x_z)",
            t => ByFirstFeature(t, (w, x, y) => w[y, 0] - (w.Times(x).exp() * w.select(1, 0)).sum() / w.Times(x).exp().sum()))
        {
            Why = "As it stands before anything is struck out.",
            Rules = LinearSoftmax,
        },
        new("004.201", 853, 853, ClaimKind.Gradient, "the exponentials cancel: ∂a/∂x₁ = (w_y)₁ − Σ_c (w_c)₁ / Σ_c 1", t => ByFirstFeature(t, (w, _, y) => w[y, 0] - w.select(1, 0).mean()))
        {
            Correction = LogPByFirstFeature,
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Each stands under its own sum: nothing cancels.",
            Rules = LinearSoftmax,
        },
        new("004.202", 855, 855, ClaimKind.Gradient, "∂a/∂x₁ = w_y", t => ByFirstFeature(t, (w, _, y) => w[y]))
        {
            Correction = LogPByFirstFeature,
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The second term, the mean of the w_c under p, is gone altogether, and so is the index 1.",
            Rules = LinearSoftmax,
        },
        new("004.203", 857, 857, ClaimKind.Gradient, "(1/N) Σ_{i=1}^N Σ_c exp(Σ_z (w_c)_z x_z)·(w_c)₁ / Σ_c exp(Σ_z (w_c)_z x_z), the second term averaged", t =>
        {
            var s = Dataset.Of(t);
            var stated = (s.Scores.exp() * s.W.select(1, 0)).sum(1L) / s.Scores.exp().sum(1L);
            return Comparison.Partial(stated.mean(), shift => (s with { X = s.X + shift }).Scores.logsumexp(1).mean(), torch.zeros(s.X.shape[1], dtype: torch.float64), [0]);
        })
        {
            Why = "No left side is written; it is the derivative along x₁ of (1/N) Σ_i log Σ_c exp(f_c).",
            Rules = LinearSoftmax,
        },
    ];

    private static Formal LogPByFirstFeature => new("∂a/∂x₁ = (w_y)₁ − Σ_c p_c (w_c)₁", t => ByFirstFeature(t, (w, x, y) => w[y, 0] - F.softmax(w.Times(x), -1).dot(w.select(1, 0))));

    private static Comparison LogP(Trial t)
    {
        var (c, d) = (t.Size("C", 2), t.Size("d"));
        var (w, x, y) = (t.Real("w", c, d), t.Real("x", d), t.Label("y", c));
        return Comparison.Equal((w[y] * x).sum() - (w * x).sum(1L).exp().sum().log(), F.log_softmax(w.Times(x), -1)[y]);
    }

    /// <summary>∂ log p_y / ∂x.</summary>
    private static Comparison OfLogP(Trial t, Func<Tensor, Tensor, long, Tensor> stated)
    {
        var (c, d) = (t.Size("C", 2), t.Size("d"));
        var (w, x, y) = (t.Real("w", c, d), t.Real("x", d), t.Label("y", c));
        return Comparison.Gradient(stated(w, x, y), one => F.log_softmax(w.Times(one), -1)[y], x);
    }

    /// <summary>∂ log p_y / ∂x₁.</summary>
    private static Comparison ByFirstFeature(Trial t, params Func<Tensor, Tensor, long, Tensor>[] stated)
    {
        var (c, d) = (t.Size("C", 2), t.Size("d"));
        var (w, x, y) = (t.Real("w", c, d), t.Real("x", d), t.Label("y", c));
        return Comparison.Each([.. stated.Select(part => Comparison.Partial(part(w, x, y), one => F.log_softmax(w.Times(one), -1)[y], x, [0]))]);
    }

    /// <summary>∂ log p_y / ∂(w_y)_i.</summary>
    private static Comparison ByOwnWeight(Trial t, Func<Tensor, Tensor, long, long, Tensor> stated)
    {
        var (c, d) = (t.Size("C", 2), t.Size("d"));
        var (w, x, y, i) = (t.Real("w", c, d), t.Real("x", d), t.Label("y", c), t.Label("i", d));
        return Comparison.Partial(stated(w, x, y, i), one => F.log_softmax(one.Times(x), -1)[y], w, [y, i]);
    }

    private static Comparison RegularisedGradient(Trial t, Func<Dataset, Tensor> stated) => Given(Dataset.Of(t), s => Comparison.Gradient(stated(s), w => (s with { W = w }).Regularised, s.W));

    /// <summary>The mean over the examples of λ times a penalty for the example, and −log p; against the penalty on all parameters.</summary>
    private static Comparison PenaltyInside(Trial t, Func<Dataset, long, Tensor> penalty)
    {
        var s = Dataset.Of(t);
        var terms = F.log_softmax(s.Scores, 1).gather(1, s.Labels.unsqueeze(1)).squeeze(1);
        var stated = torch.stack(Enumerable.Range(0, (int)s.N).Select(i => s.Lambda * penalty(s, i) - terms[i]).ToList()).mean();
        return Comparison.Equal(stated, s.Regularised, "the penalty on all of θ");
    }
}
