using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>
/// The file surface.txt lists what the substitute offers of both ends of the range of versions, surface-newer.txt what only the newer ones have (0.105.2 and
/// later). Run against the substitute, these tests hold it to the lists, both ways; run against a real TorchSharp, they hold the lists to that: whatever is
/// called as they say must compile there too.
/// </summary>
/// <remarks>BACKPROP_WRITE_SURFACE=1 writes surface.txt anew from the substitute, less what surface-newer.txt has. Run it against both ends of the range then.</remarks>
public sealed class TorchSharpSurfaceTests
{
    private static readonly Assembly Loaded = typeof(torch).Assembly;

    private static string File(string name) => Path.Combine(TorchSharpFacts.Root, "Substitutes", "TorchSharp", name);
    private static IEnumerable<string> Common => System.IO.File.ReadLines(File("surface.txt"));
    private static IEnumerable<string> Newer => System.IO.File.ReadLines(File("surface-newer.txt"));

    [Fact]
    public void What_the_lists_say_can_be_called()
    {
        var offered = Surface.Of(Loaded).ToLookup(m => (m.Type, m.Name));
        bool Missing(string line) => Surface.Parse(line) is var listed && !offered[(listed.Type, listed.Name)].Any(m => m.Serves(listed));
        if (TorchSharpFacts.IsSubstitute && Environment.GetEnvironmentVariable("BACKPROP_WRITE_SURFACE") == "1")
            System.IO.File.WriteAllLines(File("surface.txt"), Surface.Of(Loaded).Select(m => m.ToString()).Except(Newer).Union(Common.Where(line => !Missing(line))).Order(StringComparer.Ordinal).ToList());
        Assert.DoesNotContain(TorchSharpFacts.HasNewer ? Common.Concat(Newer) : Common, Missing);
    }

    [Theory]
    [InlineData("Tensor: Tensor mm(Tensor other)")] // another name
    [InlineData("Tensor: Tensor mm(Tensor target; Boolean fast = False)")] // one too many
    [InlineData("Tensor: Tensor norm(Single p = 1)")] // another default
    [InlineData("Tensor: Double sum()")] // another result
    [InlineData("Tensor: static Tensor exp()")]
    [InlineData("Tensor: Tensor expp()")]
    public void What_cannot_be_called_would_be_noticed(string listed) =>
        Assert.DoesNotContain(Surface.Of(Loaded), m => m.Type == "Tensor" && m.Name == Surface.Parse(listed).Name && m.Serves(Surface.Parse(listed)));

    [Fact]
    public void The_substitute_offers_nothing_else()
    {
        if (!TorchSharpFacts.IsSubstitute) return; // the real one offers much more
        Assert.Empty(Surface.Of(Loaded).Select(m => m.ToString()).Except(Common).Except(Newer));
        Assert.Empty(Newer.Except(Surface.Of(Loaded).Select(m => m.ToString())));
        Assert.Empty(Newer.Intersect(Common));
    }

    [Fact]
    public void What_only_newer_versions_have_is_missing_in_the_old_one() => // or else it belongs in surface.txt
        Assert.True(TorchSharpFacts.HasNewer || Newer.Select(Surface.Parse).All(listed => !Surface.Of(Loaded).Any(m => m.Type == listed.Type && m.Name == listed.Name && m.Serves(listed))));

    [Fact]
    public void Nothing_listed_is_obsolete_here()
    {
        var obsolete = Surface.Of(Loaded, obsolete: true).Select(m => m.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(Common.Concat(Newer), listed => Assert.DoesNotContain(listed, obsolete));
    }
}

/// <summary>A public member as a caller sees it.</summary>
/// <param name="Type">The type that has it.</param>
/// <param name="Name">Its name, with the number of its type parameters.</param>
/// <param name="Result">Static or not, and what it gives.</param>
/// <param name="Parameters">Each with its type, its name and, if it may be left out, its default; null for what takes none.</param>
internal sealed record Surface(string Type, string Name, string Result, IReadOnlyList<string>? Parameters)
{
    public override string ToString() => $"{Type}: {Result} {Name}{(Parameters is null ? "" : $"({string.Join("; ", Parameters)})")}";

    public static Surface Parse(string line)
    {
        var (type, rest) = (line[..line.IndexOf(": ", StringComparison.Ordinal)], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        var open = rest.EndsWith(')') ? rest.IndexOf('(', rest.StartsWith('(') ? rest.IndexOf(')', StringComparison.Ordinal) : rest.StartsWith("static (", StringComparison.Ordinal) ? rest.IndexOf(')', StringComparison.Ordinal) : 0) : -1;
        var head = open < 0 ? rest : rest[..open];
        var name = head.LastIndexOf(' ');
        return new(type, head[(name + 1)..], head[..name], open < 0 ? null : rest[(open + 1)..^1].Split("; ", StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Does whatever is called as <paramref name="listed"/> says compile against this one?</summary>
    public bool Serves(Surface listed) =>
        Result == listed.Result && (Parameters is null) == (listed.Parameters is null)
        && (Parameters is null || (Parameters.Count >= listed.Parameters!.Count
            && Parameters.Zip(listed.Parameters).All(p => p.First == p.Second || (Required(p.First) == p.Second) || Renamed(p.First) == Renamed(p.Second))
            && Parameters.Skip(listed.Parameters.Count).All(p => p.Contains(" = ", StringComparison.Ordinal))));

    private static string Required(string parameter) => parameter.Split(" = ")[0];

    /// <summary>linalg.solve alone has other parameter names in the older versions.</summary>
    private static string Renamed(string parameter) => parameter switch { "Tensor input" => "Tensor A", "Tensor other" => "Tensor B", _ => parameter };

    public static IEnumerable<Surface> Of(Assembly assembly, bool obsolete = false)
    {
        const BindingFlags Mine = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var type in assembly.GetExportedTypes().Where(t => t.FullName!.StartsWith("TorchSharp", StringComparison.Ordinal)))
        {
            if (!obsolete) yield return new(Spell(type), "type", type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class", null);
            foreach (var member in type.GetMembers(Mine).Where(m => m.IsDefined(typeof(ObsoleteAttribute)) == obsolete && !m.IsDefined(typeof(CompilerGeneratedAttribute))))
                if (Of(Spell(type), member) is { } found) yield return found;
        }
    }

    private static Surface? Of(string type, MemberInfo member) => member switch
    {
        MethodInfo m when !m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal) =>
            new(type, m.Name + (m.IsGenericMethod ? $"`{m.GetGenericArguments().Length}" : ""), Static(m.IsStatic) + Spell(m.ReturnType, m.ReturnParameter), m.GetParameters().Select(Describe).ToList()),
        ConstructorInfo c => new(type, "new", type, c.GetParameters().Select(Describe).ToList()),
        PropertyInfo p when p.GetIndexParameters() is { Length: > 0 } indices => new(type, p.Name, Spell(p.PropertyType), indices.Select(Describe).ToList()),
        PropertyInfo p => new(type, p.Name, Static((p.GetMethod ?? p.SetMethod)!.IsStatic) + Spell(p.PropertyType), null),
        FieldInfo f when f.Name != "value__" => new(type, f.Name, Static(f.IsStatic) + Spell(f.FieldType), null),
        _ => null,
    };

    private static string Static(bool yes) => yes ? "static " : "";

    private static string Describe(ParameterInfo p) =>
        (p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : p.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + Spell(p.ParameterType, p) + " " + p.Name
        + (p.HasDefaultValue ? $" = {Convert.ToString(p.RawDefaultValue ?? "null", CultureInfo.InvariantCulture)}" : "");

    private static string Spell(Type t, ParameterInfo? tuple = null)
    {
        if (t.IsByRef) return "ref " + Spell(t.GetElementType()!);
        if (t.IsArray) return $"{Spell(t.GetElementType()!)}[{new string(',', t.GetArrayRank() - 1)}]";
        if (t.IsGenericParameter) return t.Name;
        if (Nullable.GetUnderlyingType(t) is { } inner) return Spell(inner) + "?";
        var arguments = t.GetGenericArguments();
        if (t.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
        {
            var names = tuple?.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames;
            return $"({string.Join(", ", arguments.Select((a, i) => Spell(a) + (names?[i] is { } name ? " " + name : "")))})";
        }
        var full = (t.Namespace == "TorchSharp" ? (t.IsGenericType ? t.GetGenericTypeDefinition() : t).FullName! : t.Name).Replace("TorchSharp.", "", StringComparison.Ordinal).Replace('+', '.');
        full = full == "torch" ? full : full.Replace("torch.", "", StringComparison.Ordinal);
        var tick = full.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? full : $"{full[..tick]}<{string.Join(", ", arguments.Select(a => Spell(a)))}>";
    }
}
