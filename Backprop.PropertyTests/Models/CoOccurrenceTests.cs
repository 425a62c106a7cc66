using Backprop.Models;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class CoOccurrenceTests
{
    [Fact]
    public void CountsWhatStandsTogether()
    {
        using var scope = torch.NewDisposeScope();
        // 0 1 0: each neighbour of 1 is 0, and both 0s have 1 beside them.
        Assert.Equal([0, 2, 0, 2, 0, 0, 0, 0, 0], Numbers(CoOccurrence.Of([[0, 1, 0]], 3, 1).Dense()));
        Assert.Equal([2, 2, 0, 2, 0, 0, 0, 0, 0], Numbers(CoOccurrence.Of([[0, 1, 0]], 3, 2).Dense()));
    }

    [Fact]
    public void IsSymmetricAndCountsEveryPair() => ForAll(ContextPairsTests.Sentences, sentences =>
    {
        var counts = CoOccurrence.Of(sentences, 6, 1);
        var dense = counts.Dense();
        Close(dense.t(), dense);
        Assert.Equal(ContextPairs.Of(sentences, 1).Count, dense.sum().item<double>());
        Assert.Equal(dense.count_nonzero().item<long>(), counts.Counts.numel());
    });

    [Fact]
    public void SentencesDoNotTouch() => ForAll(Gen.Select(ContextPairsTests.Sentences, ContextPairsTests.Sentences), pair =>
        Close(CoOccurrence.Of(pair.Item1, 6, 1).Dense() + CoOccurrence.Of(pair.Item2, 6, 1).Dense(), CoOccurrence.Of([.. pair.Item1, .. pair.Item2], 6, 1).Dense()));

    [Fact]
    public void MutualInformationIsThatOfTheDefinition() => ForAll(ContextPairsTests.Sentences, sentences =>
    {
        var counts = CoOccurrence.Of(sentences, 6, 1).Dense();
        var x = Numbers(counts);
        var expected = new double[36];
        for (var i = 0; i < 6; i++)
            for (var j = 0; j < 6; j++)
            {
                var (row, column) = (Enumerable.Range(0, 6).Sum(k => x[6 * i + k]), Enumerable.Range(0, 6).Sum(k => x[6 * k + j]));
                expected[6 * i + j] = x[6 * i + j] == 0 ? 0 : Math.Max(0, Math.Log(x[6 * i + j] * x.Sum() / (row * column)));
            }
        Close(torch.tensor(expected, [6, 6], torch.float64), CoOccurrence.PositiveMutualInformation(counts));
    });

    [Fact]
    public void IndependentWordsHaveNone()
    {
        using var scope = torch.NewDisposeScope();
        var counts = torch.outer(Vector(1, 2, 3), Vector(1, 2, 3));
        Close(torch.zeros(3, 3, torch.float64), CoOccurrence.PositiveMutualInformation(counts));
    }

    [Fact]
    public void RefusesAnEmptyVocabularyIdsOutOfRangeAndNegativeCounts()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("vocabulary: expected at least one word, got 0", Assert.Throws<ArgumentOutOfRangeException>(() => CoOccurrence.Of([[0, 1]], 0, 1)).Message);
        Assert.Contains("sentences: expected ids in 0 … 1, got 2", Assert.Throws<ArgumentOutOfRangeException>(() => CoOccurrence.Of([[0, 1], [2, 1]], 2, 1)).Message);
        Assert.Contains("sentences: expected ids in 0 … 1, got -1", Assert.Throws<ArgumentOutOfRangeException>(() => CoOccurrence.Of([[0, -1]], 2, 1)).Message);
        Assert.Contains("window", Assert.Throws<ArgumentOutOfRangeException>(() => CoOccurrence.Of([[0, 1]], 2, 2)).Message);
        Assert.Contains("counts: expected numbers that are not negative", Assert.Throws<ArgumentOutOfRangeException>(() => CoOccurrence.PositiveMutualInformation(-torch.eye(2, dtype: torch.float64))).Message);
        Assert.Contains("as many columns as rows", Assert.Throws<ArgumentException>(() => CoOccurrence.PositiveMutualInformation(torch.ones(2, 3, torch.float64))).Message);
    }
}
