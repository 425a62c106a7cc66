namespace Backprop.Claims;

/// <summary>Lines 1050 to 1105: the window scorer's gradient for the window.</summary>
internal static partial class Notes004
{
    private static Formal SumOverUnits => new("∂s/∂x = Σ_i δ_i w_i = wᵀδ", t => ScoreByInput(t, s => s.W.t().Times(s.Delta)));

    private static IReadOnlyList<Claim> WindowInputClaims() =>
    [
        new("004.254", 1050, 1050, ClaimKind.Gradient, "∂s/∂x = [∂s/∂x₁ ∂s/∂x₂ ∂s/∂x₃]", t => ScoreByInput(t, s => Entries(s).reshape(-1, 1))) { Why = "As a column, as x is.", Rules = ScorerRule },
        new("004.255", 1052, 1060, ClaimKind.Identity, "s = vᵀf(wx + b) = vᵀa = Σ_i v_i a_i, a_i = f(z_i), z_i = w_i x + b_i: s(a), a(z), z(x)", t => InWindow(t, s => Comparison.Each(
            Comparison.Equal(s.V.t().Times(Textbook.Sigmoid(s.W.Times(s.X) + s.B)), s.Score),
            Comparison.Equal(Enumerable.Range(0, (int)s.V.shape[0]).Select(i => s.V[i] * (s.W[i].Times(s.X) + s.B[i]).sigmoid()).Aggregate((one, other) => one + other).reshape(1, 1), s.Score)))) { Rules = ScorerRule },
        new("004.256", 1058, 1058, ClaimKind.Gradient, "ds/dx₁ = ds(a)/da · da(z)/dz · dz(x)/dx₁", t => ScoreByFirstInput(t, s => (ScoreByA(s).Times(AByZ(s)).Times(ZByInput(s)))[0, 0])) { Rules = ScorerRule },
        new("004.257", 1062, 1062, ClaimKind.Gradient, "∂s/∂x₁ = v_i·σ′(z_i)·[dz_i/dx₁]", t => InWindow(t, s => Given(t.Label("i", s.W.shape[0]), i => Comparison.Partial(s.V[i, 0] * s.Gate[i, 0] * s.W[i, 0], x => (s with { X = x }).Score, s.X, [0, 0]))))
        {
            Correction = new("∂s/∂x₁ = Σ_i v_i·σ′(z_i)·[dz_i/dx₁]", t => ScoreByFirstInput(t, s => (s.V * s.Gate * s.W.narrow(1, 0, 1)).sum())),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The sum of line 1060 is lost: x₁ goes into every unit. Line 1105 has it again.",
            Rules = ScorerRule,
        },
        new("004.258", 1064, 1064, ClaimKind.Gradient, "∂s/∂x₁ = [∂s/∂x₁ ∂s/∂x₂]", t => ScoreByFirstInput(t, Entries))
        {
            Correction = new("∂s/∂x = [∂s/∂x₁ ∂s/∂x₂ …]", t => ScoreByInput(t, s => Entries(s).reshape(-1, 1))),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "x is meant on the left; line 1050 has it.",
            Rules = ScorerRule,
        },
        new("004.259", 1070, 1070, ClaimKind.Shape, "a = f(w)", t => InWindow(t, s => Comparison.Shape(s.W.sigmoid(), s.A.shape)))
        {
            Correction = new("a = f(wx + b)", t => InWindow(t, s => Comparison.Shape((s.W.Times(s.X) + s.B).sigmoid(), s.A.shape))),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "Scratch, broken off; lines 1074–1078 have the whole of it.",
            Rules = ScorerRule,
        },
        new("004.260", 1074, 1078, ClaimKind.Identity, "a = [a₁ a₂] = [f(w₁x + b₁) f(w₂x + b₂)] = [f(z₁) f(z₂)]", t => InWindow(t, s => Comparison.Equal(
            torch.stack(Enumerable.Range(0, (int)s.V.shape[0]).Select(i => (s.W[i].Times(s.X) + s.B[i]).sigmoid()).ToList()), s.A))) { Rules = ScorerRule },
        new("004.261", 1082, 1082, ClaimKind.Identity, "z₁ = Σ_i w_i", t => ZWithoutBias(t, s => s.W.sum(0L)))
        {
            Correction = FirstZ,
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "Scratch: the x is missing, and what is summed over; line 1006 has z_i = Σ_j w_ij x_j + b.",
            Rules = ScorerRule,
        },
        new("004.262", 1082, 1082, ClaimKind.Identity, "z₁ = Σ_i w_ij x_j", t => ZWithoutBias(t, s => Given(t.Label("j", s.W.shape[1]), j => s.W.select(1, j).sum() * s.X[j])))
        {
            Correction = FirstZ,
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Summed over the units instead of the entries of x; line 1006 has Σ_j.",
            Rules = ScorerRule,
        },
        new("004.263", 1084, 1084, ClaimKind.Identity, "z₁ = w₁x + b₁, z₂ = w₂x + b₂", t => InWindow(t, s => Comparison.Equal(
            torch.stack(Enumerable.Range(0, (int)s.V.shape[0]).Select(i => s.W[i].Times(s.X) + s.B[i]).ToList()), s.Z))) { Rules = ScorerRule },
        new("004.264", 1084, 1084, ClaimKind.Gradient, "[w₁ᵀ, w₂ᵀ]·δ, wᵀδ: ∂s/∂x", t => ScoreByInput(t, s => s.W.t().Times(s.Delta))) { Why = "Written at the edge (lines 1082 and 1084), δ read as s: the right result, reached on line 1105.", Rules = ScorerRule },
        new("004.265", 1086, 1089, ClaimKind.Gradient, "∂/∂x s(a₁, a₂) = ∂/∂a₁ s(a₁) + ∂/∂a₂ s(a₂)", t => ScoreByInput(t, s => s.V.sum().reshape(1, 1)))
        {
            Correction = new("∂/∂x s(a₁, a₂) = ∂s/∂a₁·∂a₁/∂x + ∂s/∂a₂·∂a₂/∂x", t => ScoreByInput(t, s => ScoreByA(s).Times(Textbook.Jacobian(x => (s with { X = x }).A, s.X)).t())),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Each path needs its second half, ∂a_i/∂x; lines 1099–1105 have it.",
            Rules = [.. ScorerRule, "fan-out"],
        },
        new("004.266", 1091, 1093, ClaimKind.Gradient, "∂/∂x s(a₁) = σ′(z₁)", t => ThroughFirst(t, s => s.Gate[0].reshape(1, 1)))
        {
            Correction = ThroughFirstUnit,
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "v₁ and w₁ are lost with what is struck out; line 1099 has them.",
            Rules = ScorerRule,
        },
        new("004.267", 1095, 1095, ClaimKind.Identity, "s(a) = Σ_i v_i a_i", t => InWindow(t, s => Comparison.Equal((s.V * s.A).sum().reshape(1, 1), s.Score))) { Rules = ScorerRule },
        new("004.268", 1097, 1097, ClaimKind.Gradient, "∂/∂x s(a₁) is ∂/∂x s(a₁) · ∂/∂a₁ a₁(z₁) · ∂/∂z₁ z₁(x)", t => ThroughFirst(t, s =>
            FirstPart(s) * SlopeOf(a => a, s.A[0, 0]) * SlopeOf(z => z, s.Z[0, 0])))
        {
            Why = "As written two factors are 1: each variable is one place too far to the right. Meant is ∂s/∂a₁·∂a₁/∂z₁·∂z₁/∂x.",
            Rules = ScorerRule,
        },
        new("004.269", 1099, 1099, ClaimKind.Gradient, "∂/∂x s(a₁) = v₁·σ′(z₁)·w₁", t => ThroughFirst(t, s => (s.V[0] * s.Gate[0] * s.W[0]).reshape(-1, 1))) { Why = "w₁, a row, stands as the column that x is.", Rules = ScorerRule },
        new("004.270", 1101, 1101, ClaimKind.Gradient, "∂s/∂x = δ₁w₁ + ∂s/∂x = δ₂w₂", t => ScoreByInput(t, s => s.Delta[0] * s.W[0].reshape(-1, 1) + s.W.t().Times(s.Delta)))
        {
            Correction = SumOverUnits,
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "The two parts, ∂s(a₁)/∂x = δ₁w₁ and ∂s(a₂)/∂x = δ₂w₂, are run into one line; line 1103 has their sum.",
            Rules = ScorerRule,
        },
        new("004.271", 1103, 1105, ClaimKind.Gradient, "∂s/∂x = δ₁w₁ + δ₂w₂ = Σ_{i=1}^2 δ_i w_i", t => ByTwoUnits(t, s => (s.Delta[0] * s.W[0] + s.Delta[1] * s.W[1]).reshape(-1, 1), s => s.W.t().Times(s.Delta))) { Why = "δ was read as s.", Rules = ScorerRule },
    ];

    private static Formal FirstZ => new("z₁ = Σ_j w₁_j x_j (+ b₁)", t => ZWithoutBias(t, s => (s.W[0] * s.X.squeeze(1)).sum().reshape(1)));

    private static Formal ThroughFirstUnit => new("∂/∂x s(a₁) = v₁·σ′(z₁)·w₁ᵀ", t => ThroughFirst(t, s => (s.V[0] * s.Gate[0] * s.W[0]).reshape(-1, 1)));

    /// <summary>What is said to be z₁, without the bias that these lines leave out.</summary>
    private static Comparison ZWithoutBias(Trial t, Func<Scoring, Tensor> stated) => InWindow(t, s => Comparison.Equal(stated(s), s.W[0].Times(s.X)));

    /// <summary>∂s/∂x₁.</summary>
    private static Comparison ScoreByFirstInput(Trial t, Func<Scoring, Tensor> stated) => InWindow(t, s => Comparison.Partial(stated(s), x => (s with { X = x }).Score, s.X, [0, 0]));

    /// <summary>∂/∂x of v₁a₁.</summary>
    private static Comparison ThroughFirst(Trial t, Func<Scoring, Tensor> stated) => InWindow(t, s => Comparison.Gradient(stated(s), x => s.V[0] * (s with { X = x }).A[0], s.X));

    private static Tensor FirstPart(Scoring s) => SlopeOf(x => s.V[0] * (s with { X = x }).A[0], s.X);

    /// <summary>∂s/∂x where there are two units.</summary>
    private static Comparison ByTwoUnits(Trial t, params Func<Scoring, Tensor>[] stated)
    {
        var d = t.Size("D");
        var s = new Scoring(t.Real("x", d, 1), torch.zeros(d, 1, dtype: torch.float64), t.Real("w", 2, d), t.Real("b", 2, 1), t.Uniform("v", -1, 1, 2, 1));
        return Every(s, stated, one => Comparison.Gradient(one, x => (s with { X = x }).Score, s.X));
    }

    /// <summary>∂s/∂x₁, ∂s/∂x₂, …, each from moving one entry of x.</summary>
    private static Tensor Entries(Scoring s) => torch.stack(Enumerable.Range(0, (int)s.X.shape[0])
        .Select(j => SlopeOf(step => (s with { X = s.X + step * OneHot(j, s.X.shape[0]).reshape(-1, 1) }).Score, torch.zeros(1, dtype: torch.float64))[0]).ToList());

    private static Tensor ScoreByA(Scoring s) => Textbook.Jacobian(a => s.V.t().Times(a), s.A);

    private static Tensor AByZ(Scoring s) => Textbook.Jacobian(torch.sigmoid, s.Z);

    private static Tensor ZByInput(Scoring s) => Textbook.Jacobian(x => (s with { X = x }).Z, s.X);
}
