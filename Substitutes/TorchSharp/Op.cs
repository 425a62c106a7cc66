using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One argument on its way to an operator. Whatever an operator takes converts to it.</summary>
internal readonly struct Arg
{
    internal readonly Kind Kind;
    internal readonly int Count;
    internal readonly long Bits;
    internal readonly object? Object;

    private Arg(Kind kind, long bits = 0, object? held = null, int count = 0) => (Kind, Bits, Object, Count) = (kind, bits, held, count);

    internal static Arg None => default;

    public static implicit operator Arg(Tensor? t) => t is null ? default : new(Kind.Tensor, 0, t);
    public static implicit operator Arg(long value) => new(Kind.Int, value);
    public static implicit operator Arg(long? value) => value is { } v ? v : default(Arg);
    public static implicit operator Arg(double value) => new(Kind.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(double? value) => value is { } v ? v : default(Arg);
    public static implicit operator Arg(bool value) => new(Kind.Bool, value ? 1 : 0);
    public static implicit operator Arg(ScalarType type) => new(Kind.Int, (long)type);
    public static implicit operator Arg(ScalarType? type) => type is { } v ? v : default(Arg);
    public static implicit operator Arg(long[]? values) => values is null ? default : new(Kind.Ints, 0, values);
    public static implicit operator Arg(double[]? values) => values is null ? default : new(Kind.Doubles, 0, values);
    public static implicit operator Arg(string? text) => text is null ? default : new(Kind.String, 0, text);
    public static implicit operator Arg(Device? device) => device is null ? default : new(Kind.Device, device.index, null, (int)device.type);
    public static implicit operator Arg(Generator? generator) => generator is null ? default : new(Kind.Generator, 0, generator);
    public static implicit operator Arg(Scalar? scalar) => scalar is null ? default : scalar.IsComplex ? new(Kind.Complex, 0, scalar) : new(scalar.Kind, scalar.Bits);

    /// <summary>Tensors of which some may be missing.</summary>
    internal static Arg Indices(Tensor?[] tensors) => new(Kind.OptionalTensors, 0, tensors);

    internal static Arg List(IReadOnlyList<Tensor> tensors) => new(Kind.Tensors, 0, tensors);
}

/// <summary>
/// One operator of libtorch, by name and overload, looked up at its first use. It is called with as many arguments as the
/// caller has something to say about: the rest are the defaults of the loaded libtorch's own schema.
/// </summary>
internal sealed unsafe class Op(string name, string overload = "")
{
    private nint _handle;

    /// <summary>Calls an operator that gives one tensor.</summary>
    internal Tensor Call(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Run(args, &result, 1);
        return new Tensor(result.Pointer);
    }

    /// <summary>Calls an operator that changes its first argument, and gives that back.</summary>
    internal Tensor Into(params ReadOnlySpan<Arg> args)
    {
        Run(args, null, 0);
        return Unsafe.As<Tensor>(args[0].Object!);
    }

    internal (Tensor, Tensor) Call2(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Value[2];
        Run(args, results, 2);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer));
    }

    internal (Tensor, Tensor, Tensor) Call3(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Value[3];
        Run(args, results, 3);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer), new Tensor(results[2].Pointer));
    }

    internal (Tensor, Tensor, Tensor, Tensor) Call4(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Value[4];
        Run(args, results, 4);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer), new Tensor(results[2].Pointer), new Tensor(results[3].Pointer));
    }

    internal Tensor[] CallList(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Run(args, &result, 1);
        var tensors = new Tensor[result.Count];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(((nint*)result.Pointer)[i]);
        Native.bp_free(result.Pointer);
        return tensors;
    }

    internal long CallInt(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Run(args, &result, 1);
        return result.Int;
    }

    private void Run(ReadOnlySpan<Arg> args, Value* results, int capacity)
    {
        if (_handle == 0) Find();
        var values = stackalloc Value[args.Length];
        var complex = stackalloc double[2];
        var held = 0;
        foreach (ref readonly var arg in args)
            held += arg.Kind switch
            {
                Kind.Ints => Unsafe.As<long[]>(arg.Object!).Length,
                Kind.Doubles => Unsafe.As<double[]>(arg.Object!).Length,
                Kind.OptionalTensors => Unsafe.As<Tensor?[]>(arg.Object!).Length,
                Kind.Tensors => ((IReadOnlyList<Tensor>)arg.Object!).Count,
                Kind.String => ((string)arg.Object!).Length,
                _ => 0,
            };
        var room = held <= 128 ? stackalloc long[held] : new long[held];
        fixed (long* start = room)
        {
            var next = start;
            for (var i = 0; i < args.Length; i++) next = Fill(args[i], ref values[i], next, complex);
            Native.Check(Native.bp_call(_handle, values, args.Length, results, capacity));
        }
        for (var i = 0; i < args.Length; i++) GC.KeepAlive(args[i].Object);
    }

    private static long* Fill(in Arg arg, ref Value value, long* next, double* complex)
    {
        value.Kind = arg.Kind;
        value.Count = arg.Count;
        value.Int = arg.Bits;
        switch (arg.Kind)
        {
            case Kind.Tensor:
                value.Pointer = Unsafe.As<Tensor>(arg.Object!).Handle;
                break;
            case Kind.Ints:
                var longs = Unsafe.As<long[]>(arg.Object!);
                value.Count = longs.Length;
                value.Pointer = (nint)next;
                foreach (var item in longs) *next++ = item;
                break;
            case Kind.Doubles:
                var doubles = Unsafe.As<double[]>(arg.Object!);
                value.Count = doubles.Length;
                value.Pointer = (nint)next;
                foreach (var item in doubles) *next++ = BitConverter.DoubleToInt64Bits(item);
                break;
            case Kind.Tensors:
                var list = (IReadOnlyList<Tensor>)arg.Object!;
                value.Count = list.Count;
                value.Pointer = (nint)next;
                for (var i = 0; i < list.Count; i++) *next++ = list[i].Handle;
                break;
            case Kind.OptionalTensors:
                var some = Unsafe.As<Tensor?[]>(arg.Object!);
                value.Count = some.Length;
                value.Pointer = (nint)next;
                foreach (var item in some) *next++ = item?.Handle ?? 0;
                break;
            case Kind.String:
                var text = (string)arg.Object!;
                value.Pointer = (nint)next;
                value.Count = System.Text.Encoding.ASCII.GetBytes(text, new Span<byte>(next, text.Length * sizeof(long)));
                next += text.Length;
                break;
            case Kind.Generator:
                value.Pointer = Unsafe.As<Generator>(arg.Object!).Handle;
                break;
            case Kind.Complex:
                (complex[0], complex[1]) = Unsafe.As<Scalar>(arg.Object!).Complex;
                value.Pointer = (nint)complex;
                break;
        }
        return next;
    }

    private void Find()
    {
        fixed (byte* n = Native.Utf8("aten::" + name), o = Native.Utf8(overload)) _handle = Native.bp_op(n, o);
        if (_handle == 0) throw Native.Error();
    }
}
