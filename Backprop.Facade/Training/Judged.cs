using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>A model's outputs, read as classes or numbers, in pieces that fit memory.</summary>
internal static class Judged
{
    private const int Piece = 10_000;

    /// <summary>The class of each row.</summary>
    internal static torch.Tensor ClassesOf(DenseNetwork network, NetworkLoss loss, torch.Tensor outputs) => network.Sizes[^1] > 1
        ? outputs.argmax(1)
        // The one output of two classes: a logit under the sigmoid, otherwise a number between the labels 0 and 1.
        : outputs.gt(loss is NetworkLoss.SigmoidCrossEntropy ? 0 : 0.5).reshape(-1).to_type(torch.int64);

    /// <summary>What the model says of all rows: N×M.</summary>
    internal static torch.Tensor Outputs(DenseNetwork network, IReadOnlyList<torch.Tensor> parameters, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        return torch.cat([.. Pieces(x.shape[0]).Select(piece => network.Outputs(parameters, x.narrow(0, piece.Start, piece.Count)))], 0).MoveToOuterDisposeScope();
    }

    /// <summary>Mean loss, and the share told right; the penalty counts once.</summary>
    internal static (double Loss, double? Accuracy) Of(DenseNetwork network, NetworkLoss kind, IReadOnlyList<torch.Tensor> parameters, Batch batch, torch.Tensor? labels)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        var count = batch.Inputs.shape[0];
        var loss = Pieces(count).Sum(piece =>
            MeanLoss(network, parameters, new(batch.Inputs.narrow(0, piece.Start, piece.Count), batch.Targets.narrow(0, piece.Start, piece.Count))) * piece.Count / count);
        if (labels is null) return (loss, null);
        var right = ClassesOf(network, kind, Outputs(network, parameters, batch.Inputs)).cpu().eq(labels).to_type(torch.float64).mean().item<double>();
        return (loss, right);
    }

    /// <summary>How often each class, a row, was taken for each, a column.</summary>
    internal static IReadOnlyList<IReadOnlyList<long>> Confusion(torch.Tensor said, torch.Tensor labels, int classes)
    {
        var counts = Enumerable.Range(0, classes).Select(_ => new long[classes]).ToArray();
        foreach (var (truth, found) in labels.data<long>().Zip(said.data<long>())) counts[truth][found]++;
        return counts;
    }

    private static double MeanLoss(TrainableModel model, IReadOnlyList<torch.Tensor> parameters, Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        return model.Loss(parameters, batch).to_type(torch.float64).item<double>();
    }

    private static IEnumerable<(long Start, long Count)> Pieces(long count)
    {
        for (var start = 0L; start < count; start += Piece) yield return (start, Math.Min(Piece, count - start));
    }
}
