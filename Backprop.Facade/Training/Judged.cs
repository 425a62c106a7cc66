using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>A model's outputs, read as classes or numbers, in pieces that fit memory.</summary>
internal static class Judged
{
    private const int Piece = 10_000;

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
        return torch.cat([.. Pieces(inputs.shape[0]).Select(piece => model.Outputs(parameters, inputs.narrow(0, piece.Start, piece.Count)))], 0).MoveToOuterDisposeScope();
    }

    /// <summary>The mean loss; a penalty counts once.</summary>
    internal static double MeanLoss(TrainableModel model, IReadOnlyList<torch.Tensor> parameters, Batch batch)
    {
        using var untracked = torch.no_grad();
        var count = batch.Inputs.shape[0];
        return Pieces(count).Sum(piece =>
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

    private static IEnumerable<(long Start, long Count)> Pieces(long count)
    {
        for (var start = 0L; start < count; start += Piece) yield return (start, Math.Min(Piece, count - start));
    }
}
