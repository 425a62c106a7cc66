namespace Backprop.Claims;

/// <summary>Lines 385 to 425: the sigmoid's derivative, attempt after attempt.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<string> SigmoidRule => ["sigmoid"];

    private static IReadOnlyList<Claim> SlopeClaims() =>
    [
        new("004.081", 385, 385, ClaimKind.Identity, "σ(x) = [1 / (1 + e^{−x})]·[1 / e^x]·…", t => Logistic(t, x => Textbook.Sigmoid(x) * (1 / x.exp())))
        {
            Correction = new("σ(x) = 1 / (1 + e^{−x})", t => Logistic(t, Textbook.Sigmoid)),
            Cause = Culprit.Ocr,
            Harm = Harm.Reader,
            Why = "Several scraps run together; the rest of the line is not readable.",
            Rules = SigmoidRule,
        },
        new("004.082", 387, 391, ClaimKind.Gradient, "∂/∂x σ(x) = ∂/∂x (1 + e^{−x})^{−1} = −1·(1 + e^{−x})^{−2}·[0 + e^{−x}·(−1)]",
            t => LogisticSlope(t, x => SlopeOf(one => (1 + (-one).exp()).pow(-1), x), x => -(1 + (-x).exp()).pow(-2) * (0 + (-x).exp() * -1))) { Rules = SigmoidRule },
        new("004.083", 389, 389, ClaimKind.Gradient, "∂/∂x e^{x / g(x)}·g′(x) = −x", null) { Why = "Not readable: e^{−x} with a brace, g(x) = −x, under it; see lines 407–425.", Rules = SigmoidRule },
        new("004.084", 393, 393, ClaimKind.Gradient, "∂σ(x)/∂x = (−1 − e^{−x}) / (1 + e^{−x})²", t => LogisticSlope(t, x => (-1 - (-x).exp()) / (1 + (-x).exp()).pow(2)))
        {
            Correction = new("∂σ(x)/∂x = e^{−x} / (1 + e^{−x})²", t => LogisticSlope(t, x => (-x).exp() / (1 + (-x).exp()).pow(2))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "A product, −1·(−e^{−x}), was taken for a sum; line 395 has the right result.",
            Rules = SigmoidRule,
        },
        new("004.085", 393, 393, ClaimKind.Identity, "(−1 − e^{−x}) / (1 + e^{−x})² = −1·(1 + e^{−x}) / (1 + e^{−x})² = −1 / (1 + e^{−x}) = −σ(x)", t =>
        {
            var x = t.Real("x", t.Size("N"));
            var start = (-1 - (-x).exp()) / (1 + (-x).exp()).pow(2);
            return Comparison.Each(
                Comparison.Equal(-1 * (1 + (-x).exp()) / (1 + (-x).exp()).pow(2), start),
                Comparison.Equal(-1 / (1 + (-x).exp()), start),
                Comparison.Equal(-x.sigmoid(), start));
        })
        {
            Why = "The steps are right; where they start from is not the derivative.",
            Rules = SigmoidRule,
        },
        new("004.086", 393, 393, ClaimKind.Gradient, "∂σ(x)/∂x = −σ(x)", t => LogisticSlope(t, x => -x.sigmoid()))
        {
            Correction = new("∂σ(x)/∂x = σ(x)·(1 − σ(x))", t => LogisticSlope(t, x => x.sigmoid() * (1 - x.sigmoid()))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Follows from the slip at the start of the line; line 395 has the right result.",
            Rules = SigmoidRule,
        },
        new("004.087", 393, 393, ClaimKind.Identity, "y = e^{−x}: ln y = −x", t => Given(t.Real("x", t.Size("N")), x => Comparison.Equal((-x).exp().log(), -x))),
        new("004.088", 395, 395, ClaimKind.Gradient, "∂/∂x r(x) = r(x)·(1 − σ(x))", t => LogisticSlope(t, x => x.sigmoid() * (1 - x.sigmoid()))) { Why = "r is σ.", Rules = SigmoidRule },
        new("004.089", 397, 401, ClaimKind.Gradient, "∂/∂x r(x) = ∂/∂x (1 + e^{−x})^{−1} = −1·(1 + e^{−x})^{−2}·∂/∂x (1 + e^{−x}) = −1·(1 + e^{−x})^{−2}·[0 + ∂/∂x e^{−x}]", t => LogisticSlope(t,
            x => SlopeOf(one => (1 + (-one).exp()).pow(-1), x),
            x => -(1 + (-x).exp()).pow(-2) * SlopeOf(one => 1 + (-one).exp(), x),
            x => -(1 + (-x).exp()).pow(-2) * (0 + SlopeOf(one => (-one).exp(), x)))) { Rules = SigmoidRule },
        new("004.090", 403, 403, ClaimKind.Gradient, "∂/∂x r(x) = −1·(1 + e^{−x})^{−2} ∂/∂x e^{−x} (−e^{−x})", t => LogisticSlope(t, x => -(1 + (-x).exp()).pow(-2) * SlopeOf(one => (-one).exp(), x) * -(-x).exp()))
        {
            Correction = new("∂/∂x r(x) = −1·(1 + e^{−x})^{−2} (−e^{−x})", t => LogisticSlope(t, x => -(1 + (-x).exp()).pow(-2) * -(-x).exp())),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "−e^{−x} was written in the place of the derivative that it is; both were read, so it counts twice.",
            Rules = SigmoidRule,
        },
        new("004.091", 405, 405, ClaimKind.Gradient, "∂/∂x r(x) = e^x / (1 + e^{−x})² = [e^x / (1 + e^{−x})]·[1 / (1 + e^{−x})]",
            t => LogisticSlope(t, x => x.exp() / (1 + (-x).exp()).pow(2), x => x.exp() / (1 + (-x).exp()) * (1 / (1 + (-x).exp()))))
        {
            Correction = new("∂/∂x r(x) = e^{−x} / (1 + e^{−x})² = [e^{−x} / (1 + e^{−x})]·[1 / (1 + e^{−x})]",
                t => LogisticSlope(t, x => (-x).exp() / (1 + (-x).exp()).pow(2), x => (-x).exp() / (1 + (-x).exp()) * (1 / (1 + (-x).exp())))),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "A minus sign is lost, twice; lines 19 and 403 have e^{−x} throughout.",
            Rules = SigmoidRule,
        },
        new("004.092", 405, 405, ClaimKind.Gradient, "∂/∂x r(x) = (1 − σ(x))·σ′(x)", t => LogisticSlope(t, x => (1 - x.sigmoid()) * SlopeOf(torch.sigmoid, x)))
        {
            Correction = new("∂/∂x r(x) = (1 − σ(x))·σ(x)", t => LogisticSlope(t, x => (1 - x.sigmoid()) * x.sigmoid())),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "A stray stroke: 1 / (1 + e^{−x}) on the same line is σ(x), not its derivative.",
            Rules = SigmoidRule,
        },
        new("004.093", 407, 409, ClaimKind.Gradient, "f(x) = e^{g(x)}, g(x) = −x: ∂/∂x f(x) = e^z", t => EntryByEntry(t, x => (-x).exp(), x => (-x).exp()))
        {
            Correction = new("∂/∂x f(x) = e^z·g′(x)", t => EntryByEntry(t, x => (-x).exp(), x => (-x).exp() * SlopeOf(one => -one, x))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The inner derivative is missing; the author breaks off and starts again on line 413.",
        },
        new("004.094", 413, 417, ClaimKind.Gradient, "d/dx f(x) = d/dz e^z · d/dx (−x) = e^z·(−1) = −e^{−x}", t => EntryByEntry(t, x => (-x).exp(),
            x => SlopeOf(torch.exp, -x) * SlopeOf(one => -one, x), x => (-x).exp() * -1, x => -(-x).exp())),
        new("004.095", 419, 425, ClaimKind.Gradient, "[f(g(x))]′ = d/dz f(z) · d/dx g(x), z = g(x); e^z·d/dx (−x) = −e^z = −e^{−x}", t => Comparison.Each(
            ChainRule(t), EntryByEntry(t, x => (-x).exp(), x => (-x).exp() * SlopeOf(one => -one, x), x => -(-x).exp()))),
    ];

    /// <summary>f = sin, g = tanh + x²: nothing special about them.</summary>
    private static Comparison ChainRule(Trial t) => EntryByEntry(t, x => G(x).sin(), x => SlopeOf(torch.sin, G(x)) * SlopeOf(G, x));

    private static Tensor G(Tensor x) => x.tanh() + x.pow(2);
}
