using Backprop.Verify;
using static Backprop.Claims.ClaimKind;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

internal static partial class Notes002
{
    private static IReadOnlyList<Claim> VectorJacobian() =>
    [
        new("002.059", 170, 170, Shape, "z = v · [D_x σ(x); ⋮; D_x σ(x)], which is N×N", t => SoftmaxJacobian(t) is var d ? Comparison.Shape(torch.cat([d, d]), t.Size("N"), t.Size("N")) : null!)
        {
            Correction = new("z = v · D_x σ(x), the vector–Jacobian product", t => V(t) is var (x, v) ? Comparison.Gradient(v.mm(Textbook.Jacobian(u => F.softmax(u, -1), x)), u => F.softmax(u, -1), x, v) : null!),
            Cause = Culprit.Ocr,
            Why = "One matrix was drawn, and its size N×N stands beside it; two of them below each other have 2N rows.",
            Harm = Harm.Loud,
            Rules = ["softmax"],
        },
        new("002.060", 172, 174, Shape, "1×N times N×N is 1×N: z = [z₁, …, z_N]", t => Comparison.Shape(t.Real("v", 1, t.Size("N")).mm(SoftmaxJacobian(t)), 1, t.Size("N"))) { Rules = ["softmax"] },
        new("002.061", 178, 178, Identity, "z₁ = v₁ · col₁(D_x σ(x))", t =>
        {
            var (x, v) = V(t);
            var d = Textbook.Jacobian(u => F.softmax(u, -1), x);
            return Comparison.Equal(v[0, 0] * d.t()[0], v.mm(d)[0, 0]);
        })
        {
            Correction = new("z₁ = v · col₁(D_x σ(x))", t =>
            {
                var (x, v) = V(t);
                var d = Textbook.Jacobian(u => F.softmax(u, -1), x);
                return Comparison.Equal(v[0].dot(d.t()[0]), v.mm(d)[0, 0]);
            }),
            Cause = Culprit.Author,
            Why = "A number times a column is a column; line 180 sums over v₁ … v_N.",
            Harm = Harm.Reader,
            Rules = ["softmax"],
        },
        new("002.062", 180, 180, Identity, "z₁ = (v₁, σ₁)(1 − σ₁) + v₂(−σ₁σ₂) + … + v_N (−σ₁)/σ_N",
            t => Z1(t, (v, s) => v[0] * s[0] * (1 - s[0]) + Terms(v, s, 1, (vj, sj) => vj * (-s[0] * sj), ^1) + v[^1] * (-s[0] / s[^1])))
        {
            Correction = new("z₁ = (v₁ σ₁)(1 − σ₁) + v₂(−σ₁σ₂) + … + v_N(−σ₁σ_N)", t => Z1(t, (v, s) => v[0] * s[0] * (1 - s[0]) + Terms(v, s, 1, (vj, sj) => vj * (-s[0] * sj)))),
            Cause = Culprit.Ocr,
            Why = "The line was full, σ_N was written below −σ₁ and read as a denominator; line 182 has the product.",
            Harm = Harm.Silent,
            Rules = ["softmax"],
        },
        new("002.063", 182, 182, Identity, "z₁ = v₁σ₁ − v₁σ₁² + v₂(−σ₁σ₂) + … + v_N(−σ₁σ_N)",
            t => Z1(t, (v, s) => v[0] * s[0] - v[0] * s[0] * s[0] + Terms(v, s, 1, (vj, sj) => vj * (-s[0] * sj)))) { Rules = ["softmax"] },
        new("002.064", 184, 184, Identity, "z₁ = σ₁(v₁ − v₁σ₁ − v₂σ₂ − … − v_Nσ_N)", t => Z1(t, (v, s) => s[0] * (v[0] - v[0] * s[0] - Terms(v, s, 1, (vj, sj) => vj * sj)))) { Rules = ["softmax"] },
        new("002.065", 186, 186, Identity, "z₁ = σ₁(v₁ − v₁σ₁ − v₂σ₂ − … − v_Nσ_N + v₁σ₁ − v₁σ₁)",
            t => Z1(t, (v, s) => s[0] * (v[0] - v[0] * s[0] - Terms(v, s, 1, (vj, sj) => vj * sj) + v[0] * s[0] - v[0] * s[0]))) { Rules = ["softmax"] },
        new("002.066", 188, 188, Identity, "z₁ = −Σ_(j=1..N) v_j σ_j", t => Z1(t, (v, s) => -Terms(v, s, 0, (vj, sj) => vj * sj)))
        {
            Correction = new("−v₂σ₂ − … − v_Nσ_N − v₁σ₁ = −Σ_(j=1..N) v_j σ_j", t =>
            {
                var (x, v) = V(t);
                var (all, s) = (Entries(v), Entries(Textbook.Softmax(x)));
                return Comparison.Equal(-Terms(all, s, 1, (vj, sj) => vj * sj) - all[0] * s[0], -v[0].dot(F.softmax(x, -1)[0]));
            }),
            Cause = Culprit.Ocr,
            Why = "It is the name of a brace below a part of line 186, and was read as a line of its own.",
            Harm = Harm.Reader,
            Rules = ["softmax"],
        },
        new("002.067", 190, 190, Identity, "z₁ = σ₁(v₁ − v₁σ₁ − Σ_(j=1..N) v_j σ_j + v₁σ₁)",
            t => Z1(t, (v, s) => s[0] * (v[0] - v[0] * s[0] - Terms(v, s, 0, (vj, sj) => vj * sj) + v[0] * s[0]))) { Rules = ["softmax"] },
        new("002.068", 192, 194, Identity, "z₁ = σ₁(x)(v₁ − v · σ(x)ᵀ)", t => V(t) is var (x, v) ? Comparison.Partial(S(x)[0] * (v[0, 0] - v.mm(Textbook.Softmax(x).t())[0, 0]), u => F.softmax(u, -1), x, [0, 0], v) : null!) { Rules = ["softmax"] },
        new("002.069", 196, 197, Gradient, "z_i = σ_i(x)(v_i − v · σ(x)ᵀ)", t => V(t) is var (x, v) ? Comparison.Gradient(Textbook.Softmax(x) * (v - v.mm(Textbook.Softmax(x).t())), u => F.softmax(u, -1), x, v) : null!) { Rules = ["softmax"] },
    ];

    private static IReadOnlyList<Claim> LogLoss() =>
    [
        new("002.070", 199, 199, Identity, "ℓ(z, t) = −Σ_i t_i ln z_i is the cross-entropy of t and the probabilities z", t =>
        {
            var (z, target) = Loss(t);
            return Comparison.Equal(-(target * z.log()).sum(), F.cross_entropy(z.log(), target));
        })
        {
            Rules = ["negative-log-likelihood"],
        },
        new("002.071", 199, 201, Bound, "t = [0 0 1 0] is in [0, 1]^(1×N)", _ =>
        {
            var target = torch.tensor(new[] { 0.0, 0, 1, 0 }, [1, 4], torch.float64);
            return Comparison.Each(Comparison.AtMost(torch.zeros_like(target), target), Comparison.AtMost(target, torch.ones_like(target)));
        })
        {
            Rules = ["negative-log-likelihood"],
        },
        new("002.072", 203, 203, Shape, "D_z ℓ(z, t) is 1×N", t => Loss(t) is var (z, target) ? Comparison.Shape(Textbook.Jacobian(v => Log(v, target), z), 1, t.Size("N")) : null!) { Rules = ["negative-log-likelihood"] },
        new("002.073", 205, 205, Gradient, "D_z ℓ = [∂ℓ/∂z₁, …, ∂ℓ/∂z_N]", t =>
        {
            var (z, target) = Loss(t);
            var partials = Enumerable.Range(0, (int)z.numel()).Select(i => Slope(v => Log(Moved(z, i, v), target), z[0, i])).ToList();
            return Comparison.Gradient(torch.stack(partials).reshape(1, -1), v => Log(v, target), z);
        })
        {
            Rules = ["negative-log-likelihood"],
        },
        new("002.074", 209, 209, Gradient, "∂ℓ/∂z_i = ∂/∂z_i (−t_i ln z_i)", t => OfLoss(t, (z, target, i) => Slope(v => -target[0, i] * v.log(), z[0, i]))) { Rules = ["negative-log-likelihood"] },
        new("002.075", 211, 211, Gradient, "∂ℓ/∂z_i = ∂/∂z_i (−t₁ ln z₁ − t₂ ln z₂ − … − t_i ln z_i − … − t_N ln z_N)",
            t => OfLoss(t, (z, target, i) => Along(u => Enumerable.Range(0, (int)u.numel()).Select(k => -target[0, k] * u[0, k].log()).Aggregate((sum, term) => sum + term), z, i))) { Rules = ["negative-log-likelihood"] },
        new("002.076", 213, 215, Gradient, "ln(x)′ = 1/x", t => t.Positive("x") is var x ? Comparison.Gradient(1 / x, torch.log, x) : null!),
        new("002.077", 217, 217, Gradient, "∂ℓ/∂z_i = −t_i · 1/z_i", t => OfLoss(t, (z, target, i) => -target[0, i] * (1 / z[0, i]))) { Rules = ["negative-log-likelihood"] },
        new("002.078", 219, 219, Gradient, "D_z ℓ(z, t) = [−t₁/z₁, …, −t_N/z_N]", t => Loss(t) is var (z, target) ? Comparison.Gradient(-target / z, v => Log(v, target), z) : null!) { Rules = ["negative-log-likelihood"] },
        new("002.079", 221, 221, Qualitative, "Division by zero when z_i = 0, when any class gets the probability 0", t =>
        {
            var (z, target) = Loss(t);
            var i = t.Label("i (from 0)", t.Size("N"));
            var quotient = Host.Numbers(-target[0, i] / (z[0, i] * 0))[0];
            return Comparison.True(!double.IsFinite(quotient), $"−t_i/z_i = {quotient}", "no finite number");
        })
        {
            Why = "Where t_i = 0 the quotient is 0/0, but the derivative is 0: code may say so. Where t_i > 0 it is infinite in truth, and softmax with cross-entropy in one never divides.",
            Rules = ["negative-log-likelihood", "softmax-cross-entropy"],
        },
    ];

    private static Tensor SoftmaxJacobian(Trial t) => Textbook.Jacobian(u => F.softmax(u, -1), t.Real("x", 1, t.Size("N")));

    private static (Tensor X, Tensor V) V(Trial t) => (t.Real("x", 1, t.Size("N", 2)), t.Real("v", 1, t.Size("N")));

    /// <summary>A stated z₁, from the entries of v and σ(x).</summary>
    private static Comparison Z1(Trial t, Func<Tensor[], Tensor[], Tensor> stated)
    {
        var (x, v) = V(t);
        return Comparison.Partial(stated(Entries(v), Entries(Textbook.Softmax(x))), u => F.softmax(u, -1), x, [0, 0], v);
    }

    private static Tensor[] Entries(Tensor row) => [.. Enumerable.Range(0, (int)row.numel()).Select(i => row[0, i])];

    /// <summary>The sum of a term over the entries of v and σ, from entry <paramref name="first"/> up to <paramref name="end"/>; nothing is 0.</summary>
    private static Tensor Terms(Tensor[] v, Tensor[] s, int first, Func<Tensor, Tensor, Tensor> term, Index? end = null) =>
        Enumerable.Range(0, v.Length).Take(first..(end ?? ^0)).Aggregate(torch.zeros(1, torch.float64).sum(), (sum, j) => sum + term(v[j], s[j]));

    private static (Tensor Z, Tensor T) Loss(Trial t) => (t.Probabilities("z", 1, t.Size("N")), t.Uniform("t", 0, 1, 1, t.Size("N")));

    private static Tensor Log(Tensor z, Tensor target) => -(target * z.log()).sum();

    private static Comparison OfLoss(Trial t, Func<Tensor, Tensor, long, Tensor> stated)
    {
        var (z, target) = Loss(t);
        var i = t.Label("i (from 0)", t.Size("N"));
        return Comparison.Partial(stated(z, target, i), v => Log(v, target), z, [0, i]);
    }

    /// <summary>z with v in place of entry i.</summary>
    private static Tensor Moved(Tensor z, int i, Tensor v) => z + (v - z[0, i]) * torch.eye(z.numel(), dtype: torch.float64)[i];
}
