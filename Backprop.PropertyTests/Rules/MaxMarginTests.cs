using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class MaxMarginTests
{
    private static readonly Gen<(double[] True, double[] Corrupt)> Scores =
        from n in Gen.Int[1, 6]
        from s in Inputs.Real.Array[n]
        from c in Inputs.Real.Array[n]
        select (s, c);

    [Theory]
    [InlineData("max-margin")]
    [InlineData("max-margin-mean")]
    public void Agrees(string subject) => Judge.Agrees(subject);

    [Theory]
    [InlineData(0.0, 0.0, 1.0, true)] // Notes 004, line 1903: s = s_c ⇒ 1, which holds.
    [InlineData(0.5, 0.0, 0.5, true)] // The same line: s > s_c ⇒ 0, which does not: s must exceed s_c by 1.
    [InlineData(1.0, 0.0, 0.0, false)] // The kink.
    [InlineData(3.0, 1.0, 0.0, false)]
    public void TheGateIsOpenWhereTheMarginIsPositive(double s, double c, double loss, bool open)
    {
        using var scope = torch.NewDisposeScope();
        var (y, saved) = MaxMargin.Forward(Scalar(s), Scalar(c));
        var grads = MaxMargin.Backward(Scalar(1), saved);
        Close(Scalar(loss), y);
        Close(Scalar(open ? -1 : 0), grads.DTrueScore);
        Close(Scalar(open ? 1 : 0), grads.DCorruptScore);
    }

    [Fact]
    public void OnlyTheDifferenceOfTheScoresMatters() => ForAll(Scores, scores =>
    {
        var (s, c) = (Vector(scores.True), Vector(scores.Corrupt));
        Close(MaxMargin.Forward(s, c).Y, MaxMargin.Forward(s + 64, c + 64).Y, 1e-9);
        var grads = MaxMargin.Backward(Scalar(3), MaxMargin.Forward(s, c).Saved);
        Close(torch.zeros_like(s), grads.DTrueScore + grads.DCorruptScore);
    });

    [Fact]
    public void IsAtLeastWhatTheScoresOweAndNeverNegative() => ForAll(Scores, scores =>
    {
        // Each pair costs at least 1 − s + c and at least 0, and one of the two exactly.
        var expected = scores.True.Zip(scores.Corrupt, (s, c) => Math.Max(0, 1 - s + c)).Sum();
        Close(Scalar(expected), MaxMargin.Forward(Vector(scores.True), Vector(scores.Corrupt)).Y);
    });

    [Fact]
    public void AnInfiniteCotangentAtAShutGateGivesZero()
    {
        using var scope = torch.NewDisposeScope();
        var grads = MaxMargin.Backward(Scalar(double.PositiveInfinity), MaxMargin.Forward(Vector(5, 0), Vector(0, 0)).Saved);
        Assert.Equal([0.0, double.NegativeInfinity], Numbers(grads.DTrueScore));
        Assert.Equal([0.0, double.PositiveInfinity], Numbers(grads.DCorruptScore));
    }

    [Fact]
    public void RefusesScoresThatAreNoPairs()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("corruptScore: expected the shape of trueScore, [2]", Assert.Throws<ArgumentException>(() => MaxMargin.Forward(torch.zeros(2), torch.zeros(3))).Message);
        Assert.Contains("trueScore: expected a scalar or a vector of scores, got shape [1, 2]", Assert.Throws<ArgumentException>(() => MaxMargin.Forward(torch.zeros(1, 2), torch.zeros(1, 2))).Message);
        Assert.Contains("trueScore: expected at least one row", Assert.Throws<ArgumentException>(() => MaxMargin.Forward(torch.zeros(0), torch.zeros(0), BatchReduction.Mean)).Message);
        Close(Scalar(0), MaxMargin.Forward(torch.zeros(0, torch.float64), torch.zeros(0, torch.float64)).Y);
    }
}
