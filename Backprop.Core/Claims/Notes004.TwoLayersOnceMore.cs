using static Backprop.Claims.Notation;
using static Backprop.Claims.TwoLayerCase;

namespace Backprop.Claims;

/// <summary>Lines 1752 to 1825: two hidden layers a third time, and the recursion.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> TwoLayersOnceMore() =>
    [
        new("004.510", 1754, 1754, ClaimKind.Identity, "z_p^(3) = w_p^(2)a^(2) + b^(2)", OfRow(n => n, (n, p) => n.B2))
        {
            Condition = new(SharedBias, OfRow(n => n with { B2 = At(n.B2, 0) * torch.ones_like(n.B2) }, (n, p) => At(n.B2, 0))),
            Correction = new("z_p^(3) = w_p^(2)a^(2) + b_p^(2)", OfRow(n => n, (n, p) => At(n.B2, p))),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "Line 1500 has b_p.", Rules = [TwoWindow],
        },
        new("004.511", 1756, 1756, ClaimKind.Gradient, "∂/∂w_ij^(1) vᵀa = ∂/∂w_ij^(1) Σ_p v_p a_i", ByEntry((n, i, j) => n.Along(i, j, m => Sum(m.Outputs, p => At(m.V, p) * At(m.A3, i)))))
        {
            Correction = new("∂/∂w_ij^(1) vᵀa = ∂/∂w_ij^(1) Σ_p v_p a_p", ByEntry((n, i, j) => n.Along(i, j, m => Sum(m.Outputs, p => At(m.V, p) * At(m.A3, p))))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "The sum runs over p; lines 1663 and 1758 have a_p.", Rules = [TwoWindow],
        },
        new("004.512", 1758, 1758, ClaimKind.Gradient, "∂s/∂w_ij^(1) = Σ_p v_p · ∂/∂w_ij^(1) a_p^(2)", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * n.Along(i, j, m => At(m.A2, p)))))
        {
            Correction = new("∂s/∂w_ij^(1) = Σ_p v_p · ∂/∂w_ij^(1) a_p^(3)", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * n.Along(i, j, m => At(m.A3, p))))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "v meets a^(3); the next line has f(z_p^(3)).", Rules = [TwoWindow],
        },
        new("004.513", 1760, 1760, ClaimKind.Gradient, "∂s/∂w_ij^(1) = Σ_p v_p · ∂/∂w_ij^(1) f(z_p^(3))", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * n.Along(i, j, m => At(m.A3, p))))) { Rules = [TwoWindow] },
        new("004.514", 1762, 1762, ClaimKind.Gradient, "∂s/∂w_ij^(1) = Σ_p v_p · f′(z_p^(3)) · ∂/∂w_ij^(1) z_p^(3)", ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * Slope(At(n.Z3, p)) * n.Along(i, j, m => At(m.Z3, p))))) { Rules = [TwoWindow] },
        Astray("004.515", 1764, 1764, "Σ_p v_p f′(z_p^(3)) [w_p^(2) · ∂/∂w_ij^(1) f(w_ij^(1)a^(1) + b^(1))]", (n, i, j) => Sum(n.Outputs, p => (At(n.Delta3, p) * At(n.W2, p)).mm(n.Along(i, j, m => (At(m.W1, i, j) * m.X + m.B1).sigmoid()))), Harm.SilentAtEqualSizes, "The matrix w^(1) stands inside f, not its entry w_ij^(1); line 1768 has it."),
        Astray("004.516", 1766, 1766, "Σ_p v_p f′(z_p^(3)) [w^(2) · f′(z^(2)) · ∂/∂z^(2) z^(2)]", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.W2.mm(Slope(n.Z2) * Textbook.Jacobian(z => z, n.Z2))), Harm.Loud, "z^(2) is to be differentiated by w_ij^(1), as on line 1768, not by itself."),
        Astray("004.517", 1768, 1768, "Σ_p δ_p^(3) [w^(2) (f′(z^(2)) · ∂/∂w_ij^(1) (w^(1)a^(1) + b^(1)))]", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.W2.mm(Slope(n.Z2) * n.Along(i, j, m => m.Z2))), Harm.Loud, "w^(2) stands for its row w_p^(2), which line 1764 has."),
        Astray("004.518", 1770, 1770, "Σ_p δ_p^(3) [w^(2) (f′(z^(2)) · x_j)]", (n, i, j) => Sum(n.Outputs, p => At(n.Delta3, p) * n.W2.mm(Slope(n.Z2) * At(n.X, j))), Harm.Loud, "Row p of w^(2) is meant, and of f′(z^(2)) entry i alone."),
        Astray("004.519", 1772, 1772, "Σ_p δ_p^(3) [w_p^(2) (f′(z^(2)) · a_j^(1))]", (n, i, j) => OverAllUnits(n, j), Harm.Silent, RowTimesColumn),
        new("004.520", 1774, 1774, ClaimKind.Shape, "δ_p^(3), w_p^(2), f′(z^(2)) a_j^(1) compose: 1×1, 1×2, 1×2", _ => Comparison.Shape(Zeros(1, 1).mm(Zeros(1, 2)).mm(Zeros(1, 2)), 1, 1))
        {
            Correction = new("δ_p^(3), w_p^(2), f′(z^(2)) a_j^(1) compose: 1×1, 1×2, 2×1", _ => Comparison.Shape(Zeros(1, 1).mm(Zeros(1, 2)).mm(Zeros(2, 1)), 1, 1)),
            Cause = Culprit.Ocr, Harm = Harm.Reader, Why = "Line 1776 has f′(z^(2)) as 2×1.", Rules = [TwoWindow],
        },
        DeltaTwoIsNot("004.521", 1778, "δ^(2) = v ∘ f′(z^(2))", n => n.V * Slope(n.Z2), "That is δ of the last hidden layer (line 1794); v does not reach the first but through w^(2)."),
        DeltaTwoIsNot("004.522", 1780, "δ^(2) = v ∘ δ^(3)w^(2)ᵀ ∘ f′(z^(2)) (δ^(2) read as δ^(1))", n => n.V * n.Delta3.mm(n.W2.t()) * Slope(n.Z2), "An attempt: v is in δ^(3) already, and δ^(3)w^(2)ᵀ does not compose.", harm: Harm.Loud),
        new("004.523", 1782, 1782, ClaimKind.Gradient, "∂s/∂w^(1) = ((w^(1)ᵀδ^(3)) ∘ f′(z^(2))) a_j^(1)", ByW1(n => n.W1.t().mm(n.Delta3) * Slope(n.Z2) * At(n.X, 0)))
        {
            Correction = new("∂s/∂w^(1) = ((w^(2)ᵀδ^(3)) ∘ f′(z^(2))) a^(1)ᵀ", ByW1(n => (n.W2.t().mm(n.Delta3) * Slope(n.Z2)).mm(n.X.t()))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "Of w^(1) and a_j^(1), the first should be w^(2) (line 1750), the second the whole a^(1)ᵀ (line 1800).", Rules = [TwoWindow],
        },
        DeltaTwoIsNot("004.524", 1782, "under the brace: δ^(2) = (w^(1)ᵀδ^(3)) ∘ f′(z^(2))", n => n.W1.t().mm(n.Delta3) * Slope(n.Z2), "w^(1) for w^(2), which line 1750 has."),
        new("004.525", 1784, 1784, ClaimKind.Gradient, "∂s/∂w^(1) = δ^(2) a^(1), 2×1 · 3×1", ByW1(n => n.Delta2.mm(n.X)))
        {
            Correction = new("∂s/∂w^(1) = δ^(2) a^(1)ᵀ", ByW1(n => n.Delta2.mm(n.X.t()))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "2×1 and 3×1 do not compose; line 1800 has the transpose.", Rules = [TwoWindow],
        },
        new("004.526", 1786, 1786, ClaimKind.Shape, "2×1 · 1×5 makes ∂s/∂w^(1), 2×3", _ => Comparison.Shape(Zeros(2, 1).mm(Zeros(1, 5)), 2, 3))
        {
            Correction = new("2×1 · 1×3 makes ∂s/∂w^(1), 2×3", _ => Comparison.Shape(Zeros(2, 1).mm(Zeros(1, 3)), 2, 3)),
            Cause = Culprit.Ocr, Harm = Harm.Reader, Why = "a^(1) has three entries (lines 1784 and 1815).", Rules = [TwoWindow],
        },
        new("004.527", 1788, 1788, ClaimKind.Gradient, "δ^(3) = v ∘ f′(z^(3)) (v∘ read as “Uo”)", ByZ3(n => n.V * Slope(n.Z3))) { Rules = [TwoWindow, Recursive] },
        DeltaTwoIsNot("004.528", 1790, "δ^(2) = (w^(2)δ^(3)) ∘ f′(z^(2))", n => n.W2.mm(n.Delta3) * Slope(n.Z2), "The transpose of lines 1750 and 1796 is left out; with layers of equal width it runs, and every shape check is content."),
        new("004.529", 1792, 1792, ClaimKind.Gradient, "δ^(1) = (w^(1)δ^(2)) ∘ f′(z^(1)), in a box", DeepCase.ByDelta((n, l) => n.W(l).mm(n.Delta(l + 1)) * Slope(n.Z(l))))
        {
            Correction = DeltaL(), Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes,
            Why = "Taken as the rule for every layer l, as it is boxed: the transpose of lines 1552 and 1796 is left out. (For the input itself, z^(1) = a^(1) = x, there is no f′ either.)", Rules = [Recursive],
        },
        new("004.530", 1792, 1792, ClaimKind.Gradient, "δ^(1) = (w^(1)δ^(2)) ∘ f′(z^(1)) is ∂s/∂z^(1), with z^(1) = a^(1) = x of line 1643", ByX(n => n.W1.mm(n.Delta2) * Slope(n.X)))
        {
            Correction = new("∂s/∂z^(1) = ∂s/∂x = w^(1)ᵀδ^(2)", ByX(n => n.W1.t().mm(n.Delta2))), Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes,
            Why = "The transpose is left out, and x went through no f.", Rules = [TwoWindow],
        },
        new("004.531", 1794, 1794, ClaimKind.Gradient, "for the last hidden layer, δ^(n) = v ∘ f′(z^(n))", DeepCase.ByDelta((n, l) => n.V * Slope(n.Z(l)), DeepCase.Last, DeepCase.Last)) { Rules = [Recursive] },
        new("004.532", 1796, 1796, ClaimKind.Gradient, "δ^(n) = (w^(n)ᵀδ^(n+1)) ∘ f′(z^(n))", DeepCase.ByDelta((n, l) => n.W(l).t().mm(n.Delta(l + 1)) * Slope(n.Z(l)))) { Why = "For a hidden layer n before the last; on line 1794 n is the last.", Rules = [Recursive] },
        new("004.533", 1798, 1798, ClaimKind.Gradient, "∂s/∂w^(2) = δ^(3) a^(1)ᵀ", ByW2(n => n.Delta3.mm(n.X.t())))
        {
            Correction = new("∂s/∂w^(2) = δ^(3) a^(2)ᵀ", ByW2(n => n.Delta3.mm(n.A2.t()))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "Lines 1385 and 1653 have a^(2)ᵀ.", Rules = [TwoWindow],
        },
        new("004.534", 1800, 1800, ClaimKind.Gradient, "∂s/∂w^(1) = δ^(2) a^(1)ᵀ", ByW1(n => n.Delta2.mm(n.X.t()))) { Rules = [TwoWindow] },
        Astray("004.535", 1802, 1803, "Σ_p δ_p^(3) [w_p^(2) · (f′(z^(2)) ∘ a_j^(1))]", (n, i, j) => OverAllUnits(n, j), Harm.Silent, RowTimesColumn),
        Astray("004.536", 1806, 1806, "Σ_p δ_p^(3) [w_p^(2) · f′(z^(2))] ∘ a_j^(1)", (n, i, j) => OverAllUnits(n, j), Harm.Silent, RowTimesColumn),
        new("004.537", 1812, 1815, ClaimKind.Qualitative, "δ^(3) = [δ_1^(3), δ_2^(3)]; a^(1) = [a_1^(1), a_2^(1), a_3^(1)] (δ read as s)", null) { Why = "A definition, of rows where columns are used above." },
        new("004.538", 1817, 1817, ClaimKind.Gradient, "∂s/∂w_ij^(1) = f′(z^(2)) ∘ a_j^(1) · [Σ_p δ_p^(3) w_p^(2)ᵀ]", ByEntry((n, i, j) => (Slope(n.Z2) * At(n.X, j)).t().mm(Sum(n.Outputs, p => At(n.Delta3, p) * At(n.W2, p).t()))))
        {
            Condition = new("the dot is element-wise and all i are meant at once: it is column j of ∂s/∂w^(1)", ByColumn((n, j) => Slope(n.Z2) * At(n.X, j) * Sum(n.Outputs, p => At(n.Delta3, p) * At(n.W2, p).t()))),
            Correction = EntryOfW1(), Cause = Culprit.Author, Harm = Harm.Silent, Why = "∘ and · stand side by side, so that · is the dot product of the legend on line 2026: it adds up all units.", Rules = [TwoWindow],
        },
        new("004.539", 1818, 1818, ClaimKind.Gradient, "∂s/∂w_ij^(1) = f′(z^(2)) ∘ a_j^(1) · [δ^(3) · w^(2)ᵀ], δ^(3) a row", LyingColumn((n, j) => (Slope(n.Z2) * At(n.X, j)).t() * n.Delta3.t().mm(n.W2.t())))
        {
            Correction = RowOfDeltaTwo(), Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = RowNeedsNoTranspose, Rules = [TwoWindow],
        },
        new("004.540", 1819, 1821, ClaimKind.Gradient, "∂s/∂w_ij^(1) = [δ^(3) · w^(2)ᵀ] ∘ f′(z^(2)) ∘ a_j^(1), δ^(3) a row", LyingColumn((n, j) => n.Delta3.t().mm(n.W2.t()) * Slope(n.Z2).t() * At(n.X, j)))
        {
            Correction = RowOfDeltaTwo(), Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = RowNeedsNoTranspose, Rules = [TwoWindow],
        },
        new("004.541", 1825, 1825, ClaimKind.Shape, "δ^(3)w^(2)ᵀ is 1×2 and f′(z^(2)) is 1×2, with δ^(3) 1×2 and w^(2) 2×3", _ => Comparison.Shape(Zeros(1, 2).mm(Zeros(2, 3).t()) * Zeros(1, 2), 1, 2))
        {
            Condition = new("w^(2) is 2×2", _ => Comparison.Shape(Zeros(1, 2).mm(Zeros(2, 2).t()) * Zeros(1, 2), 1, 2)),
            Correction = new("δ^(3)w^(2) is 1×3 and f′(z^(2)) is 1×3", _ => Comparison.Shape(Zeros(1, 2).mm(Zeros(2, 3)) * Zeros(1, 3), 1, 3)),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "He took w^(2) as 2×2 for once, where a transpose too many is not seen.", Rules = [TwoWindow],
        },
    ];

    private const string RowNeedsNoTranspose = "A row δ^(3) goes before w^(2) as it is; δ^(3)w^(2)ᵀ is w^(2)δ^(3) lying down, the error of line 1790.";

    private static Formal DeltaL() => new("δ^(l) = (w^(l)ᵀδ^(l+1)) ∘ f′(z^(l))", DeepCase.ByDelta((n, l) => n.W(l).t().mm(n.Delta(l + 1)) * Slope(n.Z(l))));

    private static Formal RowOfDeltaTwo() => new("column j of ∂s/∂w^(1), lying down, = [δ^(3)w^(2)] ∘ f′(z^(2))ᵀ ∘ a_j^(1), δ^(3) a row", LyingColumn((n, j) => n.Delta3.t().mm(n.W2) * Slope(n.Z2).t() * At(n.X, j)));

    /// <summary>A row that is said to be the derivatives by the weights of input j, all units at once.</summary>
    private static Func<Trial, Comparison> LyingColumn(Func<TwoLayerCase, long, Tensor> stated) => ByColumn((n, j) => stated(n, j).t());

    private static Func<Trial, Comparison> OfRow(Func<TwoLayerCase, TwoLayerCase> prepare, Func<TwoLayerCase, long, Tensor> bias) => t =>
    {
        var n = prepare(Draw(t));
        var p = t.Label("p", n.Outputs);
        return Comparison.Equal(At(n.W2, p).mm(n.A2) + bias(n, p), At(n.Z3, p));
    };
}
