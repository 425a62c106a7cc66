using Backprop.Verify;
using static Backprop.Claims.ClaimKind;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

internal static partial class Notes003
{
    private static IReadOnlyList<Claim> Weights() =>
    [
        new("003.032", 159, 163, Gradient, "∂W = ∂Z · X, X the input matrix", t => Batch.Draw(t) is var batch ? batch.OfW(batch.DZ.mm(batch.X)) : null!)
        {
            Correction = new("∂W = Xᵀ · ∂Z", t => Batch.Draw(t) is var batch ? batch.OfW(batch.X.t().mm(batch.DZ)) : null!),
            Cause = Culprit.Author,
            Why = "(m, n)(m, d) does not compose; the author mends it in line 184. Where m = d = n it composes and is wrong.",
            Harm = Harm.SilentAtEqualSizes,
            Rules = ["softmax-classifier", "linear"],
        },
        new("003.033", 159, 163, Shape, "∂Z · X has the shape of W, (d, n)", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.DZ.mm(batch.X), t.Size("d"), t.Size("n")) : null!)
        {
            Correction = new("Xᵀ · ∂Z has the shape of W, (d, n)", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.X.t().mm(batch.DZ), t.Size("d"), t.Size("n")) : null!),
            Cause = Culprit.Author,
            Why = "(m, n)(m, d) composes only where n = m, and then it is (m, d); the author finds it out by the shapes of lines 165–182.",
            Harm = Harm.SilentAtEqualSizes,
            Rules = ["softmax-classifier", "linear"],
        },
        new("003.034", 165, 165, Shape, "∂Z = p − y is m×n − m×n = (m, n)", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.P - batch.Y, t.Size("m"), t.Size("n")) : null!) { Rules = ["softmax-classifier"] },
        new("003.035", 165, 165, Shape, "∂Z = p − y is (300, 3)", _ => Comparison.Shape(F.softmax(torch.zeros(300, 2, torch.float64).mm(torch.zeros(2, 3, torch.float64)), -1), 300, 3)) { Rules = ["softmax-classifier"] },
        new("003.036", 167, 167, Shape, "X is (m, d) = (300, 2)", null),
        new("003.037", 169, 176, Shape, "∂W has the shape of W, (d, n)", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.GradientOfW, t.Size("d"), t.Size("n")) : null!) { Rules = ["softmax-classifier"] },
        new("003.038", 176, 176, Shape, "(d, n) is (2, 3): 2 features, 3 neurons, one for each class", t =>
        {
            var (w, p) = (t.Real("W", 2, 3), F.softmax(t.Real("X", t.Size("m"), 2).mm(t.Real("W", 2, 3)), -1));
            return Comparison.Each(Comparison.Shape(w, 2, 3), Comparison.Shape(p, t.Size("m"), 3));
        }),
        new("003.039", 178, 180, Shape, "W = W − α ∂W: W and ∂W have the same shape", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.W - t.Scalar("α", 0.01, 1) * batch.GradientOfW, batch.W.shape) : null!) { Rules = ["softmax-classifier"] },
        new("003.040", 178, 178, Algorithm, "W = W − α ∂W lowers J", t => Step(t, _ => t.Scalar("α", 20, 200)))
        {
            Condition = new("α is small enough: α ≤ 1/‖X‖² does", t => Step(t, x => t.Scalar("α · ‖X‖²", 0, 1) / x.pow(2).sum().item<double>())),
            Cause = Culprit.Author,
            Why = "The curvature of J is at most ½‖X‖², so that a step of up to 1/‖X‖² cannot climb; a large one can.",
            Harm = Harm.Reader,
            Rules = ["softmax-classifier"],
        },
        new("003.041", 182, 182, Shape, "(2, 300)(300, 3) → (2, 3)", _ => Comparison.Shape(torch.zeros(2, 300, torch.float64).mm(torch.zeros(300, 3, torch.float64)), 2, 3)) { Rules = ["softmax-classifier"] },
        new("003.042", 184, 184, Gradient, "Xᵀ · ∂Z = ∂W", t => Batch.Draw(t) is var batch ? batch.OfW(batch.X.t().mm(batch.DZ)) : null!) { Rules = ["softmax-classifier", "linear"] },
    ];

    private static IReadOnlyList<Claim> Bias() =>
    [
        new("003.043", 188, 190, GoldenNumber, "argmax [0.1, 0.3, 0.7] is 2, of the indices 0, 1, 2", _ => Comparison.Golden(2, Vector(0.1, 0.3, 0.7).argmax().item<long>(), 0))
        {
            Why = "The three numbers sum to 1.1: they are scores, not probabilities.",
            Rules = ["softmax-classifier"],
        },
        new("003.044", 192, 192, Gradient, "∂b = ∂Z · ∂Z/∂b", t => Batch.Draw(t) is var batch ? batch.OfB(batch.DZ.reshape(1, -1).mm(Textbook.Jacobian(b => batch.X.mm(batch.W) + b, batch.B))) : null!)
        {
            Why = "As a product of Jacobians: ∂Z with all its entries in one row.",
            Rules = ["linear"],
        },
        new("003.045", 194, 194, Gradient, "∂b = (p − y) · 1", t => Batch.Draw(t) is var batch ? batch.OfB(batch.DZ * 1) : null!)
        {
            Condition = new("There is one example, m = 1", t => One.Draw(t) is var one ? one.OfB(one.DZ * 1) : null!),
            Correction = new("∂b = 1ᵀ · (p − y), 1 a column of m ones", t => Batch.Draw(t) is var batch ? batch.OfB(torch.ones(1, t.Size("m"), torch.float64).mm(batch.DZ)) : null!),
            Cause = Culprit.Author,
            Why = "b was repeated for each example, so its gradient is summed over them.",
            Harm = Harm.Silent,
            Rules = ["linear", "softmax-classifier"],
        },
        new("003.046", 196, 198, Gradient, "∂Z/∂b = ∂(xw + b)/∂b = 1", t => Batch.Draw(t) is var batch && Textbook.Jacobian(b => batch.X.mm(batch.W) + b, batch.B) is var j ? Comparison.Equal(torch.ones_like(j), j, "the Jacobian") : null!)
        {
            Condition = new("There is one neuron, n = 1, or all are numbers", t =>
            {
                var (x, w, b) = (t.Real("X", t.Size("m"), t.Size("d")), t.Real("W", t.Size("d"), 1), t.Real("b", 1, 1));
                return Comparison.Equal(torch.ones(t.Size("m"), 1, torch.float64), Textbook.Jacobian(v => x.mm(w) + v, b), "the Jacobian");
            }),
            Correction = new("∂Z_ik/∂b_l is 1 for l = k, else 0: an identity matrix for each example", t => Batch.Draw(t) is var batch ? Comparison.Equal(
                torch.cat(Enumerable.Repeat(torch.eye(t.Size("n"), dtype: torch.float64), (int)t.Size("m")).ToList()), Textbook.Jacobian(b => batch.X.mm(batch.W) + b, batch.B), "the Jacobian") : null!),
            Cause = Culprit.Author,
            Why = "Right for numbers; with matrices the 1 stands for identities below each other, which is where the column sum comes from.",
            Harm = Harm.Reader,
            Rules = ["linear"],
        },
        new("003.047", 200, 200, Gradient, "∂b = ∂Z", t => Batch.Draw(t) is var batch ? batch.OfB(batch.DZ) : null!)
        {
            Condition = new("There is one example, m = 1", t => One.Draw(t) is var one ? one.OfB(one.DZ) : null!),
            Correction = new("∂b is the column sum of ∂Z", t => Batch.Draw(t) is var batch ? batch.OfB(batch.DZ.sum(0L, keepdim: true)) : null!),
            Cause = Culprit.Author,
            Why = "The shapes differ, (1, n) and (m, n); the author sums in line 222. In code b − α ∂Z would quietly become m×n.",
            Harm = Harm.Silent,
            Rules = ["linear", "softmax-classifier"],
        },
        new("003.048", 202, 202, Shape, "∂Z = p − y is (300, 3) = (m, n)", _ => Comparison.Shape(F.softmax(torch.zeros(300, 2, torch.float64).mm(torch.zeros(2, 3, torch.float64)), -1), 300, 3)) { Rules = ["softmax-classifier"] },
        new("003.049", 204, 208, Shape, "∂b is (1, n), the shape of b", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.GradientOfB, 1, t.Size("n")) : null!) { Rules = ["linear"] },
        new("003.050", 210, 212, Shape, "(1, n) = (m, n): ∂b and ∂Z have one shape", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.DZ, 1, t.Size("n")) : null!)
        {
            Condition = new("There is one example, m = 1", t => One.Draw(t) is var one ? Comparison.Shape(one.DZ, 1, t.Size("n")) : null!),
            Correction = new("∂b is (1, n), and ∂Z summed over the m examples is (1, n)", t => Batch.Draw(t) is var batch ? Comparison.Each(
                Comparison.Shape(batch.GradientOfB, 1, t.Size("n")),
                Comparison.Shape(batch.DZ.sum(0L, keepdim: true), 1, t.Size("n"))) : null!),
            Cause = Culprit.Author,
            Why = "Perhaps the question that line 222 answers; as an equation it needs m = 1.",
            Harm = Harm.Reader,
            Rules = ["linear"],
        },
        new("003.051", 215, 217, Gradient, "For m samples ∂b is the mean of ∂Z", t => Batch.Draw(t) is var batch ? batch.OfB(batch.DZ.mean([0L], keepdim: true)) : null!)
        {
            Correction = new("For m samples ∂b is the sum of ∂Z", t => Batch.Draw(t) is var batch ? batch.OfB(batch.DZ.sum(0L, keepdim: true)) : null!),
            Cause = Culprit.Author,
            Why = "The code of line 222 sums, as Xᵀ · ∂Z in line 184 does; the mean belongs to a J that is a mean, and then ∂W has the factor 1/m too.",
            Harm = Harm.Silent,
            Rules = ["linear", "softmax-classifier"],
        },
        new("003.052", 220, 220, Qualitative, "“n-th array”", null) { Why = "Unclear; an array of n entries is meant." },
        new("003.053", 222, 222, Identity, "b = np.sum(∂Z, axis=0, keepdims=True)", t => Batch.Draw(t) is var batch ? Comparison.Equal(batch.DZ.sum(0L, keepdim: true), batch.B) : null!)
        {
            Correction = new("∂b = np.sum(∂Z, axis=0, keepdims=True)", t => Batch.Draw(t) is var batch ? batch.OfB(batch.DZ.sum(0L, keepdim: true)) : null!),
            Cause = Culprit.Ocr,
            Why = "Lines 192–204 are about ∂b; as it stands the bias would be overwritten by its gradient.",
            Harm = Harm.Silent,
            Rules = ["linear", "softmax-classifier"],
        },
        new("003.054", 222, 222, Shape, "np.sum(∂Z, axis=0, keepdims=True) is (1, n)", t => Batch.Draw(t) is var batch ? Comparison.Shape(batch.DZ.sum(0L, keepdim: true), 1, t.Size("n")) : null!) { Rules = ["linear"] },
        new("003.055", 232, 233, Qualitative, "Logistic units adapted to several classes: between any two classes the classifier is one", t =>
        {
            var one = One.Draw(t, classes: 2);
            var k = t.Label("k (from 0)", t.Size("n"));
            var l = t.OtherLabel("l (from 0)", t.Size("n"), k);
            return Comparison.Equal(one.P[0, k] / (one.P[0, k] + one.P[0, l]), torch.sigmoid(one.Z[0, k] - one.Z[0, l]));
        })
        {
            Why = "LRU: logistic regression unit.",
            Rules = ["softmax-classifier", "sigmoid"],
        },
        new("003.056", 235, 235, Qualitative, "✗ no heavily non-linear decision boundary", t =>
        {
            // Affine scores: two classes are level on a straight line, and a class that wins at both ends of a segment wins all along it.
            var (w, b) = (t.Real("W", t.Size("d"), t.Size("n")), t.Real("b", 1, t.Size("n")));
            var ends = t.Real("X", 2, t.Size("d"));
            var scores = ends.mm(w) + b;
            var middle = Host.Numbers(0.5 * (ends[0] + ends[1]).reshape(1, -1).mm(w) + b);
            var winner = scores[0].argmax().item<long>();
            var wins = scores[1].argmax().item<long>() != winner || middle[winner] >= middle.Max() - 1e-12;
            return Comparison.Each(
                Comparison.Equal(torch.tensor(middle, [middle.Length], torch.float64), 0.5 * (scores[0] + scores[1])),
                Comparison.True(wins, "the class of both ends", "the class in the middle"));
        })
        {
            Rules = ["softmax-classifier"],
        },
    ];

    private static Tensor Real(Trial t) => t.Real("Z", t.Size("m"), t.Size("n"));

    private static Tensor Vector(params double[] entries) => torch.tensor(entries, [entries.Length], torch.float64);

    private static (double Less, double More) TwoProbabilities(Trial t)
    {
        var less = t.Scalar("p", 0.1, 0.5);
        return (less, t.Scalar("greater p", 0.6, 0.9));
    }

    /// <summary>J before and after a step along −∂W with the α that is given for X.</summary>
    private static Comparison Step(Trial t, Func<Tensor, double> alpha)
    {
        var batch = Batch.Draw(t, t.Positive("X", t.Size("m"), t.Size("d")));
        var after = batch.Loss(batch.X.mm(batch.W - alpha(batch.X) * batch.GradientOfW) + batch.B);
        return Comparison.AtMost(after.item<double>(), batch.Loss(batch.Z).item<double>() + 1e-12, "J after the step, J before");
    }

    /// <summary>m examples: X (m, d), W (d, n), b (1, n), y (m, n) one-hot; J is the sum over the examples, libtorch's.</summary>
    private sealed record Batch(Tensor X, Tensor W, Tensor B, Tensor Y)
    {
        internal Tensor Z => X.mm(W) + B;

        internal Tensor P => F.softmax(Z, -1);

        internal Tensor DZ => P - Y;

        internal Tensor GradientOfW => Textbook.Jacobian(w => Loss(X.mm(w) + B), W).reshape(W.shape);

        internal Tensor GradientOfB => Textbook.Jacobian(b => Loss(X.mm(W) + b), B).reshape(B.shape);

        internal static Batch Draw(Trial t, Tensor? x = null) =>
            new(x ?? t.Real("X", t.Size("m"), t.Size("d")), t.Real("W", t.Size("d"), t.Size("n")), t.Real("b", 1, t.Size("n")), t.OneHot("y", t.Size("m"), t.Size("n")));

        internal Tensor Loss(Tensor z) => F.cross_entropy(z, Y, reduction: torch.nn.Reduction.Sum);

        internal Comparison OfZ(Tensor stated) => Comparison.Gradient(stated, Loss, Z);

        internal Comparison OfW(Tensor stated) => Comparison.Gradient(stated, w => Loss(X.mm(w) + B), W);

        internal Comparison OfB(Tensor stated) => Comparison.Gradient(stated, b => Loss(X.mm(W) + b), B);
    }

    /// <summary>One example: x (1, d), and the derivatives as Jacobians, a row for each result and a column for each entry.</summary>
    private sealed record One(Tensor X, Tensor W, Tensor B, Tensor Y)
    {
        internal Tensor Z => X.mm(W) + B;

        internal Tensor P => F.softmax(Z, -1);

        /// <summary>∂J/∂z.</summary>
        internal Tensor DZ => P - Y;

        /// <summary>∂J/∂p.</summary>
        internal Tensor DP => Textbook.Jacobian(p => -(Y * p.log()).sum(), P);

        internal Tensor PByZ => Textbook.Jacobian(z => F.softmax(z, -1), Z);

        internal Tensor ZByW => Textbook.Jacobian(w => X.mm(w) + B, W);

        internal Tensor ZByB => Textbook.Jacobian(b => X.mm(W) + b, B);

        internal static One Draw(Trial t, long classes = 1)
        {
            var (d, n) = (t.Size("d"), t.Size("n", classes));
            return new(t.Real("x", 1, d), t.Real("w", d, n), t.Real("b", 1, n), t.OneHot("y", 1, n));
        }

        internal Tensor Loss(Tensor w, Tensor b) => F.cross_entropy(X.mm(w) + b, Y);

        /// <summary>A stated ∂J/∂w, with a column for each entry of w, in its order.</summary>
        internal Comparison OfW(Tensor stated) => Comparison.Gradient(stated.numel() == W.numel() ? stated.reshape(W.shape) : stated, w => Loss(w, B), W);

        internal Comparison OfB(Tensor stated) => Comparison.Gradient(stated, b => Loss(W, b), B);
    }
}
