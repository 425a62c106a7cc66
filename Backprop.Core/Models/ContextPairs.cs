namespace Backprop.Models;

/// <summary>Which words stand beside which: the training examples of skip-gram, and what co-occurrence counts.</summary>
/// <remarks>Source: notes 004, lines 141–147 and 175: "Today I am giving a lecture" with a window of 1 pairs I with Today and I with am.</remarks>
/// <param name="Centres">The id of the word in the middle, for each pair.</param>
/// <param name="Outsides">The id of the word beside it.</param>
public sealed record ContextPairs(IReadOnlyList<long> Centres, IReadOnlyList<long> Outsides)
{
    /// <summary>The number of pairs.</summary>
    public int Count => Centres.Count;

    /// <summary>Every word with each of the words up to <paramref name="window"/> places to its left and right; at the ends of a sentence there are fewer.</summary>
    /// <param name="sentences">Ids of words, sentence by sentence.</param>
    /// <param name="window">At least 1, and shorter than the longest sentence.</param>
    /// <exception cref="ArgumentException">No sentence has two words.</exception>
    /// <exception cref="ArgumentOutOfRangeException">window is not positive, or reaches beyond every sentence.</exception>
    public static ContextPairs Of(IReadOnlyList<IReadOnlyList<long>> sentences, int window)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var longest = sentences.Select(sentence => sentence.Count).DefaultIfEmpty(0).Max();
        if (longest < 2) throw new ArgumentException($"sentences: expected at least two words in a sentence, got {longest}.", nameof(sentences));
        if (window < 1 || window >= longest)
            throw new ArgumentOutOfRangeException(nameof(window), window, $"window: expected 1 … {longest - 1}, since the longest sentence has {longest} words, got {window}.");
        var (centres, outsides) = (new List<long>(), new List<long>());
        foreach (var sentence in sentences)
            for (var i = 0; i < sentence.Count; i++)
                for (var j = Math.Max(0, i - window); j <= Math.Min(sentence.Count - 1, i + window); j++)
                {
                    if (j == i) continue;
                    centres.Add(sentence[i]);
                    outsides.Add(sentence[j]);
                }
        return new(centres, outsides);
    }
}
