using static Backprop.Claims.Notation;
using static Backprop.Claims.TwoLayerCase;

namespace Backprop.Claims;

/// <summary>Lines 1999 to 2047: two hidden layers, the results in short.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> Recursion() =>
    [
        new("004.593", 2003, 2017, ClaimKind.Qualitative, "to find: the derivatives of s by v, b^(1), w^(1), b^(2), w^(2), a^(2), a^(1)", null) { Why = "A list; w^(2) is read as W^(1).", Rules = [TwoWindow] },
        new("004.594", 2023, 2023, ClaimKind.Gradient, "d/dx s = a^(3)", ByX(n => n.A3))
        {
            Correction = new("d/dv s = a^(3)", Over(n => Comparison.Gradient(n.A3, v => (n with { V = v }).S, n.V))),
            Cause = Culprit.Ocr, Harm = Harm.SilentAtEqualSizes, Why = "v heads the list of line 2005, and a^(3) is the derivative by v: it is read as x.", Rules = [TwoWindow],
        },
        new("004.595", 2025, 2027, ClaimKind.Qualitative, "∘ element-wise, • dot, (no sign) outer", null) { Why = "A legend." },
        new("004.596", 2035, 2035, ClaimKind.Shape, "w^(2)ᵀδ^(3) is 3×2 · 2×1", _ => Comparison.Shape(Zeros(2, 3).t().mm(Zeros(2, 1)), 3, 1)) { Rules = [TwoWindow] },
        new("004.597", 2037, 2037, ClaimKind.Gradient, "d/dw^(2) s = δ^(3) a^(2), an outer product", ByW2(n => n.Delta3.reshape(-1).outer(n.A2.reshape(-1)))) { Why = "As the words below it say; as a matrix product it needs a^(2)ᵀ.", Rules = [TwoWindow] },
        new("004.598", 2037, 2037, ClaimKind.Gradient, "δ^(3) = v ∘ f′(z^(3)), element-wise (f read as b)", ByZ3(n => n.V * Slope(n.Z3))) { Rules = [TwoWindow, Recursive] },
        new("004.599", 2039, 2039, ClaimKind.Gradient, "d/dw^(1) s = δ^(2) a^(1), an outer product", ByW1(n => n.Delta2.reshape(-1).outer(n.X.reshape(-1)))) { Rules = [TwoWindow] },
        DeltaTwoIsNot("004.600", 2039, "δ^(2) = (W^(2)δ^(3)) ∘ f′(z^(1)) (f read as b)", n => n.W2.mm(n.Delta3) * Slope(n.X), "The transpose is left out, and z^(1) stands for z^(2); lines 1750 and 2047 have both right, and with layers of equal width it runs."),
        new("004.601", 2041, 2043, ClaimKind.Shape, "δ^(2) = (W^(2)ᵀδ^(3)) ∘ f′(z^(2)) is 2×1 (3×1 struck out)", _ => Comparison.Shape(Zeros(2, 3).t().mm(Zeros(2, 1)), 2, 1))
        {
            Condition = new("W^(2) is 2×2", _ => Comparison.Shape(Zeros(2, 2).t().mm(Zeros(2, 1)), 2, 1)),
            Correction = new("with W^(2) 2×3, δ^(2) is 3×1", _ => Comparison.Shape(Zeros(2, 3).t().mm(Zeros(2, 1)), 3, 1)),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "Line 1540 has 3×1 for the 2×3 of line 1544; he struck the right size here, where W^(2)δ^(3) without transpose gave 2×1.", Rules = [TwoWindow],
        },
        new("004.602", 2045, 2045, ClaimKind.Gradient, "d/dx s = d/da^(1) s = δ^(1) a^(1), with δ^(1) = W^(1)ᵀδ^(2)", ByX(n => n.W1.t().mm(n.Delta2) * n.X))
        {
            Correction = new("d/dx s = d/da^(1) s = W^(1)ᵀδ^(2) = δ^(1)", ByX(n => n.W1.t().mm(n.Delta2))),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "The factor a belongs to derivatives by weights; by x it is δ^(1) alone, as line 1707 has wᵀδ.", Rules = [TwoWindow],
        },
        new("004.603", 2047, 2047, ClaimKind.Gradient, "δ^(l) = (W^(l)ᵀ · δ^(l+1)) ∘ f′(z^(l)), in a box (l read as 1, f as b)", DeepCase.ByDelta((n, l) => n.W(l).t().mm(n.Delta(l + 1)) * Slope(n.Z(l)))) { Rules = [Recursive] },
    ];
}
