using Backprop.Claims;
using Backprop.Verify;

namespace Backprop.PropertyTests.Claims;

/// <summary>What the ledger says of the notes.</summary>
public class LedgerTests
{
    private static readonly Lazy<IReadOnlyList<Judgement>> Found = new(() => [.. Ledger.All.Select(claim => Ledger.Judge(claim))]);

    [Fact]
    public void ClaimsComeInTheOrderOfTheLines()
    {
        Assert.Equal(Ledger.All.Select(claim => claim.Id).Order(StringComparer.Ordinal).Distinct(), Ledger.All.Select(claim => claim.Id));
        Assert.All(Ledger.All, claim => Assert.True(claim.Id is [_, _, _, '.', _, _, _] && claim.From >= 1 && claim.To >= claim.From, claim.Id));
        Assert.Empty(Ledger.All.Zip(Ledger.All.Skip(1)).Where(pair => pair.First.File == pair.Second.File && pair.Second.From < pair.First.From).Select(pair => pair.Second.Id));
    }

    [Fact]
    public void WhatDoesNotHoldIsCorrectedAndExplained() => Assert.Empty(Found.Value.SelectMany(Complaints));

    /// <summary>After a change that is meant: `./backprop claims --record > Backprop.Core/Claims/recorded.txt`.</summary>
    [Fact]
    public void VerdictsAreThoseThatWereRecorded()
    {
        var recorded = Ledger.Recorded.Select(one => $"{one.Key} {Ledger.Word(one.Value)}").ToList();
        var found = Found.Value.Select(one => $"{one.Claim.Id} {Ledger.Word(one.Verdict)}").ToList();
        Assert.Empty(found.Except(recorded).Select(line => $"found: {line}").Concat(recorded.Except(found).Select(line => $"recorded: {line}")));
    }

    [Theory]
    [InlineData(2, 12)]
    [InlineData(3, 60)]
    public void VerdictsDependNeitherOnTheSeedNorOnTheNumberOfCases(int seed, int cases) =>
        Assert.Empty(Found.Value.Zip(Ledger.All.Select(claim => Ledger.Judge(claim, cases, seed))).Where(pair => pair.First.Verdict != pair.Second.Verdict || Complaints(pair.Second).Any())
            .Select(pair => $"{pair.First.Claim.Id}: {pair.First.Verdict}, with seed {seed} {pair.Second.Verdict}"));

    [Fact]
    public void TheRulesThatClaimsNameExist() =>
        Assert.Empty(Ledger.All.SelectMany(claim => claim.Rules.Where(rule => Catalogue.Find(rule) is null).Select(rule => $"{claim.Id}: {rule}")));

    [Fact]
    public void EveryFileOfTheNotesIsThere() => Assert.Equal(["000", "001", "002", "003", "004"], Ledger.All.Select(claim => claim.File).Distinct());

    [Fact]
    public void KnownSlipsOfTheNotesAreFound()
    {
        // ∂E/∂z = (d − z), ∂W = ∂Z · X, the forgotten e^y₁₁: found by their places, not by their numbers.
        Assert.Equal(Verdict.Refuted, At("002", 30, ClaimKind.Gradient));
        Assert.Equal(Verdict.Refuted, At("003", 159, ClaimKind.Gradient));
        Assert.Equal(Verdict.Refuted, At("000", 58, ClaimKind.Gradient));
        // And what the author repaired is right: Xᵀ · ∂Z = ∂W.
        Assert.Equal(Verdict.Holds, At("003", 184, ClaimKind.Gradient));

        static Verdict At(string file, int line, ClaimKind kind) => Found.Value.First(one => one.Claim.File == file && one.Claim.From == line && one.Claim.Kind == kind).Verdict;
    }

    [Fact]
    public void ComplaintsAreMade()
    {
        var wrong = new Claim("000.001", 1, 1, ClaimKind.Identity, "x + x = 3x", trial => trial.Scalar("x", 1, 2) is var x ? Comparison.Equal(x + x, 3 * x) : null!)
        {
            Correction = new("x + x = 2x", trial => trial.Scalar("x", 1, 2) is var x ? Comparison.Equal(x + x, 2 * x) : null!),
            Cause = Culprit.Author,
            Why = "It is so.",
            Harm = Harm.Silent,
        };
        Assert.Empty(Complaints(Ledger.Judge(wrong)));
        Assert.Single(Complaints(Ledger.Judge(wrong with { Correction = new("x + x = 3x", wrong.Test!) })));
        Assert.Single(Complaints(Ledger.Judge(wrong with { Correction = null })));
        Assert.Single(Complaints(Ledger.Judge(wrong with { Cause = null })));
        Assert.Single(Complaints(Ledger.Judge(wrong with { Why = null })));
        Assert.Single(Complaints(Ledger.Judge(wrong with { Harm = null })));
        Assert.Single(Complaints(Ledger.Judge(wrong with { Condition = new("x is real", wrong.Test!) })));
        Assert.Single(Complaints(Ledger.Judge(wrong with { Test = wrong.Correction!.Test })));
        Assert.Single(Complaints(Ledger.Judge(wrong with { Test = null })));
        var transposed = wrong with { Test = trial => Comparison.Shape(trial.Real("W", trial.Size("D"), trial.Size("M")).t(), trial.Size("D"), trial.Size("M")) };
        Assert.Empty(Complaints(Ledger.Judge(transposed with { Harm = Harm.SilentAtEqualSizes })));
        Assert.Single(Complaints(Ledger.Judge(transposed with { Harm = Harm.Loud })));
    }

    private static IEnumerable<string> Complaints(Judgement one)
    {
        var claim = one.Claim;
        if (one.Corrected is { Counterexample: { } found }) yield return $"{claim.Id}: the correction does not hold: {string.Join("; ", found.Inputs)}: {found.Left} against {found.Right}";
        if (one.UnderCondition is { Counterexample: { } still }) yield return $"{claim.Id}: does not hold under its condition: {string.Join("; ", still.Inputs)}: {still.Left} against {still.Right}";
        var holds = one.Verdict is Verdict.Holds or Verdict.NotCheckable;
        if (holds && (claim.Condition is not null || claim.Correction is not null || claim.Cause is not null || claim.Harm is not null)) yield return $"{claim.Id}: {one.Verdict}, and is corrected all the same";
        if (!holds && claim.Harm is null) yield return $"{claim.Id}: what harm does it do?";
        if (!holds && claim.Cause is null) yield return $"{claim.Id}: who erred?";
        if (!holds && claim.Why is null) yield return $"{claim.Id}: why?";
        if (!holds && claim.Harm == Harm.Loud && one.AsStated is { SurvivesEqualSizes: true } or { FitsAtEqualSizes: true }) yield return $"{claim.Id}: runs at equal sizes";
        if (one.Verdict == Verdict.Refuted && claim.Correction is null) yield return $"{claim.Id}: what is right?";
    }
}
