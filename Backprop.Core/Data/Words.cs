using System.Text.RegularExpressions;

namespace Backprop.Data;

/// <summary>Cuts text into words.</summary>
public static class Words
{
    // A word may hold apostrophes, hyphens and points between its letters (co-writer, n't, j.r.r); 's stands alone; other marks stand together (..., --).
    private static readonly Regex Token = new(@"[\p{L}\p{N}]+(?:['’.\-][\p{L}\p{N}]+)*|['’]\p{L}+|['’]+|[^\s\p{L}\p{N}'’]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The words and marks of a text in lower case, in order.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Token.Matches(text.ToLowerInvariant()).Select(match => match.Value)];
    }
}
