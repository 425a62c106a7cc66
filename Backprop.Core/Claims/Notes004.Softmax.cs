using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 1 to 88: softmax does not see a shift; the sigmoid's derivative; cross-entropy after softmax, clean copy.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> SoftmaxClaims() =>
    [
        new("004.001", 3, 3, ClaimKind.Identity, "σ(x) = σ(x + c)", Shift)
        {
            Why = "σ is softmax here, as line 5 says; of the sigmoid, which the notes call σ too, it is not true.",
            Rules = ["softmax"],
        },
        new("004.002", 5, 5, ClaimKind.Identity, "σ(x_i) = e^{x_i} / Σ_j e^{x_j}", SoftmaxFormula) { Rules = ["softmax"] },
        new("004.003", 7, 9, ClaimKind.Identity, "σ(x_i + c) = e^{x_i + c} / Σ_j e^{x_j + c} = e^{x_i}·e^c / Σ_j e^{x_j}·e^c = e^c·e^{x_i} / (e^c Σ_j e^{x_j}) = e^{x_i} / Σ_j e^{x_j}", t =>
        {
            var (x, c) = (t.Real("x", t.Size("N", 2)), t.Scalar("c"));
            var (shifted, e) = (F.softmax(x + c, -1), Math.Exp(c));
            return Comparison.Each(
                Comparison.Equal(Textbook.Softmax(x + c), shifted),
                Comparison.Equal(x.exp() * e / (x.exp() * e).sum(), shifted),
                Comparison.Equal(e * x.exp() / (e * x.exp().sum()), shifted),
                Comparison.Equal(Textbook.Softmax(x), shifted));
        }) { Rules = ["softmax"] },
        new("004.004", 13, 13, ClaimKind.Identity, "σ(x) = 1 / (1 + e^{−x})", t => Logistic(t, Textbook.Sigmoid)) { Rules = ["sigmoid"] },
        new("004.005", 15, 15, ClaimKind.Gradient, "d/dx σ(x) = −1·(1 + e^{−x})^{−2}·[d/dx (1 + e^{−x})]",
            t => LogisticSlope(t, x => -(1 + (-x).exp()).pow(-2) * SlopeOf(one => 1 + (-one).exp(), x))) { Rules = ["sigmoid"] },
        new("004.006", 17, 17, ClaimKind.Gradient, "d/dx σ(x) = −(1 + e^{−x})^{−2}·[0 + (−e^{−x})] = e^{−x} / (1 + e^{−x})²",
            t => LogisticSlope(t, x => -(1 + (-x).exp()).pow(-2) * (0 + -(-x).exp()), x => (-x).exp() / (1 + (-x).exp()).pow(2))) { Rules = ["sigmoid"] },
        new("004.007", 19, 19, ClaimKind.Gradient, "d/dx σ(x) = [e^{−x} / (1 + e^{−x})]·[1 / (1 + e^{−x})], the factors being 1 − σ(x) and σ(x)", t =>
        {
            var x = t.Real("x", t.Size("N"));
            var (first, second) = ((-x).exp() / (1 + (-x).exp()), 1 / (1 + (-x).exp()));
            return Comparison.Each(Comparison.Equal(first, 1 - x.sigmoid()), Comparison.Equal(second, x.sigmoid()), Comparison.Gradient(first * second, torch.sigmoid, x));
        }) { Rules = ["sigmoid"] },
        new("004.008", 21, 21, ClaimKind.Gradient, "d/dx σ(x) = σ(x)·[1 − σ(x)]", t => LogisticSlope(t, x => x.sigmoid() * (1 - x.sigmoid()))) { Rules = ["sigmoid"] },

        new("004.009", 25, 27, ClaimKind.Identity, "CE(y, ŷ) = −Σ_i y_i log(ŷ_i), ŷ = softmax(θ)", t => Loss(t, e => -(e.Y * e.P.log()).sum())) { Rules = SoftmaxLoss },
        new("004.010", 33, 33, ClaimKind.Identity, "∂/∂θ CE(y, ŷ) = ∂/∂θ [e − Σ_i y_i log(ŷ_i)]",
            t => AllClasses(t, e => SlopeOf(theta => Math.E - (e.Y * F.softmax(theta, -1).log()).sum(), e.Theta)))
        {
            Why = "The e is noise, and harmless: it is a constant.",
            Rules = SoftmaxLoss,
        },
        new("004.011", 35, 35, ClaimKind.Identity, "CE(y, ŷ) = −Σ_i y_i log(softmax(θ_i) / sigmoid(θ_i))", OverSigmoid)
        {
            Correction = new("CE(y, ŷ) = −Σ_i y_i log(softmax(θ_i))", t => Loss(t, e => -(e.Y * e.P.log()).sum())),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "The author wrote sigmoid and put softmax in its place; line 43 goes on with softmax alone.",
            Rules = SoftmaxLoss,
        },
        new("004.012", 37, 39, ClaimKind.Identity, "y is one-hot: with y_k ≠ 0, −Σ_i y_i log(ŷ_i) = −y_k log(ŷ_k)", t => Loss(t, e => -(e.Y[e.K] * e.P[e.K].log()))) { Rules = SoftmaxLoss },
        new("004.013", 41, 41, ClaimKind.Identity, "CE(y, ŷ) = −y_k log(softmax(θ_k) / sigmoid(θ_k))", t => Loss(t, e => -(e.Y[e.K] * (e.P / e.Theta.sigmoid()).log()[e.K])))
        {
            Correction = new("CE(y, ŷ) = −y_k log(softmax(θ_k))", t => Loss(t, e => -(e.Y[e.K] * e.P.log()[e.K]))),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "As on line 35: a word that was replaced came out as the denominator; line 43 has softmax alone.",
            Rules = SoftmaxLoss,
        },
        new("004.014", 43, 47, ClaimKind.Identity, "CE(y, ŷ) = −y_k log(e^{θ_k} / Σ_{j=1}^d e^{θ_j}) = −y_k (log e^{θ_k} − log Σ_{j=1}^d e^{θ_j}) = −y_k (θ_k − log Σ_{j=1}^d e^{θ_j})", t => Loss(t,
            e => -(e.Y[e.K] * (e.Theta[e.K].exp() / e.Theta.exp().sum()).log()),
            e => -(e.Y[e.K] * (e.Theta[e.K].exp().log() - e.Theta.exp().sum().log())),
            e => -(e.Y[e.K] * (e.Theta[e.K] - e.Theta.exp().sum().log()))))
        {
            Rules = ["log-softmax", .. SoftmaxLoss],
        },
        new("004.015", 49, 57, ClaimKind.Gradient, "i = k: ∂CE/∂θ_i = −y_k (1 − (1 / Σ_{j=1}^d e^{θ_j}) e^{θ_k}) = −y_k (1 − softmax(θ_k)) = (ŷ_k − 1)·y_k", t => TrueClass(t,
            e => -(e.Y[e.K] * (1 - 1 / e.Theta.exp().sum() * e.Theta[e.K].exp())),
            e => -(e.Y[e.K] * (1 - e.P[e.K])),
            e => (e.P[e.K] - 1) * e.Y[e.K])) { Rules = SoftmaxLoss },
        new("004.016", 59, 61, ClaimKind.Gradient, "y_k = 1: ∂CE/∂θ_k = ŷ_k − 1", t => TrueClass(t, e => e.P[e.K] - 1)) { Rules = SoftmaxLoss },
        new("004.017", 63, 71, ClaimKind.Gradient, "g ≠ k: ∂CE/∂θ_g = −y_k (0 − (1 / Σ_{j=1}^d e^{θ_j}) e^{θ_g}) = −y_k (−softmax(θ_g)) = y_k softmax(θ_g) = y_k ŷ_g = ŷ_g", t => OtherClass(t,
            e => -(e.Y[e.K] * (0 - 1 / e.Theta.exp().sum() * e.Theta[e.G].exp())),
            e => -(e.Y[e.K] * -e.P[e.G]),
            e => e.Y[e.K] * e.P[e.G],
            e => e.P[e.G])) { Rules = SoftmaxLoss },
        new("004.018", 73, 77, ClaimKind.Gradient, "∂CE/∂θ_k = ŷ_k − 1, ∂CE/∂θ_g = ŷ_g − 0", t => Comparison.Each(TrueClass(t, e => e.P[e.K] - 1), OtherClass(t, e => e.P[e.G] - 0))) { Rules = SoftmaxLoss },
        new("004.019", 79, 79, ClaimKind.GoldenNumber, "y_k = 1 and y_g = 0 in one-hot encoding",
            t => Given(Example.Of(t), e => Comparison.Each(Comparison.Equal(1, e.Y[e.K].item<double>()), Comparison.Equal(0, e.Y[e.G].item<double>())))) { Rules = SoftmaxLoss },
        new("004.020", 82, 84, ClaimKind.Gradient, "∂CE/∂θ_k = ŷ_k − y_k, ∂CE/∂θ_g = ŷ_g − y_g", t => Comparison.Each(TrueClass(t, e => e.P[e.K] - e.Y[e.K]), OtherClass(t, e => e.P[e.G] - e.Y[e.G]))) { Rules = SoftmaxLoss },
        new("004.021", 86, 88, ClaimKind.Gradient, "∂CE(y, ŷ)/∂θ = ŷ − y", t => AllClasses(t, e => e.P - e.Y)) { Rules = SoftmaxLoss },
    ];

    /// <summary>The quotient that the reading of a correction left behind.</summary>
    private static Comparison OverSigmoid(Trial t) => Loss(t, e => -(e.Y * (e.P / e.Theta.sigmoid()).log()).sum());
}
