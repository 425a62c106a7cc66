using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>Trains models with hand-written gradients, and uses what was trained.</summary>
public static class Trainings
{
    /// <summary>The models that can be trained.</summary>
    public static IReadOnlyList<string> Models => Choices.Models;

    /// <summary>Trains; what goes wrong on the way is in the report.</summary>
    /// <param name="request">What, on what, and how.</param>
    /// <param name="progress">Told after epochs, and within long ones.</param>
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

    /// <summary>What a trained model says of data, a line each: the class of an example or a number, the score of a window, or the words nearest to a word.</summary>
    /// <param name="folder">The run's --out.</param>
    /// <param name="data">As in <see cref="TrainRequest.Data"/>.</param>
    /// <exception cref="ArgumentException">The data have other features than the model.</exception>
    public static IReadOnlyList<string> Predict(string folder, string data)
    {
        Libtorch.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        return TrainedModel.Read(folder, data, labelled: false).Predict();
    }

    /// <summary>How well a trained model does on data.</summary>
    /// <param name="folder">The run's --out.</param>
    /// <param name="data">As in <see cref="TrainRequest.Data"/>; of MNIST, the test digits, and of the treebank the test sentences.</param>
    /// <exception cref="ArgumentException">The data have other features or classes than the model.</exception>
    public static EvaluateReport Evaluate(string folder, string data)
    {
        Libtorch.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        return TrainedModel.Read(folder, data, labelled: true).Evaluate();
    }
}
