using Backprop.Models;

namespace Backprop.PropertyTests.Models;

public class ContextPairsTests
{
    internal static readonly Gen<long[][]> Sentences =
        from count in Gen.Int[1, 4]
        from sentences in Gen.Int[0, 5].Select(id => (long)id).Array[2, 6].Array[count]
        select sentences;

    [Fact]
    public void PairsTheNeighboursOfTheNotes()
    {
        // "Today I am giving a lecture", window 1.
        var pairs = ContextPairs.Of([[0, 1, 2, 3, 4, 5]], 1);
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4, 4, 5], pairs.Centres);
        Assert.Equal([1, 0, 2, 1, 3, 2, 4, 3, 5, 4], pairs.Outsides);
    }

    [Fact]
    public void EveryPairComesBothWays() => Sentences.Sample(sentences =>
    {
        var pairs = ContextPairs.Of(sentences, 1);
        Assert.Equal(pairs.Centres.Zip(pairs.Outsides).Order(), pairs.Outsides.Zip(pairs.Centres).Order());
    });

    [Fact]
    public void AWindowAsWideAsTheSentencePairsAllWithAll() => Sentences.Sample(sentences =>
        Assert.Equal(sentences.Sum(sentence => sentence.Length * (sentence.Length - 1)), ContextPairs.Of(sentences, sentences.Max(sentence => sentence.Length) - 1).Count));

    [Fact]
    public void RefusesAnEmptyWindowAndOneLongerThanTheSentences()
    {
        Assert.Contains("window: expected 1 … 5, since the longest sentence has 6 words, got 0", Refused([[0, 1, 2, 3, 4, 5], [1]], 0));
        Assert.Contains("window: expected 1 … 5, since the longest sentence has 6 words, got 6", Refused([[0, 1, 2, 3, 4, 5], [1]], 6));
        Assert.Contains("expected at least two words in a sentence, got 1", Refused([[0], []], 1));
        Assert.Contains("expected at least two words in a sentence, got 0", Refused([], 1));

        static string Refused(long[][] sentences, int window) => Assert.ThrowsAny<ArgumentException>(() => ContextPairs.Of(sentences, window)).Message;
    }
}
