using Backprop.Verify;
using static Backprop.Claims.Notation;

namespace Backprop.Claims;

/// <summary>Lines 1829 to 1859: the number of parameters, gradients example by example, the sum over paths.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> Paths() =>
    [
        new("004.542", 1829, 1829, ClaimKind.Count, "(D_x * H) + (H * D_y) parameters (a struck-out summand after it)", t => CountOf(t, (x, h, y) => x * h + h * y))
        {
            Condition = new("weights only, no biases", t => CountOf(t, (x, h, y) => x * h + h * y, biases: false)),
            Correction = new("(D_x + 1) * H + (H + 1) * D_y parameters", t => CountOf(t, (x, h, y) => (x + 1) * h + (h + 1) * y)),
            Cause = Culprit.Author, Harm = Harm.Loud, Why = "Lines 1835 and 1842 count the biases in.", Rules = [Network],
        },
        new("004.543", 1835, 1842, ClaimKind.Count, "[(D_x + 1) * H] + [(H + 1) * D_y] parameters", t => CountOf(t, (x, h, y) => (x + 1) * h + (h + 1) * y)) { Rules = [Network] },
        new("004.544", 1853, 1853, ClaimKind.Algorithm, "compute ∇loss example-wise: the gradients of the examples add up to that of the loss over all", t =>
        {
            var (m, d, c) = (t.Size("m"), t.Size("d"), t.Size("c", 2));
            var (x, w, y) = (t.Real("X", m, d), t.Real("W", d, c), t.OneHot("y", m, c));
            Tensor Of(Tensor weights, long i) => -(At(y, i) * torch.nn.functional.log_softmax(At(x, i).mm(weights), -1)).sum();
            return Comparison.Gradient(Sum(m, i => Autograd.Gradients(one => Of(one[0], i), [w], [true], torch.tensor(1.0, torch.float64))[0]), weights => -(y * torch.nn.functional.log_softmax(x.mm(weights), -1)).sum(), w);
        }) { Rules = ["softmax-classifier"] },
        new("004.545", 1857, 1857, ClaimKind.Gradient, "∂Z/∂X = ∂Z/∂Y_1 ∂Y_1/∂X + ∂Z/∂Y_2 ∂Y_2/∂X", t => OverPaths(t, 2)) { Rules = ["fan-out"] },
        new("004.546", 1859, 1859, ClaimKind.Gradient, "∂Z/∂X = Σ_{i=1}^n ∂Z/∂Y_i ∂Y_i/∂X", t => OverPaths(t, t.Size("n"))) { Rules = ["fan-out"] },
    ];

    /// <summary>A number of parameters, against the entries of a network that is laid out.</summary>
    private static Comparison CountOf(Trial t, Func<long, long, long, long> stated, bool biases = true)
    {
        var (x, h, y) = (t.Size("D_x"), t.Size("H"), t.Size("D_y"));
        var tensors = new List<Tensor> { Zeros(h, x), Zeros(y, h) };
        if (biases) tensors.AddRange([Zeros(h, 1), Zeros(y, 1)]);
        return Comparison.Equal(stated(x, h, y), tensors.Sum(tensor => tensor.numel()), "entries of W¹, W²" + (biases ? ", b¹, b²" : ""));
    }

    /// <summary>Z = σ(Σ_i c_i Y_i²), Y_i = sin(a_i X): the sum over paths, each partial derivative by itself.</summary>
    private static Comparison OverPaths(Trial t, long n)
    {
        var (c, a, x) = (t.Real("c", n, 1), t.Real("a", n, 1), t.Real("X", 1, 1));
        Tensor Y(Tensor at, long i) => (At(a, i) * at).sin();
        Tensor Z(Tensor ys) => (c * ys * ys).sum().sigmoid().reshape(1, 1);
        var y = torch.cat([.. Enumerable.Range(0, (int)n).Select(i => Y(x, i))], 0);
        var stated = Sum(n, i => Derivative(one => Z(Replaced(y, i, 0, one)), At(y, i)) * Derivative(at => Y(at, i), x));
        return Comparison.Gradient(stated, at => Z(torch.cat([.. Enumerable.Range(0, (int)n).Select(i => Y(at, i))], 0)), x);
    }
}
