using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class SkipGramTests
{
    [Theory]
    [InlineData("skip-gram")]
    [InlineData("skip-gram-mean")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void LossIsThatOfTheNotes() => ForAll(Pairs.Some, input =>
    {
        // p(o|c) = exp(u_oᵀv_c) / Σ_w exp(u_wᵀv_c), word by word.
        var (u, v) = (input.U.Tensor(), input.V.Tensor());
        var loss = 0.0;
        for (var n = 0; n < input.Centres.Length; n++)
        {
            var scores = Enumerable.Range(0, input.Words).Select(w => Math.Exp(torch.dot(u[w], v[input.Centres[n]]).item<double>())).ToArray();
            loss -= Math.Log(scores[input.Outsides[n]] / scores.Sum());
        }
        Close(Scalar(loss), Forward(input).Y);
    });

    [Fact]
    public void GradientOfTheCentreIsExpectedMinusObserved() => ForAll(Pairs.Some, input =>
    {
        // ∂J/∂v_c = Σ_w p(w|c) u_w − u_o, for one pair.
        var one = input with { Centres = [input.Centres[0]], Outsides = [input.Outsides[0]] };
        var (u, v) = (input.U.Tensor(), input.V.Tensor());
        var p = SkipGram.Probabilities(u, v, one.CentreIds);
        Close(p.mm(u) - u[one.Outsides[0]].unsqueeze(0), Backward(one).DV.Rows);
    });

    [Fact]
    public void TouchesOnlyTheCentres() => ForAll(Pairs.Some, input =>
        Assert.Equal(input.Centres.Distinct().Order(), Pairs.Touched(Backward(input).DV)));

    [Fact]
    public void EveryOutsideVectorGetsAGradientWhichSumToZero() => ForAll(Pairs.Some, input =>
    {
        // Adding one vector to all of U changes no probability, so the rows of dU cancel; none is 0 by itself.
        var du = Backward(input).DU;
        Close(torch.zeros(input.U.Columns, torch.float64), du.sum(0L), 1e-9);
        if (input.Words > 1 && input.V.Entries.All(x => Math.Abs(x) > 1e-3) && input.Centres.Distinct().Count() == 1)
            Assert.All(Numbers(du.abs().sum(1L)), row => Assert.True(row > 0));
    });

    [Fact]
    public void DuplicatingThePairsLeavesTheMeanGradient() => ForAll(Pairs.Some, input =>
    {
        var (once, twice) = (Backward(input, BatchReduction.Mean), Backward(input.Repeated(2), BatchReduction.Mean));
        Close(once.DU, twice.DU);
        Close(once.DV.Dense(input.Words), twice.DV.Dense(input.Words));
    });

    [Fact]
    public void OneWordAloneIsCertain()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.ones(1, 3, torch.float64);
        var (loss, saved) = SkipGram.Forward(table, table, Labels(0, 0), Labels(0, 0));
        Assert.Equal(0, loss.item<double>());
        var grads = SkipGram.Backward(Scalar(1), saved);
        Assert.Equal([0, 0, 0, 0, 0, 0], [.. Numbers(grads.DU), .. Numbers(grads.DV.Rows)]);
    }

    [Fact]
    public void ReadsTheSentenceOfTheNotes()
    {
        // "Today I am giving a lecture", window 1: I predicts Today and am.
        using var scope = torch.NewDisposeScope();
        var pairs = ContextPairs.Of([[0, 1, 2, 3, 4, 5]], 1);
        var beside = pairs.Centres.Zip(pairs.Outsides).Where(pair => pair.First == 1).Select(pair => pair.Second);
        Assert.Equal([0, 2], beside);
    }

    [Fact]
    public void RefusesAnEmptyVocabularyWordsOutOfRangeAndTheMeanOfNothing()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.ones(3, 2, torch.float64);
        Assert.Contains("C ≥ 1", Assert.Throws<ArgumentException>(() => SkipGram.Forward(torch.ones(0, 2, torch.float64), torch.ones(0, 2, torch.float64), Labels(), Labels())).Message);
        Assert.Contains("centres: expected indices in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => SkipGram.Forward(table, table, Labels(3), Labels(0))).Message);
        Assert.Contains("outsides: expected labels in 0 … 2, got 7", Assert.Throws<ArgumentOutOfRangeException>(() => SkipGram.Forward(table, table, Labels(0), Labels(7))).Message);
        Assert.Contains("v: expected the shape of u, [3, 2]", Assert.Throws<ArgumentException>(() => SkipGram.Forward(table, torch.ones(2, 2, torch.float64), Labels(0), Labels(0))).Message);
        Assert.Contains("the mean over an empty batch", Assert.Throws<ArgumentException>(() => SkipGram.Forward(table, table, Labels(), Labels(), BatchReduction.Mean)).Message);
    }

    private static Primal<SkipGram.Saved> Forward(Pairs input, BatchReduction reduction = BatchReduction.Sum) =>
        SkipGram.Forward(input.U.Tensor(), input.V.Tensor(), input.CentreIds, input.OutsideIds, reduction);

    private static SkipGram.Grads Backward(Pairs input, BatchReduction reduction = BatchReduction.Sum) => SkipGram.Backward(Scalar(1), Forward(input, reduction).Saved);
}
