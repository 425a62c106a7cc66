using Backprop.Verify;

namespace Backprop.Claims;

/// <summary>Lines 2074 to 2210: examples of gradient checking, with numbers.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> CheckingByHand() =>
    [
        new("004.608", 2074, 2076, ClaimKind.Gradient, "J(θ) = ½θ² − 3/5 ⇒ ∇J(θ) = ½", t => OfNumber(t, _ => 0.5, x => 0.5 * x * x - 0.6))
        {
            Correction = new("J(θ) = ½θ − 3/5 ⇒ ∇J(θ) = ½", t => OfNumber(t, _ => 0.5, x => 0.5 * x - 0.6)),
            Cause = Culprit.Ocr, Harm = Harm.Silent, Why = "Line 2082 expands J(θ+ε) as ½θ + ½ε − 3/5, so there was no square.",
        },
        new("004.610", 2082, 2082, ClaimKind.Identity, "J(θ+ε) = ½θ + ½ε − 3/5", t => (t.Scalar("θ"), t.Scalar("ε", 0, 1)) is var (x, e) ? Comparison.Equal(0.5 * x + 0.5 * e - 0.6, 0.5 * (x + e) - 0.6) : null!) { Why = "For J(θ) = ½θ − 3/5." },
        new("004.611", 2084, 2084, ClaimKind.Identity, "J(θ+ε) = ½θ + 10⁻⁹/2 − 3/5", t => t.Scalar("θ") is var x ? Comparison.Equal(1e-9 / 2, 0.5 * 1e-9 + (0.5 * x - 0.6) - (0.5 * x - 0.6), "the difference from J(θ)") : null!) { Why = "For J(θ) = ½θ − 3/5; he strikes out what cancels against J(θ−ε)." },
        new("004.612", 2086, 2086, ClaimKind.Identity, "J(θ−ε) = ½θ + ½ε + 3/5, with ε = 10⁻⁹ (all struck out, to cancel)", t => (t.Scalar("θ"), t.Scalar("ε", 0.1, 1)) is var (x, e) ? Comparison.Equal(0.5 * x + 0.5 * e + 0.6, 0.5 * (x - e) - 0.6) : null!)
        {
            Correction = new("J(θ−ε) = ½θ − ½ε − 3/5", t => (t.Scalar("θ"), t.Scalar("ε", 0.1, 1)) is var (x, e) ? Comparison.Equal(0.5 * x - 0.5 * e - 0.6, 0.5 * (x - e) - 0.6) : null!),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "The signs are those of −J(θ−ε), as it enters the difference; the minus before ½θ is under the stroke.",
        },
        new("004.613", 2088, 2088, ClaimKind.GoldenNumber, "(J(θ+ε) − J(θ−ε)) / 2ε = ¼ for J(θ) = ½θ − 3/5", t => t.Scalar("θ") is var x ? Comparison.Golden(0.25, LineQuotient(x), 6) : null!)
        {
            Correction = new("(J(θ+ε) − J(θ−ε)) / 2ε = ½ for J(θ) = ½θ − 3/5", t => t.Scalar("θ") is var x ? Comparison.Golden(0.5, LineQuotient(x), 6) : null!),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "ε/2 comes in twice, from J(θ+ε) and from −J(θ−ε); he kept one. Line 2076 has ½.",
        },
        new("004.614", 2092, 2096, ClaimKind.Gradient, "J(θ) = −½θ − 1/3 ⇒ ∂J(θ)/∂θ_i = ½", t => OfNumber(t, _ => 0.5, x => -0.5 * x - 1.0 / 3))
        {
            Correction = new("J(θ) = ½θ − 3/5 ⇒ ∂J(θ)/∂θ_i = ½", t => OfNumber(t, _ => 0.5, x => 0.5 * x - 0.6)),
            Cause = Culprit.Ocr, Harm = Harm.Silent, Why = "It is the J of line 2074 again, badly read: a derivative of ½ needs +½θ.",
        },
        new("004.627", 2136, 2138, ClaimKind.Gradient, "J(x) = x² ⇒ ∇J = 2x", t => OfNumber(t, x => 2 * x, x => x * x)),
        new("004.628", 2140, 2140, ClaimKind.GoldenNumber, "∂J/∂x = 2x = 2(1) = 2 at x = 1", _ => Comparison.Golden(2, SquareAt(1).Gradient[0], 9)),
        new("004.629", 2142, 2144, ClaimKind.Qualitative, "J(θ) = Σ_{i=1}^m (h_θ(x^i) − y^i)²", null) { Why = "A definition.", Rules = [LeastSquares] },
        new("004.630", 2146, 2150, ClaimKind.GoldenNumber, "[1 2] ⇒ cost = sum([1 4]) = 5", _ => Comparison.Golden(5, SquareAt(1, 2).Cost, 9)),
        new("004.631", 2152, 2154, ClaimKind.GoldenNumber, "[1 2] ⇒ grad = ½ [1 2]", _ => GradientAt([0.5, 1], 1, 2))
        {
            Correction = new("[1 2] ⇒ grad = 2 [1 2] = [2 4]", _ => GradientAt([2, 4], 1, 2)),
            Cause = Culprit.Ocr, Harm = Harm.Silent, Why = "The next lines go on with 2 × 3 and [2 4], so the factor was 2.",
        },
        new("004.632", 2152, 2156, ClaimKind.GoldenNumber, "[1 2] ⇒ grad = sum(2 [1 2]) = 2 × 3 = 6", _ => GradientAt([6], 1, 2))
        {
            Correction = new("[1 2] ⇒ grad = 2 [1 2] = [2 4], without a sum", _ => GradientAt([2, 4], 1, 2)),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "The cost is a sum, its gradient is not; line 2158 has [2 4].",
        },
        new("004.633", 2158, 2158, ClaimKind.GoldenNumber, "[1 2] ⇒ grad = [2 4]", _ => GradientAt([2, 4], 1, 2)),
        new("004.634", 2160, 2168, ClaimKind.GoldenNumber, "[1, 2] → (5, [2 4])", _ => Comparison.Golden(5, SquareAt(1, 2).Cost, 9) is { Agrees: false } wrong ? wrong : GradientAt([2, 4], 1, 2)),
        new("004.635", 2170, 2170, ClaimKind.Gradient, "g(θ) = θ²; g′(θ) ≈ (g(θ+ε) − g(θ)) / 2ε (ε read as c)", t => OfQuotient(t, (x, e) => ((x + e) * (x + e) - x * x) / (2 * e)))
        {
            Correction = new("g(θ) = θ²; g′(θ) ≈ (g(θ+ε) − g(θ−ε)) / 2ε", t => OfQuotient(t, (x, e) => ((x + e) * (x + e) - (x - e) * (x - e)) / (2 * e))),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "A one-sided difference over twice the step is half the derivative; line 2078 has both sides.",
        },
        new("004.636", 2172, 2176, ClaimKind.GoldenNumber, "[1 2] → (2, [1 4])", _ => Comparison.Golden(2, SquareAt(1, 2).Cost, 9) is { Agrees: false } wrong ? wrong : GradientAt([1, 4], 1, 2))
        {
            Correction = new("[1 2] → (5, [2 4])", _ => Comparison.Golden(5, SquareAt(1, 2).Cost, 9) is { Agrees: false } wrong ? wrong : GradientAt([2, 4], 1, 2)),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "[1 4] are the squares; line 2168 has (5, [2 4]).",
        },
        new("004.637", 2178, 2182, ClaimKind.GoldenNumber, "the denominator is 2 · 10⁻⁴", t => OfQuotient(t, (x, _) => ((x + 1e-4) * (x + 1e-4) - (x - 1e-4) * (x - 1e-4)) / 2e-4)) { Why = "2ε with the ε of line 2130: with it the quotient of θ² is 2θ." },
        new("004.640", 2186, 2186, ClaimKind.Gradient, "Y = x² ⇒ ∂Y/∂x = 2x", t => OfNumber(t, x => 2 * x, x => x * x)),
        CutOff("004.638", 2184, 2188, "x = 123.456 ⇒ Y = x² = 15,241.383"),
        new("004.639", 2184, 2188, ClaimKind.GoldenNumber, "x = 123.456 ⇒ ∇Y = 246.912", _ => Comparison.Golden(246.912, SquareAt(123.456).Gradient[0], 3)),
        new("004.641", 2190, 2194, ClaimKind.Qualitative, "cost, grad = f(x), at x = [2 … 3]ᵀ or x = [123.456]", null) { Why = "The interface of the functions that are checked." },
        CutOff("004.642", 2192, 2202, "x = [123.456] ⇒ cost = 15,241.383"),
        new("004.643", 2192, 2202, ClaimKind.GoldenNumber, "x = [123.456] ⇒ grad = [246.912]", _ => GradientAt([246.912], 123.456)),
        new("004.644", 2204, 2210, ClaimKind.GoldenNumber, "[1, 2] ⇒ cost = 2", _ => Comparison.Golden(2, SquareAt(1, 2).Cost, 9))
        {
            Correction = new("[1, 2] ⇒ cost = 5", _ => Comparison.Golden(5, SquareAt(1, 2).Cost, 9)),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "Lines 2150, 2160 and 2168 have 5.",
        },
        new("004.645", 2204, 2210, ClaimKind.GoldenNumber, "[1, 2] ⇒ grad = [2, 4]", _ => GradientAt([2, 4], 1, 2)),
    ];

    private sealed record Checked(double Cost, double[] Gradient);

    /// <summary>Σx² and its gradient, by libtorch.</summary>
    private static Checked SquareAt(params double[] x)
    {
        var point = torch.tensor(x, torch.float64);
        var gradient = Autograd.Gradients(one => one[0].square().sum(), [point], [true], torch.tensor(1.0, torch.float64))[0];
        return new(point.square().sum().item<double>(), Host.Numbers(gradient));
    }

    private static Comparison GradientAt(double[] stated, params double[] x) => Comparison.Equal(torch.tensor(stated, torch.float64), torch.tensor(SquareAt(x).Gradient, torch.float64), "computed afresh");

    private static Comparison OfNumber(Trial t, Func<Tensor, Tensor> stated, Func<Tensor, Tensor> f)
    {
        var x = t.Real("x", 1, 1);
        return Comparison.Gradient(stated(x) + torch.zeros_like(x), f, x);
    }

    private static Comparison OfQuotient(Trial t, Func<Tensor, double, Tensor> quotient)
    {
        var x = t.Real("θ", 1, 1);
        return Close(quotient(x, Fine), 2 * x, 1e-3);
    }

    /// <summary>The quotient of ½θ − 3/5, which is exact at any ε; at the notes' 10⁻⁹ rounding would leave seven digits.</summary>
    private static double LineQuotient(double x) => (0.5 * (x + 0.25) - 0.6 - (0.5 * (x - 0.25) - 0.6)) / 0.5;

    private static Claim CutOff(string id, int from, int to, string statement) => new(id, from, to, ClaimKind.GoldenNumber, statement, _ => Comparison.Golden(15241.383, SquareAt(123.456).Cost, 3))
    {
        Condition = new("the number is cut off after three decimals, not rounded", _ => Comparison.Golden(15241.383, Math.Floor(SquareAt(123.456).Cost * 1000) / 1000, 9)),
        Correction = new("123.456² = 15,241.383936, rounded 15,241.384", _ => Comparison.Golden(15241.383936, SquareAt(123.456).Cost, 6)),
        Cause = Culprit.Author,
        Harm = Harm.Reader,
        Why = "The next decimals are 936: he cut them off.",
    };
}
