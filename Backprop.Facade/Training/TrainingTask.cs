using Backprop.Data;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>How well a model does on some examples.</summary>
/// <param name="Loss">Their mean loss.</param>
/// <param name="Accuracy">The share told right; null where nothing is told apart.</param>
internal sealed record Judgement(double Loss, double? Accuracy);

/// <summary>What a model's numbers mean: it is stored with them.</summary>
internal sealed record Meaning
{
    /// <summary>The names of the columns; none where sentences come in.</summary>
    internal IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The names of the classes; none where nothing is told apart.</summary>
    internal IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>How features are standardised; null where they are not.</summary>
    internal Standardisation? Standards { get; init; }

    /// <summary>The words that have a row in the table; null where there is none.</summary>
    internal Vocabulary? Words { get; init; }

    /// <summary>A digest of the file that the examples come from; null where they come from no single file.</summary>
    internal string? Digest { get; init; }
}

/// <summary>What a run learns, from which examples, and how it is judged.</summary>
internal abstract class TrainingTask
{
    /// <summary>The model.</summary>
    internal abstract TrainableModel Model { get; }

    /// <summary>How many examples there are to learn from.</summary>
    internal abstract int Count { get; }

    /// <summary>What is stored with the parameters.</summary>
    internal abstract Meaning Meaning { get; }

    /// <summary>Some examples.</summary>
    /// <param name="rows">Their numbers; null: all.</param>
    /// <param name="draw">What is drawn at random for them comes from it.</param>
    internal abstract Batch Rows(IReadOnlyList<int>? rows, int draw);

    /// <summary>How the model does on the examples that it learns from.</summary>
    internal abstract Judgement OnTraining(IReadOnlyList<torch.Tensor> parameters);

    /// <summary>The share of these told right, where it is cheap enough to be counted after every epoch.</summary>
    internal virtual double? AccuracyOnTheWay(IReadOnlyList<torch.Tensor> parameters) => null;

    /// <summary>The same on examples kept from it; null where there are none.</summary>
    internal abstract Judgement? OnHeldOut(IReadOnlyList<torch.Tensor> parameters);

    /// <summary>Pictures other than that of the loss.</summary>
    internal virtual void Draw(string folder, IReadOnlyList<torch.Tensor> parameters)
    {
    }

    /// <summary>The task that a request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stored">What an earlier part of this run stored; null for a new run.</param>
    internal static TrainingTask Of(TrainRequest request, Meaning? stored) => Choices.FamilyOf(request) switch
    {
        ModelFamily.Windows => new WindowTask(request),
        ModelFamily.WordVectors => new WordVectorTask(request),
        _ when SentenceSources.AreLabelled(request.Data) => new SentenceTask(request),
        _ => new TableTask(request, stored?.Standards),
    };
}

/// <summary>A model that was trained, and data to use it on.</summary>
internal abstract class TrainedModel
{
    /// <summary>What the model says of each example, a line each.</summary>
    internal abstract IReadOnlyList<string> Predict();

    /// <summary>How well it does.</summary>
    internal abstract EvaluateReport Evaluate();

    /// <summary>Reads what a use needs.</summary>
    /// <param name="folder">The run's --out.</param>
    /// <param name="data">As in <see cref="TrainRequest.Data"/>.</param>
    /// <param name="labelled">Whether what is to be found must be in the data.</param>
    internal static TrainedModel Read(string folder, string data, bool labelled)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(data);
        var model = Checkpoint.Read(folder);
        var request = model.Request();
        return Choices.FamilyOf(request) switch
        {
            ModelFamily.Windows => new TrainedWindows(model, request, data),
            ModelFamily.WordVectors => new TrainedWordVectors(model, request, data),
            _ when SentenceSources.AreLabelled(request.Data) => new TrainedSentences(model, request, data, labelled),
            _ => new TrainedTable(model, request, data, labelled),
        };
    }

    /// <summary>The model's parameters, in its order.</summary>
    protected static IReadOnlyList<torch.Tensor> ParametersOf(Checkpoint checkpoint, TrainableModel model, TrainRequest request) =>
        [.. Checkpoint.InOrder(checkpoint.Parameters, model.Initial(request.Seed, Choices.DtypeOf(request), torch.CPU)).Select(parameter => parameter.Value)];

    /// <summary>What the counts of a table of confusion say.</summary>
    protected static EvaluateReport Report(double loss, IReadOnlyList<IReadOnlyList<long>> confusion, IReadOnlyList<string> classes)
    {
        var examples = confusion.Sum(row => row.Sum());
        return new(examples, loss, confusion.Select((row, i) => row[i]).Sum() / (double)examples, confusion.Max(row => row.Sum()) / (double)examples, confusion, classes);
    }
}
