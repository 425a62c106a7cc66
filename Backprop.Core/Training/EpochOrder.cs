namespace Backprop.Training;

/// <summary>The order in which an epoch sees the examples: a pure function of seed and epoch, so that a run can go on in the midst of one.</summary>
public static class EpochOrder
{
    /// <summary>The numbers 0 … examples − 1, shuffled.</summary>
    /// <param name="examples">How many there are.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="epoch">The number of epochs before this one.</param>
    public static IReadOnlyList<int> Of(int examples, int seed, long epoch)
    {
        var order = Enumerable.Range(0, examples).ToArray();
        new Random(Mixed(seed, epoch)).Shuffle(order);
        return order;
    }

    /// <summary>The finaliser of SplitMix64: neighbouring seeds and epochs give unrelated numbers. HashCode.Combine differs from process to process.</summary>
    public static int Mixed(int seed, long number)
    {
        var z = unchecked((ulong)(uint)seed * 0x9E3779B97F4A7C15UL + (ulong)number * 0xD1342543DE82EF95UL + 0x2545F4914F6CDD1DUL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return (int)((z ^ (z >> 31)) & int.MaxValue);
    }
}
