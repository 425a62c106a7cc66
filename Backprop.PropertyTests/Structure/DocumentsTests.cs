using System.Text.RegularExpressions;
using Backprop.Facade;

namespace Backprop.PropertyTests.Structure;

/// <summary>Code in the documents is code that runs.</summary>
public class DocumentsTests
{
    [Fact]
    public void EverySnippetOfTheReadmeStandsInTheSourceWordForWord()
    {
        var snippets = Regex.Matches(File.ReadAllText(Repository.Path("README.md")), "```(?:csharp|fsharp)\n(?<code>.*?)\n```", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        var source = string.Join('\n', Repository.Sources("samples").Concat([Repository.Path("samples", "FSharp", "Program.fs"), Repository.Path("samples", "FSharp.Gradients", "Gradients.fs"), Repository.Path("Backprop.Core", "Rules", "Sigmoid.cs")]).Select(File.ReadAllText));
        Assert.True(snippets.Count >= 3);
        Assert.All(snippets, snippet => Assert.Contains(snippet.Groups["code"].Value, source));
    }

    [Fact]
    public void EveryLinkOfTheDocumentsLeadsSomewhere() => Assert.Empty(
        from page in new[] { "README.md", "CONTRIBUTING.md" }.Select(file => Repository.Path(file)).Concat(Directory.GetFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories))
        from Match link in Regex.Matches(File.ReadAllText(page), @"\]\((?<to>[^)#:]+)\)", RegexOptions.None, TimeSpan.FromSeconds(5))
        let target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link.Groups["to"].Value))
        where !File.Exists(target) && !Directory.Exists(target)
        select $"{Path.GetRelativePath(Repository.Root, page)}: {link.Groups["to"].Value}");

    [Fact]
    public void EveryRuleHasADerivationOfAtMostAScreen() => Assert.All(Gradients.List(), rule =>
    {
        var page = Repository.Path("docs", "derivations", Explanation.Kebab(Explanation.Rule(rule.Name).Name) + ".md");
        Assert.True(File.Exists(page), $"{rule.Name} has no {page}.");
        Assert.InRange(File.ReadAllLines(page).Length, 5, 60);
    });
}
