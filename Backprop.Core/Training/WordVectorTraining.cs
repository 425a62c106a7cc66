using Backprop.Models;
using Backprop.Optimizers;
using Backprop.Rules;

namespace Backprop.Training;

/// <summary>Sizes and rates for training word vectors; notes 004, lines 222–228, name the dimension (about 300) and the window (about 8).</summary>
public sealed record WordVectorOptions
{
    /// <summary>d, the length of a word's vector.</summary>
    public int Dimensions { get; init; } = 50;

    /// <summary>K, how many words are drawn to be told apart from each true neighbour.</summary>
    public int Negatives { get; init; } = 5;

    /// <summary>η, for the gradient summed over a batch, as if its pairs came one after the other.</summary>
    public double Rate { get; init; } = 0.025;

    /// <summary>Pairs for each step.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>How often to go through all pairs.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Everything random comes from it.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Word vectors as training leaves them.</summary>
/// <param name="U">The vectors of words as neighbours, V×d.</param>
/// <param name="V">The vectors of words in the middle, V×d: what is usually meant by word vectors.</param>
/// <param name="Losses">The mean loss of a pair, epoch by epoch.</param>
public sealed record WordVectors(Tensor U, Tensor V, IReadOnlyList<double> Losses);

/// <summary>Trains word vectors by stochastic gradient descent, touching only the rows of the words at hand.</summary>
public static class WordVectorTraining
{
    /// <summary>Skip-gram with negative sampling.</summary>
    /// <param name="pairs">Which words stand beside which.</param>
    /// <param name="counts">How often each word occurs: negatives are drawn by it.</param>
    /// <param name="options">Sizes and rates.</param>
    /// <param name="progress">Told the mean loss after every epoch.</param>
    /// <exception cref="ArgumentException">An empty vocabulary, or as for the model and the loop.</exception>
    public static WordVectors SkipGram(ContextPairs pairs, IReadOnlyList<long> counts, WordVectorOptions options, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        var loop = Loop(options);
        var unigrams = new Unigrams(counts, 0.75, options.Seed);
        using var scope = torch.NewDisposeScope();
        // As word2vec.c starts: the one table at random in ±½/d, the other at 0.
        var (u, v) = (torch.zeros(counts.Count, options.Dimensions, torch.float64), Random(counts.Count, options.Dimensions, options.Seed));
        var trained = TrainingLoop.Run([u, v], pairs.Count, (state, batch) =>
        {
            var negatives = torch.tensor(unigrams.Draw(batch.Count * options.Negatives).ToArray(), [batch.Count, options.Negatives], torch.int64);
            var (loss, saved) = NegativeSampling.Forward(state[0], state[1], Ids(pairs.Centres, batch), Ids(pairs.Outsides, batch), negatives);
            var grads = NegativeSampling.Backward(torch.ones_like(loss), saved);
            return new([GradientDescent.StepRows(state[0], grads.DU, options.Rate), GradientDescent.StepRows(state[1], grads.DV, options.Rate)], loss / batch.Count);
        }, loop, progress);
        scope.MoveToOuter(trained.State[0], trained.State[1]);
        return new(trained.State[0], trained.State[1], trained.Losses);
    }

    /// <summary>GloVe; U + V is what its authors use as word vectors.</summary>
    /// <param name="counts">How often words stand near each other.</param>
    /// <param name="options">Sizes and rates; there are no negatives.</param>
    /// <param name="weight">f.</param>
    /// <param name="progress">Told the mean loss after every epoch.</param>
    /// <exception cref="ArgumentException">As for the model and the loop.</exception>
    public static WordVectors Glove(CoOccurrence counts, WordVectorOptions options, GloveWeight? weight = null, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(options);
        var loop = Loop(options);
        using var scope = torch.NewDisposeScope();
        var (words, d) = (counts.Vocabulary, options.Dimensions);
        var bias = torch.zeros(words, 1, torch.float64);
        IReadOnlyList<Tensor> start = [Random(words, d, options.Seed), Random(words, d, options.Seed + 1), bias, bias];
        var trained = TrainingLoop.Run(start, (int)counts.Counts.numel(), (state, batch) =>
        {
            var entries = Numbers(batch);
            var (loss, saved) = Models.Glove.Forward(state[0], state[1], state[2], state[3], counts.Rows.index_select(0, entries), counts.Columns.index_select(0, entries),
                counts.Counts.index_select(0, entries), weight);
            var grads = Models.Glove.Backward(torch.ones_like(loss), saved);
            IReadOnlyList<SparseRows> rows = [grads.DU, grads.DV, grads.DB, grads.DC];
            return new([.. state.Zip(rows, (table, gradient) => GradientDescent.StepRows(table, gradient, options.Rate))], loss / batch.Count);
        }, loop, progress);
        scope.MoveToOuter(trained.State[0], trained.State[1]);
        return new(trained.State[0], trained.State[1], trained.Losses);
    }

    private static TrainingOptions Loop(WordVectorOptions options)
    {
        foreach (var (size, name) in new[] { (options.Dimensions, nameof(options.Dimensions)), (options.Negatives, nameof(options.Negatives)) })
            if (size < 1) throw new ArgumentOutOfRangeException(nameof(options), $"options: {name}: expected at least 1, got {size}.");
        return TrainingOptions.MiniBatch(options.BatchSize, options.Epochs, options.Seed);
    }

    private static Tensor Random(long rows, int columns, int seed) => StartingNumbers.Uniform(new(seed), rows, columns, torch.float64, torch.CPU);

    private static Tensor Ids(IReadOnlyList<long> ids, IReadOnlyList<int> batch) => torch.tensor(batch.Select(n => ids[n]).ToArray(), torch.int64);

    private static Tensor Numbers(IReadOnlyList<int> batch) => torch.tensor(batch.Select(n => (long)n).ToArray(), torch.int64);
}
