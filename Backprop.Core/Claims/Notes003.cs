using static Backprop.Claims.ClaimKind;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>What notes 003 claim: the softmax classifier as a computational graph, and shorthands for coding its gradients.</summary>
internal static partial class Notes003
{
    internal static IReadOnlyList<Claim> Claims { get; } = [.. Graph(), .. Residual(), .. Weights(), .. Bias()];

    private static IReadOnlyList<Claim> Graph() =>
    [
        new("003.001", 13, 13, Count, "K is the number of classes", null) { Rules = ["softmax-classifier"] },
        new("003.002", 17, 17, Identity, "CE loss = Σ_(k=1..K) y_k log p_k", t => One.Draw(t) is var one ? Comparison.Equal((one.Y * one.P.log()).sum(), one.Loss(one.W, one.B)) : null!)
        {
            Correction = new("CE loss = −Σ_(k=1..K) y_k log p_k", t => One.Draw(t) is var one ? Comparison.Equal(-(one.Y * one.P.log()).sum(), one.Loss(one.W, one.B)) : null!),
            Cause = Culprit.Author,
            Why = "Nothing on the line is garbled, and line 47 has the minus.",
            Harm = Harm.Silent,
            Rules = ["softmax-classifier", "negative-log-likelihood"],
        },
        new("003.003", 19, 21, Shape, "Forward propagation: xw + b, with x (m, d), w (d, n), b (1, n), is (m, n)", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.X.mm(batch.W) + batch.B, t.Size("m"), t.Size("n")) : null!) { Rules = ["linear", "softmax-classifier"] },
        new("003.004", 22, 23, Qualitative, "A is an activation, p a probability", null),
        new("003.005", 32, 39, Qualitative, "The goal of backward propagation: ∂J/∂w and ∂J/∂b", null) { Rules = ["softmax-classifier"] },
        new("003.006", 43, 43, Identity, "Z = wx + b, with x (m, d), w (d, n), b (1, n)", t => Batch.Draw(t) is var batch ? Comparison.Equal(batch.W.mm(batch.X) + batch.B, F.linear(batch.X, batch.W.t(), batch.B[0])) : null!)
        {
            Correction = new("Z = xw + b", t => Batch.Draw(t) is var batch ? Comparison.Equal(batch.X.mm(batch.W) + batch.B, F.linear(batch.X, batch.W.t(), batch.B[0])) : null!),
            Cause = Culprit.Author,
            Why = "Lines 21 and 196 have xw + b, and with the shapes of lines 165–176 only that composes.",
            Harm = Harm.SilentAtEqualSizes,
            Rules = ["linear", "softmax-classifier"],
        },
        new("003.007", 43, 43, Shape, "wx + b, with x (m, d), w (d, n), b (1, n), is (m, n)", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.W.mm(batch.X) + batch.B, t.Size("m"), t.Size("n")) : null!)
        {
            Correction = new("xw + b is (m, n)", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.X.mm(batch.W) + batch.B, t.Size("m"), t.Size("n")) : null!),
            Cause = Culprit.Author,
            Why = "(d, n)(m, d) composes only where n = m.",
            Harm = Harm.SilentAtEqualSizes,
            Rules = ["linear", "softmax-classifier"],
        },
        new("003.008", 45, 45, Identity, "p = e^Z / Σ e^Z", t => Real(t) is var z ? Comparison.Equal(z.exp() / z.exp().sum(), F.softmax(z, -1)) : null!)
        {
            Condition = new("Z is one example, m = 1", t => t.Real("Z", 1, t.Size("n")) is var z ? Comparison.Equal(z.exp() / z.exp().sum(), F.softmax(z, -1)) : null!),
            Correction = new("p = e^Z / Σ_k e^(Z_k), the sum over the classes of each row", t => Real(t) is var z ? Comparison.Equal(z.exp() / z.exp().sum(1L, keepdim: true), F.softmax(z, -1)) : null!),
            Cause = Culprit.Author,
            Why = "The sum does not say over what; over all of Z it mixes the examples of a batch.",
            Harm = Harm.Silent,
            Rules = ["softmax", "softmax-classifier"],
        },
        new("003.009", 47, 47, Identity, "J = −Σ_k y_k log p_k", t => One.Draw(t) is var one ? Comparison.Equal(-(one.Y * one.P.log()).sum(), one.Loss(one.W, one.B)) : null!) { Rules = ["negative-log-likelihood", "softmax-classifier"] },
        new("003.010", 53, 55, Gradient, "∂J/∂w = ∂J/∂p · ∂p/∂z · ∂z/∂w", t => One.Draw(t) is var one ? one.OfW(one.DP.mm(one.PByZ).mm(one.ZByW)) : null!)
        {
            Why = "As a product of Jacobians, for one example; ∂z/∂w has a column for each entry of w.",
            Rules = ["softmax-classifier"],
        },
        new("003.011", 57, 59, Gradient, "∂J/∂b = ∂J/∂p · ∂p/∂z · ∂z/∂b", t => One.Draw(t) is var one ? one.OfB(one.DP.mm(one.PByZ).mm(one.ZByB)) : null!) { Rules = ["softmax-classifier"] },
        new("003.012", 63, 65, Gradient, "∂J/∂w = ∂J/∂p · ∂p/∂z · ∂z/∂w, once more", t => One.Draw(t) is var one ? one.OfW(one.DP.mm(one.PByZ).mm(one.ZByW)) : null!) { Rules = ["softmax-classifier"] },
        new("003.013", 67, 70, Identity, "Rule: ∂J/∂□ can be written as ∂□/∂□", t => One.Draw(t) is var one ? one.OfW(Textbook.Jacobian(w => w, one.W)) : null!)
        {
            Correction = new("∂J/∂□ can be written as ∂□, a thing of the shape of □", t => One.Draw(t) is var one ? Comparison.Shape(Textbook.Jacobian(w => one.Loss(w, one.B), one.W).reshape(one.W.shape), one.W.shape) : null!),
            Cause = Culprit.Ocr,
            Why = "∂□/∂□ is 1; line 97 writes the shorthand without a fraction.",
            Harm = Harm.Reader,
        },
        new("003.014", 72, 85, Qualitative, "∂w/∂w ✓, ∂p/∂p ✓, ∂z/∂z ✗, ∂w/∂w ✗", null) { Why = "Garbled: it says of ∂w/∂w both; meant is that only derivatives of J have the shorthand." },
        new("003.015", 89, 91, Gradient, "∂J/∂w = [∂J/∂p ∂p/∂z; ∂p/∂z ∂z/∂w] · ∂z/∂w", t =>
        {
            var one = One.Draw(t);
            var block = torch.cat([torch.cat([one.DP, one.PByZ], 1), torch.cat([one.PByZ, one.ZByW], 1)]);
            return one.OfW(block.mm(one.ZByW));
        })
        {
            Correction = new("∂J/∂w = (∂J/∂p · ∂p/∂z) · ∂z/∂w, the bracket being ∂J/∂z", t => One.Draw(t) is var one ? one.OfW(one.DP.mm(one.PByZ).mm(one.ZByW)) : null!),
            Cause = Culprit.Ocr,
            Why = "A box drawn around two factors was read as a matrix of four.",
            Harm = Harm.Loud,
            Rules = ["softmax-classifier"],
        },
        new("003.016", 93, 93, Gradient, "∂J/∂w = ∂J/∂p · ∂z/∂w", t => One.Draw(t) is var one ? one.OfW(one.DP.mm(one.ZByW)) : null!)
        {
            Correction = new("∂J/∂w = ∂J/∂z · ∂z/∂w", t => One.Draw(t) is var one ? one.OfW(one.DZ.mm(one.ZByW)) : null!),
            Cause = Culprit.Ocr,
            Why = "The same line in shorthand, 97, has ∂z; every shape fits, so that nothing else shows it.",
            Harm = Harm.Silent,
            Rules = ["softmax-classifier"],
        },
        new("003.017", 97, 99, Gradient, "∂w = ∂z · ∂z/∂w, ∂w and ∂z being the shorthand for ∂J/∂w and ∂J/∂z", t => One.Draw(t) is var one ? one.OfW(one.DZ.mm(one.ZByW)) : null!) { Rules = ["softmax-classifier"] },
        new("003.018", 101, 101, Gradient, "∂z/∂w = ∂(wx + b)/∂w = x", t => Batch.Draw(t) is var batch ? Comparison.Equal(batch.X, Textbook.Jacobian(w => batch.X.mm(w) + batch.B, batch.W), "the Jacobian") : null!)
        {
            Condition = new("There is one neuron, n = 1, or all are numbers", t =>
            {
                var (x, w, b) = (t.Real("x", t.Size("m"), t.Size("d")), t.Real("w", t.Size("d"), 1), t.Real("b", 1, 1));
                return Comparison.Equal(x, Textbook.Jacobian(v => x.mm(v) + b, w), "the Jacobian");
            }),
            Correction = new("∂z_k/∂w_jk = x_j, and ∂z_k/∂w_jl = 0 for l ≠ k", t =>
            {
                var one = One.Draw(t);
                var (d, n) = (t.Size("d"), t.Size("n"));
                var stated = torch.eye(n, dtype: torch.float64).unsqueeze(1) * one.X.reshape(1, d, 1);
                return Comparison.Equal(stated.reshape(n, d * n), one.ZByW, "the Jacobian");
            }),
            Cause = Culprit.Author,
            Why = "With matrices it has four indices, and x is only what is left of it in Xᵀ · ∂Z.",
            Harm = Harm.Loud,
            Rules = ["linear"],
        },
        new("003.019", 103, 106, Qualitative, "“This is only for coding.”", null),
        new("003.020", 111, 111, Gradient, "∂Z/∂W = ∂(Wx + b)/∂W = X", t =>
        {
            var (w, x, b) = (t.Real("W", t.Size("n"), t.Size("d")), t.Real("x", t.Size("d"), 1), t.Real("b", t.Size("n"), 1));
            return Comparison.Equal(x, Textbook.Jacobian(v => v.mm(x) + b, w), "the Jacobian");
        })
        {
            Condition = new("W, x and b are numbers", t => t.Real("W") is var w && t.Real("x") is var x && t.Real("b") is var b ? Comparison.Gradient(x, v => v * x + b, w) : null!),
            Correction = new("∂Z_k/∂W_kj = x_j, and ∂Z_k/∂W_lj = 0 for l ≠ k", t =>
            {
                var (w, x, b) = (t.Real("W", t.Size("n"), t.Size("d")), t.Real("x", t.Size("d"), 1), t.Real("b", t.Size("n"), 1));
                var (n, d) = (t.Size("n"), t.Size("d"));
                var stated = torch.eye(n, dtype: torch.float64).unsqueeze(2) * x.reshape(1, 1, d);
                return Comparison.Equal(stated.reshape(n, n * d), Textbook.Jacobian(v => v.mm(x) + b, w), "the Jacobian");
            }),
            Cause = Culprit.Author,
            Why = "As in line 101: right for numbers, a shorthand for anything else.",
            Harm = Harm.Loud,
            Rules = ["linear"],
        },
    ];

    private static IReadOnlyList<Claim> Residual() =>
    [
        new("003.021", 113, 115, Gradient, "δW = (p − y)", t => Batch.Draw(t) is var batch ? batch.OfW(batch.DZ) : null!)
        {
            Correction = new("∂Z = (p − y)", t => Batch.Draw(t) is var batch ? batch.OfZ(batch.DZ) : null!),
            Cause = Culprit.Ocr,
            Why = "Lines 117, 125 and 148 have ∂Z there; it is “near the solution”, for X is still to come.",
            Harm = Harm.SilentAtEqualSizes,
            Rules = ["softmax-classifier"],
        },
        new("003.022", 113, 115, Shape, "δW = (p − y) has the shape of W", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.DZ, batch.W.shape) : null!)
        {
            Correction = new("(p − y) has the shape of Z", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.DZ, batch.Z.shape) : null!),
            Cause = Culprit.Ocr,
            Why = "p − y is (m, n) and W is (d, n).",
            Harm = Harm.SilentAtEqualSizes,
            Rules = ["softmax-classifier"],
        },
        new("003.023", 117, 119, Gradient, "∂Z_k = p_k − I(k = y), p_k the probability of class k", t =>
        {
            var n = t.Size("n");
            var z = t.Real("z", 1, n);
            var (y, k) = (t.Label("y (from 0)", n), t.Label("k (from 0)", n));
            return Comparison.Partial(F.softmax(z, -1)[0, k] - (k == y ? 1 : 0), v => F.cross_entropy(v, torch.tensor(new[] { y }, [1], torch.int64)), z, [0, k]);
        })
        {
            Rules = ["softmax-cross-entropy"],
        },
        new("003.024", 123, 131, Gradient, "In code: ∂Z = p − y, probabilities less ground truth", t => Batch.Draw(t) is var batch ? batch.OfZ(batch.P - batch.Y) : null!)
        {
            Why = "y one-hot, row by row, and J the sum over the examples.",
            Rules = ["softmax-cross-entropy", "softmax-classifier"],
        },
        new("003.025", 133, 133, Gradient, "[p₁; p₂; p₃] − [y₁; y₂; y₃]", t =>
        {
            var (z, y) = (t.Real("z", 1, 3), t.OneHot("y", 1, 3));
            var p = Textbook.Softmax(z);
            return Comparison.Gradient(torch.stack([p[0, 0] - y[0, 0], p[0, 1] - y[0, 1], p[0, 2] - y[0, 2]]).reshape(1, 3), v => F.cross_entropy(v, y), z);
        })
        {
            Rules = ["softmax-cross-entropy"],
        },
        new("003.026", 135, 140, Qualitative, "It is like a residual; but why is 1 subtracted?", null),
        new("003.027", 142, 146, GoldenNumber, "[0.2, 0.3, 0.5] are probabilities, and [0 1 0] is a ground truth", _ => Comparison.Each(
            Comparison.Equal(Vector(0.2, 0.3, 0.5).sum().item<double>(), 1, "the sum"),
            Comparison.Equal(Vector(0, 1, 0).sum().item<double>(), 1, "the sum"))),
        new("003.028", 148, 150, GoldenNumber, "dz = p − y = [0.2, −0.7, 0.5]", _ => Comparison.Equal(Vector(0.2, -0.7, 0.5), Vector(0.2, 0.3, 0.5) - Vector(0, 1, 0), "computed afresh")) { Rules = ["softmax-cross-entropy"] },
        new("003.029", 150, 150, GoldenNumber, "∂J/∂z = [0.2, −0.7, 0.5]", _ => Comparison.Gradient(Vector(0.2, -0.7, 0.5).reshape(1, 3), z => F.cross_entropy(z, Vector(0, 1, 0).reshape(1, 3)), Vector(0.2, 0.3, 0.5).log().reshape(1, 3))) { Rules = ["softmax-cross-entropy"] },
        new("003.030", 154, 154, Qualitative, "① p₂ ↑ → dz₂ ↓, and p₂ ↓ → dz₂ ↑, for the true class 2", t => TwoProbabilities(t) is var (less, more) ? Comparison.Less(more - 1, less - 1, "dz₂ at the greater and at the smaller p₂") : null!)
        {
            Correction = new("p₂ ↑ → |dz₂| ↓, and p₂ ↓ → |dz₂| ↑; dz₂ itself rises with p₂", t => TwoProbabilities(t) is var (less, more) ? Comparison.Each(
                Comparison.Less(Math.Abs(more - 1), Math.Abs(less - 1)),
                Comparison.Less(less - 1, more - 1)) : null!),
            Cause = Culprit.Author,
            Why = "dz₂ = p₂ − 1 is negative: what falls is its size.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("003.031", 156, 157, Qualitative, "② p₁ ↑ → dz₁ ↑, and p₁ ↓ → dz₁ ↓ (or p₃), for a wrong class", t => TwoProbabilities(t) is var (less, more) ? Comparison.Less(less - 0, more - 0, "dz₁ at the smaller and at the greater p₁") : null!) { Rules = ["softmax-cross-entropy"] },
    ];
}
