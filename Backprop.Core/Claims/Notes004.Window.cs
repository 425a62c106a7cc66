namespace Backprop.Claims;

/// <summary>Lines 951 to 1048: the window scorer's gradients for v, W and b.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<string> MaxMargin => ["max-margin"];

    /// <summary>x and x_c: D×1, w: H×D, b and v: H×1; s = vᵀf(wx + b), s_c the same of x_c, f the sigmoid.</summary>
    private sealed record Scoring(Tensor X, Tensor XC, Tensor W, Tensor B, Tensor V)
    {
        internal static Scoring Of(Trial t)
        {
            var (d, h) = (t.Size("D"), t.Size("H"));
            return new(t.Real("x", d, 1), t.Real("x_c", d, 1), t.Real("w", h, d), t.Real("b", h, 1), t.Uniform("v", -1, 1, h, 1));
        }

        /// <summary>Large v, and the higher score for x: the margin is reached in about half of the cases. The hinge's kink is avoided.</summary>
        internal static Scoring Ranked(Trial t) => Ordered(t, s => s.Score.item<double>() > s.CorruptScore.item<double>());

        /// <summary>Large v, and the lower score for x: 1 − s + s_c is at least 1.</summary>
        internal static Scoring Open(Trial t) => Ordered(t, s => s.Score.item<double>() < s.CorruptScore.item<double>());

        private static Scoring Ordered(Trial t, Func<Scoring, bool> order)
        {
            var (d, h) = (t.Size("D"), t.Size("H"));
            var (w, b, v) = (t.Real("w", h, d), t.Real("b", h, 1), t.Uniform("v", -10, 10, h, 1));
            var s = new Scoring(Drawn(), Drawn(), w, b, v);
            while (s.Slack is > -0.01 and < 0.01 || s.Exchanged.Slack is > -0.01 and < 0.01) s = s with { X = Drawn() };
            if (!order(s)) s = s.Exchanged;
            return s with { X = t.Remember("x", s.X), XC = t.Remember("x_c", s.XC) };

            Tensor Drawn() => Vector([.. Enumerable.Range(0, (int)d).Select(_ => t.Random.Next(-8, 9) * 0.25)]).reshape(d, 1);
        }

        internal Tensor Z => W.Times(X) + B;
        internal Tensor A => Z.sigmoid();
        internal Tensor Gate => A * (1 - A);
        internal Tensor Delta => V * Gate;
        internal Tensor Score => V.t().Times(A);
        internal Tensor CorruptScore => Corrupt.Score;
        internal Tensor Cost => (1 - Score + CorruptScore).relu();
        internal Tensor Margin => 1 - Score + CorruptScore;
        internal Scoring Corrupt => this with { X = XC };
        internal Scoring Exchanged => this with { X = XC, XC = X };
        internal double Slack => Margin.item<double>();

        /// <summary>v, w, x, b as one vector.</summary>
        internal Tensor Packed => torch.cat([V.reshape(-1), W.reshape(-1), X.reshape(-1), B.reshape(-1)]);

        internal Scoring Unpacked(Tensor all)
        {
            var (h, d) = (W.shape[0], W.shape[1]);
            return this with { V = all.narrow(0, 0, h).reshape(h, 1), W = all.narrow(0, h, h * d).reshape(h, d), X = all.narrow(0, h + h * d, d).reshape(d, 1), B = all.narrow(0, h + h * d + d, h).reshape(h, 1) };
        }
    }

    private static Comparison InWindow(Trial t, Func<Scoring, Comparison> test) => test(Scoring.Of(t));

    /// <summary>∂s/∂v.</summary>
    private static Comparison ScoreByV(Trial t, params Func<Scoring, Tensor>[] stated) => InWindow(t, s => Every(s, stated, one => Comparison.Gradient(one, v => (s with { V = v }).Score, s.V)));

    /// <summary>∂s/∂w.</summary>
    private static Comparison ScoreByW(Trial t, params Func<Scoring, Tensor>[] stated) => InWindow(t, s => Every(s, stated, one => Comparison.Gradient(one, w => (s with { W = w }).Score, s.W)));

    /// <summary>∂s/∂b.</summary>
    private static Comparison ScoreByB(Trial t, params Func<Scoring, Tensor>[] stated) => InWindow(t, s => Every(s, stated, one => Comparison.Gradient(one, b => (s with { B = b }).Score, s.B)));

    /// <summary>∂s/∂x.</summary>
    private static Comparison ScoreByInput(Trial t, params Func<Scoring, Tensor>[] stated) => InWindow(t, s => Every(s, stated, one => Comparison.Gradient(one, x => (s with { X = x }).Score, s.X)));

    /// <summary>∂s/∂w_ij, for i and j that are drawn.</summary>
    private static Comparison ScoreByWeight(Trial t, params Func<Scoring, long, long, Tensor>[] stated)
    {
        var s = Scoring.Of(t);
        var (i, j) = (t.Label("i", s.W.shape[0]), t.Label("j", s.W.shape[1]));
        return Comparison.Each([.. stated.Select(one => Comparison.Partial(one(s, i, j), w => (s with { W = w }).Score, s.W, [i, j]))]);
    }

    /// <summary>∂s/∂b_i.</summary>
    private static Comparison ScoreByBias(Trial t, Func<Scoring, long, Tensor> stated) => InWindow(t, s => Given(t.Label("i", s.W.shape[0]), i => Comparison.Partial(stated(s, i), b => (s with { B = b }).Score, s.B, [i, 0])));

    private static IReadOnlyList<Claim> WindowClaims() =>
    [
        new("004.225", 951, 951, ClaimKind.Shape, "z = wx + b, a = f(z), score = vᵀa, x ∈ R^{20×1}, w ∈ R^{8×20}, v ∈ R^{1×8}: one number", t =>
            Comparison.Shape(t.Real("v", 1, 8).t().Times((t.Real("w", 8, 20).Times(t.Real("x", 20, 1)) + t.Real("b", 8, 1)).sigmoid()), 1, 1))
        {
            Correction = new("v ∈ R^{8×1}, as on line 791", t => Comparison.Shape(t.Real("v", 8, 1).t().Times((t.Real("w", 8, 20).Times(t.Real("x", 20, 1)) + t.Real("b", 8, 1)).sigmoid()), 1, 1)),
            Cause = Culprit.Author,
            Harm = Harm.Loud,
            Why = "1×8 is vᵀ.",
            Rules = ScorerRule,
        },
        new("004.226", 953, 953, ClaimKind.Bound, "ξ = max(0, 1 − s + s_c), max-margin: 0 once s is 1 above s_c", HingeBound) { Rules = MaxMargin },
        TransposedW("004.227", 963, 965, "s = vᵀf(wᵀx + b), s_c = vᵀf(wᵀx_c + b), w ∈ R^{8×20}"),
        new("004.228", 967, 967, ClaimKind.Bound, "δ = max(0, 1 − s + s_c)", HingeBound) { Why = "The loss is called ξ, δ, γ and J in turn; δ is something else from line 1014 on.", Rules = MaxMargin },
        new("004.229", 976, 976, ClaimKind.Gradient, "ds/dv = f′(wx + b)", t => ScoreByV(t, s => s.Gate))
        {
            Correction = new("ds/dv = f(wx + b)", t => ScoreByV(t, s => s.A)),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "s is linear in v: nothing of f is differentiated. Line 1199 has it right. (The notes write wᵀx, see line 963.)",
            Rules = ScorerRule,
        },
        new("004.230", 976, 976, ClaimKind.Identity, "f′(wx + b) = a", t => InWindow(t, s => Comparison.Equal(s.Gate, s.A)))
        {
            Correction = new("f(wx + b) = a", t => InWindow(t, s => Comparison.Equal(Textbook.Sigmoid(s.Z), s.A))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "A prime too many: line 951 has a = f(z).",
            Rules = ScorerRule,
        },
        new("004.231", 976, 976, ClaimKind.Gradient, "ds/dv = a", t => ScoreByV(t, s => s.A)) { Rules = ScorerRule },
        new("004.232", 978, 978, ClaimKind.Gradient, "ds/dw = d/dw vᵀf(wx + b) = ∂/∂w vᵀa", t => ScoreByW(t, s => SlopeOf(w => (s.V * Textbook.Sigmoid(w.Times(s.X) + s.B)).sum(), s.W))) { Rules = ScorerRule },
        new("004.233", 982, 988, ClaimKind.Qualitative, "a_i depends only on w_i", t => InWindow(t, s => Given(t.Label("i", s.W.shape[0]), i =>
        {
            var others = SlopeOf(w => (s with { W = w }).A[i, 0], s.W).abs().sum(1L) * (1 - OneHot(i, s.W.shape[0]));
            return Comparison.Equal(others, torch.zeros_like(others), "derivatives of a_i along the other rows of w");
        }))) { Rules = ScorerRule },
        new("004.234", 990, 990, ClaimKind.Gradient, "∂/∂w vᵀa = ∂/∂w₁₁ vᵀa", t => ScoreByW(t, s => SlopeOf(w => (s with { W = w }).Score, s.W)[0, 0]))
        {
            Correction = new("∂/∂w vᵀa = [∂/∂w_ij vᵀa], a number for each weight", t => ScoreByW(t, s => s.Delta.Times(s.X.t()))),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "One entry for all of them; line 996 writes the matrix.",
            Rules = ScorerRule,
        },
        new("004.235", 992, 994, ClaimKind.Identity, "vᵀa = [v₁ v₂] [σ(w₁₁x₁ + w₁₂x₂ + w₁₃x₃); σ(w₂₁x₁ + w₂₂x₂ + w₂₃x₃)]", t => InWindow(t, s => Comparison.Equal((s with { B = torch.zeros_like(s.B) }).Score, s.Score)))
        {
            Condition = new("b = 0", t => InWindow(t, s => Given(s with { B = torch.zeros_like(s.B) }, one => Comparison.Equal(one.V.t().Times(one.W.Times(one.X).sigmoid()), one.Score)))),
            Correction = new("… σ(w_i1 x₁ + w_i2 x₂ + w_i3 x₃ + b_i) …", t => InWindow(t, s => Comparison.Equal((s.V * (s.W.Times(s.X) + s.B).sigmoid()).sum().reshape(1, 1), s.Score))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The bias is dropped.",
            Rules = ScorerRule,
        },
        new("004.236", 996, 996, ClaimKind.Gradient, "∂/∂w vᵀa = [∂/∂w_ij (vᵀa)], a row for each i, a column for each j", t => ScoreByW(t, s => Textbook.Jacobian(w => (s with { W = w }).Score, s.W).reshape(s.W.shape))) { Rules = ScorerRule },
        new("004.237", 998, 1002, ClaimKind.Gradient, "∂/∂w₁₁ (vᵀa) = ∂/∂w₁₁ v₁a₁, ∂/∂w_ij (vᵀa) = ∂/∂w_ij v_i a_i", t => ScoreByWeight(t, (s, i, j) => OfOwnUnit(s, i)[i, j])) { Rules = ScorerRule },
        new("004.238", 1004, 1004, ClaimKind.Gradient, "∂/∂w_ij (vᵀa) = v_i ∂/∂w_ij a_i = v_i·∂/∂w_ij σ(z_i)", t => ScoreByWeight(t, (s, i, j) => s.V[i, 0] * SlopeOf(w => (s with { W = w }).Z[i, 0].sigmoid(), s.W)[i, j])) { Rules = ScorerRule },
        new("004.239", 1006, 1006, ClaimKind.Identity, "z_i = Σ_j w_ij x_j + b", t => InWindow(t, s => Given(t.Label("i", s.W.shape[0]), i => Comparison.Equal((s.W[i] * s.X.squeeze(1)).sum() + s.B, s.Z[i]))))
        {
            Correction = new("z_i = Σ_j w_ij x_j + b_i", t => InWindow(t, s => Given(t.Label("i", s.W.shape[0]), i => Comparison.Equal((s.W[i] * s.X.squeeze(1)).sum() + s.B[i], s.Z[i])))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "b is a vector, with an entry for each unit; line 1038 has b_i.",
            Rules = ScorerRule,
        },
        new("004.240", 1008, 1010, ClaimKind.Gradient, "∂/∂w_ij (vᵀa) = v_i·∂/∂z_i σ(z_i)·∂/∂w_ij σ(z_i)", t => ScoreByWeight(t, (s, i, j) => s.V[i, 0] * s.Gate[i, 0] * SlopeOf(w => (s with { W = w }).A[i, 0], s.W)[i, j]))
        {
            Correction = new("∂/∂w_ij (vᵀa) = v_i·∂/∂z_i σ(z_i)·∂/∂w_ij z_i", t => ScoreByWeight(t, (s, i, j) => s.V[i, 0] * s.Gate[i, 0] * SlopeOf(w => (s with { W = w }).Z[i, 0], s.W)[i, j])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "σ is differentiated twice; line 1012 is right.",
            Rules = ScorerRule,
        },
        new("004.241", 1012, 1014, ClaimKind.Gradient, "∂/∂w_ij (vᵀa) = v_i·σ′(z)·x_j = δ_i·x_j", t => ScoreByWeight(t, (s, i, j) => s.V[i, 0] * s.Gate[i, 0] * s.X[j, 0], (s, i, j) => s.Delta[i, 0] * s.X[j, 0])) { Why = "With z_i for z.", Rules = ScorerRule },
        new("004.242", 1016, 1018, ClaimKind.Gradient, "∂s/∂W = [δ₁x₁ δ₁x₂ δ₁x₃; δ₂x₁ δ₂x₂ δ₂x₃] = δxᵀ", t => ScoreByW(t, s => s.Delta * s.X.reshape(1, -1), s => s.Delta.Times(s.X.t()))) { Rules = ScorerRule },
        new("004.243", 1018, 1018, ClaimKind.Gradient, "∂s_c/∂W = δ_c x_cᵀ", t => InWindow(t, s => Comparison.Gradient(s.Corrupt.Delta.Times(s.XC.t()), w => (s with { W = w }).CorruptScore, s.W))) { Rules = ScorerRule },
        new("004.244", 1020, 1022, ClaimKind.Shape, "[x₁ x₂ x₃] [δ₁; δ₂], 1×3 × 2×1, is 3×2", t => Comparison.Shape(t.Real("x", 1, t.Size("D", 2)).Times(t.Real("δ", t.Size("H", 2), 1)), t.Size("D"), t.Size("H")))
        {
            Correction = new("[δ₁; δ₂] [x₁ x₂ x₃], 2×1 × 1×3, is 2×3, as W is", t => Comparison.Shape(t.Real("δ", t.Size("H", 2), 1).Times(t.Real("x", 1, t.Size("D", 2))), t.Size("H"), t.Size("D"))),
            Cause = Culprit.Author,
            Harm = Harm.Loud,
            Why = "A row times a column of another length does not compose; δxᵀ of line 1018 is the column times the row.",
            Rules = ScorerRule,
        },
        new("004.245", 1022, 1024, ClaimKind.Shape, "3×1 × 1×2 = 3×2, an outer product", t => Comparison.Shape(t.Real("x", t.Size("D"), 1).Times(t.Real("δ", 1, t.Size("H"))), t.Size("D"), t.Size("H")))
        {
            Why = "xδᵀ is the transpose of ∂s/∂W, which is 2×3.",
            Rules = ScorerRule,
        },
        new("004.246", 1026, 1030, ClaimKind.Gradient, "γ = max(0, 1 − s + s_c): ∂γ/∂W = −δxᵀ + δ_c x_cᵀ", t => HingeByW(Scoring.Ranked(t), s => s.Corrupt.Delta.Times(s.XC.t()) - s.Delta.Times(s.X.t())))
        {
            Condition = new("1 − s + s_c > 0", t => HingeByW(Scoring.Open(t), s => s.Corrupt.Delta.Times(s.XC.t()) - s.Delta.Times(s.X.t()))),
            Correction = new("∂γ/∂W = 1[1 − s + s_c > 0]·(−δxᵀ + δ_c x_cᵀ)", t => HingeByW(Scoring.Ranked(t), s => Textbook.Positive(s.Margin) * (s.Corrupt.Delta.Times(s.XC.t()) - s.Delta.Times(s.X.t())))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Where the margin is reached γ is 0 and so is its gradient; without the gate training goes on for ever.",
            Rules = ["max-margin", "window-scorer"],
        },
        new("004.247", 1032, 1036, ClaimKind.Gradient, "∂s/∂b = ∂vᵀa/∂b = ∂vᵀf(wx + b)/∂b = [∂s/∂b₁ ∂s/∂b₂]", t => ScoreByB(t, s => SlopeOf(b => (s.V * Textbook.Sigmoid(s.W.Times(s.X) + b)).sum(), s.B))) { Rules = ScorerRule },
        new("004.248", 1038, 1038, ClaimKind.Gradient, "∂s/∂b_i = vᵀf(wx + b_i) = Σ_i v_i·f(w_i x + b_i)", t => ScoreByBias(t, (s, _) => s.Score[0, 0]))
        {
            Correction = new("∂s/∂b_i = v_i·f′(w_i x + b_i)", t => ScoreByBias(t, (s, i) => s.V[i, 0] * s.Gate[i, 0])),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The right side is s itself, not differentiated; line 1046 has the derivative.",
            Rules = ScorerRule,
        },
        new("004.249", 1038, 1038, ClaimKind.Identity, "s = vᵀf(wx + b) = Σ_i v_i·f(w_i x + b_i)", t => InWindow(t, s => Comparison.Equal(
            Enumerable.Range(0, (int)s.V.shape[0]).Select(i => s.V[i] * (s.W[i].Times(s.X) + s.B[i]).sigmoid()).Aggregate((one, other) => one + other).reshape(1, 1), s.Score))) { Rules = ScorerRule },
        new("004.250", 1040, 1040, ClaimKind.Identity, "s(a) = a(z)·z(b)", t => InWindow(t, s => Comparison.Equal(s.A.t().Times(s.Z), s.Score)))
        {
            Correction = new("s(a(z(b)))", t => InWindow(t, s => Given(s.W.Times(s.X) + s.B, z => Given(Textbook.Sigmoid(z), a => Comparison.Equal((s.V * a).sum().reshape(1, 1), s.Score))))),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "What depends on what is written as a product; it is a composition, and only the derivatives multiply.",
            Rules = ScorerRule,
        },
        new("004.251", 1042, 1042, ClaimKind.Gradient, "∂s/∂b_i = ∂s(a_i)/∂a_i · ∂a(z)/∂z · ∂z(b)/∂b", t => ScoreByBias(t, (s, i) => SlopeOf(a => (s.V * a).sum(), s.A)[i, 0] * SlopeOf(torch.sigmoid, s.Z)[i, 0] * SlopeOf(b => (s.W.Times(s.X) + b)[i, 0], s.B)[i, 0])) { Rules = ScorerRule },
        new("004.252", 1044, 1044, ClaimKind.Gradient, "∂s/∂b_i = ∂/∂a v_iᵀa · ∂/∂b_i f(z) · ∂/∂b_i (w_i x + b_i)", t => ScoreByBias(t, (s, i) => s.V[i, 0] * SlopeOf(b => (s with { B = b }).A[i, 0], s.B)[i, 0] * SlopeOf(b => (s with { B = b }).Z[i, 0], s.B)[i, 0]))
        {
            Why = "∂/∂b_i f(z) should be ∂/∂z_i f(z); they are equal, because ∂z_i/∂b_i = 1.",
            Rules = ScorerRule,
        },
        new("004.253", 1046, 1048, ClaimKind.Gradient, "∂s/∂b_i = v_i σ′(z)·(1) = δ_i", t => ScoreByBias(t, (s, i) => s.V[i, 0] * s.Gate[i, 0] * 1)) { Why = "δ_i was read as s_i.", Rules = ScorerRule },
    ];

    /// <summary>w ∈ R^{8×20} transposed before x ∈ R^{20×1}.</summary>
    private static Claim TransposedW(string id, int from, int to, string statement) => new(id, from, to, ClaimKind.Shape, statement,
        t => InWindow(t, s => Comparison.Shape(s.V.t().Times((s.W.t().Times(s.X) + s.B).sigmoid()), 1, 1)))
    {
        Correction = new("z = wx + b, s = vᵀf(wx + b)", t => InWindow(t, s => Comparison.Shape(s.V.t().Times((s.W.Times(s.X) + s.B).sigmoid()), 1, 1))),
        Cause = Culprit.Author,
        Harm = Harm.SilentAtEqualSizes,
        Why = "wᵀx is the one neuron of line 742; for a layer, lines 786 and 951 have wx with a row for each neuron.",
        Rules = ScorerRule,
    };

    private static Comparison HingeBound(Trial t)
    {
        var (s, c) = (t.Uniform("s", -3, 3, t.Size("N")), t.Uniform("s_c", -3, 3, t.Size("N")));
        var loss = (1 - s + c).clamp_min(0);
        return Comparison.Each(Comparison.AtMost(torch.zeros_like(loss), loss), Comparison.Equal(Textbook.Positive(loss), Textbook.Positive(c + 1 - s), "1 where s is less than 1 above s_c"));
    }

    /// <summary>∂ of the part of s that goes through unit i.</summary>
    private static Tensor OfOwnUnit(Scoring s, long i) => SlopeOf(w => s.V[i, 0] * (s with { W = w }).A[i, 0], s.W);

    private static Comparison HingeByW(Scoring s, Func<Scoring, Tensor> stated) => Comparison.Gradient(stated(s), w => (s with { W = w }).Cost, s.W);
}
