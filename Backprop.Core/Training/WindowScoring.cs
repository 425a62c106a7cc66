using Backprop.Models;
using Backprop.Rules;

namespace Backprop.Training;

/// <summary>Window ranking with learned word vectors: mean of max(0, 1 − s + s_c), s = vᵀf(Wx + b), by <see cref="WindowModel"/>.</summary>
/// <remarks>A batch's inputs are N×K ids of true windows, its targets N×K ids of corrupt ones. Source: notes 004, lines 705–735 and 774–1030.</remarks>
/// <param name="Words">V, the rows of the table.</param>
/// <param name="Dimensions">d, the length of a word's vector.</param>
/// <param name="Window">K, the words of a window.</param>
/// <param name="Hidden">H, the hidden units.</param>
/// <param name="Activation">f.</param>
public sealed record WindowScoring(long Words, int Dimensions, int Window, int Hidden, Activation Activation) : TrainableModel
{
    /// <inheritdoc/>
    /// <remarks>Table and v normal with variance 1/d and 1/H, W with 1/Kd; b is 0.</remarks>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public override IReadOnlyList<NamedTensor> Initial(int seed, torch.ScalarType dtype, torch.Device device)
    {
        StartingNumbers.CheckSizes((Words, nameof(Words)), (Dimensions, nameof(Dimensions)), (Window, nameof(Window)), (Hidden, nameof(Hidden)));
        var random = new Random(seed);
        var length = (long)Window * Dimensions;
        return
        [
            new("table", StartingNumbers.Normal(random, Math.Sqrt(1.0 / Dimensions), Words, Dimensions, dtype, device)),
            new("v", StartingNumbers.Normal(random, Math.Sqrt(1.0 / Hidden), 1, Hidden, dtype, device).reshape(Hidden)),
            new("W", StartingNumbers.Normal(random, Math.Sqrt(1.0 / length), Hidden, length, dtype, device)),
            new("b", torch.zeros([Hidden], dtype, device)),
        ];
    }

    /// <inheritdoc/>
    public override Differentiated Gradients(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        var (table, v, w, b) = Four(parameters);
        ArgumentNullException.ThrowIfNull(batch);
        var (loss, saved) = WindowModel.Forward(table, v, w, b, batch.Inputs, batch.Targets, Activation, BatchReduction.Mean);
        var grads = WindowModel.Backward(torch.ones_like(loss), saved);
        return new(loss, [grads.DTable.Dense(Words), grads.DV, grads.DW, grads.DB]);
    }

    /// <inheritdoc/>
    public override Tensor Loss(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return torch.nn.functional.relu(1 - Outputs(parameters, batch.Inputs) + Outputs(parameters, batch.Targets)).mean();
    }

    /// <summary>The scores of windows, N×1.</summary>
    public override Tensor Outputs(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        var (table, v, w, b) = Four(parameters);
        ArgumentNullException.ThrowIfNull(inputs);
        var x = table.index_select(0, inputs.reshape(-1)).reshape(inputs.shape[0], -1);
        var z = torch.addmm(b, x, w.t(), 1, 1);
        var hidden = Activation switch
        {
            Activation.Sigmoid => z.sigmoid(),
            Activation.Tanh => z.tanh(),
            Activation.Relu => z.relu(),
            _ => z,
        };
        return hidden.mm(v.unsqueeze(1));
    }

    private static (Tensor Table, Tensor V, Tensor W, Tensor B) Four(IReadOnlyList<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters is [var table, var v, var w, var b] ? (table, v, w, b) : throw new ArgumentException($"parameters: expected table, v, W and b, got {parameters.Count} tensors.", nameof(parameters));
    }
}
