using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>The kinds of values that cross to native code; the numbers are those of shim.h.</summary>
internal enum Kind
{
    None, Tensor, Int, Double, Bool, Ints, Doubles, Bools, Tensors, OptionalTensors, Device, String, Generator, Complex,
}

/// <summary>One argument or result, laid out as shim.h's bp_value.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Value
{
    [FieldOffset(0)] public Kind Kind;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public long Int;
    [FieldOffset(8)] public double Double;
    [FieldOffset(8)] public nint Pointer;
}

/// <summary>The functions of native/shim.h. Those without a transition take nanoseconds and cannot throw.</summary>
internal static unsafe class Native
{
    private const string Library = "backprop_torch";

    [ModuleInitializer]
    internal static void Initialize() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Loader.Resolve);

    [DllImport(Library)] internal static extern nint bp_op(byte* name, byte* overload);
    [DllImport(Library)] internal static extern int bp_call(nint op, Value* args, int count, Value* results, int capacity);
    [DllImport(Library)] internal static extern void bp_free(nint memory);
    [DllImport(Library)] internal static extern byte* bp_error();
    [DllImport(Library)] internal static extern byte* bp_text(int what);
    [DllImport(Library), SuppressGCTransition] internal static extern long bp_live(int peak);

    [DllImport(Library)] internal static extern nint bp_alias(nint tensor);
    [DllImport(Library)] internal static extern void bp_release(nint tensor);
    [DllImport(Library)] internal static extern nint bp_from_data(void* data, int dtype, long* sizes, int dims);
    [DllImport(Library)] internal static extern nint bp_from_blob(void* data, int dtype, long* sizes, int dims, delegate* unmanaged<nint, void> done, nint context);
    [DllImport(Library)] internal static extern void* bp_data(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern long bp_info(nint tensor, int what);
    [DllImport(Library), SuppressGCTransition] internal static extern int bp_sizes(nint tensor, long* sizes, long* strides, int capacity);
    [DllImport(Library)] internal static extern int bp_item(nint tensor, Value* result, double* complex);
    [DllImport(Library)] internal static extern int bp_set_requires_grad(nint tensor, int on);
    [DllImport(Library)] internal static extern int bp_retain_grad(nint tensor);
    [DllImport(Library)] internal static extern nint bp_get_grad(nint tensor);
    [DllImport(Library)] internal static extern int bp_set_grad(nint tensor, nint grad);

    [DllImport(Library)] internal static extern nint bp_get_index(nint tensor, torch.TensorIndex.Native* indices, int count);
    [DllImport(Library)] internal static extern int bp_put_index(nint tensor, torch.TensorIndex.Native* indices, int count, Value* value);
    [DllImport(Library)] internal static extern nint bp_binary(int op, nint a, nint b);
    [DllImport(Library)] internal static extern int bp_binary_(int op, nint a, nint b);

    [DllImport(Library)]
    internal static extern int bp_backward(nint* outputs, int count, nint* grads, int gradCount, int retain, int create, nint* inputs, int inputCount);
    [DllImport(Library)]
    internal static extern int bp_grad(nint* outputs, int count, nint* inputs, int inputCount, nint* grads, int gradCount, int retain, int create, int unused, nint* results);

    [DllImport(Library)] internal static extern long bp_get(int what);
    [DllImport(Library)] internal static extern int bp_set(int what, long value);
    [DllImport(Library)] internal static extern nint bp_generator(int standard, long seed);
    [DllImport(Library)] internal static extern long bp_generator_seed(nint generator, int what, long seed);
    [DllImport(Library)] internal static extern nint bp_generator_state(nint generator, nint state);
    [DllImport(Library)] internal static extern void bp_generator_release(nint generator);

    internal static string Text(int what) => Marshal.PtrToStringUTF8((nint)bp_text(what)) ?? "";

    /// <summary>libtorch's last complaint of this thread, as the exception that TorchSharp throws.</summary>
    internal static ExternalException Error() => new(Marshal.PtrToStringUTF8((nint)bp_error()) is { Length: > 0 } text ? text : "libtorch failed without a message");

    internal static long Get(int what) => bp_get(what) is var value and >= 0 ? value : throw Error();

    internal static void Set(int what, long value) => Check(bp_set(what, value));

    internal static void Check(int code)
    {
        if (code < 0) throw Error();
    }

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
