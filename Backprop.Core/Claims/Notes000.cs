using static Backprop.Claims.ClaimKind;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>What notes 000 claim: the product Y = XW, softmax with cross-entropy, the multi-class SVM loss.</summary>
internal static partial class Notes000
{
    internal static IReadOnlyList<Claim> Claims { get; } = [.. Product(), .. SoftmaxCrossEntropy(), .. Hinge()];

    private static IReadOnlyList<Claim> Product() =>
    [
        new("000.001", 7, 7, Shape, "X is 2×2, W is 2×3, and Y = XW is 2×3", t => Comparison.Shape(t.Real("X", 2, 2).mm(t.Real("W", 2, 3)), 2, 3)) { Rules = ["matrix-product"] },
        new("000.002", 9, 9, Shape, "X: N×D, W: D×M, Y = XW: N×M", t => Comparison.Shape(X(t).mm(W(t)), t.Size("N"), t.Size("M"))) { Rules = ["matrix-product"] },
        new("000.003", 11, 13, Gradient, "L is a scalar; dL/dY = [dL/dy_ij], entry by entry, of the shape of Y", t =>
        {
            var (y, c) = (t.Real("Y", t.Size("N"), t.Size("M")), t.Real("c", t.Size("N"), t.Size("M")));
            return Comparison.Gradient(2 * c * y, v => (c * v * v).sum(), y);
        }),
        new("000.004", 15, 15, Gradient, "dL/dx = Σ_ij dL/dy_ij · dy_ij/dx₁₁", t =>
        {
            var (x, w, dy) = Two(t);
            return Comparison.Gradient(Paths(v => v.mm(w), x, 0, dy), v => v.mm(w), x, dy);
        })
        {
            Correction = new("dL/dx₁₁ = Σ_ij dL/dy_ij · dy_ij/dx₁₁", t => OfX(t, (x, w, dy) => Paths(v => v.mm(w), x, 0, dy), 0, 0)),
            Cause = Culprit.Ocr,
            Why = "The right side is about x₁₁, and notes 001 read dx₁ in the same place: an index was lost.",
            Harm = Harm.Reader,
            Rules = ["matrix-product"],
        },
        new("000.005", 15, 15, Gradient, "Σ_ij dL/dy_ij · dy_ij/dx₁₁ = dL/dy₁₁·w₁₁ + dL/dy₁₂·w₁₂ + dL/dy₁₃·w₁₃",
            t => OfX(t, (_, w, dy) => dy[0, 0] * w[0, 0] + dy[0, 1] * w[0, 1] + dy[0, 2] * w[0, 2], 0, 0)) { Rules = ["matrix-product"] },
        new("000.006", 17, 17, Gradient, "dL/dx₂₁ = Σ_ij dL/dy_ij · dy_ij/dx₂₁", t => OfX(t, (x, w, dy) => Paths(v => v.mm(w), x, 2, dy), 1, 0)) { Rules = ["matrix-product"] },
        new("000.007", 17, 17, Gradient, "dL/dx₂₁ = dL/dy₂₁·w₁₁ + dL/dy₂₂·w₁₂ + dL/dy₂₃·w₁₃",
            t => OfX(t, (_, w, dy) => dy[1, 0] * w[0, 0] + dy[1, 1] * w[0, 1] + dy[1, 2] * w[0, 2], 1, 0)) { Rules = ["matrix-product"] },
        new("000.008", 19, 19, Gradient, "dL/dX = dL/dY × Wᵀ", GradientOfX) { Rules = ["matrix-product"] },
        new("000.009", 21, 21, Shape, "dL/dY × Wᵀ is N×D", t => Comparison.Shape(DY(t).mm(W(t).t()), t.Size("N"), t.Size("D"))) { Rules = ["matrix-product"] },
        new("000.010", 24, 24, Gradient, "dL/dw₁₁ = Σ_ij dL/dy_ij · dy_ij/dw₁₁", t => OfW(t, (x, w, dy) => Paths(x.mm, w, 0, dy), 0, 0)) { Rules = ["matrix-product"] },
        new("000.011", 24, 24, Gradient, "dL/dw₁₁ = dL/dy₁₁·x₁₁ + dL/dy₂₁·x₂₁", t => OfW(t, (x, _, dy) => dy[0, 0] * x[0, 0] + dy[1, 0] * x[1, 0], 0, 0)) { Rules = ["matrix-product"] },
        new("000.012", 26, 26, Gradient, "dL/dw₂₂ = Σ_ij dL/dy_ij · dy_ij/dw₂₂", t => OfW(t, (x, w, dy) => Paths(x.mm, w, 4, dy), 1, 1)) { Rules = ["matrix-product"] },
        new("000.013", 26, 26, Gradient, "dL/dw₂₂ = dL/dy₁₂·x₁₂ + dL/dy₂₂·x₂₂", t => OfW(t, (x, _, dy) => dy[0, 1] * x[0, 1] + dy[1, 1] * x[1, 1], 1, 1)) { Rules = ["matrix-product"] },
        new("000.014", 28, 28, Gradient, "dL/dW = Xᵀ · dL/dY", GradientOfW) { Rules = ["matrix-product"] },
        new("000.015", 30, 30, Shape, "Xᵀ · dL/dY is D×M", t => Comparison.Shape(X(t).t().mm(DY(t)), t.Size("D"), t.Size("M"))) { Rules = ["matrix-product"] },
    ];

    private static IReadOnlyList<Claim> SoftmaxCrossEntropy() =>
    [
        new("000.016", 36, 38, Shape, "3 classes & inputs, that is N×C, N the batch size", null),
        new("000.017", 40, 40, Identity, "z_ij = e^(y_ij) / Σ_(j=1..3) e^(y_ij)", t =>
        {
            var y = t.Real("Y", t.Size("N"), 3);
            return Comparison.Equal(Textbook.Softmax(y), F.softmax(y, -1));
        })
        {
            Why = "The letter j is both the entry's and the sum's; read as two letters it is softmax over each row.",
            Rules = ["softmax"],
        },
        new("000.018", 42, 42, Identity, "The cross-entropy loss is −log(e^(y_ij) / Σ e^(y_ij)), j the actual class", t =>
        {
            var y = t.Real("Y", 1, t.Size("C"));
            var label = t.Label("j", t.Size("C"));
            return Comparison.Equal(-Textbook.Softmax(y)[0, label].log(), F.cross_entropy(y, torch.tensor(new[] { label }, [1], torch.int64)));
        })
        {
            Rules = ["softmax-cross-entropy"],
        },
        new("000.019", 44, 45, Qualitative, "What stands under the logarithm is the output of the actual class; the word “max” is struck out", t =>
        {
            var y = t.Real("Y", 1, t.Size("C", 2));
            var label = t.Label("j", t.Size("C"));
            return Comparison.Equal((-F.cross_entropy(y, torch.tensor(new[] { label }, [1], torch.int64))).exp(), F.softmax(y, -1)[0, label]);
        })
        {
            Rules = ["softmax-cross-entropy"],
        },
        new("000.020", 48, 48, Identity, "L = −log(e^y₁₂ / Σ_j e^y₁ⱼ) + −log(e^y₂₃ / Σ_j e^y₂ⱼ), for the classes 2 and 3", t =>
        {
            var y = t.Real("Y", 2, 3);
            return Comparison.Equal(-(E(y, 0, 1) / Sum(y, 0)).log() + -(E(y, 1, 2) / Sum(y, 1)).log(), Loss(y));
        })
        {
            Rules = ["softmax-cross-entropy"],
        },
        new("000.021", 48, 48, Identity, "L = −log z₁₂ − log z₂₃", t =>
        {
            var y = t.Real("Y", 2, 3);
            return Comparison.Equal(-Z(y)[0, 1].log() - Z(y)[1, 2].log(), Loss(y));
        })
        {
            Rules = ["softmax-cross-entropy", "negative-log-likelihood"],
        },
        new("000.022", 50, 50, Gradient, "dL/dy₁₁ = Σ_ij dL/dz_ij · dz_ij/dy₁₁", t => OfLoss(t, 0, 0, y => Paths(v => F.softmax(v, -1), y, 0, SlopeInZ(y)))) { Rules = ["softmax-cross-entropy"] },
        new("000.023", 50, 50, Gradient, "dL/dy₁₁ = dL/dz₁₂ · dz₁₂/dy₁₁ + 0", t => OfLoss(t, 0, 0, y => OnePath(y, 0))) { Rules = ["softmax-cross-entropy"] },
        new("000.024", 52, 52, Gradient, "dL/dy₁₂ = dL/dz₁₂ · dz₁₂/dy₁₂", t => OfLoss(t, 0, 1, y => OnePath(y, 1))) { Rules = ["softmax-cross-entropy"] },
        new("000.025", 54, 54, Gradient, "dL/dy₁₃ = dL/dz₁₂ · dz₁₂/dy₁₃", t => OfLoss(t, 0, 2, y => OnePath(y, 2))) { Rules = ["softmax-cross-entropy"] },
        new("000.026", 56, 56, Gradient, "dL/dz₁₂ = −1/z₁₂", t =>
        {
            var z = t.Probabilities("Z", 2, 3);
            return Comparison.Partial(-1 / z[0, 1], v => -v[0, 1].log() - v[1, 2].log(), z, [0, 1]);
        })
        {
            Rules = ["negative-log-likelihood"],
        },
        new("000.027", 56, 56, Gradient, "dz₁₂/dy₁₁ = d/dy₁₁ (e^y₁₂ × (e^y₁₁ + e^y₁₂ + e^y₁₃)⁻¹)",
            t => OfZ12(t, 0, y => Slope(v => E(v, 0, 1) * Sum(v, 0).pow(-1), y, 0))) { Rules = ["softmax"] },
        new("000.028", 58, 58, Gradient, "dz₁₂/dy₁₁ = −e^y₁₂ (e^y₁₁ + e^y₁₂ + e^y₁₃)⁻² + 0", t => OfZ12(t, 0, y => -E(y, 0, 1) * Sum(y, 0).pow(-2) + 0))
        {
            Correction = new("dz₁₂/dy₁₁ = −e^y₁₂ (e^y₁₁ + e^y₁₂ + e^y₁₃)⁻² · e^y₁₁ + 0", t => OfZ12(t, 0, y => -E(y, 0, 1) * Sum(y, 0).pow(-2) * E(y, 0, 0) + 0)),
            Cause = Culprit.Author,
            Why = "The inner derivative e^y₁₁ of the chain rule is forgotten; nothing in the line is garbled, and the next one has the factor again.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("000.029", 60, 60, Gradient, "dz₁₂/dy₁₁ = −e^y₁₂ · e^y₁₁ / (e^y₁₁ + e^y₁₂ + e^y₁₃)²", t => OfZ12(t, 0, y => -E(y, 0, 1) * E(y, 0, 0) / Sum(y, 0).pow(2))) { Rules = ["softmax"] },
        new("000.030", 60, 60, Gradient, "dz₁₂/dy₁₁ = −z₁₂ · e^y₁₁ / (e^y₁₁ + e^y₁₂ + e^y₁₃)", t => OfZ12(t, 0, y => -Z(y)[0, 1] * E(y, 0, 0) / Sum(y, 0))) { Rules = ["softmax"] },
        new("000.031", 62, 62, Gradient, "dL/dy₁₁ = e^y₁₁ / (e^y₁₁ + e^y₁₂ + e^y₁₃)", t => OfLoss(t, 0, 0, y => E(y, 0, 0) / Sum(y, 0)))
        {
            Why = "The page ends after another equals sign; what followed is z₁₁, as for the other entries.",
            Rules = ["softmax-cross-entropy"],
        },
        new("000.032", 66, 66, Gradient, "Similarly dL/dy₁₃ = e^y₁₃ / (e^y₁₁ + e^y₁₂ + e^y₁₃) = z₁₃", t => Comparison.Each(
            OfLoss(t, 0, 2, y => E(y, 0, 2) / Sum(y, 0)),
            OfLoss(t, 0, 2, y => Z(y)[0, 2])))
        {
            Why = "The “Why” of lines 66 and 76 is the handwriting's “Illy”, similarly, as notes 001 read it.",
            Rules = ["softmax-cross-entropy"],
        },
        new("000.033", 68, 68, Gradient, "dL/dy₂₁ = e^y₂₁ / (e^y₂₁ + e^y₂₂ + e^y₂₃) = z₂₁", t => Comparison.Each(
            OfLoss(t, 1, 0, y => E(y, 1, 0) / Sum(y, 1)),
            OfLoss(t, 1, 0, y => Z(y)[1, 0]))) { Rules = ["softmax-cross-entropy"] },
        new("000.034", 68, 68, Gradient, "dL/dy₂₂ = e^y₂₂ / (e^y₂₁ + e^y₂₂ + e^y₂₃) = z₂₂", t => Comparison.Each(
            OfLoss(t, 1, 1, y => E(y, 1, 1) / Sum(y, 1)),
            OfLoss(t, 1, 1, y => Z(y)[1, 1]))) { Rules = ["softmax-cross-entropy"] },
        new("000.035", 70, 70, Gradient, "dL/dy₁₂ = −(1/z₁₂) · dz₁₂/dy₁₂", t => OfLoss(t, 0, 1, y => -1 / Z(y)[0, 1] * Slope(v => F.softmax(v, -1)[0, 1], y, 1))) { Rules = ["softmax-cross-entropy"] },
        new("000.036", 72, 72, Gradient, "d/dy₁₂ [e^y₁₂ / (e^y₁₁ + e^y₁₂ + e^y₁₃)] = −e^y₁₂(…)⁻²·y₁₂ / (e^y₁₂(…)⁻¹) + y₁₂ / (e^y₁₂(…)⁻¹)",
            t => OfZ12(t, 1, y => -E(y, 0, 1) * Sum(y, 0).pow(-2) * y[0, 1] / (E(y, 0, 1) * Sum(y, 0).pow(-1)) + y[0, 1] / (E(y, 0, 1) * Sum(y, 0).pow(-1))))
        {
            Correction = new("d/dy₁₂ [e^y₁₂ / (e^y₁₁ + e^y₁₂ + e^y₁₃)] = −e^y₁₂(…)⁻²·e^y₁₂ + e^y₁₂(…)⁻¹", t => OfZ12(t, 1, y => -E(y, 0, 1) * Sum(y, 0).pow(-2) * E(y, 0, 1) + E(y, 0, 1) * Sum(y, 0).pow(-1))),
            Cause = Culprit.Ocr,
            Why = "The next line follows from the corrected one; exponents slid down (y₁₂ for e^y₁₂), and two lines were read as fractions.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("000.037", 72, 72, Gradient, "dz₁₂/dy₁₂ = −e^y₁₂/(…) · [e^y₁₂/(…) − 1]", t => OfZ12(t, 1, y => -E(y, 0, 1) / Sum(y, 0) * (E(y, 0, 1) / Sum(y, 0) - 1))) { Rules = ["softmax"] },
        new("000.038", 72, 72, Gradient, "dz₁₂/dy₁₂ = −z₁₂ [e^y₁₂/(…) − 1]", t => OfZ12(t, 1, y => -Z(y)[0, 1] * (E(y, 0, 1) / Sum(y, 0) - 1))) { Rules = ["softmax"] },
        new("000.039", 74, 74, Gradient, "dL/dy₁₂ = −(1/z₁₂) × −z₁₂ [z₁₂ − 1]", t => OfLoss(t, 0, 1, y => -1 / Z(y)[0, 1] * (-Z(y)[0, 1] * (Z(y)[0, 1] - 1)))) { Rules = ["softmax-cross-entropy"] },
        new("000.040", 74, 74, Gradient, "dL/dy₁₂ = z₁₂ − 1", t => OfLoss(t, 0, 1, y => Z(y)[0, 1] - 1)) { Rules = ["softmax-cross-entropy"] },
        new("000.041", 76, 76, Gradient, "Similarly dL/dy₂₃ = z₂₃ − 1", t => OfLoss(t, 1, 2, y => Z(y)[1, 2] - 1)) { Rules = ["softmax-cross-entropy"] },
    ];

    private static IReadOnlyList<Claim> Hinge() =>
    [
        new("000.042", 80, 80, Identity, "y_i = 2: class 2 is the true one in row i", t => t.OffMargin("Y", 2, 3) is var y ? Comparison.Equal(Svm(y, 1, 1), Margins(y), "the loss of line 91") : null!)
        {
            Correction = new("y₁ = 2 and y₂ = 3", t => t.OffMargin("Y", 2, 3) is var y ? Comparison.Equal(Svm(y, 1, 2), Margins(y), "the loss of line 91") : null!),
            Cause = Culprit.Ocr,
            Why = "Lines 86–87 give class 2 to the first row and class 3 to the second: a 1 was read as i.",
            Harm = Harm.Reader,
            Rules = ["multi-class-hinge"],
        },
        new("000.043", 84, 84, Identity, "L = Σ_(j=1..3) max(0, s_j − s_(y_i+1)) + Σ_(j=1..3) max(0, s_j − s_(y_2j+1))", t =>
        {
            var s = t.OffMargin("S", 2, 3);
            // Class 2 is column 1 here, so s_(y+1) is column 2 in the first row, and in the second, of class 3, there is none.
            return Comparison.Equal((s[0] - s[0].gather(0, torch.tensor(new[] { 2L }, [1], torch.int64))).relu().sum() + (s[1] - s[1].gather(0, torch.tensor(new[] { 3L }, [1], torch.int64))).relu().sum(), Svm(s, 1, 2));
        })
        {
            Correction = new("L = Σ_(j≠y₁) max(0, s_j − s_y₁ + 1) + Σ_(j≠y₂) max(0, s_j − s_y₂ + 1)", t => t.OffMargin("S", 2, 3) is var s ? Comparison.Equal(Summed(s, j => j), Svm(s, 1, 2)) : null!),
            Cause = Culprit.Ocr,
            Why = "The margin + 1 slid into the index; line 91 has it outside, and for class 3 there is no s_(y+1).",
            Harm = Harm.Loud,
            Rules = ["multi-class-hinge"],
        },
        new("000.044", 84, 84, Identity, "The sums of the loss run over j = 1 … 3, the true class included", t => t.OffMargin("S", 2, 3) is var s ? Comparison.Equal(Summed(s, _ => -1), Svm(s, 1, 2)) : null!)
        {
            Correction = new("The sums run over the wrong classes, j ≠ y_i", t => t.OffMargin("S", 2, 3) is var s ? Comparison.Equal(Summed(s, j => j), Svm(s, 1, 2)) : null!),
            Cause = Culprit.Author,
            Why = "The true class adds max(0, 0 + 1) = 1 for each row, which line 91 does not have; the gradients are not touched.",
            Harm = Harm.Silent,
            Rules = ["multi-class-hinge"],
        },
        new("000.045", 86, 87, Qualitative, "Let the correct class of the first row be y₁₂, of the second y₂₃", null) { Rules = ["multi-class-hinge"] },
        new("000.046", 91, 91, Identity, "loss = max(0, y₁₁ − y₁₂ + 1) + max(0, y₁₃ − y₁₂ + 1) + max(0, y₂₁ − y₂₃ + 1) + max(0, y₂₂ − y₂₃ + 1)",
            t => t.Real("Y", 2, 3) is var y ? Comparison.Equal(Margins(y), Svm(y, 1, 2)) : null!) { Rules = ["multi-class-hinge"] },
        new("000.047", 93, 93, Gradient, "dL/dy₁₁ = 1(y₁₁ − y₁₂ + 1 > 0)", t => OfSvm(t, 0, 0, y => Textbook.Positive(y[0, 0] - y[0, 1] + 1)))
        {
            Why = "Tested away from the kink: at a margin of exactly 0 the loss has no derivative, and the strict > chooses the slope 0, as libtorch does.",
            Rules = ["multi-class-hinge"],
        },
        new("000.048", 95, 95, Gradient, "dL/dy₂₁ = 1(y₂₁ − y₂₃ + 1 > 0)", t => OfSvm(t, 1, 0, y => Textbook.Positive(y[1, 0] - y[1, 2] + 1))) { Rules = ["multi-class-hinge"] },
        new("000.049", 97, 97, Gradient, "dL/dy₁₃ = 1(y₁₃ − y₁₂ + 1 > 0)", t => OfSvm(t, 0, 2, y => Textbook.Positive(y[0, 2] - y[0, 1] + 1))) { Rules = ["multi-class-hinge"] },
        new("000.050", 99, 99, Gradient, "dL/dy₂₂ = 1(y₂₂ − y₂₃ + 1 > 0)", t => OfSvm(t, 1, 1, y => Textbook.Positive(y[1, 1] - y[1, 2] + 1))) { Rules = ["multi-class-hinge"] },
        new("000.051", 101, 101, Gradient, "dL/dy₁₂ = −1(y₁₁ − y₁₂ + 1 > 0) + −1(y₁₃ − y₁₂ + 1 > 0)",
            t => OfSvm(t, 0, 1, y => -Textbook.Positive(y[0, 0] - y[0, 1] + 1) + -Textbook.Positive(y[0, 2] - y[0, 1] + 1))) { Rules = ["multi-class-hinge"] },
        new("000.052", 103, 103, Qualitative, "1 is the indicator function", null) { Rules = ["multi-class-hinge"] },
        new("000.053", 105, 105, Gradient, "dL/dy₂₃ = −1(y₂₁ − y₂₃ + 1 > 0) + −1(y₂₂ − y₂₃ + 1 > 0)",
            t => OfSvm(t, 1, 2, y => -Textbook.Positive(y[1, 0] - y[1, 2] + 1) + -Textbook.Positive(y[1, 1] - y[1, 2] + 1))) { Rules = ["multi-class-hinge"] },
    ];
}
