using Backprop.Verify;
using static Backprop.Claims.NetworkCase;
using static Backprop.Claims.Notation;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 2216 to 2295: the scorer entry by entry, the network with one hidden layer, descent, collected gradients, the logarithm.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> Network2() =>
    [
        new("004.646", 2216, 2216, ClaimKind.Identity, "s = vᵀa = vᵀf(z) = vᵀf(z_1, z_2)", ScorerCase.Over(n => Comparison.Equal(n.V.t().mm(torch.cat([At(n.Z, 0).sigmoid(), At(n.Z, 1).sigmoid()], 0)), n.S), 2, 3)) { Rules = [Window] },
        new("004.647", 2218, 2218, ClaimKind.Identity, "s = vᵀ(f(z_1)  f(z_2)), the two side by side (stray marks read as exponents)", ScorerCase.Over(n => Comparison.Equal(n.V.t().mm(torch.cat([At(n.A, 0), At(n.A, 1)], 1)), n.S), 2, 3))
        {
            Correction = new("s = vᵀ[f(z_1); f(z_2)], one above the other", ScorerCase.Over(n => Comparison.Equal(n.V.t().mm(torch.cat([At(n.A, 0), At(n.A, 1)], 0)), n.S), 2, 3)),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "vᵀ, 1×2, before a row 1×2 does not compose; line 1889 has z ∈ R^(2×1).", Rules = [Window],
        },
        WithoutBias("004.648", 2221, "s = vᵀ[f(w_1ᵀx); f(w_2ᵀx)] (stray marks read as exponents)"),
        WithoutBias("004.649", 2223, "s = vᵀ[σ(w_1ᵀx); σ(w_2ᵀx)] (stray marks read as exponents)"),
        new("004.650", 2225, 2225, ClaimKind.Identity, "σ(z) = 1/(1 + e^(−z))", t => t.Real("z", t.Size("n")) is var z ? Comparison.Equal(Textbook.Sigmoid(z), z.sigmoid()) : null!) { Rules = ["sigmoid"] },
        new("004.651", 2227, 2227, ClaimKind.Count, "(D_x + 1) * H + (D_y + 1) * D_y parameters (* read as ≠)", t => CountOf(t, (x, h, y) => (x + 1) * h + (y + 1) * y))
        {
            Correction = new("(D_x + 1) * H + (H + 1) * D_y parameters", t => CountOf(t, (x, h, y) => (x + 1) * h + (h + 1) * y)),
            Cause = Culprit.Ocr, Harm = Harm.SilentAtEqualSizes, Why = "Lines 1842 and 2375 have H there: D_H is read as D_y.", Rules = [Network],
        },
        new("004.652", 2233, 2235, ClaimKind.Shape, "h = sigmoid(w^(1)x + b^(1)): D_H×D_X · D_X×1 + D_H×1 = D_H×1 (h read as n)", t =>
        {
            var (x, h) = (t.Size("D_x"), t.Size("D_h"));
            return Comparison.Shape((Zeros(h, x).mm(Zeros(x, 1)) + Zeros(h, 1)).sigmoid(), h, 1);
        }) { Rules = [Network] },
        new("004.653", 2237, 2239, ClaimKind.Shape, "ŷ = softmax(w^(2)h + b^(2)): D_Y×D_H · D_H×1 + D_Y×1 = D_Y×1 (h read as n)", t => OutputShape(t, (y, h) => Zeros(y, h).mm(Zeros(h, 1)) + Zeros(y, 1))) { Rules = [Network] },
        new("004.654", 2241, 2241, ClaimKind.Identity, "σ(z) = 1/(1 + e^(−z)) (σ read as r)", t => t.Real("z", t.Size("n")) is var z ? Comparison.Equal(Textbook.Sigmoid(z), z.sigmoid()) : null!) { Rules = ["sigmoid"] },
        new("004.655", 2243, 2245, ClaimKind.Identity, "softmax: f(x_i) = e^(x_i) / Σ_{i=1}^n e^(x_i)", t => t.Real("x", t.Size("n")) is var x ? Comparison.Equal(Textbook.Softmax(x), F.softmax(x, -1)) : null!) { Why = "The sum runs over all entries, though it uses the letter i again.", Rules = ["softmax"] },
        Ascent("004.656", 2249, 2251, "repeat θ = θ + η∇_θJ(θ), to lower J", "repeat θ = θ − η∇_θJ(θ), to lower J"),
        Ascent("004.657", 2253, 2253, "θ = θ + η ∂J(θ)/∂θ, to lower J", "θ = θ − η ∂J(θ)/∂θ, to lower J"),
        new("004.658", 2255, 2258, ClaimKind.GoldenNumber, "y_1 y_2: 1 0 ≈ 100; 0 1 ≈ 0; 0 0; 0 1", null) { Why = "A table that cannot be read." },
        Summed("004.659", 2260, 2260, "∂/∂(x,y) f(x,y) = ∂/∂x f(x,y) + ∂/∂y f(x,y)"),
        new("004.660", 2262, 2262, ClaimKind.Gradient, "∂s/∂(v, w, x, b) = ∂s/∂v + ∂s/∂w + ∂s/∂x + ∂s/∂b", ScorerCase.Over(n => AllOfScorer(n, n.A + n.Delta.mm(n.X.t()) + n.W.t().mm(n.Delta) + n.Delta)))
        {
            Correction = new("∂s/∂(v, w, x, b) = [∂s/∂v, ∂s/∂w, ∂s/∂x, ∂s/∂b], one after the other", ScorerCase.Over(n => AllOfScorer(n, torch.cat([n.A.reshape(-1), n.Delta.mm(n.X.t()).reshape(-1), n.W.t().mm(n.Delta).reshape(-1), n.Delta.reshape(-1)], 0)))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "Parts of different shape are collected, not added; where the sizes are equal broadcasting adds them without a word.", Rules = [Window],
        },
        new("004.661", 2270, 2274, ClaimKind.Qualitative, "FP: h = sigmoid(w^(1)x + b^(1)); ŷ = softmax(w^(2)h + b^(2))", null) { Why = "A definition.", Rules = [Network] },
        new("004.662", 2278, 2278, ClaimKind.Gradient, "BP: ∇(w^(1), w^(2), b^(1), b^(2)) = −(1/m) Σ_{i=1}^m y^(i) log ŷ^(i)", Over(n => Comparison.Gradient((-(n.Y * n.Guess.log()).sum()).reshape(1), theta => n.Unpacked(theta).Cost, n.Packed)))
        {
            Correction = new("J(w^(1), w^(2), b^(1), b^(2)) = −(1/m) Σ_{i=1}^m y^(i) · log ŷ^(i)", AveragedCost), Cause = Culprit.Ocr, Harm = Harm.Reader,
            Why = "The right side is the cost, a number: J is read as ∇.", Rules = [Network],
        },
        new("004.663", 2280, 2280, ClaimKind.Identity, "CE = −Σ_{i=1}^m y_i log ŷ_i", Over(CostIsCrossEntropy)) { Rules = ["cross-entropy"] },
        new("004.664", 2282, 2284, ClaimKind.Bound, "−∞ ≤ log x ≤ 0 for 0 ≤ x ≤ 1", t => t.Scalar("x", 0, 1) is var x ? Comparison.AtMost(Math.Log(x), 0) : null!),
        new("004.665", 2286, 2291, ClaimKind.Bound, "log x → 0 as x → 1", t => (int)t.Label("k", 40) is var k ? Comparison.AtMost(Math.Abs(Math.Log(1 - Math.Pow(2, -k - 1))), Math.Pow(2, -k), $"x = 1 − 2^−{k + 1}") : null!),
        new("004.666", 2289, 2289, ClaimKind.Qualitative, "θ_0 + θ_1x_1 + θ_2x_2 = 0 is the decision boundary: σ = ½ on it, above on one side, below on the other", Boundary) { Rules = ["logistic-regression"] },
        new("004.667", 2293, 2293, ClaimKind.Bound, "log x → −∞ as x → 0", t => (int)t.Label("k", 1000) is var k ? Comparison.AtMost(Math.Log(Math.Pow(2, -k)), -0.69 * k, $"x = 2^−{k}") : null!),
        new("004.668", 2295, 2295, ClaimKind.Qualitative, "needed: cost, grad(w_1, w_2, b_1, b_2)", null) { Why = "The interface.", Rules = [Network] },
    ];

    private static Comparison OutputShape(Trial t, Func<long, long, Tensor> theta)
    {
        var (h, y) = (t.Size("D_h"), t.Size("D_y"));
        return Comparison.Shape(F.softmax(theta(y, h), 0), y, 1);
    }

    private static Comparison CostIsCrossEntropy(NetworkCase n) => Comparison.Equal(-(n.Y * n.Guess.log()).sum(), n.Cost, "libtorch's cross_entropy");

    private static Comparison AveragedCost(Trial t)
    {
        var (m, c) = (t.Size("m"), t.Size("D_y", 2));
        var (logits, y) = (t.Real("z", m, c), t.OneHot("y", m, c));
        return Comparison.Equal(-(y * F.softmax(logits, -1).log()).sum() / m, F.cross_entropy(logits, y.argmax(1), reduction: torch.nn.Reduction.Mean), "libtorch's cross_entropy");
    }

    private static Comparison AllOfScorer(ScorerCase n, Tensor stated)
    {
        var gradients = Autograd.Gradients(p => p[0].t().mm((p[1].mm(p[2]) + p[3]).sigmoid()), [n.V, n.W, n.X, n.B], [true, true, true, true], torch.ones(1, 1, dtype: torch.float64));
        return Comparison.Equal(stated, torch.cat([.. gradients.Select(gradient => gradient.reshape(-1))], 0), "autograd");
    }

    private static Claim WithoutBias(string id, int line, string statement) => new(id, line, line, ClaimKind.Identity, statement, ScorerCase.Over(n => Comparison.Equal(Unbiased(n, 0), n.S), 2, 3))
    {
        Condition = new("there is no bias: b = 0", ScorerCase.Over(n => n with { B = torch.zeros_like(n.B) } is var m ? Comparison.Equal(Unbiased(m, 0), m.S) : null!, 2, 3)),
        Correction = new("s = vᵀ[f(w_1ᵀx + b_1); f(w_2ᵀx + b_2)], w_i upright", ScorerCase.Over(n => Comparison.Equal(Unbiased(n, 1), n.S), 2, 3)),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "The bias of line 1887 is left out.",
        Rules = [Window],
    };

    private static Tensor Unbiased(ScorerCase n, double share) => n.V.t().mm(torch.cat([.. Enumerable.Range(0, 2).Select(i => (At(n.W, i).mm(n.X) + share * At(n.B, i)).sigmoid())], 0));

    /// <summary>A gradient that is said to be the sum of its parts; f(x, y) = x² sin y + e^(xy/4).</summary>
    private static Claim Summed(string id, int from, int to, string statement) => new(id, from, to, ClaimKind.Gradient, statement, t => OfTwo(t, (x, y) => x + y))
    {
        Correction = new("∂/∂(x,y) f(x,y) = [∂/∂x f(x,y), ∂/∂y f(x,y)]", t => OfTwo(t, (x, y) => torch.cat([x, y], 0))),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "A gradient collects the partial derivatives; their sum is the slope along (1, 1) alone.",
        Rules = [Window],
    };

    private static Comparison OfTwo(Trial t, Func<Tensor, Tensor, Tensor> collected)
    {
        var at = t.Real("(x, y)", 2, 1);
        static Tensor Of(Tensor p) => At(p, 0).square() * At(p, 1).sin() + (At(p, 0) * At(p, 1) / 4).exp();
        var parts = new[] { 0, 1 }.Select(k => Derivative(one => Of(Replaced(at, k, 0, one)), At(at, k))).ToArray();
        return Comparison.Gradient(collected(parts[0], parts[1]), Of, at);
    }

    /// <summary>A step along +∇J, with a rate so small that a step along −∇J must lower J; on least squares.</summary>
    private static Claim Ascent(string id, int from, int to, string statement, string right) => new(id, from, to, ClaimKind.Algorithm, statement, RegressionCase.Step(+1))
    {
        Correction = new(right, RegressionCase.Step(-1)),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "∇J points to where J rises, and J is a cost that is to be minimised (line 1563).",
        Rules = [LeastSquares],
    };

    private static Comparison Boundary(Trial t)
    {
        var (a, b, c) = (t.Scalar("θ_0"), t.Scalar("θ_1", 0.1, 2), t.Scalar("θ_2", 0.1, 2));
        var (x, off) = (t.Scalar("x_1"), t.Scalar("off", 0.1, 2));
        var y = -(a + b * x) / c;
        double Sigma(double up) => 1 / (1 + Math.Exp(-(a + b * x + c * (y + up))));
        return Math.Abs(Sigma(0) - 0.5) < 1e-12 ? Comparison.True(Sigma(off) > 0.5 && Sigma(-off) < 0.5, $"σ above {Sigma(off):G6}", $"below {Sigma(-off):G6}") : Comparison.Equal(0.5, Sigma(0));
    }
}
