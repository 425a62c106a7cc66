using System.Globalization;
using System.Text;

namespace Backprop.Data;

/// <summary>How a sentence was judged, from worst to best.</summary>
public enum Sentiment
{
    /// <summary>VERY_NEGATIVE.</summary>
    VeryNegative,

    /// <summary>NEGATIVE.</summary>
    Negative,

    /// <summary>NEUTRAL.</summary>
    Neutral,

    /// <summary>POSITIVE.</summary>
    Positive,

    /// <summary>VERY_POSITIVE.</summary>
    VeryPositive,
}

/// <summary>A sentence with its judgement.</summary>
/// <param name="Label">One of five classes.</param>
/// <param name="Score">The judgement as a number, 0 … 1.</param>
/// <param name="Words">In lower case, marks apart.</param>
public sealed record LabelledSentence(Sentiment Label, double Score, IReadOnlyList<string> Words);

/// <summary>Sentences with a judgement each, as in the files of the Stanford Sentiment Treebank: one line each, <c>LABEL:score text</c>.</summary>
public static class LabelledSentences
{
    private static readonly Dictionary<string, Sentiment> Labels = new(StringComparer.Ordinal)
    {
        ["VERY_NEGATIVE"] = Sentiment.VeryNegative,
        ["NEGATIVE"] = Sentiment.Negative,
        ["NEUTRAL"] = Sentiment.Neutral,
        ["POSITIVE"] = Sentiment.Positive,
        ["VERY_POSITIVE"] = Sentiment.VeryPositive,
    };

    /// <summary>Reads a whole file, UTF-8.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line has another form, which the message names with its number, or there is none.</exception>
    public static IReadOnlyList<LabelledSentence> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var sentences = new List<LabelledSentence>();
        using var reader = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        try
        {
            while (reader.ReadLine() is { } line) sentences.Add(Parse(line, $"{path}, line {sentences.Count + 1}"));
        }
        catch (DecoderFallbackException broken)
        {
            throw new InvalidDataException($"{path}, near line {sentences.Count + 1}: expected text in UTF-8, got other bytes.", broken);
        }
        return sentences.Count > 0 ? sentences : throw new InvalidDataException($"{path}: expected at least one line, got an empty file.");
    }

    private static LabelledSentence Parse(string line, string place)
    {
        var (colon, blank) = (line.IndexOf(':'), line.IndexOf(' '));
        if (colon < 0 || blank < colon) throw Wrong("LABEL:score text", line);
        var (label, score) = (line[..colon], line[(colon + 1)..blank]);
        if (!Labels.TryGetValue(label, out var sentiment)) throw Wrong($"one of {string.Join(", ", Labels.Keys)}", label);
        if (!double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number is >= 0 and <= 1)) throw Wrong("a score in 0 … 1", score);
        var words = Words.Of(line[blank..]);
        return words.Count > 0 ? new(sentiment, number, words) : throw Wrong("text after the score", line);

        InvalidDataException Wrong(string expected, string got) => new($"{place}: expected {expected}, got '{(got.Length <= 40 ? got : got[..40] + "…")}'.");
    }
}
