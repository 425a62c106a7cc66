using static Backprop.Claims.Notation;
using static Backprop.Claims.TwoLayerCase;

namespace Backprop.Claims;

/// <summary>Lines 1458 to 1552: the long way to ∂s/∂w_ij^(1), and the recursion at its end.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> TwoLayersByEntry() =>
    [
        new("004.399", 1458, 1458, ClaimKind.Gradient, "∂s/∂w_ij^(1) = v_1 · ∂/∂w_ij^(1) a_1^(3) + v_2 · ∂/∂w_ij^(1) a_2^(3)", ByEntry((n, i, j) => Sum(2, p => At(n.V, p) * n.Along(i, j, m => At(m.A3, p))), 2)) { Rules = [TwoWindow] },
        new("004.400", 1460, 1460, ClaimKind.Gradient, "∂s/∂w_ij^(1) = v_1 · d/dw_ij^(1) f(z_1^(3)) + v_2 · d/dw_ij^(2) f(z_2^(3))", ByEntry((n, i, j) =>
            At(n.V, 0) * n.Along(i, j, m => At(m.A3, 0)) + At(n.V, 1) * Derivative(w => At((n with { W2 = Replaced(n.W2, i, j, w) }).A3, 1), At(n.W2, i, j)), 2))
        {
            Correction = new("∂s/∂w_ij^(1) = v_1 · d/dw_ij^(1) f(z_1^(3)) + v_2 · d/dw_ij^(1) f(z_2^(3))", ByEntry((n, i, j) => Sum(2, p => At(n.V, p) * n.Along(i, j, m => At(m.A3, p))), 2)),
            Cause = Culprit.Ocr, Harm = Harm.SilentAtEqualSizes, Why = "Lines 1458 and 1476 have w_ij^(1) in both terms.", Rules = [TwoWindow],
        },
        new("004.401", 1462, 1464, ClaimKind.Gradient, "∂s/∂w_ij^(1) = v_1 d/dw_ij^(1) f(w_1^(2)a^(2) + b_1^(2)) + v_2 ∂/∂w_ij^(1) f(w_2^(2)a^(2) + b_2^(2)) (“+ v_2” and f badly read)",
            ByEntry((n, i, j) => Sum(2, p => At(n.V, p) * n.Along(i, j, m => (At(m.W2, p).mm(m.A2) + At(m.B2, p)).sigmoid())), 2)) { Rules = [TwoWindow] },
        new("004.402", 1466, 1468, ClaimKind.Identity, "the first entry of [w_11 w_12 w_13; w_21 w_22 w_23] [x_1; x_2; x_3] is w_11x_1 + w_12x_2 + w_13x_3", ScorerCase.Over(n => Comparison.Equal(Sum(3, j => At(n.W, 0, j) * At(n.X, j)), At(n.W.mm(n.X), 0)), 2, 3)) { Rules = [TwoWindow] },
        new("004.403", 1470, 1472, ClaimKind.Shape, "2×3 · 3×1 = 2×1 (× read as +)", _ => Comparison.Shape(Zeros(2, 3).mm(Zeros(3, 1)), 2, 1)) { Rules = [TwoWindow] },
        new("004.404", 1474, 1476, ClaimKind.Gradient, "∂s/∂w_ij^(1) = v_1 f′(z_1^(3)) d/dw_ij^(1) (w_1^(2)a^(2) + b_1^(2)) + v_2 f′(z_2^(3)) d/dw_ij^(1) (w_2^(2)a^(2) + b_2^(2))",
            ByEntry((n, i, j) => Sum(2, p => At(n.Delta3, p) * n.Along(i, j, m => At(m.W2, p).mm(m.A2) + At(m.B2, p))), 2)) { Rules = [TwoWindow] },
        new("004.405", 1478, 1480, ClaimKind.Gradient, "∂s/∂w_ij^(1) = v_1 f′(z_1^(3)) d/dw_ij^(1) w_1^(2)a^(2) + v_2 f′(z_2^(3)) d/dw_ij^(1) w_2^(2)a^(2)",
            ByEntry((n, i, j) => Sum(2, p => At(n.Delta3, p) * n.Along(i, j, m => At(m.W2, p).mm(m.A2))), 2)) { Rules = [TwoWindow] },
        new("004.406", 1482, 1482, ClaimKind.Gradient, "∂s/∂w_ij^(1) = v_1 f′(z_1^(3)) w_1^(2) d/dw_ij^(1) a^(2) + v_2 f′(z_1^(3)) d/dw_ij^(1) w_2^(2)a^(2)",
            ByEntry((n, i, j) => Sum(2, p => At(n.V, p) * Slope(At(n.Z3, 0)) * At(n.W2, p).mm(n.Along(i, j, m => m.A2))), 2))
        {
            Correction = new("∂s/∂w_ij^(1) = v_1 f′(z_1^(3)) w_1^(2) d/dw_ij^(1) a^(2) + v_2 f′(z_2^(3)) w_2^(2) d/dw_ij^(1) a^(2)", ByEntry((n, i, j) => Sum(2, p => At(n.Delta3, p) * At(n.W2, p).mm(n.Along(i, j, m => m.A2))), 2)),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "The second term's f′(z_2^(3)), right on line 1480, is copied as f′(z_1^(3)).", Rules = [TwoWindow],
        },
        new("004.407", 1484, 1486, ClaimKind.Identity, "a^(2) = f(z^(2)) = f(w^(1)x + b^(1)), so that their derivatives by w_ij^(1) are the same", AlongEntry((n, i, j) => n.Along(i, j, m => (m.W1.mm(m.X) + m.B1).sigmoid()), n => n.A2)) { Rules = [TwoWindow] },
        new("004.408", 1488, 1488, ClaimKind.Identity, "[• x_j; x_j 0]", null) { Why = "A scribble on the way to ∂(w^(1)x)/∂w_ij^(1)." },
        new("004.409", 1490, 1490, ClaimKind.Gradient, "d/dw_ij^(1) a^(2) = f′(z^(2)) · d/dw_ij (w^(1)x + b^(1)), taken element by element", AlongEntry((n, i, j) => Slope(n.Z2) * n.Along(i, j, m => m.W1.mm(m.X) + m.B1), n => n.A2)) { Rules = [TwoWindow] },
        new("004.410", 1492, 1492, ClaimKind.Gradient, "d/dw_ij^(1) a^(2) = f′(z^(2)) [x_j; 0], for two units", AlongEntry((n, i, j) => Slope(n.Z2) * Basis(2, 0) * At(n.X, j), n => n.A2, 2))
        {
            Condition = new("w_ij belongs to the first unit, i = 1", AlongEntry((n, i, j) => Slope(n.Z2) * Basis(2, 0) * At(n.X, j), n => n.A2, 2, 0)),
            Correction = EntryOfA2(), Cause = Culprit.Author, Harm = Harm.Silent, Why = "x_j stands in row i; it was written for i = 1.", Rules = [TwoWindow],
        },
        new("004.411", 1494, 1494, ClaimKind.Gradient, "d/dw_ij^(1) a^(2) = f′(z^(2)) x_j (f read as b)", AlongEntry((n, i, j) => Slope(n.Z2) * At(n.X, j), n => n.A2))
        {
            Correction = EntryOfA2(), Cause = Culprit.Author, Harm = Harm.Silent, Why = "The zeros of the line before are dropped: only unit i depends on w_ij. All that follows to line 1522 has it.", Rules = [TwoWindow],
        },
        new("004.412", 1498, 1498, ClaimKind.Gradient, "∂s/∂w_ij^(1) = Σ_p v_p · ∂/∂w_ij^(1) a_p^(3)", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * n.Along(i, j, m => At(m.A3, p))))) { Rules = [TwoWindow] },
        new("004.413", 1500, 1500, ClaimKind.Gradient, "∂s/∂w_ij^(1) = Σ_p v_p · ∂/∂w_ij^(1) f(w_p^(2)a^(2) + b_p^(2))", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * n.Along(i, j, m => (At(m.W2, p).mm(m.A2) + At(m.B2, p)).sigmoid())))) { Rules = [TwoWindow] },
        Astray("004.414", 1502, 1502, "Σ_p v_p f′(z_p^(3)) · ∂/∂w_ij^(1) a^(2)", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.Along(i, j, m => m.A2)), Harm.Loud, "The factor w_p^(2) is left out, and comes back on line 1504."),
        new("004.415", 1504, 1504, ClaimKind.Gradient, "∂s/∂w_ij^(1) = Σ_p v_p f′(z_p^(3)) w_p^(2) · ∂/∂w_ij^(1) f(z^(2))", ByEntry((n, i, j) => Sum(n.Outputs, p => (At(n.Delta3, p) * At(n.W2, p)).mm(n.Along(i, j, m => m.A2))))) { Rules = [TwoWindow] },
        Astray("004.416", 1506, 1506, "Σ_p v_p f′(z_p^(3)) w_p^(2) · f′(z^(2)) ∂/∂w_ij^(1) [w^(2)a^(2)]", (n, i, j) => Sum(n.Outputs, p => (At(n.Delta3, p) * At(n.W2, p)).mm(Slope(n.Z2) * n.Along(i, j, m => m.W2.mm(m.A2)))), Harm.SilentAtEqualSizes, "What stands inside f is w^(1)a^(1) + b^(1), not w^(2)a^(2)."),
        Astray("004.417", 1508, 1508, "Σ_p v_p f′(z_p^(3)) w_p^(2) · f′(z^(2)) x_j", (n, i, j) => OverAllUnits(n, j), Harm.Silent, RowTimesColumn),
        new("004.418", 1508, 1508, ClaimKind.Gradient, "under the brace: f′(z_p^(3)) w_p^(2), under the sum over p, is δ^(2)", ByZ2(n => Sum(n.Outputs, p => Slope(At(n.Z3, p)) * At(n.W2, p)).t()))
        {
            Correction = DeltaTwo(), Cause = Culprit.Ocr, Harm = Harm.Silent, Why = "The braces are drawn over too little, here and on line 1510 (where δ^(2) stands under δ^(3)).", Rules = [TwoWindow],
        },
        Astray("004.419", 1510, 1510, "Σ_p δ_p^(3) · w_p^(2) · f′(z^(2)) x_j", (n, i, j) => OverAllUnits(n, j), Harm.Silent, RowTimesColumn),
        new("004.420", 1512, 1512, ClaimKind.Identity, "w^(1)x = [w_11ᵀx_1 + w_12ᵀx_2 + w_13ᵀx_3; w_21ᵀx_1 + w_22ᵀx_2 + w_23ᵀx_3], 2×3 · 3×1", ScorerCase.Over(n => Comparison.Equal(torch.cat([.. Enumerable.Range(0, 2).Select(i => Sum(3, j => At(n.W, i, j).t() * At(n.X, j)))], 0), n.W.mm(n.X)), 2, 3)) { Rules = [TwoWindow] },
        new("004.421", 1514, 1514, ClaimKind.Gradient, "d/dw_2j (w^(1)x) = [0; x_j; 0], for three units", AlongEntry((n, i, j) => Basis(3, 1) * At(n.X, j), n => n.W1.mm(n.X), 3, 1)) { Rules = [TwoWindow] },
        Astray("004.422", 1516, 1516, "Σ_p δ_p^(3) · w_p^(2) · f′(z^(2)) x_j, as the result", (n, i, j) => OverAllUnits(n, j), Harm.Silent, RowTimesColumn),
        new("004.423", 1518, 1518, ClaimKind.Shape, "w^(2), 2×3, is [w_11 w_12 w_13; w_21 w_22 w_23; w_31 w_32 w_33], below it [δ_1^(3) δ_2^(3) δ_3^(3)]", _ => Comparison.Shape(Zeros(3, 3), 2, 3))
        {
            Correction = new("w^(2), 2×3, is [w_11 w_12 w_13; w_21 w_22 w_23], with [δ_1^(3) δ_2^(3)]", _ => Comparison.Shape(Zeros(2, 3), 2, 3)),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "Line 1544 draws it with two rows and two δ.", Rules = [TwoWindow],
        },
        Astray("004.424", 1520, 1520, "f′(z^(2)) · x_j [Σ_p δ_p^(3) · w_p^(2)]", (n, i, j) => (Slope(n.Z2) * At(n.X, j)).mm(Sum(n.Outputs, p => At(n.Delta3, p) * At(n.W2, p))), Harm.Loud, "A column before a row: an outer product, h×h."),
        Astray("004.425", 1522, 1522, "f′(z^(2)) · x_j [δ^(3) w^(2)]", (n, i, j) => (Slope(n.Z2) * At(n.X, j)).mm(n.Delta3.mm(n.W2)), Harm.Loud, "δ^(3)w^(2) does not compose; line 1524 has w^(2)ᵀδ^(3)."),
        AsColumn("004.426", 1524, 1524, "∂s/∂w_ij^(1) = (w^(2)ᵀδ^(3) ∘ f′(z^(2))) · x_j"),
        new("004.427", 1526, 1526, ClaimKind.Shape, "w^(2)δ^(3) composes: 2×3, 2×1", _ => Comparison.Shape(Zeros(2, 3).mm(Zeros(2, 1)), 3, 1))
        {
            Correction = new("w^(2)ᵀδ^(3) composes: 3×2, 2×1", _ => Comparison.Shape(Zeros(3, 2).mm(Zeros(2, 1)), 3, 1)),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "He wrote the transposed sizes on the next line.", Rules = [TwoWindow],
        },
        new("004.428", 1528, 1528, ClaimKind.Shape, "w^(2)ᵀδ^(3) is 3×2 · 2×1", _ => Comparison.Shape(Zeros(2, 3).t().mm(Zeros(2, 1)), 3, 1)) { Rules = [TwoWindow] },
        AsColumn("004.429", 1534, 1534, "∂s/∂w_ij^(1) = ((w^(2)ᵀ · δ^(3)) ∘ f′(z^(2))) x_j"),
        new("004.430", 1534, 1540, ClaimKind.Shape, "(w^(2)ᵀδ^(3)) ∘ f′(z^(2)) is 3×1 where w^(2) is 2×3", _ => Comparison.Shape(Zeros(2, 3).t().mm(Zeros(2, 1)) * Zeros(3, 1), 3, 1)) { Rules = [TwoWindow] },
        new("004.431", 1538, 1538, ClaimKind.Qualitative, "∘ is element-wise, Hadamard", null) { Why = "A legend." },
        AsColumn("004.432", 1542, 1542, "∂s/∂w_ij^(1) = δ^(2) x_j"),
        new("004.433", 1542, 1542, ClaimKind.Shape, "δ^(2) · x_jᵀ is 1×1", Over(n => Comparison.Shape(n.Delta2.mm(At(n.X, 0).t()), 1, 1)))
        {
            Correction = new("δ_i^(2) · x_j is 1×1", Over(n => Comparison.Shape(At(n.Delta2, 0).mm(At(n.X, 0)), 1, 1))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "The index i of the unit is lost; line 1430 has it.", Rules = [TwoWindow],
        },
        new("004.434", 1544, 1546, ClaimKind.Shape, "[δ_1^(3) δ_2^(3)] [w_11^(2) w_12^(2) w_13^(2); w_21^(2) w_22^(2) w_23^(2)] composes, 1×2 · 2×3, and is w^(2)ᵀδ^(3) lying down", Over(n => Comparison.Equal(n.Delta3.t().mm(n.W2), n.W2.t().mm(n.Delta3).t()), 2, 3)) { Rules = [TwoWindow] },
        new("004.435", 1548, 1550, ClaimKind.Gradient, "δ^(2)x_1, δ^(2)x_2, δ^(2)x_3 are the columns of ∂s/∂w^(1)", ByW1(n => torch.cat([.. Enumerable.Range(0, 3).Select(j => n.Delta2 * At(n.X, j))], 1), inputs: 3)) { Rules = [TwoWindow] },
        new("004.436", 1552, 1552, ClaimKind.Gradient, "δ^(l) = ((w^(l))ᵀ δ^(l+1)) ∘ f′(z^(l)) (δ read as g and s)", DeepCase.ByDelta((n, l) => n.W(l).t().mm(n.Delta(l + 1)) * Slope(n.Z(l)))) { Rules = [Recursive] },
    ];

    private const string RowTimesColumn = "w_p^(2) is a row and f′(z^(2)) a column: their product adds up all units, where only unit i sees w_ij; it composes and is wrong without a word.";

    private static Formal EntryOfA2() => new("d/dw_ij^(1) a^(2) is f′(z_i^(2)) x_j in row i, else 0", AlongEntry((n, i, j) => Slope(n.Z2) * Basis(n.Units, i) * At(n.X, j), n => n.A2));

    private static Formal DeltaTwo() => new("δ^(2) = (w^(2)ᵀδ^(3)) ∘ f′(z^(2))", ByZ2(n => n.W2.t().mm(n.Delta3) * Slope(n.Z2)));

    private static Formal EntryOfW1() => new("∂s/∂w_ij^(1) = Σ_p δ_p^(3) w_pi^(2) f′(z_i^(2)) x_j", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * At(n.W2, p, i)) * Slope(At(n.Z2, i)) * At(n.X, j)));

    private static Tensor OverAllUnits(TwoLayerCase n, long j) => Sum(n.Outputs, p => (At(n.Delta3, p) * At(n.W2, p)).mm(Slope(n.Z2)) * At(n.X, j));

    /// <summary>The derivative of a vector along w_ij^(1), against autograd's.</summary>
    private static Func<Trial, Comparison> AlongEntry(Func<TwoLayerCase, long, long, Tensor> stated, Func<TwoLayerCase, Tensor> f, long? units = null, long? row = null) => t =>
    {
        var n = Draw(t, units: units);
        var (i, j) = (row ?? t.Label("i", n.Units), t.Label("j", n.Inputs));
        return Comparison.Equal(stated(n, i, j), n.Along(i, j, f), "autograd");
    };

    /// <summary>A line of the derivation that is no longer ∂s/∂w_ij^(1).</summary>
    private static Claim Astray(string id, int from, int to, string value, Func<TwoLayerCase, long, long, Tensor> stated, Harm harm, string why, long? outputs = null) =>
        new(id, from, to, ClaimKind.Gradient, $"∂s/∂w_ij^(1) = {value}", ByEntry(stated, outputs)) { Correction = EntryOfW1(), Cause = Culprit.Author, Harm = harm, Why = why, Rules = [TwoWindow] };

    /// <summary>(w²ᵀδ³ ∘ f′(z²)) x_j, a vector, said to be the derivative by one weight.</summary>
    private static Claim AsColumn(string id, int from, int to, string statement) => new(id, from, to, ClaimKind.Gradient, statement, ByEntry((n, i, j) => n.Delta2 * At(n.X, j)))
    {
        Condition = new("all i at once: it is column j of ∂s/∂w^(1)", ByColumn((n, j) => n.Delta2 * At(n.X, j))),
        Correction = new("∂s/∂w_ij^(1) = (w^(2)ᵀδ^(3) ∘ f′(z^(2)))_i x_j", ByEntry((n, i, j) => At(n.Delta2, i) * At(n.X, j))),
        Cause = Culprit.Author,
        Harm = Harm.Loud,
        Why = "A vector with an entry for each unit; the index i of the unit is lost.",
        Rules = [TwoWindow],
    };
}
