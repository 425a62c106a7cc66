using Backprop.Models;
using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Training;

/// <summary>A language of two topics: words 0 … 4 stand with each other, and so do 5 … 9.</summary>
public class WordVectorTrainingTests
{
    private const int Words = 10;
    private static readonly IReadOnlyList<IReadOnlyList<long>> Sentences = Made();
    private static readonly WordVectorOptions Options = new() { Dimensions = 8, Epochs = 20, BatchSize = 32, Rate = 0.05 };

    [Fact]
    public void SkipGramFindsTheTopics()
    {
        using var scope = torch.NewDisposeScope();
        var trained = WordVectorTraining.SkipGram(ContextPairs.Of(Sentences, 2), Counts(), Options);
        Assert.True(trained.Losses[^1] < 0.8 * trained.Losses[0], $"from {trained.Losses[0]} to {trained.Losses[^1]}");
        FindsTheTopics(trained.V);
    }

    [Fact]
    public void GloveFindsTheTopics()
    {
        using var scope = torch.NewDisposeScope();
        var trained = WordVectorTraining.Glove(CoOccurrence.Of(Sentences, Words, 2), Options with { Epochs = 100 });
        Assert.True(trained.Losses[^1] < 0.1 * trained.Losses[0], $"from {trained.Losses[0]} to {trained.Losses[^1]}");
        FindsTheTopics(trained.U + trained.V);
    }

    [Fact]
    public void SoDoesTheTruncatedSvd()
    {
        using var scope = torch.NewDisposeScope();
        FindsTheTopics(TruncatedSvd.Of(CoOccurrence.PositiveMutualInformation(CoOccurrence.Of(Sentences, Words, 2).Dense()), 2).RowVectors());
    }

    [Fact]
    public void TheSameSeedGivesTheSameVectorsAndLeaksNothing()
    {
        using var scope = torch.NewDisposeScope();
        var (pairs, counts) = (ContextPairs.Of(Sentences, 1), CoOccurrence.Of(Sentences, Words, 1));
        var before = scope.DisposablesCount;
        var few = Options with { Epochs = 2 };
        var (a, b) = (WordVectorTraining.SkipGram(pairs, Counts(), few), WordVectorTraining.SkipGram(pairs, Counts(), few));
        Assert.Equal(before + 4, scope.DisposablesCount);
        var (c, d) = (WordVectorTraining.Glove(counts, few), WordVectorTraining.Glove(counts, few));
        Assert.Equal(before + 8, scope.DisposablesCount);
        Assert.Equal(Numbers(a.U), Numbers(b.U));
        Assert.Equal(Numbers(a.V), Numbers(b.V));
        Assert.Equal(Numbers(c.U), Numbers(d.U));
        Assert.NotEqual(Numbers(a.V), Numbers(WordVectorTraining.SkipGram(pairs, Counts(), few with { Seed = 2 }).V));
    }

    [Fact]
    public void RefusesAnEmptyVocabularyAndSizesOfZero()
    {
        using var scope = torch.NewDisposeScope();
        var pairs = ContextPairs.Of(Sentences, 1);
        Assert.Contains("empty vocabulary", Assert.Throws<ArgumentException>(() => WordVectorTraining.SkipGram(pairs, [], Options)).Message);
        Assert.Contains("options: Dimensions: expected at least 1, got 0", Refused(Options with { Dimensions = 0 }));
        Assert.Contains("options: Negatives: expected at least 1, got 0", Refused(Options with { Negatives = 0 }));
        Assert.Contains("options: BatchSize", Refused(Options with { BatchSize = 0 }));
        Assert.Contains("expected indices in 0 … 2, got", Assert.Throws<ArgumentOutOfRangeException>(() => WordVectorTraining.SkipGram(pairs, [1, 1, 1], Options)).Message);

        string Refused(WordVectorOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => WordVectorTraining.SkipGram(pairs, Counts(), options)).Message;
    }

    private static void FindsTheTopics(Tensor vectors)
    {
        for (var word = 0L; word < Words; word++)
            Assert.All(Neighbours.Nearest(vectors, word, 4), near => Assert.Equal(word / 5, near.Id / 5));
    }

    private static IReadOnlyList<IReadOnlyList<long>> Made()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 120).Select(n => (IReadOnlyList<long>)[.. Enumerable.Range(0, 6).Select(_ => 5L * (n % 2) + random.Next(5))])];
    }

    private static IReadOnlyList<long> Counts() => [.. Enumerable.Range(0, Words).Select(word => (long)Sentences.Sum(sentence => sentence.Count(id => id == word)))];
}
