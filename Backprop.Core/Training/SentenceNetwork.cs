using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>A network on the mean of a sentence's word vectors, which are learned with it.</summary>
/// <remarks>A batch's inputs are N×K ids, −1 after a sentence's last word; its targets are the network's. Source: notes 004, lines 433–437 and 682–699 (θ is W and all word vectors).</remarks>
/// <param name="Words">V, the rows of the table.</param>
/// <param name="Head">The network; its input is as wide as a word's vector is long. Its penalty is not paid by the table.</param>
public sealed record SentenceNetwork(long Words, DenseNetwork Head) : TrainableModel
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
    public override Differentiated Gradients(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        var (table, head) = Parts(parameters);
        ArgumentNullException.ThrowIfNull(batch);
        var mean = WordMean.Forward(table, batch.Inputs);
        var (differentiated, dMean) = Head.GradientsWithInput(head, batch with { Inputs = mean.Y });
        return new(differentiated.Loss, [WordMean.Backward(dMean, mean.Saved).DTable.Dense(Words), .. differentiated.Gradients]);
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

    /// <summary>N, K, and for every place 1/K_n, or 0 after a sentence's last word.</summary>
    /// <exception cref="ArgumentException">ids are not N×K of int64, an id is neither −1 nor a row of the table, or a sentence has no word.</exception>
    internal static (long N, long K, Tensor Weights) Weights(Tensor ids, long words, Tensor like)
    {
        if (ids.dtype != torch.int64 || ids.dim() != 2 || ids.numel() == 0) throw new ArgumentException($"ids: expected int64 ids of shape [N, K], got shape {Expect.Show(ids.shape)} of {ids.dtype}.", nameof(ids));
        var there = ids.ge(0).to_type(like.dtype);
        var counts = there.sum([1L], keepdim: true);
        // One look at the device for all: every sentence has a word, no id is too small or too great.
        if (counts.min().lt(1).logical_or(ids.min().lt(-1)).logical_or(ids.max().ge(words)).item<bool>())
            throw new ArgumentException($"ids: expected at least one word in every sentence, and −1 or ids in 0 … {words - 1}.", nameof(ids));
        return (ids.shape[0], ids.shape[1], there.div_(counts));
    }

    private static Tensor Mean(Tensor table, Tensor ids)
    {
        var (n, k, weights) = Weights(ids, table.shape[0], table);
        return weights.unsqueeze(1).bmm(table.index_select(0, ids.clamp_min(0).flatten()).reshape(n, k, -1)).squeeze(1);
    }

    private static (Tensor Table, IReadOnlyList<Tensor> Head) Parts(IReadOnlyList<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Count > 0 ? (parameters[0], [.. parameters.Skip(1)]) : throw new ArgumentException("parameters: expected the table and the network's, got none.", nameof(parameters));
    }
}
