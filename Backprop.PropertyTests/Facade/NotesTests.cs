using System.Text.Json;
using Backprop.Claims;
using Backprop.Facade;

namespace Backprop.PropertyTests.Facade;

public class NotesTests
{
    [Fact]
    public void JudgesTheClaimsThatAreAskedFor()
    {
        var ids = Ledger.All.Where(claim => claim.File == "002").Take(2).Select(claim => claim.Id).ToList();
        var report = Notes.Claims(new() { Ids = ids });
        Assert.Equal(ids, report.Judgements.Select(one => one.Claim.Id));
        Assert.StartsWith("2 claims: ", report.Sentence);
        Assert.All(Notes.Claims(new() { File = "003" }).Judgements, one => Assert.Equal("003", one.Claim.File));
    }

    [Fact]
    public void RefutedOnlyLeavesOutWhatHolds() =>
        Assert.DoesNotContain(Notes.Claims(new() { File = "002", RefutedOnly = true }).Judgements, one => one.Verdict == Verdict.Holds);

    [Fact]
    public void JsonHasWhatIsPromised()
    {
        using var json = JsonDocument.Parse(Notes.Claims(new() { File = "002" }).ToJson());
        Assert.All(json.RootElement.EnumerateArray(), one =>
        {
            Assert.All(new[] { "id", "file", "lines", "statement", "kind", "verdict", "counterexample", "correction", "cause", "cases" }, name => Assert.True(one.TryGetProperty(name, out _), name));
            Assert.Contains(one.GetProperty("verdict").GetString(), new[] { "holds", "refuted", "holds if", "not checkable" });
        });
        Assert.Contains(json.RootElement.EnumerateArray(), one => one.GetProperty("verdict").GetString() == "refuted" && one.GetProperty("cause").GetString() == "author");
    }

    [Fact]
    public void ExplainsARule()
    {
        var rule = Notes.Explain("softmax-cross-entropy-mean");
        Assert.Equal("softmax-cross-entropy-mean", rule.Name);
        Assert.StartsWith("Softmax and cross-entropy in one", rule.Definition);
        Assert.Contains(rule.Lines, line => line.StartsWith("Backward: dlogits = dL", StringComparison.Ordinal));
        Assert.Equal("docs/derivations/softmax-cross-entropy.md", rule.Page);
    }

    [Fact]
    public void ExplainsASystemWithTheWorkedNumbersOfTheNotes()
    {
        var system = Notes.Explain("s66");
        Assert.Equal("S66", system.Name);
        var golden = system.Judgements.Where(one => one.Claim.Kind == ClaimKind.GoldenNumber).ToList();
        Assert.Contains(golden, one => one.Claim.Statement.Contains("246.912", StringComparison.Ordinal));
        Assert.All(golden, one => Assert.NotEmpty(one.AsStated!.First!.Right));
    }

    [Fact]
    public void EverySystemHasAPage() => Assert.All(Notes.Systems().Where(system => !system.Later), system =>
        Assert.True(File.Exists(Structure.Repository.Path(Explanation.PageOf(system).Split('/'))), $"{system.Id}: {Explanation.PageOf(system)}"));

    [Fact]
    public void SaysWhatDoesNotExist()
    {
        Assert.Contains("there is no rule 'sofmax'; the nearest names are softmax", Assert.Throws<ArgumentException>(() => Notes.Explain("sofmax")).Message);
        Assert.Contains("there is no claim '002.9999'; the nearest ids are 002.", Assert.Throws<ArgumentException>(() => Notes.Claims(new() { Ids = ["002.9999"] })).Message);
        Assert.Contains("file: expected one of 000", Assert.Throws<ArgumentException>(() => Notes.Claims(new() { File = "7" })).Message);
        Assert.Contains("cases: expected at least 12", Assert.Throws<ArgumentException>(() => Notes.Claims(new() { Cases = 1 })).Message);
    }
}
