using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Backprop.Facade;

/// <summary>libtorch cannot be loaded; the message is one sentence: the reason, and what to do.</summary>
public sealed class LibtorchUnavailableException : Exception
{
    /// <summary>Names no reason.</summary>
    public LibtorchUnavailableException() : base("libtorch cannot be loaded; `./backprop doctor` explains.") { }

    /// <summary>With the reason and what to do.</summary>
    public LibtorchUnavailableException(string message) : base(message) { }

    /// <summary>With the reason, what to do, and what was thrown below.</summary>
    public LibtorchUnavailableException(string message, Exception? innerException) : base(message, innerException) { }
}

/// <summary>Loads libtorch, or says in words why that fails.</summary>
public static partial class Libtorch
{
    internal sealed record Failure(string Reason, string Advice);

    private static string SetUpAgain => ShimIsNamed
        ? "unset BACKPROP_SHIM to use the one beside the program, which ./backprop setup builds"
        : "run ./backprop setup, which builds it anew";

    /// <summary>Loads libtorch now.</summary>
    /// <exception cref="LibtorchUnavailableException">It cannot be loaded.</exception>
    public static void EnsureLoaded()
    {
        if (TryLoad() is { } failure)
            throw new LibtorchUnavailableException($"libtorch cannot be loaded: {failure.Reason}; {failure.Advice}.");
    }

    /// <summary>Loads libtorch; null when that went well.</summary>
    internal static Failure? TryLoad()
    {
        if (IsSubstitute && WhyNot(ShimFile) is { } failure) return failure;
        try
        {
            torch.zeros(1).Dispose();
            return null;
        }
        catch (Exception e) when (Innermost(e) is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or NotSupportedException)
        {
            return Explain(Innermost(e));
        }
    }

    /// <summary>Whether the assembly TorchSharp is the one of Substitutes/ rather than the package.</summary>
    internal static bool IsSubstitute { get; } =
        typeof(torch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(a => a is { Key: "Substitute", Value: "true" });

    internal static bool ShimIsNamed => Environment.GetEnvironmentVariable("BACKPROP_SHIM") is { Length: > 0 };

    /// <summary>The substitute's native library: what BACKPROP_SHIM names, else the file beside the program.</summary>
    internal static string ShimFile => ShimIsNamed
        ? Path.GetFullPath(Environment.GetEnvironmentVariable("BACKPROP_SHIM")!)
        : Path.Combine(AppContext.BaseDirectory, "libbackprop_torch.so");

    /// <summary>Why the shim cannot be loaded, from its own head, those of the libraries beside it, and the linker's words.</summary>
    internal static Failure? WhyNot(string shim)
    {
        var file = NativeFile.Read(shim);
        if (file.Flaw is not null) return new($"the shim {shim} {file.Flaw}", SetUpAgain);
        foreach (var need in file.Needs)
        {
            var found = file.Folders.Select(folder => Path.Combine(folder, need)).FirstOrDefault(File.Exists);
            if (found is not null && NativeFile.Read(found).Flaw is { } flaw)
                return new($"{found} {flaw}", "put a whole libtorch there, or set LIBTORCH to the folder of another one and run ./backprop setup");
        }
        try
        {
            NativeLibrary.Load(shim);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return Explain(e, file);
        }
    }

    /// <summary>Turns what the dynamic linker or TorchSharp says into a reason and an advice.</summary>
    internal static Failure Explain(Exception e, NativeFile? shim = null)
    {
        if (MissingLibrary().Match(e.Message) is { Success: true } missing)
        {
            var name = Path.GetFileName(missing.Groups["library"].Value);
            var folders = shim is { Folders.Count: > 0 } && shim.Needs.Contains(name) ? $"in {string.Join(", ", shim.Folders)} nor " : "";
            return new($"{name} is {(folders.Length > 0 ? "neither" : "not")} {folders}where this system keeps its libraries", Provider(name));
        }
        if (MissingSymbol().Match(e.Message) is { Success: true } symbol)
        {
            var abi = symbol.Groups["symbol"].Value.Contains("cxx11") ? "with the other C++ ABI (_GLIBCXX_USE_CXX11_ABI)" : "against another version";
            return new($"the libtorch found now is not the one that the shim was built for, or was built {abi}: it has no {symbol.Groups["symbol"].Value}", SetUpAgain);
        }
        if (MissingVersion().Match(e.Message) is { Success: true } version)
            return new($"{version.Groups["by"].Value} wants {version.Groups["version"].Value}, which this system is too old for", IsSubstitute ? "use a libtorch made for this system, and run ./backprop setup"
                : "use a newer system, an older TorchSharp (-p:TorchSharpVersion=…), or Substitutes/ (BACKPROP_SUBSTITUTES=true ./backprop setup)");
        if (e is EntryPointNotFoundException)
            return new($"the native library is older or newer than this program ({FirstLine(e.Message)})", IsSubstitute ? SetUpAgain : "restore and build again");
        // TorchSharp says of every failure that a package is missing; the linker knows better.
        if (!IsSubstitute && e is not DllNotFoundException and not BadImageFormatException && LinkersWords() is { } linker) return Explain(linker);
        return new(FirstLine(e.Message), IsSubstitute ? SetUpAgain : "reference TorchSharp-cpu, or another package with the native libraries for this system");
    }

    /// <summary>Why TorchSharp's own native library cannot be loaded; null where it can, or is not where packages put it.</summary>
    private static Exception? LinkersWords()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", "libLibTorchSharp.so");
        if (!File.Exists(library)) return null;
        try
        {
            NativeLibrary.Load(library);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return e;
        }
    }

    private static string Provider(string library) => library switch
    {
        _ when library.StartsWith("libtorch") || library.StartsWith("libc10") =>
            "run ./backprop setup, which finds or installs a libtorch, or set LIBTORCH to the folder of one first",
        _ when library.StartsWith("libcud") || library.StartsWith("libcub") || library.StartsWith("libnccl") || library.StartsWith("libnv") =>
            "it belongs to CUDA: install what that libtorch was shipped with (a PyTorch wheel needs the nvidia wheels beside it), or use a CPU build",
        _ when library.StartsWith("libopenblas") || library.StartsWith("libblas") => "install libopenblas0-pthread",
        _ when library.StartsWith("libgomp") => "install libgomp1",
        _ when library.StartsWith("libstdc++") => "install libstdc++6",
        _ => $"install the package that has it (under Debian, `apt-file search {library}` names it)",
    };

    internal static Exception Innermost(Exception e)
    {
        while (e is TypeInitializationException or TargetInvocationException && e.InnerException is { } inner) e = inner;
        return e;
    }

    private static string FirstLine(string message) => message.Trim().Split('\n')[0].Trim().TrimEnd('.');

    [GeneratedRegex(@"(?<library>[^\s:']+): cannot open shared object file", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingLibrary();

    [GeneratedRegex(@"undefined symbol: (?<symbol>[^\s,]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingSymbol();

    [GeneratedRegex(@"version [`'](?<version>[^\s']+)' not found \(required by (?<by>[^\s)]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingVersion();
}
