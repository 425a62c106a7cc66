using static Backprop.Claims.Notation;
using static Backprop.Claims.ScorerCase;

namespace Backprop.Claims;

/// <summary>Lines 1887 to 1997: the scorer a third time, and its parts renamed.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> ScorerThird() =>
    [
        new("004.547", 1887, 1887, ClaimKind.Identity, "s = vᵀf(wᵀx + b), with w ∈ R^(2×3) of line 1891", Over(n => Comparison.Equal(n.V.t().mm((n.W.t().mm(n.X) + n.B).sigmoid()), n.S)))
        {
            Correction = new("s = vᵀf(wx + b)", Over(n => Comparison.Equal(n.V.t().mm((n.W.mm(n.X) + n.B).sigmoid()), n.S))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "Line 1893 has 2×3, 3×1, which is wx.", Rules = [Window],
        },
        new("004.548", 1889, 1891, ClaimKind.Shape, "s ∈ R^(1×1), vᵀ ∈ R^(1×2), z ∈ R^(2×1), w ∈ R^(2×3), b ∈ R^(2×1)", _ => Comparison.Shape(Zeros(1, 2).mm(Zeros(2, 3).mm(Zeros(3, 1)) + Zeros(2, 1)), 1, 1)) { Rules = [Window] },
        new("004.549", 1893, 1895, ClaimKind.Shape, "1×2 · (2×3 · 3×1 + 2×1) = 1×2 · 2×1 = 1×1", _ => Comparison.Shape(Zeros(1, 2).mm(Zeros(2, 3).mm(Zeros(3, 1)) + Zeros(2, 1)), 1, 1)) { Why = "The columns of sizes are badly read.", Rules = [Window] },
        new("004.550", 1897, 1897, ClaimKind.Qualitative, "J = max(0, 1 − s + s_c)", null) { Why = "A definition.", Rules = [Margin] },
        new("004.551", 1903, 1903, ClaimKind.Bound, "s > s_c ⇒ J = 0", Scores(0.1, 3, (j, _) => Comparison.Equal(j, 0)))
        {
            Condition = new("s ≥ s_c + 1", Scores(1, 3, (j, _) => Comparison.Equal(j, 0))),
            Correction = new("J = 0 exactly when s ≥ s_c + 1", Scores(-3, 3, (j, gap) => Comparison.True(j < 1e-12 == gap > 1 - 1e-12, $"J = {j:G6}", $"s − s_c = {gap:G6}"))),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "The margin of 1 is forgotten: between s_c and s_c + 1 the loss and its gradient are not 0.", Rules = [Margin],
        },
        new("004.552", 1903, 1903, ClaimKind.Bound, "s ≤ s_c ⇒ J positive (read as P)", Scores(-3, 0, (j, _) => Comparison.Less(0, j))) { Rules = [Margin] },
        new("004.553", 1903, 1903, ClaimKind.Bound, "s = s_c ⇒ J = 1", t => t.Scalar("s") is var s ? Comparison.Equal(1, Math.Max(0, 1 - s + s)) : null!) { Rules = [Margin] },
        new("004.554", 1905, 1905, ClaimKind.Gradient, "dJ/dx = −ds/da + ∂s_c/da", t => MarginByA(t))
        {
            Correction = new("dJ/dw = −ds/dw + ds_c/dw where 1 − s + s_c > 0, and likewise by v, b, and by the windows", t => MarginByW(t, met: false)),
            Cause = Culprit.Ocr, Harm = Harm.Reader, Why = "One letter stands below on the left and another on the right; line 1569 has ∇J = −∇s + ∇s_c.", Rules = [Margin],
        },
        new("004.555", 1907, 1909, ClaimKind.Gradient, "ds/dv = ∂/∂v vᵀa = ∂/∂v Σ_i v_i a_i = a, as result ① (v read as u)", ByV(n => n.A)) { Rules = [Window] },
        new("004.556", 1913, 1913, ClaimKind.Gradient, "∂vᵀa/∂w_ij = ∂/∂w_ij Σ_i v_i a_i", ByEntry((n, i, j) => n.AlongW(i, j, m => Sum(m.Units, p => At(m.V, p) * At(m.A, p))))) { Rules = [Window] },
        new("004.557", 1915, 1915, ClaimKind.Gradient, "∂s/∂w_ij = v_i ∂/∂w_ij a_i = v_i ∂/∂w_ij f(z_i)", ByEntry((n, i, j) => At(n.V, i) * n.AlongW(i, j, m => At(m.Z, i).sigmoid()))) { Rules = [Window] },
        new("004.558", 1917, 1917, ClaimKind.Gradient, "∂s/∂w_ij = v_i ∂/∂w_ij f(w_i x + b_i)", ByEntry((n, i, j) => At(n.V, i) * n.AlongW(i, j, m => (At(m.W, i).mm(m.X) + At(m.B, i)).sigmoid()))) { Rules = [Window] },
        new("004.559", 1917, 1917, ClaimKind.Gradient, "∂s/∂w_ij = v_i · f(z_i) · ∂/∂w_ij (w_i x + b_i) (∂/∂z_i struck out before f)", ByEntry((n, i, j) => At(n.V, i) * At(n.A, i) * n.AlongW(i, j, m => At(m.Z, i))))
        {
            Correction = new("∂s/∂w_ij = v_i · ∂/∂z_i f(z_i) · ∂/∂w_ij (w_i x + b_i)", ByEntry((n, i, j) => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongW(i, j, m => At(m.Z, i)))),
            Cause = Culprit.Ocr, Harm = Harm.Silent, Why = "The next line has f′(z_i): ∂/∂z_i was not struck out.", Rules = [Window],
        },
        new("004.560", 1919, 1919, ClaimKind.Gradient, "∂s/∂w_ij = v_i · f′(z_i) · x_i", ByEntry((n, i, j) => At(n.Delta, i) * At(n.X, i)))
        {
            Correction = new("∂s/∂w_ij = v_i · f′(z_i) · x_j", ByEntry((n, i, j) => At(n.Delta, i) * At(n.X, j))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "Line 1925 has x_j.", Rules = [Window],
        },
        new("004.561", 1923, 1923, ClaimKind.Gradient, "∂s/∂w has the rows v_1f(z_1)x_1  v_1f(z_2)x_2  v_1f(z_3)x_3 and v_2f′(z_1)x_1  …  v_2f(z_2)x_3", Over(n => n.Entry(0, 2, At(n.V, 0) * At(n.A, 2) * At(n.X, 2)), 2, 3))
        {
            Correction = new("∂s/∂w has the rows v_1f′(z_1)x_1  v_1f′(z_1)x_2  v_1f′(z_1)x_3 and v_2f′(z_2)x_1  v_2f′(z_2)x_2  v_2f′(z_2)x_3", ByW(n => Matrix(2, 3, (i, j) => At(n.V, i) * Slope(At(n.Z, i)) * At(n.X, j)), 2, 3)),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "z goes with the unit, so the index of z is the row's (there is no z_3); a prime is there once and lost elsewhere.", Rules = [Window],
        },
        new("004.562", 1925, 1925, ClaimKind.Gradient, "∂s/∂w_ij = v_i · f′(z_i) · x_j = δ_i x_j (δ read as s)", ByEntry((n, i, j) => At(n.Delta, i) * At(n.X, j))) { Rules = [Window] },
        new("004.563", 1931, 1935, ClaimKind.Shape, "with v = [v_1 v_2], f′(z) = [f′(z_1) f′(z_2)] and x = [x_1 x_2 x_3], δ = [δ_1 δ_2 δ_3] (read as s)", Over(n => Comparison.Shape(n.Delta.t(), 1, 3), 2, 3))
        {
            Correction = new("with v = [v_1 v_2], f′(z) = [f′(z_1) f′(z_2)], δ = [δ_1 δ_2]", Over(n => Comparison.Shape(n.Delta.t(), 1, 2), 2, 3)),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "δ has an entry for each unit, as line 1980 has it, not for each input.", Rules = [Window],
        },
        new("004.564", 1931, 1937, ClaimKind.Gradient, "∂s/∂w = δxᵀ, with δ and x the rows of lines 1931 to 1935, as result ② (δ read as s)", ByW(n => n.Delta.t().mm(n.X)))
        {
            Condition = new("δ and x are columns, or the product is the outer one, as is written below it", ByW(n => n.Delta.mm(n.X.t()))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "Of rows, δxᵀ is 1×2 · 3×1.", Rules = [Window],
        },
        new("004.565", 1939, 1939, ClaimKind.Gradient, "∂s/∂x_j = ∂/∂x_j vᵀa = ∂/∂x_j Σ_i v_i · a_i", ByInput((n, j) => n.AlongX(j, m => Sum(m.Units, i => At(m.V, i) * At(m.A, i))))) { Rules = [Window] },
        new("004.566", 1941, 1943, ClaimKind.Gradient, "∂s/∂x_j = Σ_i v_i · ∂/∂x_j a_i = Σ_i v_i · ∂/∂x_j f(z_i)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * n.AlongX(j, m => At(m.Z, i).sigmoid())))) { Rules = [Window] },
        new("004.567", 1945, 1945, ClaimKind.Gradient, "∂s/∂x_j = Σ_i v_i · ∂/∂x_j f(w_i x + b_i)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * n.AlongX(j, m => (At(m.W, i).mm(m.X) + At(m.B, i)).sigmoid())))) { Rules = [Window] },
        new("004.568", 1947, 1947, ClaimKind.Gradient, "∂s/∂x_j = Σ_i v_i d/dx_i f(z_i) · d/dx_j (w_i x + b_i)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * n.AlongX(i, m => At(m.A, i)) * n.AlongX(j, m => At(m.Z, i)))))
        {
            Correction = new("∂s/∂x_j = Σ_i v_i d/dz_i f(z_i) · d/dx_j (w_i x + b_i)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongX(j, m => At(m.Z, i))))),
            Cause = Culprit.Ocr, Harm = Harm.SilentAtEqualSizes, Why = "z_i is read as x_i; the next line has f′(z_i).", Rules = [Window],
        },
        new("004.569", 1949, 1949, ClaimKind.Gradient, "∂s/∂x_j = Σ_i v_i · f′(z_i) · w_ij (f read as b)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * Slope(At(n.Z, i)) * At(n.W, i, j)))) { Rules = [Window] },
        new("004.570", 1951, 1951, ClaimKind.Gradient, "∂s/∂x_j = Σ_i δ_i · w_ij (δ read as s)", ByInput((n, j) => Sum(n.Units, i => At(n.Delta, i) * At(n.W, i, j)))) { Rules = [Window] },
        ByWeight("004.571", 1951, "Σ_i δ_i · w_ij = δ · w_ijᵀ (δ read as s)"),
        ByWeight("004.572", 1953, "d/dx_j s = δ w_ijᵀ, in a box (δ read as s)"),
        RowDeltaWT("004.573", 1957, 1957, "d/dx s = δwᵀ, in a box as result ③ (δ read as s)"),
        new("004.574", 1961, 1961, ClaimKind.Gradient, "d/db_i vᵀa = d/db_i Σ_i v_i · a_i", ByBias((n, i) => n.AlongB(i, m => Sum(m.Units, p => At(m.V, p) * At(m.A, p))))) { Rules = [Window] },
        new("004.575", 1963, 1963, ClaimKind.Gradient, "d/db_i s = v_i · d/db_i a_i = v_i · d/db_i f(w_i x + b_i)", ByBias((n, i) => At(n.V, i) * n.AlongB(i, m => (At(m.W, i).mm(m.X) + At(m.B, i)).sigmoid()))) { Rules = [Window] },
        new("004.576", 1965, 1965, ClaimKind.Gradient, "d/db_i s = v_i · d/dx_i f(z_i) · d/db_i (w_i x + b_i)", ByBias((n, i) => At(n.V, i) * n.AlongX(i, m => At(m.A, i)) * n.AlongB(i, m => At(m.Z, i))))
        {
            Correction = new("d/db_i s = v_i · d/dz_i f(z_i) · d/db_i (w_i x + b_i)", ByBias((n, i) => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongB(i, m => At(m.Z, i)))),
            Cause = Culprit.Ocr, Harm = Harm.SilentAtEqualSizes, Why = "z_i is read as x_i; the next line has f′(z_i).", Rules = [Window],
        },
        new("004.577", 1967, 1971, ClaimKind.Gradient, "ds/db_i = v_i · f′(z_i) · 1 = δ_i", ByBias((n, i) => At(n.V, i) * Slope(At(n.Z, i)) * 1)) { Rules = [Window] },
        new("004.578", 1973, 1973, ClaimKind.Gradient, "ds/db = δ, in a box as result ④", ByB(n => n.Delta)) { Rules = [Window] },
        new("004.579", 1978, 1978, ClaimKind.Gradient, "ds/dv = a", ByV(n => n.A)) { Rules = [Window] },
        new("004.580", 1980, 1980, ClaimKind.Gradient, "ds/dw = δxᵀ", ByW(n => n.Delta.mm(n.X.t()))) { Rules = [Window] },
        DeltaIsNot("004.581", 1980, "δ = [δ_1, δ_2], a Hadamard product, = [v_1 σ(z_1)  v_2 σ(z_2)]", n => n.V * n.A, "The prime is lost; line 1349 has f′."),
        RowDeltaWT("004.582", 1982, 1982, "ds/dx = δwᵀ"),
        new("004.583", 1984, 1984, ClaimKind.Gradient, "ds/db = δ", ByB(n => n.Delta)) { Rules = [Window] },
        new("004.584", 1988, 1988, ClaimKind.Gradient, "∂s/∂v = a (read as α)", ByV(n => n.A)) { Rules = [Window] },
        new("004.585", 1988, 1988, ClaimKind.Gradient, "∂s/∂w = δxᵀ", ByW(n => n.Delta.mm(n.X.t()))) { Rules = [Window] },
        DeltaIsNot("004.586", 1988, "δ_1 = v_1σ′f(z_1), δ_2 = v_2σ′f(z_2)", n => n.V * Slope(n.A), "f is σ: the f was probably struck out; line 1349 has f′(z_1)."),
        RowDeltaWT("004.587", 1991, 1991, "∂s/∂x = δwᵀ"),
        new("004.588", 1991, 1991, ClaimKind.Gradient, "∂s/∂b = δ", ByB(n => n.Delta)) { Rules = [Window] },
        new("004.589", 1995, 1995, ClaimKind.Gradient, "renamed, with a^(1) = x: ∂s/∂v = a^(1)", ByV(n => n.X))
        {
            Correction = new("renamed, with a^(1) = x: ∂s/∂v = a^(2)", ByV(n => n.A)),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "a was f(z), which is a^(2) in the numbering of line 1645.", Rules = [Window],
        },
        new("004.590", 1995, 1995, ClaimKind.Gradient, "renamed: ∂s/∂w^(1) = δ^(2) · a^(2)", ByW(n => n.Delta.mm(n.A.t())))
        {
            Correction = new("renamed: ∂s/∂w^(1) = δ^(2) · a^(1)ᵀ", ByW(n => n.Delta.mm(n.X.t()))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "x was renamed a^(1), as line 1657 has it; even as an outer product a^(2) has the wrong length.", Rules = [Window],
        },
        new("004.591", 1995, 1995, ClaimKind.Gradient, "renamed: ∂s/∂a^(1) = δ^(2) · a^(1)", ByX(n => n.Delta * n.X))
        {
            Correction = new("renamed: ∂s/∂a^(1) = w^(1)ᵀδ^(2)", WDelta().Test),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "a^(1) is x, for which line 1707 has wᵀδ; δ · a^(1) belongs to w^(1).", Rules = [Window],
        },
        new("004.592", 1997, 1997, ClaimKind.Gradient, "renamed: ∂s/∂b^(1) = δ^(1), with δ^(1) = ∂s/∂a^(1)", ByB(n => n.W.t().mm(n.Delta)))
        {
            Correction = new("renamed: ∂s/∂b^(1) = δ^(2)", ByB(n => n.Delta)),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "b^(1) is added into z^(2); line 2367 makes it a rule.", Rules = [Window, Recursive],
        },
    ];

    /// <summary>J at two scores whose difference lies in a range.</summary>
    private static Func<Trial, Comparison> Scores(double low, double high, Func<double, double, Comparison> compare) => t =>
    {
        var (c, gap) = (t.Scalar("s_c"), t.Scalar("s − s_c", low, high));
        return compare(Math.Max(0, 1 - (c + gap) + c), gap);
    };

    private static Comparison MarginByA(Trial t)
    {
        var n = Draw(t);
        var corrupt = n with { X = t.Real("x_c", n.Inputs, 1) };
        if (1 - n.S.item<double>() + corrupt.S.item<double>() <= 0) (n, corrupt) = (corrupt, n);
        // ds/da and ds_c/da are both v.
        return Comparison.Gradient(-n.V + corrupt.V, x => (1 - (n with { X = x }).S + corrupt.S).clamp(0), n.X);
    }

    private static Claim ByWeight(string id, int line, string statement) => new(id, line, line, ClaimKind.Gradient, statement, ByInput((n, j) => n.Delta * At(n.W, Math.Min(j, n.Units - 1), j).t()))
    {
        Correction = new("d/dx_j s = δᵀ w_·j", ByInput((n, j) => n.Delta.t().mm(Column(n.W, j)))),
        Cause = Culprit.Author,
        Harm = Harm.Loud,
        Why = "w_ij is one number; summed over i it is the column w_·j, as on line 1336.",
        Rules = [Window],
    };

    private static Claim DeltaIsNot(string id, int line, string statement, Func<ScorerCase, Tensor> stated, string why) => new(id, line, line, ClaimKind.Gradient, statement, ByZ(stated))
    {
        Correction = new("δ = v ∘ σ′(z)", ByZ(n => n.V * Slope(n.Z))),
        Cause = Culprit.Ocr,
        Harm = Harm.Silent,
        Why = why,
        Rules = [Window],
    };
}
