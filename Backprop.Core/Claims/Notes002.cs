using static Backprop.Claims.ClaimKind;

namespace Backprop.Claims;

/// <summary>What notes 002 claim: two sigmoid neurons in a row, and question 1 about softmax and log-loss.</summary>
internal static partial class Notes002
{
    internal static IReadOnlyList<Claim> Claims { get; } = [.. Chain(), .. Jacobian(), .. VectorJacobian(), .. LogLoss()];

    private static IReadOnlyList<Claim> Chain() =>
    [
        new("002.001", 12, 16, Identity, "E = ½(d − p₂)², p₂ the prediction, d the label", t => Net.Draw(t).OfW2(net => net.DE * net.DZ * net.Y, (p2, d) => 0.5 * (d - p2).pow(2)))
        {
            Correction = new("E = ½(d − z)²: its gradient is the product of line 26", t => Net.Draw(t).OfW2(net => net.DE * net.DZ * net.Y)),
            Cause = Culprit.Author,
            Why = "From line 26 on p₂ is what goes into the activation, and z = Act(p₂) the prediction that E is made of.",
            Harm = Harm.Silent,
            Rules = ["two-weight-chain", "squared-error"],
        },
        new("002.002", 20, 22, Qualitative, "∂E/∂w₁ and ∂E/∂w₂ are what is asked for", null),
        new("002.003", 26, 26, Gradient, "∂E/∂w₂ = ∂E/∂z · ∂z/∂p₂ · ∂p₂/∂w₂", t => Net.Draw(t).OfW2(net =>
            Slope(z => 0.5 * (net.D - z).pow(2), net.Z) * Slope(torch.sigmoid, net.P2) * Slope(w2 => w2 * net.Y, net.W2))) { Rules = ["two-weight-chain"] },
        new("002.004", 28, 28, Gradient, "∂E/∂z = (−1/2) · 1 · (d − z)", t => OfError(t, (d, z) => -0.5 * 1 * (d - z)))
        {
            Correction = new("∂E/∂z = ½ · 2 · (d − z) · (−1)", t => OfError(t, (d, z) => 0.5 * 2 * (d - z) * -1)),
            Cause = Culprit.Author,
            Why = "The exponent 2 was not brought down: the sign is there, the factor is ½ of what it should be.",
            Harm = Harm.Silent,
            Rules = ["squared-error", "two-weight-chain"],
        },
        new("002.005", 28, 30, Identity, "(−1/2) · 1 · (d − z) = (d − z)", t =>
        {
            var (d, z) = (t.Real("d"), t.Uniform("z", 0.1, 0.9));
            return Comparison.Equal(-0.5 * 1 * (d - z), d - z);
        })
        {
            Correction = new("½ · 2 · (d − z) · (−1) = −(d − z)", t =>
            {
                var (d, z) = (t.Real("d"), t.Uniform("z", 0.1, 0.9));
                return Comparison.Equal(0.5 * 2 * (d - z) * -1, -(d - z));
            }),
            Cause = Culprit.Author,
            Why = "Neither side is the derivative: the left one lacks the factor 2, the right one the sign.",
            Harm = Harm.Silent,
            Rules = ["squared-error"],
        },
        new("002.006", 30, 30, Gradient, "∂E/∂z = (d − z)", t => OfError(t, (d, z) => d - z))
        {
            Correction = new("∂E/∂z = (z − d)", t => OfError(t, (d, z) => z - d)),
            Cause = Culprit.Author,
            Why = "The inner derivative of d − z is −1; with this sign a descent climbs.",
            Harm = Harm.Silent,
            Rules = ["squared-error", "two-weight-chain"],
        },
        new("002.007", 30, 44, Gradient, "∂E/∂w₂ = (d − z) · z(1 − z) · y, the factors of ④ put together", t => Net.Draw(t).OfW2(net => (net.D - net.Z) * net.DZ * net.Y))
        {
            Correction = new("∂E/∂w₂ = (z − d) · z(1 − z) · y", t => Net.Draw(t).OfW2(net => (net.Z - net.D) * net.DZ * net.Y)),
            Cause = Culprit.Author,
            Why = "The sign of line 30: a step against this gradient raises the error.",
            Harm = Harm.Silent,
            Rules = ["two-weight-chain"],
        },
        new("002.008", 32, 32, Gradient, "∂p₂/∂w₂ = y", t =>
        {
            var (w2, y) = (t.Real("w₂"), t.Uniform("y", 0.1, 0.9));
            return Comparison.Gradient(y, v => v * y, w2);
        })
        {
            Rules = ["two-weight-chain"],
        },
        new("002.009", 34, 34, Qualitative, "∂E/∂z is calculated from the label and the output of the current layer", t =>
        {
            // Two chains with another x, w₁ and w₂, but one d and one z.
            var net = Net.Draw(t);
            var y = t.Uniform("y of another chain", 0.1, 0.9);
            var w2 = net.P2 / y;
            return Comparison.Gradient(Slope(z => 0.5 * (net.D - z).pow(2), (w2 * y).sigmoid()), z => 0.5 * (net.D - z).pow(2), net.Z);
        })
        {
            Rules = ["two-weight-chain"],
        },
        new("002.010", 36, 36, Qualitative, "∂z/∂p₂ is calculated from the output of the current layer", t =>
        {
            var p2 = t.Real("p₂");
            return Comparison.Gradient(OfOutput(p2.sigmoid()), torch.sigmoid, p2);

            static Tensor OfOutput(Tensor z) => z - z * z;
        })
        {
            Rules = ["two-weight-chain", "sigmoid"],
        },
        new("002.011", 38, 38, Qualitative, "∂p₂/∂w₂ is the input of the current layer", t => Net.Draw(t) is var net ? Comparison.Gradient(net.P1.sigmoid(), w2 => w2 * net.Y, net.W2) : null!) { Rules = ["two-weight-chain"] },
        new("002.012", 40, 40, Identity, "z = Act(p₂), the sigmoid", null) { Rules = ["sigmoid"] },
        new("002.013", 44, 44, Gradient, "∂z/∂p₂ = z(1 − z)", t => t.Real("p₂") is var p2 ? Comparison.Gradient(Textbook.Sigmoid(p2) * (1 - Textbook.Sigmoid(p2)), torch.sigmoid, p2) : null!) { Rules = ["sigmoid", "two-weight-chain"] },
        new("002.014", 48, 48, Gradient, "∂E/∂w₁ = ∂E/∂z · ∂z/∂p₂ · ∂p₂/∂y · ∂y/∂p₁ · ∂p₁/∂w₁", t => Net.Draw(t).OfW1(net =>
            Slope(z => 0.5 * (net.D - z).pow(2), net.Z) * Slope(torch.sigmoid, net.P2) * Slope(y => net.W2 * y, net.Y) * Slope(torch.sigmoid, net.P1) * Slope(w1 => w1 * net.X, net.W1))) { Rules = ["two-weight-chain"] },
        new("002.015", 50, 50, Gradient, "∂E/∂z = (d − z)", t => OfError(t, (d, z) => d - z))
        {
            Correction = new("∂E/∂z = (z − d)", t => OfError(t, (d, z) => z - d)),
            Cause = Culprit.Author,
            Why = "Line 30, repeated: the sign is lost.",
            Harm = Harm.Silent,
            Rules = ["squared-error", "two-weight-chain"],
        },
        new("002.016", 50, 58, Gradient, "∂E/∂w₁ = (d − z) · z(1 − z) · w₂ · y(1 − y) · x, the factors of ⑤ put together",
            t => Net.Draw(t).OfW1(net => (net.D - net.Z) * net.DZ * net.W2 * net.Y * (1 - net.Y) * net.X))
        {
            Correction = new("∂E/∂w₁ = (z − d) · z(1 − z) · w₂ · y(1 − y) · x", t => Net.Draw(t).OfW1(net => (net.Z - net.D) * net.DZ * net.W2 * net.Y * (1 - net.Y) * net.X)),
            Cause = Culprit.Author,
            Why = "The sign of line 50: a step against this gradient raises the error.",
            Harm = Harm.Silent,
            Rules = ["two-weight-chain"],
        },
        new("002.017", 52, 52, Gradient, "∂z/∂p₂ = z(1 − z)", t => t.Real("p₂") is var p2 ? Comparison.Gradient(Textbook.Sigmoid(p2) * (1 - Textbook.Sigmoid(p2)), torch.sigmoid, p2) : null!) { Rules = ["sigmoid", "two-weight-chain"] },
        new("002.018", 54, 54, Gradient, "∂p₂/∂y = w₂", t =>
        {
            var (w2, y) = (t.Real("w₂"), t.Uniform("y", 0.1, 0.9));
            return Comparison.Gradient(w2, v => w2 * v, y);
        })
        {
            Rules = ["two-weight-chain"],
        },
        new("002.019", 56, 56, Gradient, "∂y/∂p₁ = y(1 − y)", t => t.Real("p₁") is var p1 ? Comparison.Gradient(Textbook.Sigmoid(p1) * (1 - Textbook.Sigmoid(p1)), torch.sigmoid, p1) : null!) { Rules = ["sigmoid", "two-weight-chain"] },
        new("002.020", 58, 58, Gradient, "∂p₁/∂w₁ = x", t =>
        {
            var (w1, x) = (t.Real("w₁"), t.Real("x"));
            return Comparison.Gradient(x, v => v * x, w1);
        })
        {
            Rules = ["two-weight-chain"],
        },
        new("002.021", 62, 62, Qualitative, "In ∂E/∂w₁ the first two factors are known from ∂E/∂w₂, then come the weight of the next layer and what forward propagation has calculated", t =>
        {
            var net = Net.Draw(t);
            var known = Slope(w2 => net.Error(w2 * net.Y), net.W2) / net.Y;
            return net.OfW1(_ => known * net.W2 * net.Y * (1 - net.Y) * net.X);
        })
        {
            Why = "The labels of four factors were read as one sentence.",
            Rules = ["two-weight-chain"],
        },
    ];

    private static Comparison OfError(Trial t, Func<Tensor, Tensor, Tensor> stated)
    {
        var (d, z) = (t.Real("d"), t.Uniform("z", 0.1, 0.9));
        return Comparison.Gradient(stated(d, z), v => 0.5 * (d - v).pow(2), z);
    }

    /// <summary>The derivative of a function of one number, by autograd.</summary>
    private static Tensor Slope(Func<Tensor, Tensor> f, Tensor x) => Textbook.Jacobian(f, x).sum();

    /// <summary>p₁ = w₁x, y = σ(p₁), p₂ = w₂y, z = σ(p₂), E = ½(d − z)²: all numbers.</summary>
    private sealed record Net(Tensor X, Tensor W1, Tensor W2, Tensor D)
    {
        internal Tensor P1 => W1 * X;

        internal Tensor Y => P1.sigmoid();

        internal Tensor P2 => W2 * Y;

        internal Tensor Z => P2.sigmoid();

        /// <summary>∂E/∂z as it is right.</summary>
        internal Tensor DE => Z - D;

        /// <summary>∂z/∂p₂.</summary>
        internal Tensor DZ => Z * (1 - Z);

        internal static Net Draw(Trial t) => new(t.Real("x"), t.Real("w₁"), t.Real("w₂"), t.Real("d"));

        internal Tensor Error(Tensor p2) => 0.5 * (D - p2.sigmoid()).pow(2);

        internal Comparison OfW2(Func<Net, Tensor> stated, Func<Tensor, Tensor, Tensor>? error = null) =>
            Comparison.Gradient(stated(this), w2 => error is null ? Error(w2 * Y) : error(w2 * Y, D), W2);

        internal Comparison OfW1(Func<Net, Tensor> stated) => Comparison.Gradient(stated(this), w1 => Error(W2 * (w1 * X).sigmoid()), W1);
    }
}
