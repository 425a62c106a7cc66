using Backprop.Data;
using Backprop.Models;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>Word vectors from text: skip-gram, cbow or glove.</summary>
internal sealed class WordVectorTask : TrainingTask
{
    private readonly WordVectorModel _model;
    private readonly Vocabulary _words;
    private readonly WordExamples _examples;
    private readonly torch.Device _device;
    private readonly int _seed;

    internal WordVectorTask(TrainRequest request)
    {
        Choices.RefuseTables(request);
        Choices.RefusePenalty(request);
        if (request.Validation > 0) throw new ArgumentException($"validation: {request.Model} keeps nothing from training; its vectors are judged by what they are used for.", nameof(request));
        (_device, _seed) = (torch.device(request.Device), request.Seed);
        var sentences = SentenceSources.Read(request.Data, "train", request.Seed);
        _words = Vocabulary.Of([.. sentences.Select(sentence => sentence.Words)], request.LeastCount);
        _model = ModelOf(request, _words);
        _examples = WordExamples.Of(request, sentences, _words);
    }

    internal override TrainableModel Model => _model;

    internal override int Count => _examples.Count;

    internal override Meaning Meaning => new() { Words = _words };

    internal override Batch Rows(IReadOnlyList<int>? rows, int draw) => _examples.Rows(rows, draw).To(_device);

    // Not the draws of a step.
    internal override Judgement OnTraining(IReadOnlyList<torch.Tensor> parameters) => new(Judged.MeanLoss(_model, parameters, Rows(null, EpochOrder.Mixed(_seed, -1))), null);

    internal override Judgement? OnHeldOut(IReadOnlyList<torch.Tensor> parameters) => null;

    internal static WordVectorModel ModelOf(TrainRequest request, Vocabulary words) => request.Model switch
    {
        "skip-gram" => new SkipGramVectors(words.Count, request.Dimensions),
        "cbow" => new CbowVectors(words.Count, request.Dimensions),
        _ => new GloveVectors(words.Count, request.Dimensions),
    };
}

/// <summary>What word vectors learn from: pairs or windows of words.</summary>
/// <param name="Inputs">An example a row.</param>
/// <param name="Targets">The same; null where they are drawn for each step.</param>
/// <param name="Drawn">Draws as many words, from a seed.</param>
internal sealed record WordExamples(torch.Tensor Inputs, torch.Tensor? Targets, Func<int, int, torch.Tensor> Drawn)
{
    internal int Count => (int)Inputs.shape[0];

    internal static WordExamples Of(TrainRequest request, IReadOnlyList<MarkedSentence> sentences, Vocabulary words)
    {
        if (request.Window < 3 || request.Window % 2 == 0) throw new ArgumentException($"window: expected an odd number of words of at least 3: one in the middle and as many on each side, got {request.Window}.", nameof(request));
        if (request.Negatives < 1) throw new ArgumentException($"negatives: expected at least 1, got {request.Negatives}.", nameof(request));
        var encoded = sentences.Select(sentence => words.Encode(sentence.Words)).ToList();
        var longest = encoded.Max(sentence => sentence.Count);
        var side = request.Window / 2;
        if (longest <= side || (request.Model == "cbow" && longest < request.Window)) throw new ArgumentException($"data: expected a sentence as long as a window of {request.Window} words, got at most {longest} known words in one.", nameof(request));
        switch (request.Model)
        {
            case "skip-gram":
                var pairs = ContextPairs.Of(encoded, side);
                if ((long)pairs.Count * request.Negatives > Array.MaxLength) throw new ArgumentException($"negatives: expected at most {Array.MaxLength / pairs.Count} for the {pairs.Count} pairs of these data, got {request.Negatives}.", nameof(request));
                return new(Pairs(pairs.Centres, pairs.Outsides), null, (count, seed) => torch.tensor(new Unigrams(words.Counts, 0.75, seed).Draw(count * request.Negatives).ToArray(), [count, request.Negatives], torch.int64));
            case "cbow":
                var windows = torch.cat([.. encoded.Where(sentence => sentence.Count >= request.Window).Select(sentence => SentenceWindows.Of(torch.tensor(sentence.ToArray(), torch.int64), request.Window))], 0);
                return new(torch.cat([windows.narrow(1, 0, side), windows.narrow(1, side + 1, side)], 1), windows.select(1, side), Nothing);
            default:
                var counts = CoOccurrence.Of(encoded, words.Count, side);
                return new(torch.stack([counts.Rows, counts.Columns], 1), counts.Counts.to_type(Choices.DtypeOf(request)), Nothing);
        }

        static torch.Tensor Nothing(int count, int seed) => throw new InvalidOperationException("nothing is drawn for these examples.");
    }

    internal Batch Rows(IReadOnlyList<int>? rows, int draw)
    {
        if (rows is null) return new(Inputs, Targets ?? Drawn(Count, draw));
        var numbers = torch.tensor(rows.Select(row => (long)row).ToArray(), torch.int64);
        return new(Inputs.index_select(0, numbers), Targets?.index_select(0, numbers) ?? Drawn(rows.Count, draw));
    }

    private static torch.Tensor Pairs(IReadOnlyList<long> first, IReadOnlyList<long> second) => torch.tensor(first.Zip(second, (a, b) => new[] { a, b }).SelectMany(pair => pair).ToArray(), [first.Count, 2], torch.int64);
}

/// <summary>Trained word vectors, and text.</summary>
internal sealed class TrainedWordVectors : TrainedModel
{
    private const int Near = 5;

    private readonly TrainRequest _request;
    private readonly WordVectorModel _model;
    private readonly Vocabulary _words;
    private readonly IReadOnlyList<MarkedSentence> _sentences;
    private readonly IReadOnlyList<torch.Tensor> _parameters;

    internal TrainedWordVectors(Checkpoint checkpoint, TrainRequest request, string data)
    {
        (_request, _words) = (request, checkpoint.WordsOrThrow());
        _sentences = SentenceSources.Read(data, "test", request.Seed + 1);
        _model = WordVectorTask.ModelOf(request, _words);
        _parameters = ParametersOf(checkpoint, _model, request);
    }

    /// <summary>Each word of the text, once, with the nearest words of the vocabulary.</summary>
    internal override IReadOnlyList<string> Predict()
    {
        var vectors = _model.Vectors(_parameters);
        var near = Math.Min(Near, _words.Count - 1);
        return [.. _sentences.SelectMany(sentence => sentence.Words).Distinct(StringComparer.Ordinal).Select(word => _words.Find(word) is not { } id ? $"{word}: not in the vocabulary"
            : near == 0 ? $"{word}: the only word" : $"{word}: {string.Join(", ", Neighbours.Nearest(vectors, id, near).Select(neighbour => _words.Words[(int)neighbour.Id]))}")];
    }

    internal override EvaluateReport Evaluate()
    {
        var examples = WordExamples.Of(_request, _sentences, _words);
        return new(examples.Count, Judged.MeanLoss(_model, _parameters, examples.Rows(null, EpochOrder.Mixed(_request.Seed, -1))), null, null, [], []);
    }
}
