using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 264 to 383: H(p, q); softmax on scratch paper; its numpy code on scratch paper.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<string> SoftmaxRule => ["softmax"];

    private static IReadOnlyList<Claim> ScratchClaims() =>
    [
        new("004.057", 266, 268, ClaimKind.GoldenNumber, "p = [0, 1, 0] and q = [0.01, 0.9, 0.09] are distributions", _ => Comparison.Each(
            Comparison.Equal(Vector(0, 1, 0).sum().item<double>(), 1, "sum"),
            Comparison.Equal(Vector(0.01, 0.9, 0.09).sum().item<double>(), 1, "sum"))) { Rules = ["cross-entropy"] },
        new("004.058", 270, 270, ClaimKind.Identity, "H(p, q) = −Σ_c p_c log(q_c)", t =>
        {
            var c = t.Size("C");
            var (p, q) = (t.Probabilities("p", 1, c), t.Probabilities("q", 1, c));
            return Comparison.Equal(-(p * q.log()).sum(), F.cross_entropy(q.log(), p), "libtorch's cross-entropy");
        }) { Rules = ["cross-entropy"] },
        new("004.059", 272, 272, ClaimKind.Identity, "σ(x) = σ(x + c)", Shift) { Why = "With σ for softmax, as line 302 has it.", Rules = SoftmaxRule },
        new("004.060", 274, 276, ClaimKind.Identity, "σ[1 2] = σ[2 3]", _ => Comparison.Equal(F.softmax(Vector(1, 2), -1), F.softmax(Vector(2, 3), -1))) { Rules = SoftmaxRule },
        new("004.061", 282, 286, ClaimKind.GoldenNumber, "exp(3) / (exp(3) + exp(6)), exp(5) / (exp(5) + exp(10)), exp(1) / (exp(1) + exp(2)): the first entries of σ[3 6], σ[5 10], σ[1 2]", _ => Comparison.Each(
            FirstEntry(Math.Exp(3) / (Math.Exp(3) + Math.Exp(6)), 3, 6),
            FirstEntry(Math.Exp(5) / (Math.Exp(5) + Math.Exp(10)), 5, 10),
            FirstEntry(Math.Exp(1) / (Math.Exp(1) + Math.Exp(2)), 1, 2)))
        {
            Why = "Softmax sees the scale of its input: the three differ.",
            Rules = SoftmaxRule,
        },
        new("004.062", 288, 288, ClaimKind.GoldenNumber, "exp(2) / (exp(1) + exp(3)): the first entry of σ[2 3]", _ => FirstEntry(Math.Exp(2) / (Math.Exp(1) + Math.Exp(3)), 2, 3))
        {
            Correction = new("exp(2) / (exp(2) + exp(3))", _ => FirstEntry(Math.Exp(2) / (Math.Exp(2) + Math.Exp(3)), 2, 3)),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "The exp(1) is copied from the line above; only with exp(2) does it come out as on line 286, as line 276 wants.",
            Rules = SoftmaxRule,
        },
        new("004.063", 290, 290, ClaimKind.GoldenNumber, "1 / (1 + 2) and 2 / (1 + 2): [1 2] over its sum", _ => Comparison.Equal(Vector(1.0 / (1 + 2), 2.0 / (1 + 2)), Vector(1, 2) / Vector(1, 2).sum()))
        {
            Why = "Unlike softmax this is the same for [1 2], [3 6] and [5 10].",
            Rules = SoftmaxRule,
        },
        new("004.064", 292, 294, ClaimKind.Identity, "2^{2+3} = 2²·2³ = 2⁵", _ => Comparison.Each(Comparison.Equal(Math.Pow(2, 2 + 3), Math.Pow(2, 2) * Math.Pow(2, 3)), Comparison.Equal(Math.Pow(2, 5), Math.Pow(2, 2) * Math.Pow(2, 3)))) { Rules = SoftmaxRule },
        new("004.065", 296, 300, ClaimKind.Identity, "exp(x₁) / (exp(x₁) + exp(x₂)) is exp(x₁ + c) / (exp(x₁ + c) + exp(x₂ + c)) = exp(x₁)·exp(c) / (exp(c) [exp(x₁) + exp(x₂)])", t =>
        {
            var (x1, x2, c) = (t.Scalar("x₁"), t.Scalar("x₂"), t.Scalar("c"));
            var plain = Math.Exp(x1) / (Math.Exp(x1) + Math.Exp(x2));
            return Comparison.Each(
                Comparison.Equal(Math.Exp(x1 + c) / (Math.Exp(x1 + c) + Math.Exp(x2 + c)), plain),
                Comparison.Equal(Math.Exp(x1) * Math.Exp(c) / (Math.Exp(c) * (Math.Exp(x1) + Math.Exp(x2))), plain));
        }) { Rules = SoftmaxRule },
        new("004.066", 302, 302, ClaimKind.Identity, "σ(x_i) = e^{x_i} / Σ_j e^{x_j}", SoftmaxFormula) { Why = "Struck out in the notes, and right.", Rules = SoftmaxRule },
        new("004.067", 304, 304, ClaimKind.Identity, "σ(x_i + c) = e^{x_i + c} / Σ_j e^{x_i + c}", t =>
        {
            var (n, c) = (t.Size("N", 2), t.Scalar("c"));
            var x = t.Real("x", n);
            return Comparison.Equal((x + c).exp() / (n * (x + c).exp()), F.softmax(x + c, -1));
        })
        {
            Correction = new("σ(x_i + c) = e^{x_i + c} / Σ_j e^{x_j + c}", t => Given(t.Real("x", t.Size("N", 2)) + t.Scalar("c"), x => Comparison.Equal(Textbook.Softmax(x), F.softmax(x, -1)))),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "i for j; the next fraction on the same line has x_j, and so has line 7. As it stands every entry is 1/N.",
            Rules = SoftmaxRule,
        },
        new("004.068", 304, 310, ClaimKind.Identity, "σ(x_i + c) = e^{x_i}·e^c / Σ_j e^{x_j}·e^c = e^{x_i} / Σ_j e^{x_j}", t =>
        {
            var (x, c) = (t.Real("x", t.Size("N", 2)), t.Scalar("c"));
            return Comparison.Each(
                Comparison.Equal(x.exp() * Math.Exp(c) / (x.exp() * Math.Exp(c)).sum(), F.softmax(x + c, -1)),
                Comparison.Equal(Textbook.Softmax(x), F.softmax(x + c, -1)));
        }) { Rules = SoftmaxRule },
        new("004.069", 308, 308, ClaimKind.Identity, "σ(x_i + c) = (e^{x_i} / e^c) / (e^c·Σ_j e^{x_j})", t =>
        {
            var (x, c) = (t.Real("x", t.Size("N", 2)), t.Scalar("c", 0.5, 2));
            return Comparison.Equal(x.exp() / Math.Exp(c) / (Math.Exp(c) * x.exp().sum()), F.softmax(x + c, -1));
        })
        {
            Correction = new("σ(x_i + c) = e^{x_i}·e^c / (e^c·Σ_j e^{x_j})", t =>
            {
                var (x, c) = (t.Real("x", t.Size("N", 2)), t.Scalar("c", 0.5, 2));
                return Comparison.Equal(x.exp() * Math.Exp(c) / (Math.Exp(c) * x.exp().sum()), F.softmax(x + c, -1));
            }),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "A dot read as a stroke: lines 9 and 304 have e^{x_i}·e^c.",
            Rules = SoftmaxRule,
        },
        new("004.070", 312, 314, ClaimKind.Identity, "e^{x_i} / Σ_j e^{x_j}, for the rows of x = [1 2; 3 4]", _ => Comparison.Equal(Textbook.Softmax(Square(1, 2, 3, 4)), F.softmax(Square(1, 2, 3, 4), 1))) { Rules = SoftmaxRule },
        new("004.071", 316, 318, ClaimKind.Shape, "1×2 with 2×1 gives 2×2", t => Comparison.Shape(t.Real("a", 1, 2) * t.Real("b", 2, 1), 2, 2))
        {
            Why = "Entry by entry, as numpy repeats rows and columns; the matrix product is 1×1.",
            Rules = SoftmaxRule,
        },
        new("004.072", 322, 326, ClaimKind.Shape, "x = [1 2; 3 4] has the rows a = [1 2] and b = [3 4]; np.sum(x, axis) takes a sum away along an axis", t =>
        {
            var (n, d) = (t.Size("N"), t.Size("D"));
            var x = t.Real("x", n, d);
            return Comparison.Each(
                Comparison.Equal(torch.stack([Vector(1, 2), Vector(3, 4)], 0), Square(1, 2, 3, 4)),
                Comparison.Shape(x.sum(0L), d),
                Comparison.Shape(x.sum(1L), n));
        }) { Rules = SoftmaxRule },
        new("004.073", 332, 344, ClaimKind.Shape, "[[1, 2]] is (1, 2), and x.reshape(−1, len(x)) makes it of [1 2]", t =>
        {
            var x = t.Real("x", t.Size("N"));
            return Comparison.Each(Comparison.Shape(Vector(1, 2).unsqueeze(0), 1, 2), Comparison.Equal(x.reshape(-1, x.shape[0]), x.unsqueeze(0)));
        })
        {
            Why = "For vectors. Of an N×D matrix it makes D×N with the entries out of place, without an error.",
            Rules = SoftmaxRule,
        },
        new("004.074", 352, 354, ClaimKind.GoldenNumber, "[1, 2] less its greatest entry is [−1, 0]", _ => Comparison.Equal(Vector(-1, 0), Vector(1, 2) - Vector(1, 2).max())) { Rules = SoftmaxRule },
        new("004.075", 354, 354, ClaimKind.GoldenNumber, "[−1, 0] = [1/e, 1]", _ => Comparison.Equal(Vector(-1, 0), Vector(1 / Math.E, 1)))
        {
            Correction = new("exp [−1, 0] = [1/e, 1]", _ => Comparison.Equal(Vector(-1, 0).exp(), Vector(1 / Math.E, 1))),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "Scratch: the exp of line 330 is left out.",
            Rules = SoftmaxRule,
        },
        new("004.076", 356, 358, ClaimKind.GoldenNumber, "x = [1 2; 3 4], its rows' greatest entries 2 and 4: x less them is [−1 0; −2 0]", _ => Comparison.Equal(Square(-1, 0, -2, 0), LessRowMaxima(Square(1, 2, 3, 4))))
        {
            Correction = new("x less its rows' greatest entries is [−1 0; −1 0]", _ => Comparison.Equal(Square(-1, 0, -1, 0), LessRowMaxima(Square(1, 2, 3, 4)))),
            Cause = Culprit.Ocr,
            Harm = Harm.Reader,
            Why = "Columns of scratch run together: [−1 0; −2 0] belongs to [1 2; 3 5] of lines 364–366.",
            Rules = SoftmaxRule,
        },
        new("004.077", 360, 362, ClaimKind.Identity, "x.T less the rows' greatest entries of x (numpy repeats them for each row of x.T): each row of x less its own", t =>
        {
            var x = t.Real("x", t.Size("N"), t.Size("D"));
            return Comparison.Equal((x.t() - x.amax([1])).t(), LessRowMaxima(x));
        })
        {
            Why = "Without the .T the greatest entries line up with the columns: an error, or at equal sizes wrong numbers.",
            Rules = SoftmaxRule,
        },
        new("004.078", 364, 366, ClaimKind.GoldenNumber, "[1 2; 3 5]: the rows' greatest entries are 2 and 5", _ => Comparison.Equal(Vector(2, 5), Square(1, 2, 3, 5).amax([1]))) { Rules = SoftmaxRule },
        new("004.079", 368, 372, ClaimKind.GoldenNumber, "[1 3; 2 5] less [2 4; 2 4], transposed, is [−1 0; −2 0]", _ => Comparison.Equal(Square(-1, 0, -2, 0), (Square(1, 3, 2, 5) - Square(2, 4, 2, 4)).t()))
        {
            Correction = new("[1 3; 2 5] less [2 5; 2 5], transposed, is [−1 0; −2 0]", _ => Comparison.Equal(Square(-1, 0, -2, 0), (Square(1, 3, 2, 5) - Square(2, 5, 2, 5)).t())),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "The 4 is left from the matrix before; lines 374–377 have 5.",
            Rules = SoftmaxRule,
        },
        new("004.080", 374, 383, ClaimKind.GoldenNumber, "[1 3; 2 5] less [2 5; 2 5] is [−1 −2; 0 0], for x.T of x = [1 2; 3 5]", _ => Comparison.Each(
            Comparison.Equal(Square(1, 3, 2, 5), Square(1, 2, 3, 5).t()),
            Comparison.Equal(Square(-1, -2, 0, 0), Square(1, 3, 2, 5) - Square(2, 5, 2, 5)))) { Rules = SoftmaxRule },
    ];

    private static Comparison FirstEntry(double stated, double one, double other) => Comparison.Equal(stated, F.softmax(Vector(one, other), -1)[0].item<double>(), "the first entry");

    private static Tensor LessRowMaxima(Tensor x) => x - x.amax([1], keepdim: true);
}
