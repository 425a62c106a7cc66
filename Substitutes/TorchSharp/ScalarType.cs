using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType _defaultType = ScalarType.Float32;

    public static readonly ScalarType uint8 = ScalarType.Byte, int8 = ScalarType.Int8, int16 = ScalarType.Int16, int32 = ScalarType.Int32, int64 = ScalarType.Int64;
    public static readonly ScalarType float16 = ScalarType.Float16, float32 = ScalarType.Float32, float64 = ScalarType.Float64, bfloat16 = ScalarType.BFloat16;
    public static readonly ScalarType complex64 = ScalarType.ComplexFloat32, complex128 = ScalarType.ComplexFloat64, @bool = ScalarType.Bool;
    public static readonly ScalarType @short = ScalarType.Int16, @int = ScalarType.Int32, @long = ScalarType.Int64;
    public static readonly ScalarType half = ScalarType.Float16, @float = ScalarType.Float32, @double = ScalarType.Float64;
    public static readonly ScalarType cfloat = ScalarType.ComplexFloat32, cdouble = ScalarType.ComplexFloat64;

    /// <summary>The dtype that factories use when none is asked for.</summary>
    public static ScalarType get_default_dtype() => _defaultType;

    public static void set_default_dtype(ScalarType dtype) =>
        _defaultType = is_floating_point(dtype) ? dtype : throw new ArgumentException("only floating-point types are supported as the default type");

    public static bool is_integral(ScalarType type) => type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;
    public static bool is_floating_point(ScalarType type) => type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>The limits of a floating-point dtype.</summary>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.Float64 or ScalarType.ComplexFloat64 => new(64, double.BitIncrement(1) - 1, double.MaxValue, 2.2250738585072014e-308),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => new(32, float.BitIncrement(1) - 1, float.MaxValue, 1.1754943508222875e-38),
        ScalarType.Float16 => new(16, 0.0009765625, 65504, 6.103515625e-05),
        ScalarType.BFloat16 => new(16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38),
        _ => throw new ArgumentException("'dtype' must be floating point or complex"),
    };

    /// <summary>The element types; the numbers are libtorch's.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0, Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4, Float16 = 5, Float32 = 6, Float64 = 7,
        ComplexFloat32 = 9, ComplexFloat64 = 10, Bool = 11, BFloat16 = 15,
    }

    /// <summary>The limits of a floating-point dtype.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct FInfo
    {
        internal FInfo(int bits, double eps, double max, double tiny) => (this.bits, this.eps, this.max, min, this.tiny) = (bits, eps, max, -max, tiny);

        public int bits;
        public double eps;
        public double max;
        public double min;
        public double tiny;
    }

    /// <summary>How a quotient is rounded: not, towards zero, or down.</summary>
    public enum RoundingMode
    {
        None, trunc, floor,
    }
}
