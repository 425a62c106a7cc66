using Backprop.Verify;
using static Backprop.Claims.Notation;

namespace Backprop.Claims;

/// <summary>Lines 2059 to 2134: gradient checking.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> Checking() =>
    [
        new("004.604", 2059, 2061, ClaimKind.Gradient, "∇J(θ) ≈ (J(θ+ε) − J(θ−ε)) / 2ε, ε → 0", WholeStep(null)) { Condition = OneParameter(), Correction = Centred(), Cause = Culprit.Author, Harm = Harm.Silent, Why = ParameterWise },
        new("004.605", 2063, 2063, ClaimKind.Algorithm, "choose ε ≈ 10⁻⁹", t => InSingle(t, 1e-9))
        {
            Condition = new("J is computed in double precision; then five digits are left", t => InDouble(t, 1e-9)),
            Correction = new("choose ε ≈ 10⁻⁴", t => InSingle(t, 1e-4) is { Agrees: false } wrong ? wrong : InDouble(t, 1e-4)),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "Asked is that the quotient be the derivative to 1 % in single precision, where θ ± 10⁻⁹ is θ and the quotient 0; line 2130 takes 10⁻⁴.",
        },
        new("004.606", 2065, 2068, ClaimKind.Algorithm, "if the forward pass is correct, the gradient check checks the backward pass: it passes a right one and catches a wrong one", CheckChecks) { Rules = [Window] },
        new("004.607", 2070, 2070, ClaimKind.Qualitative, "J(v, w, x, b) (v twice)", null) { Why = "A list of parameters." },
        new("004.609", 2078, 2078, ClaimKind.Qualitative, "g(θ) = (J(θ+ε) − J(θ−ε)) / 2ε", null) { Why = "A definition." },
        new("004.615", 2096, 2096, ClaimKind.Gradient, "∂J(θ)/∂θ_i = (J(θ+ε) − J(θ−ε)) / 2ε, with θ = [θ_1 θ_2]", WholeStep(2, entry: 0)) { Condition = OneParameter(), Correction = Centred(), Cause = Culprit.Author, Harm = Harm.Silent, Why = ParameterWise },
        new("004.616", 2100, 2104, ClaimKind.Qualitative, "θ^(i+) = θ + ε e_i", null) { Why = "A definition." },
        HalfOfOneSide("004.617", 2106, 2106),
        new("004.618", 2108, 2108, ClaimKind.Qualitative, "θ^(i−) = θ − ε e_i", null) { Why = "A definition." },
        HalfOfOneSide("004.619", 2110, 2110),
        new("004.620", 2116, 2116, ClaimKind.Gradient, "∂J(θ)/∂θ = lim (J(θ+ε) − J(θ−ε)) / 2ε (J read as δ)", WholeStep(null)) { Condition = OneParameter(), Correction = Centred(), Cause = Culprit.Author, Harm = Harm.Silent, Why = ParameterWise },
        new("004.621", 2118, 2120, ClaimKind.Shape, "θ = [θ_1, θ_2, θ_3, …, θ_n] ∈ R^(n×1)", t => t.Size("n", 2) is var n ? Comparison.Shape(t.Real("θ", 1, n), n, 1) : null!)
        {
            Correction = new("θ = [θ_1, θ_2, θ_3, …, θ_n]ᵀ ∈ R^(n×1)", t => t.Size("n", 2) is var n ? Comparison.Shape(t.Real("θ", 1, n).t(), n, 1) : null!),
            Cause = Culprit.Author, Harm = Harm.Reader, Why = "What is written lying down is 1×n.",
        },
        new("004.622", 2124, 2126, ClaimKind.Identity, "θ^(i±) = θ ± e_i * ε moves entry i by ε and no other (e read as ε)", t =>
        {
            var (theta, e) = (Parameters(t, null), 1e-4);
            var i = t.Label("i", theta.shape[0]);
            return Comparison.Equal((theta + Basis(theta.shape[0], i) * e) - (theta - Basis(theta.shape[0], i) * e), Replaced(torch.zeros_like(theta), i, 0, 2 * e));
        }),
        new("004.623", 2128, 2128, ClaimKind.Gradient, "∂J(θ)/∂θ_i = lim (J(θ^(i+)) − J(θ^(i−))) / 2ε (J read as δ)", Centred().Test) { Why = "Taken at two small ε, whose error falls with ε²." },
        new("004.624", 2130, 2130, ClaimKind.Algorithm, "choose ε ≈ 10⁻⁴", t => InSingle(t, 1e-4) is { Agrees: false } wrong ? wrong : InDouble(t, 1e-4)) { Why = "Asked is that the quotient be the derivative to 1 % in single precision and to 10⁻⁵ in double." },
        new("004.625", 2132, 2132, ClaimKind.Identity, "∂J(θ)/∂θ_i = (J(θ^(i+)) − J(θ^(i−))) / 2ε, without a limit", t => Exactly(t, Curved))
        {
            Condition = new("J is a polynomial of degree 2 or less, as in the examples of lines 2074 and 2136", t => Exactly(t, (a, x) => (a * x * x).sum())),
            Correction = Centred(), Cause = Culprit.Author, Harm = Harm.Reader, Why = "Line 2128 has the limit, line 2134 an ≈: the quotient is off by ε²J‴/6.",
        },
        new("004.626", 2134, 2134, ClaimKind.Qualitative, "∂J(θ)/∂θ_i ≈ ΔJ(θ)/Δθ_i", null) { Why = "A reading of line 2132." },
    ];

    private const string ParameterWise = "θ + ε moves all parameters at once, and the quotient is one number, the sum of the gradient; lines 2104 to 2128 move one at a time.";

    private const double Fine = 1e-4;

    /// <summary>A smooth J of many parameters, no polynomial: Σ a_i sin θ_i + (Σ θ)³/9.</summary>
    private static Tensor Curved(Tensor a, Tensor x) => (a * x.sin()).sum() + x.sum() * x.sum() * x.sum() / 9;

    private static Tensor Parameters(Trial t, long? n) => t.Real("θ", n ?? t.Size("n"), 1);

    /// <summary>θ + ε in all entries, against the gradient (or one entry of it).</summary>
    private static Func<Trial, Comparison> WholeStep(long? count, long? entry = null) => t =>
    {
        var theta = Parameters(t, count);
        var a = t.Real("a", theta.shape[0], 1);
        var quotient = ((Curved(a, theta + Fine) - Curved(a, theta - Fine)) / (2 * Fine)).reshape(1, 1);
        var gradient = Autograd.Gradients(x => Curved(a, x[0]), [theta], [true], torch.tensor(1.0, torch.float64))[0];
        return Close(quotient, entry is { } i ? At(gradient, i) : gradient, 1e-5);
    };

    private static Formal OneParameter() => new("θ is one number", WholeStep(1));

    private static Formal Centred() => new("∂J(θ)/∂θ_i = lim (J(θ + εe_i) − J(θ − εe_i)) / 2ε", t =>
    {
        var theta = Parameters(t, null);
        var (a, i) = (t.Real("a", theta.shape[0], 1), t.Label("i", theta.shape[0]));
        var derivative = At(Autograd.Gradients(x => Curved(a, x[0]), [theta], [true], torch.tensor(1.0, torch.float64))[0], i);
        return Comparison.AtMost((Quotient(a, theta, i, 1e-2, -1) - derivative).abs(), torch.full_like(derivative, 1e-3)) is { Agrees: false } coarse ? coarse : Close(Quotient(a, theta, i, Fine, -1), derivative, 1e-6);
    });

    /// <summary>(J(θ + εe_i) − J(θ + side·εe_i)) / 2ε.</summary>
    private static Tensor Quotient(Tensor a, Tensor theta, long i, double step, int side)
    {
        var e = Basis(theta.shape[0], i) * step;
        return ((Curved(a, theta + e) - Curved(a, theta + side * e)) / (2 * step)).reshape(1, 1);
    }

    /// <summary>(J(θ^(i+)) − J(θ)) / 2ε, as a lost minus sign makes it.</summary>
    private static Claim HalfOfOneSide(string id, int from, int to) => new(id, from, to, ClaimKind.Gradient, "∂J(θ)/∂θ_i = (J(θ^(i+)) − J(θ^(i))) / 2ε", t =>
    {
        var theta = Parameters(t, null);
        var (a, i) = (t.Real("a", theta.shape[0], 1), t.Label("i", theta.shape[0]));
        return Close(Quotient(a, theta, i, Fine, 0), At(Autograd.Gradients(x => Curved(a, x[0]), [theta], [true], torch.tensor(1.0, torch.float64))[0], i), 1e-2);
    })
    {
        Correction = Centred(),
        Cause = Culprit.Ocr,
        Harm = Harm.Silent,
        Why = "Line 2108, between the two, defines θ^(i−): its minus sign is lost; as it stands half the derivative comes out.",
    };

    private static Comparison Close(Tensor left, Tensor right, double share) =>
        left.shape.AsSpan().SequenceEqual(right.shape) && (left - right).abs().max().item<double>() <= share * Math.Max(1, right.abs().max().item<double>())
            ? Comparison.Equal(right, right) : Comparison.Equal(left, right, $"apart by more than {share}");

    /// <summary>J(θ) = 1 + θ² at a θ between ½ and 2, computed in single precision throughout.</summary>
    private static Comparison InSingle(Trial t, double step)
    {
        var theta = (float)t.Scalar("θ", 0.5, 2);
        float J(float at) => (float)(1 + (float)(at * at));
        var quotient = (J((float)(theta + (float)step)) - J((float)(theta - (float)step))) / (2 * (float)step);
        return Comparison.AtMost(Math.Abs(quotient - 2 * theta), 0.01 * 2 * theta, $"the quotient is {quotient:G6}, the derivative {2 * theta:G6}; their distance, and 1 %");
    }

    /// <summary>The same in double precision, with a cubic term that the quotient is not exact for.</summary>
    private static Comparison InDouble(Trial t, double step)
    {
        var theta = t.Scalar("θ", 0.5, 2);
        static double J(double at) => 1 + at * at + at * at * at;
        var (quotient, derivative) = ((J(theta + step) - J(theta - step)) / (2 * step), 2 * theta + 3 * theta * theta);
        return Comparison.AtMost(Math.Abs(quotient - derivative), 1e-5 * derivative, $"the quotient is {quotient:G12}, the derivative {derivative:G12}; their distance, and 10⁻⁵ of it");
    }

    private static Comparison Exactly(Trial t, Func<Tensor, Tensor, Tensor> cost)
    {
        var theta = Parameters(t, null);
        var (a, i) = (t.Real("a", theta.shape[0], 1), t.Label("i", theta.shape[0]));
        var e = Basis(theta.shape[0], i) * 0.1;
        var derivative = At(Autograd.Gradients(x => cost(a, x[0]), [theta], [true], torch.tensor(1.0, torch.float64))[0], i);
        return Comparison.Equal(((cost(a, theta + e) - cost(a, theta - e)) / 0.2).reshape(1, 1), derivative, "autograd; ε = 0.1");
    }

    /// <summary>With ε = 10⁻⁴ and a bound of 10⁻³ the right ∂s/∂w passes, and one that is wrong by 1 % in an entry does not.</summary>
    private static Comparison CheckChecks(Trial t)
    {
        var n = ScorerCase.Draw(t);
        n = n with { V = t.Positive("v", n.Units, 1), X = t.Positive("x", n.Inputs, 1) };
        var quotients = FiniteDifference.Gradient(w => (n with { W = w }).S, n.W, torch.ones(1, 1, dtype: torch.float64), step: 1e-4);
        var right = n.Delta.mm(n.X.t());
        var (i, j) = (t.Label("i", n.Units), t.Label("j", n.Inputs));
        var wrong = Replaced(right, i, j, 1.01 * At(right, i, j));
        double Distance(Tensor gradient, long row, long column) => (At(gradient, row, column) - At(quotients, row, column)).abs().item<double>() / At(right, row, column).item<double>();
        return Comparison.True(Distance(right, i, j) < 1e-3 && Distance(wrong, i, j) > 1e-3, $"apart by {Distance(right, i, j):G3} if right", $"by {Distance(wrong, i, j):G3} if wrong by 1 %");
    }
}
