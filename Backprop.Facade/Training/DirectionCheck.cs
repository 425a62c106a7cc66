using System.Globalization;
using Backprop.Shapes;
using Backprop.Training;
using Backprop.Verify;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>A gradient against autograd's, along one random direction.</summary>
internal static class DirectionCheck
{
    /// <summary>What is wrong, with the worst entry; null when both slopes agree.</summary>
    /// <param name="model">Whose loss autograd differentiates.</param>
    /// <param name="parameters">Where.</param>
    /// <param name="hand">The gradients to judge, one for each parameter.</param>
    /// <param name="batch">Of which examples.</param>
    /// <param name="seed">The direction comes from it.</param>
    internal static string? Compare(TrainableModel model, IReadOnlyList<NamedTensor> parameters, IReadOnlyList<torch.Tensor> hand, Batch batch, int seed)
    {
        using var scope = torch.NewDisposeScope();
        var values = parameters.Select(parameter => parameter.Value).ToList();
        var loss = model.Loss([.. values.Select(value => value.detach())], batch);
        var truth = Verify.Autograd.Gradients(at => model.Loss(at, batch), values, [.. values.Select(_ => true)], torch.ones_like(loss)).Select(Flat).ToList();
        var mine = hand.Select(Flat).ToList();
        var random = new Random(seed);
        var (slopeMine, slopeTruth, scale) = (0.0, 0.0, 0.0);
        for (var i = 0; i < truth.Count; i++)
            for (var j = 0; j < truth[i].Length; j++)
            {
                // Away from 0, so that no entry is passed over.
                var along = (random.NextDouble() + 0.5) * (random.Next(2) * 2 - 1);
                slopeMine += along * mine[i][j];
                slopeTruth += along * truth[i][j];
                scale += Math.Abs(along * truth[i][j]);
            }
        var tolerance = Tolerance.Of(values[0].dtype);
        // Terms round on the scale of their sizes, whatever they sum to.
        if (Tolerance.Relative(slopeMine, slopeTruth, Math.Max(tolerance.Scale * scale, double.Epsilon)) is var error && error <= tolerance.Autograd) return null;
        var worst = parameters.SelectMany((parameter, i) => truth[i].Select((_, j) => (parameter.Name, Index: j, Shape: parameter.Value.shape, Mine: mine[i][j], Truth: truth[i][j])))
            .MaxBy(entry => double.IsFinite(entry.Mine) ? Math.Abs(entry.Mine - entry.Truth) : double.PositiveInfinity);
        return string.Create(CultureInfo.InvariantCulture, $"the gradient disagrees with autograd: along a random direction (seed {seed}) hand {slopeMine:R}, autograd {slopeTruth:R}, relative {error:0.0e+00}; worst d{worst.Name}{Expect.Show(At(worst.Index, worst.Shape))}: hand {worst.Mine:R}, autograd {worst.Truth:R}.");
    }

    private static double[] Flat(torch.Tensor tensor) => [.. tensor.detach().to_type(torch.float64).cpu().contiguous().data<double>()];

    private static long[] At(long flat, long[] shape)
    {
        var index = new long[shape.Length];
        for (var d = shape.Length - 1; d >= 0; d--) (index[d], flat) = (flat % shape[d], flat / shape[d]);
        return index;
    }
}
