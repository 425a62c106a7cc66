using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using TorchSharp;

namespace Backprop.Facade.Loading;

/// <summary>A type with [HandGradient].</summary>
/// <param name="Reflected">As reflection names it.</param>
/// <param name="Written">As source code names it: nested ones with a dot, F#'s modules without the suffix that they get beside a type of their name.</param>
internal sealed record MarkedType(string Reflected, string Written);

/// <summary>What a DLL says of itself, read without running anything of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Marked">The types with [HandGradient], in the order of the assembly.</param>
internal sealed record AssemblyFile(string Path, IReadOnlyList<MarkedType> Marked)
{
    /// <exception cref="CannotLoadException">There is no such file, or it is no assembly that can be run here.</exception>
    internal static AssemblyFile Read(string path)
    {
        if (Directory.Exists(path)) throw new CannotLoadException($"{path} is a folder; name the DLL in it.");
        if (!File.Exists(path)) throw new CannotLoadException($"{path}: there is no such file.");
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            if (!image.HasMetadata) throw new CannotLoadException($"{path} is a native library or program, not a .NET assembly{Beside(path)}.");
            var reader = image.GetMetadataReader();
            if (!reader.IsAssembly) throw new CannotLoadException($"{path} is a module without an assembly.");
            if (reader.GetAssemblyDefinition().GetCustomAttributes().Any(one => AttributeName(reader, one) == "System.Runtime.CompilerServices.ReferenceAssemblyAttribute"))
                throw new CannotLoadException($"{path} is a reference assembly, which has no code; name the one in bin.");
            foreach (var reference in reader.AssemblyReferences.Select(reader.GetAssemblyReference)) Compare(path, reference);
            return new(System.IO.Path.GetFullPath(path), [.. reader.TypeDefinitions.Where(type => reader.GetTypeDefinition(type).GetCustomAttributes().Any(one => AttributeName(reader, one) == typeof(HandGradientAttribute).FullName)).Select(type => new MarkedType(Reflected(reader, type), Written(reader, type)))]);
        }
        catch (BadImageFormatException foreign)
        {
            throw new CannotLoadException($"{path} is not a .NET assembly{Beside(path)}.", foreign);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CannotLoadException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Whether the assemblies that the user's code shares with this program are recent enough here.</summary>
    private static void Compare(string path, AssemblyReference reference)
    {
        var asked = reference.GetAssemblyName();
        var name = asked.Name;
        var here = UserContext.Shared.FirstOrDefault(assembly => assembly.GetName().Name == name)?.GetName();
        if (here is null) return;
        if (asked.Version <= here.Version && (asked.GetPublicKeyToken() ?? []).AsSpan().SequenceEqual(here.GetPublicKeyToken() ?? [])) return;
        var ours = name == typeof(torch).Assembly.GetName().Name && Libtorch.IsSubstitute ? $"this program runs on the substitute for it, {here.Version}" : $"this program has {here.Version}";
        throw new CannotLoadException($"{path} was built against {name} {asked.Version}, but {ours}; build both against the same one.");
    }

    /// <summary>The name of the class that an attribute is made from.</summary>
    private static string AttributeName(MetadataReader reader, CustomAttributeHandle attribute)
    {
        var constructor = reader.GetCustomAttribute(attribute).Constructor;
        if (constructor.Kind != HandleKind.MemberReference || reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is not { Kind: HandleKind.TypeReference } parent) return "";
        var type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    private static string Reflected(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{Reflected(reader, outer)}+{name}" : type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static string Written(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name).Split('`')[0];
        if (name.EndsWith("Module", StringComparison.Ordinal) && type.GetCustomAttributes().Any(one => AttributeName(reader, one) == "Microsoft.FSharp.Core.CompilationRepresentationAttribute")) name = name[..^"Module".Length];
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{Written(reader, outer)}.{name}" : type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static string Beside(string path) => System.IO.Path.ChangeExtension(path, ".dll") is var dll && dll != path && File.Exists(dll) ? $"; perhaps {dll} is meant" : "";
}
