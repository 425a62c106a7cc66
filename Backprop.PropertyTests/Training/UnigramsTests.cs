using Backprop.Training;

namespace Backprop.PropertyTests.Training;

public class UnigramsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.75)]
    [InlineData(1)]
    public void DrawsAsOftenAsTheCountsSay(double power)
    {
        long[] counts = [1000, 100, 100, 1];
        var weights = counts.Select(count => Math.Pow(count, power)).ToArray();
        const int n = 100_000;
        var drawn = new Unigrams(counts, power, 1).Draw(n).CountBy(id => id).ToDictionary();
        for (var id = 0; id < counts.Length; id++)
        {
            var p = weights[id] / weights.Sum();
            Assert.InRange(drawn.GetValueOrDefault(id) - n * p, -5 * Math.Sqrt(n * p * (1 - p)), 5 * Math.Sqrt(n * p * (1 - p)));
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameWords() => Assert.Equal(new Unigrams([3, 2, 1], 0.75, 5).Draw(50), new Unigrams([3, 2, 1], 0.75, 5).Draw(50));

    [Fact]
    public void OneWordIsAlwaysDrawn() => Assert.Equal([0, 0, 0], new Unigrams([7], 0.75, 5).Draw(3));

    [Fact]
    public void RefusesAnEmptyVocabularyAndWordsThatNeverOccur()
    {
        Assert.Contains("got an empty vocabulary", Assert.Throws<ArgumentException>(() => new Unigrams([], 1, 1)).Message);
        Assert.Contains("counts: expected counts of at least 1, got 0", Assert.Throws<ArgumentException>(() => new Unigrams([1, 0], 1, 1)).Message);
    }
}
