using Backprop.Data;

namespace Backprop.PropertyTests.Data;

public class PlaceSentencesTests
{
    [Fact]
    public void PlacesStandWhereTheyAreMarked()
    {
        var sentences = PlaceSentences.Of(3000);
        Assert.All(sentences, sentence => Assert.Equal(sentence.Words.Count, sentence.IsPlace.Count));
        var (places, others) = (Named(true), Named(false));
        Assert.Equal(20, places.Count);
        // Ten are people too, and nothing else is both.
        Assert.Equal(10, places.Intersect(others, StringComparer.Ordinal).Count());
        Assert.Contains("paris", places.Intersect(others, StringComparer.Ordinal));
        Assert.Contains("museums", others);

        HashSet<string> Named(bool place) => [.. sentences.SelectMany(sentence => sentence.Words.Zip(sentence.IsPlace)).Where(word => word.Second == place).Select(word => word.First)];
    }

    [Fact]
    public void TheSeedDecides()
    {
        Assert.Equal(Text(1), Text(1));
        Assert.NotEqual(Text(1), Text(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PlaceSentences.Of(0));

        static string Text(int seed) => string.Join('\n', PlaceSentences.Of(50, seed).Select(sentence => string.Join(' ', sentence.Words)));
    }
}
