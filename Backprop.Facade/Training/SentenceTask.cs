using Backprop.Data;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>A network on the mean of a sentence's word vectors.</summary>
internal sealed class SentenceTask : TrainingTask
{
    private readonly SentenceNetwork _model;
    private readonly Vocabulary _words;
    private readonly IReadOnlyList<string> _classes;
    private readonly Batch _training, _rest;
    private readonly torch.Tensor _labels, _restLabels;

    internal SentenceTask(TrainRequest request)
    {
        Choices.RefuseTables(request);
        if (request.Validation > 0) throw new ArgumentException("validation: the treebank has sentences of its own to judge by (dev while training, test in `evaluate`).", nameof(request));
        var (training, rest) = (SentenceSources.Labelled(request.Data, "train"), SentenceSources.Labelled(request.Data, "dev"));
        (_words, _classes) = (Vocabulary.Of(training.Sentences, request.LeastCount), training.Classes);
        _model = ModelOf(request, _words, _classes);
        var device = torch.device(request.Device);
        (_training, _labels) = BatchOf(training, _words, _model, request, device);
        (_rest, _restLabels) = BatchOf(rest, _words, _model, request, device);
    }

    internal override TrainableModel Model => _model;

    internal override int Count => (int)_labels.shape[0];

    internal override Meaning Meaning => new() { Classes = _classes, Words = _words };

    internal override Batch Rows(IReadOnlyList<int>? rows, int draw) => rows is null ? _training : _training.Rows(rows);

    internal override Judgement OnTraining(IReadOnlyList<torch.Tensor> parameters) => Of(parameters, _training, _labels);

    internal override Judgement? OnHeldOut(IReadOnlyList<torch.Tensor> parameters) => Of(parameters, _rest, _restLabels);

    /// <summary>The table has one more row, for every word that is not in the vocabulary.</summary>
    internal static SentenceNetwork ModelOf(TrainRequest request, Vocabulary words, IReadOnlyList<string> classes) => new(words.Count + 1, Choices.Network(request, request.Dimensions, classes.Count));

    internal static (Batch Batch, torch.Tensor Labels) BatchOf(LabelledText text, Vocabulary words, SentenceNetwork model, TrainRequest request, torch.Device device)
    {
        var labels = torch.tensor(text.Labels.ToArray(), torch.int64);
        return (new(SentenceSources.Padded(text.Sentences, words).to(device), Examples.TargetsOf(labels, text.Classes.Count, model.Head, Choices.DtypeOf(request)).to(device)), labels);
    }

    private Judgement Of(IReadOnlyList<torch.Tensor> parameters, Batch batch, torch.Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        return new(Judged.MeanLoss(_model, parameters, batch), Judged.ShareRight(Judged.ClassesOf(_model.Head, Judged.Outputs(_model, parameters, batch.Inputs)), labels));
    }
}

/// <summary>A trained network, and sentences.</summary>
internal sealed class TrainedSentences : TrainedModel
{
    private readonly Checkpoint _checkpoint;
    private readonly TrainRequest _request;
    private readonly SentenceNetwork _model;
    private readonly LabelledText _text;
    private readonly IReadOnlyList<torch.Tensor> _parameters;

    internal TrainedSentences(Checkpoint checkpoint, TrainRequest request, string data, bool labelled)
    {
        (_checkpoint, _request) = (checkpoint, request);
        // To be predicted, any text will do.
        _text = labelled || SentenceSources.AreLabelled(data) ? SentenceSources.Labelled(data, "test") : Unlabelled(SentenceSources.Read(data, "test", request.Seed, each: true), checkpoint.Meaning.Classes);
        if (!_text.Classes.SequenceEqual(checkpoint.Meaning.Classes, StringComparer.Ordinal))
            throw new ArgumentException($"data: expected the model's classes {string.Join(", ", checkpoint.Meaning.Classes)}, got {string.Join(", ", _text.Classes)}.", nameof(data));
        _model = SentenceTask.ModelOf(request, checkpoint.WordsOrThrow(), checkpoint.Meaning.Classes);
        _parameters = ParametersOf(checkpoint, _model, request);

        static LabelledText Unlabelled(IReadOnlyList<MarkedSentence> sentences, IReadOnlyList<string> classes) => new([.. sentences.Select(sentence => sentence.Words)], [.. sentences.Select(_ => 0L)], classes);
    }

    internal override IReadOnlyList<string> Predict() => [.. Found(SentenceSources.Padded(_text.Sentences, _checkpoint.WordsOrThrow())).data<long>().Select(c => _text.Classes[(int)c])];

    internal override EvaluateReport Evaluate()
    {
        var (batch, labels) = SentenceTask.BatchOf(_text, _checkpoint.WordsOrThrow(), _model, _request, torch.CPU);
        return Report(Judged.MeanLoss(_model, _parameters, batch), Judged.Confusion(Found(batch.Inputs), labels, _text.Classes.Count), _text.Classes);
    }

    private torch.Tensor Found(torch.Tensor ids) => Judged.ClassesOf(_model.Head, Judged.Outputs(_model, _parameters, ids));
}
