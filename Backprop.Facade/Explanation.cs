using System.Xml.Linq;
using Backprop.Claims;
using Backprop.Verify;

namespace Backprop.Facade;

/// <summary>What there is to know about a rule.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Definition">What it computes.</param>
/// <param name="Lines">Shapes, backward, edges, source: as in its documentation.</param>
/// <param name="Judgements">The claims of the notes about it, with their verdicts.</param>
/// <param name="Systems">The systems of the notes that it covers.</param>
/// <param name="Page">Its derivation, in docs/derivations.</param>
public sealed record Explanation(string Name, string Definition, IReadOnlyList<string> Lines, IReadOnlyList<Judgement> Judgements, IReadOnlyList<NotesSystem> Systems, string Page)
{
    internal static Explanation Of(string name)
    {
        if (Backprop.Claims.Systems.All.FirstOrDefault(system => string.Equals(system.Id, name, StringComparison.OrdinalIgnoreCase)) is { } system) return Of(system);
        if (Catalogue.Find(name) is null && Classes().FirstOrDefault(type => name == type.Name || name == Kebab(type.Name)) is { } found) return Of(found);
        var subject = Catalogue.Find(name) ?? throw new ArgumentException($"there is no rule '{name}'; the nearest names are {string.Join(", ", Nearest.To(name, Catalogue.All.Select(one => one.Name)))}.", nameof(name));
        var rule = Rule(subject.Name);
        var (definition, lines) = Documentation(rule);
        Libtorch.EnsureLoaded();
        return new(subject.Name, definition, lines,
            [.. Ledger.All.Where(claim => claim.Rules.Contains(subject.Name)).Select(claim => Ledger.Judge(claim))],
            [.. Backprop.Claims.Systems.All.Where(system => system.Rules.Contains(subject.Name))],
            $"docs/derivations/{Kebab(rule.Name)}.md");
    }

    /// <summary>The classes of rules, models and procedures.</summary>
    private static IEnumerable<Type> Classes() => typeof(Catalogue).Assembly.GetExportedTypes()
        .Where(type => !type.IsNested && type.Namespace is "Backprop.Rules" or "Backprop.Models" or "Backprop.Optimizers" or "Backprop.Training" or "Backprop.Verify");

    /// <summary>A class that is no rule of the catalogue: a procedure, or a rule whose subjects have longer names.</summary>
    private static Explanation Of(Type type)
    {
        var (definition, lines) = Documentation(type);
        Libtorch.EnsureLoaded();
        IReadOnlyList<NotesSystem> systems = [.. Backprop.Claims.Systems.All.Where(system => system.Types.Contains(type.Name))];
        return new(Kebab(type.Name), definition, lines, [.. systems.SelectMany(system => system.Claims).DistinctBy(claim => claim.Id).Select(claim => Ledger.Judge(claim))], systems,
            systems.Count > 0 ? PageOf(systems[0]) : $"docs/derivations/{Kebab(type.Name)}.md");
    }

    /// <summary>A system of the notes: what covers it, and every claim from its places.</summary>
    private static Explanation Of(NotesSystem system)
    {
        Libtorch.EnsureLoaded();
        return new(system.Id, system.Name, [.. Lines("Rules and models", system.Rules), .. Lines("Classes", system.Types)], [.. system.Claims.Select(claim => Ledger.Judge(claim))], [system], PageOf(system));

        static IEnumerable<string> Lines(string what, IReadOnlyList<string> names) => names.Count == 0 ? [] : [$"{what}: {string.Join(", ", names)}"];
    }

    /// <summary>The page that derives it, or that of the notation.</summary>
    internal static string PageOf(NotesSystem system) =>
        $"docs/derivations/{system.Page ?? Kebab(system.Types.Concat(system.Rules.Select(rule => Rule(rule).Name)).FirstOrDefault() ?? "Notation")}.md";

    /// <summary>The class behind a name: variants add words behind their class's name.</summary>
    internal static Type Rule(string name) => typeof(Catalogue).Assembly.GetExportedTypes()
        .Where(type => type.Namespace is "Backprop.Rules" or "Backprop.Models" && !type.IsNested && (name == Kebab(type.Name) || name.StartsWith(Kebab(type.Name) + "-", StringComparison.Ordinal)))
        .MaxBy(type => type.Name.Length) ?? throw new InvalidOperationException($"no class has the name {name}.");

    internal static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));

    /// <summary>Summary and remarks, from the documentation file that the compiler writes beside the assembly.</summary>
    private static (string Definition, IReadOnlyList<string> Lines) Documentation(Type rule)
    {
        var file = Path.ChangeExtension(rule.Assembly.Location, ".xml");
        if (!File.Exists(file)) return ("", [$"{file} is missing, which has the documentation."]);
        var member = XDocument.Load(file).Descendants("member").FirstOrDefault(one => one.Attribute("name")?.Value == $"T:{rule.FullName}");
        return (Text(member?.Element("summary")).Trim().ReplaceLineEndings(" "), [.. Text(member?.Element("remarks")).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>The text with the names that it refers to; references stand in attributes.</summary>
    private static string Text(XElement? element) => element is null ? "" : string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement inner when inner.Attribute("cref") is { } reference => reference.Value.Split('.', ':')[^1],
        XElement inner => Text(inner),
        _ => "",
    }));
}
