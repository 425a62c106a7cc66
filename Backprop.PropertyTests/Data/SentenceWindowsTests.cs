using Backprop.Data;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Data;

public class SentenceWindowsTests
{
    [Fact]
    public void WindowsSlideAlongTheSentence() => ForAll(Gen.Select(Gen.Int[0, 2], Gen.Long[0, 50].Array[5, 9]), input =>
    {
        var (size, words) = (2 * input.Item1 + 1, input.Item2);
        var windows = SentenceWindows.Of(Labels(words), size);
        Assert.Equal([words.Length - size + 1, size], windows.shape);
        for (var start = 0; start + size <= words.Length; start++) Assert.Equal(words[start..(start + size)], windows[start].data<long>());
    });

    [Fact]
    public void CorruptWindowsDifferInTheMiddleAndNowhereElse() => ForAll(Gen.Select(Gen.Int[2, 9], Gen.Int[1, 5], Gen.Int[0, 1000]), input =>
    {
        var (vocabulary, size, seed) = input;
        var random = new Random(seed);
        var windows = Labels([.. Enumerable.Range(0, 3 * size).Select(_ => random.NextInt64(vocabulary))]).reshape(3, size);
        var corrupt = SentenceWindows.Corrupt(windows, vocabulary, seed);
        Assert.Equal(windows.shape, corrupt.shape);
        for (var n = 0; n < 3; n++)
            for (var k = 0; k < size; k++)
            {
                var (before, after) = (windows[n, k].item<long>(), corrupt[n, k].item<long>());
                Assert.InRange(after, 0, vocabulary - 1);
                Assert.Equal(k == size / 2, before != after);
            }
        Assert.Equal(corrupt.data<long>(), SentenceWindows.Corrupt(windows, vocabulary, seed).data<long>());
    });

    [Fact]
    public void EveryOtherWordIsDrawn()
    {
        using var scope = torch.NewDisposeScope();
        var corrupt = SentenceWindows.Corrupt(torch.full([200, 1], 3, torch.int64), 6, seed: 5);
        Assert.Equal([0L, 1, 2, 4, 5], corrupt.data<long>().Distinct().Order());
    }

    [Fact]
    public void RefusesWhatHasNoWindow()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("sentence: expected at least 5 words, as many as a window has, got 4", Assert.Throws<ArgumentException>(() => SentenceWindows.Of(Labels(1, 2, 3, 4), 5)).Message);
        Assert.Contains("size: expected an odd number of at least 1, so that a window has a middle, got 4", Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWindows.Of(Labels(1, 2, 3, 4), 4)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWindows.Of(Labels(1, 2), 0));
        Assert.Contains("sentence: expected int64 indices of one dimension", Assert.Throws<ArgumentException>(() => SentenceWindows.Of(torch.zeros(3), 1)).Message);
        Assert.Contains("vocabulary: expected at least 2 words, so that there is another, got 1", Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWindows.Corrupt(torch.zeros(1, 1, torch.int64), 1, 0)).Message);
        Assert.Contains("windows: expected indices in 0 … 2, got 5", Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWindows.Corrupt(torch.full([1, 1], 5, torch.int64), 3, 0)).Message);
        Assert.Contains("windows: expected int64 indices of shape N×K, at least 1 in a row", Assert.Throws<ArgumentException>(() => SentenceWindows.Corrupt(Labels(), 3, 0)).Message);
    }
}
