using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 859 to 949: the gradient down to the input of one hidden layer, second try; counts again.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> ChainRuleClaims() =>
    [
        new("004.204", 861, 861, ClaimKind.Identity, "J(θ) = CE(y, ŷ) = −Σ_{i=1}^N y_i log(ŷ_i)", t => Loss(t, e => -(e.Y * e.P.log()).sum())) { Rules = NetworkRule },
        new("004.205", 865, 865, ClaimKind.Gradient, "[f(g(x))]′ = d/dz f(z) · d/dx g(x), z = g(x)", ChainRule),
        new("004.206", 867, 867, ClaimKind.Shape, "h = sigmoid(x w₁ + b₁) is 1×D_h, ŷ = softmax(h w₂ + b₂) is 1×D_y", NetShapes) { Rules = NetworkRule },
        new("004.207", 869, 873, ClaimKind.Gradient, "J(θ) → θ → h → x: ∂J(θ)/∂θ = ∂J(θ)/∂θ · dŷ/dh · dh/dx",
            t => InNet(t, n => Comparison.Equal(SlopeOf(n.Cost, n.Theta).Times(Textbook.Jacobian(h => F.softmax(n.Scores(h), -1), n.Hidden)).Times(n.HiddenByZ).Times(n.ZByX), SlopeOf(n.Cost, n.Theta), "∂J/∂θ")))
        {
            Correction = new("∂J/∂x = ∂J/∂θ · dθ/dh · dh/dx", t => InputGradient(t, n => SlopeOf(n.Cost, n.Theta).Times(n.ThetaByHidden).Times(n.HiddenByZ).Times(n.ZByX))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "On the left x is meant; and with dŷ/dh softmax would be counted twice, for ∂J/∂θ has it already. Line 901 is right.",
            Rules = NetworkRule,
        },
        new("004.208", 875, 899, ClaimKind.Identity, "J = −Σ_{i=1}^N y_i log(ŷ_i) = −Σ_{i=1}^N y_i log(softmax(θ_i)) = −Σ_{i=1}^N y_i log(softmax(h w₂ + b₂))", NetLoss) { Rules = NetworkRule },
        new("004.209", 901, 901, ClaimKind.Gradient, "∂J/∂x = ∂J(θ)/∂θ · ∂θ(h)/∂h · ∂h(x)/∂x", t => InputGradient(t, n => SlopeOf(n.Cost, n.Theta).Times(n.ThetaByHidden).Times(HiddenByX(n)))) { Rules = NetworkRule },
        new("004.210", 903, 903, ClaimKind.Gradient, "∂J/∂x = (ŷ − y)·w₂·d/dx σ(x w₁ + b₁)", t => InputGradient(t, n => (n.P - n.Y).Times(n.W2).Times(HiddenByX(n))))
        {
            Correction = new("∂J/∂x = (ŷ − y)·w₂ᵀ·d/dx σ(x w₁ + b₁)", t => InputGradient(t, n => (n.P - n.Y).Times(n.W2.t()).Times(HiddenByX(n)))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "w₂ is D_h×D_y; ŷ − y is 1×D_y.",
            Rules = NetworkRule,
        },
        new("004.211", 905, 905, ClaimKind.Gradient, "∂J/∂x = (ŷ − y)·w₂·d/dx [1 + e^{−(x w₁ + b₁)}]^{−1}", t => InputGradient(t, n => (n.P - n.Y).Times(n.W2).Times(Textbook.Jacobian(x => (1 + (-n.Pre(x)).exp()).pow(-1), n.X))))
        {
            Correction = new("∂J/∂x = (ŷ − y)·w₂ᵀ·d/dx [1 + e^{−(x w₁ + b₁)}]^{−1}", t => InputGradient(t, n => (n.P - n.Y).Times(n.W2.t()).Times(Textbook.Jacobian(x => (1 + (-n.Pre(x)).exp()).pow(-1), n.X)))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "As on line 903: w₂ is D_h×D_y.",
            Rules = NetworkRule,
        },
        new("004.212", 907, 907, ClaimKind.Gradient, "∂J/∂x = (ŷ − y)·w₂·(−1)·(1 + e^{−(x w₁ + b₁)})^{−2}·d/dx e^{−(x w₁ + b₁)}",
            t => InputGradient(t, n => ((n.P - n.Y).Times(n.W2) * -1 * (1 + (-n.Z).exp()).pow(-2)).Times(Textbook.Jacobian(x => (-n.Pre(x)).exp(), n.X))))
        {
            Correction = new("∂J/∂x = ((ŷ − y)·w₂ᵀ ∘ (−1)·(1 + e^{−(x w₁ + b₁)})^{−2})·d/dx e^{−(x w₁ + b₁)}",
                t => InputGradient(t, n => ((n.P - n.Y).Times(n.W2.t()) * -1 * (1 + (-n.Z).exp()).pow(-2)).Times(Textbook.Jacobian(x => (-n.Pre(x)).exp(), n.X)))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "As on line 903; the outer derivative is right, and goes entry by entry.",
            Rules = NetworkRule,
        },
        new("004.213", 909, 909, ClaimKind.Gradient, "d/dz σ(z) = −(1 / (1 + e^{−z²}))·(−1)·e^{−z}, z = x w₁ + b₁", t => LogisticSlope(t, z => -(1 / (1 + (-z.pow(2)).exp())) * -1 * (-z).exp()))
        {
            Correction = new("d/dz σ(z) = −(1 / (1 + e^{−z})²)·(−1)·e^{−z}", t => LogisticSlope(t, z => -(1 / (1 + (-z).exp()).pow(2)) * -1 * (-z).exp())),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "The square slid into the exponent; the power of line 907 is outside. The inner derivative w₁ᵀ is not written yet.",
            Rules = SigmoidRule,
        },
        new("004.214", 911, 915, ClaimKind.Shape, "w₁ has a row for each neuron and a column for each entry of x: D_h×D_x, in z = x w₁ + b₁", t => Hidden(t, (x, w, b) => x.Times(w) + b))
        {
            Condition = new("z = x w₁ᵀ + b₁, as on line 931", t => Hidden(t, (x, w, b) => x.Times(w.t()) + b)),
            Correction = new("w₁ is D_x×D_h, as line 917 has it", t => InNet(t, n => Comparison.Each(Comparison.Shape(n.W1, n.X.shape[1], n.Z.shape[1]), Comparison.Shape(n.X.Times(n.W1) + n.B1, 1, n.Z.shape[1])))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "Two conventions are mixed: rows times w₁, and w₁ with a row for each neuron.",
            Rules = NetworkRule,
        },
        new("004.215", 917, 921, ClaimKind.Shape, "w₁ is x×n in z = x w₁ + b₁", t => InNet(t, n => Comparison.Shape(n.X.Times(n.W1) + n.B1, 1, n.W1.shape[1]))) { Rules = NetworkRule },
        new("004.216", 923, 923, ClaimKind.Gradient, "∂E/∂x = ∂E(θ)/∂θ · ∂θ(h)/∂h · ∂h(z)/∂z · ∂z(x)/∂x",
            t => InputGradient(t, n => SlopeOf(n.Cost, n.Theta).Times(n.ThetaByHidden).Times(n.HiddenByZ).Times(n.ZByX)))
        {
            Why = "h was read as b.",
            Rules = NetworkRule,
        },
        new("004.217", 925, 925, ClaimKind.Gradient, "∂E/∂x = [ŷ − y]·w₂ σ(x w₁ + b₁) ⊙ (1 − σ(x w₁ + b₁))", t => InputGradient(t, n => (n.P - n.Y).Times(n.W2) * n.Hidden * (1 - n.Hidden)))
        {
            Correction = new("∂E/∂x = ([ŷ − y]·w₂ᵀ ⊙ σ(x w₁ + b₁) ⊙ (1 − σ(x w₁ + b₁)))·w₁ᵀ", t => InputGradient(t, n => ((n.P - n.Y).Times(n.W2.t()) * n.Hidden * (1 - n.Hidden)).Times(n.W1.t()))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "Here 1 − σ is right at last; but w₂ has no transpose, and the last factor, w₁ᵀ, is missing: this is about ∂E/∂z.",
            Rules = NetworkRule,
        },
        new("004.218", 927, 927, ClaimKind.Shape, "1×C ⊙ 1×h is 1×h", t => Comparison.Shape(t.Real("ŷ − y", 1, t.Size("C", 2)) * t.Real("σ′", 1, t.Size("h", 2)), 1, t.Size("h")))
        {
            Correction = new("1×C · C×h ⊙ 1×h is 1×h", t => Comparison.Shape(t.Real("ŷ − y", 1, t.Size("C", 2)).Times(t.Real("w₂ᵀ", t.Size("C"), t.Size("h", 2))) * t.Real("σ′", 1, t.Size("h")), 1, t.Size("h"))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "w₂ is left out: with as many classes as hidden units nobody notices.",
            Rules = NetworkRule,
        },
        new("004.219", 931, 939, ClaimKind.Shape, "x w₁ᵀ, w₁ being D_h×D_x: 1×D_x · D_x×D_h is 1×D_h", t => Hidden(t, (x, w, b) => x.Times(w.t()) + b)) { Rules = NetworkRule },
        new("004.220", 941, 941, ClaimKind.Gradient, "d/dz σ(z) = r(z)·1 − σ(z)", t => LogisticSlope(t, z => z.sigmoid() * 1 - z.sigmoid()))
        {
            Correction = new("d/dz σ(z) = r(z)·(1 − σ(z))", t => LogisticSlope(t, z => z.sigmoid() * (1 - z.sigmoid()))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The parentheses are missing; r is σ, so as written the derivative is 0 everywhere.",
            Rules = SigmoidRule,
        },
        ParameterCount("004.221", 943, 943, "No. of params = (H·D_x + 1) + (D_y·H + 1)", (dx, h, dy) => (h * dx + 1) + (dy * h + 1)) with
        {
            Correction = new("(D_x + 1)·H + (H + 1)·D_y", t => InNet(t, n => Comparison.Equal((n.X.shape[1] + 1) * n.Z.shape[1] + (n.Z.shape[1] + 1) * n.P.shape[1], n.W1.numel() + n.B1.numel() + n.W2.numel() + n.B2.numel()))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "One bias for each unit, not for each layer; line 136 has it right.",
            Rules = NetworkRule,
        },
        new("004.222", 945, 945, ClaimKind.Identity, "r(x) = 1 / (1 + exp(−x))", t => Logistic(t, Textbook.Sigmoid)) { Rules = SigmoidRule },
        new("004.223", 947, 947, ClaimKind.Identity, "r^{−1}(x) = r(x)·(1 − r(x))", t => Given(t.Uniform("x", 0.05, 0.95, t.Size("N")), x => Comparison.Equal((x.sigmoid() * (1 - x.sigmoid())).sigmoid(), x, "r(r^{−1}(x)) should be x")))
        {
            Correction = new("r′(x) = r(x)·(1 − r(x))", t => LogisticSlope(t, x => x.sigmoid() * (1 - x.sigmoid()))),
            Cause = Culprit.Ocr,
            Harm = Harm.Reader,
            Why = "A prime read as −1.",
            Rules = SigmoidRule,
        },
        new("004.224", 949, 949, ClaimKind.Identity, "f = 1 / (1 + exp(−x)), x ∈ R^{20×1}", t => Given(t.Real("x", 20, 1), x => Comparison.Equal(Textbook.Sigmoid(x), x.sigmoid()))) { Rules = SigmoidRule },
    ];

    private static Tensor HiddenByX(Net n) => Textbook.Jacobian(x => n.Pre(x).sigmoid(), n.X);

    private static Comparison NetLoss(Trial t) => InNet(t, n => Comparison.Equal(-(n.Y * F.softmax(n.Hidden.Times(n.W2) + n.B2, -1).log()).sum(), F.cross_entropy(n.Theta, n.Y.argmax(1)), "libtorch's cross-entropy"));

    /// <summary>The hidden layer's input should come out as 1×D_h, with w₁ D_h×D_x.</summary>
    private static Comparison Hidden(Trial t, Func<Tensor, Tensor, Tensor, Tensor> stated)
    {
        var (dx, dh) = (t.Size("D_x", 2), t.Size("D_h", 2));
        return Comparison.Shape(stated(t.Real("x", 1, dx), t.Real("w₁", dh, dx), t.Real("b₁", 1, dh)), 1, dh);
    }
}
