namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers, on the processor.</summary>
    public sealed class Generator : IDisposable
    {
        private nint _handle;

        internal Generator(nint handle) => _handle = handle != 0 ? handle : throw Native.Error();

        /// <summary>A source of its own, beside the default one.</summary>
        public Generator(ulong seed = 0, Device? device = null) : this(Native.bp_generator(0, (long)seed))
        {
            if (device is not null && device.type != DeviceType.CPU) throw new NotSupportedException("The substitute makes generators on the CPU only.");
        }

        ~Generator() => Release();

        /// <summary>The source that is used where none is named.</summary>
        public static Generator Default => new(Native.bp_generator(1, 0));

        public nint Handle => _handle;
        public Device device => CPU;

        public long seed() => Native.bp_generator_seed(Handle, 0, 0);
        public long initial_seed() => Native.bp_generator_seed(Handle, 1, 0);

        public Generator manual_seed(long seed)
        {
            Native.bp_generator_seed(Handle, 2, seed);
            return this;
        }

        public Tensor get_state() => Tensor.New(Native.bp_generator_state(Handle, 0));

        public void set_state(Tensor value)
        {
            if (Native.bp_generator_state(Handle, value.Handle) == 0) throw Native.Error();
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0) Native.bp_generator_release(handle);
        }
    }

    /// <summary>Seeds every device's default generator.</summary>
    public static Generator manual_seed(long seed)
    {
        Native.Set(10, seed);
        return Generator.Default;
    }

    public static long seed() => random.seed();
    public static long initial_seed() => random.initial_seed();
    public static Tensor get_rng_state() => random.get_rng_state();
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default generator.</summary>
    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>Seeds from the system's entropy and tells the seed.</summary>
        public static long seed() => Generator.Default.seed();
        public static long initial_seed() => Generator.Default.initial_seed();
        public static Tensor get_rng_state() => Generator.Default.get_state();
        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }
}
