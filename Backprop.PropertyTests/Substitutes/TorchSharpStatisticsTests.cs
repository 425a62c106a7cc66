using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;
using static TorchSharp.torch;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>Order, ties, averages and linear algebra beyond the everyday, against loops and identities.</summary>
public sealed class TorchSharpStatisticsTests
{
    private static readonly double[,] Square = { { 4, 1, 0.5 }, { 1, 3, -1 }, { 0.5, -1, 5 } };

    [Fact]
    public void Order_and_ties()
    {
        var t = Vector(3, 1, 4, 1, 5, 9, 2);
        var (least, most) = t.aminmax();
        Holds(least, 1);
        Holds(most, 9);
        var (value, place) = t.kthvalue(3, 0);
        Holds(value, 2);
        Holds(place, 6);
        Holds(t.mode().values, 1);
        var (low, at) = t.cummin(0);
        Holds(low, 3, 1, 1, 1, 1, 1, 1);
        Holds(at, 0, 1, 1, 3, 3, 3, 3);
        Holds(t.msort(), 1, 1, 2, 3, 4, 5, 9);
        Holds(t.bucketize(Vector(1, 3, 5)), 1, 0, 2, 0, 2, 3, 1);
        Holds(t.bucketize(Vector(1, 3, 5), right: true), 2, 1, 2, 1, 3, 3, 1);
        var (once, inverse, counts) = Vector(1, 1, 2, 2, 2, 1).unique_consecutive(return_inverse: true, return_counts: true);
        Holds(once, 1, 2, 1);
        Holds(inverse!, 0, 0, 1, 1, 1, 2);
        Holds(counts!, 2, 3, 1);
        Holds(t.quantile(tensor(0.25)), 1.5);
        var holes = Vector(double.NaN, 3, 1, double.NaN, 2);
        Holds(holes.nansum(), 6);
        Holds(holes.nanmedian(), 2);
        Holds(holes.nanquantile(tensor(0.25)), 1.5);
        Holds(Vector(0, 1, 2).logcumsumexp(0), 0, Math.Log(1 + Math.E), Math.Log(1 + Math.E + Math.E * Math.E));
    }

    [Fact]
    public void Averages_over_several_dimensions()
    {
        var t = arange(24, float64).reshape(2, 3, 4).square();
        var all = Values(t);
        var mean = all.Average();
        var variance = all.Sum(x => (x - mean) * (x - mean)) / 23;
        ReadOnlySpan<long> both = [0, 1];
        Tensor[] vars = [t.var((0, 1, 2)), torch.var(t, (0, 1, 2)), t.var_mean((0, 1, 2)).var, torch.var_mean(t, (0, 1, 2)).var];
        Tensor[] stds = [t.std((0, 1, 2)), torch.std(t, (0, 1, 2)), t.std_mean((0, 1, 2)).std, torch.std_mean(t, (0, 1, 2)).std];
        Tensor[] means = [t.var_mean((0, 1, 2)).mean, torch.var_mean(t, (0, 1, 2)).mean, t.std_mean((0, 1, 2)).mean, torch.std_mean(t, (0, 1, 2)).mean];
        foreach (var found in vars) Holds(found, variance);
        foreach (var found in stds) Holds(found, Math.Sqrt(variance));
        foreach (var found in means) Holds(found, mean);
        var expected = Values(t.permute(2, 0, 1).reshape(4, 6)).Chunk(6).Select(row => row.Sum(x => (x - row.Average()) * (x - row.Average())) / 5).ToArray();
        vars = [t.var((0, 1)), t.var_mean((0, 1)).var, torch.var(t, (0, 1)), torch.var_mean(t, (0, 1)).var, torch.var_mean(t, both).var];
        stds = [t.std((0, 1)), t.std_mean((0, 1)).std, torch.std(t, (0, 1)), torch.std_mean(t, (0, 1)).std, torch.std_mean(t, both).std];
        foreach (var found in vars.Concat(stds.Select(s => s.square()))) Holds(found, expected);
    }

    [Fact]
    public void Integrals_and_covariances()
    {
        var (y, x) = (Vector(1, 4, 9), Vector(0, 1, 3));
        Holds(y.trapezoid(), 9);
        Holds(y.trapezoid(x), 2.5 + 13);
        Holds(trapz(y), 9);
        Holds(trapz(y, x), 2.5 + 13);
        Holds(y.cumulative_trapezoid(2), 5, 18);
        Holds(y.cumulative_trapezoid(x), 2.5, 15.5);
        Holds(Matrix(new double[,] { { 1, 2, 3 }, { 2, 4, 9 } }).cov(), [2, 2], 1, 3.5, 3.5, 13);
        Holds(Matrix(new double[,] { { 1, 2, 3 }, { 2, 4, 9 } }).corrcoef(), [2, 2], 1, 3.5 / Math.Sqrt(13), 3.5 / Math.Sqrt(13), 1);
        Holds(Vector(2, 3).vander(3), [2, 3], 4, 2, 1, 9, 3, 1);
        Holds(torch.vander(Vector(2, 3), 3, increasing: true), [2, 3], 1, 2, 4, 1, 3, 9);
        Holds(Matrix(new double[,] { { 3, 4 }, { 0.3, 0.4 } }).renorm(2, 0, 1), [2, 2], 0.6, 0.8, 0.3, 0.4);
    }

    [Fact]
    public void Products()
    {
        var (a, b) = (arange(6, float64).reshape(2, 3), arange(6, 12, float64).reshape(3, 2));
        Holds(a.tensordot(b, [(1, 0)]), Values(a.mm(b)));
        Holds(a.tensordot(b, [0], [1]), Values(a.t().mm(b.t())));
        Holds(torch.tensordot(a, b, [(1, 0)]), Values(a.mm(b)));
        Holds(chain_matmul(a, b, a), Values(a.mm(b).mm(a)));
        Holds(Vector(1, 2).ger(Vector(3, 4)), [2, 2], 3, 4, 6, 8);
        Holds(Vector(1, 2).vdot(Vector(3, 4)), 11);
        Holds(zeros(2, 2, float64).addr(Vector(1, 2), Vector(3, 4), 1, 2), [2, 2], 6, 8, 12, 16);
        Holds(ones(2, 2, float64).addbmm_(a.unsqueeze(0), b.unsqueeze(0), 3), Values(a.mm(b).add(3)));
        Holds(linalg.multi_dot([a, b, a]), Values(a.mm(b).mm(a)));
        Holds(linalg.vecdot(a, a), 5, 50);
        Holds(linalg.diagonal(a, 1), 1, 5);
    }

    [Fact]
    public void Solutions()
    {
        var m = Matrix(Square);
        var one = eye(3, dtype: float64);
        var l = linalg.cholesky(m);
        Assert.True(l.cholesky_inverse().mm(m).allclose(one));
        Assert.True(m.mm(Matrix(new double[,] { { 1 }, { 2 }, { 3 } }).cholesky_solve(l)).allclose(Matrix(new double[,] { { 1 }, { 2 }, { 3 } })));
        var (factor, info) = linalg.cholesky_ex(m);
        Assert.True(factor.allclose(l) && info.item<int>() == 0);
        Assert.NotEqual(0, linalg.cholesky_ex(m.neg()).info.item<int>());
        Assert.True(m.pinverse().mm(m).allclose(one));
        var det = 4 * (3 * 5 - 1) - 1 * (5 + 0.5) + 0.5 * (-1 - 1.5);
        Holds(m.logdet(), Math.Log(det));
        Holds(slogdet(m.neg()).res, -1);
        Holds(slogdet(m.neg()).logabsdet, Math.Log(det));
        Holds(linalg.slogdet(m.neg()).Item1, -1);
        var (p, lower, upper) = linalg.lu(m);
        Assert.True(p.mm(lower).mm(upper).allclose(m) && lower.triu(1).abs().sum().item<double>() == 0 && upper.tril(-1).abs().sum().item<double>() == 0);
        Holds(linalg.lu_factor(m).LU.diagonal(0, 0, 1).abs().log().sum().exp(), det);
        var tall = Matrix(new double[,] { { 1, 0 }, { 1, 1 }, { 1, 2 } });
        foreach (var found in new[] { linalg.lstsq(tall, Matrix(new double[,] { { 1 }, { 3 }, { 5 } })), linalg.lstsq(tall, Matrix(new double[,] { { 1 }, { 3 }, { 5 } }), 1e-12) }) Holds(found.Solution, [2, 1], 1, 2);
        Assert.Throws<ArgumentException>(() => tall.logdet());
        var cube = arange(36, float64).square().sin().reshape(2, 3, 6);
        Assert.True(linalg.tensorinv(cube, 2).tensordot(cube, [1, 2], [0, 1]).allclose(eye(6, dtype: float64)));
        var right = arange(6, float64).reshape(2, 3);
        Assert.True(cube.tensordot(linalg.tensorsolve(cube, right, []), [2], [0]).allclose(right));
    }

    [Fact]
    public void Spectra()
    {
        var m = Matrix(Square);
        var (values, vectors) = linalg.eig(m);
        Assert.True(m.to_type(complex128).mm(vectors).allclose(vectors.mul(values)));
        var sorted = linalg.eigvalsh(m);
        Assert.True(sorted.allclose(linalg.eigvals(m).real.sort().Values) && Math.Abs(sorted.sum().item<double>() - 12) < 1e-12);
        Assert.Equal(sorted[2].item<double>() / sorted[0].item<double>(), linalg.cond(m).item<double>(), 1e-9);
        Assert.Equal(linalg.cond(m).item<double>(), linalg.cond(m, 2).item<double>(), 1e-9);
        Assert.Equal(linalg.cond(m).item<double>(), linalg.cond(m, 2.0).item<double>(), 1e-9);
        Assert.Equal(m.norm().item<double>() * m.inverse().norm().item<double>(), linalg.cond(m, "fro").item<double>(), 1e-9);
        Holds(linalg.matrix_norm(m), Math.Sqrt(16 + 1 + 0.25 + 1 + 9 + 1 + 0.25 + 1 + 25));
        Holds(linalg.matrix_norm(m, 1), 6.5);
        var nilpotent = Matrix(new double[,] { { 0, 2, 0 }, { 0, 0, 3 }, { 0, 0, 0 } });
        foreach (var exp in new[] { nilpotent.matrix_exp(), linalg.matrix_exp(nilpotent), torch.matrix_exp(nilpotent) }) Holds(exp, [3, 3], 1, 2, 3, 0, 1, 3, 0, 0, 1);
        var (q, r) = linalg.qr(m, linalg.QRMode.Complete);
        Assert.True(q.mm(r).allclose(m) && q.mm(q.t()).allclose(eye(3, dtype: float64)));
        Assert.True(linalg.householder_product(Matrix(new double[,] { { 1 }, { 1 } }), Vector(1)).allclose(Matrix(new double[,] { { 0 }, { -1 } })));
        Assert.Equal(0, cdist(m, m, 2, compute_mode.donot_use_mm_for_euclid_dist).diagonal(0, 0, 1).abs().sum().item<double>());
        foreach (var mode in new[] { compute_mode.use_mm_for_euclid_dist, compute_mode.use_mm_for_euclid_dist_if_necessary }) Assert.Equal(Math.Sqrt(9 + 4 + 2.25), cdist(m, m, 2, mode)[0, 1].item<double>(), 1e-6);
    }
}
