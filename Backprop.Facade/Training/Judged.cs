using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>A model's outputs, read as classes or numbers, in pieces that fit memory.</summary>
internal static class Judged
{
    private const int MostExamples = 10_000;

    /// <summary>How many numbers a layer of a piece may have: 128 MB in float64.</summary>
    private const long MostNumbers = 1 << 24;

    /// <summary>The class of each row of a network's outputs.</summary>
    internal static torch.Tensor ClassesOf(DenseNetwork network, torch.Tensor outputs) => network.Sizes[^1] > 1
        ? outputs.argmax(1)
        // The one output of two classes: a logit under the sigmoid, otherwise a number between the labels 0 and 1.
        : outputs.gt(network.Judge is NetworkLoss.SigmoidCrossEntropy ? 0 : 0.5).reshape(-1).to_type(torch.int64);

    /// <summary>What the model says of all rows: N×M.</summary>
    internal static torch.Tensor Outputs(TrainableModel model, IReadOnlyList<torch.Tensor> parameters, torch.Tensor inputs)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        return torch.cat([.. Pieces(parameters, inputs).Select(piece => model.Outputs(parameters, inputs.narrow(0, piece.Start, piece.Count)))], 0).MoveToOuterDisposeScope();
    }

    /// <summary>The mean loss; a penalty counts once.</summary>
    internal static double MeanLoss(TrainableModel model, IReadOnlyList<torch.Tensor> parameters, Batch batch)
    {
        using var untracked = torch.no_grad();
        var count = batch.Inputs.shape[0];
        return Pieces(parameters, batch.Inputs).Sum(piece =>
        {
            using var scope = torch.NewDisposeScope();
            var part = new Batch(batch.Inputs.narrow(0, piece.Start, piece.Count), batch.Targets.narrow(0, piece.Start, piece.Count));
            return model.Loss(parameters, part).to_type(torch.float64).item<double>() * piece.Count / count;
        });
    }

    /// <summary>The share of labels that are found.</summary>
    internal static double ShareRight(torch.Tensor found, torch.Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        return found.cpu().eq(labels).to_type(torch.float64).mean().item<double>();
    }

    /// <summary>How often each class, a row, was taken for each, a column.</summary>
    internal static IReadOnlyList<IReadOnlyList<long>> Confusion(torch.Tensor found, torch.Tensor labels, int classes)
    {
        var counts = Enumerable.Range(0, classes).Select(_ => new long[classes]).ToArray();
        foreach (var (truth, said) in labels.data<long>().Zip(found.cpu().data<long>())) counts[truth][said]++;
        return counts;
    }

    private static IEnumerable<(long Start, long Count)> Pieces(IReadOnlyList<torch.Tensor> parameters, torch.Tensor inputs)
    {
        // A layer is at most as wide as the longest side of a parameter, and an id stands for a row of the table.
        var width = Math.Max(parameters.Max(parameter => parameter.shape.Max()), inputs.shape[1] * (inputs.dtype == torch.int64 ? parameters.Max(parameter => parameter.shape[^1]) : 1));
        var (count, piece) = (inputs.shape[0], Math.Clamp(MostNumbers / width, 1, MostExamples));
        for (var start = 0L; start < count; start += piece) yield return (start, Math.Min(piece, count - start));
    }
}
