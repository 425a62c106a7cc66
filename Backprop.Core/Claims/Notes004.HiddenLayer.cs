using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 90 to 136: one hidden layer, rows; the gradient down to the input; the number of parameters.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<string> NetworkRule => ["neural-network"];

    /// <summary>x: 1×D_x, w₁: D_x×D_h, w₂: D_h×D_y; h = sigmoid(xw₁ + b₁), ŷ = softmax(hw₂ + b₂), J = CE(y, ŷ).</summary>
    private sealed record Net(Tensor X, Tensor W1, Tensor B1, Tensor W2, Tensor B2, Tensor Y)
    {
        internal static Net Of(Trial t)
        {
            var (dx, dh, dy) = (t.Size("D_x"), t.Size("D_h", 2), t.Size("D_y", 2));
            return new(t.Real("x", 1, dx), t.Real("w₁", dx, dh), t.Real("b₁", 1, dh), t.Real("w₂", dh, dy), t.Real("b₂", 1, dy), t.OneHot("y", 1, dy));
        }

        internal Tensor Z => Pre(X);
        internal Tensor Hidden => Z.sigmoid();
        internal Tensor Theta => Scores(Hidden);
        internal Tensor P => F.softmax(Theta, -1);
        internal Tensor ThetaByHidden => Textbook.Jacobian(Scores, Hidden);
        internal Tensor HiddenByZ => Textbook.Jacobian(torch.sigmoid, Z);
        internal Tensor ZByX => Textbook.Jacobian(Pre, X);

        internal Tensor Pre(Tensor x) => x.Times(W1) + B1;
        internal Tensor Scores(Tensor hidden) => hidden.Times(W2) + B2;
        internal Tensor Cost(Tensor theta) => -(Y * F.log_softmax(theta, -1)).sum();
        internal Tensor Loss(Tensor x) => Cost(Scores(Pre(x).sigmoid()));
    }

    /// <summary>∂J/∂x.</summary>
    private static Comparison InputGradient(Trial t, Func<Net, Tensor> stated) => Given(Net.Of(t), n => Comparison.Gradient(stated(n), n.Loss, n.X));

    /// <summary>Two sides about one network.</summary>
    private static Comparison InNet(Trial t, Func<Net, Comparison> test) => test(Net.Of(t));

    private static Claim ParameterCount(string id, int from, int to, string statement, Func<long, long, long, long> stated) => new(id, from, to, ClaimKind.Count, statement, t => InNet(t, n =>
        Comparison.Equal(stated(n.X.shape[1], n.Z.shape[1], n.P.shape[1]), n.W1.numel() + n.B1.numel() + n.W2.numel() + n.B2.numel(), "entries of w₁, b₁, w₂, b₂")));

    private static IReadOnlyList<Claim> NetworkClaims() =>
    [
        new("004.022", 90, 94, ClaimKind.Identity, "J = CE = −Σ_{i=1}^N y_i log(ŷ_i), ŷ_i = softmax(h_i w₂ + b₂), h = sigmoid(x w₁ + b₁)", t =>
        {
            var (n, dx, dh, dy) = (t.Size("N"), t.Size("D_x"), t.Size("D_h"), t.Size("D_y", 2));
            var (x, w1, b1, w2, b2) = (t.Real("x", n, dx), t.Real("w₁", dx, dh), t.Real("b₁", dh), t.Real("w₂", dh, dy), t.Real("b₂", dy));
            var labels = t.Labels("labels", n, dy);
            var h = (x.Times(w1) + b1).sigmoid();
            var stated = torch.zeros(1, dtype: torch.float64)[0];
            for (long i = 0; i < n; i++) stated -= OneHot(labels[i].item<long>(), dy).dot(F.softmax(h[i].Times(w2) + b2, -1).log());
            return Comparison.Equal(stated, F.cross_entropy(h.Times(w2) + b2, labels, reduction: torch.nn.Reduction.Sum), "libtorch's cross-entropy");
        }) { Why = "i is the example, a row of h; y_i log ŷ_i is then an inner product.", Rules = NetworkRule },
        new("004.023", 98, 98, ClaimKind.Identity, "J = −Σ_{i=1}^N y_i log(softmax(θ_i) / sigmoid(θ_i))", OverSigmoid)
        {
            Correction = new("J = −Σ_i y_i log(softmax(θ_i))", t => Loss(t, e => -(e.Y * e.P.log()).sum())),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "As on lines 35 and 41; line 92 says softmax, and line 116 goes on with ŷ − y, which is softmax's.",
            Rules = NetworkRule,
        },
        new("004.024", 102, 112, ClaimKind.Shape, "z = x w₁ + b₁ and h = sigmoid(z) are 1×D_h, θ = h w₂ + b₂ is 1×D_y", t => InNet(t, n => Comparison.Each(
            Comparison.Shape(n.Z, 1, n.W1.shape[1]), Comparison.Shape(n.Hidden, 1, n.W1.shape[1]), Comparison.Shape(n.Theta, 1, n.Y.shape[1])))) { Rules = NetworkRule },
        new("004.025", 114, 114, ClaimKind.Gradient, "dJ/dx = dJ(θ)/dθ · dθ(h)/dh · dh(z)/dz · dz(x)/dx",
            t => InputGradient(t, n => SlopeOf(n.Cost, n.Theta).Times(n.ThetaByHidden).Times(n.HiddenByZ).Times(n.ZByX)))
        {
            Why = "In this order each factor has a row for each output and a column for each input; what the notes then put in for the factors does not.",
            Rules = NetworkRule,
        },
        new("004.026", 116, 116, ClaimKind.Gradient, "dJ(θ)/dθ = ŷ − y", t => InNet(t, n => Comparison.Gradient(n.P - n.Y, n.Cost, n.Theta))) { Rules = NetworkRule },
        new("004.027", 118, 118, ClaimKind.Gradient, "dθ(h)/dh = w₂", t => InNet(t, n => Comparison.Equal(n.W2, n.ThetaByHidden, "a row for each θ, a column for each h, as line 114 multiplies")))
        {
            Correction = new("dθ(h)/dh = w₂ᵀ", t => InNet(t, n => Comparison.Equal(n.W2.t(), n.ThetaByHidden))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "With θ = h w₂ the product on line 114 needs D_y×D_h, which line 129 writes and which w₂ is not.",
            Rules = NetworkRule,
        },
        new("004.028", 120, 120, ClaimKind.Gradient, "dh(z)/dz = σ(z) ∘ σ(1 − z)", t => InNet(t, n => Comparison.Gradient(n.Z.sigmoid() * (1 - n.Z).sigmoid(), torch.sigmoid, n.Z)))
        {
            Correction = new("dh(z)/dz = σ(z) ∘ (1 − σ(z))", t => InNet(t, n => Comparison.Gradient(n.Z.sigmoid() * (1 - n.Z.sigmoid()), torch.sigmoid, n.Z))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Line 126 has it again, so it was not misread; line 21 has it right, and line 925 repairs it.",
            Rules = ["sigmoid", .. NetworkRule],
        },
        new("004.029", 124, 124, ClaimKind.Gradient, "dz(x)/dx = w₁", t => InNet(t, n => Comparison.Equal(n.W1, n.ZByX, "a row for each z, a column for each x, as line 114 multiplies")))
        {
            Correction = new("dz(x)/dx = w₁ᵀ", t => InNet(t, n => Comparison.Equal(n.W1.t(), n.ZByX))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "With z = x w₁ the product on line 114 needs D_h×D_x, which line 129 writes and which w₁ is not.",
            Rules = NetworkRule,
        },
        new("004.030", 126, 126, ClaimKind.Gradient, "dJ/dx = (ŷ − y) * w₂ ∘ (σ(z) ∘ σ(1 − z)) * w₁", t => InputGradient(t, n => ((n.P - n.Y).Times(n.W2) * (n.Z.sigmoid() * (1 - n.Z).sigmoid())).Times(n.W1)))
        {
            Correction = new("dJ/dx = ((ŷ − y) w₂ᵀ ∘ σ(z) ∘ (1 − σ(z))) w₁ᵀ", t => InputGradient(t, n => ((n.P - n.Y).Times(n.W2.t()) * n.Z.sigmoid() * (1 - n.Z.sigmoid())).Times(n.W1.t()))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "Two transposes are missing and 1 − σ(z) is written σ(1 − z); with layers of equal width it passes every shape check.",
            Rules = NetworkRule,
        },
        new("004.031", 129, 129, ClaimKind.Shape, "w₂ in (ŷ − y) * w₂ is D_y×D_h", t => InNet(t, n => Comparison.Shape(n.W2, n.Y.shape[1], n.Hidden.shape[1])))
        {
            Correction = new("w₂ᵀ is D_y×D_h", t => InNet(t, n => Comparison.Shape(n.W2.t(), n.Y.shape[1], n.Hidden.shape[1]))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "θ = h w₂ + b₂ of line 102 makes w₂ D_h×D_y.",
            Rules = NetworkRule,
        },
        new("004.032", 129, 129, ClaimKind.Shape, "w₁ in … * w₁ is D_h×D_x", t => InNet(t, n => Comparison.Shape(n.W1, n.Hidden.shape[1], n.X.shape[1])))
        {
            Correction = new("w₁ᵀ is D_h×D_x", t => InNet(t, n => Comparison.Shape(n.W1.t(), n.Hidden.shape[1], n.X.shape[1]))),
            Cause = Culprit.Author,
            Harm = Harm.SilentAtEqualSizes,
            Why = "z = x w₁ + b₁ of line 106 makes w₁ D_x×D_h.",
            Rules = NetworkRule,
        },
        new("004.033", 129, 132, ClaimKind.Shape, "1×D_y · D_y×D_h ∘ 1×D_h · D_h×D_x = 1×D_h ∘ 1×D_h · D_h×D_x = 1×D_h · D_h×D_x is 1×D_x", t =>
        {
            var (dy, dh, dx) = (t.Size("D_y"), t.Size("D_h"), t.Size("D_x"));
            var back = t.Real("a", 1, dy).Times(t.Real("b", dy, dh));
            return Comparison.Each(Comparison.Shape(back, 1, dh), Comparison.Shape((back * t.Real("c", 1, dh)).Times(t.Real("d", dh, dx)), 1, dx));
        }) { Rules = NetworkRule },
        ParameterCount("004.034", 134, 136, "No. of params = ((1 + D_x)·H) + ((H + 1)·D_y)", (dx, h, dy) => (1 + dx) * h + (h + 1) * dy) with { Rules = NetworkRule },
    ];
}
