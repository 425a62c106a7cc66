using static Backprop.Claims.ClaimKind;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

internal static partial class Notes002
{
    private static IReadOnlyList<Claim> Jacobian() =>
    [
        new("002.022", 68, 68, Shape, "[x₁; …; x_N] → [σ₁(x); …; σ_N(x)], a column to a column", t => Comparison.Shape(F.softmax(t.Real("x", t.Size("N"), 1), 0), t.Size("N"), 1)) { Rules = ["softmax"] },
        new("002.023", 70, 70, Shape, "Softmax takes an N-dimensional vector and produces an N-dimensional vector", t => Comparison.Shape(F.softmax(t.Real("x", t.Size("N")), 0), t.Size("N"))) { Rules = ["softmax"] },
        new("002.024", 72, 74, Shape, "x and σ(x) = [σ₁(x), …, σ_N(x)] are 1×N", t => Comparison.Shape(F.softmax(t.Real("x", 1, t.Size("N")), 1), 1, t.Size("N")))
        {
            Why = "Line 68 draws them as columns; the rest of the question is about rows.",
            Rules = ["softmax"],
        },
        new("002.025", 76, 76, Identity, "σ_i(x) = e^(x_i) / Σ_(j=1..N) e^(x_j)", t => t.Real("x", 1, t.Size("N")) is var x ? Comparison.Equal(Textbook.Softmax(x), F.softmax(x, -1)) : null!) { Rules = ["softmax"] },
        new("002.026", 80, 80, Shape, "D_x σ(x) is N×N", t => Comparison.Shape(Textbook.Jacobian(v => F.softmax(v, -1), t.Real("x", 1, t.Size("N"))), t.Size("N"), t.Size("N"))) { Rules = ["softmax"] },
        new("002.027", 82, 83, Identity, "The Jacobian is J = [∂f/∂x₁ ⋯ ∂f/∂x_N], a column for each input", t =>
        {
            var (a, x) = (t.Real("A", t.Size("M"), t.Size("N")), t.Real("x", t.Size("N")));
            var columns = Enumerable.Range(0, (int)t.Size("N")).Select(i => 2 * a.mv(x) * a.t()[i]).ToList();
            return Comparison.Equal(torch.stack(columns, 1), Textbook.Jacobian(v => a.mv(v).pow(2), x), "autograd, for f = (Ax)∘(Ax)");
        }),
        new("002.028", 82, 85, Identity, "J has ∂f_j/∂x_i in row i, column j: the first row is all about x₁", t =>
        {
            var (a, x) = (t.Real("A", t.Size("N"), t.Size("N")), t.Real("x", t.Size("N")));
            var j = Textbook.Jacobian(v => a.mv(v).pow(2), x);
            return Comparison.Equal(j.t(), j, "[∂f/∂x₁ ⋯ ∂f/∂x_N] for f = (Ax)∘(Ax)");
        })
        {
            Condition = new("J is symmetric, as softmax's is", t => Textbook.Jacobian(v => F.softmax(v, -1), t.Real("x", t.Size("N"))) is var j ? Comparison.Equal(j.t(), j) : null!),
            Correction = new("J has ∂f_i/∂x_j in row i, column j", t =>
            {
                var (a, x) = (t.Real("A", t.Size("N"), t.Size("N")), t.Real("x", t.Size("N")));
                return Comparison.Equal(2 * a.mv(x).unsqueeze(1) * a, Textbook.Jacobian(v => a.mv(v).pow(2), x), "autograd, for f = (Ax)∘(Ax)");
            }),
            Cause = Culprit.Author,
            Why = "The reminder puts ∂f/∂x_i into columns, the matrix below it into rows; only softmax's symmetry hides it, and v · J would be another product.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("002.029", 85, 85, Gradient, "D_x σ(x) = [∂σ₁/∂x₁ ⋯ ∂σ_N/∂x₁; ⋮; ∂σ₁/∂x_N ⋯ ∂σ_N/∂x_N]", t =>
        {
            var x = t.Real("x", t.Size("N"));
            var rows = Enumerable.Range(0, (int)x.numel()).Select(i => torch.stack(Enumerable.Range(0, (int)x.numel()).Select(j => Textbook.Jacobian(v => F.softmax(v, 0)[j], x)[0, i]).ToList())).ToList();
            return Comparison.Equal(torch.stack(rows), Textbook.Jacobian(v => F.softmax(v, 0), x), "autograd");
        })
        {
            Rules = ["softmax"],
        },
        new("002.030", 89, 93, Algorithm, "Two tricks: one for the diagonal entries, one for the others", null),
        new("002.031", 97, 97, Gradient, "∂σ_i/∂x_i = (1/Σ_j e^(x_j)) [e^(x_i)/Σ_j e^(x_j)]", t => Diagonal(t, (x, i) => 1 / Sum(x) * (E(x, i) / Sum(x))))
        {
            Correction = new("∂σ_i/∂x_i = ∂/∂x_i [e^(x_i)/Σ_j e^(x_j)]", t => Diagonal(t, (x, i) => Along(v => E(v, i) / Sum(v), x, i))),
            Cause = Culprit.Ocr,
            Why = "∂/∂x_i was read as 1/Σ: line 123 has the operator in the same place.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("002.032", 99, 99, Gradient, "(1/Σ_j e^(x_j))′ = (f′f − f f′)/f²", t =>
        {
            var (x, i) = Point(t);
            var (f, slope) = (Sum(x), E(x, i));
            return Comparison.Partial((slope * f - f * slope) / (f * f), v => 1 / Sum(v), x, [0, i]);
        })
        {
            Correction = new("(e^(x_i)/Σ_j e^(x_j))′ = (f′g − f g′)/g², f = e^(x_i), g = Σ_j e^(x_j)", t => Diagonal(t, (x, i) => (E(x, i) * Sum(x) - E(x, i) * E(x, i)) / Sum(x).pow(2))),
            Cause = Culprit.Ocr,
            Why = "As it stands it is 0; lines 103–109 speak of f and g, and g was read as f.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("002.033", 103, 105, Identity, "f = e^(x_i), g = Σ_j e^(x_j)", null),
        new("002.034", 107, 107, Gradient, "f′ = (e^(x_i))′ = e^(x_i)", t => Point(t) is var (x, i) ? Comparison.Partial(E(x, i), v => E(v, i), x, [0, i]) : null!),
        new("002.035", 109, 109, Gradient, "g′ = (Σ_j e^(x_j))′ = e^(x_i)", t => Point(t) is var (x, i) ? Comparison.Partial(E(x, i), Sum, x, [0, i]) : null!),
        new("002.036", 113, 115, Gradient, "g′ = ∂(e^(x₁) + … + e^(x_i) + … + e^(x_N))/∂x_i = e^(x_i)",
            t => Point(t) is var (x, i) ? Comparison.Partial(E(x, i), v => Enumerable.Range(0, (int)v.numel()).Select(j => E(v, j)).Aggregate((sum, e) => sum + e), x, [0, i]) : null!),
        new("002.037", 117, 117, Gradient, "∂σ_i/∂x_i = (f′g − f g′)/f²", t => Diagonal(t, (x, i) => (E(x, i) * Sum(x) - E(x, i) * E(x, i)) / E(x, i).pow(2)))
        {
            Correction = new("∂σ_i/∂x_i = (f′g − f g′)/g²", t => Diagonal(t, (x, i) => (E(x, i) * Sum(x) - E(x, i) * E(x, i)) / Sum(x).pow(2))),
            Cause = Culprit.Ocr,
            Why = "Line 119 puts the square of Σ_j e^(x_j), which is g, into the same place.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("002.038", 119, 119, Gradient, "∂σ_i/∂x_i = (e^(x_i) (Σ_j e^(x_j)) − e^(x_i) · e^(x_i)) / (Σ_j e^(x_j))²", t => Diagonal(t, (x, i) => (E(x, i) * Sum(x) - E(x, i) * E(x, i)) / Sum(x).pow(2))) { Rules = ["softmax"] },
        new("002.039", 123, 123, Gradient, "∂σ_i/∂x_j = ∂/∂x_j [e^(x_i)/Σ_j e^(x_j)]", t => OffDiagonal(t, (x, i, j) => Along(v => E(v, i) / Sum(v), x, j))) { Rules = ["softmax"] },
        new("002.040", 125, 127, Gradient, "(c · f⁻¹)′ = −c · f⁻² · f′, c constant", t =>
        {
            var (c, x) = (t.Real("c"), t.Real("x"));
            return Comparison.Gradient(-c * (1 + x * x).pow(-2) * (2 * x), v => c * (1 + v * v).pow(-1), x);
        })
        {
            Why = "Tested on f = 1 + x².",
        },
        new("002.041", 129, 129, Gradient, "∂σ_i/∂x_j = ∂/∂x_j [e^(x_i) · 1/Σ_j e^(x_j)]", t => OffDiagonal(t, (x, i, j) => Along(v => E(v, i) * (1 / Sum(v)), x, j))) { Rules = ["softmax"] },
        new("002.042", 131, 137, Qualitative, "c = e^(x_i) is a constant for x_j, off the diagonal", t => Pair(t) is var (x, i, j) ? Comparison.Partial(torch.zeros(1, torch.float64).sum(), v => E(v, i), x, [0, j]) : null!),
        new("002.043", 139, 139, Gradient, "f′ = (Σ_j e^(x_j))′ = e^(x_j)", t => Pair(t) is var (x, _, j) ? Comparison.Partial(E(x, j), Sum, x, [0, j]) : null!),
        new("002.044", 141, 143, Gradient, "f′ = ∂(e^(x₁) + … + e^(x_j) + … + e^(x_N))/∂x_j = e^(x_j)",
            t => Pair(t) is var (x, _, j) ? Comparison.Partial(E(x, j), v => Enumerable.Range(0, (int)v.numel()).Select(k => E(v, k)).Aggregate((sum, e) => sum + e), x, [0, j]) : null!),
        new("002.045", 145, 145, Gradient, "∂σ_i/∂x_j = −e^(x_i) · e^(x_j) / (Σ_j e^(x_j))²", t => OffDiagonal(t, (x, i, j) => -E(x, i) * E(x, j) / Sum(x).pow(2))) { Rules = ["softmax"] },
        new("002.046", 149, 149, Gradient, "∂σ_i/∂x_i = (e^(x_i) (Σ_j e^(x_j)) − (e^(x_i))²) / (Σ_j e^(x_j))²", t => Diagonal(t, (x, i) => (E(x, i) * Sum(x) - E(x, i).pow(2)) / Sum(x).pow(2))) { Rules = ["softmax"] },
        new("002.047", 151, 151, Gradient, "∂σ_i/∂x_i = e^(x_i) (Σ_j e^(x_j)) / (Σ_j e^(x_j))² − (e^(x_i)/Σ_j e^(x_j))²", t => Diagonal(t, (x, i) => E(x, i) * Sum(x) / Sum(x).pow(2) - (E(x, i) / Sum(x)).pow(2)))
        {
            Why = "The Σ_j e^(x_j) that stands alone in the next row is what is left when the fraction is reduced.",
            Rules = ["softmax"],
        },
        new("002.048", 151, 151, Gradient, "∂σ_i/∂x_i = σ_i(x) − σ_i²(x)", t => Diagonal(t, (x, i) => S(x)[i] - S(x)[i].pow(2))) { Rules = ["softmax"] },
        new("002.049", 153, 153, Gradient, "∂σ_i/∂x_i = σ_i(1 − σ_i(x)), the diagonal", t => Diagonal(t, (x, i) => S(x)[i] * (1 - S(x)[i]))) { Rules = ["softmax"] },
        new("002.050", 157, 157, Gradient, "∂σ_i/∂x_j = e^(x_j)/Σ_j e^(x_j) · e^(x_j)/Σ_j e^(x_j)", t => OffDiagonal(t, (x, _, j) => E(x, j) / Sum(x) * (E(x, j) / Sum(x))))
        {
            Correction = new("∂σ_i/∂x_j = −e^(x_i)/Σ_j e^(x_j) · e^(x_j)/Σ_j e^(x_j)", t => OffDiagonal(t, (x, i, j) => -E(x, i) / Sum(x) * (E(x, j) / Sum(x)))),
            Cause = Culprit.Ocr,
            Why = "The braces below name the factors σ_i and σ_j, and lines 145 and 159 have the minus: a sign was lost and x_i read as x_j.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("002.051", 157, 157, Identity, "The first factor, e^(x_j)/Σ_j e^(x_j), is σ_i(x)", t => Pair(t) is var (x, i, j) ? Comparison.Equal(E(x, j) / Sum(x), F.softmax(x, -1)[0, i]) : null!)
        {
            Correction = new("e^(x_i)/Σ_j e^(x_j) is σ_i(x)", t => Pair(t) is var (x, i, _) ? Comparison.Equal(E(x, i) / Sum(x), F.softmax(x, -1)[0, i]) : null!),
            Cause = Culprit.Ocr,
            Why = "The brace says which index was written.",
            Harm = Harm.Reader,
            Rules = ["softmax"],
        },
        new("002.052", 159, 159, Gradient, "∂σ_i/∂x_j = −σ_i(x) σ_j(x), off the diagonal", t => OffDiagonal(t, (x, i, j) => -S(x)[i] * S(x)[j])) { Rules = ["softmax"] },
        new("002.053", 161, 163, Gradient, "The table's first row begins with σ₁(x)(1 − σ₁(x))", t => Table(t, _ => 0, _ => 0, (s, _) => s[0] * (1 - s[0]))) { Rules = ["softmax"] },
        new("002.054", 163, 163, Gradient, "The table's first row ends with σ_N(x) σ₁(x)", t => Table(t, _ => 0, n => n - 1, (s, n) => s[n - 1] * s[0]))
        {
            Correction = new("The first row ends with −σ_N(x) σ₁(x)", t => Table(t, _ => 0, n => n - 1, (s, n) => -s[n - 1] * s[0])),
            Cause = Culprit.Ocr,
            Why = "Every other entry off the diagonal has its minus, so has line 159, and the last row has −σ₁σ_N in the mirrored place.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("002.055", 164, 164, Gradient, "The table's second row begins with −σ₁(x) σ₂(x)", t => Table(t, _ => 1, _ => 0, (s, _) => -s[0] * s[1])) { Rules = ["softmax"] },
        new("002.056", 164, 164, Gradient, "The table's second row ends with −σ_N(x) σ₂(x)", t => Table(t, _ => 1, n => n - 1, (s, n) => -s[n - 1] * s[1], least: 3)) { Rules = ["softmax"] },
        new("002.057", 166, 166, Gradient, "The table's last row begins with −σ₁(x) σ_N(x)", t => Table(t, n => n - 1, _ => 0, (s, n) => -s[0] * s[n - 1])) { Rules = ["softmax"] },
        new("002.058", 166, 168, Gradient, "The table's last row ends with σ_N(x)(1 − σ_N(x))", t => Table(t, n => n - 1, n => n - 1, (s, n) => s[n - 1] * (1 - s[n - 1]))) { Rules = ["softmax"] },
    ];

    private static (Tensor X, long I) Point(Trial t) => (t.Real("x", 1, t.Size("N")), t.Label("i (from 0)", t.Size("N")));

    private static (Tensor X, long I, long J) Pair(Trial t)
    {
        var (x, i) = (t.Real("x", 1, t.Size("N", 2)), t.Label("i (from 0)", t.Size("N")));
        return (x, i, t.OtherLabel("j (from 0)", t.Size("N"), i));
    }

    /// <summary>A stated ∂σ_i/∂x_i.</summary>
    private static Comparison Diagonal(Trial t, Func<Tensor, long, Tensor> stated) =>
        Point(t) is var (x, i) ? Comparison.Partial(stated(x, i), v => F.softmax(v, -1)[0, i], x, [0, i]) : null!;

    /// <summary>A stated ∂σ_i/∂x_j, j ≠ i.</summary>
    private static Comparison OffDiagonal(Trial t, Func<Tensor, long, long, Tensor> stated) =>
        Pair(t) is var (x, i, j) ? Comparison.Partial(stated(x, i, j), v => F.softmax(v, -1)[0, i], x, [0, j]) : null!;

    /// <summary>A stated entry of the table of line 161: row r and column c have ∂σ_c/∂x_r.</summary>
    private static Comparison Table(Trial t, Func<long, long> row, Func<long, long> column, Func<Tensor, long, Tensor> stated, long least = 2)
    {
        var n = t.Size("N", least);
        var x = t.Real("x", 1, n);
        return Comparison.Partial(stated(S(x), n), v => F.softmax(v, -1)[0, column(n)], x, [0, row(n)]);
    }

    private static Tensor E(Tensor x, long i) => x[0, i].exp();

    private static Tensor Sum(Tensor x) => x.exp().sum();

    private static Tensor S(Tensor x) => Textbook.Softmax(x)[0];

    /// <summary>The derivative of a number along x_i, by autograd.</summary>
    private static Tensor Along(Func<Tensor, Tensor> f, Tensor x, long i) => Textbook.Jacobian(f, x)[0, i];
}
