using Backprop.Rules;

namespace Backprop.Training;

/// <summary>A network on the mean of a sentence's word vectors, which are learned with it.</summary>
/// <remarks>A batch's inputs are N×K ids, −1 after a sentence's last word; its targets are the network's. Source: notes 004, lines 433–437 and 682–699 (θ is W and all word vectors).</remarks>
/// <param name="Words">V, the rows of the table.</param>
/// <param name="Head">The network; its input is as wide as a word's vector is long. Its penalty is not paid by the table.</param>
public sealed record SentenceNetwork(long Words, DenseNetwork Head) : TableModel
{
    /// <inheritdoc/>
    /// <remarks>The table is normal with variance 1/d; the rest as <see cref="DenseNetwork"/> starts.</remarks>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public override IReadOnlyList<NamedTensor> Initial(int seed, torch.ScalarType dtype, torch.Device device)
    {
        DenseNetwork.Check(Head);
        StartingNumbers.CheckSizes((Words, nameof(Words)));
        var d = Head.Sizes[0];
        return [new("table", StartingNumbers.Normal(new(EpochOrder.Mixed(seed, 1)), Math.Sqrt(1.0 / d), Words, d, dtype, device)), .. Head.Initial(seed, dtype, device)];
    }

    /// <inheritdoc/>
    public override (Tensor Loss, IReadOnlyList<RowGradient> Gradients) RowGradients(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        var (table, head) = Parts(parameters);
        ArgumentNullException.ThrowIfNull(batch);
        var mean = WordMean.Forward(table, batch.Inputs);
        var (differentiated, dMean) = Head.GradientsWithInput(head, batch with { Inputs = mean.Y });
        return (differentiated.Loss, [RowGradient.Of(WordMean.Backward(dMean, mean.Saved).DTable), .. differentiated.Gradients.Select(RowGradient.Whole)]);
    }

    /// <inheritdoc/>
    public override Tensor Loss(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        var (table, head) = Parts(parameters);
        ArgumentNullException.ThrowIfNull(batch);
        return Head.Loss(head, batch with { Inputs = Mean(table, batch.Inputs) });
    }

    /// <inheritdoc/>
    public override Tensor Outputs(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        var (table, head) = Parts(parameters);
        ArgumentNullException.ThrowIfNull(inputs);
        return Head.Outputs(head, Mean(table, inputs));
    }

    private static Tensor Mean(Tensor table, Tensor ids)
    {
        var there = ids.ge(0).to_type(table.dtype).unsqueeze(2);
        return (table.index_select(0, ids.clamp_min(0).flatten()).reshape(ids.shape[0], ids.shape[1], -1) * there).sum([1L]) / there.sum([1L]);
    }

    private static (Tensor Table, IReadOnlyList<Tensor> Head) Parts(IReadOnlyList<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Count > 0 ? (parameters[0], [.. parameters.Skip(1)]) : throw new ArgumentException("parameters: expected the table and the network's, got none.", nameof(parameters));
    }
}
