using System.Numerics;

namespace TorchSharp;

/// <summary>A number that an operator takes beside tensors.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly Kind Kind;
    internal readonly long Bits;
    internal readonly double Imaginary;
    private readonly torch.ScalarType _type;

    private Scalar(Kind kind, torch.ScalarType type, long bits, double imaginary = 0) => (Kind, _type, Bits, Imaginary) = (kind, type, bits, imaginary);

    internal static Scalar Of(long value) => new(Kind.Int, torch.ScalarType.Int64, value);
    internal static Scalar Of(double value) => new(Kind.Double, torch.ScalarType.Float64, BitConverter.DoubleToInt64Bits(value));
    internal static Scalar Of(bool value) => new(Kind.Bool, torch.ScalarType.Bool, value ? 1 : 0);
    internal static Scalar Of(Complex value) => new(Kind.Complex, torch.ScalarType.ComplexFloat64, BitConverter.DoubleToInt64Bits(value.Real), value.Imaginary);

    internal bool IsComplex => Kind == Kind.Complex;
    internal double Real => Kind is Kind.Double or Kind.Complex ? BitConverter.Int64BitsToDouble(Bits) : Bits;
    internal (double, double) Complex => (Real, Imaginary);

    /// <summary>Int64, Float64, Bool or ComplexFloat64: a scalar keeps no narrower type.</summary>
    public torch.ScalarType Type => _type;

    /// <summary>Nothing native is held.</summary>
    public void Dispose() { }

    public static implicit operator Scalar(byte value) => Of((long)value);
    public static implicit operator Scalar(sbyte value) => Of((long)value);
    public static implicit operator Scalar(short value) => Of((long)value);
    public static implicit operator Scalar(int value) => Of((long)value);
    public static implicit operator Scalar(long value) => Of(value);
    public static implicit operator Scalar(float value) => Of((double)value);
    public static implicit operator Scalar(double value) => Of(value);
    public static implicit operator Scalar(bool value) => Of(value);
    public static implicit operator Scalar((float, float) value) => Of(new Complex(value.Item1, value.Item2));
    public static implicit operator Scalar(Complex value) => Of(value);
}

/// <summary>To a scalar and back.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this (float, float) value) => value;
    public static Scalar ToScalar(this Complex value) => value;

    public static double ToDouble(this Scalar value) => value.Real;
    public static float ToSingle(this Scalar value) => (float)value.Real;
    public static long ToInt64(this Scalar value) => value.Kind == Kind.Double ? (long)value.Real : value.Bits;
    public static int ToInt32(this Scalar value) => (int)value.ToInt64();
    public static short ToInt16(this Scalar value) => (short)value.ToInt64();
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.ToInt64();
    public static byte ToByte(this Scalar value) => (byte)value.ToInt64();
    public static bool ToBoolean(this Scalar value) => value.Real != 0 || value.Imaginary != 0;
    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value) => ((float)value.Real, (float)value.Imaginary);
    public static Complex ToComplexFloat64(this Scalar value) => new(value.Real, value.Imaginary);
}
