namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>How many dimensions.</summary>
        public long Dimensions => Info(0);
        public long dim() => Info(0);
        public long ndim => Info(0);

        /// <summary>How many elements.</summary>
        public long NumberOfElements => Info(1);
        public long numel() => Info(1);

        /// <summary>Bytes per element.</summary>
        public long ElementSize => Info(8);
        public long element_size() => Info(8);

        public ScalarType dtype => (ScalarType)Info(2);
        public DeviceType device_type => (DeviceType)Info(3);
        public int device_index => (int)Info(4);
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_sparse => Info(10) != 0;
        public bool is_contiguous() => Info(7) != 0;
        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Is the only element not zero?</summary>
        public bool is_nonzero() => numel() == 1 ? Ops.is_nonzero.CallInt(this) != 0 : throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");

        /// <summary>Was this made by the user rather than by an operator that records gradients?</summary>
        public bool is_leaf => Info(6) != 0;

        /// <summary>Are gradients recorded for this tensor?</summary>
        public bool requires_grad
        {
            get => Info(5) != 0;
            set
            {
                Native.Check(Native.bp_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Lets a tensor that is no leaf keep its gradient too.</summary>
        public void retain_grad()
        {
            Native.Check(Native.bp_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public long[] shape => Sizes(false);
        public long[] size() => Sizes(false);
        public long size(int dim) => At(Sizes(false), dim);
        public long[] stride() => Sizes(true);
        public long stride(int dim) => At(Sizes(true), dim);

        /// <summary>Where in its storage the tensor begins, in elements.</summary>
        public long storage_offset() => Info(9);

        private long Info(int what)
        {
            var result = Native.bp_info(Handle, what);
            GC.KeepAlive(this);
            return result;
        }

        private long[] Sizes(bool strides)
        {
            var buffer = stackalloc long[16];
            var dims = Native.bp_sizes(Handle, strides ? null : buffer, strides ? buffer : null, 16);
            if (dims < 0) throw Native.Error();
            var result = new long[dims];
            if (dims <= 16) new Span<long>(buffer, dims).CopyTo(result);
            else fixed (long* all = result) Native.Check(Native.bp_sizes(Handle, strides ? null : all, strides ? all : null, dims));
            GC.KeepAlive(this);
            return result;
        }

        private static long At(long[] values, int dim) => dim < values.Length && dim >= -values.Length
            ? values[dim < 0 ? dim + values.Length : dim]
            : throw new System.Runtime.InteropServices.ExternalException(
                $"Dimension out of range (expected to be in range of [{-Math.Max(values.Length, 1)}, {Math.Max(values.Length, 1) - 1}], but got {dim})");
    }
}
