using Backprop.Data;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>True windows to be ranked above corrupt ones. Where places are marked, a true window has one in its middle and a corrupt window is another of the same text;
/// elsewhere every window is true, and a corrupt one has another word in its middle.</summary>
internal sealed class WindowTask : TrainingTask
{
    private readonly WindowScoring _model;
    private readonly Vocabulary _words;
    private readonly WindowSet _training;
    private readonly WindowSet? _rest;
    private readonly torch.Device _device;
    private readonly int _seed;

    internal WindowTask(TrainRequest request)
    {
        Choices.RefuseTables(request);
        Choices.RefusePenalty(request);
        (_device, _seed) = (torch.device(request.Device), request.Seed);
        var all = SentenceSources.Read(request.Data, "train", request.Seed);
        // Whole sentences are kept, so that no window of one part reaches into the other.
        var order = EpochOrder.Of(all.Count, request.Seed, 0);
        if (!(request.Validation is >= 0 and < 1)) throw new ArgumentException($"validation: expected a share of at least 0 and below 1, got {request.Validation}.", nameof(request));
        var kept = (int)Math.Round(request.Validation * all.Count, MidpointRounding.AwayFromZero);
        if (kept == all.Count) throw new ArgumentException($"validation: a share of {request.Validation} keeps all {all.Count} sentences from training.", nameof(request));
        var training = order.Skip(kept).Order().Select(i => all[i]).ToList();
        _words = Vocabulary.Of([.. training.Select(sentence => sentence.Words)], request.LeastCount);
        _model = ModelOf(request, _words);
        _training = WindowSet.Of(training, _words, request.Window);
        _rest = kept > 0 ? WindowSet.Of([.. order.Take(kept).Order().Select(i => all[i])], _words, request.Window) : null;
    }

    internal override TrainableModel Model => _model;

    internal override int Count => (int)_training.True.shape[0];

    internal override Meaning Meaning => new() { Words = _words };

    internal override Batch Rows(IReadOnlyList<int>? rows, int draw)
    {
        var windows = rows is null ? _training.True : _training.True.index_select(0, torch.tensor(rows.Select(row => (long)row).ToArray(), torch.int64));
        return _training.Against(windows, _words.Count + 1, draw).To(_device);
    }

    internal override Judgement OnTraining(IReadOnlyList<torch.Tensor> parameters) => Of(_model, parameters, _training, _words, _seed, _device);

    internal override Judgement? OnHeldOut(IReadOnlyList<torch.Tensor> parameters) => _rest is null ? null : Of(_model, parameters, _rest, _words, _seed, _device);

    /// <summary>The table has one more row, for every word that is not in the vocabulary.</summary>
    internal static WindowScoring ModelOf(TrainRequest request, Vocabulary words) => new(words.Count + 1, request.Dimensions, request.Window, request.Hidden is [var units] ? units : Choices.UsualUnits, Choices.ActivationOf(request));

    /// <summary>The mean loss, and the share of pairs of which the true window has the higher score.</summary>
    internal static Judgement Of(WindowScoring model, IReadOnlyList<torch.Tensor> parameters, WindowSet set, Vocabulary words, int seed, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        // Always the same pairs, and not those of a training step.
        var batch = set.Against(set.True, words.Count + 1, EpochOrder.Mixed(seed, -1)).To(device);
        var above = Judged.Outputs(model, parameters, batch.Inputs).gt(Judged.Outputs(model, parameters, batch.Targets));
        return new(Judged.MeanLoss(model, parameters, batch), above.to_type(torch.float64).mean().item<double>());
    }
}

/// <summary>The windows of a text.</summary>
/// <param name="True">N×K ids.</param>
/// <param name="Others">Windows without a place in the middle, M×K; null where places are not marked.</param>
internal sealed record WindowSet(torch.Tensor True, torch.Tensor? Others)
{
    internal static WindowSet Of(IReadOnlyList<MarkedSentence> sentences, Vocabulary words, int size)
    {
        // Sentences that are shorter than a window have none.
        var fitting = sentences.Where(sentence => sentence.Words.Count >= size).ToList();
        if (size < 1 || size % 2 == 0) throw new ArgumentException($"window: expected an odd number of words of at least 1, so that a window has a middle, got {size}.", nameof(size));
        if (fitting.Count == 0) throw new ArgumentException($"data: expected a sentence of at least {size} words, as many as a window has, got none.", nameof(sentences));
        var windows = torch.cat([.. fitting.Select(sentence => SentenceWindows.Of(torch.tensor(words.EncodeAll(sentence.Words).ToArray(), torch.int64), size))], 0);
        if (fitting[0].IsPlace.Count == 0) return new(windows, null);
        var marks = torch.tensor(fitting.SelectMany(sentence => sentence.IsPlace.Skip(size / 2).Take(sentence.Words.Count - size + 1)).ToArray());
        var (yes, no) = (windows.index_select(0, marks.nonzero().squeeze(1)), windows.index_select(0, marks.logical_not().nonzero().squeeze(1)));
        return yes.shape[0] > 0 && no.shape[0] > 0 ? new(yes, no) : throw new ArgumentException("data: expected windows with a place in the middle and windows without, got one kind alone.", nameof(sentences));
    }

    /// <summary>True windows, each with a corrupt one.</summary>
    internal Batch Against(torch.Tensor windows, long vocabulary, int draw)
    {
        if (Others is null) return new(windows, SentenceWindows.Corrupt(windows, vocabulary, draw));
        var random = new Random(draw);
        return new(windows, Others.index_select(0, torch.tensor(Enumerable.Range(0, (int)windows.shape[0]).Select(_ => random.NextInt64(Others.shape[0])).ToArray(), torch.int64)));
    }
}

/// <summary>A trained scorer, and text.</summary>
internal sealed class TrainedWindows : TrainedModel
{
    private readonly TrainRequest _request;
    private readonly WindowScoring _model;
    private readonly Vocabulary _words;
    private readonly IReadOnlyList<MarkedSentence> _sentences;
    private readonly IReadOnlyList<torch.Tensor> _parameters;

    internal TrainedWindows(Checkpoint checkpoint, TrainRequest request, string data)
    {
        (_request, _words) = (request, checkpoint.WordsOrThrow());
        // Made-up sentences that the model has not seen.
        _sentences = SentenceSources.Read(data, "test", request.Seed + 1);
        _model = WindowTask.ModelOf(request, _words);
        _parameters = ParametersOf(checkpoint, _model, request);
    }

    internal override IReadOnlyList<string> Predict()
    {
        var fitting = _sentences.Where(sentence => sentence.Words.Count >= _request.Window).ToList();
        if (fitting.Count == 0) throw new InvalidDataException($"data: expected a sentence of at least {_request.Window} words, as many as a window has, got none.");
        var windows = torch.cat([.. fitting.Select(sentence => SentenceWindows.Of(torch.tensor(_words.EncodeAll(sentence.Words).ToArray(), torch.int64), _request.Window))], 0);
        var scores = Judged.Outputs(_model, _parameters, windows).to_type(torch.float64).reshape(-1).data<double>();
        return [.. fitting.SelectMany(sentence => Enumerable.Range(0, sentence.Words.Count - _request.Window + 1).Select(start => string.Join(' ', sentence.Words.Skip(start).Take(_request.Window))))
            .Zip(scores, (text, score) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{score:R} {text}"))];
    }

    internal override EvaluateReport Evaluate()
    {
        var set = WindowSet.Of(_sentences, _words, _request.Window);
        var (loss, accuracy) = WindowTask.Of(_model, _parameters, set, _words, _request.Seed, torch.CPU);
        return new(set.True.shape[0], loss, accuracy, null, [], []);
    }
}
