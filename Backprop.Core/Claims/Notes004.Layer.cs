namespace Backprop.Claims;

/// <summary>Lines 737 to 806: neuron, layer, score.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<string> LayerRule => ["layer"];

    private static IReadOnlyList<string> ScorerRule => ["window-scorer"];

    private static IReadOnlyList<Claim> LayerClaims() =>
    [
        new("004.176", 742, 744, ClaimKind.Shape, "h_{w,b}(x) = f(wᵀx + b), f(z) = 1 / (1 + e^{−z}): one number", t => Given(t.Size("c"), c => Comparison.Shape(Textbook.Sigmoid(t.Real("w", c, 1).t().Times(t.Real("x", c, 1)) + t.Scalar("b")), 1, 1)))
        {
            Why = "w is the column of weights of one neuron here; from line 746 on W has a row for each neuron, and it is Wx.",
            Rules = LayerRule,
        },
        new("004.177", 746, 749, ClaimKind.Shape, "W ∈ R^{a×c} takes c dimensions to a activations", t => InLayer(t, (w, x, b) => Comparison.Shape((w.Times(x) + b).sigmoid(), t.Size("a"), 1))) { Rules = LayerRule },
        new("004.178", 753, 757, ClaimKind.Identity, "a₁ = f(w₁₁x₁ + w₁₂x₂ + w₁₃x₃ + b₁), a₂ = f(w₂₁x₁ + w₂₂x₂ + w₂₃x₃ + b₂), etc.", t =>
        {
            var (w, x, b) = (t.Real("w", 3, 3), t.Real("x", 3, 1), t.Real("b", 3, 1));
            var stated = Enumerable.Range(0, 3).Select(i => (w[i, 0] * x[0] + w[i, 1] * x[1] + w[i, 2] * x[2] + b[i]).sigmoid());
            return Comparison.Equal(torch.stack(stated.ToList()), (w.Times(x) + b).sigmoid());
        }) { Rules = LayerRule },
        new("004.179", 759, 763, ClaimKind.Shape, "Z = WX + B: 3×3 · 3×1 + 3×1 = 3×1", t =>
        {
            var (w, x, b) = (t.Real("W", 3, 3), t.Real("X", 3, 1), t.Real("B", 3, 1));
            return Comparison.Each(Comparison.Shape(w.Times(x) + b, 3, 1), Comparison.Equal(w.Times(x) + b, torch.nn.functional.linear(x.t(), w, b.squeeze(1)).t(), "libtorch's linear"));
        }) { Rules = LayerRule },
        new("004.180", 765, 765, ClaimKind.Identity, "Z = Wz + b", t => InLayer(t, (w, x, b) => Comparison.Equal(w.Times(w.Times(x) + b) + b, w.Times(x) + b)))
        {
            Correction = new("Z = Wx + b", t => InLayer(t, (w, x, b) => Comparison.Equal(w.Times(x) + b, torch.addmm(b, w, x, 1, 1)))),
            Cause = Culprit.Ocr,
            Harm = Harm.SilentAtEqualSizes,
            Why = "z for x; line 763 has X.",
            Rules = LayerRule,
        },
        new("004.181", 768, 768, ClaimKind.Shape, "Z = [z₁ z₂ z₃], a row", t => Comparison.Shape(t.Real("W", 3, 3).Times(t.Real("X", 3, 1)) + t.Real("B", 3, 1), 1, 3))
        {
            Correction = new("Z = [z₁ z₂ z₃]ᵀ", t => Comparison.Shape((t.Real("W", 3, 3).Times(t.Real("X", 3, 1)) + t.Real("B", 3, 1)).t(), 1, 3)),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "Line 761 says that Z is 3×1.",
            Rules = LayerRule,
        },
        new("004.182", 770, 772, ClaimKind.Identity, "a = f(z) = f([z₁ z₂ z₃]) = [f(z₁), f(z₂), f(z₃)]", t => Given(t.Real("z", 3), z => Comparison.Equal(torch.stack([z[0].sigmoid(), z[1].sigmoid(), z[2].sigmoid()]), z.sigmoid()))) { Rules = LayerRule },
        new("004.183", 780, 791, ClaimKind.Shape, "s = vᵀa, a = f(z), z = Wx + b, s = vᵀf(Wx + b), x ∈ R^{20×1}, w ∈ R^{8×20}, v ∈ R^{8×1}: one number", t => Comparison.Each(
            InWindow(t, s => Comparison.Equal(s.V.t().Times(s.A), s.Score)),
            Comparison.Shape(t.Real("v, 8×1", 8, 1).t().Times((t.Real("w, 8×20", 8, 20).Times(t.Real("x, 20×1", 20, 1)) + t.Real("b, 8×1", 8, 1)).sigmoid()), 1, 1))) { Rules = ScorerRule },
        new("004.184", 793, 793, ClaimKind.Shape, "d(scalar)/d(vector) = vector", t => InWindow(t, s => Comparison.Shape(SlopeOf(x => (s with { X = x }).Score, s.X), s.X.shape))) { Rules = ScorerRule },
        new("004.185", 806, 806, ClaimKind.Shape, "h = sigmoid(x w₁ + b₁) is 1×D_h, ŷ = softmax(h w₂ + b₂) is 1×D_y", NetShapes) { Rules = NetworkRule },
    ];

    private static Comparison NetShapes(Trial t) => InNet(t, n => Comparison.Each(Comparison.Shape(n.Hidden, 1, n.W1.shape[1]), Comparison.Shape(n.P, 1, n.Y.shape[1])));

    private static Comparison InLayer(Trial t, Func<Tensor, Tensor, Tensor, Comparison> test)
    {
        var (a, c) = (t.Size("a"), t.Size("c"));
        return test(t.Real("w", a, c), t.Real("x", c, 1), t.Real("b", a, 1));
    }
}
