using System.Text;
using Backprop.Data;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>Text by the words of the command line.</summary>
internal static class SentenceSources
{
    /// <summary>What a source of sentences may be.</summary>
    internal const string Sources = "places, text:FILE, sst:FOLDER or sst2:FOLDER";

    /// <summary>Whether the source's sentences have classes.</summary>
    internal static bool AreLabelled(string source) => source.Split(':', 2) is ["sst" or "sst2", { Length: > 0 }];

    /// <summary>Sentences with marks at the places; without where the source knows of none.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    /// <param name="part">Of the treebank: "train", "dev" or "test".</param>
    /// <param name="seed">Made-up sentences come from it.</param>
    /// <param name="each">Whether every line of a text must be a sentence, since an answer is to stand in the same line; otherwise empty ones are passed over.</param>
    internal static IReadOnlyList<MarkedSentence> Read(string source, string part, int seed, bool each = false) => source.Split(':', 2) switch
    {
        ["places"] => PlaceSentences.Of(seed: seed),
        ["text", { Length: > 0 } file] => Lines(file, each),
        ["sst" or "sst2", { Length: > 0 }] => [.. Labelled(source, part).Sentences.Select(sentence => new MarkedSentence(sentence, []))],
        _ => throw new ArgumentException($"data: expected {Sources} for a model of words, got '{source}'.", nameof(source)),
    };

    /// <summary>Sentences with a class each: five for sst, two for sst2, which leaves neutral ones out.</summary>
    internal static LabelledText Labelled(string source, string part)
    {
        if (source.Split(':', 2) is not ["sst" or "sst2", { Length: > 0 } folder]) throw new ArgumentException($"data: expected sst:FOLDER or sst2:FOLDER, got '{source}'.", nameof(source));
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        var read = LabelledSentences.Read(Path.Combine(folder, part + ".txt"));
        return source.StartsWith("sst2", StringComparison.Ordinal)
            ? Of([.. read.Where(one => one.Label != Sentiment.Neutral)], ["negative", "positive"], one => one.Label > Sentiment.Neutral ? 1 : 0)
            : Of(read, ["very negative", "negative", "neutral", "positive", "very positive"], one => (long)one.Label);

        static LabelledText Of(IReadOnlyList<LabelledSentence> sentences, IReadOnlyList<string> classes, Func<LabelledSentence, long> label) => new([.. sentences.Select(one => one.Words)], [.. sentences.Select(label)], classes);
    }

    /// <summary>N×K ids, −1 after a sentence's last word.</summary>
    internal static torch.Tensor Padded(IReadOnlyList<IReadOnlyList<string>> sentences, Vocabulary words)
    {
        var longest = sentences.Max(sentence => sentence.Count);
        var ids = new long[sentences.Count * longest];
        Array.Fill(ids, -1);
        for (var i = 0; i < sentences.Count; i++) words.EncodeAll(sentences[i]).ToArray().CopyTo(ids, i * longest);
        return torch.tensor(ids, [sentences.Count, longest], torch.int64);
    }

    private static IReadOnlyList<MarkedSentence> Lines(string path, bool each)
    {
        if (Directory.Exists(path)) throw new InvalidDataException($"{path}: expected a file, got a folder.");
        var (sentences, lines) = (new List<MarkedSentence>(), 0);
        try
        {
            foreach (var line in File.ReadLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true)))
            {
                lines++;
                if (Words.Of(line) is not { Count: > 0 } words) continue;
                if (each && sentences.Count < lines - 1) throw new InvalidDataException($"{path}, line {sentences.Count + 1}: expected a sentence, found no word.");
                sentences.Add(new(words, []));
            }
        }
        catch (DecoderFallbackException broken)
        {
            throw new InvalidDataException($"{path}: expected text in UTF-8, got other bytes.", broken);
        }
        return sentences.Count > 0 ? sentences : throw new InvalidDataException($"{path}: expected a sentence on each line, found no word.");
    }
}

/// <summary>Sentences that are told apart.</summary>
/// <param name="Sentences">Their words.</param>
/// <param name="Labels">The class of each.</param>
/// <param name="Classes">The names of the classes.</param>
internal sealed record LabelledText(IReadOnlyList<IReadOnlyList<string>> Sentences, IReadOnlyList<long> Labels, IReadOnlyList<string> Classes);
