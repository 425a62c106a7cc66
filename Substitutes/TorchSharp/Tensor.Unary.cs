namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // One element in, one element out. A name with an underscore changes the tensor itself and gives it back.
        public Tensor abs() => Ops.abs.Call(this);
        public Tensor acos() => Ops.acos.Call(this);
        public Tensor acosh() => Ops.acosh.Call(this);
        public Tensor asin() => Ops.asin.Call(this);
        public Tensor asinh() => Ops.asinh.Call(this);
        public Tensor atan() => Ops.atan.Call(this);
        public Tensor atanh() => Ops.atanh.Call(this);
        public Tensor ceil() => Ops.ceil.Call(this);
        public Tensor cos() => Ops.cos.Call(this);
        public Tensor cosh() => Ops.cosh.Call(this);
        public Tensor deg2rad() => Ops.deg2rad.Call(this);
        public Tensor digamma() => Ops.digamma.Call(this);
        public Tensor erf() => Ops.erf.Call(this);
        public Tensor erfc() => Ops.erfc.Call(this);
        public Tensor erfinv() => Ops.erfinv.Call(this);
        public Tensor exp() => Ops.exp.Call(this);
        public Tensor exp2() => Ops.exp2.Call(this);
        public Tensor expm1() => Ops.expm1.Call(this);
        public Tensor floor() => Ops.floor.Call(this);
        public Tensor frac() => Ops.frac.Call(this);
        public Tensor lgamma() => Ops.lgamma.Call(this);
        public Tensor log() => Ops.log.Call(this);
        public Tensor log10() => Ops.log10.Call(this);
        public Tensor log1p() => Ops.log1p.Call(this);
        public Tensor log2() => Ops.log2.Call(this);
        public Tensor neg() => Ops.neg.Call(this);
        public Tensor rad2deg() => Ops.rad2deg.Call(this);
        public Tensor reciprocal() => Ops.reciprocal.Call(this);
        public Tensor rsqrt() => Ops.rsqrt.Call(this);
        public Tensor sgn() => Ops.sgn.Call(this);
        public Tensor sigmoid() => Ops.sigmoid.Call(this);
        public Tensor sign() => Ops.sign.Call(this);
        public Tensor sin() => Ops.sin.Call(this);
        public Tensor sinc() => Ops.sinc.Call(this);
        public Tensor sinh() => Ops.sinh.Call(this);
        public Tensor sqrt() => Ops.sqrt.Call(this);
        public Tensor tan() => Ops.tan.Call(this);
        public Tensor tanh() => Ops.tanh.Call(this);
        public Tensor trunc() => Ops.trunc.Call(this);
        public Tensor negative() => neg();
        public Tensor positive() => dtype != ScalarType.Bool ? Ops.positive.Call(this) : throw new ArgumentException("Boolean tensor");
        public Tensor square() => pow(2);
        public Tensor round(long decimals = 0) => Ops.round_decimals.Call(this, decimals);
        public Tensor logit(double? eps = null) => Ops.logit.Call(this, eps);
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Ops.nan_to_num.Call(this, nan, posinf, neginf);

        public Tensor abs_() => Ops.abs_.Into(this);
        public Tensor acos_() => Ops.acos_.Into(this);
        public Tensor acosh_() => Ops.acosh_.Into(this);
        public Tensor asin_() => Ops.asin_.Into(this);
        public Tensor asinh_() => Ops.asinh_.Into(this);
        public Tensor atan_() => Ops.atan_.Into(this);
        public Tensor atanh_() => Ops.atanh_.Into(this);
        public Tensor ceil_() => Ops.ceil_.Into(this);
        public Tensor cos_() => Ops.cos_.Into(this);
        public Tensor cosh_() => Ops.cosh_.Into(this);
        public Tensor digamma_() => Ops.digamma_.Into(this);
        public Tensor erf_() => Ops.erf_.Into(this);
        public Tensor erfc_() => Ops.erfc_.Into(this);
        public Tensor erfinv_() => Ops.erfinv_.Into(this);
        public Tensor exp_() => Ops.exp_.Into(this);
        public Tensor expm1_() => Ops.expm1_.Into(this);
        public Tensor floor_() => Ops.floor_.Into(this);
        public Tensor frac_() => Ops.frac_.Into(this);
        public Tensor log_() => Ops.log_.Into(this);
        public Tensor log10_() => Ops.log10_.Into(this);
        public Tensor log1p_() => Ops.log1p_.Into(this);
        public Tensor log2_() => Ops.log2_.Into(this);
        public Tensor neg_() => Ops.neg_.Into(this);
        public Tensor reciprocal_() => Ops.reciprocal_.Into(this);
        public Tensor rsqrt_() => Ops.rsqrt_.Into(this);
        public Tensor sgn_() => Ops.sgn_.Into(this);
        public Tensor sigmoid_() => Ops.sigmoid_.Into(this);
        public Tensor sign_() => Ops.sign_.Into(this);
        public Tensor sin_() => Ops.sin_.Into(this);
        public Tensor sinc_() => Ops.sinc_.Into(this);
        public Tensor sinh_() => Ops.sinh_.Into(this);
        public Tensor sqrt_() => Ops.sqrt_.Into(this);
        public Tensor tan_() => Ops.tan_.Into(this);
        public Tensor tanh_() => Ops.tanh_.Into(this);
        public Tensor trunc_() => Ops.trunc_.Into(this);
        public Tensor round_(long decimals = 0) => Ops.round__decimals.Into(this, decimals);

        // Activations.
        public Tensor relu() => Ops.relu.Call(this);
        public Tensor relu_() => Ops.relu_.Into(this);
        public Tensor relu6() => Ops.relu6.Call(this);
        public Tensor relu6_() => Ops.relu6_.Into(this);
        public Tensor silu() => Ops.silu.Call(this);
        public Tensor silu_() => Ops.silu_.Into(this);
        public Tensor selu() => Ops.selu.Call(this);
        public Tensor selu_() => Ops.selu_.Into(this);
        public Tensor gelu() => Ops.gelu.Call(this);
        public Tensor hardsigmoid() => Ops.hardsigmoid.Call(this);
        public Tensor hardswish() => Ops.hardswish.Call(this);
        public Tensor log_sigmoid() => Ops.log_sigmoid.Call(this);
        public Tensor leaky_relu(Scalar negative_slope) => Ops.leaky_relu.Call(this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Ops.leaky_relu_.Into(this, negative_slope);
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Ops.elu.Call(this, alpha, scale, input_scale);
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => Ops.elu_.Into(this, alpha, scale, input_scale);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.softmax_int.Call(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.log_softmax_int.Call(this, dim, dtype);

        // Tests of each element.
        public Tensor isnan() => Ops.isnan.Call(this);
        public Tensor isinf() => Ops.isinf.Call(this);
        public Tensor isfinite() => Ops.isfinite.Call(this);
        public Tensor isneginf() => Ops.isneginf.Call(this);
        public Tensor isposinf() => Ops.isposinf.Call(this);
        public Tensor isreal() => Ops.isreal.Call(this);
        public Tensor signbit() => Ops.signbit.Call(this);
        public Tensor logical_not() => Ops.logical_not.Call(this);
        public Tensor logical_not_() => Ops.logical_not_.Into(this);
        public Tensor bitwise_not() => Ops.bitwise_not.Call(this);
        public Tensor bitwise_not_() => Ops.bitwise_not_.Into(this);
    }
}
