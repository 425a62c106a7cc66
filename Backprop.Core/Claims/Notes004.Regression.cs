using Backprop.Verify;
using static Backprop.Claims.Notation;
using static Backprop.Claims.RegressionCase;

namespace Backprop.Claims;

/// <summary>Lines 2297 to 2359: linear regression, and descent that ascends.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> Regression() =>
    [
        new("004.669", 2297, 2297, ClaimKind.Qualitative, "J(θ) = 1/(2m) Σ_{i=1}^m (h_θ(x^i) − y^i)²", null) { Why = "A definition.", Rules = [LeastSquares] },
        new("004.670", 2299, 2300, ClaimKind.Gradient, "∂/∂θ (h_θ − y)² = 2x ∂/∂θ (h_θ − y), for one parameter", t => OneSquare(t, (x, error) => 2 * x * x))
        {
            Correction = new("∂/∂θ (h_θ − y)² = 2 (h_θ − y) ∂/∂θ (h_θ − y)", t => OneSquare(t, (x, error) => 2 * error * x)),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "The x of the rule (x²)′ = 2x stays, where h_θ − y belongs.", Rules = [LeastSquares],
        },
        NoError("004.671", 2302, 2302, "∇J(θ) = 1/m Σ_{i=1}^m ∂/∂θ (h_θ(x^i) − y^i)", MeanOfInputs),
        NoError("004.672", 2304, 2304, "∇J(θ) = 1/m Σ_{i=1}^m ∂/∂θ (h_θ(x^i)) − 0", MeanOfInputs),
        NoError("004.674", 2309, 2309, "∇J(θ) = 1/m Σ_{i=1}^m ∂/∂[θ_0, θ_1, θ_2] h_θ(x^i)", MeanOfInputs),
        NoError("004.675", 2311, 2311, "∇J(θ) = 1/m Σ_{i=1}^m Σ_{j=1}^d ∂/∂θ_j (Σ_{k=1}^d θ_k x_k^i)", SumOfInputs),
        new("004.673", 2306, 2313, ClaimKind.Gradient, "∂/∂θ_j Σ_k θ_k x_k^i = x_j^i, from k = j alone", t =>
        {
            var n = Draw(t);
            var i = t.Label("i", n.Examples);
            return Comparison.Gradient(At(n.X, i).t(), theta => Sum(n.Inputs, k => At(theta, k) * At(n.X, i, k)), n.Theta);
        }) { Rules = [LeastSquares] },
        NoError("004.676", 2315, 2315, "∇J(θ) = 1/m Σ_{i=1}^m Σ_{j=1}^d x_j^i", SumOfInputs),
        Summed("004.677", 2317, 2317, "∂/∂(x,y) f(x,y) = ∂/∂x f(x,y) + ∂/∂y f(x,y), each with the other variable struck out"),
        Ascent("004.678", 2319, 2325, "repeat { θ = θ + α∇J(θ) }, to lower J", "repeat { θ = θ − α∇J(θ) }, to lower J"),
        new("004.679", 2327, 2327, ClaimKind.Qualitative, "J(θ) = ½ Σ_{i=1}^m (h_θ(x^i) − y^i)²", null) { Why = "A definition.", Rules = [LeastSquares] },
        new("004.680", 2329, 2329, ClaimKind.Gradient, "∂/∂θ J(θ) = ½ Σ_{i=1}^m ∂/∂θ (h_θ(x^i) − y^i)", OfHalf(n => 0.5 * n.X.t().mm(torch.ones_like(n.Y))))
        {
            Correction = new("∂/∂θ J(θ) = ½ Σ_{i=1}^m ∂/∂θ (h_θ(x^i) − y^i)²", OfHalf(n => Autograd.Gradients(theta => 0.5 * Sum(n.Examples, i => (At(n.X, i).mm(theta[0]) - At(n.Y, i)).square()), [n.Theta], [true], torch.ones(1, 1, dtype: torch.float64))[0])),
            Cause = Culprit.Author, Harm = Harm.Silent, Why = "The square is lost; the second half of the line goes on as if it were there.", Rules = [LeastSquares],
        },
        new("004.681", 2329, 2329, ClaimKind.Gradient, "∂/∂θ J(θ) = Σ_{i=1}^m ∂/∂θ (h_θ(x^i)) (h_θ(x^i) − y^i)", OfHalf(n => Sum(n.Examples, i => At(n.X, i).t() * At(n.Error, i)))) { Rules = [LeastSquares] },
        NoErrorOfHalf("004.682", 2331, "∂/∂θ J(θ) = Σ_{i=1}^m ∂/∂θ Σ_{j=1}^d θ_j x_j^i"),
        NoErrorOfHalf("004.684", 2333, "∂/∂θ J(θ) = Σ_{i=1}^m [∂/∂θ_1 Σ_j θ_j x_j^i  ∂/∂θ_2 Σ_j θ_j x_j^i  …  ∂/∂θ_d Σ_j θ_j x_j^i]"),
        NoErrorOfHalf("004.685", 2335, "∂/∂θ J(θ) = Σ_{i=1}^m [x_1^i  x_2^i  …  x_d^i]"),
        new("004.683", 2331, 2335, ClaimKind.Gradient, "∂/∂θ Σ_j θ_j x_j^i = [x_1^i  x_2^i  …  x_d^i]", t =>
        {
            var n = Draw(t);
            var i = t.Label("i", n.Examples);
            return Comparison.Gradient(At(n.X, i), theta => At(n.X, i).mm(theta.t()), n.Theta.t());
        }) { Rules = [LeastSquares] },
        new("004.686", 2337, 2337, ClaimKind.Gradient, "∂/∂θ J(θ) = Σ_{i=1}^m x^i (h_θ(x^i) − y^i) (x read as n)", OfHalf(n => n.X.t().mm(n.Error))) { Rules = [LeastSquares] },
        Upward("004.687", 2339, 2339, "θ = θ + α Σ_{i=1}^m x^i (h_θ(x^i) − y^i)", "θ = θ − α Σ_{i=1}^m x^i (h_θ(x^i) − y^i)", false),
        Ascent("004.688", 2341, 2341, "θ_j = θ_j + α∇_θj J(θ), for all j, to lower J", "θ_j = θ_j − α∇_θj J(θ), for all j, to lower J"),
        Upward("004.689", 2343, 2343, "θ_j = θ_j + α Σ_{i=1}^m x_j^i (h_θ(x^i) − y^i)", "θ_j = θ_j − α Σ_{i=1}^m x_j^i (h_θ(x^i) − y^i)", true),
        Upward("004.690", 2345, 2345, "θ = θ + α Σ_{i=1}^m x^i (h_θ(x^i) − y^i)", "θ = θ − α Σ_{i=1}^m x^i (h_θ(x^i) − y^i)", false),
        new("004.691", 2349, 2349, ClaimKind.GoldenNumber, "[x_1^i x_2^i; 1 5]", null) { Why = "A fragment of an example." },
    ];

    private static Tensor MeanOfInputs(RegressionCase n) => n.X.t().mm(torch.ones_like(n.Y)) / n.Examples;

    private static Tensor SumOfInputs(RegressionCase n) => (n.X.sum() / n.Examples).reshape(1, 1);

    /// <summary>A gradient of 1/(2m) Σ (h − y)² without the factor h − y.</summary>
    private static Claim NoError(string id, int from, int to, string statement, Func<RegressionCase, Tensor> stated) => new(id, from, to, ClaimKind.Gradient, statement, OfMean(stated))
    {
        Correction = new("∇J(θ) = 1/m Σ_{i=1}^m (h_θ(x^i) − y^i) x^i", OfMean(n => n.X.t().mm(n.Error) / n.Examples)),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "The outer derivative of the square, h_θ(x^i) − y^i, is lost; line 2337 has it.",
        Rules = [LeastSquares],
    };

    private static Claim NoErrorOfHalf(string id, int line, string statement) => new(id, line, line, ClaimKind.Gradient, statement, OfHalf(n => n.X.t().mm(torch.ones_like(n.Y))))
    {
        Correction = new("∂/∂θ J(θ) = Σ_{i=1}^m x^i (h_θ(x^i) − y^i)", OfHalf(n => n.X.t().mm(n.Error))),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "The factor h_θ(x^i) − y^i of line 2329 is dropped, and comes back on line 2337.",
        Rules = [LeastSquares],
    };

    private static Claim Upward(string id, int from, int to, string statement, string right, bool one) => new(id, from, to, ClaimKind.Algorithm, $"{statement}, to lower J", WrittenOut(+1, one))
    {
        Correction = new($"{right}, to lower J", WrittenOut(-1, one)),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "Σ x^i (h − y) is the gradient (line 2337), along which J rises; with + it would have to be (y − h).",
        Rules = [LeastSquares],
    };

    private static Comparison OneSquare(Trial t, Func<Tensor, Tensor, Tensor> stated)
    {
        var (x, y, theta) = (t.Real("x", 1, 1), t.Real("y", 1, 1), t.Real("θ", 1, 1));
        return Comparison.Gradient(stated(x, theta * x - y), at => (at * x - y).square(), theta);
    }
}
