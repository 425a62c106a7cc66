using static Backprop.Claims.Notation;
using static Backprop.Claims.TwoLayerCase;

namespace Backprop.Claims;

/// <summary>Lines 1642 to 1750: two hidden layers a second time.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> TwoLayersAgain() =>
    [
        new("004.467", 1642, 1649, ClaimKind.Shape, "x = z^(1) = a^(1); z^(2) = w^(1)x + b^(1); a^(2) = f(z^(2)); z^(3) = w^(2)a^(2) + b^(2); a^(3) = f(z^(3)); s = vᵀa^(3): s is a number at any sizes", Over(n => Comparison.Shape(n.S, 1, 1))) { Rules = [TwoWindow] },
        new("004.468", 1653, 1653, ClaimKind.Gradient, "∂s/∂w^(2) = δ^(3) a^(2)ᵀ", ByW2(n => n.Delta3.mm(n.A2.t()))) { Rules = [TwoWindow] },
        new("004.469", 1655, 1655, ClaimKind.Gradient, "δ^(3) = v ∘ f′(z^(3))", ByZ3(n => n.V * Slope(n.Z3))) { Rules = [TwoWindow] },
        new("004.470", 1657, 1657, ClaimKind.Gradient, "∂s/∂w^(1) = δ^(2) a^(1)ᵀ (s read as f)", ByW1(n => n.Delta2.mm(n.X.t()))) { Rules = [TwoWindow] },
        new("004.471", 1659, 1659, ClaimKind.Gradient, "δ^(2) = (…) ∘ f′(z^(2)), left open", null) { Why = "A question to himself; line 1750 answers it.", Rules = [TwoWindow] },
        new("004.472", 1663, 1663, ClaimKind.Gradient, "∂s/∂w_ij^(1) = ∂/∂w_ij^(1) vᵀa = ∂/∂w_ij^(1) Σ_p v_p a_p", ByEntry((n, i, j) => n.Along(i, j, m => Sum(m.Outputs, p => At(m.V, p) * At(m.A3, p))))) { Rules = [TwoWindow] },
        new("004.473", 1665, 1665, ClaimKind.Gradient, "d/dw_ij^(1) w^(1)x = [x_j 0; 0 x_j], for two units", AlongEntry((n, i, j) => torch.eye(2, dtype: torch.float64) * At(n.X, j), n => n.W1.mm(n.X), 2))
        {
            Correction = EntryOfW1X(), Cause = Culprit.Author, Harm = Harm.Loud, Why = "w^(1)x is a vector, so its derivative along one number is a vector: row i has x_j.", Rules = [TwoWindow],
        },
        new("004.474", 1667, 1667, ClaimKind.Gradient, "d/dw_ij^(1) w^(1)x = x_j", AlongEntry((n, i, j) => At(n.X, j), n => n.W1.mm(n.X)))
        {
            Correction = EntryOfW1X(), Cause = Culprit.Author, Harm = Harm.Silent, Why = "True of row i alone: d/dw_ij (w_i x) = x_j; the other rows are 0.", Rules = [TwoWindow],
        },
        Astray("004.475", 1669, 1669, "Σ_p v_p · f′(z_p) · w^(2) x_j", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.W2 * At(n.X, j)), Harm.Loud, "w^(2) stands for its entry w_pi^(2), and f′(z_i^(2)) is missing."),
        new("004.476", 1671, 1673, ClaimKind.Shape, "v_p, f′(z_p), w^(2), x_j are 1×1, 1×1, 2×3, 1×1, which makes ∂s/∂w_ij^(1), 1×1", _ => Comparison.Shape(Zeros(1, 1) * Zeros(1, 1) * Zeros(2, 3) * Zeros(1, 1), 1, 1))
        {
            Correction = new("v_p, f′(z_p), w_pi^(2), f′(z_i^(2)), x_j are all 1×1", _ => Comparison.Shape(Zeros(1, 1) * Zeros(1, 1) * Zeros(1, 1) * Zeros(1, 1) * Zeros(1, 1), 1, 1)),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "The sizes that he wrote below the line show what is wrong with it.", Rules = [TwoWindow],
        },
        Astray("004.477", 1675, 1675, "Σ_p δ_p^(3) · w^(2) · x_j", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.W2 * At(n.X, j)), Harm.Loud, "w^(2) stands for its entry w_pi^(2), and f′(z_i^(2)) is missing."),
        Astray("004.478", 1677, 1677, "δ_1^(2) x_j + δ_p^(3) w^(2) x_j + δ_2^(3) w^(2) x_j", (n, i, j) => At(n.Delta2, 0) * At(n.X, j) + Sum(2, p => At(n.Delta3, p)) * n.W2 * At(n.X, j), Harm.Loud, "Badly read on top of the error of line 1675, whose two terms it writes out.", 2),
        Astray("004.479", 1679, 1679, "x_j • δ^(3) · w^(2)", (n, i, j) => (At(n.X, j) * n.Delta3).mm(n.W2), Harm.Loud, "δ^(3)w^(2) does not compose, and f′(z^(2)) is missing; line 1746 has w^(2)ᵀδ^(3)."),
        Astray("004.480", 1681, 1681, "(a_j^(1) ∘ δ^(3)) · w^(2)", (n, i, j) => (At(n.X, j) * n.Delta3).mm(n.W2), Harm.Loud, "δ^(3)w^(2) does not compose, and f′(z^(2)) is missing; line 1746 has w^(2)ᵀδ^(3)."),
        new("004.481", 1683, 1683, ClaimKind.Gradient, "d/dw_ij^(1) s = d/dw_ij^(1) vᵀa = d/dw_ij^(1) Σ_p v_p a_p", ByEntry((n, i, j) => n.Along(i, j, m => Sum(m.Outputs, p => At(m.V, p) * At(m.A3, p))))) { Rules = [TwoWindow] },
        new("004.482", 1685, 1687, ClaimKind.Gradient, "d/dw_ij^(1) s = Σ_p v_p · d/dw_ij^(1) a_p = Σ_p v_p · d/dw_ij^(1) f(z_p)", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * n.Along(i, j, m => At(m.Z3, p).sigmoid())))) { Rules = [TwoWindow] },
        new("004.483", 1689, 1689, ClaimKind.Gradient, "d/dw_ij^(1) s = Σ_p v_p · f′(z_p) · d/dw_ij^(1) z_p", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * Slope(At(n.Z3, p)) * n.Along(i, j, m => At(m.Z3, p))))) { Rules = [TwoWindow] },
        Astray("004.484", 1691, 1691, "Σ_p v_p · f′(z_p) · d/dw_ij^(1) (w^(2)a^(2) + b^(2))", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.Along(i, j, m => m.W2.mm(m.A2) + m.B2)), Harm.Loud, "z_p is row p, w_p^(2)a^(2) + b_p^(2); line 1500 has it."),
        Astray("004.485", 1693, 1693, "Σ_p v_p · f′(z_p) · w^(2) · d/dw_ij^(1) a^(2)", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.W2.mm(n.Along(i, j, m => m.A2))), Harm.Loud, "w^(2) stands for its row w_p^(2); line 1504 has it."),
        Astray("004.486", 1695, 1695, "Σ_p v_p · f′(z_p) · w^(2) · d/dw_ij^(1) (w^(1)x + b^(1))", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.W2.mm(n.Along(i, j, m => m.Z2))), Harm.Loud, "f′(z^(2)) is left out, and w^(2) stands for its row w_p^(2)."),
        new("004.487", 1699, 1699, ClaimKind.Gradient, "∂s/∂v = a ✓", ScorerCase.ByV(n => n.A)) { Rules = [Window] },
        new("004.488", 1701, 1701, ClaimKind.Gradient, "∂s/∂w = δxᵀ", ScorerCase.ByW(n => n.Delta.mm(n.X.t()))) { Rules = [Window] },
        new("004.489", 1701, 1703, ClaimKind.Shape, "in δxᵀ, δ = [δ_1 δ_2]", ScorerCase.Over(n => Comparison.Shape(n.Delta.t().mm(n.X.t()), n.Units, n.Inputs)))
        {
            Condition = new("both are columns, or the product is the outer one", ScorerCase.Over(n => Comparison.Shape(n.Delta.mm(n.X.t()), n.Units, n.Inputs))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "A row δ before the row xᵀ does not compose; line 1267 has δ ∈ R^(2×1).", Rules = [Window],
        },
        new("004.490", 1705, 1705, ClaimKind.Gradient, "∂s/∂b = δ", ScorerCase.ByB(n => n.Delta)) { Rules = [Window] },
        new("004.491", 1707, 1707, ClaimKind.Gradient, "∂s/∂x = wᵀδ", ScorerCase.ByX(n => n.W.t().mm(n.Delta))) { Rules = [Window] },
        new("004.492", 1709, 1710, ClaimKind.Shape, "2×3 · 3×1 = 2×1", _ => Comparison.Shape(Zeros(2, 3).mm(Zeros(3, 1)), 2, 1)) { Rules = [Window] },
        new("004.493", 1712, 1712, ClaimKind.Identity, "wx = [w_11x_1 + w_12x_2 + w_13x_3; w_21x_1 + w_22x_2 + w_23x_3]", ScorerCase.Over(n => Comparison.Equal(torch.cat([.. Enumerable.Range(0, 2).Select(i => Sum(3, j => At(n.W, i, j) * At(n.X, j)))], 0), n.W.mm(n.X)), 2, 3)) { Rules = [Window] },
        new("004.494", 1714, 1716, ClaimKind.Gradient, "∂s/∂w_ij^(1) = ∂/∂w_ij^(1) vᵀf(z^(3)) = ∂/∂w_ij^(1) Σ_{p=1}^2 v_p · f(z_p^(3))", ByEntry((n, i, j) => n.Along(i, j, m => Sum(2, p => At(m.V, p) * At(m.A3, p))), 2)) { Rules = [TwoWindow] },
        new("004.495", 1718, 1718, ClaimKind.Gradient, "∂s/∂w_ij^(1) = Σ_{p=1}^2 v_p · ∂/∂w_ij^(1) f(z_p^(3))", ByEntry((n, i, j) => Sum(2, p => At(n.V, p) * n.Along(i, j, m => At(m.A3, p))), 2)) { Rules = [TwoWindow] },
        new("004.496", 1720, 1720, ClaimKind.Gradient, "∂s/∂w_ij^(1) = Σ_{p=1}^2 v_p · f′(z_p^(3)) · ∂/∂w_ij^(1) z_p^(3)", ByEntry((n, i, j) => Sum(2, p => At(n.V, p) * Slope(At(n.Z3, p)) * n.Along(i, j, m => At(m.Z3, p))), 2)) { Rules = [TwoWindow] },
        Astray("004.497", 1722, 1722, "Σ_{p=1}^2 δ_p^(3) ∂/∂w_ij^(1) (w^(2)a^(2) + b^(2))", (n, i, j) => Sum(2, p => At(n.Delta3, p) * n.Along(i, j, m => m.Z3)), Harm.Loud, "z_p^(3) is row p, w_p^(2)a^(2) + b_p^(2).", 2),
        Astray("004.498", 1724, 1724, "Σ_{p=1}^2 δ_p^(3) w^(2) ∂/∂w_ij^(1) (w^(1)a^(1) + b^(1))", (n, i, j) => Sum(2, p => At(n.Delta3, p) * n.W2.mm(n.Along(i, j, m => m.Z2))), Harm.Loud, "f is left out, and comes back on line 1726; w^(2) stands for its row w_p^(2).", 2),
        Astray("004.499", 1726, 1726, "Σ_{p=1}^2 δ_p^(3) w^(2) ∂/∂w_ij^(1) f(z^(2))", (n, i, j) => Sum(2, p => At(n.Delta3, p) * n.W2.mm(n.Along(i, j, m => m.A2))), Harm.Loud, "w^(2) stands for its row w_p^(2).", 2),
        Astray("004.500", 1728, 1728, "Σ_{p=1}^2 δ_p^(3) w^(2) f′(z^(2)) ∂/∂w_ij^(1) (w^(1)a^(1) + b^(1))", (n, i, j) => Sum(2, p => At(n.Delta3, p) * n.W2.mm(Slope(n.Z2) * n.Along(i, j, m => m.Z2))), Harm.Loud, "w^(2) stands for its row w_p^(2).", 2),
        Astray("004.501", 1730, 1734, "Σ_{p=1}^2 δ_p^(3) w^(2) f′(z^(2)) x_j", (n, i, j) => Sum(2, p => At(n.Delta3, p) * n.W2.mm(Slope(n.Z2) * At(n.X, j))), Harm.Loud, "Row p of w^(2) is meant, and of f′(z^(2)) entry i alone.", 2),
        DeltaTwoIsNot("004.502", 1734, "δ^(2) = v ∘ f′(z^(2))", n => n.V * Slope(n.Z2), "That is δ of the last hidden layer (line 1794); v does not reach the first but through w^(2)."),
        new("004.503", 1736, 1737, ClaimKind.Shape, "δ_p^(3), w^(2), f′(z^(2)), a_j^(1) are 1×1, 2×3, 2×1, 1×1", _ => Comparison.Shape(Zeros(2, 3).mm(Zeros(2, 1)), 2, 1))
        {
            Correction = new("δ_p^(3), w_p^(2), f′(z^(2)), a_j^(1) are 1×1, 1×3, 3×1, 1×1", _ => Comparison.Shape(Zeros(1, 3).mm(Zeros(3, 1)), 1, 1)),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "2×3 and 2×1 do not compose: with w^(2) 2×3 the first hidden layer has three units.", Rules = [TwoWindow],
        },
        new("004.504", 1738, 1738, ClaimKind.Gradient, "∂s/∂w^(1) = δ^(2) a^(1)ᵀ", ByW1(n => n.Delta2.mm(n.X.t()))) { Rules = [TwoWindow] },
        Astray("004.505", 1742, 1742, "f′(z^(2)) a_j^(1) [Σ_{p=1}^2 δ_p^(3) w^(2)]", (n, i, j) => Slope(n.Z2) * At(n.X, j) * Sum(2, p => At(n.Delta3, p) * n.W2), Harm.Loud, "w^(2) stands for its row w_p^(2), laid upright.", 2),
        Astray("004.506", 1744, 1744, "f′(z^(2)) a_j^(1) ∘ δ^(3) w^(2)ᵀ", (n, i, j) => Slope(n.Z2) * At(n.X, j) * n.Delta3.mm(n.W2.t()), Harm.Loud, "δ^(3)w^(2)ᵀ does not compose; the next line has w^(2)ᵀδ^(3)."),
        AsColumn("004.507", 1746, 1746, "∂s/∂w_ij^(1) = (w^(2)ᵀδ^(3)) ∘ f′(z^(2)) a_j^(1)"),
        DeltaTwoIsNot("004.508", 1746, "under the brace: δ^(2) = w^(2)ᵀδ^(3)", n => n.W2.t().mm(n.Delta3), "The brace is read too short; line 1750 has the factor f′(z^(2)).", Culprit.Ocr, Harm.Silent),
        new("004.509", 1750, 1750, ClaimKind.Gradient, "δ^(2) = (w^(2)ᵀδ^(3)) ∘ f′(z^(2))", ByZ2(n => n.W2.t().mm(n.Delta3) * Slope(n.Z2))) { Rules = [TwoWindow, Recursive] },
    ];

    private static Formal EntryOfW1X() => new("d/dw_ij^(1) w^(1)x is x_j in row i, else 0", AlongEntry((n, i, j) => Basis(n.Units, i) * At(n.X, j), n => n.W1.mm(n.X)));

    /// <summary>Something that is said to be δ^(2).</summary>
    private static Claim DeltaTwoIsNot(string id, int line, string statement, Func<TwoLayerCase, Tensor> stated, string why, Culprit cause = Culprit.Author, Harm harm = Harm.SilentAtEqualSizes) =>
        new(id, line, line, ClaimKind.Gradient, statement, ByZ2(stated)) { Correction = DeltaTwo(), Cause = cause, Harm = harm, Why = why, Rules = [TwoWindow, Recursive] };
}
