using static Backprop.Claims.ClaimKind;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>What notes 001 claim: the pages of notes 000 once more, badly read. Where a line is damaged, notes 000 say what stood there.</summary>
internal static partial class Notes001
{
    internal static IReadOnlyList<Claim> Claims { get; } = [.. Product(), .. SoftmaxCrossEntropy(), .. Hinge()];

    private static IReadOnlyList<Claim> Product() =>
    [
        new("001.001", 2, 3, Shape, "X is 2×2, W is 2×3, and Y = XW is 2×3, N×M", t => Comparison.Shape(t.Real("X", 2, 2).mm(t.Real("W", 2, 3)), 2, 3)) { Rules = ["matrix-product"] },
        new("001.002", 5, 7, Gradient, "dL/dY has dL/dy in each of its six entries", t =>
        {
            var (y, c) = (t.Real("Y", 2, 3), t.Real("c", 2, 3));
            return Comparison.Gradient((2 * c * y)[0, 0] * torch.ones_like(y), v => (c * v * v).sum(), y);
        })
        {
            Correction = new("dL/dY = [dL/dy_ij], another entry in each place", t =>
            {
                var (y, c) = (t.Real("Y", 2, 3), t.Real("c", 2, 3));
                return Comparison.Gradient(2 * c * y, v => (c * v * v).sum(), y);
            }),
            Cause = Culprit.Ocr,
            Why = "All six indices were lost; notes 000, line 13, have them.",
            Harm = Harm.Reader,
        },
        new("001.003", 9, 9, Gradient, "dL/dx₁ = Σ_ij dL/dy_ij · dy_ij/dx₁₁, x₁ the first row", t =>
        {
            var (x, w, dy) = Notes000.Two(t);
            return Comparison.Gradient(Notes000.Paths(v => v.mm(w), x, 0, dy), v => torch.cat([v.reshape(1, 2), x[1].reshape(1, 2)]).mm(w), x[0], dy);
        })
        {
            Correction = new("dL/dx₁₁ = Σ_ij dL/dy_ij · dy_ij/dx₁₁", t => Notes000.OfX(t, (x, w, dy) => Notes000.Paths(v => v.mm(w), x, 0, dy), 0, 0)),
            Cause = Culprit.Ocr,
            Why = "The right side is about x₁₁: the second index was lost.",
            Harm = Harm.Reader,
            Rules = ["matrix-product"],
        },
        new("001.004", 9, 9, Gradient, "Σ_ij dL/dy_ij · dy_ij/dx₁₁ = dL/dy₁₁·w₁₁ + dL/dy₁₂·w₁₂ + dL/dy₁₃·w₁₃",
            t => Notes000.OfX(t, (_, w, dy) => dy[0, 0] * w[0, 0] + dy[0, 1] * w[0, 1] + dy[0, 2] * w[0, 2], 0, 0)) { Rules = ["matrix-product"] },
        new("001.005", 12, 12, Gradient, "dL/dx₂₁ = Σ_j dL/dy₁ⱼ · dy₁ⱼ/dx₂₁ (the sum sign read as an integral)",
            t => Notes000.OfX(t, (x, w, dy) => Notes000.Paths(v => v.mm(w)[0], x, 2, dy[0]), 1, 0))
        {
            Correction = new("dL/dx₂₁ = Σ_ij dL/dy_ij · dy_ij/dx₂₁", t => Notes000.OfX(t, (x, w, dy) => Notes000.Paths(v => v.mm(w), x, 2, dy), 1, 0)),
            Cause = Culprit.Ocr,
            Why = "The first row of Y does not depend on x₂₁, so the sum would be 0; notes 000, line 17, sum over i and j.",
            Harm = Harm.Silent,
            Rules = ["matrix-product"],
        },
        new("001.006", 12, 12, Gradient, "dL/dx₂₁ = dL/dy₂₁·w₁₁ + dL/dy₂₁·w₁₂ + dL/dy₂₃·w₁₃",
            t => Notes000.OfX(t, (_, w, dy) => dy[1, 0] * w[0, 0] + dy[1, 0] * w[0, 1] + dy[1, 2] * w[0, 2], 1, 0))
        {
            Correction = new("dL/dx₂₁ = dL/dy₂₁·w₁₁ + dL/dy₂₂·w₁₂ + dL/dy₂₃·w₁₃", t => Notes000.OfX(t, (_, w, dy) => dy[1, 0] * w[0, 0] + dy[1, 1] * w[0, 1] + dy[1, 2] * w[0, 2], 1, 0)),
            Cause = Culprit.Ocr,
            Why = "y₂₂ was read as y₂₁; notes 000, line 17, have y₂₂.",
            Harm = Harm.Silent,
            Rules = ["matrix-product"],
        },
        new("001.007", 14, 14, Gradient, "dL/dX = (3/3) dL/dY × Wᵀ", Notes000.GradientOfX)
        {
            Why = "The 3/3 stands for the sign “therefore”; being 1, it does no harm.",
            Rules = ["matrix-product"],
        },
        new("001.008", 16, 16, Gradient, "dL/dw₁₁ = Σ_ij dL/dy_ij · dy_ij/dw₁₁", t => Notes000.OfW(t, (x, w, dy) => Notes000.Paths(x.mm, w, 0, dy), 0, 0)) { Rules = ["matrix-product"] },
        new("001.009", 16, 16, Gradient, "dL/dw₁₁ = dL/dy₁₁·x₁₁ + dL/dy₂₁·x₂₁", t => Notes000.OfW(t, (x, _, dy) => dy[0, 0] * x[0, 0] + dy[1, 0] * x[1, 0], 0, 0)) { Rules = ["matrix-product"] },
        new("001.010", 18, 18, Gradient, "dL/dw₂₂ = Σ_ij dL/dy_ij · dy_ij/dw₂₂", t => Notes000.OfW(t, (x, w, dy) => Notes000.Paths(x.mm, w, 4, dy), 1, 1)) { Rules = ["matrix-product"] },
        new("001.011", 18, 18, Gradient, "dL/dw₂₂ = dL/dy₁₂·x₁₂ + dL/dy₂₂·x₂₂", t => Notes000.OfW(t, (x, _, dy) => dy[0, 1] * x[0, 1] + dy[1, 1] * x[1, 1], 1, 1))
        {
            Why = "x was read as χ.",
            Rules = ["matrix-product"],
        },
        new("001.012", 20, 20, Shape, "(xᵀ/dy) · dL/dY has the shape of W, D×M", t => (Notes000.X(t), Notes000.DY(t)) is var (x, dy) ? Comparison.Shape((x.t() / dy).mm(dy), t.Size("D"), t.Size("M")) : null!)
        {
            Correction = new("Xᵀ · dL/dY has the shape of W, D×M", t => (Notes000.X(t), Notes000.DY(t)) is var (x, dy) ? Comparison.Shape(x.t().mm(dy), t.Size("D"), t.Size("M")) : null!),
            Cause = Culprit.Ocr,
            Why = "Xᵀ is D×N and dY is N×M: their quotient, entry by entry, wants one shape.",
            Harm = Harm.SilentAtEqualSizes,
            Rules = ["matrix-product"],
        },
        new("001.013", 20, 20, Gradient, "dL/dW = (xᵀ/dy) · dL/dY", t =>
        {
            var (x, w, dy) = (Notes000.X(t), Notes000.W(t), Notes000.DY(t));
            return Comparison.Gradient((x.t() / dy).mm(dy), x.mm, w, dy);
        })
        {
            Correction = new("dL/dW = Xᵀ · dL/dY", Notes000.GradientOfW),
            Cause = Culprit.Ocr,
            Why = "Notes 000, line 28, have Xᵀ alone: the fraction bar and dy were taken from the neighbouring dL/dY.",
            Harm = Harm.SilentAtEqualSizes,
            Rules = ["matrix-product"],
        },
    ];

    private static IReadOnlyList<Claim> SoftmaxCrossEntropy() =>
    [
        new("001.014", 24, 24, Shape, "Y, 2×3, goes through softmax to a matrix 2×3, and on to the cross-entropy loss (read as 1/6005)",
            t => Comparison.Shape(Textbook.Softmax(t.Real("Y", 2, 3)), 2, 3)) { Rules = ["softmax"] },
        new("001.015", 26, 26, Shape, "3 classes, and inputs N×C (read as NAC)", null),
        new("001.016", 28, 28, Count, "4 classes", t => Comparison.Equal(4, t.Real("Y", 2, 3).shape[1], "the columns of Y in line 24"))
        {
            Correction = new("3 classes", t => Comparison.Equal(3, t.Real("Y", 2, 3).shape[1], "the columns of Y in line 24")),
            Cause = Culprit.Ocr,
            Why = "“4 classes entropy loss” is the handwriting's “cross entropy loss”; line 26 has 3 classes.",
            Harm = Harm.Reader,
        },
        new("001.017", 28, 28, Identity, "entropy loss = −log(e^(4ij) / Σ_(e=1..e) e^(4ij))", Loop)
        {
            Correction = new("cross-entropy loss = −log(e^(y_ij) / Σ_j e^(y_ij)), j the actual class", LossOfOneRow),
            Cause = Culprit.Ocr,
            Why = "y was read as 4 and the limits of the sum were lost: as it stands the sum has equal terms, and the loss would not depend on Y.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("001.018", 30, 76, Count, "2 classes (24 times)", t => Comparison.Equal(2, t.Real("Y", 2, 3).shape[1], "the columns of Y in line 24"))
        {
            Correction = new("3 classes", t => Comparison.Equal(3, t.Real("Y", 2, 3).shape[1], "the columns of Y in line 24")),
            Cause = Culprit.Ocr,
            Why = "The reading fell into a loop, of which lines 42–60 of notes 000 are the victim; line 26 has 3 classes.",
            Harm = Harm.Reader,
        },
        new("001.019", 30, 76, Identity, "entropy loss = −log(e^(4ij) / Σ_(e=1..e) e^(4ij)) (24 times, the last cut off)", Loop)
        {
            Correction = new("cross-entropy loss = −log(e^(y_ij) / Σ_j e^(y_ij)), j the actual class", LossOfOneRow),
            Cause = Culprit.Ocr,
            Why = "The line before, repeated: the reading fell into a loop.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("001.020", 78, 78, GoldenNumber, "dL/dy₁₁ = 811/8411 · 1/412 · 1/413", t => Notes000.OfLoss(t, 0, 0, _ => Number(811.0 / 8411 / 412 / 413)))
        {
            Correction = new("dL/dy₁₁ = e^y₁₁ / (e^y₁₁ + e^y₁₂ + e^y₁₃)", t => Notes000.OfLoss(t, 0, 0, y => Notes000.E(y, 0, 0) / Notes000.Sum(y, 0))),
            Cause = Culprit.Ocr,
            Why = "The exponents y₁₁, y₁₂ and y₁₃ were read as 411, 412 and 413; notes 000, line 62, have the fraction.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("001.021", 81, 81, Gradient, "dL/dy₁₅ = ((y₁₃/e^y₁₁)(y₁₂/y₁₂)(y₁₃/e^y₁₃)) / (e^y₁₁ + e^y₁₂), there being no y₁₅, taken for y₁₃",
            t => Notes000.OfLoss(t, 0, 2, y => y[0, 2] / Notes000.E(y, 0, 0) * (y[0, 1] / y[0, 1]) * (y[0, 2] / Notes000.E(y, 0, 2)) / (Notes000.E(y, 0, 0) + Notes000.E(y, 0, 1))))
        {
            Correction = new("dL/dy₁₃ = e^y₁₃ / (e^y₁₁ + e^y₁₂ + e^y₁₃)", t => Notes000.OfLoss(t, 0, 2, y => Notes000.E(y, 0, 2) / Notes000.Sum(y, 0))),
            Cause = Culprit.Ocr,
            Why = "Exponents were read as a line of fractions of their own; notes 000, line 66, have the fraction.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("001.022", 83, 83, Gradient, "dL/dy₂₁ = e / e^y₂₁", t => Notes000.OfLoss(t, 1, 0, y => Math.E / Notes000.E(y, 1, 0)))
        {
            Correction = new("dL/dy₂₁ = e^y₂₁ / (e^y₂₁ + e^y₂₂ + e^y₂₃)", t => Notes000.OfLoss(t, 1, 0, y => Notes000.E(y, 1, 0) / Notes000.Sum(y, 1))),
            Cause = Culprit.Ocr,
            Why = "The numerator lost its exponent and the denominator two terms; notes 000, line 68, have them.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("001.023", 83, 83, Gradient, "dL/dy₂₁ = y₂₂/e^y₂₂ = z₂₁/e^y₂₂", t =>
        {
            var y = t.Real("Y", 2, 3);
            return Comparison.Each(
                Comparison.Partial(y[1, 1] / Notes000.E(y, 1, 1), Notes000.Loss, y, [1, 0]),
                Comparison.Partial(Notes000.Z(y)[1, 0] / Notes000.E(y, 1, 1), Notes000.Loss, y, [1, 0]));
        })
        {
            Correction = new("dL/dy₂₁ = z₂₁, and dL/dy₂₂ = e^y₂₂ / (e^y₂₁ + e^y₂₂ + e^y₂₃) = z₂₂", t => Comparison.Each(
                Notes000.OfLoss(t, 1, 0, y => Notes000.Z(y)[1, 0]),
                Notes000.OfLoss(t, 1, 1, y => Notes000.E(y, 1, 1) / Notes000.Sum(y, 1)),
                Notes000.OfLoss(t, 1, 1, y => Notes000.Z(y)[1, 1]))),
            Cause = Culprit.Ocr,
            Why = "Two equations were read as one chain; notes 000, line 68, have them apart.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("001.024", 85, 85, Gradient, "dL/dy₁₂ = dL/dx₁₂ · dx₁₂/dy₁₂ = (−1/x₁₂) · dx₁₂/dy₁₂, x for z", t => Comparison.Each(
            Notes000.OfLoss(t, 0, 1, y => Notes000.OnePath(y, 1)),
            Notes000.OfLoss(t, 0, 1, y => -1 / Notes000.Z(y)[0, 1] * Notes000.Slope(v => F.softmax(v, -1)[0, 1], y, 1))))
        {
            Why = "z was read as x throughout the line, which changes no more than its name.",
            Rules = ["softmax-cross-entropy"],
        },
        new("001.025", 87, 87, Gradient, "d/dy₁₂ (a column of y's)^½ = … = …", null) { Why = "Unreadable; it was line 72 of notes 000." },
        new("001.026", 89, 89, Gradient, "dL/dy₁₂ = −(1/2x) · x^(−½) · (2/(2x₂) − 1), x and x₂ for z₁₂", t => Notes000.OfLoss(t, 0, 1, y =>
        {
            var z = Notes000.Z(y)[0, 1];
            return -1 / (2 * z) * z.pow(-0.5) * (2 / (2 * z) - 1);
        }))
        {
            Correction = new("dL/dy₁₂ = −(1/z₁₂) × −z₁₂ (z₁₂ − 1)", t => Notes000.OfLoss(t, 0, 1, y => -1 / Notes000.Z(y)[0, 1] * (-Notes000.Z(y)[0, 1] * (Notes000.Z(y)[0, 1] - 1)))),
            Cause = Culprit.Ocr,
            Why = "z was read as 2x and the sign × as an exponent; notes 000, line 74, have it.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("001.027", 89, 89, Gradient, "dL/dy₁₂ = 1/(2x₂), x₂ for z₁₂", t => Notes000.OfLoss(t, 0, 1, y => 1 / (2 * Notes000.Z(y)[0, 1])))
        {
            Correction = new("dL/dy₁₂ = z₁₂ − 1", t => Notes000.OfLoss(t, 0, 1, y => Notes000.Z(y)[0, 1] - 1)),
            Cause = Culprit.Ocr,
            Why = "Notes 000, line 74, have z₁₂ − 1.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
        new("001.028", 91, 91, GoldenNumber, "dL/dy₂₃ = 7/25 − 1", t => Notes000.OfLoss(t, 1, 2, _ => Number(7.0 / 25 - 1)))
        {
            Correction = new("dL/dy₂₃ = z₂₃ − 1", t => Notes000.OfLoss(t, 1, 2, y => Notes000.Z(y)[1, 2] - 1)),
            Cause = Culprit.Ocr,
            Why = "z₂₃ was read as the fraction 7/25; notes 000, line 76, have z₂₃ − 1.",
            Harm = Harm.Reader,
            Rules = ["softmax-cross-entropy"],
        },
    ];

    private static IReadOnlyList<Claim> Hinge() =>
    [
        new("001.029", 101, 102, Identity, "L = (3/2) max(0, s₁ − s_y₁ + 1) + (3/2) max(0, s₁ − s_y₂ + 1)", t =>
        {
            var s = t.OffMargin("S", 2, 3);
            return Comparison.Equal(1.5 * (s[0, 0] - s[0, 1] + 1).relu() + 1.5 * (s[1, 0] - s[1, 2] + 1).relu(), Notes000.Svm(s, 1, 2));
        })
        {
            Correction = new("L = Σ_(j≠y₁) max(0, s_j − s_y₁ + 1) + Σ_(j≠y₂) max(0, s_j − s_y₂ + 1)", SvmAsSums),
            Cause = Culprit.Ocr,
            Why = "The sum sign with its limits was read as 3/2, “(0,” as o₁, and j as 1; notes 000, line 84, have the sums (from 1 to 3, where j ≠ y is meant).",
            Harm = Harm.Silent,
            Rules = ["multi-class-hinge"],
        },
        new("001.030", 103, 109, Identity, "(3/2) max(0, s₁ − s_y₂ + 1) + (3/2) max(0, s₁ − s_y₂ + 1) and more of the kind", t =>
        {
            var s = t.OffMargin("S", 2, 3);
            return Comparison.Equal(3 * (s[1, 0] - s[1, 2] + 1).relu(), Notes000.Svm(s, 1, 2));
        })
        {
            Correction = new("L = Σ_(j≠y₁) max(0, s_j − s_y₁ + 1) + Σ_(j≠y₂) max(0, s_j − s_y₂ + 1)", SvmAsSums),
            Cause = Culprit.Ocr,
            Why = "The line before, repeated four times with other indices; notes 000 have it once.",
            Harm = Harm.Reader,
            Rules = ["multi-class-hinge"],
        },
        new("001.031", 111, 111, Identity, "loss = max(0, y₁₁ − y₁₂ + 1) + max(0, y₁₃ − y₁₂ + 1) + max(0, y₂₁ − y₂₃ + 1) + max(0, y₂₂ − y₂₃ + 1)",
            t => t.Real("Y", 2, 3) is var y ? Comparison.Equal(Notes000.Margins(y), Notes000.Svm(y, 1, 2)) : null!)
        {
            Why = "Some y's were read as 4; the word Loss stands between the summands.",
            Rules = ["multi-class-hinge"],
        },
        new("001.032", 111, 111, Gradient, "[dL/dy₁₁ =] 1(y₁₁ − y₁₂ + 1 > 0)", t => Notes000.OfSvm(t, 0, 0, y => Textbook.Positive(y[0, 0] - y[0, 1] + 1)))
        {
            Why = "The left side was lost; notes 000, line 93, have it.",
            Rules = ["multi-class-hinge"],
        },
        new("001.033", 111, 111, Gradient, "dL/dy₂₁ = 1(y₂₁ − y₂₃ + 1 > 0)", t => Notes000.OfSvm(t, 1, 0, y => Textbook.Positive(y[1, 0] - y[1, 2] + 1))) { Rules = ["multi-class-hinge"] },
        new("001.034", 111, 111, Gradient, "[dL/dy₁₃ =] 1(y₁₃ − y₁₂ + 1 > 0)", t => Notes000.OfSvm(t, 0, 2, y => Textbook.Positive(y[0, 2] - y[0, 1] + 1)))
        {
            Why = "The left side was lost; notes 000, line 97, have it.",
            Rules = ["multi-class-hinge"],
        },
        new("001.035", 111, 111, Gradient, "dL = 1(y₂₂ − y₂₃ + 170), the number being true where it is not 0", t => Notes000.OfSvm(t, 1, 1, y => (y[1, 1] - y[1, 2] + 170).ne(0).to_type(torch.float64)))
        {
            Correction = new("dL/dy₂₂ = 1(y₂₂ − y₂₃ + 1 > 0)", t => Notes000.OfSvm(t, 1, 1, y => Textbook.Positive(y[1, 1] - y[1, 2] + 1))),
            Cause = Culprit.Ocr,
            Why = "“1 > 0” was read as 170; notes 000, line 99, have the condition.",
            Harm = Harm.Silent,
            Rules = ["multi-class-hinge"],
        },
        new("001.036", 111, 111, Gradient, "[dL/dy₁₂ =] −1(y₁₁ − y₁₂ > 0) + 1 − 1(y₁₃ − y₁₂ + 1 > 0)",
            t => Notes000.OfSvm(t, 0, 1, y => -Textbook.Positive(y[0, 0] - y[0, 1]) + 1 - Textbook.Positive(y[0, 2] - y[0, 1] + 1)))
        {
            Correction = new("dL/dy₁₂ = −1(y₁₁ − y₁₂ + 1 > 0) + −1(y₁₃ − y₁₂ + 1 > 0)",
                t => Notes000.OfSvm(t, 0, 1, y => -Textbook.Positive(y[0, 0] - y[0, 1] + 1) + -Textbook.Positive(y[0, 2] - y[0, 1] + 1))),
            Cause = Culprit.Ocr,
            Why = "The “+ 1” of the first margin slid out of the brackets; notes 000, line 101, have it inside.",
            Harm = Harm.Silent,
            Rules = ["multi-class-hinge"],
        },
        new("001.037", 111, 111, Gradient, "[dL/dy₂₃ =] −1(y₂₁ − y₂₃ + 1 > 0) + −1(y₂₁ − y₂₃ + 1 > 0)",
            t => Notes000.OfSvm(t, 1, 2, y => -Textbook.Positive(y[1, 0] - y[1, 2] + 1) + -Textbook.Positive(y[1, 0] - y[1, 2] + 1)))
        {
            Correction = new("dL/dy₂₃ = −1(y₂₁ − y₂₃ + 1 > 0) + −1(y₂₂ − y₂₃ + 1 > 0)",
                t => Notes000.OfSvm(t, 1, 2, y => -Textbook.Positive(y[1, 0] - y[1, 2] + 1) + -Textbook.Positive(y[1, 1] - y[1, 2] + 1))),
            Cause = Culprit.Ocr,
            Why = "y₂₂ was read as y₂₁; notes 000, line 105, have y₂₂.",
            Harm = Harm.Silent,
            Rules = ["multi-class-hinge"],
        },
        new("001.038", 111, 111, Qualitative, "“Site of the second 1. of or”", null) { Why = "Unreadable; notes 000, line 103, have “1: indicator function” in the same place." },
    ];

    /// <summary>As it was read: the terms of the sum are all e^(4ij).</summary>
    private static Comparison Loop(Trial t)
    {
        var y = t.Real("Y", 1, 3);
        var label = t.Label("j", 3);
        var term = Math.Exp(4 * (label + 1));
        return Comparison.Equal(Number(-Math.Log(term / (3 * term))), F.cross_entropy(y, torch.tensor(new[] { label }, [1], torch.int64)));
    }

    private static Comparison LossOfOneRow(Trial t)
    {
        var y = t.Real("Y", 1, 3);
        var label = t.Label("j", 3);
        return Comparison.Equal(-Textbook.Softmax(y)[0, label].log(), F.cross_entropy(y, torch.tensor(new[] { label }, [1], torch.int64)));
    }

    private static Comparison SvmAsSums(Trial t) => t.OffMargin("S", 2, 3) is var s ? Comparison.Equal(Notes000.Summed(s, j => j), Notes000.Svm(s, 1, 2)) : null!;

    private static Tensor Number(double value) => torch.tensor(value, torch.float64);
}
