using System.Text.RegularExpressions;

namespace Backprop.PropertyTests.Structure;

/// <summary>What the design promises about the source, read from the source.</summary>
public class RepositoryTests
{
    private static readonly string Root = Repository.Root;

    /// <summary>Each folder may use only those before it.</summary>
    private static readonly string[] Layers = ["Shapes", "Rules", "Models", "Optimizers", "Training", "Data", "Verify", "Bugs", "Diagnosis", "Claims"];

    public static TheoryData<string> RulesAndModels() =>
        [.. new[] { "Rules", "Models" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Root, "Backprop.Core", folder), "*.cs")).Where(IsRule).Select(file => Path.GetRelativePath(Path.Combine(Root, "Backprop.Core"), file))];

    [Fact]
    public void EveryFolderOfTheCoreIsALayer() =>
        Assert.Empty(Directory.GetDirectories(Path.Combine(Root, "Backprop.Core")).Select(folder => Path.GetFileName(folder)!).Except([.. Layers, "bin", "obj"]));

    [Fact]
    public void LayersPointOnlyUpward()
    {
        var wrong = from folder in Layers
                    let path = Path.Combine(Root, "Backprop.Core", folder)
                    where Directory.Exists(path)
                    from file in Directory.GetFiles(path, "*.cs", SearchOption.AllDirectories)
                    from later in Layers.SkipWhile(layer => layer != folder).Skip(1)
                    where Regex.IsMatch(File.ReadAllText(file), $@"\bBackprop\.{later}\b", RegexOptions.None, TimeSpan.FromSeconds(5))
                    select $"{folder}/{Path.GetFileName(file)} uses {later}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void NobodyReachesAroundTheFacade()
    {
        Assert.DoesNotContain("Backprop.Cli", Source("Backprop.Facade"));
        Assert.DoesNotContain("Backprop.Facade", Source("Backprop.Core"));
        // The command line may name the records of Verify, which the façade hands on, but calls no rule.
        Assert.DoesNotMatch(@"Backprop\.(Rules|Models|Shapes|Data)\b", Source("Backprop.Cli"));
    }

    [Theory]
    [MemberData(nameof(RulesAndModels))]
    public void EveryRuleHasATestAndASubjectAndTheFiveLines(string rule)
    {
        var name = Path.GetFileNameWithoutExtension(rule);
        var test = Path.Combine(Root, "Backprop.PropertyTests", Path.ChangeExtension(rule, null) + "Tests.cs");
        Assert.True(File.Exists(test), $"{rule} has no test {test}.");
        Assert.Contains("Judge.Agrees", File.ReadAllText(test));
        AssertContains($"{name}.Backward", "no subject in Backprop.Core/Verify/Catalogue.*.cs calls it", string.Join("\n", Directory.GetFiles(Path.Combine(Root, "Backprop.Core", "Verify"), "Catalogue*.cs").Select(File.ReadAllText)));
        var text = File.ReadAllText(Path.Combine(Root, "Backprop.Core", rule));
        foreach (var line in new[] { "/// <summary>", "/// Shapes: ", "/// Backward: ", "/// Edges: ", "/// Source: " }) AssertContains(line, "is missing in its documentation", text);
        Assert.True(text.Split('\n').Length <= 80, $"{rule} is longer than a rule should be.");
    }

    private static void AssertContains(string text, string complaint, string all) => Assert.True(all.Contains(text, StringComparison.Ordinal), $"{text}: {complaint}");

    [Fact]
    public void NoFileIsTooLongToRead() => Assert.Empty(
        from project in new[] { "Backprop.Core", "Backprop.Facade", "Backprop.Cli", "Substitutes" }
        from file in Files(project)
        where File.ReadLines(file).Count() > 400
        select Path.GetRelativePath(Root, file));

    [Fact]
    public void OnlyTheSubstitutesKnowThatThereAreSubstitutes() => Assert.Empty(
        from project in new[] { "Backprop.Core", "Backprop.Facade", "Backprop.Cli", "Backprop.Benchmarks" }
        from file in Files(project)
        where File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal))
        select Path.GetRelativePath(Root, file));

    private static bool IsRule(string file) => File.ReadAllText(file).Contains("public static Grads Backward(", StringComparison.Ordinal);

    private static string Source(string project) => string.Join('\n', Files(project).Select(File.ReadAllText));

    private static IEnumerable<string> Files(string project) => Repository.Sources(project);
}
