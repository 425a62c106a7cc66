using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TorchSharp;

/// <summary>Finds the native shim, and says in words why it cannot be loaded.</summary>
internal static class Loader
{
    internal const string FileName = "libbackprop_torch.so";
    private const string Advice = " `./backprop setup` builds it anew; `./backprop doctor` explains.";

    private static nint _loaded;

    /// <summary>Tried at every first call of a native function until it succeeds: a failure is not remembered.</summary>
    internal static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name != "backprop_torch" ? 0 : _loaded != 0 ? _loaded : _loaded = Load(Place());

    /// <summary>Loads the file, or says what is wrong with it.</summary>
    internal static nint Load(string file)
    {
        if (!File.Exists(file)) throw Failure($"TorchSharp's substitute found no native library: '{file}' does not exist.");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw Failure($"TorchSharp's substitute cannot load '{file}': {Why(file, e.Message)}", e);
        }
    }

    /// <summary>The file that BACKPROP_SHIM names, else the one beside the program.</summary>
    private static string Place() =>
        Environment.GetEnvironmentVariable("BACKPROP_SHIM") is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(AppContext.BaseDirectory, FileName);

    private static DllNotFoundException Failure(string message, Exception? inner = null) => new(message + Advice, inner);

    /// <summary>Reads the file's head and the dynamic linker's message.</summary>
    internal static string Why(string file, string message)
    {
        if (WrongMachine(file) is { } machine) return machine;
        if (Regex.Match(message, @"(?<file>\S+): cannot open shared object file", RegexOptions.NonBacktracking) is { Success: true } missing && Path.GetFileName(missing.Groups["file"].Value) != FileName)
            return $"it needs '{missing.Groups["file"].Value}', which is not installed here or not where it was when the library was built.";
        if (Regex.Match(message, @"undefined symbol: (?<name>\S+)", RegexOptions.NonBacktracking) is { Success: true } symbol)
            return $"it was built against another libtorch, or with another C++ ABI: '{symbol.Groups["name"].Value}' is missing in the one found now.";
        if (Regex.Match(message, @"version [`'](?<name>\S+)' not found", RegexOptions.NonBacktracking) is { Success: true } version)
            return $"it was built on a newer system: '{version.Groups["name"].Value}' is missing here.";
        return message.ReplaceLineEndings(" ");
    }

    private static string? WrongMachine(string file)
    {
        var head = new byte[20];
        using (var stream = File.OpenRead(file))
            if (stream.ReadAtLeast(head, 20, throwOnEndOfStream: false) < 20 || head is not [0x7f, (byte)'E', (byte)'L', (byte)'F', ..])
                return "it is no ELF shared library.";
        var built = BitConverter.ToUInt16(head, 18) switch { 62 => "x64", 183 => "Arm64", 243 => "RISC-V", 3 => "x86", var other => $"machine {other}" };
        var here = RuntimeInformation.ProcessArchitecture.ToString();
        return built.Equals(here, StringComparison.OrdinalIgnoreCase) ? null : $"it was built for {built}, and this process runs on {here}.";
    }
}
