namespace Backprop.Training;

/// <summary>Draws words by how often they occur, to a power: frequent words are drawn more often, but not as often as they stand in the text.</summary>
/// <remarks>Source: Mikolov et al., Distributed Representations of Words and Phrases (2013), section 2.2, where the power is ¾.</remarks>
public sealed class Unigrams
{
    private readonly double[] _upTo;
    private readonly Random _random;

    /// <summary>A sampler; the same seed gives the same words.</summary>
    /// <param name="counts">How often each word occurs.</param>
    /// <param name="power">1: as in the text; 0: all alike.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">No word, or a count that is not positive.</exception>
    public Unigrams(IReadOnlyList<long> counts, double power, int seed)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count == 0) throw new ArgumentException("counts: expected at least one word, got an empty vocabulary.", nameof(counts));
        if (counts.Any(count => count < 1)) throw new ArgumentException($"counts: expected counts of at least 1, got {counts.Min()}.", nameof(counts));
        var sum = 0.0;
        _upTo = [.. counts.Select(count => sum += Math.Pow(count, power))];
        _random = new(seed);
    }

    /// <summary>The ids of as many words.</summary>
    public IReadOnlyList<long> Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => One())];

    private long One()
    {
        var place = Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]);
        // Found: the draw is where one word ends, which belongs to the next; not found: the complement of the first that is greater.
        return Math.Min(place < 0 ? ~place : place + 1, _upTo.Length - 1);
    }
}
