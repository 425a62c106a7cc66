using System.Runtime.InteropServices;
using Backprop.Facade;

namespace Backprop.PropertyTests.Facade;

/// <summary>Whatever stands in the place of a native library: the reason in words, and nothing is loaded that would end the process.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop doctor ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A real library of this machine, as the material for broken ones.</summary>
    private static byte[] Library() => File.ReadAllBytes(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"));

    private string Write(byte[] bytes, string name = "libbackprop_torch.so")
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }

    [Fact]
    public void All_is_well_here()
    {
        var report = Doctor.Examine();
        Assert.True(report.IsWell, string.Join('\n', report.Findings));
        Assert.Equal(["TorchSharp", "libtorch", "BLAS", "threads", "CPU", "CUDA"], report.Findings.Select(f => f.Name).Where(n => n is not (".NET" or "LIBTORCH" or "shim" or "native library")));
        Assert.All(report.Findings, f => Assert.True(f.Value.Length > 0 && f.How.Length > 0, f.Name));
        Assert.All(report.Findings, f => Assert.True(f.Health == Health.Ok || f.Advice.Length > 0, $"{f.Name} has no advice"));
    }

    [Fact]
    public void Loading_twice_is_loading_once()
    {
        Libtorch.EnsureLoaded();
        Libtorch.EnsureLoaded();
    }

    public static TheoryData<string, string> BrokenShims => new()
    {
        { "missing", "does not exist" },
        { "folder", "is a folder" },
        { "empty", "is empty" },
        { "text", "is not a Linux library" },
        { "few bytes", "is cut short" },
        { "half", "is cut short" },
        { "32 bits", "32-bit" },
        { "other processor", "and this process runs on" },
    };

    [Theory, MemberData(nameof(BrokenShims))]
    public void A_broken_shim_has_its_reason_in_words(string kind, string reason)
    {
        if (!OperatingSystem.IsLinux()) return;
        var library = Library();
        var file = kind switch
        {
            "missing" => Path.Combine(_folder, "none.so"),
            "folder" => _folder,
            "empty" => Write([]),
            "text" => Write("not a library, though long enough to have a head of sixty-four bytes or more"u8.ToArray()),
            "few bytes" => Write(library[..10]),
            "half" => Write(library[..(library.Length / 2)]),
            "32 bits" => Write(With(library, 4, 1)),
            _ => Write(With(library, 18, 0xf7)),
        };
        var failure = Libtorch.WhyNot(file)!;
        Assert.Contains(file, failure.Reason);
        Assert.Contains(reason, failure.Reason);
        Assert.Contains("./backprop setup", failure.Advice);
    }

    [Fact]
    public void A_missing_dependency_is_named()
    {
        if (!OperatingSystem.IsLinux()) return;
        var library = Library();
        var at = library.AsSpan().IndexOf("librt.so.1"u8);
        if (at < 0) at = library.AsSpan().IndexOf("libc.so.6"u8);
        "libzz"u8.CopyTo(library.AsSpan(at)); // a longer name's rest stays: libzz.so.1 or libzzso.6
        Assert.Contains("libzz", Libtorch.WhyNot(Write(library))!.Reason);
    }

    [Theory]
    [InlineData("libtorch_cpu.so.1.13: cannot open shared object file: No such file or directory", "libtorch_cpu.so.1.13", "./backprop setup")]
    [InlineData("libopenblas.so.0: cannot open shared object file: No such file or directory", "libopenblas.so.0", "libopenblas0-pthread")]
    [InlineData("libcudart.so.12: cannot open shared object file: No such file or directory", "libcudart.so.12", "CUDA")]
    [InlineData("libodd.so: cannot open shared object file: No such file or directory", "libodd.so", "apt-file search libodd.so")]
    [InlineData("/x/shim.so: undefined symbol: _ZN3c105ErrorC2ENSt7__cxx1112basic_stringE", "the other C++ ABI", "./backprop setup")]
    [InlineData("/x/shim.so: undefined symbol: _ZN2at4_ops3foo4callE", "against another version", "./backprop setup")]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /x/libtorch_cpu.so)", "/x/libtorch_cpu.so wants GLIBCXX_3.4.32", "made for this system")]
    public void The_linkers_words_become_a_reason_and_an_advice(string words, string reason, string advice)
    {
        var failure = Libtorch.Explain(new DllNotFoundException($"Unable to load shared library '/x/shim.so' or one of its dependencies.\n{words}\n"));
        Assert.Contains(reason, failure.Reason);
        if (Libtorch.IsSubstitute) Assert.Contains(advice, failure.Advice);
    }

    [Fact]
    public void What_is_wrapped_in_initializers_is_unwrapped()
    {
        var reason = new DllNotFoundException("the reason");
        Assert.Same(reason, Libtorch.Innermost(new TypeInitializationException("torch", new TypeInitializationException("Native", reason))));
    }

    public static TheoryData<string, string> RubbishFolders => new()
    {
        { "missing", "does not exist" },
        { "file", "is a file" },
        { "no lib", "has no lib/libtorch_cpu.so" },
        { "empty library", "is empty" },
        { "other processor", "and this process runs on" },
        { "no headers", "has no include/ATen" },
    };

    [Theory, MemberData(nameof(RubbishFolders))]
    public void Rubbish_in_LIBTORCH_is_a_problem_with_its_reason(string kind, string reason)
    {
        if (!OperatingSystem.IsLinux() || !Libtorch.IsSubstitute) return;
        var folder = kind switch
        {
            "missing" => Path.Combine(_folder, "none"),
            "file" => Write([], "file"),
            "no lib" => _folder,
            "empty library" => Up(Write([], "lib/libtorch_cpu.so")),
            "other processor" => Up(Write(With(Library(), 18, 0xf7), "lib/libtorch_cpu.so")),
            _ => Up(Write(Library(), "lib/libtorch_cpu.so")),
        };
        var finding = Doctor.Asked(folder);
        Assert.Equal(Health.Problem, finding.Health);
        Assert.Contains(reason, finding.Value);
        Assert.Contains("set LIBTORCH", finding.Advice);
    }

    private static string Up(string file) => Path.GetDirectoryName(Path.GetDirectoryName(file))!;

    [Fact]
    public void The_reference_BLAS_is_warned_of()
    {
        Assert.Equal(Health.Warning, Doctor.Blas(["/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0", "/usr/lib/libtorch_cpu.so"]).Health);
        Assert.Equal(Health.Ok, Doctor.Blas(["/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3", "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so"]).Health);
        Assert.Equal(Health.Ok, Doctor.Blas(["/opt/libtorch/lib/libtorch_cpu.so"]).Health);
    }
}
