namespace Backprop.Data;

/// <summary>A sentence of which it is known where it names a place.</summary>
/// <param name="Words">In lower case.</param>
/// <param name="IsPlace">For each word.</param>
public sealed record MarkedSentence(IReadOnlyList<string> Words, IReadOnlyList<bool> IsPlace);

/// <summary>Made-up sentences about places and people. Ten names are either: only the words around tell Paris the city from Paris the person, which is what windows are for.</summary>
/// <remarks>Source: notes 004, lines 702–720 ("museums in Paris are amazing"; "in" says something about location).</remarks>
public static class PlaceSentences
{
    private static readonly string[] Either = ["paris", "florence", "jordan", "chelsea", "austin", "victoria", "charlotte", "georgia", "sydney", "madison"];

    private static readonly Dictionary<string, string[]> Choices = new(StringComparer.Ordinal)
    {
        ["PLACE"] = [.. Either, "london", "rome", "tokyo", "cairo", "lima", "oslo", "delhi", "boston", "vienna", "athens"],
        ["PERSON"] = [.. Either, "anna", "peter", "maria", "john", "lucy", "omar", "chen", "ivan", "nora", "hugo"],
        ["SIGHTS"] = ["museums", "parks", "markets", "streets", "gardens", "towers", "bridges", "palaces"],
        ["FINE"] = ["amazing", "old", "crowded", "quiet", "famous", "open", "lovely", "small"],
        ["WHEN"] = ["today", "tomorrow", "yesterday", "again", "now", "soon"],
        ["BY"] = ["train", "bus", "boat", "plane", "bike", "car"],
        ["KIN"] = ["friend", "sister", "brother", "teacher", "neighbour", "cousin"],
        ["DOES"] = ["likes", "hates", "cooks", "buys", "sells", "paints"],
        ["THINGS"] = ["soup", "bread", "apples", "flowers", "books", "music", "chess", "football"],
    };

    private static readonly string[][] Forms =
    [
        .. new[]
        {
            "the SIGHTS in PLACE are FINE WHEN", "not all SIGHTS in PLACE are FINE WHEN", "we went from PLACE to PLACE by BY WHEN", "the BY to PLACE left early WHEN",
            "many people in PLACE said the SIGHTS were FINE", "they flew to PLACE and saw FINE SIGHTS", "my KIN lives near PLACE with her KIN", "the weather in PLACE was FINE WHEN",
            "my KIN PERSON DOES THINGS every day", "WHEN my KIN PERSON said the SIGHTS were FINE", "the teacher told PERSON that THINGS are FINE", "I met PERSON and her KIN WHEN",
            "does your KIN PERSON play THINGS WHEN", "every evening PERSON DOES THINGS with my KIN", "at home PERSON DOES THINGS and THINGS", "the SIGHTS were FINE said PERSON to her KIN",
        }.Select(form => form.Split(' ')),
    ];

    /// <summary>Sentences of several forms, each as likely.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same sentences on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">count is not positive.</exception>
    public static IReadOnlyList<MarkedSentence> Of(int count = 2000, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => One(Forms[random.Next(Forms.Length)], random))];
    }

    private static MarkedSentence One(string[] form, Random random) =>
        new([.. form.Select(word => Choices.TryGetValue(word, out var some) ? some[random.Next(some.Length)] : word.ToLowerInvariant())], [.. form.Select(word => word == "PLACE")]);
}
