using Backprop.Verify;
using static Backprop.Claims.Notation;
using static Backprop.Claims.ScorerCase;

namespace Backprop.Claims;

/// <summary>Lines 1201 to 1353: s = vᵀf(wx + b), by w, b and x. The reading takes δ for s in many places.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> Scorer() =>
    [
        new("004.300", 1201, 1203, ClaimKind.Shape, "wx is 2×3 · 3×1 = 2×1", _ => Comparison.Shape(Zeros(2, 3).mm(Zeros(3, 1)), 2, 1)) { Rules = [Window] },
        new("004.301", 1205, 1205, ClaimKind.Gradient, "d/dw s = d/da s(a) · d/dz f(z) · d/dx f′(wx + b) (struck out), for one unit and one input", ByW(n => n.V * Slope(n.Z) * SlopeOfSlope(n), 1, 1))
        {
            Correction = new("d/dw s = d/da s(a) · d/dz f(z) · d/dw (wx + b)", ByW(n => n.V * Slope(n.Z) * n.X, 1, 1)),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "He struck it out himself; line 1255 has the three factors right.", Rules = [Window],
        },
        new("004.303", 1209, 1209, ClaimKind.Gradient, "d/dw s = v · f′(z) · x (struck out)", ByW(n => n.V * Slope(n.Z) * n.X))
        {
            Correction = DeltaX(), Cause = Culprit.Author, Harm = Harm.Loud, Why = "He struck it out and looked for the shapes on line 1211; lines 1589 and 1701 have δxᵀ.", Rules = [Window],
        },
        new("004.302", 1207, 1211, ClaimKind.Shape, "of the factors 2×1, 2×1 and, for x, 1×3, 3×1 or 1×2, the first choice makes the 2×3 of d/dw s", _ => Comparison.Shape((Zeros(2, 1) * Zeros(2, 1)).mm(Zeros(1, 3)), 2, 3)) { Rules = [Window] },
        new("004.304", 1213, 1213, ClaimKind.Identity, "s = vᵀa = vᵀf(z) = vᵀf(wx + b)", Over(n => Comparison.Equal(Sum(n.Units, i => At(n.V, i) * (Sum(n.Inputs, j => At(n.W, i, j) * At(n.X, j)) + At(n.B, i)).sigmoid()), n.S))) { Rules = [Window] },
        new("004.305", 1219, 1219, ClaimKind.Shape, "vᵀf(wx + b) is 1×2 · 2×1, a number", _ => Comparison.Shape(Zeros(1, 2).mm(Zeros(2, 1)), 1, 1)) { Rules = [Window] },
        new("004.306", 1221, 1221, ClaimKind.Gradient, "∂s/∂w_ij = ∂/∂w_ij v_i · f(z)", ByEntry((n, i, j) => n.AlongW(i, j, m => At(m.V, i) * m.A)))
        {
            Correction = new("∂s/∂w_ij = ∂/∂w_ij Σ_p v_p f(z_p)", ByEntry((n, i, j) => n.AlongW(i, j, m => Sum(m.Units, p => At(m.V, p) * At(m.A, p))))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "f(z) is a vector; the next line has the sum over f(z_i).", Rules = [Window],
        },
        new("004.307", 1223, 1223, ClaimKind.Gradient, "∂s/∂w_ij = ∂/∂w_ij Σ_i v_i · f(z_i)", ByEntry((n, i, j) => n.AlongW(i, j, m => Sum(m.Units, p => At(m.V, p) * At(m.A, p))))) { Rules = [Window] },
        new("004.308", 1227, 1227, ClaimKind.Identity, "z_i = w_i x + b", t => Draw(t) is var n ? UnitInput(n, t.Label("i", n.Units), _ => n.B) : null!)
        {
            Condition = new(SharedBias, t => Shared(Draw(t)) is var n ? UnitInput(n, t.Label("i", n.Units), _ => At(n.B, 0)) : null!),
            Correction = new("z_i = w_i x + b_i", t => Draw(t) is var n ? UnitInput(n, t.Label("i", n.Units), i => At(n.B, i)) : null!),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "b has an entry for each unit (line 1891); line 1278 writes b_i.", Rules = [Window],
        },
        new("004.309", 1229, 1229, ClaimKind.Gradient, "∂s/∂w_ij = Σ_i v_i · ∂/∂w_ij f(z_i)", ByEntry((n, i, j) => Sum(n.Units, p => At(n.V, p) * n.AlongW(i, j, m => At(m.A, p))))) { Rules = [Window] },
        new("004.310", 1231, 1233, ClaimKind.Gradient, "∂s/∂w_ij = Σ_i v_i · ∂/∂w_ij f(z_x), x = 1, 2", t =>
        {
            var n = Draw(t);
            var (i, j, x) = (t.Label("i", n.Units), t.Label("j", n.Inputs), t.Label("x", n.Units));
            return n.Entry(i, j, Sum(n.Units, p => At(n.V, p)) * n.AlongW(i, j, m => At(m.A, x)));
        })
        {
            Correction = new("∂s/∂w_ij = Σ_p v_p · ∂/∂w_ij f(z_p), p = 1, 2", ByEntry((n, i, j) => Sum(n.Units, p => At(n.V, p) * n.AlongW(i, j, m => At(m.A, p))))),
            Cause = Culprit.Ocr, Harm = Harm.Silent, Why = "The running index is read as x; lines 1229 and 1235 have i.", Rules = [Window],
        },
        OneBias("004.311", 1235, 1235, "∂s/∂w_ij = Σ_i v_i · ∂/∂w_ij f(w_i x + b)", "∂s/∂w_ij = Σ_p v_p · ∂/∂w_ij f(w_p x + b_p)",
            (n, i, j, b) => Sum(n.Units, p => At(n.V, p) * n.AlongW(i, j, m => (At(m.W, p).mm(m.X) + b(p)).sigmoid()))),
        new("004.312", 1237, 1237, ClaimKind.Shape, "W ∈ R^(2×3) and x ∈ R^(3×1) compose", _ => Comparison.Shape(Zeros(2, 3).mm(Zeros(3, 1)), 2, 1)) { Rules = [Window] },
        new("004.313", 1237, 1237, ClaimKind.Shape, "w_j1 ∈ R^(2×1)", Over(n => Comparison.Shape(At(n.W, 0, 0), n.Units, 1)))
        {
            Correction = new("w_·1 ∈ R^(2×1), a column of W", Over(n => Comparison.Shape(Column(n.W, 0), n.Units, 1))),
            Cause = Culprit.Ocr, Harm = Harm.Reader, Why = "Only a column of W is 2×1, and lines 1631 and 1634 write it w_·j; w_j1 is an entry.", Rules = [Window],
        },
        OneBias("004.314", 1239, 1239, "∂s/∂w_ij = ∂/∂w_ij v_iᵀ f(w_i x + b)", "∂s/∂w_ij = ∂/∂w_ij v_i f(w_i x + b_i)",
            (n, i, j, b) => n.AlongW(i, j, m => At(m.V, i).t() * (At(m.W, i).mm(m.X) + b(i)).sigmoid())),
        new("004.315", 1241, 1243, ClaimKind.Gradient, "∂s/∂w_ij = ∂/∂w_ij Σ_p v_pᵀ f(z_p)", ByEntry((n, i, j) => n.AlongW(i, j, m => Sum(m.Units, p => At(m.V, p).t() * At(m.A, p))))) { Rules = [Window] },
        new("004.317", 1245, 1245, ClaimKind.Identity, "Σ_p v_p f(z_p) = v_1 f(z_1) + v_2 f(z_2), for two units", Over(n => Comparison.Equal(At(n.V, 0) * At(n.A, 0) + At(n.V, 1) * At(n.A, 1), n.S), 2, 3)) { Rules = [Window] },
        OneBias("004.318", 1245, 1245, "∂s/∂w_ij = ∂/∂w_ij (v_1 f(w_1 x + b) + v_2 f(w_2 x + b)), one term for each unit", "∂s/∂w_ij = ∂/∂w_ij (v_1 f(w_1 x + b_1) + v_2 f(w_2 x + b_2))",
            (n, i, j, b) => n.AlongW(i, j, m => Sum(m.Units, p => At(m.V, p) * (At(m.W, p).mm(m.X) + b(p)).sigmoid()))),
        new("004.316", 1241, 1245, ClaimKind.Identity, "for i = 2 the first term's derivative is 0: ∂/∂w_2j v_1 f(z_1) = 0", Over(n => Comparison.Equal(n.AlongW(1, 0, m => At(m.V, 0) * At(m.A, 0)), Zeros(1, 1)), 2, 3)) { Rules = [Window] },
        new("004.319", 1247, 1247, ClaimKind.Identity, "∂/∂w_ij v_p f(z_p) = 0 when p ≠ i", t =>
        {
            var n = Draw(t, t.Size("h", 2));
            var i = t.Label("i", n.Units);
            var p = t.OtherLabel("p", n.Units, i);
            return Comparison.Equal(n.AlongW(i, t.Label("j", n.Inputs), m => At(m.V, p) * At(m.A, p)), Zeros(1, 1));
        }) { Rules = [Window] },
        new("004.320", 1249, 1249, ClaimKind.Gradient, "∂s/∂w_ij = v_i f(z_i) (a struck-out ∂/∂w_ij before it)", ByEntry((n, i, j) => At(n.V, i) * At(n.A, i)))
        {
            Correction = new("∂s/∂w_ij = ∂/∂w_ij v_i f(z_i)", ByEntry((n, i, j) => n.AlongW(i, j, m => At(m.V, i) * At(m.A, i)))),
            Cause = Culprit.Ocr, Harm = Harm.Silent, Why = "Line 1253 goes on from ∂/∂w_ij v_i f(z_i), so the derivative was not struck out.", Rules = [Window],
        },
        new("004.321", 1251, 1251, ClaimKind.Gradient, "∂/∂w_ij v_i · f(z_i) = v_i (a struck-out ∂/∂w_ij before it)", ByEntry((n, i, j) => At(n.V, i)))
        {
            Correction = new("∂/∂w_ij v_i f(z_i) = v_i · ∂/∂w_ij f(z_i)", ByEntry((n, i, j) => At(n.V, i) * n.AlongW(i, j, m => At(m.A, i)))),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "A line that he broke off and struck; the next but one has it right.", Rules = [Window],
        },
        new("004.322", 1253, 1253, ClaimKind.Gradient, "∂s/∂w_ij = v_i · ∂/∂w_ij f(z_i)", ByEntry((n, i, j) => At(n.V, i) * n.AlongW(i, j, m => At(m.A, i)))) { Rules = [Window] },
        new("004.323", 1255, 1255, ClaimKind.Gradient, "∂s/∂w_ij = v_i · ∂/∂z_i f(z_i) · ∂/∂w_ij (w_i x + b)", ByEntry((n, i, j) => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongW(i, j, m => At(m.W, i).mm(m.X) + At(m.B, i)))) { Rules = [Window] },
        new("004.324", 1257, 1257, ClaimKind.Gradient, "∂s/∂w_ij = v_i · f′(z_i) · x_j", ByEntry((n, i, j) => At(n.V, i) * Slope(At(n.Z, i)) * At(n.X, j))) { Rules = [Window] },
        new("004.325", 1257, 1259, ClaimKind.Gradient, "∂s/∂w_ij = δ_i x_j, with δ_i = v_i f′(z_i) (read as s_i)", ByEntry((n, i, j) => At(n.Delta, i) * At(n.X, j))) { Rules = [Window] },
        new("004.326", 1263, 1263, ClaimKind.Gradient, "∂s/∂w_ij = δ_i · x_j = δ_i x_jᵀ, so that ∂s/∂w is an outer product", ByW(n => Matrix(n.Units, n.Inputs, (i, j) => At(n.Delta, i).mm(At(n.X, j).t())))) { Rules = [Window] },
        new("004.327", 1265, 1265, ClaimKind.Shape, "[δ_1 δ_2] [x_1; x_2; x_3] makes ∂s/∂w", Over(n => Comparison.Shape(n.Delta.t().mm(n.X), n.Units, n.Inputs)))
        {
            Correction = new("[δ_1; δ_2] [x_1 x_2 x_3] makes ∂s/∂w, 2×3", Over(n => Comparison.Shape(n.Delta.mm(n.X.t()), n.Units, n.Inputs))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "A row times a column is a number where the sizes agree, and nothing where they do not.", Rules = [Window],
        },
        new("004.328", 1267, 1267, ClaimKind.Shape, "δ ∈ R^(2×1) (read as s): one entry for each unit", Over(n => Comparison.Shape(n.Delta, n.Units, 1))) { Rules = [Window] },
        new("004.329", 1267, 1267, ClaimKind.Qualitative, "δ is the responsibility, the error message from each activation: δ = ∂s/∂z", ByZ(n => n.Delta)) { Rules = [Window] },
        new("004.330", 1268, 1268, ClaimKind.Count, "the entries of ∂s/∂w are δ_1x_1, δ_2x_2, δ_1x_1, δ_1x_2, δ_2x_3", Over(n => Comparison.Equal(Products(n, (0, 0), (1, 1), (0, 0), (0, 1), (1, 2)), n.Delta.mm(n.X.t()).reshape(1, -1)), 2, 3))
        {
            Correction = new("the entries of ∂s/∂w are δ_1x_1, δ_1x_2, δ_1x_3, δ_2x_1, δ_2x_2, δ_2x_3", Over(n => Comparison.Equal(Products(n, (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)), n.Delta.mm(n.X.t()).reshape(1, -1)), 2, 3)),
            Cause = Culprit.Ocr, Harm = Harm.Reader, Why = "The same list stands complete on line 1379.", Rules = [Window],
        },
        new("004.331", 1270, 1270, ClaimKind.Gradient, "∂s/∂b = ∂/∂b vᵀa = ∂/∂b vᵀf(z) = ∂/∂b vᵀf(wx + b)", ByB(n => Autograd.Gradients(b => n.V.t().mm((n.W.mm(n.X) + b[0]).sigmoid()), [n.B], [true], torch.ones_like(n.S))[0])) { Rules = [Window] },
        new("004.332", 1272, 1272, ClaimKind.Gradient, "∂s/∂b = ∂/∂b Σ_i v_i · f(z_i)", ByBias((n, i) => n.AlongB(i, m => Sum(m.Units, p => At(m.V, p) * At(m.A, p))))) { Rules = [Window] },
        new("004.333", 1274, 1274, ClaimKind.Gradient, "∂s/∂b_i = ∂/∂b_i v_i · f(z_i)", ByBias((n, i) => n.AlongB(i, m => At(m.V, i) * At(m.A, i)))) { Rules = [Window] },
        new("004.334", 1276, 1276, ClaimKind.Gradient, "∂s/∂b_i = v_i · ∂/∂b_i f(z_i)", ByBias((n, i) => At(n.V, i) * n.AlongB(i, m => At(m.A, i)))) { Rules = [Window] },
        new("004.335", 1278, 1278, ClaimKind.Gradient, "∂s/∂b_i = v_i · ∂/∂z_i f(z_i) · ∂/∂b_i (w_i x + b_i)", ByBias((n, i) => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongB(i, m => At(m.W, i).mm(m.X) + At(m.B, i)))) { Rules = [Window] },
        new("004.336", 1280, 1280, ClaimKind.Shape, "1×2 · 2×1 = 1×1", _ => Comparison.Shape(Zeros(1, 2).mm(Zeros(2, 1)), 1, 1)) { Rules = [Window] },
        new("004.338", 1284, 1284, ClaimKind.Gradient, "∂s/∂b_i = v_i · f′(z_i) · 1 = δ_i", ByBias((n, i) => At(n.V, i) * Slope(At(n.Z, i)) * 1)) { Rules = [Window] },
        new("004.339", 1288, 1288, ClaimKind.Gradient, "d/dx s = 8", ByX(n => torch.full_like(n.X, 8)))
        {
            Correction = new("d/db s = δ", ByB(n => n.Delta)),
            Cause = Culprit.Ocr, Harm = Harm.Reader, Why = "It closes the derivation by b, and line 1613 has d/db s = δ in its place: b is read as x, δ as 8.", Rules = [Window],
        },
    ];

    private const string SharedBias = "all units share one bias b";

    private static Formal DeltaX() => new("∂s/∂w = δxᵀ, δ = v ∘ f′(z)", ByW(n => n.Delta.mm(n.X.t())));

    private static Tensor SlopeOfSlope(ScorerCase n) => n.AlongX(0, m => Slope(m.Z));

    private static Tensor Matrix(long rows, long columns, Func<long, long, Tensor> entry) =>
        Sum(rows, i => Sum(columns, j => Basis(rows, i).mm(Basis(columns, j).t()) * entry(i, j)));

    private static Tensor Products(ScorerCase n, params (long I, long J)[] entries) => torch.cat([.. entries.Select(e => At(n.Delta, e.I) * At(n.X, e.J))], 1);

    private static ScorerCase Shared(ScorerCase n) => n with { B = At(n.B, 0) * torch.ones_like(n.B) };

    private static Comparison UnitInput(ScorerCase n, long i, Func<long, Tensor> bias) => Comparison.Equal(At(n.W, i).mm(n.X) + bias(i), At(n.Z, i));

    /// <summary>A line with b for every unit, where each has its own b_i: as it stands, with one bias for all units, and as it is right.</summary>
    private static Claim OneBias(string id, int from, int to, string statement, string right, Func<ScorerCase, long, long, Func<long, Tensor>, Tensor> stated) =>
        new(id, from, to, ClaimKind.Gradient, statement, ByEntry((n, i, j) => stated(n, i, j, _ => n.B)))
        {
            Condition = new(SharedBias, t =>
            {
                var n = Shared(Draw(t));
                var (i, j) = (t.Label("i", n.Units), t.Label("j", n.Inputs));
                return n.Entry(i, j, stated(n, i, j, _ => At(n.B, 0)));
            }),
            Correction = new(right, ByEntry((n, i, j) => stated(n, i, j, p => At(n.B, p)))),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "b has an entry for each unit (line 1891), of which line 1278 writes b_i.",
            Rules = [Window],
        };
}
