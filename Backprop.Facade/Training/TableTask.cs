using Backprop.Data;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>A network on columns of numbers.</summary>
internal sealed class TableTask : TrainingTask
{
    private const int MostForAccuracy = 10_000;

    private readonly Dataset _training;
    private readonly Dataset? _rest;
    private readonly Standardisation? _standards;
    private readonly DenseNetwork _network;
    private readonly Batch _batch;
    private readonly Batch? _restBatch;
    private readonly bool _digits;

    internal TableTask(TrainRequest request, Standardisation? stored)
    {
        Choices.RefuseWords(request);
        _digits = request.Data.StartsWith("mnist:", StringComparison.Ordinal);
        var all = Examples.Read(request.Data, "train", request.Label, request.Seed, Choices.LossOf(request) is not NetworkLoss.SquaredError ? false : request.Model == "neural-network" ? null : true);
        (_training, _rest) = _digits
            ? (all, Examples.Read(request.Data, "t10k", null, 0, false))
            : all.Split(request.Validation, request.Seed) is var (training, validation) && validation.Count > 0 ? (training, validation) : (all, null);
        _network = Choices.Network(request, all.Features.Count, all.Classes.Count);
        _standards = stored ?? (request.Standardise ? Standardisation.Of(_training.X) : null);
        var (dtype, device) = (Choices.DtypeOf(request), torch.device(request.Device));
        _batch = _training.For(_network, _standards, dtype, device);
        _restBatch = _rest?.For(_network, _standards, dtype, device);
    }

    internal override TrainableModel Model => _network;

    internal override int Count => _training.Count;

    internal override Meaning Meaning => new() { Features = _training.Features, Classes = _training.Classes, Standards = _standards };

    internal override Batch Rows(IReadOnlyList<int>? rows, int draw) => rows is null ? _batch : _batch.Rows(rows);

    internal override Judgement OnTraining(IReadOnlyList<torch.Tensor> parameters) => Of(parameters, _training, _batch);

    internal override double? AccuracyOnTheWay(IReadOnlyList<torch.Tensor> parameters) => _training.Count > MostForAccuracy ? null : Accuracy(parameters, _training, _batch);

    internal override Judgement? OnHeldOut(IReadOnlyList<torch.Tensor> parameters) => _rest is null ? null : Of(parameters, _rest, _restBatch!);

    internal override void Draw(string folder, IReadOnlyList<torch.Tensor> parameters)
    {
        if (_training.Classes.Count == 0) return;
        if (_training.Features.Count == 2) Drawings.Boundary(folder, _training, points => Found(parameters, (_standards?.Apply(points) ?? points).to_type(_batch.Inputs.dtype).to(_batch.Inputs.device)).cpu());
        if (_digits) Drawings.Confusion(folder, Judged.Confusion(Found(parameters, _restBatch!.Inputs), _rest!.Y, _rest.Classes.Count), _rest.Classes);
    }

    private Judgement Of(IReadOnlyList<torch.Tensor> parameters, Dataset data, Batch batch) => new(Judged.MeanLoss(_network, parameters, batch), Accuracy(parameters, data, batch));

    private double? Accuracy(IReadOnlyList<torch.Tensor> parameters, Dataset data, Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        return data.Classes.Count > 0 ? Judged.ShareRight(Found(parameters, batch.Inputs), data.Y) : null;
    }

    private torch.Tensor Found(IReadOnlyList<torch.Tensor> parameters, torch.Tensor x) => Judged.ClassesOf(_network, Judged.Outputs(_network, parameters, x));
}

/// <summary>A trained network, and columns of numbers.</summary>
internal sealed class TrainedTable : TrainedModel
{
    private readonly Checkpoint _model;
    private readonly DenseNetwork _network;
    private readonly Dataset _data;
    private readonly torch.ScalarType _dtype;
    private readonly IReadOnlyList<torch.Tensor> _parameters;

    internal TrainedTable(Checkpoint model, TrainRequest request, string data, bool labelled)
    {
        _model = model;
        var (features, classes) = (model.Meaning.Features, model.Meaning.Classes);
        // A CSV file for predictions needs no column of labels, and its columns may stand in another order.
        _data = data.Split(':', 2) is not ["csv", { Length: > 0 } file] ? Examples.Read(data, "t10k", null, request.Seed, classes.Count == 0)
            : labelled ? CsvTable.Labelled(file, features, request.Label, classes.Count == 0) : Unlabelled(CsvTable.Features(file, features));
        if (!_data.Features.SequenceEqual(features, StringComparer.Ordinal))
            throw new ArgumentException($"data: expected the model's {features.Count} features {Shown(features)}, got {_data.Features.Count}: {Shown(_data.Features)}.", nameof(data));
        _network = Choices.Network(request, features.Count, classes.Count);
        _dtype = Choices.DtypeOf(request);
        _parameters = ParametersOf(model, _network, request);

        Dataset Unlabelled(torch.Tensor x) => new(x, torch.zeros([x.shape[0], 1], torch.float64), features, []);
    }

    internal override IReadOnlyList<string> Predict()
    {
        var outputs = Outputs();
        return Classes.Count == 0
            ? [.. outputs.to_type(torch.float64).reshape(-1).data<double>().Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))]
            : [.. Judged.ClassesOf(_network, outputs).data<long>().Select(c => Classes[(int)c])];
    }

    internal override EvaluateReport Evaluate()
    {
        // The same name may have another number in other data.
        var examples = Classes.Count == 0 ? _data : _data.Relabelled(Classes);
        var loss = Judged.MeanLoss(_network, _parameters, examples.For(_network, _model.Meaning.Standards, _dtype, torch.CPU));
        return Classes.Count == 0 ? new(examples.Count, loss, null, null, [], []) : Report(loss, Judged.Confusion(Judged.ClassesOf(_network, Outputs()), examples.Y, Classes.Count), Classes);
    }

    private IReadOnlyList<string> Classes => _model.Meaning.Classes;

    private torch.Tensor Outputs() => Judged.Outputs(_network, _parameters, Examples.Inputs(_data.X, _model.Meaning.Standards, _dtype));

    private static string Shown(IReadOnlyList<string> names) => string.Join(", ", names.Take(6)) + (names.Count > 6 ? " …" : "");
}
