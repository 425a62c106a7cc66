using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;
using Special = TorchSharp.torch.special;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>Functions of mathematics beyond the elementary ones, against sums, products, integrals and identities.</summary>
public sealed class TorchSharpFunctionsTests
{
    private static readonly double[] Between = [-0.9, -0.4, 0.05, 0.3, 0.75], Above = [1.2, 1.5, 2, 3.5, 4.75], All = [-3.5, -1.25, -0.5, 0.25, 1.5, 4];

    private static readonly Dictionary<string, (double[] At, Func<Tensor, Tensor> Method, Func<double, double> Value)> Table = new(StringComparer.Ordinal)
    {
        ["acos"] = (Between, t => t.acos(), Math.Acos),
        ["arccos"] = (Between, t => t.arccos(), Math.Acos),
        ["asin"] = (Between, t => t.asin(), Math.Asin),
        ["arcsin"] = (Between, t => t.arcsin(), Math.Asin),
        ["atanh"] = (Between, t => t.atanh(), Math.Atanh),
        ["arctanh"] = (Between, t => t.arctanh(), Math.Atanh),
        ["acosh"] = (Above, t => t.acosh(), Math.Acosh),
        ["arccosh"] = (Above, t => t.arccosh(), Math.Acosh),
        ["arcsinh"] = (All, t => t.arcsinh(), Math.Asinh),
        ["arctan"] = (All, t => t.arctan(), Math.Atan),
        ["arctan of two"] = (All, t => t.arctan(torch.full_like(t, -0.5)), x => Math.Atan2(x, -0.5)),
        ["arctan2"] = (All, t => t.arctan2(torch.full_like(t, -0.5)), x => Math.Atan2(x, -0.5)),
        ["absolute"] = (All, t => t.absolute(), Math.Abs),
        ["fix"] = (All, t => t.fix(), Math.Truncate),
        ["sgn"] = (All, t => t.sgn(), x => Math.Sign(x)),
        ["signbit"] = (All, t => t.signbit(), x => x < 0 ? 1 : 0),
        ["rad2deg"] = (All, t => t.rad2deg(), x => x * 180 / Math.PI),
        ["sinc"] = (All, t => t.sinc(), x => Math.Sin(Math.PI * x) / (Math.PI * x)),
        ["special.sinc"] = (All, Special.sinc, x => Math.Sin(Math.PI * x) / (Math.PI * x)),
        ["heaviside"] = (All, t => t.heaviside(torch.zeros_like(t)), x => x > 0 ? 1 : 0),
        ["copysign"] = (All, t => t.copysign(torch.full_like(t, -1)), x => -Math.Abs(x)),
        ["fmin"] = (All, t => t.fmin(torch.full_like(t, double.NaN)), x => x),
        ["nextafter"] = (All, t => t.nextafter(torch.full_like(t, 9)).sub(t).gt(0), _ => 1),
        ["float_power"] = (Above, t => t.float_power(torch.full_like(t, 1.5)), x => Math.Pow(x, 1.5)),
        ["logaddexp2"] = (All, t => t.logaddexp2(torch.ones_like(t)), x => Math.Log2(Math.Pow(2, x) + 2)),
        ["ldexp"] = (All, t => t.ldexp(torch.full_like(t, 3)), x => 8 * x),
        ["true_divide"] = (All, t => t.true_divide(4), x => x / 4),
        ["clip"] = (All, t => t.clip(-1, 2), x => Math.Clamp(x, -1, 2)),
        ["hardsigmoid"] = (All, t => t.hardsigmoid(), x => Math.Clamp((x + 3) / 6, 0, 1)),
        ["hardswish"] = (All, t => t.hardswish(), x => x * Math.Clamp((x + 3) / 6, 0, 1)),
        ["selu"] = (All, t => t.selu(), x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        ["celu"] = (All, t => t.celu(), x => x > 0 ? x : Math.Exp(x) - 1),
        ["prelu"] = (All, t => t.prelu(torch.tensor(new[] { 0.3 })), x => x > 0 ? x : 0.3 * x),
        ["isreal"] = (All, t => t.isreal(), _ => 1),
        ["lgamma"] = (Above, t => t.lgamma(), LogGamma),
        ["digamma"] = (Above, t => t.digamma(), Digamma),
        ["special.digamma"] = (Above, Special.digamma, Digamma),
        ["special.psi"] = (Above, Special.psi, Digamma),
        ["polygamma"] = (Above, t => t.polygamma(1), x => Hurwitz(2, x)),
        ["special.polygamma"] = (Above, t => Special.polygamma(2, t), x => -2 * Hurwitz(3, x)),
        ["special.zeta"] = (Above, t => Special.zeta(torch.full_like(t, 2), t), x => Hurwitz(2, x)),
        ["mvlgamma"] = (Above, t => t.mvlgamma(1), LogGamma),
        ["special.multigammaln"] = (Above, t => Special.multigammaln(t, 2).sub(t.lgamma()).sub(t.sub(0.5).lgamma()), _ => 0.5 * Math.Log(Math.PI)),
        ["special.gammaln"] = (Above, t => Special.gammaln(t.add(1)).sub(Special.gammaln(t)), Math.Log),
        ["igamma"] = (Above, t => torch.ones_like(t).igamma(t), x => 1 - Math.Exp(-x)),
        ["igammac"] = (Above, t => torch.ones_like(t).mul(2).igammac(t), x => (1 + x) * Math.Exp(-x)),
        ["special.gammainc"] = (Above, t => Special.gammainc(torch.ones_like(t), t), x => 1 - Math.Exp(-x)),
        ["special.gammaincc"] = (Above, t => Special.gammaincc(torch.ones_like(t), t), x => Math.Exp(-x)),
        ["i0"] = (All, t => t.i0(), x => Bessel(0, x)),
        ["special.i0"] = (All, Special.i0, x => Bessel(0, x)),
        ["special.i0e"] = (All, Special.i0e, x => Bessel(0, x) * Math.Exp(-Math.Abs(x))),
        ["special.i1"] = (All, Special.i1, x => Bessel(1, x)),
        ["special.i1e"] = (All, Special.i1e, x => Bessel(1, x) * Math.Exp(-Math.Abs(x))),
        ["special.erf"] = (All, Special.erf, Erf),
        ["special.erfc"] = (All, Special.erfc, x => 1 - Erf(x)),
        ["erfinv"] = (Between, t => t.erfinv().erf(), x => x),
        ["special.erfinv"] = (Between, t => Special.erf(Special.erfinv(t)), x => x),
        ["special.ndtr"] = (All, Special.ndtr, x => 0.5 * (1 + Erf(x / Math.Sqrt(2)))),
        ["special.ndtri"] = (Between, t => Special.ndtr(Special.ndtri(t.abs())), Math.Abs),
        ["special.entr"] = (Above, Special.entr, x => -x * Math.Log(x)),
        ["special.exp2"] = (All, Special.exp2, x => Math.Pow(2, x)),
        ["special.expm1"] = (All, Special.expm1, x => Math.Exp(x) - 1),
        ["special.expit"] = (All, Special.expit, x => 1 / (1 + Math.Exp(-x))),
        ["special.sigmoid"] = (All, Special.sigmoid, x => 1 / (1 + Math.Exp(-x))),
        ["special.sigmoid_"] = (All, t => Special.sigmoid_(t.clone()), x => 1 / (1 + Math.Exp(-x))),
        ["special.logit"] = (Between, t => Special.logit(t.abs()), x => Math.Log(Math.Abs(x) / (1 - Math.Abs(x)))),
        ["special.xlog1py"] = (Above, t => Special.xlog1py(t, t), x => x * Math.Log(1 + x)),
        ["special.softmax"] = (All, t => Special.softmax(t, 0).log().sub(t), _ => -Math.Log(All.Sum(Math.Exp))),
        ["special.log_softmax"] = (All, t => Special.log_softmax(t, 0).sub(t), _ => -Math.Log(All.Sum(Math.Exp))),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Values_are_those_of_the_definition(string name)
    {
        var (at, method, value) = Table[name];
        Holds(method(torch.tensor(at)), [at.Length], at.Select(value).ToArray());
    }

    [Fact]
    public void Integers_and_their_bits()
    {
        var (a, b) = (torch.tensor(new long[] { 12, 7, 5 }), torch.tensor(new long[] { 18, 21, 3 }));
        Holds(a.gcd(b), 6, 7, 1);
        Holds(a.lcm(b), 36, 21, 15);
        Holds(a.bitwise_and(b), 12 & 18, 7 & 21, 5 & 3);
        Holds(a.bitwise_or(b), 12 | 18, 7 | 21, 5 | 3);
        Holds(a.bitwise_xor(b), 12 ^ 18, 7 ^ 21, 5 ^ 3);
        Holds(a & b, 12 & 18, 7 & 21, 5 & 3);
        Holds(a | b, 12 | 18, 7 | 21, 5 | 3);
        Holds(a ^ b, 12 ^ 18, 7 ^ 21, 5 ^ 3);
        Holds(a.bitwise_not(), ~12, ~7, ~5);
        Holds(~a, ~12, ~7, ~5);
        Holds(a.bitwise_left_shift(torch.tensor(new long[] { 1, 2, 3 })), 24, 28, 40);
        Holds(a.bitwise_right_shift(torch.tensor(new long[] { 1, 2, 3 })), 6, 1, 0);
        Holds(a.floor_divide(5), 2, 1, 1);
        Holds(a.clone().floor_divide_(5), 2, 1, 1);
        Holds(b.clone().floor_divide_(a), 1, 3, 0);
        var (mantissa, exponent) = Vector(12, 0.375, -5).frexp();
        Holds(mantissa, 0.75, 0.75, -0.625);
        Holds(exponent, 4, -1, 3);
    }

    [Fact]
    public void Comparisons_and_logic()
    {
        var (a, b) = (Vector(1, 2, 3), Vector(2, 2, 2));
        Holds(a.greater_equal(b), 0, 1, 1);
        Holds(a.less_equal(b), 1, 1, 0);
        Holds(a.not_equal(b), 1, 0, 1);
        var (p, q) = (torch.tensor(new[] { true, true, false, false }), torch.tensor(new[] { true, false, true, false }));
        Holds(p.logical_or(q), 1, 1, 1, 0);
        Holds(p.logical_xor(q), 0, 1, 1, 0);
        var odd = Vector(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1);
        Holds(odd.isinf(), 0, 1, 1, 0);
        Holds(odd.isposinf(), 0, 1, 0, 0);
        Holds(odd.isneginf(), 0, 0, 1, 0);
        Holds(torch.isin(a, Vector(3, 1)), 1, 0, 1);
        Holds(a.isin(Vector(3, 1)), 1, 0, 1);
    }

    [Fact]
    public void Complex_numbers()
    {
        using var z = torch.complex(Vector(3, 0), Vector(4, -2));
        Assert.True(z.is_complex() && torch.is_complex(z) && z.dtype == torch.complex128);
        Holds(z.real, 3, 0);
        Holds(z.imag, 4, -2);
        Holds(z.abs(), 5, 2);
        Holds(z.angle(), Math.Atan2(4, 3), -Math.PI / 2);
        Holds(z.conj().imag, -4, 2);
        Assert.True(z.conj().is_conj() && !z.conj().resolve_conj().is_conj());
        Holds(z.conj_physical().imag, -4, 2);
        Holds(z.view_as_real(), [2, 2], 3, 4, 0, -2);
        Holds(z.view_as_real().view_as_complex().imag, 4, -2);
        Holds(torch.polar(Vector(2, 1), Vector(0, Math.PI / 2)).real, 2, 0);
        Holds(torch.polar(Vector(2, 1), Vector(0, Math.PI / 2)).imag, 0, 1);
        var m = torch.complex(Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), Matrix(new double[,] { { 5, 6 }, { 7, 8 } }));
        foreach (var adjoint in new[] { m.adjoint(), m.mH })
        {
            Holds(adjoint.real, [2, 2], 1, 3, 2, 4);
            Holds(adjoint.imag, [2, 2], -5, -7, -6, -8);
        }
        Assert.Equal((3f, 4f), z[0].ToComplexFloat32());
        Assert.Equal(new System.Numerics.Complex(0, -2), z[1].ToComplexFloat64());
    }

    private static double Sum(double from, double to, double step, Func<double, double> f)
    {
        var total = 0.0; // Simpson's rule
        for (var x = from; x < to - step / 2; x += step) total += step / 6 * (f(x) + 4 * f(x + step / 2) + f(x + step));
        return total;
    }

    /// <summary>Euler's integral, three steps up, where it is smooth.</summary>
    private static double LogGamma(double x) => Math.Log(Sum(0, 80, 1e-2, u => Math.Pow(u, x + 2) * Math.Exp(-u)) / (x * (x + 1) * (x + 2)));

    private static double Erf(double x) => x < 0 ? -Erf(-x) : x == 0 ? 0 : 2 / Math.Sqrt(Math.PI) * Sum(0, x, x / 2000, u => Math.Exp(-u * u));

    /// <summary>The sum of (x + k)^-s, its tail by Euler and Maclaurin.</summary>
    private static double Hurwitz(double s, double x) =>
        Enumerable.Range(0, 2000).Sum(k => Math.Pow(x + k, -s)) + Math.Pow(x + 2000, 1 - s) / (s - 1) + 0.5 * Math.Pow(x + 2000, -s) + s * Math.Pow(x + 2000, -s - 1) / 12;

    /// <summary>The recurrence up to where the asymptotic series is exact.</summary>
    private static double Digamma(double x) => x < 1000 ? Digamma(x + 1) - 1 / x : Math.Log(x) - 0.5 / x - 1 / (12 * x * x);

    /// <summary>The integral of Bessel's modified function of an integer order.</summary>
    private static double Bessel(int order, double x) => Sum(0, Math.PI, Math.PI / 2000, u => Math.Exp(x * Math.Cos(u)) * Math.Cos(order * u)) / Math.PI;
}
