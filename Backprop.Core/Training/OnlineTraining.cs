using Backprop.Models;
using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>A network after training.</summary>
/// <param name="Layers">Its layers, first layer first; their tensors live in the scope around the call.</param>
/// <param name="Losses">The mean loss of each epoch.</param>
/// <param name="Settled">Whether it ended because the parameters no longer changed.</param>
public sealed record TrainedNetwork(IReadOnlyList<LayerParameters> Layers, IReadOnlyList<double> Losses, bool Settled);

/// <summary>The online pseudo-code of the notes, runnable: for each example, predict, compare, compute Δw_HO and Δw_IH, update; until the parameters do not change.</summary>
/// <remarks>Source: notes 004, lines 2423–2443. Their error = actual − pred is −dE/dpred for E = ½ Σ (actual − pred)², so that their "update" adds Δw;
/// here Δw is a gradient, and a step subtracts it.</remarks>
public static class OnlineTraining
{
    /// <summary>"Initialize network weights" with one hidden layer, both of sigmoids: numbers between −½ and ½, biases 0; float64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static IReadOnlyList<LayerParameters> Initial(int inputs, int hidden, int outputs, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        var random = new Random(seed);
        return [Layer(inputs, hidden), Layer(hidden, outputs)];

        LayerParameters Layer(int rows, int columns) => new(torch.tensor(Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() - 0.5).ToArray(), [rows, columns], torch.float64),
            torch.zeros(columns, torch.float64), Activation.Sigmoid);
    }

    /// <summary>The whole loop.</summary>
    /// <param name="network">The layers at the start; left as they are.</param>
    /// <param name="x">Examples, N×D.</param>
    /// <param name="labels">What the network should say, N×M.</param>
    /// <param name="rate">The size of an update.</param>
    /// <param name="options">When to stop; see <see cref="TrainingOptions.Online"/>.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit each other, NaN in x or labels, or as for <see cref="TrainingLoop.Run"/>.</exception>
    public static TrainedNetwork Train(IReadOnlyList<LayerParameters> network, Tensor x, Tensor labels, double rate, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        Expect.Form(x, nameof(x), "N×D");
        Expect.Finite(x, nameof(x));
        Expect.Form(labels, nameof(labels), "N×M");
        Expect.Finite(labels, nameof(labels));
        Expect.Size(labels, nameof(labels), 0, x.shape[0], "the rows of x");
        if (network.Count > 0) Expect.Size(labels, nameof(labels), 1, network[^1].W.shape[1], "the outputs of the last layer");
        var trained = TrainingLoop.Run([.. network.SelectMany(layer => new[] { layer.W, layer.B })], (int)x.shape[0], (state, batch) =>
        {
            var rows = torch.tensor(batch.Select(row => (long)row).ToArray(), torch.int64).to(x.device);
            return Update(With(network, state), state, x.index_select(0, rows), labels.index_select(0, rows), rate);
        }, options);
        return new(With(network, trained.State), trained.Losses, trained.Settled);
    }

    private static Stepped Update(IReadOnlyList<LayerParameters> layers, IReadOnlyList<Tensor> state, Tensor x, Tensor actual, double rate)
    {
        var pred = LayerSequence.Forward(x, layers);
        var error = SquaredError.Forward(pred.Y, actual);
        var dPred = SquaredError.Backward(torch.ones_like(error.Y), error.Saved).DZ;
        var gradients = LayerSequence.Backward(dPred, pred.Saved).Layers.SelectMany(layer => new[] { layer.DW, layer.DB }).ToList();
        return new(GradientDescent.StepAll(state, gradients, rate), error.Y / x.shape[0]);
    }

    private static IReadOnlyList<LayerParameters> With(IReadOnlyList<LayerParameters> layers, IReadOnlyList<Tensor> state) =>
        [.. layers.Select((layer, l) => layer with { W = state[2 * l], B = state[2 * l + 1] })];
}
