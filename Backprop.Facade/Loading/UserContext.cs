using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using TorchSharp;

namespace Backprop.Facade.Loading;

/// <summary>
/// Where a user's assembly lives: TorchSharp, CsCheck and Backprop's own assemblies are this program's, since tensors and attributes must be the same types on
/// both sides; the framework is the process's; everything else comes from beside the DLL, or, as its deps.json says, from the folder of packages that it was
/// built with.
/// </summary>
internal sealed class UserContext(string dll) : AssemblyLoadContext(Path.GetFileName(dll))
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    private readonly AssemblyDependencyResolver? _resolver = Resolver(dll);
    private readonly string _folder = Path.GetDirectoryName(dll) ?? "";
    private readonly IReadOnlyDictionary<string, string> _packages = Packages(Path.ChangeExtension(dll, ".deps.json"));

    /// <summary>What both sides share.</summary>
    internal static IReadOnlyList<Assembly> Shared { get; } = [typeof(torch).Assembly, typeof(HandGradientAttribute).Assembly, typeof(Diagnosis.Specimen).Assembly];

    /// <exception cref="CannotLoadException">It is not there, or not as recent as what asks for it.</exception>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        var name = assemblyName.Name!;
        if (Shared.FirstOrDefault(assembly => assembly.GetName().Name == name) is { } shared) return shared;
        if (File.Exists(Path.Combine(Framework, name + ".dll"))) return null;
        if (name == "CsCheck" && Own(assemblyName) is { } own) return own;
        var beside = Path.Combine(_folder, name + ".dll");
        var file = _resolver?.ResolveAssemblyToPath(assemblyName) is { } resolved && File.Exists(resolved) ? resolved : File.Exists(beside) ? beside : _packages.GetValueOrDefault(name);
        if (file is null || !File.Exists(file)) throw new FileNotFoundException($"{Path.GetFileName(dll)} needs {name} {assemblyName.Version}, which is not beside it; put {name}.dll into {_folder}, for instance with `dotnet publish`.", name);
        var found = AssemblyName.GetAssemblyName(file).Version;
        return assemblyName.Version is { } asked && found < asked
            ? throw new FileLoadException($"{Path.GetFileName(dll)} needs {name} {asked}, but {file} is {found}; put the version that it was built with there.", name)
            : LoadFromAssemblyPath(file);
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : base.LoadUnmanagedDll(unmanagedDllName);

    /// <summary>This program's, if it has one.</summary>
    private static Assembly? Own(AssemblyName name)
    {
        try
        {
            return Default.LoadFromAssemblyName(name);
        }
        catch (Exception none) when (none is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    private static AssemblyDependencyResolver? Resolver(string dll)
    {
        try
        {
            return new(dll);
        }
        catch (InvalidOperationException)
        {
            // A damaged deps.json, or a host without one of its own: then the folder decides.
            return null;
        }
    }

    /// <summary>By name, the assemblies that a deps.json finds in the folder of packages: a class library's own folder has none of them.</summary>
    private static Dictionary<string, string> Packages(string file)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        if (!File.Exists(file)) return found;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var target in document.RootElement.GetProperty("targets").EnumerateObject())
                foreach (var library in target.Value.EnumerateObject())
                    if (library.Value.TryGetProperty("runtime", out var assets))
                        foreach (var asset in assets.EnumerateObject())
                            found.TryAdd(Path.GetFileNameWithoutExtension(asset.Name), Path.Combine(folder, library.Name.ToLowerInvariant(), asset.Name));
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            found.Clear();
        }
        return found;
    }
}
