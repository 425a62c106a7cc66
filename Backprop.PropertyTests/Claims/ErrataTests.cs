using Backprop.Claims;
using Backprop.PropertyTests.Structure;

namespace Backprop.PropertyTests.Claims;

public class ErrataTests
{
    [Fact]
    public void ThePageIsThatOfTheLedger() =>
        Assert.Equal(File.ReadAllText(Repository.Path("docs", "errata.md")), Errata.Markdown([.. Ledger.All.Select(claim => Ledger.Judge(claim))]));

    [Fact]
    public void WhatHarmsMostComesFirst()
    {
        var page = Errata.Markdown([Judged("000.001", Harm.Reader), Judged("000.002", Harm.Silent), Judged("000.003", null)]);
        Assert.True(page.IndexOf("000.002", StringComparison.Ordinal) < page.IndexOf("000.001", StringComparison.Ordinal));
        Assert.DoesNotContain("000.003", page);
        Assert.Contains("of 3 claims, 1 hold, 2 are refuted", page);
    }

    /// <summary>2x is said to be 3x, or 2x.</summary>
    private static Judgement Judged(string id, Harm? harm) => Ledger.Judge(new(id, 1, 1, ClaimKind.Identity, "x + x = 3x", trial =>
    {
        var x = trial.Scalar("x", 1, 2);
        return Comparison.Equal(x + x, harm is null ? 2 * x : 3 * x);
    })
    { Harm = harm });
}
