using System.Reflection;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Backprop.Diagnosis;

namespace Backprop.Facade.Binding;

/// <summary>Where a method is written, from the portable PDB in its assembly or beside it.</summary>
internal static class Symbols
{
    /// <summary>The first line of the method's body; null without symbols.</summary>
    internal static SourcePlace? Of(MethodInfo method)
    {
        try
        {
            // Dynamic methods have no token, and assemblies from memory no place.
            var file = method.Module.Assembly.Location;
            if (file.Length == 0 || !File.Exists(file)) return null;
            using var image = new PEReader(File.OpenRead(file));
            if (!image.TryOpenAssociatedPortablePdb(file, path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _) || provider is null) return null;
            using (provider)
            {
                var reader = provider.GetMetadataReader();
                var body = MetadataTokens.MethodDefinitionHandle(method.MetadataToken & 0x00FFFFFF);
                var first = reader.GetMethodDebugInformation(body).GetSequencePoints().FirstOrDefault(point => !point.IsHidden);
                return first.Document.IsNil ? null : new(reader.GetString(reader.GetDocument(first.Document).Name), first.StartLine);
            }
        }
        catch (Exception unusable) when (unusable is BadImageFormatException or IOException or InvalidOperationException or NotSupportedException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
