using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>What this repository expects of TorchSharp's element-wise operators and reductions; the real one and the substitute must both do it.</summary>
public sealed class TorchSharpArithmeticTests
{
    private static readonly double[] Reals = [-2.5, -1, -0.25, 0.5, 1, 3.75];
    private static readonly double[] Positive = [0.1, 0.25, 0.5, 0.8, 1.5, 4];

    /// <summary>Each unary operator with what it computes, and whether it needs positive arguments.</summary>
    public static TheoryData<string, bool> Unary
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var (name, (_, _, _, positive)) in UnaryTable) data.Add(name, positive);
            return data;
        }
    }

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Method, Func<Tensor, Tensor>? InPlace, Func<double, double> Value, bool Positive)> UnaryTable = new(StringComparer.Ordinal)
    {
        ["abs"] = (t => t.abs(), t => t.abs_(), Math.Abs, false),
        ["neg"] = (t => t.neg(), t => t.neg_(), x => -x, false),
        ["minus"] = (t => -t, null, x => -x, false),
        ["negative"] = (t => t.negative(), null, x => -x, false),
        ["sign"] = (t => t.sign(), t => t.sign_(), x => Math.Sign(x), false),
        ["square"] = (t => t.square(), null, x => x * x, false),
        ["exp"] = (t => t.exp(), t => t.exp_(), Math.Exp, false),
        ["exp2"] = (t => t.exp2(), null, x => Math.Pow(2, x), false),
        ["expm1"] = (t => t.expm1(), t => t.expm1_(), x => Math.Exp(x) - 1, false),
        ["log"] = (t => t.log(), t => t.log_(), Math.Log, true),
        ["log2"] = (t => t.log2(), t => t.log2_(), Math.Log2, true),
        ["log10"] = (t => t.log10(), t => t.log10_(), Math.Log10, true),
        ["log1p"] = (t => t.log1p(), t => t.log1p_(), x => Math.Log(1 + x), true),
        ["sqrt"] = (t => t.sqrt(), t => t.sqrt_(), Math.Sqrt, true),
        ["rsqrt"] = (t => t.rsqrt(), t => t.rsqrt_(), x => 1 / Math.Sqrt(x), true),
        ["reciprocal"] = (t => t.reciprocal(), t => t.reciprocal_(), x => 1 / x, false),
        ["sin"] = (t => t.sin(), t => t.sin_(), Math.Sin, false),
        ["cos"] = (t => t.cos(), t => t.cos_(), Math.Cos, false),
        ["tan"] = (t => t.tan(), t => t.tan_(), Math.Tan, false),
        ["asinh"] = (t => t.asinh(), t => t.asinh_(), Math.Asinh, false),
        ["atan"] = (t => t.atan(), t => t.atan_(), Math.Atan, false),
        ["sinh"] = (t => t.sinh(), t => t.sinh_(), Math.Sinh, false),
        ["cosh"] = (t => t.cosh(), t => t.cosh_(), Math.Cosh, false),
        ["tanh"] = (t => t.tanh(), t => t.tanh_(), Math.Tanh, false),
        ["sigmoid"] = (t => t.sigmoid(), t => t.sigmoid_(), x => 1 / (1 + Math.Exp(-x)), false),
        ["relu"] = (t => t.relu(), t => t.relu_(), x => Math.Max(x, 0), false),
        ["relu6"] = (t => t.relu6(), t => t.relu6_(), x => Math.Clamp(x, 0, 6), false),
        ["leaky_relu"] = (t => t.leaky_relu(0.1), t => t.leaky_relu_(0.1), x => x > 0 ? x : 0.1 * x, false),
        ["elu"] = (t => t.elu(0.5, 1, 1), t => t.elu_(0.5, 1, 1), x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1), false),
        ["silu"] = (t => t.silu(), t => t.silu_(), x => x / (1 + Math.Exp(-x)), false),
        ["softplus"] = (t => t.softplus(), null, x => Math.Log(1 + Math.Exp(x)), false),
        ["log_sigmoid"] = (t => t.log_sigmoid(), null, x => -Math.Log(1 + Math.Exp(-x)), false),
        ["floor"] = (t => t.floor(), t => t.floor_(), Math.Floor, false),
        ["ceil"] = (t => t.ceil(), t => t.ceil_(), Math.Ceiling, false),
        ["trunc"] = (t => t.trunc(), t => t.trunc_(), Math.Truncate, false),
        ["frac"] = (t => t.frac(), t => t.frac_(), x => x - Math.Truncate(x), false),
        ["round"] = (t => t.round(), t => t.round_(), x => Math.Round(x, MidpointRounding.ToEven), false),
        ["round to one"] = (t => t.round(1), null, x => Math.Round(x * 10, MidpointRounding.ToEven) / 10, false),
        ["erf"] = (t => t.erf(), t => t.erf_(), Erf, false),
        ["erfc"] = (t => t.erfc(), t => t.erfc_(), x => 1 - Erf(x), false),
        ["gelu"] = (t => t.gelu(), null, x => x * (1 + Erf(x / Math.Sqrt(2))) / 2, false),
        ["nan_to_num"] = (t => t.log().nan_to_num(7), null, x => x > 0 ? Math.Log(x) : 7, false),
        ["deg2rad"] = (t => t.deg2rad(), null, x => x * Math.PI / 180, false),
        ["pow 3"] = (t => t.pow(3), t => t.pow_(3), x => x * x * x, false),
        ["clamp"] = (t => t.clamp(-1, 2), t => t.clamp_(-1, 2), x => Math.Clamp(x, -1, 2), false),
        ["clamp_min"] = (t => t.clamp_min(0.3), t => t.clamp_min_(0.3), x => Math.Max(x, 0.3), false),
        ["clamp_max"] = (t => t.clamp_max(0.3), t => t.clamp_max_(0.3), x => Math.Min(x, 0.3), false),
        ["clamp one side"] = (t => t.clamp(min: 0.3), null, x => Math.Max(x, 0.3), false),
        ["add a number"] = (t => t + 2, t => t.add_(2), x => x + 2, false),
        ["a number plus"] = (t => 2.5 + t, null, x => x + 2.5, false),
        ["add scaled"] = (t => t.add(2, 3), t => t.add_(2, 3), x => x + 6, false),
        ["subtract a number"] = (t => t - 2, t => t.sub_(2), x => x - 2, false),
        ["a number minus"] = (t => 2 - t, null, x => 2 - x, false),
        ["multiply by a number"] = (t => t * 0.5f, t => t.mul_(0.5), x => x * 0.5, false),
        ["divide by a number"] = (t => t / 4, t => t.div_(4), x => x / 4, false),
        ["a number divided"] = (t => 3 / t, null, x => 3 / x, false),
        ["remainder"] = (t => t % 2, t => t.remainder_(2), x => x - 2 * Math.Floor(x / 2), false),
        ["fmod"] = (t => t.fmod(2), t => t.fmod_(2), x => Math.IEEERemainder(x, 2) is var r && r * x < 0 ? r + 2 * Math.Sign(x) : Math.IEEERemainder(x, 2), false),
        ["div floor"] = (t => t.div(2, torch.RoundingMode.floor), t => t.div_(2, torch.RoundingMode.floor), x => Math.Floor(x / 2), false),
        ["div trunc"] = (t => t.div(2, torch.RoundingMode.trunc), null, x => Math.Truncate(x / 2), false),
        ["xlogy"] = (t => t.xlogy(2), t => t.xlogy_(2), x => x * Math.Log(2), false),
        ["isnan"] = (t => t.log().isnan(), null, x => x < 0 ? 1 : 0, false),
        ["isfinite"] = (t => t.log().isfinite(), null, x => x < 0 ? 0 : 1, false),
        ["logical_not"] = (t => (t > 0).logical_not(), null, x => x > 0 ? 0 : 1, false),
        ["fill_"] = (t => t.clone().fill_(4), t => t.fill_(4), _ => 4, false),
        ["zero_"] = (t => t.clone().zero_(), t => t.zero_(), _ => 0, false),
        ["masked_fill"] = (t => t.masked_fill(t > 0, -9), t => t.masked_fill_(t > 0, -9), x => x > 0 ? -9 : x, false),
    };

    [Theory]
    [MemberData(nameof(Unary))]
    public void One_operand(string name, bool positive)
    {
        using var scope = torch.NewDisposeScope();
        var (method, inPlace, value, _) = UnaryTable[name];
        var inputs = positive ? Positive : Reals;
        var x = Vector(inputs);
        Holds(method(x), [6], [.. inputs.Select(value)]);
        Holds(x, [6], inputs); // and the operand is as it was
        if (inPlace is null) return;
        inPlace(x);
        Holds(x, [6], [.. inputs.Select(value)]);
    }

    [Fact]
    public void Two_operands()
    {
        using var scope = torch.NewDisposeScope();
        double[] a = [1, -2, 3, 4], b = [0.5, 4, -2, 0.25];
        var (x, y) = (Vector(a), Vector(b));
        void Is(Tensor actual, Func<double, double, double> f) => Holds(actual, [4], [.. a.Zip(b, f)]);
        Is(x + y, (p, q) => p + q);
        Is(x - y, (p, q) => p - q);
        Is(x * y, (p, q) => p * q);
        Is(x / y, (p, q) => p / q);
        Is(x.add(y, 3), (p, q) => p + 3 * q);
        Is(x % y, (p, q) => p - q * Math.Floor(p / q));
        Is(torch.maximum(x, y), Math.Max);
        Is(x.minimum(y), Math.Min);
        Is(x.fmax(y), Math.Max);
        Is(x.atan2(y), Math.Atan2);
        Is(x.hypot(y), (p, q) => Math.Sqrt(p * p + q * q));
        Is(x.abs().pow(y), (p, q) => Math.Pow(Math.Abs(p), q));
        Is(x.abs().xlogy(y.abs()), (p, q) => Math.Abs(p) * Math.Log(Math.Abs(q)));
        Is(x.lerp(y, torch.tensor(0.25)), (p, q) => p + 0.25 * (q - p));
        Is(x.div(y, torch.RoundingMode.floor), (p, q) => Math.Floor(p / q));
        Is(x.addcmul(x, y, 2), (p, q) => p + 2 * p * q);
        Is(x.addcdiv(x, y, 2), (p, q) => p + 2 * p / q);
        Is(x.where(x > y, y), Math.Max);
        Is(torch.where(x > y, x, y), Math.Max);
        Is(x.clamp(y, torch.full(4, 2.5, torch.float64)), (p, q) => Math.Min(Math.Max(p, q), 2.5));
        Is(x > y, (p, q) => p > q ? 1 : 0);
        Is(x <= y, (p, q) => p <= q ? 1 : 0);
        Is(x == y, (p, q) => p.Equals(q) ? 1 : 0);
        Is(x.ne(y), (p, q) => p.Equals(q) ? 0 : 1);
        Is((x > 0).logical_and(y > 0), (p, q) => p > 0 && q > 0 ? 1 : 0);
        Is((x > 0) | (y > 0), (p, q) => p > 0 || q > 0 ? 1 : 0);
        Is((x > 0) ^ (y > 0), (p, q) => p > 0 ^ q > 0 ? 1 : 0);
        Is(~(x > 0), (p, _) => p > 0 ? 0 : 1);
        Is(x.clone().add_(y), (p, q) => p + q);
        Is(x.clone().sub_(y), (p, q) => p - q);
        Is(x.clone().mul_(y), (p, q) => p * q);
        Is(x.clone().div_(y), (p, q) => p / q);
        Is(x.clone().addcmul_(x, y, 2), (p, q) => p + 2 * p * q);
        Is(x.clone().copy_(y), (_, q) => q);
        Holds(torch.tensor(new long[] { 7, -7 }).floor_divide(torch.tensor(2L)), 3, -4);
    }

    [Fact]
    public void Operands_are_broadcast_and_their_types_promoted()
    {
        using var scope = torch.NewDisposeScope();
        Holds(torch.ones(2, 1, torch.float64) + Vector(1, 2, 3), [2, 3], 2, 3, 4, 2, 3, 4);
        Assert.Equal(torch.float64, (torch.ones(2) + torch.ones(2, torch.float64)).dtype);
        Assert.Equal(torch.float32, (torch.ones(2) * 0.5).dtype);
        Assert.Equal(torch.float32, (torch.ones(2, torch.int64) * 0.5).dtype);
        Assert.Equal(torch.int64, (torch.ones(2, torch.int64) * 2).dtype);
        Assert.Equal(torch.@bool, (torch.ones(2) > 1).dtype);
        Assert.Equal(torch.float64, torch.promote_types(torch.float32, torch.float64));
        Assert.Equal(torch.float64, torch.result_type(torch.ones(1), torch.ones(1, torch.float64)));
        Assert.True(torch.can_cast(torch.int64, torch.float32));
        Assert.False(torch.can_cast(torch.float32, torch.int64));
    }

    [Fact]
    public void Reductions()
    {
        using var scope = torch.NewDisposeScope();
        var m = Matrix(new double[,] { { 1, 5, 2 }, { 4, -3, 6 } });
        Holds(m.sum(), [], 15);
        Holds(m.sum(0L), [3], 5, 2, 8);
        Holds(m.sum(1L, true), [2, 1], 8, 7);
        Holds(m.sum(new long[] { 0, 1 }), [], 15);
        Holds(m.sum(0, 1), [], 15);
        Assert.Equal(torch.uint8, m.sum(0).dtype); // the trap: 0 is read as a ScalarType
        Holds(m.mean(), [], 2.5);
        Holds(m.mean(new long[] { 1 }), [2], 8.0 / 3, 7.0 / 3);
        Holds(m.var(), [], (1 + 25 + 4 + 16 + 9 + 36 - 15 * 15 / 6.0) / 5);
        Holds(m.std(0L, unbiased: false), [3], 1.5, 4, 2);
        Holds(m.std(new long[] { 0 }, false, true), [1, 3], 1.5, 4, 2);
        var (std, mean) = m.std_mean(new long[] { 0 }, unbiased: false);
        Holds(std, 1.5, 4, 2);
        Holds(mean, 2.5, 1, 4);
        Holds(m.max(), [], 6);
        Holds(m.min(), [], -3);
        var (values, indexes) = m.max(1);
        Holds(values, [2], 5, 6);
        Holds(indexes, [2], 1, 2);
        Holds(m.amax(0), [3], 4, 5, 6);
        Holds(torch.amin(m, [1L]), [2], 1, -3);
        Holds(m.argmax(), [], 5);
        Holds(m.argmax(1), [2], 1, 2);
        Holds(m.argmin(0, true), [1, 3], 0, 1, 0);
        Holds(m.logsumexp(1), [2], Math.Log(Math.E + Math.Exp(5) + Math.Exp(2)), Math.Log(Math.Exp(4) + Math.Exp(-3) + Math.Exp(6)));
        Holds(m.softmax(0), [2, 3], [.. new[] { (1, 4), (5, -3), (2, 6) }.SelectMany(p => new[] { 1 / (1 + Math.Exp(p.Item2 - p.Item1)) }),
            .. new[] { (1, 4), (5, -3), (2, 6) }.SelectMany(p => new[] { 1 / (1 + Math.Exp(p.Item1 - p.Item2)) })]);
        Assert.True(torch.allclose(m.log_softmax(1).exp(), torch.softmax(m, 1)));
        Holds(m.cumsum(1), [2, 3], 1, 6, 8, 4, 1, 7);
        Holds(m.cumprod(0), [2, 3], 1, 5, 2, 4, -15, 12);
        Holds(m.norm(), [], Math.Sqrt(91));
        Holds(m.norm(1, false, 1f), [2], 8, 13);
        Holds(m.dist(torch.zeros_like(m)), [], Math.Sqrt(91));
        Assert.False((m > 0).all().item<bool>());
        Holds((m > 0).any(1), [2], 1, 1);
        Holds(m.count_nonzero(), [], 6);
        Holds((m > 2).count_nonzero([0L]), [3], 1, 1, 1);
        Holds(Vector(3, 1, 2).median(), [], 2);
        Holds(torch.tensor(new long[] { 1, 1, 3 }).bincount(null), [4], 0, 2, 0, 1);
        Holds(Vector(0, 1, 1, 3).histc(4, 0, 4), [4], 1, 2, 0, 1);
    }

    [Fact]
    public void Order()
    {
        using var scope = torch.NewDisposeScope();
        var x = Vector(3, 1, 2, 1);
        var (sorted, places) = x.sort(stable: true);
        Holds(sorted, 1, 1, 2, 3);
        Holds(places, 1, 3, 2, 0);
        Holds(x.sort(descending: true).Values, 3, 2, 1, 1);
        Holds(Vector(3, 1, 2).argsort(), 1, 2, 0);
        var (top, where) = x.topk(2);
        Holds(top, 3, 2);
        Holds(where, 0, 2);
        var (distinct, inverse, counts) = x.unique(return_inverse: true, return_counts: true);
        Holds(distinct, 1, 2, 3);
        Holds(inverse!, 2, 0, 1, 0);
        Holds(counts!, 2, 1, 1);
        Holds(torch.searchsorted(Vector(1, 3, 5), Vector(0, 3, 6)), 0, 1, 3);
        Assert.True(x.Equals(x.clone()));
        Assert.False(x.Equals(x + 1));
        Assert.True(x.allclose(x + 1e-12));
        Holds(x.isclose(Vector(3, 1, 2, 1.1)), 1, 1, 1, 0);
        Holds(x.equal(Vector(3, 1, 2, 5)), 1, 1, 1, 0);
    }

    /// <summary>The error function by its series: small arguments only.</summary>
    private static double Erf(double x)
    {
        double term = x, sum = x;
        for (var n = 1; n < 100; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
