using static Backprop.Claims.Notation;
using static Backprop.Claims.ScorerCase;

namespace Backprop.Claims;

/// <summary>Lines 1282 to 1353: the same scorer by its input x, and the results in boxes.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> ScorerByInput() =>
    [
        AsRow("004.337", 1282, 1282, "∂s/∂x = δ_1 w_1 + δ_2 w_2, for two units", n => At(n.Delta, 0) * At(n.W, 0) + At(n.Delta, 1) * At(n.W, 1), 2),
        new("004.340", 1292, 1292, ClaimKind.Gradient, "d/dx s = ∂/∂x Σ_i v_i · f(z_i)", ByInput((n, j) => n.AlongX(j, m => Sum(m.Units, i => At(m.V, i) * At(m.A, i))))) { Rules = [Window] },
        AsRow("004.341", 1294, 1294, "∂s/∂x = [δ_1 δ_2] [w_11 w_12 w_13; w_21 w_22 w_23]", n => n.Delta.t().mm(n.W)),
        new("004.342", 1296, 1296, ClaimKind.Gradient, "d/dx s = Σ_i v_i · ∂/∂x f(z_i); z_i = w_i x + b_i", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * n.AlongX(j, m => (At(m.W, i).mm(m.X) + At(m.B, i)).sigmoid())))) { Rules = [Window] },
        new("004.344", 1298, 1298, ClaimKind.Gradient, "d/dx s = Σ_i v_i · ∂/∂z_i f(z_i) · ∂/∂x z_i(x)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongX(j, m => At(m.Z, i))))) { Rules = [Window] },
        new("004.345", 1298, 1298, ClaimKind.Shape, "∂s/∂x = [w_11 w_12; w_21 w_22; w_31 w_32] [δ_1; δ_2; δ_3]: 3×2 times 3×1", _ => Comparison.Shape(Zeros(3, 2).mm(Zeros(3, 1)), 3, 1))
        {
            Correction = new("∂s/∂x = [w_11 w_21; w_12 w_22; w_13 w_23] [δ_1; δ_2]: 3×2 times 2×1", _ => Comparison.Shape(Zeros(3, 2).mm(Zeros(2, 1)), 3, 1)),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "There are two units; the next line has 3×2 · 2×1.", Rules = [Window],
        },
        new("004.346", 1300, 1300, ClaimKind.Gradient, "d/dx s = Σ_i v_i · f′(z_i) · ∂/∂x (w_i x + b_i)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongX(j, m => At(m.W, i).mm(m.X) + At(m.B, i))))) { Rules = [Window] },
        new("004.343", 1296, 1300, ClaimKind.Shape, "Wᵀδ is 3×2 · 2×1, as x is 3×1", _ => Comparison.Shape(Zeros(2, 3).t().mm(Zeros(2, 1)), 3, 1)) { Rules = [Window] },
        AsRow("004.347", 1300, 1300, "∂s/∂x = δ_1 w_1 + δ_2 w_2, for two units", n => At(n.Delta, 0) * At(n.W, 0) + At(n.Delta, 1) * At(n.W, 1), 2),
        AsRow("004.348", 1302, 1302, "d/dx s = Σ_i δ_i · w_i", n => Sum(n.Units, i => At(n.Delta, i) * At(n.W, i))),
        new("004.350", 1302, 1304, ClaimKind.Gradient, "w_11 δ_1 + w_21 δ_2 is the first entry of ∂s/∂x", First(n => At(n.W, 0, 0) * At(n.Delta, 0) + At(n.W, 1, 0) * At(n.Delta, 1), 0)) { Rules = [Window] },
        new("004.349", 1302, 1302, ClaimKind.Identity, "w_11 δ_1 + w_21 δ_2 = δ_1 (read as s_1)", Over(n => Comparison.Equal(At(n.W, 0, 0) * At(n.Delta, 0) + At(n.W, 1, 0) * At(n.Delta, 1), At(n.Delta, 0)), 2, 3))
        {
            Correction = new("w_11 δ_1 + w_21 δ_2 = ∂s/∂x_1", First(n => At(n.W, 0, 0) * At(n.Delta, 0) + At(n.W, 1, 0) * At(n.Delta, 1), 0)),
            Cause = Culprit.Ocr, Harm = Harm.Reader, Why = "What stands there can only be ∂s/∂x_1, whose first entry this is.", Rules = [Window],
        },
        new("004.351", 1306, 1306, ClaimKind.Gradient, "w_13 δ_1 + w_23 δ_2 is the third entry of ∂s/∂x", First(n => At(n.W, 0, 2) * At(n.Delta, 0) + At(n.W, 1, 2) * At(n.Delta, 1), 2)) { Rules = [Window] },
        new("004.352", 1308, 1308, ClaimKind.Identity, "[δ_1w_1 + δ_2w_2 + δ_3w_3; δ_2w_2 + δ_3w_3] = wᵀδ", Over(n =>
            Comparison.Equal(torch.cat([Sum(3, i => At(n.Delta, i) * At(n.W, i)).t(), (At(n.Delta, 1) * At(n.W, 1) + At(n.Delta, 2) * At(n.W, 2)).t()], 0), n.W.t().mm(n.Delta)), 3))
        {
            Correction = new("[δ_1w_11 + δ_2w_21; δ_1w_12 + δ_2w_22; δ_1w_13 + δ_2w_23] = wᵀδ", Over(n => Comparison.Equal(torch.cat([.. Enumerable.Range(0, 3).Select(j => At(n.Delta, 0) * At(n.W, 0, j) + At(n.Delta, 1) * At(n.W, 1, j))], 0), n.W.t().mm(n.Delta)), 2, 3)),
            Cause = Culprit.Ocr, Harm = Harm.Reader, Why = "Garbled: the entries were begun right on lines 1302 to 1306.", Rules = [Window],
        },
        ReadAsScore("004.353", 1310, "d/dx s = wᵀ s", n => n.W.t().mm(n.S), ByX, WDelta(), Harm.Loud, "Lines 1640 and 1707 have wᵀδ: δ is read as s."),
        new("004.354", 1314, 1316, ClaimKind.Gradient, "d/dx vᵀa = d/dx Σ_i v_i f(z_i) (v read as u)", ByInput((n, j) => n.AlongX(j, m => Sum(m.Units, i => At(m.V, i) * At(m.Z, i).sigmoid())))) { Rules = [Window] },
        new("004.355", 1318, 1320, ClaimKind.Gradient, "d/dx_j s = d/dx_j Σ_i v_i · f(w_i x + b_i)", ByInput((n, j) => n.AlongX(j, m => Sum(m.Units, i => At(m.V, i) * (At(m.W, i).mm(m.X) + At(m.B, i)).sigmoid())))) { Rules = [Window] },
        new("004.356", 1322, 1322, ClaimKind.Gradient, "d/dx_j s = Σ_i v_i · d/dx_j f(z_i)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * n.AlongX(j, m => At(m.A, i))))) { Rules = [Window] },
        new("004.357", 1324, 1324, ClaimKind.Gradient, "d/dx_j s = Σ_i v_i · d/dz_i f(z_i) · d/dx_j (w_i x + b_i)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongX(j, m => At(m.W, i).mm(m.X) + At(m.B, i))))) { Rules = [Window] },
        new("004.358", 1326, 1326, ClaimKind.Gradient, "d/dx_j s = Σ_i v_i · f′(z_i) · d/dx_j Σ_p w_ip x_p", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongX(j, m => Sum(m.Inputs, p => At(m.W, i, p) * At(m.X, p)))))) { Rules = [Window] },
        new("004.359", 1328, 1328, ClaimKind.Gradient, "d/dx_j s = Σ_i v_i · f′(z_i) · w_ij", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * Slope(At(n.Z, i)) * At(n.W, i, j)))) { Rules = [Window] },
        new("004.360", 1332, 1332, ClaimKind.Gradient, "d/dx_j s = Σ_i δ_i · w_ij (δ read as s)", ByInput((n, j) => Sum(n.Units, i => At(n.Delta, i) * At(n.W, i, j)))) { Rules = [Window] },
        new("004.361", 1334, 1334, ClaimKind.Gradient, "d/dx_2 s = δ_1 w_12 + δ_2 w_22 (δ read as s)", First(n => At(n.Delta, 0) * At(n.W, 0, 1) + At(n.Delta, 1) * At(n.W, 1, 1), 1)) { Rules = [Window] },
        ByWeightColumn("004.362", 1336, "d/dx_j s = δ · w_·jᵀ", (n, j) => n.Delta.mm(Column(n.W, j).t()), (n, j) => n.Delta.t().mm(Column(n.W, j))),
        new("004.363", 1338, 1338, ClaimKind.Gradient, "∂s/∂x = [δ·w_1ᵀ  δ·w_2ᵀ  δ·w_3ᵀ] (δ read as s, w_j a column of w)", ByRowX(n => torch.cat([.. Enumerable.Range(0, (int)n.Inputs).Select(j => n.Delta.mm(Column(n.W, j).t()))], 1)))
        {
            Condition = new("δ and each w_j are written as rows, and so is ∂s/∂x", ByRowX(n => torch.cat([.. Enumerable.Range(0, (int)n.Inputs).Select(j => n.Delta.t().mm(Column(n.W, j)))], 1))),
            Correction = WDelta(), Cause = Culprit.Author, Harm = Harm.Loud, Why = "A column times a row is an outer product; line 1636 draws the row δ over the column w_·j.", Rules = [Window],
        },
        RowDeltaWT("004.364", 1340, 1340, "∂s/∂x = δwᵀ, in a box as result ④ (δ read as s)"),
        new("004.365", 1342, 1342, ClaimKind.Gradient, "∂s/∂v = a, in a box", ByV(n => n.A)) { Rules = [Window] },
        ReadAsScore("004.366", 1344, "∂s/∂w = s xᵀ", n => n.S.mm(n.X.t()), ByW, DeltaX(), Harm.Silent, "Lines 1589 and 1701 have δxᵀ: δ is read as s."),
        new("004.367", 1347, 1349, ClaimKind.Gradient, "δ = [δ_1 δ_2] = [v_1 f′(z_1)  v_2 f′(z_2)] are the derivatives by z (δ_i read as s_i)", ByZ(n => torch.cat([.. Enumerable.Range(0, 2).Select(i => At(n.V, i) * Slope(At(n.Z, i)))], 0), 2, 3)) { Rules = [Window] },
        ReadAsScore("004.368", 1351, "∂s/∂b = s", n => n.S, ByB, new("∂s/∂b = δ", ByB(n => n.Delta)), Harm.Silent, "Lines 1611 and 1705 have δ: it is read as s."),
        RowDeltaWT("004.369", 1353, 1353, "∂s/∂x = δwᵀ, in a box (δ read as s)"),
    ];

    private static Formal WDelta() => new("∂s/∂x = wᵀδ", ByX(n => n.W.t().mm(n.Delta)));

    /// <summary>∂s/∂x_j at two units and three inputs.</summary>
    private static Func<Trial, Comparison> First(Func<ScorerCase, Tensor> stated, long j) =>
        Over(n => Comparison.Gradient(stated(n), x => (n with { X = Replaced(n.X, j, 0, x) }).S, At(n.X, j)), 2, 3);

    /// <summary>Says δᵀW, a row, where the gradient by a column x is a column.</summary>
    private static Claim AsRow(string id, int from, int to, string statement, Func<ScorerCase, Tensor> stated, long? units = null) => new(id, from, to, ClaimKind.Gradient, statement, ByX(stated, units))
    {
        Condition = new("x and its gradient are written as rows", ByRowX(stated, units)),
        Correction = WDelta(),
        Cause = Culprit.Author,
        Harm = Harm.Reader,
        Why = "w_i is a row (w_i x is a number) and x a column, so that the gradient comes out lying down.",
        Rules = [Window],
    };

    /// <summary>Says s, the score, where δ is meant.</summary>
    private static Claim ReadAsScore(string id, int line, string statement, Func<ScorerCase, Tensor> stated, Func<Func<ScorerCase, Tensor>, long?, long?, Func<Trial, Comparison>> by, Formal right, Harm harm, string why) =>
        new(id, line, line, ClaimKind.Gradient, statement, by(stated, null, null)) { Correction = right, Cause = Culprit.Ocr, Harm = harm, Why = why, Rules = [Window] };

    /// <summary>A product of δ and column j of w that is said to be ∂s/∂x_j; under the condition, both lie down.</summary>
    private static Claim ByWeightColumn(string id, int line, string statement, Func<ScorerCase, long, Tensor> stated, Func<ScorerCase, long, Tensor> lying) => new(id, line, line, ClaimKind.Gradient, statement, ByInput(stated))
    {
        Condition = new("δ and w_·j are both written as rows", ByInput(lying)),
        Correction = new("d/dx_j s = δᵀ w_·j", ByInput((n, j) => n.Delta.t().mm(Column(n.W, j)))),
        Cause = Culprit.Author,
        Harm = Harm.Loud,
        Why = "δ and the column w_·j stand upright, so that this is an outer product; line 1636 draws the row δ over the column w_·j.",
        Rules = [Window],
    };

    /// <summary>δwᵀ with δ the row [δ_1 δ_2], against the gradient as a row.</summary>
    private static Claim RowDeltaWT(string id, int from, int to, string statement) => new(id, from, to, ClaimKind.Gradient, statement, ByRowX(n => n.Delta.t().mm(n.W.t())))
    {
        Correction = WDelta(),
        Cause = Culprit.Author,
        Harm = Harm.SilentAtEqualSizes,
        Why = "With δ the row of line 1347 it is δw, with δ a column wᵀδ, as lines 1640 and 1707 have it; where w is square δwᵀ runs and is wrong.",
        Rules = [Window],
    };
}
