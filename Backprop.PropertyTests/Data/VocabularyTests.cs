using Backprop.Data;

namespace Backprop.PropertyTests.Data;

public class VocabularyTests
{
    private static readonly IReadOnlyList<IReadOnlyList<string>> Sentences = [["a", "film", "a"], ["the", "film"], ["a", "b"]];

    [Fact]
    public void TheMostFrequentWordsComeFirst()
    {
        var vocabulary = Vocabulary.Of(Sentences);
        Assert.Equal(["a", "film", "b", "the"], vocabulary.Words);
        Assert.Equal([3, 2, 1, 1], vocabulary.Counts);
        Assert.Equal((1L, null), (vocabulary.Find("film"), vocabulary.Find("zebra")));
    }

    [Fact]
    public void RareWordsAreLeftOut()
    {
        var vocabulary = Vocabulary.Of(Sentences, leastCount: 2);
        Assert.Equal(["a", "film"], vocabulary.Words);
        Assert.Equal([0, 1, 0], vocabulary.Encode(["a", "zebra", "film", "the", "a"]));
    }

    [Fact]
    public void EncodingIsTheInverseOfTheWords() => Gen.Int[0, 3].Array[0, 10].Sample(ids =>
    {
        var vocabulary = Vocabulary.Of(Sentences);
        Assert.Equal(ids.Select(id => (long)id), vocabulary.Encode([.. ids.Select(id => vocabulary.Words[id])]));
    });

    [Fact]
    public void UnknownWordsShareTheIdAfterTheLast() => Assert.Equal([0L, 2, 1, 2], Vocabulary.Of(Sentences, leastCount: 2).EncodeAll(["a", "zebra", "film", "the"]));

    [Fact]
    public void RestoredItIsTheSame()
    {
        var vocabulary = Vocabulary.Of(Sentences);
        Assert.Equal(vocabulary, Vocabulary.Restore(vocabulary.Words, vocabulary.Counts));
        Assert.Throws<ArgumentException>(() => Vocabulary.Restore(["a", "a"], [1, 1]));
        Assert.Throws<ArgumentException>(() => Vocabulary.Restore(["a", "b"], [1]));
        Assert.Throws<ArgumentException>(() => Vocabulary.Restore([], []));
    }

    [Fact]
    public void ThinningDropsFrequentWordsOnly()
    {
        IReadOnlyList<IReadOnlyList<string>> text = [.. Enumerable.Range(0, 1000).Select(n => (IReadOnlyList<string>)["the", "the", "the", $"w{n}"])];
        var vocabulary = Vocabulary.Of(text);
        var thinned = vocabulary.Thin(text, 0.01, 1);
        Assert.Equal(1000, thinned.Sum(sentence => sentence.Count(id => id != 0)));
        // √(0.01 / 0.75) of 3000.
        Assert.InRange(thinned.Sum(sentence => sentence.Count(id => id == 0)), 280, 420);
        Assert.Equal(thinned, vocabulary.Thin(text, 0.01, 1));
        Assert.Equal(text.Select(vocabulary.Encode), vocabulary.Thin(text, double.PositiveInfinity, 1));
    }

    [Fact]
    public void EqualVocabulariesAreEqual()
    {
        Assert.Equal(Vocabulary.Of(Sentences), Vocabulary.Of([.. Sentences.Reverse()]));
        Assert.NotEqual(Vocabulary.Of(Sentences), Vocabulary.Of(Sentences, leastCount: 2));
    }

    [Fact]
    public void RefusesToBeEmpty()
    {
        Assert.Contains("sentences: expected a word that occurs at least 9 times, got 7 words of which none does", Assert.Throws<ArgumentException>(() => Vocabulary.Of(Sentences, 9)).Message);
        Assert.Contains("got 0 words", Assert.Throws<ArgumentException>(() => Vocabulary.Of([[], []])).Message);
        Assert.Contains("threshold: expected a positive number", Assert.Throws<ArgumentOutOfRangeException>(() => Vocabulary.Of(Sentences).Thin(Sentences, 0, 1)).Message);
    }
}
