using static Backprop.Claims.Notation;
using static Backprop.Claims.ScorerCase;

namespace Backprop.Claims;

/// <summary>Lines 1555 to 1640: the scorer a second time, under the max-margin loss.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> ScorerAgain() =>
    [
        new("004.437", 1555, 1555, ClaimKind.Qualitative, "J = max(0, 1 − s + s_c) (J read as δ)", null) { Why = "A definition.", Rules = [Margin] },
        new("004.438", 1557, 1561, ClaimKind.Identity, "s = vᵀa = vᵀf(z) = vᵀ · f(wx + b)", Over(n => Comparison.Equal(Sum(n.Units, i => At(n.V, i) * (Sum(n.Inputs, j => At(n.W, i, j) * At(n.X, j)) + At(n.B, i)).sigmoid()), n.S))) { Rules = [Window] },
        new("004.439", 1569, 1569, ClaimKind.Gradient, "∇J = −∇s + ∇s_c", t => MarginByW(t, met: null))
        {
            Condition = new("1 − s + s_c > 0", t => MarginByW(t, met: false)),
            Correction = new("∇J = 1(1 − s + s_c > 0) · (−∇s + ∇s_c)", t => MarginByW(t, met: null, gated: true)),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "Where the margin is met, J is the constant 0; the max of line 1555 is forgotten.", Rules = [Margin],
        },
        new("004.440", 1573, 1573, ClaimKind.Gradient, "∂s/∂v = ∂/∂v vᵀa = ∂/∂v Σ_i v_i a_i = a, as result ①", ByV(n => n.A)) { Rules = [Window] },
        OneBias("004.441", 1575, 1575, "∂s/∂w_ij = ∂/∂w_ij Σ_p v_p f(w_p x + b)", "∂s/∂w_ij = ∂/∂w_ij Σ_p v_p f(w_p x + b_p)",
            (n, i, j, b) => n.AlongW(i, j, m => Sum(m.Units, p => At(m.V, p) * (At(m.W, p).mm(m.X) + b(p)).sigmoid()))),
        OneBias("004.442", 1577, 1577, "∂s/∂w_ij = Σ_p v_p · ∂/∂w_ij f(w_p x + b)", "∂s/∂w_ij = Σ_p v_p · ∂/∂w_ij f(w_p x + b_p)",
            (n, i, j, b) => Sum(n.Units, p => At(n.V, p) * n.AlongW(i, j, m => (At(m.W, p).mm(m.X) + b(p)).sigmoid()))),
        new("004.443", 1579, 1579, ClaimKind.Gradient, "∂s/∂w_ij = Σ_p v_p · f′(z_p) ∂/∂w_ij (w_p x + b)", ByEntry((n, i, j) => Sum(n.Units, p => At(n.V, p) * Slope(At(n.Z, p)) * n.AlongW(i, j, m => At(m.W, p).mm(m.X) + At(m.B, p))))) { Rules = [Window] },
        new("004.444", 1581, 1581, ClaimKind.Gradient, "∂s/∂w_ij = Σ_p δ_p · ∂/∂w_ij (w_p x + b) (δ read as s, an index lost)", ByEntry((n, i, j) => Sum(n.Units, p => At(n.Delta, p) * n.AlongW(i, j, m => At(m.W, p).mm(m.X) + At(m.B, p))))) { Rules = [Window] },
        new("004.445", 1583, 1583, ClaimKind.Gradient, "when i ≠ p, ∂/∂w_ij (w_i x + b) = 0", OfUnit((n, i, j, p) => n.AlongW(i, j, m => At(m.W, i).mm(m.X) + At(m.B, i)), (n, j) => Zeros(1, 1)))
        {
            Correction = new("when i ≠ p, ∂/∂w_ij (w_p x + b_p) = 0", OfUnit((n, i, j, p) => n.AlongW(i, j, m => At(m.W, p).mm(m.X) + At(m.B, p)), (n, j) => Zeros(1, 1))),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "The term is that of unit p; with w_i it is x_j whatever p is, as the next line says.", Rules = [Window],
        },
        new("004.446", 1585, 1585, ClaimKind.Gradient, "when i = p, ∂/∂w_ij (w_i x + b) = x_j", ByPair((n, i, j) => Comparison.Equal(At(n.X, j), n.AlongW(i, j, m => At(m.W, i).mm(m.X) + At(m.B, i)), "autograd"))) { Rules = [Window] },
        new("004.447", 1587, 1587, ClaimKind.Gradient, "∂s/∂w_ij = 0 + δ_i x_j = δ_i x_j", ByEntry((n, i, j) => At(n.Delta, i) * At(n.X, j))) { Rules = [Window] },
        new("004.448", 1589, 1592, ClaimKind.Gradient, "∂s/∂w = δxᵀ, an outer product, as result ②", ByW(n => n.Delta.mm(n.X.t()))) { Rules = [Window] },
        new("004.449", 1597, 1597, ClaimKind.Gradient, "∂s/∂b_j = ∂/∂b_j Σ_i v_i · f(w_i x + b_j)", ByBias((n, j) => n.AlongB(j, m => Sum(m.Units, i => At(m.V, i) * (At(m.W, i).mm(m.X) + At(m.B, j)).sigmoid()))))
        {
            Correction = new("∂s/∂b_j = ∂/∂b_j Σ_i v_i · f(w_i x + b_i)", ByBias((n, j) => n.AlongB(j, m => Sum(m.Units, i => At(m.V, i) * (At(m.W, i).mm(m.X) + At(m.B, i)).sigmoid())))),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "Inside the sum the bias is unit i's; line 1603 counts on that.", Rules = [Window],
        },
        new("004.450", 1599, 1599, ClaimKind.Gradient, "∂s/∂b_j = Σ_i v_i · ∂/∂b_j f(z_i)", ByBias((n, j) => Sum(n.Units, i => At(n.V, i) * n.AlongB(j, m => At(m.A, i))))) { Rules = [Window] },
        new("004.451", 1601, 1601, ClaimKind.Gradient, "∂s/∂b_j = Σ_i v_i · f′(z_i) ∂/∂b_j (w_i x + b_j)", ByBias((n, j) => Sum(n.Units, i => At(n.Delta, i) * n.AlongB(j, m => At(m.W, i).mm(m.X) + At(m.B, j)))))
        {
            Correction = new("∂s/∂b_j = Σ_i v_i · f′(z_i) ∂/∂b_j (w_i x + b_i)", ByBias((n, j) => Sum(n.Units, i => At(n.Delta, i) * n.AlongB(j, m => At(m.W, i).mm(m.X) + At(m.B, i))))),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "With b_j in every term the derivative is 1 in every term, and all δ are added up; line 1603 has it right.", Rules = [Window],
        },
        new("004.452", 1603, 1605, ClaimKind.Gradient, "∂z_i/∂b_j = 0 when j ≠ i, else 1", t =>
        {
            var n = Draw(t);
            var j = t.Label("j", n.Units);
            return Comparison.Equal(Basis(n.Units, j), n.AlongB(j, m => m.Z), "autograd");
        }) { Rules = [Window] },
        new("004.453", 1607, 1609, ClaimKind.Gradient, "∂s/∂b_i = v_i · f′(z_i) = δ_i", ByBias((n, i) => At(n.V, i) * Slope(At(n.Z, i)))) { Rules = [Window] },
        new("004.454", 1611, 1613, ClaimKind.Gradient, "∂s/∂b = δ, as result ③", ByB(n => n.Delta)) { Rules = [Window] },
        new("004.455", 1615, 1615, ClaimKind.Gradient, "d/dx_j s = d/dx_j vᵀa = d/dx_j Σ_i v_i a_i", ByInput((n, j) => n.AlongX(j, m => Sum(m.Units, i => At(m.V, i) * At(m.A, i))))) { Rules = [Window] },
        new("004.456", 1617, 1617, ClaimKind.Gradient, "d/dx_j s = Σ_i v_i · d/dx_j f(z_i)", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * n.AlongX(j, m => At(m.A, i))))) { Rules = [Window] },
        new("004.457", 1622, 1622, ClaimKind.Gradient, "d/dx_j s = Σ_i v_i · f′(z_i) d/dx_j (w_i x + b_i)", ByInput((n, j) => Sum(n.Units, i => At(n.Delta, i) * n.AlongX(j, m => At(m.W, i).mm(m.X) + At(m.B, i))))) { Rules = [Window] },
        new("004.458", 1624, 1624, ClaimKind.Gradient, "d/dx_j s = Σ_i v_i · f′(z_i) · w_ij", ByInput((n, j) => Sum(n.Units, i => At(n.V, i) * Slope(At(n.Z, i)) * At(n.W, i, j)))) { Rules = [Window] },
        new("004.459", 1626, 1626, ClaimKind.Gradient, "d/dx_j s = Σ_i δ_i w_ij", ByInput((n, j) => Sum(n.Units, i => At(n.Delta, i) * At(n.W, i, j)))) { Rules = [Window] },
        new("004.460", 1628, 1629, ClaimKind.Gradient, "d/dx_j s = δ_1w_1j + δ_2w_2j, for two units", ByInput((n, j) => Sum(2, i => At(n.Delta, i) * At(n.W, i, j)), 2)) { Rules = [Window] },
        ByWeightColumn("004.461", 1631, "d/dx_j s = δ w_·jᵀ", (n, j) => n.Delta.mm(Column(n.W, j).t()), (n, j) => n.Delta.t().mm(Column(n.W, j))),
        ByWeightColumn("004.462", 1631, "d/dx_j s = w_·j δᵀ", (n, j) => Column(n.W, j).mm(n.Delta.t()), (n, j) => Column(n.W, j).t().mm(n.Delta)),
        new("004.463", 1634, 1634, ClaimKind.Gradient, "d/dx s = [w_·1δᵀ  w_·2δᵀ  w_·3δᵀ]", ByRowX(n => torch.cat([.. Enumerable.Range(0, (int)n.Inputs).Select(j => Column(n.W, j).mm(n.Delta.t()))], 1)))
        {
            Condition = new("δ and each w_·j are written as rows, and so is d/dx s", ByRowX(n => torch.cat([.. Enumerable.Range(0, (int)n.Inputs).Select(j => Column(n.W, j).t().mm(n.Delta))], 1))),
            Correction = WDelta(), Cause = Culprit.Author, Harm = Harm.Loud, Why = "With w_·j and δ columns each part is an outer product; line 1640 has wᵀδ.", Rules = [Window],
        },
        new("004.464", 1636, 1636, ClaimKind.Gradient, "d/dx_j s = [δ_1 δ_2] [w_1j; w_2j]", ByInput((n, j) => n.Delta.t().mm(Column(n.W, j)), 2)) { Rules = [Window] },
        RowDeltaWT("004.465", 1638, 1638, "d/dx s = δ · wᵀ"),
        new("004.466", 1640, 1640, ClaimKind.Gradient, "d/dx s = wᵀδ, in a box as result ④", ByX(n => n.W.t().mm(n.Delta))) { Why = "It contradicts line 1638 and lines 1340, 1957 and 1982, which have δwᵀ.", Rules = [Window] },
    ];

    /// <summary>∂J/∂w under the max-margin loss, with the margin met or not: as wanted, or as it falls.</summary>
    private static Comparison MarginByW(Trial t, bool? met, bool gated = false)
    {
        var n = Draw(t);
        n = n with { V = 6 * n.V };
        var corrupt = n with { X = t.Real("x_c", n.Inputs, 1) };
        double Room() => 1 - n.S.item<double>() + corrupt.S.item<double>();
        // Swapping the windows turns the margin round: 1 − s + s_c becomes 1 − s_c + s, of which one at least is positive, and mostly one alone.
        if (Room() > 0 != (met is { } side ? !side : t.Random.Next(2) == 0)) (n, corrupt) = (corrupt, n);
        var stated = -n.Delta.mm(n.X.t()) + corrupt.Delta.mm(corrupt.X.t());
        return Comparison.Gradient(gated ? stated * (Room() > 0 ? 1 : 0) : stated, w => (1 - (n with { W = w }).S + (corrupt with { W = w }).S).clamp(0), n.W);
    }

    private static Func<Trial, Comparison> ByPair(Func<ScorerCase, long, long, Comparison> compare) => t =>
    {
        var n = Draw(t);
        return compare(n, t.Label("i", n.Units), t.Label("j", n.Inputs));
    };

    /// <summary>A derivative along w_ij, with another unit p, against what is stated.</summary>
    private static Func<Trial, Comparison> OfUnit(Func<ScorerCase, long, long, long, Tensor> derivative, Func<ScorerCase, long, Tensor> stated) => t =>
    {
        var n = Draw(t, t.Size("h", 2));
        var (i, j) = (t.Label("i", n.Units), t.Label("j", n.Inputs));
        return Comparison.Equal(stated(n, j), derivative(n, i, j, t.OtherLabel("p", n.Units, i)), "autograd");
    };
}
