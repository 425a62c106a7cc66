using Backprop.Claims;
using Backprop.Rules;

namespace Backprop.PropertyTests.Claims;

/// <summary>The engine of the ledger: it must find what is false, and find it small.</summary>
public class SamplingTests
{
    [Fact]
    public void TheFirstCounterexampleHasTheSmallestSizes()
    {
        var found = Refuted(t => Comparison.Equal(t.Size("N") * t.Size("M"), t.Size("N") + t.Size("M"), "N + M"));
        Assert.Equal(Sizes.Distinct, found.Sizes);
        Assert.Equal(["1", "2"], found.Inputs.Select(input => input[^1..]).Order());
        Assert.Equal(("2", "3", "N + M"), (found.Left, found.Right, found.Note));
    }

    [Fact]
    public void WhatFailsOnlyAtGreaterSizesIsFoundToo()
    {
        var found = Refuted(t => Comparison.AtMost(t.Size("N"), 3.0));
        Assert.Equal("4", found.Left);
    }

    [Fact]
    public void ATransposeThatEqualSizesHideIsSaidToSurviveThem()
    {
        var judgement = Judge(t => Comparison.Shape(t.Real("W", t.Size("D"), t.Size("M")).t(), t.Size("D"), t.Size("M")));
        Assert.Equal(Verdict.Refuted, judgement.Verdict);
        Assert.True(judgement.AsStated!.SurvivesEqualSizes);
    }

    [Fact]
    public void WhatFailsAtEqualSizesTooIsNotSaidToSurviveThem()
    {
        var judgement = Judge(t => Comparison.Shape(t.Real("W", t.Size("D"), t.Size("M")), t.Size("D"), t.Size("M") + 1));
        Assert.False(judgement.AsStated!.SurvivesEqualSizes);
    }

    [Fact]
    public void AProductThatComposesOnlyAtEqualSizesIsSaidTo()
    {
        var product = Judge(t => (t.Real("X", t.Size("N"), t.Size("D")), t.Real("Y", t.Size("N"), t.Size("D"))) is var (x, y) ? Comparison.Equal(x.mm(y), 2 * x.mm(y)) : null!);
        Assert.True(product.AsStated is { FitsAtEqualSizes: true, SurvivesEqualSizes: false });
        var shapes = Judge(t => Comparison.Equal(t.Real("X", t.Size("N"), t.Size("D")), 1 + t.Real("Y", t.Size("D"), t.Size("N"))));
        Assert.True(shapes.AsStated!.FitsAtEqualSizes);
        var numbers = Judge(t => t.Positive("X", t.Size("N"), t.Size("D")) is var x ? Comparison.Equal(x, 2 * x) : null!);
        Assert.False(numbers.AsStated!.FitsAtEqualSizes);
        var never = Judge(t => t.Positive("X", t.Size("N"), t.Size("D")) is var x ? Comparison.Equal(x, x.sum()) : null!);
        Assert.False(never.AsStated!.FitsAtEqualSizes);
    }

    [Fact]
    public void WhatFailsOnlyAtEqualSizesIsRefuted() => Assert.Equal(Sizes.Equal, Refuted(t => Comparison.True(t.Size("D") != t.Size("M"), "", "")).Sizes);

    [Fact]
    public void AProductThatDoesNotComposeIsACounterexample()
    {
        var found = Refuted(t => Comparison.Equal(t.Real("X", t.Size("N"), t.Size("D")).mm(t.Real("Y", t.Size("N"), t.Size("D"))), torch.zeros(1)));
        Assert.Equal("does not compose", found.Left);
        Assert.NotEmpty(found.Note);
        Assert.Equal(4, found.Inputs.Count);
    }

    [Fact]
    public void SoIsOneThatARuleRefuses() =>
        Assert.Equal("does not compose", Refuted(t => Comparison.Equal(MatrixProduct.Forward(t.Real("X", t.Size("N"), t.Size("D")), t.Real("Y", t.Size("N"), t.Size("D"))).Y, torch.zeros(1))).Left);

    [Fact]
    public void AnErrorOfAnotherKindIsNoCounterexample() => Assert.Throws<InvalidOperationException>(() => Judge(_ => throw new InvalidOperationException("out of chalk")));

    [Fact]
    public void AConditionThatHelpsIsFoundToHelp()
    {
        var claim = Claim(t => FirstIsSum(t.Real("x", t.Size("N"))));
        Assert.Equal(Verdict.HoldsIf, Ledger.Judge(claim with { Condition = new("N = 1", t => FirstIsSum(t.Real("x", 1))) }).Verdict);
        Assert.Equal(Verdict.Refuted, Ledger.Judge(claim with { Condition = new("N = 2", t => FirstIsSum(t.Real("x", 2))) }).Verdict);
        Assert.Equal(Verdict.Holds, Ledger.Judge(Claim(t => FirstIsSum(t.Real("x", 1)))).Verdict);

        static Comparison FirstIsSum(Tensor x) => Comparison.Equal(x[0], x.sum());
    }

    [Fact]
    public void AWrongCorrectionIsFoundToBeWrong()
    {
        var claim = Claim(t => t.Scalar("x", 1, 2) is var x ? Comparison.Equal(x + x, 3 * x) : null!);
        Assert.NotNull(Ledger.Judge(claim with { Correction = new("4x", t => t.Scalar("x", 1, 2) is var x ? Comparison.Equal(x + x, 4 * x) : null!) }).Corrected!.Counterexample);
        Assert.Null(Ledger.Judge(claim with { Correction = new("2x", t => t.Scalar("x", 1, 2) is var x ? Comparison.Equal(x + x, 2 * x) : null!) }).Corrected!.Counterexample);
    }

    [Fact]
    public void WhatCannotBeSampledIsNotJudged() => Assert.Equal((Verdict.NotCheckable, null), (Ledger.Judge(Claim(null)).Verdict, Ledger.Judge(Claim(null)).AsStated));

    [Fact]
    public void AllCasesAreSampledWhenNothingIsFound()
    {
        Assert.Equal(36, Judge(t => Comparison.Equal(t.Size("N"), t.Size("N"))).AsStated!.Cases);
        Assert.Equal(36, Judge(t => Comparison.Equal(t.Size("N") * t.Size("M"), t.Size("M") * t.Size("N"))).AsStated!.Cases);
        Assert.Equal(1, Judge(_ => Comparison.True(false, "", "")).AsStated!.Cases);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ledger.Judge(Claim(null), 2));
    }

    [Fact]
    public void TheSameSeedFindsTheSameCounterexample()
    {
        var claim = Claim(t => Comparison.Equal(t.Real("x", t.Size("N")).sum(), torch.zeros(1, torch.float64).sum()));
        Assert.Equal(Text(5), Text(5));
        Assert.NotEqual(Text(5), Text(6));

        string Text(int seed) => Ledger.Judge(claim, seed: seed).AsStated!.Counterexample is { } found ? string.Join(';', found.Inputs) + found.Left : "";
    }

    [Fact]
    public void LettersKeepTheirSizesAndDiffer() => Holds(t =>
    {
        var (n, d, m) = (t.Size("N"), t.Size("D", 3), t.Size("M"));
        var differ = n != d && d != m && n != m;
        return Comparison.True(n == t.Size("N") && d >= 3 && (differ || (n == m && d == Math.Max(3, n))), "", "");
    });

    [Fact]
    public void DrawsAreWhatTheySay() => Holds(t =>
    {
        var (p, y, scores) = (t.Probabilities("p", 2, t.Size("C", 2)), t.OneHot("y", 2, t.Size("C")), t.OffMargin("s", 3, 3));
        var label = t.Label("k", t.Size("C"));
        var other = t.OtherLabel("l", t.Size("C"), label);
        var margins = scores.unsqueeze(2) - scores.unsqueeze(1) + 1;
        return Comparison.Each(
            Comparison.Equal(p.sum(1L), torch.ones(2, torch.float64)),
            Comparison.Equal(y.sum(1L), torch.ones(2, torch.float64)),
            Comparison.Less(0, p.min().item<double>()),
            Comparison.Less(0.1, margins.abs().min().item<double>()),
            Comparison.True(label != other && other >= 0 && other < t.Size("C"), $"{label}", $"{other}"));
    });

    private static Claim Claim(Func<Trial, Comparison>? test) => new("000.001", 1, 1, ClaimKind.Identity, "so it is", test);

    private static Judgement Judge(Func<Trial, Comparison> test) => Ledger.Judge(Claim(test));

    private static Counterexample Refuted(Func<Trial, Comparison> test)
    {
        var judgement = Judge(test);
        Assert.Equal(Verdict.Refuted, judgement.Verdict);
        return judgement.AsStated!.Counterexample!;
    }

    private static void Holds(Func<Trial, Comparison> test) => Assert.Null(Judge(test).AsStated!.Counterexample);
}
