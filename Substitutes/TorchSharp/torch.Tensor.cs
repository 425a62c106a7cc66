using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static unsafe partial class torch
{
    // A tensor with the values, and unless said otherwise the type, of a number, an array or a list. tensor copies; as_tensor and
    // from_array share the array's memory where neither type nor device changes.
    public static Tensor tensor(IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray.ToArray(), dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray.ToArray(), [rawArray.Count], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray.ToArray(), [dim0, dim1, dim2], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray.ToArray(), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<bool> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray.ToArray(), [rows, columns], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray.ToArray(), dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray.ToArray(), [rawArray.Count], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<byte> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray.ToArray(), [dim0, dim1, dim2], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<byte> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray.ToArray(), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<byte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray.ToArray(), [rows, columns], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray.ToArray(), [rawArray.Count], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray.ToArray(), [dim0, dim1, dim2], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray.ToArray(), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<double> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray.ToArray(), [rows, columns], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray.ToArray(), dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray.ToArray(), [rawArray.Count], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray.ToArray(), [dim0, dim1, dim2], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray.ToArray(), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray.ToArray(), [rows, columns], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray.ToArray(), dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray.ToArray(), [rawArray.Count], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<int> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray.ToArray(), [dim0, dim1, dim2], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<int> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray.ToArray(), [rows, columns], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray.ToArray(), dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray.ToArray(), [rawArray.Count], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray.ToArray(), [dim0, dim1, dim2], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray.ToArray(), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);
    public static Tensor tensor(IList<long> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray.ToArray(), [rows, columns], dtype, device, requires_grad, names);
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Scalar0(scalar, ScalarType.Bool, dtype, device, requires_grad);
    public static Tensor tensor(bool[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        Scalar0(scalar, ScalarType.Byte, null, device, requires_grad);
    public static Tensor tensor(byte[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(byte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Scalar0(scalar, ScalarType.Float64, dtype, device, requires_grad);
    public static Tensor tensor(double[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        Scalar0(scalar, ScalarType.Float32, null, device, requires_grad);
    public static Tensor tensor(float[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        Scalar0(scalar, ScalarType.Int32, null, device, requires_grad);
    public static Tensor tensor(int[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);
    public static Tensor tensor(int[] rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Scalar0(scalar, ScalarType.Int64, dtype, device, requires_grad);
    public static Tensor tensor(long[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray, Shape(rawArray), dtype, device, requires_grad, names);
    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(dataArray, dimensions.ToArray(), dtype, device, requires_grad, names);
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(dataArray, [dataArray.Length], dtype, device, requires_grad, names);
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);
    public static Tensor as_tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray.ToArray(), dtype, device);
    public static Tensor as_tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray.ToArray(), dtype, device);
    public static Tensor as_tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray.ToArray(), dtype, device);
    public static Tensor as_tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray.ToArray(), dtype, device);
    public static Tensor as_tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray.ToArray(), dtype, device);
    public static Tensor as_tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray.ToArray(), dtype, device);
    public static Tensor as_tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray, dtype, device);
    public static Tensor as_tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray, dtype, device);
    public static Tensor as_tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Shared(rawArray, dtype, device, requires_grad, names);

    private static Tensor Scalar0<T>(T value, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        Finish(Move(Tensor.New(Native.bp_from_data(&value, (int)type, null, 0)), dtype, device), requires_grad);

    private static Tensor Copied<T>(Array array, long[] shape, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        CheckSize(array, shape);
        fixed (void* data = &MemoryMarshal.GetArrayDataReference(array))
        fixed (long* sizes = shape)
            return Finish(Move(Tensor.New(Native.bp_from_data(data, (int)TypeOf(typeof(T)), sizes, shape.Length)), dtype, device), requires_grad, names);
    }

    private static Tensor Shared(Array array, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        var type = TypeOf(array.GetType().GetElementType()!);
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        fixed (long* sizes = Shape(array))
        {
            var handle = Native.bp_from_blob((void*)pin.AddrOfPinnedObject(), (int)type, sizes, array.Rank, &Unpin, GCHandle.ToIntPtr(pin));
            return Finish(Move(Tensor.New(handle), dtype, device), requires_grad, names);
        }
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint handle) => GCHandle.FromIntPtr(handle).Free();

    private static Tensor Move(Tensor made, ScalarType? dtype, Device? device)
    {
        if ((dtype is null || dtype == made.dtype) && device is null or { type: DeviceType.CPU }) return made;
        using (made) return made.to(dtype ?? made.dtype, InitializeDevice(device));
    }

    private static long[] Shape(Array array) => Enumerable.Range(0, array.Rank).Select(array.GetLongLength).ToArray();

    private static void CheckSize(Array array, long[] shape)
    {
        if (shape.TotalSize() is var size && size != array.LongLength)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {size} vs. {array.LongLength}");
    }

    private static ScalarType TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => ScalarType.Bool,
        TypeCode.Byte => ScalarType.Byte,
        TypeCode.SByte => ScalarType.Int8,
        TypeCode.Int16 => ScalarType.Int16,
        TypeCode.Int32 => ScalarType.Int32,
        TypeCode.Int64 => ScalarType.Int64,
        TypeCode.Single => ScalarType.Float32,
        TypeCode.Double => ScalarType.Float64,
        _ when type == typeof(Complex) => ScalarType.ComplexFloat64,
        _ => throw new NotSupportedException($"Creating a tensor of {type.Name} is not supported."),
    };
}
