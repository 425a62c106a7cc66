using static Backprop.Claims.NetworkCase;
using static Backprop.Claims.Notation;

namespace Backprop.Claims;

/// <summary>Lines 2355 to 2443: the network's gradients in short, and the online pseudo-code.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> NetworkAgain() =>
    [
        new("004.692", 2353, 2355, ClaimKind.Algorithm, "repeat [w, w_2, b_1, b_2] = [w, w_2, b_1, b_2] + η∇J(w, w_2, b_1, b_2), to lower J", NetworkStep(+1))
        {
            Correction = new("repeat [w, w_2, b_1, b_2] = [w, w_2, b_1, b_2] − η∇J(w, w_2, b_1, b_2), to lower J", NetworkStep(-1)),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "∇J points to where J rises.", Rules = [Network],
        },
        new("004.693", 2359, 2361, ClaimKind.Gradient, "∇J(w, w_2, b_1, b_2) = ∇_w J + ∇_w2 J + …", Over(n => Collected(n, n.Delta2.mm(n.X.t()) + n.Delta3.mm(n.H.t()) + n.Delta2 + n.Delta3)))
        {
            Correction = new("∇J(w, w_2, b_1, b_2) = [∇_w J, ∇_w2 J, ∇_b1 J, ∇_b2 J], one after the other", Over(n => Collected(n, torch.cat([n.Delta2.mm(n.X.t()).reshape(-1), n.Delta3.mm(n.H.t()).reshape(-1), n.Delta2.reshape(-1), n.Delta3.reshape(-1)], 0)))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "Parts of different shape are collected, not added; where the sizes are equal broadcasting adds them without a word.", Rules = [Network],
        },
        new("004.694", 2363, 2363, ClaimKind.Gradient, "∂J/∂w^(l) = δ^(l+1) · a^(l)ᵀ, for l = 1", ByW1(n => n.Delta2.mm(n.X.t()))) { Rules = [Network, Recursive] },
        new("004.695", 2363, 2363, ClaimKind.Gradient, "∂J/∂w^(l) = δ^(l+1) · a^(l)ᵀ, for l = 2", ByW2(n => n.Delta3.mm(n.H.t()))) { Rules = [Network, Recursive] },
        new("004.696", 2365, 2365, ClaimKind.Gradient, "δ^(l) = (w^(l) · δ^(l+1)) ∘ f′(z^(l)) (f′ read as f^(−1), l as 1)", ByZ2(n => n.W2.mm(n.Delta3) * Slope(n.Z2)))
        {
            Correction = new("δ^(l) = (w^(l)ᵀ · δ^(l+1)) ∘ f′(z^(l))", ByZ2(n => n.W2.t().mm(n.Delta3) * Slope(n.Z2))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "The transpose of lines 1552 and 2047 is left out; with layers of equal width it runs, and every shape check is content.", Rules = [Network, Recursive],
        },
        new("004.697", 2367, 2367, ClaimKind.Gradient, "∂J/∂b^(l) = δ^(l), for l = 2", ByB2(n => n.Delta2))
        {
            Correction = new("∂J/∂b^(l) = δ^(l+1), for l = 2", ByB2(n => n.Delta3)),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "b^(l) is added into z^(l+1), as w^(l)a^(l) is, for which line 2363 has δ^(l+1); the shapes agree where two layers have one width.", Rules = [Network, Recursive],
        },
        new("004.698", 2367, 2367, ClaimKind.Gradient, "∂J/∂b^(l) = δ^(l), for l = 1, with δ^(1) = ∂J/∂x", ByB1(n => n.W1.t().mm(n.Delta2)))
        {
            Correction = new("∂J/∂b^(l) = δ^(l+1), for l = 1", ByB1(n => n.Delta2)),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "b^(l) is added into z^(l+1).", Rules = [Network, Recursive],
        },
        new("004.699", 2369, 2371, ClaimKind.Qualitative, "needed: d/dW^(1), d/dW^(2), d/dB^(1), d/dB^(2), and the cost", null) { Why = "The interface.", Rules = [Network] },
        new("004.700", 2375, 2375, ClaimKind.Count, "no. of parameters: ((D_X + 1) * D_H) + (D_Y * (D_H + 1))", t => CountOf(t, (x, h, y) => (x + 1) * h + y * (h + 1))) { Rules = [Network] },
        new("004.701", 2377, 2377, ClaimKind.Identity, "cost(y, ŷ) = −Σ_{i=1}^m y_i log ŷ_i", Over(CostIsCrossEntropy)) { Rules = [Network] },
        new("004.702", 2379, 2389, ClaimKind.Qualitative, "can: forward, backprop d/dW^(1), d/dW^(2); cannot: cost", null) { Why = "A note to himself." },
        new("004.704", 2402, 2402, ClaimKind.Identity, "Cost = −Σ_i y_i · log ŷ_i", Over(CostIsCrossEntropy)) { Rules = [Network] },
        new("004.703", 2397, 2404, ClaimKind.Algorithm, "∇weights, ∇biases = backprop(); return (cost, ∇weights, ∇biases)", null) { Why = "The interface.", Rules = [Network] },
        new("004.705", 2406, 2406, ClaimKind.Shape, "ŷ = softmax(w_2ᵀh + b_2), with w_2 D_y×D_H of line 2409", t => OutputShape(t, (y, h) => Zeros(y, h).t().mm(Zeros(h, 1)) + Zeros(y, 1)))
        {
            Correction = new("ŷ = softmax(w_2 h + b_2)", t => OutputShape(t, (y, h) => Zeros(y, h).mm(Zeros(h, 1)) + Zeros(y, 1))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "Line 2237 has no transpose, and the sizes below are those of w_2 h.", Rules = [Network],
        },
        new("004.706", 2409, 2413, ClaimKind.Shape, "D_y×D_H · D_H×1 + D_y×1 = D_y×1, and softmax keeps it", t => OutputShape(t, (y, h) => Zeros(y, h).mm(Zeros(h, 1)) + Zeros(y, 1))) { Rules = [Network] },
        new("004.707", 2417, 2417, ClaimKind.Identity, "a^(i) = σ(w^(i)ᵀx + b^(i)), with the w^(1) of line 2415", Over(n => Comparison.Equal((n.W1.t().mm(n.X) + n.B1).sigmoid(), n.H)))
        {
            Condition = new("i numbers the units: w^(i) is the weights of unit i, upright", Over(n => Comparison.Equal(torch.cat([.. Enumerable.Range(0, (int)n.H.shape[0]).Select(i => (At(n.W1, i).mm(n.X) + At(n.B1, i)).sigmoid())], 0), n.H))),
            Correction = new("a^(2) = σ(w^(1)x + b^(1))", Over(n => Comparison.Equal((n.W1.mm(n.X) + n.B1).sigmoid(), n.H))),
            Cause = Culprit.Author, Harm = Harm.SilentAtEqualSizes, Why = "Line 2415 has no transpose; (i) numbers layers everywhere else on these pages.", Rules = [Network],
        },
        new("004.708", 2419, 2421, ClaimKind.Qualitative, "ŷ_i = [0.009 …] is small, then log ŷ_i is far below 0", t => t.Scalar("ŷ", 0.001, 0.01) is var y ? Comparison.AtMost(Math.Log(Math.Max(y, 0.001)), -4.6) : null!) { Rules = ["negative-log-likelihood"] },
    ];

    private static IReadOnlyList<Claim> Online() =>
    [
        new("004.709", 2423, 2431, ClaimKind.Algorithm, "initialise the weights; do, for each example: pred = forward(nn, ex), actual = label(ex)", null) { Why = "A procedure." },
        new("004.710", 2433, 2439, ClaimKind.Algorithm, "error = actual − pred; compute Δw from it; update the weights (one linear unit, Δw = η · error · input added: the example's squared error does not rise)", AddedStep)
        {
            Why = "error is −∂E/∂pred for E = ½(actual − pred)², so that Δw is to be added; the notes leave Δw open.", Rules = [LeastSquares],
        },
        new("004.711", 2435, 2437, ClaimKind.Algorithm, "compute Δw_HO, then Δw_IH (read as “Complete A Who”)", null) { Why = "Without a formula; from the output back." },
        new("004.712", 2441, 2441, ClaimKind.Algorithm, "do … until parameters won't change: the loop ends (one linear unit, a fixed rate)", t => Ends(t, consistent: false, decaying: false))
        {
            Condition = new("some weights fit every example exactly", t => Ends(t, consistent: true, decaying: false)),
            Correction = new("until parameters change by less than a tolerance, with a rate that decays: the loop ends", t => Ends(t, consistent: false, decaying: true)),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "Where two examples contradict each other, each undoes the other's step in every round, for ever.",
        },
        new("004.713", 2443, 2443, ClaimKind.Algorithm, "return nn (read as “rehm nn”)", null) { Why = "The end of the procedure." },
    ];

    /// <summary>A step on all parameters of the network along ±∇J: small enough that −∇J must lower J.</summary>
    private static Func<Trial, Comparison> NetworkStep(int sign) => Over(n =>
    {
        var gradient = torch.cat([n.Delta2.mm(n.X.t()).reshape(-1), n.Delta3.mm(n.H.t()).reshape(-1), n.Delta2.reshape(-1), n.Delta3.reshape(-1)], 0);
        return Comparison.AtMost(n.Unpacked(n.Packed + sign * 1e-3 * gradient).Cost, n.Cost, "J after the step, and before");
    });

    private static Comparison Collected(NetworkCase n, Tensor stated) => Comparison.Gradient(stated, theta => n.Unpacked(theta).Cost, n.Packed);

    private static Comparison AddedStep(Trial t)
    {
        var d = t.Size("d");
        var (x, w, actual) = (t.Real("x", d, 1), t.Real("w", d, 1), t.Real("actual", 1, 1));
        var error = actual - w.t().mm(x);
        var rate = 1 / (1 + x.square().sum().item<double>());
        return Comparison.AtMost((actual - (w + rate * error * x).t().mm(x)).square(), error.square(), "the squared error after, and before");
    }

    /// <summary>Whether the online loop, one weight and one input, comes to rest within 20000 rounds.</summary>
    private static Comparison Ends(Trial t, bool consistent, bool decaying)
    {
        const double tolerance = 1e-6;
        var n = (int)t.Label("examples − 2", 4) + 2;
        var x = Enumerable.Range(0, n).Select(i => t.Scalar($"x_{i + 1}", 0.5, 2)).ToArray();
        var slope = t.Scalar("slope");
        var y = x.Select((at, i) => consistent ? slope * at : t.Scalar($"y_{i + 1}")).ToArray();
        var (w, change) = (0.0, double.PositiveInfinity);
        for (var round = 0; round < 20_000 && change > tolerance; round++)
        {
            change = 0;
            for (var i = 0; i < n; i++)
            {
                var step = (decaying ? 0.1 / (1 + round * round * 0.01) : 0.1) * (y[i] - w * x[i]) * x[i];
                w += step;
                change = Math.Max(change, Math.Abs(step));
            }
        }
        return Comparison.AtMost(change, tolerance, "the greatest change in the last round, and what counts as none");
    }
}
