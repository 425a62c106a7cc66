using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>How often words stand near each other: the entries of the symmetric V×V matrix X that are not 0.</summary>
/// <remarks>Source: notes 004, lines 206–218 (the actual co-occurrence statistics P_ij, for every pair of words).</remarks>
/// <param name="Vocabulary">V, the number of words.</param>
/// <param name="Rows">i of each entry (int64), in ascending order of i, then j.</param>
/// <param name="Columns">j of each entry (int64).</param>
/// <param name="Counts">X_ij (float64).</param>
public sealed record CoOccurrence(long Vocabulary, Tensor Rows, Tensor Columns, Tensor Counts)
{
    /// <summary>Counts the pairs of every window.</summary>
    /// <param name="sentences">Ids of words, sentence by sentence.</param>
    /// <param name="vocabulary">V: ids are 0 … V − 1.</param>
    /// <param name="window">How many words to the left and to the right count as near.</param>
    /// <exception cref="ArgumentOutOfRangeException">vocabulary is not positive, an id is out of range, or as for <see cref="ContextPairs"/>.</exception>
    public static CoOccurrence Of(IReadOnlyList<IReadOnlyList<long>> sentences, long vocabulary, int window)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        if (vocabulary < 1) throw new ArgumentOutOfRangeException(nameof(vocabulary), vocabulary, $"vocabulary: expected at least one word, got {vocabulary}.");
        if (sentences.SelectMany(sentence => sentence).Where(id => id < 0 || id >= vocabulary).Select(id => (long?)id).FirstOrDefault() is { } wrong)
            throw new ArgumentOutOfRangeException(nameof(sentences), $"sentences: expected ids in 0 … {vocabulary - 1}, got {wrong}.");
        var pairs = ContextPairs.Of(sentences, window);
        var counts = new SortedDictionary<(long Row, long Column), double>();
        for (var n = 0; n < pairs.Count; n++)
        {
            var key = (pairs.Centres[n], pairs.Outsides[n]);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        return new(vocabulary, torch.tensor(counts.Keys.Select(key => key.Row).ToArray(), torch.int64), torch.tensor(counts.Keys.Select(key => key.Column).ToArray(), torch.int64),
            torch.tensor(counts.Values.ToArray(), torch.float64));
    }

    /// <summary>X, V×V, zeros written out.</summary>
    public Tensor Dense() => torch.zeros(Vocabulary * Vocabulary, dtype: torch.float64).index_add(0, Rows * Vocabulary + Columns, Counts, 1).reshape(Vocabulary, Vocabulary);

    /// <summary>Positive pointwise mutual information, max(0, log(X_ij ΣX / (Σ_k X_ik Σ_k X_kj))), V×V; 0 where X is 0.</summary>
    /// <param name="counts">X, V×V, no negative entry.</param>
    /// <exception cref="ArgumentException">counts is no square floating-point matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or NaN.</exception>
    public static Tensor PositiveMutualInformation(Tensor counts)
    {
        Expect.Form(counts, nameof(counts), "V×V");
        Expect.Size(counts, nameof(counts), 1, counts.shape[0], "as many columns as rows");
        Expect.NonNegative(counts, nameof(counts));
        var expected = counts.sum(1L, keepdim: true) * counts.sum(0L, keepdim: true) / counts.sum();
        return (counts / expected).log().masked_fill(counts.eq(0), 0).relu();
    }
}
