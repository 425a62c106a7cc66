namespace Backprop.Data;

/// <summary>The words of a text by how often they occur; a word's place is its id.</summary>
public sealed record Vocabulary
{
    private readonly Dictionary<string, long> _ids;

    private Vocabulary(IReadOnlyList<string> words, IReadOnlyList<long> counts) =>
        (Words, Counts, _ids) = (words, counts, words.Select((word, id) => (word, id)).ToDictionary(pair => pair.word, pair => (long)pair.id, StringComparer.Ordinal));

    /// <summary>The most frequent first; of equals, by their characters.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How often each occurs.</summary>
    public IReadOnlyList<long> Counts { get; }

    /// <summary>The number of words, V.</summary>
    public int Count => Words.Count;

    /// <summary>The vocabulary of some sentences.</summary>
    /// <param name="sentences">Words, sentence by sentence.</param>
    /// <param name="leastCount">Words that occur less often are left out.</param>
    /// <exception cref="ArgumentException">No word occurs as often: the vocabulary would be empty.</exception>
    public static Vocabulary Of(IReadOnlyList<IReadOnlyList<string>> sentences, long leastCount = 1)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var words = sentences.SelectMany(sentence => sentence).CountBy(word => word, StringComparer.Ordinal).Where(pair => pair.Value >= leastCount)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        if (words.Count == 0)
            throw new ArgumentException($"sentences: expected a word that occurs at least {leastCount} times, got {sentences.Sum(sentence => sentence.Count)} words of which none does.", nameof(sentences));
        return new([.. words.Select(pair => pair.Key)], [.. words.Select(pair => (long)pair.Value)]);
    }

    /// <summary>A vocabulary that was stored: these words in this order, with their counts.</summary>
    /// <exception cref="ArgumentException">There is no word, one comes twice, or there are more or fewer counts than words.</exception>
    public static Vocabulary Restore(IReadOnlyList<string> words, IReadOnlyList<long> counts)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(counts);
        if (words.Count == 0 || words.Count != counts.Count || words.Distinct(StringComparer.Ordinal).Count() < words.Count)
            throw new ArgumentException($"words: expected different words with a count each, got {words.Count} words, {words.Distinct(StringComparer.Ordinal).Count()} different, and {counts.Count} counts.", nameof(words));
        return new(words, counts);
    }

    /// <summary>The id of a word, or null for a word that is not in the vocabulary.</summary>
    public long? Find(string word) => _ids.TryGetValue(word, out var id) ? id : null;

    /// <summary>The ids of a sentence's words; words that are not in the vocabulary are left out, so that their neighbours move together.</summary>
    public IReadOnlyList<long> Encode(IReadOnlyList<string> sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return [.. sentence.Select(Find).OfType<long>()];
    }

    /// <summary>The ids of all words of a sentence; one that is not in the vocabulary has the id <see cref="Count"/>.</summary>
    public IReadOnlyList<long> EncodeAll(IReadOnlyList<string> sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return [.. sentence.Select(word => Find(word) ?? Count)];
    }

    /// <summary>The sentences as ids, with the most frequent words thinned out: a word of frequency f stays with probability √(t / f), always where f is below t.</summary>
    /// <remarks>Source: Mikolov et al., Distributed Representations of Words and Phrases (2013), section 2.3.</remarks>
    /// <param name="sentences">Words, sentence by sentence.</param>
    /// <param name="threshold">t, positive; infinity keeps every word.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">threshold is not positive.</exception>
    public IReadOnlyList<IReadOnlyList<long>> Thin(IReadOnlyList<IReadOnlyList<string>> sentences, double threshold, int seed)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        if (!(threshold > 0)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, $"threshold: expected a positive number, got {threshold}.");
        var (total, random) = ((double)Counts.Sum(), new Random(seed));
        return [.. sentences.Select(sentence => (IReadOnlyList<long>)[.. Encode(sentence).Where(id => random.NextDouble() < Math.Sqrt(threshold * total / Counts[(int)id]))])];
    }

    /// <inheritdoc/>
    public bool Equals(Vocabulary? other) => other is not null && Words.SequenceEqual(other.Words, StringComparer.Ordinal) && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Words[0], Counts[0]);
}
