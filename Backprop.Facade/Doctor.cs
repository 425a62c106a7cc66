using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Backprop.Facade;

/// <summary>Finds out what this program stands on: which TorchSharp, which libtorch, what is missing, and what to do.</summary>
public static class Doctor
{
    /// <summary>Looks at everything; loads libtorch to do so, and never throws because of what it finds.</summary>
    public static DoctorReport Examine()
    {
        var findings = new List<Finding> { Runtime(), Package() };
        if (Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } folder) findings.Add(Asked(folder));
        if (Libtorch.TryLoad() is { } failure)
        {
            findings.Add(new("libtorch", failure.Reason, Libtorch.IsSubstitute ? ShimHow() : "TorchSharp's own search", Health.Problem, failure.Advice));
            return new(findings);
        }
        var modules = Modules();
        findings.Add(Shim(modules));
        findings.Add(Loaded(modules));
        findings.Add(Blas(modules));
        findings.Add(Threads());
        findings.Add(Capability());
        findings.Add(Cuda(modules));
        return new(findings);
    }

    private static Finding Runtime() =>
        new(".NET", $"{Environment.Version} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}", "this process");

    private static Finding Package()
    {
        var assembly = typeof(torch).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString();
        return Libtorch.IsSubstitute
            ? new("TorchSharp", "the substitute", $"built from Substitutes/TorchSharp: {assembly.Location}")
            : new("TorchSharp", $"the package, {version}", $"restored from the package feed: {assembly.Location}");
    }

    private static string ShimHow() => $"the shim, {(Libtorch.ShimIsNamed ? "named by BACKPROP_SHIM" : "beside the program")}: {Libtorch.ShimFile}";

    /// <summary>What LIBTORCH names; it says what to build the shim against, so it is looked at even when libtorch loads.</summary>
    internal static Finding Asked(string folder)
    {
        const string Advice = "set LIBTORCH to a folder with include/ and lib/libtorch_cpu.so, or unset it to use the system's; then run ./backprop setup";
        Finding Bad(string reason) => new("LIBTORCH", $"{folder} {reason}", "the environment", Health.Problem, Advice);
        if (!Libtorch.IsSubstitute) return new("LIBTORCH", folder, "the environment; the package brings its own libtorch and does not look at it");
        if (File.Exists(folder)) return Bad("is a file, not a folder");
        if (!Directory.Exists(folder)) return Bad("does not exist");
        var library = Path.Combine(folder, "lib", "libtorch_cpu.so");
        if (!File.Exists(library)) return Bad("has no lib/libtorch_cpu.so");
        if (NativeFile.Read(library).Flaw is { } flaw) return Bad($"does not hold a usable libtorch: lib/libtorch_cpu.so {flaw}");
        if (!Directory.Exists(Path.Combine(folder, "include", "ATen"))) return Bad("has no include/ATen, which building the shim needs");
        var used = NativeFile.Read(Libtorch.ShimFile).Folders;
        return used.Count == 0 || used.Select(Path.GetFullPath).Contains(Path.GetFullPath(Path.Combine(folder, "lib")))
            ? new("LIBTORCH", folder, "the environment")
            : new("LIBTORCH", $"{folder}, but the shim was built against {used[0]}", "the environment", Health.Warning, "run ./backprop setup, which builds the shim anew");
    }

    private static Finding Shim(IReadOnlyList<string> modules) => Libtorch.IsSubstitute
        ? new("shim", Libtorch.ShimFile, Libtorch.ShimIsNamed ? "named by BACKPROP_SHIM" : "beside the program")
        : new("native library", Module(modules, "LibTorchSharp") ?? "LibTorchSharp", "loaded by TorchSharp");

    private static Finding Loaded(IReadOnlyList<string> modules)
    {
        var file = Module(modules, "torch_cpu");
        return new("libtorch", torch.__version__, file is null ? "asked of TorchSharp" : $"loaded: {file}");
    }

    /// <summary>Matrix products are computed by it; Debian's reference BLAS is many times slower than the others.</summary>
    internal static Finding Blas(IReadOnlyList<string> modules)
    {
        if (Module(modules, "mkl_") is { } mkl) return new("BLAS", "Intel MKL", $"loaded: {mkl}");
        if (Module(modules, "openblas") is { } openblas) return new("BLAS", $"OpenBLAS ({Path.GetFileName(openblas)})", $"loaded: {openblas}");
        if (Module(modules, "blis") is { } blis) return new("BLAS", "BLIS", $"loaded: {blis}");
        if (Module(modules, "atlas") is { } atlas) return new("BLAS", "ATLAS", $"loaded: {atlas}");
        return Module(modules, "libblas") is { } reference
            ? new("BLAS", "the reference BLAS, which is slow", $"loaded: {reference}", Health.Warning, "install libopenblas0-pthread (./backprop setup does, as root)")
            : new("BLAS", "inside libtorch", "no BLAS library is loaded beside it");
    }

    private static Finding Threads() =>
        new("threads", $"{torch.get_num_threads()} for {Environment.ProcessorCount} processors", "asked of libtorch; OMP_NUM_THREADS sets it");

    /// <summary>The vector instructions that libtorch picks its kernels by.</summary>
    private static Finding Capability()
    {
        if (Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY") is { Length: > 0 } set) return new("CPU", set, "ATEN_CPU_CAPABILITY");
        var capability = System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? "AVX-512"
            : System.Runtime.Intrinsics.X86.Avx2.IsSupported ? "AVX2"
            : System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? "NEON"
            : "no vector instructions beyond the baseline";
        return new("CPU", capability, "asked of the processor");
    }

    private static Finding Cuda(IReadOnlyList<string> modules)
    {
        if (torch.cuda.is_available()) return new("CUDA", $"{torch.cuda.device_count()} device(s)", "asked of libtorch");
        var folder = Path.GetDirectoryName(Module(modules, "torch_cpu")) ?? "";
        if (Module(modules, "torch_cuda") is null)
        {
            return new("CUDA", $"not available: this libtorch is a CPU build (no libtorch_cuda is loaded from {folder})", "asked of libtorch", Health.Ok,
                Libtorch.IsSubstitute ? "for CUDA, set LIBTORCH to a CUDA build (a PyTorch wheel's torch folder is one) and run ./backprop setup" : "for CUDA, build with -p:TorchSharpRuntime=TorchSharp-cuda-linux (or -windows)");
        }
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out _))
            return new("CUDA", "not available: libtorch has it, but this machine has no NVIDIA driver (libcuda does not load)", "asked of libtorch", Health.Ok, "install the driver, if there is such a device");
        var visible = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is { } value ? $" (CUDA_VISIBLE_DEVICES is '{value}')" : "";
        return new("CUDA", $"not available: libtorch and the driver are there, but no device is seen{visible}", "asked of libtorch", Health.Warning, "compare `nvidia-smi` with the CUDA version that this libtorch was built for");
    }

    /// <summary>The native libraries that this process has loaded.</summary>
    private static List<string> Modules()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(m => m.FileName).Distinct(StringComparer.Ordinal)];
    }

    private static string? Module(IReadOnlyList<string> modules, string part) =>
        modules.FirstOrDefault(m => Path.GetFileName(m).Contains(part, StringComparison.OrdinalIgnoreCase));
}
