using System.Numerics;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The elements, as they lie in memory; a copy when the tensor is not on the processor.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            CheckType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The only element.</summary>
        public T item<T>() where T : unmanaged =>
            NumberOfElements == 1 ? data<T>()[0] : throw new ArgumentException("Number of elements in the tensor must be 1");

        /// <summary>The only element, as a scalar.</summary>
        public Scalar ToScalar()
        {
            Value value;
            var complex = stackalloc double[2];
            Native.Check(Native.bp_item(Handle, &value, complex));
            GC.KeepAlive(this);
            return value.Kind switch
            {
                Kind.Double => value.Double,
                Kind.Int => value.Int,
                Kind.Bool => value.Int != 0,
                _ => new Complex(complex[0], complex[1]),
            };
        }

        /// <summary>The memory of a contiguous tensor on the processor.</summary>
        public Span<byte> bytes
        {
            get
            {
                if (!is_contiguous()) throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                var size = NumberOfElements * ElementSize;
                if (size > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                if (device_type != DeviceType.CPU)
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                return new Span<byte>(Pointer(), (int)size);
            }
            set
            {
                if (!is_contiguous()) throw new NotImplementedException("SetBytes() called on non-contiguous tensor.");
                if (NumberOfElements * ElementSize != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(bytes);
            }
        }

        /// <summary>Reads one element by its flat index, where the tensor is on the processor.</summary>
        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            CheckType(typeof(T));
            return new TensorAccessor<T>(this).Flat(i);
        }

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);
        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);
        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        internal void* Pointer()
        {
            var pointer = Native.bp_data(Handle);
            if (pointer == null && NumberOfElements > 0) throw Native.Error();
            return pointer;
        }

        private void CheckType(Type type)
        {
            var fits = dtype switch
            {
                ScalarType.Byte => type == typeof(byte),
                ScalarType.Int8 => type == typeof(sbyte),
                ScalarType.Int16 => type == typeof(short),
                ScalarType.Int32 => type == typeof(int),
                ScalarType.Int64 => type == typeof(long),
                ScalarType.Bool => type == typeof(bool),
                ScalarType.Float32 => type == typeof(float),
                ScalarType.Float64 => type == typeof(double),
                ScalarType.ComplexFloat32 => type == typeof((float, float)),
                ScalarType.ComplexFloat64 => type == typeof(Complex),
                _ => false,
            };
            if (!fits) throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }

        public static explicit operator double(Tensor value) => value.ToDouble();
        public static explicit operator float(Tensor value) => value.ToSingle();
        public static explicit operator long(Tensor value) => value.ToInt64();
        public static explicit operator int(Tensor value) => value.ToInt32();
        public static explicit operator short(Tensor value) => value.ToInt16();
        public static explicit operator sbyte(Tensor value) => value.ToSByte();
        public static explicit operator byte(Tensor value) => value.ToByte();
        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}

/// <summary>The only element of a tensor, in whatever type is asked for.</summary>
public static partial class TensorExtensionMethods
{
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();
    public static short ToInt16(this torch.Tensor value) => value.ToScalar().ToInt16();
    public static sbyte ToSByte(this torch.Tensor value) => value.ToScalar().ToSByte();
    public static byte ToByte(this torch.Tensor value) => value.ToScalar().ToByte();
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();
    public static (float Real, float Imaginary) ToComplexFloat32(this torch.Tensor value) => value.ToScalar().ToComplexFloat32();
    public static Complex ToComplexFloat64(this torch.Tensor value) => value.ToScalar().ToComplexFloat64();

    /// <summary>The product of the sizes.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>A number as a 0-dimensional tensor.</summary>
    public static torch.Tensor ToTensor<T>(this T scalar, torch.Device? device = null, bool requires_grad = false) where T : struct
    {
        if (requires_grad && typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new ArgumentException("Only floating point types support gradients.", nameof(requires_grad));
        return scalar switch
        {
            byte v => torch.tensor(v, torch.uint8, device, requires_grad),
            sbyte v => torch.tensor(v, torch.int8, device, requires_grad),
            short v => torch.tensor(v, torch.int16, device, requires_grad),
            int v => torch.tensor(v, torch.int32, device, requires_grad),
            long v => torch.tensor(v, torch.int64, device, requires_grad),
            float v => torch.tensor(v, torch.float32, device, requires_grad),
            double v => torch.tensor(v, torch.float64, device, requires_grad),
            _ => throw new NotImplementedException($"Creating tensor of type {typeof(T)} is not supported."),
        };
    }
}
