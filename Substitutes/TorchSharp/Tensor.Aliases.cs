namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // Second names of what is elsewhere.
        public Tensor absolute() => abs();
        public Tensor absolute_() => abs_();
        public Tensor arccos() => acos();
        public Tensor arccos_() => acos_();
        public Tensor arccosh() => acosh();
        public Tensor arccosh_() => acosh_();
        public Tensor arcsin() => asin();
        public Tensor arcsin_() => asin_();
        public Tensor arcsinh() => asinh();
        public Tensor arcsinh_() => asinh_();
        public Tensor arctan() => atan();
        public Tensor arctan_() => atan_();
        public Tensor arctan(Tensor other) => atan2(other);
        public Tensor arctan_(Tensor other) => atan2_(other);
        public Tensor arctan2(Tensor other) => atan2(other);
        public Tensor arctan2_(Tensor other) => atan2_(other);
        public Tensor arctanh() => atanh();
        public Tensor arctanh_() => atanh_();
        public Tensor fix() => trunc();
        public Tensor fix_() => trunc_();
        public Tensor not_equal_(Tensor target) => ne_(target);
        public Tensor less_equal_(Tensor target) => le_(target);
        public Tensor true_divide_(Scalar other) => div_(other);
        public Tensor true_divide_(Tensor other) => div_(other);
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Ops.linalg_pinv.Call(this, rcond, hermitian);
        public Tensor adjoint() => Ops.adjoint.Call(this);
        public Tensor mH => adjoint();

        // Complex numbers.
        public Tensor real => Ops.real.Call(this);
        public Tensor imag => Ops.imag.Call(this);
        public Tensor angle() => Ops.angle.Call(this);
        public Tensor conj() => Ops.conj.Call(this);
        public Tensor conj_physical() => Ops.conj_physical.Call(this);
        public Tensor conj_physical_() => Ops.conj_physical_.Into(this);
        public Tensor resolve_conj() => Ops.resolve_conj.Call(this);
        public Tensor view_as_complex() => Ops.view_as_complex.Call(this);
        public Tensor view_as_real() => Ops.view_as_real.Call(this);
        public bool is_conj() => Ops.is_conj.CallInt(this) != 0;

        // Functions of mathematics.
        public Tensor lgamma_() => Ops.lgamma_.Into(this);
        public Tensor polygamma(long p) => Ops.polygamma.Call(p, this);
        public Tensor polygamma_(long p) => Ops.polygamma_.Into(this, p);
        public Tensor mvlgamma(long p) => Ops.mvlgamma.Call(this, p);
        public Tensor mvlgamma_(long p) => Ops.mvlgamma_.Into(this, p);
        public Tensor i0() => Ops.i0.Call(this);
        public Tensor igamma(Tensor other) => Ops.igamma.Call(this, other);
        public Tensor igammac(Tensor other) => Ops.igammac.Call(this, other);
        public Tensor gcd(Tensor other) => Ops.gcd.Call(this, other);
        public Tensor gcd_(Tensor other) => Ops.gcd_.Into(this, other);
        public Tensor lcm(Tensor other) => Ops.lcm.Call(this, other);
        public Tensor lcm_(Tensor other) => Ops.lcm_.Into(this, other);
        public Tensor ldexp(Tensor other) => Ops.ldexp_Tensor.Call(this, other);
        public Tensor ldexp_(Tensor other) => Ops.ldexp_.Into(this, other);
        public (Tensor Mantissa, Tensor Exponent) frexp() => Ops.frexp_Tensor.Call2(this);
        public Tensor floor_divide_(Scalar other) => Ops.floor_divide__Scalar.Into(this, other);
        public Tensor floor_divide_(Tensor other) => Ops.floor_divide__Tensor.Into(this, other);
        public Tensor celu() => Ops.celu.Call(this);
        public Tensor celu_() => Ops.celu_.Into(this);
        public Tensor prelu(Tensor target) => Ops.prelu.Call(this, target);
        public Tensor hardsigmoid_() => Ops.hardsigmoid_.Into(this);
        public Tensor hardswish_() => Ops.hardswish_.Into(this);
        public Tensor renorm(float p, long dim, float maxnorm) => Ops.renorm.Call(this, p, dim, maxnorm);
        public Tensor channel_shuffle(long groups) => Ops.channel_shuffle.Call(this, groups);
        public Tensor @char() => to_type(ScalarType.Int8);

        // Random numbers.
        public Tensor poisson(Generator? generator = null) => Ops.poisson.Call(this, generator);
        public Tensor binomial(Tensor prob, Generator? generator = null) => Ops.binomial.Call(this, prob, generator);
        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) =>
            Ops.cauchy_.Into(this, median, sigma, generator);
        public Tensor geometric_(double p, Generator? generator = null) => Ops.geometric_.Into(this, p, generator);
        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Ops.log_normal_.Into(this, mean, std, generator);

        public static implicit operator Tensor(sbyte value) => tensor(value, ScalarType.Int8);
        public static implicit operator Tensor(short value) => tensor(value, ScalarType.Int16);
    }
}
