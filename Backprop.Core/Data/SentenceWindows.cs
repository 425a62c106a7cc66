using Backprop.Shapes;

namespace Backprop.Data;

/// <summary>The windows of a sentence, and corrupt windows to rank them against.</summary>
public static class SentenceWindows
{
    /// <summary>Every window of <paramref name="size"/> words, N×K with N = words − size + 1; the word in the middle is the one it is about.</summary>
    /// <param name="sentence">The ids of its words, in order (int64).</param>
    /// <param name="size">Odd, so that there is a middle.</param>
    /// <exception cref="ArgumentException">sentence is not one dimension of int64, or has fewer words than the window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">size is not odd and positive, or an id is negative.</exception>
    public static Tensor Of(Tensor sentence, int size)
    {
        Expect.Indices(sentence, nameof(sentence), long.MaxValue);
        if (size < 1 || size % 2 == 0) throw new ArgumentOutOfRangeException(nameof(size), size, $"size: expected an odd number of at least 1, so that a window has a middle, got {size}.");
        if (size > sentence.shape[0]) throw new ArgumentException($"sentence: expected at least {size} words, as many as a window has, got {sentence.shape[0]}.", nameof(sentence));
        return torch.stack(Enumerable.Range(0, (int)sentence.shape[0] - size + 1).Select(start => sentence.narrow(0, start, size)));
    }

    /// <summary>The same windows with another word in the middle of each, any of the vocabulary but the right one.</summary>
    /// <param name="windows">N×K ids below <paramref name="vocabulary"/> (int64).</param>
    /// <param name="vocabulary">The number of words, at least 2.</param>
    /// <param name="seed">The same seed gives the same words.</param>
    /// <exception cref="ArgumentException">windows are not N×K of int64 with K ≥ 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is out of range, or there is no other word.</exception>
    public static Tensor Corrupt(Tensor windows, long vocabulary, int seed)
    {
        if (vocabulary < 2) throw new ArgumentOutOfRangeException(nameof(vocabulary), vocabulary, $"vocabulary: expected at least 2 words, so that there is another, got {vocabulary}.");
        Expect.IndexRows(windows, nameof(windows), "N×K", 1, vocabulary);
        var random = new Random(seed);
        var (count, size) = (windows.shape[0], windows.shape[1]);
        var middle = windows.narrow(1, size / 2, 1);
        // A step of 1 to V − 1 around the circle of words never comes back to where it started.
        long[] steps = [.. Enumerable.Range(0, (int)count).Select(_ => random.NextInt64(1, vocabulary))];
        var other = (middle + torch.tensor(steps, [count, 1], torch.int64).to(windows.device)).remainder(vocabulary);
        return torch.cat([windows.narrow(1, 0, size / 2), other, windows.narrow(1, size / 2 + 1, size - size / 2 - 1)], 1);
    }
}
