using System.Text.Json;
using Backprop.Bugs;
using Backprop.Diagnosis;
using Backprop.Facade;

namespace Backprop.PropertyTests.Facade;

/// <summary>The corpus before the checker: what is counted, and how it is told.</summary>
public class WrongGradientsTests
{
    [Fact]
    public void AWrongVersionIsCaughtAndShownBesideTheRightOne()
    {
        var report = WrongGradients.Check(new() { Ids = ["lin-02", "BIA-04", "LIN-02"] });
        Assert.Equal(["LIN-02", "BIA-04"], report.Bugs.Select(one => one.Bug.Id));
        Assert.Equal(2, report.Caught);
        Assert.Contains("2 of 2 wrong versions caught", report.Sentence);
        var sign = BugTrial.Beside(report.Bugs[0]);
        Assert.Equal(["dx", "dw", "db"], sign.Select(pair => pair.Gradient));
        Assert.NotEqual(sign[0].Truth, sign[0].Hand);
        Assert.Equal(sign[1].Truth, sign[1].Hand);
    }

    [Fact]
    public void WhatTheCheckerTakesForRightIsNotCaught()
    {
        var relu = Corpus.Find("relu")!;
        var bug = Bug.Of("RIGHT", relu, "sign", "nothing is wrong", relu.Backward);
        var verdict = BugTrial.Judge(bug, new() { Cases = 5 });
        Assert.False(verdict.Caught || verdict.NamedFirst || verdict.NamedInTwo);
        Assert.Empty(BugTrial.Beside(verdict));
    }

    [Fact]
    public void WhatIsWithheldIsNotRecognised()
    {
        var seen = WrongGradients.Check(new() { Ids = ["SIG-08"] }).Bugs[0];
        var unseen = WrongGradients.Check(new() { Ids = ["SIG-08"], Unseen = true }).Bugs[0];
        Assert.Contains("known", seen.Codes);
        Assert.DoesNotContain("known", unseen.Codes);
        Assert.True(seen.Caught && unseen.Caught);
    }

    [Fact]
    public void OnlyTheExpectedCodeCounts()
    {
        var bug = Corpus.All[0];
        BugVerdict Said(params string[] codes) => new(bug, new() { Name = bug.Id, Verdict = Verdict.Wrong, Causes = [.. codes.Select(code => new Cause(code, "", "", "", "", ""))] });
        Assert.True(Said(bug.Cause) is { Caught: true, NamedFirst: true, NamedInTwo: true });
        Assert.True(Said("unknown", bug.Cause) is { Caught: true, NamedFirst: false, NamedInTwo: true });
        Assert.True(Said("unknown", "known", bug.Cause) is { Caught: true, NamedFirst: false, NamedInTwo: false });
        var kink = bug with { Verdict = "kink" };
        Assert.False(new BugVerdict(kink, Said(bug.Cause).Report).Caught);
        Assert.True(new BugVerdict(kink, new() { Name = "", Verdict = Verdict.Kink }) is { Caught: true, NamedFirst: true });
    }

    [Fact]
    public void JsonHasTheTotals()
    {
        var json = JsonDocument.Parse(WrongGradients.Check(new() { Ids = ["REL-05", "SIG-05"] }).ToJson()).RootElement;
        Assert.Equal("kink", json.GetProperty("bugs")[0].GetProperty("expected").GetString());
        Assert.Equal("relu", json.GetProperty("bugs")[0].GetProperty("operation").GetString());
        Assert.Equal("wrong", json.GetProperty("bugs")[1].GetProperty("verdict").GetString());
        Assert.Equal(JsonValueKind.Array, json.GetProperty("bugs")[1].GetProperty("causes").ValueKind);
        Assert.Equal((2, 2), (json.GetProperty("caught").GetInt32(), json.GetProperty("total").GetInt32()));
        Assert.True(json.GetProperty("namedFirst").GetInt32() <= json.GetProperty("namedInTwo").GetInt32());
    }

    [Fact]
    public void AnUnknownIdIsRefusedWithTheNearest() =>
        Assert.Contains("there is no wrong version 'SIG-99'; the nearest ids are SIG-", Assert.Throws<ArgumentException>(() => WrongGradients.Check(new() { Ids = ["SIG-99"] })).Message);
}
