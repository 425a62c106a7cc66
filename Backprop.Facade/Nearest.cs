namespace Backprop.Facade;

/// <summary>What a mistyped name may have meant.</summary>
internal static class Nearest
{
    /// <summary>The three nearest names: those that contain it or are contained, then by edit distance.</summary>
    internal static IReadOnlyList<string> To(string name, IEnumerable<string> known) =>
        [.. known.OrderBy(other => name.Length > 0 && (other.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(other, StringComparison.OrdinalIgnoreCase)) ? 0 : 1)
            .ThenBy(other => Distance(name.ToLowerInvariant(), other.ToLowerInvariant())).ThenBy(other => other, StringComparer.Ordinal).Take(3)];

    /// <summary>Levenshtein's: the fewest insertions, deletions and changes.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }
        return row[^1];
    }
}
