using static Backprop.Claims.Notation;

namespace Backprop.Claims;

/// <summary>Lines 1355 to 1456: two hidden layers, the results; and ∂s/∂w_ij of one layer once more.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> TwoLayers() =>
    [
        new("004.370", 1359, 1373, ClaimKind.Identity, "s = vᵀa^(3) = vᵀf(z^(3)) = vᵀf(w^(2)a^(2) + b^(2)) = vᵀf(w^(2) f(w^(1)x + b^(1)) + b^(2))", TwoLayerCase.Over(n =>
            Comparison.Equal(Sum(n.Outputs, p => At(n.V, p) * (Sum(n.Units, i => At(n.W2, p, i) * (Sum(n.Inputs, j => At(n.W1, i, j) * At(n.X, j)) + At(n.B1, i)).sigmoid()) + At(n.B2, p)).sigmoid()), n.S))) { Rules = [TwoWindow] },
        new("004.371", 1361, 1361, ClaimKind.Gradient, "∂s/∂w_ij = vᵀ · f(z_i) (f read as b)", ScorerCase.ByEntry((n, i, j) => n.V.t() * At(n.A, i)))
        {
            Correction = new("∂s/∂w_ij = ∂/∂w_ij v_i f(z_i)", ScorerCase.ByEntry((n, i, j) => n.AlongW(i, j, m => At(m.V, i) * At(m.A, i)))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "He began again on the next line, with the derivative and with v_i.", Rules = [Window],
        },
        new("004.372", 1363, 1363, ClaimKind.Gradient, "∂s/∂w_ij = ∂/∂w_ij v_i · f(z_i) (f read as b)", ScorerCase.ByEntry((n, i, j) => n.AlongW(i, j, m => At(m.V, i) * At(m.A, i)))) { Rules = [Window] },
        new("004.373", 1375, 1375, ClaimKind.Gradient, "∂s/∂w_ij = v_i · f′(z_i) · x_j", ScorerCase.ByEntry((n, i, j) => At(n.V, i) * Slope(At(n.Z, i)) * At(n.X, j))) { Rules = [Window] },
        new("004.374", 1377, 1377, ClaimKind.Gradient, "∂s/∂w_ij = δ_i · x_j", ScorerCase.ByEntry((n, i, j) => At(n.Delta, i) * At(n.X, j))) { Rules = [Window] },
        new("004.375", 1379, 1379, ClaimKind.Gradient, "∂s/∂w = [δ_1x_1 δ_1x_2 δ_1x_3; δ_2x_1 δ_2x_2 δ_2x_3]", ScorerCase.ByW(n => Products(n, (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)).reshape(2, 3), 2, 3)) { Rules = [Window] },
        new("004.376", 1381, 1381, ClaimKind.Gradient, "∂s/∂w_ij^(2) = δ_i^(2) · a_j^(2)", TwoLayerCase.ByEntry2((n, i, j) => At(n.Delta2, i) * At(n.A2, j)))
        {
            Correction = new("∂s/∂w_ij^(2) = δ_i^(3) · a_j^(2)", TwoLayerCase.ByEntry2((n, i, j) => At(n.Delta3, i) * At(n.A2, j))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "He has δ^(3) on lines 1385 and 1422: the error above the weights, not below.", Rules = [TwoWindow],
        },
        new("004.377", 1383, 1383, ClaimKind.Shape, "[δ_1 δ_2] [x_1; x_2; x_3] makes ∂s/∂w", ScorerCase.Over(n => Comparison.Shape(n.Delta.t().mm(n.X), n.Units, n.Inputs)))
        {
            Correction = new("[δ_1; δ_2] [x_1 x_2 x_3] makes ∂s/∂w, 2×3", ScorerCase.Over(n => Comparison.Shape(n.Delta.mm(n.X.t()), n.Units, n.Inputs))),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "A row times a column is a number where the sizes agree, and nothing where they do not; line 1379 has the table.", Rules = [Window],
        },
        new("004.378", 1385, 1385, ClaimKind.Gradient, "∂s/∂w^(2) = δ^(3) a^(2)ᵀ, an outer product", TwoLayerCase.ByW2(n => n.Delta3.mm(n.A2.t()))) { Rules = [TwoWindow] },
        new("004.379", 1390, 1390, ClaimKind.Gradient, "δ^(3) = v ∘ f′(z^(3)), where δ^(3) = ∂s/∂z^(3)", TwoLayerCase.ByZ3(n => n.V * Slope(n.Z3))) { Rules = [TwoWindow] },
        new("004.380", 1392, 1392, ClaimKind.Gradient, "∂s/∂w^(1) = δ^(2) a^(1)ᵀ, an outer product", TwoLayerCase.ByW1(n => n.Delta2.mm(n.X.t()))) { Rules = [TwoWindow] },
        new("004.381", 1394, 1394, ClaimKind.Gradient, "δ^(2) = … · f′(z^(2)), left open", null) { Why = "Unfinished; line 1750 has (w^(2)ᵀδ^(3)) ∘ f′(z^(2)).", Rules = [TwoWindow] },
        new("004.382", 1396, 1400, ClaimKind.Gradient, "∂s/∂w_ij = ∂/∂w_ij vᵀa = ∂/∂w_ij Σ_y v_y a_y", ScorerCase.ByEntry((n, i, j) => n.AlongW(i, j, m => Sum(m.Units, y => At(m.V, y) * At(m.A, y))))) { Rules = [Window] },
        OneBias("004.383", 1402, 1402, "∂s/∂w_ij = ∂/∂w_ij Σ_y v_y f(w_y x + b)", "∂s/∂w_ij = ∂/∂w_ij Σ_y v_y f(w_y x + b_y)",
            (n, i, j, b) => n.AlongW(i, j, m => Sum(m.Units, y => At(m.V, y) * (At(m.W, y).mm(m.X) + b(y)).sigmoid()))),
        new("004.384", 1404, 1405, ClaimKind.Qualitative, "w_ij appears only in z_i, i.e. ∂z_y/∂w_ij ≠ 0 only when y = i", t =>
        {
            var n = ScorerCase.Draw(t);
            var (i, j) = (t.Label("i", n.Units), t.Label("j", n.Inputs));
            return Comparison.Equal(n.AlongW(i, j, m => m.Z) * (1 - Basis(n.Units, i)), Zeros(n.Units, 1));
        }) { Rules = [Window] },
        OneBias("004.385", 1407, 1407, "∂s/∂w_ij = ∂/∂w_ij v_i · f(w_i x + b)", "∂s/∂w_ij = ∂/∂w_ij v_i · f(w_i x + b_i)",
            (n, i, j, b) => n.AlongW(i, j, m => At(m.V, i) * (At(m.W, i).mm(m.X) + b(i)).sigmoid())),
        OneBias("004.386", 1409, 1409, "∂s/∂w_ij = v_i · ∂/∂w_ij f(w_i x + b)", "∂s/∂w_ij = v_i · ∂/∂w_ij f(w_i x + b_i)",
            (n, i, j, b) => At(n.V, i) * n.AlongW(i, j, m => (At(m.W, i).mm(m.X) + b(i)).sigmoid())),
        new("004.387", 1411, 1411, ClaimKind.Gradient, "∂s/∂w_ij = v_i · f′(z_i) · ∂/∂w_ij (w_i x + b)", ScorerCase.ByEntry((n, i, j) => At(n.V, i) * Slope(At(n.Z, i)) * n.AlongW(i, j, m => At(m.W, i).mm(m.X) + At(m.B, i)))) { Rules = [Window] },
        new("004.388", 1414, 1414, ClaimKind.Gradient, "∂s/∂w_ij = v_i · f′(z_i) · x_j (w_j struck out)", ScorerCase.ByEntry((n, i, j) => At(n.V, i) * Slope(At(n.Z, i)) * At(n.X, j))) { Rules = [Window] },
        new("004.389", 1416, 1416, ClaimKind.Gradient, "∂s/∂w_ij = δ_i, in a box with w_ij struck out after it (δ read as s)", ScorerCase.ByEntry((n, i, j) => At(n.Delta, i)))
        {
            Correction = new("∂s/∂w_ij = δ_i · x_j", ScorerCase.ByEntry((n, i, j) => At(n.Delta, i) * At(n.X, j))),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "He struck w_ij and wrote δ_i · x_j beside the box; line 1418 has it.", Rules = [Window],
        },
        new("004.390", 1416, 1418, ClaimKind.Gradient, "d/dw_ij^(1) s = δ_i ∘ x_j, for one hidden layer", ScorerCase.ByEntry((n, i, j) => At(n.Delta, i) * At(n.X, j))) { Rules = [Window] },
        new("004.391", 1422, 1422, ClaimKind.Gradient, "∂s/∂w_ij^(2) = δ_i^(3) ∘ a_j^(2)", TwoLayerCase.ByEntry2((n, i, j) => At(n.Delta3, i) * At(n.A2, j))) { Rules = [TwoWindow] },
        new("004.392", 1426, 1428, ClaimKind.Gradient, "d/dw s = δ^(3) a^(2), “outer product” (δ read as f)", TwoLayerCase.ByW2(n => n.Delta3.reshape(-1).outer(n.A2.reshape(-1)))) { Why = "As the words beside it say; as a matrix product it needs a^(2)ᵀ (line 1385).", Rules = [TwoWindow] },
        new("004.393", 1430, 1430, ClaimKind.Gradient, "∂s/∂w_ij^(1) = δ_i^(2) ∘ a_j^(1)", TwoLayerCase.ByEntry((n, i, j) => At(n.Delta2, i) * At(n.X, j))) { Rules = [TwoWindow] },
        new("004.394", 1436, 1438, ClaimKind.Gradient, "δ_i^(3) = v_i · f′(z_i^(3)) (v once read as u)", TwoLayerCase.ByZ3(n => torch.cat([.. Enumerable.Range(0, (int)n.Outputs).Select(i => At(n.V, i) * Slope(At(n.Z3, i)))], 0))) { Rules = [TwoWindow] },
        new("004.395", 1440, 1440, ClaimKind.Gradient, "δ^(3) = v ∘ f′(z^(3)), the Hadamard product (v read as u)", TwoLayerCase.ByZ3(n => n.V * Slope(n.Z3))) { Rules = [TwoWindow] },
        new("004.396", 1442, 1450, ClaimKind.Qualitative, "x^m_np: x node name, m layer no., n row, p column", null) { Why = "A legend." },
        new("004.397", 1452, 1454, ClaimKind.Gradient, "∂s/∂w_ij^(1) = ∂/∂w_ij^(1) vᵀa = ∂/∂w_ij^(1) Σ_p v_p a_p^(3) (s read as f, a dot as +)", TwoLayerCase.ByEntry((n, i, j) => n.Along(i, j, m => Sum(m.Outputs, p => At(m.V, p) * At(m.A3, p))))) { Rules = [TwoWindow] },
        new("004.398", 1456, 1456, ClaimKind.Gradient, "∂s/∂w_ij^(1) = ∂/∂w_ij Σ_p v_p · ∂/∂w_ij^(1) a_p^(3)", TwoLayerCase.ByEntry((n, i, j) => Curvature(n, i, j)))
        {
            Correction = new("∂s/∂w_ij^(1) = Σ_p v_p · ∂/∂w_ij^(1) a_p^(3)", TwoLayerCase.ByEntry((n, i, j) => Sum(n.Outputs, p => At(n.V, p) * n.Along(i, j, m => At(m.A3, p))))),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "It differentiates twice: the ∂/∂w_ij in front was moved inside and left standing; line 1458 has it once.", Rules = [TwoWindow],
        },
    ];

    /// <summary>The second derivative of s along w_ij^(1), as a difference of first ones: only to be seen to be another number.</summary>
    private static Tensor Curvature(TwoLayerCase n, long i, long j)
    {
        const double step = 1e-4;
        Tensor First(double by) => (n with { W1 = Replaced(n.W1, i, j, At(n.W1, i, j) + by) }).Along(i, j, m => m.S);
        return (First(step) - First(-step)) / (2 * step);
    }
}
