using Backprop.Data;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>Trains models with hand-written gradients, and uses what was trained.</summary>
public static class Trainings
{
    /// <summary>The models that can be trained.</summary>
    public static IReadOnlyList<string> Models => Choices.Models;

    /// <summary>Trains; what goes wrong on the way is in the report.</summary>
    /// <param name="request">What, on what, and how.</param>
    /// <param name="progress">Told after epochs, and twice a second.</param>
    /// <param name="cancellation">Looked at before every step; a cancelled run saves first.</param>
    /// <exception cref="ArgumentException">A choice that does not exist or fit, or other settings than those of the run to resume.</exception>
    /// <exception cref="IOException">Data cannot be read, or results cannot be written.</exception>
    /// <exception cref="InvalidDataException">Data or checkpoint are damaged.</exception>
    /// <exception cref="LibtorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    public static TrainReport Train(TrainRequest request, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Libtorch.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        using var run = new TrainRun(request, progress);
        return run.Run(cancellation);
    }

    /// <summary>What a trained model says of data: the name of a class for each example, or a number.</summary>
    /// <param name="folder">The run's --out.</param>
    /// <param name="data">As in <see cref="TrainRequest.Data"/>.</param>
    /// <exception cref="ArgumentException">The data have other features than the model.</exception>
    public static IReadOnlyList<string> Predict(string folder, string data)
    {
        Libtorch.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        var used = new Trained(folder, data, labelled: false);
        var outputs = used.Outputs();
        return used.Model.Classes.Count == 0
            ? [.. outputs.to_type(torch.float64).reshape(-1).data<double>().Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))]
            : [.. Judged.ClassesOf(used.Network, used.Kind, outputs).data<long>().Select(c => used.Model.Classes[(int)c])];
    }

    /// <summary>How well a trained model does on data.</summary>
    /// <param name="folder">The run's --out.</param>
    /// <param name="data">As in <see cref="TrainRequest.Data"/>; of MNIST, the test digits.</param>
    /// <exception cref="ArgumentException">The data have other features or classes than the model.</exception>
    public static EvaluateReport Evaluate(string folder, string data)
    {
        Libtorch.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        var used = new Trained(folder, data, labelled: true);
        var model = used.Model;
        // The same name may have another number in other data.
        var examples = model.Classes.Count == 0 ? used.Data : used.Data.Relabelled(model.Classes);
        var (loss, accuracy) = Judged.Of(used.Network, used.Kind, used.Parameters, used.Batch(examples), model.Classes.Count == 0 ? null : examples.Y);
        if (model.Classes.Count == 0) return new(examples.Count, loss, null, null, [], []);
        var confusion = Judged.Confusion(Judged.ClassesOf(used.Network, used.Kind, used.Outputs()), examples.Y, model.Classes.Count);
        return new(examples.Count, loss, accuracy, confusion.Max(row => row.Sum()) / (double)examples.Count, confusion, model.Classes);
    }

    /// <summary>A model that was read, and data to use it on.</summary>
    private sealed class Trained
    {
        internal Trained(string folder, string data, bool labelled)
        {
            ArgumentException.ThrowIfNullOrEmpty(folder);
            ArgumentNullException.ThrowIfNull(data);
            Model = Checkpoint.Read(folder);
            var request = Model.Request();
            Kind = Choices.LossOf(request);
            // A CSV file for predictions needs no column of labels, and its columns may stand in another order.
            Data = data.Split(':', 2) is ["csv", { Length: > 0 } file] && !labelled ? Unlabelled(CsvTable.Features(file, Model.Features))
                : Examples.Read(data, "t10k", data.StartsWith("csv:", StringComparison.Ordinal) ? request.Label : null, request.Seed, Model.Classes.Count == 0);
            if (!Data.Features.SequenceEqual(Model.Features, StringComparer.Ordinal))
                throw new ArgumentException($"data: expected the model's {Model.Features.Count} features {Shown(Model.Features)}, got {Data.Features.Count}: {Shown(Data.Features)}.", nameof(data));
            Network = Choices.Network(request, Model.Features.Count, Model.Classes.Count);
            Dtype = Choices.DtypeOf(request);
            Parameters = [.. Checkpoint.InOrder(Model.Parameters, Network.Initial(request.Seed, Dtype, torch.CPU)).Select(parameter => parameter.Value)];
        }

        internal Checkpoint Model { get; }

        internal NetworkLoss Kind { get; }

        internal Dataset Data { get; }

        internal DenseNetwork Network { get; }

        internal IReadOnlyList<torch.Tensor> Parameters { get; }

        private torch.ScalarType Dtype { get; }

        internal Batch Batch(Dataset examples) => examples.For(Kind, Network.Sizes[^1], Model.Standards, Dtype, torch.CPU);

        internal torch.Tensor Outputs() => Judged.Outputs(Network, Parameters, (Model.Standards?.Apply(Data.X) ?? Data.X).to_type(Dtype));

        private Dataset Unlabelled(torch.Tensor x) => new(x, torch.zeros([x.shape[0], 1], torch.float64), Model.Features, []);

        private static string Shown(IReadOnlyList<string> names) => string.Join(", ", names.Take(6)) + (names.Count > 6 ? " …" : "");
    }
}
