using Backprop.Verify;

namespace Backprop.PropertyTests.Verify;

public class CaseTests
{
    private static readonly Subject Rule = Catalogue.Find("softmax-cross-entropy")!;

    private static readonly Gen<Case> Cases = Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 100], Gen.Int[1, 100], Gen.OneOfConst(Enum.GetValues<Values>()), Gen.OneOfConst(Enum.GetValues<Layout>()),
        (seed, n, c, values, layout) => new Case(seed, new Dictionary<string, long> { ["N"] = n, ["C"] = c }, values, layout));

    [Fact]
    public void TextAndBack() => Cases.Sample(@case => Assert.Equal(@case, Case.Parse(@case.Text, @case.Seed, Rule)));

    [Fact]
    public void WhatIsLeftOutIsPlain()
    {
        var @case = Case.Parse("C=3", 7, Rule);
        Assert.Equal((1, 3, Values.Ordinary, Layout.Dense), (@case.Sizes["N"], @case.Sizes["C"], @case.Values, @case.Layout));
    }

    [Theory]
    [InlineData("M=3", "'M' is no size of this rule; expected C, N, values or layout")]
    [InlineData("N=-1", "N: expected a size from 0")]
    [InlineData("N", "N: expected a size from 0")]
    [InlineData("N=99999999999999999999", "N: expected a size from 0")]
    [InlineData("C=0", "C: expected at least 1; only N may be 0")]
    [InlineData("N=5000,C=5000", "logits: expected at most 1000000 entries")]
    [InlineData("values=odd", "'odd' is none of ordinary, ties")]
    [InlineData("values=1", "'1' is none of ordinary, ties")]
    public void SaysWhatIsWrong(string text, string message) => Assert.Contains(message, Assert.Throws<FormatException>(() => Case.Parse(text, 1, Rule)).Message);
}
