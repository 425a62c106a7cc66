namespace TorchSharp;

/// <summary>How cdist computes Euclidean distances.</summary>
public enum compute_mode
{
    use_mm_for_euclid_dist_if_necessary, use_mm_for_euclid_dist, donot_use_mm_for_euclid_dist,
}

/// <summary>PyTorch's names.</summary>
public static partial class torch
{
    /// <summary>The version of the libtorch that the native library was built against.</summary>
    public static string __version__ => Native.Text(0);

    public static bool is_tensor(object obj) => obj is Tensor;
    public static bool is_complex(Tensor input) => is_complex(input.dtype);
    public static bool is_floating_point(Tensor input) => is_floating_point(input.dtype);
    public static bool is_integral(Tensor t) => is_integral(t.dtype);
    public static bool is_nonzero(Tensor input) => input.is_nonzero();

    /// <summary>The dtype that an operator on both gives.</summary>
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)Ops.result_type_Tensor.CallInt(tensor1, tensor2);

    /// <summary>The dtype that holds the values of both.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Ops.promote_types.CallInt(type1, type2);
    public static bool can_cast(ScalarType from, ScalarType to) => Ops.can_cast.CallInt(from, to) != 0;

    /// <summary>How many threads one operator may use.</summary>
    public static int get_num_threads() => (int)Native.Get(2);
    public static void set_num_threads(int num) => Native.Set(2, num);

    /// <summary>How many threads run operators beside each other; can be set once, before any did.</summary>
    public static int get_num_interop_threads() => (int)Native.Get(3);
    public static void set_num_interop_threads(int num) => Native.Set(3, num);

    /// <summary>Throws the last complaint of native code; here every call does so itself.</summary>
    public static void CheckForErrors() { }

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>CUDA devices.</summary>
    public static class cuda
    {
        public static bool is_available() => Native.Get(4) != 0;
        public static bool is_cudnn_available() => Native.Get(6) != 0;
        public static int device_count() => (int)Native.Get(5);
        public static void manual_seed(long seed) => manual_seed_all(seed);
        public static void manual_seed_all(long seed)
        {
            if (is_available()) Native.Set(11, seed);
        }

        /// <summary>Waits until the current device has done all it was asked for.</summary>
        public static void synchronize() => Native.Set(12, -1);
    }
}
