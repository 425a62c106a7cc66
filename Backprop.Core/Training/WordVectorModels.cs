using Backprop.Models;
using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>Two tables of word vectors, one row a word: u of words as neighbours, v of words in the middle.</summary>
/// <param name="Words">V, the rows of a table.</param>
/// <param name="Dimensions">d, the length of a word's vector.</param>
public abstract record WordVectorModel(long Words, int Dimensions) : TrainableModel
{
    /// <inheritdoc/>
    /// <remarks>v between ±½/d and u 0, as word2vec.c starts.</remarks>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public override IReadOnlyList<NamedTensor> Initial(int seed, torch.ScalarType dtype, torch.Device device)
    {
        Check();
        return [new("u", torch.zeros([Words, Dimensions], dtype, device)), new("v", StartingNumbers.Uniform(new(seed), Words, Dimensions, dtype, device))];
    }

    /// <summary>What is usually meant by the word vectors, V×d.</summary>
    public virtual Tensor Vectors(IReadOnlyList<Tensor> parameters) => Take(parameters, 2)[1];

    /// <summary>The vectors of the words of some ids, N → N×d.</summary>
    public override Tensor Outputs(IReadOnlyList<Tensor> parameters, Tensor inputs) => Vectors(parameters).index_select(0, inputs);

    /// <summary>N, the pairs of ids that a batch has for inputs.</summary>
    /// <exception cref="ArgumentException">They are not N×2 of int64, or there is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is no word's.</exception>
    internal long Pairs(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Expect.IndexRows(batch.Inputs, nameof(batch), "N×2", 2, Words);
        Expect.Size(batch.Inputs, nameof(batch), 1, 2, "two words");
        return batch.Inputs.shape[0] is > 0 and var n ? n : throw new ArgumentException("batch: expected at least one pair, got none.", nameof(batch));
    }

    /// <exception cref="ArgumentException">A size is not positive.</exception>
    protected void Check()
    {
        StartingNumbers.CheckSizes((Words, nameof(Words)), (Dimensions, nameof(Dimensions)));
        StartingNumbers.CheckRoom(Words, Dimensions);
    }

    /// <exception cref="ArgumentException">There are more or fewer parameters.</exception>
    protected static IReadOnlyList<Tensor> Take(IReadOnlyList<Tensor> parameters, int count)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Count == count ? parameters : throw new ArgumentException($"parameters: expected {count} tensors, got {parameters.Count}.", nameof(parameters));
    }
}

/// <summary>Skip-gram with negative sampling, by <see cref="NegativeSampling"/>: the mean over pairs.</summary>
/// <remarks>A batch's inputs are N×2 ids, a centre and a word beside it; its targets N×K ids of words drawn to be told apart. Source: notes 004, lines 141–197.</remarks>
/// <inheritdoc cref="WordVectorModel"/>
public sealed record SkipGramVectors(long Words, int Dimensions) : WordVectorModel(Words, Dimensions)
{
    /// <inheritdoc/>
    public override Differentiated Gradients(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        Take(parameters, 2);
        Pairs(batch);
        var (loss, saved) = NegativeSampling.Forward(parameters[0], parameters[1], batch.Inputs.select(1, 0), batch.Inputs.select(1, 1), batch.Targets, BatchReduction.Mean);
        var grads = NegativeSampling.Backward(torch.ones_like(loss), saved);
        return new(loss, [grads.DU.Dense(Words), grads.DV.Dense(Words)]);
    }

    /// <inheritdoc/>
    public override Tensor Loss(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        Take(parameters, 2);
        ArgumentNullException.ThrowIfNull(batch);
        var (n, k) = (batch.Targets.shape[0], batch.Targets.shape[1]);
        var centre = parameters[1].index_select(0, batch.Inputs.select(1, 0)).unsqueeze(2);
        var beside = parameters[0].index_select(0, batch.Inputs.select(1, 1)).unsqueeze(1);
        var drawn = parameters[0].index_select(0, batch.Targets.flatten()).reshape(n, k, Dimensions);
        return (torch.nn.functional.softplus(-beside.bmm(centre), threshold: 50).sum() + torch.nn.functional.softplus(drawn.bmm(centre), threshold: 50).sum()) / n;
    }
}

/// <summary>Continuous bag of words with the whole softmax, by <see cref="Cbow"/>: the mean over windows.</summary>
/// <remarks>A batch's inputs are N×C ids of the words around, its targets N ids of those in the middle. Source: notes 004, lines 177–180 and 201–204.</remarks>
/// <inheritdoc cref="WordVectorModel"/>
public sealed record CbowVectors(long Words, int Dimensions) : WordVectorModel(Words, Dimensions)
{
    /// <inheritdoc/>
    public override Differentiated Gradients(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        Take(parameters, 2);
        ArgumentNullException.ThrowIfNull(batch);
        var (loss, saved) = Cbow.Forward(parameters[0], parameters[1], batch.Inputs, batch.Targets, BatchReduction.Mean);
        var grads = Cbow.Backward(torch.ones_like(loss), saved);
        return new(loss, [grads.DU, grads.DV.Dense(Words)]);
    }

    /// <inheritdoc/>
    public override Tensor Loss(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        Take(parameters, 2);
        ArgumentNullException.ThrowIfNull(batch);
        var around = parameters[1].index_select(0, batch.Inputs.flatten()).reshape(batch.Inputs.shape[0], batch.Inputs.shape[1], Dimensions);
        return torch.nn.functional.cross_entropy(around.mean([1L]).mm(parameters[0].t()), batch.Targets);
    }
}

/// <summary>GloVe, by <see cref="Glove"/>: the mean over the pairs of a batch.</summary>
/// <remarks>A batch's inputs are N×2 ids, its targets N counts. Source: notes 004, lines 206–218; Pennington, Socher, Manning (2014).</remarks>
/// <inheritdoc cref="WordVectorModel"/>
public sealed record GloveVectors(long Words, int Dimensions) : WordVectorModel(Words, Dimensions)
{
    /// <inheritdoc/>
    /// <remarks>u and v between ±½/d, biases 0.</remarks>
    public override IReadOnlyList<NamedTensor> Initial(int seed, torch.ScalarType dtype, torch.Device device)
    {
        Check();
        return
        [
            new("u", StartingNumbers.Uniform(new(seed), Words, Dimensions, dtype, device)), new("v", StartingNumbers.Uniform(new(EpochOrder.Mixed(seed, 1)), Words, Dimensions, dtype, device)),
            new("b", torch.zeros([Words, 1], dtype, device)), new("c", torch.zeros([Words, 1], dtype, device)),
        ];
    }

    /// <summary>u + v, as its authors have it.</summary>
    public override Tensor Vectors(IReadOnlyList<Tensor> parameters) => Take(parameters, 4)[0] + parameters[1];

    /// <inheritdoc/>
    public override Differentiated Gradients(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        Take(parameters, 4);
        var n = Pairs(batch);
        var (sum, saved) = Glove.Forward(parameters[0], parameters[1], parameters[2], parameters[3], batch.Inputs.select(1, 0), batch.Inputs.select(1, 1), batch.Targets);
        var grads = Glove.Backward(torch.ones_like(sum) / n, saved);
        return new(sum / n, [grads.DU.Dense(Words), grads.DV.Dense(Words), grads.DB.Dense(Words), grads.DC.Dense(Words)]);
    }

    /// <inheritdoc/>
    public override Tensor Loss(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        Take(parameters, 4);
        ArgumentNullException.ThrowIfNull(batch);
        var (i, j) = (batch.Inputs.select(1, 0), batch.Inputs.select(1, 1));
        var fit = (parameters[0].index_select(0, i) * parameters[1].index_select(0, j)).sum([1L]) + parameters[2].index_select(0, i).squeeze(1) + parameters[3].index_select(0, j).squeeze(1);
        return (new GloveWeight().Of(batch.Targets) * (fit - batch.Targets.log()).square()).sum() / (2 * batch.Inputs.shape[0]);
    }
}
