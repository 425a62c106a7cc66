using System.Reflection;
using Backprop.Diagnosis;
using Backprop.Facade.Binding;

namespace Backprop.Facade.Loading;

/// <summary>A class marked [HandGradient]: ready to be checked, or why it is not.</summary>
/// <param name="Name">As reports name it.</param>
/// <param name="FullName">With its namespace.</param>
/// <param name="Specimen">Null when its form is not understood.</param>
/// <param name="Why">Then the sentence that says why.</param>
internal sealed record Candidate(string Name, string FullName, Specimen? Specimen, string Why);

/// <summary>Someone's assembly with gradients.</summary>
internal sealed class UserAssembly
{
    private readonly AssemblyFile _file;

    private UserAssembly(AssemblyFile file) => _file = file;

    /// <summary>The marked types' full names, nested ones with a dot.</summary>
    internal IReadOnlyList<string> Names => [.. _file.Marked.Select(type => type.Written)];

    /// <summary>Reads the file; nothing of it is run yet.</summary>
    /// <exception cref="CannotLoadException">It cannot be loaded.</exception>
    /// <exception cref="ArgumentException">Nothing in it is marked.</exception>
    internal static UserAssembly Read(string path)
    {
        var file = AssemblyFile.Read(path);
        return file.Marked.Count > 0 ? new(file) : throw new ArgumentException($"{path} has no class marked [HandGradient]; mark the static class with Forward and Backward.", nameof(path));
    }

    /// <summary>Loads it and binds the classes of these full names.</summary>
    /// <exception cref="CannotLoadException">It cannot be loaded.</exception>
    internal IReadOnlyList<Candidate> Bind(IReadOnlyCollection<string> names)
    {
        Assembly assembly;
        try
        {
            assembly = new UserContext(_file.Path).LoadFromAssemblyPath(_file.Path);
        }
        catch (Exception failed) when (IsOfLoading(failed))
        {
            throw new CannotLoadException($"{_file.Path} cannot be loaded: {Sentence(failed)}", failed);
        }
        return [.. _file.Marked.Where(type => names.Contains(type.Written)).Select(type => Bind(assembly, type.Reflected, Short(type.Written), type.Written))];
    }

    private static Candidate Bind(Assembly assembly, string reflected, string name, string full)
    {
        try
        {
            return new(name, full, Specimens.Of(assembly.GetType(reflected, throwOnError: true)!) with { Name = name }, "");
        }
        catch (FormException form)
        {
            return new(name, full, null, form.Message);
        }
        catch (Exception failed) when (IsOfLoading(failed))
        {
            return new(name, full, null, $"{name} cannot be loaded: {Sentence(failed)}");
        }
    }

    /// <summary>As much of a name's end as no other marked type's has.</summary>
    private string Short(string full)
    {
        var parts = full.Split('.');
        return Enumerable.Range(1, parts.Length).Select(count => string.Join('.', parts[^count..])).FirstOrDefault(end => Names.Count(other => other == end || other.EndsWith("." + end, StringComparison.Ordinal)) == 1, full);
    }

    private static bool IsOfLoading(Exception failed) => failed is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException or MissingMemberException or CustomAttributeFormatException;

    /// <summary>What the context said itself is under the runtime's own words.</summary>
    private static string Sentence(Exception failed)
    {
        while (failed.InnerException is { } inner) failed = inner;
        return failed.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".";
    }
}
