using Backprop.Rules;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Benchmarks;

/// <summary>Models of words of some size, with random batches for them.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Model">The model.</param>
/// <param name="Draw">A batch.</param>
internal sealed record WordModel(string Name, TrainableModel Model, Func<Random, Batch> Draw)
{
    /// <summary>All of them, with N examples a batch.</summary>
    internal static IReadOnlyList<WordModel> All(long words, int dimensions, int n, torch.ScalarType dtype) =>
    [
        new("window-scorer", new WindowScoring(words, dimensions, 5, 20, Activation.Tanh), random => new(Ids(random, words, n, 5), Ids(random, words, n, 5))),
        new("softmax-classifier on sentences", new SentenceNetwork(words, new([dimensions, 5], Activation.Identity, NetworkLoss.SoftmaxCrossEntropy)), random => new(Ids(random, words, n, 20), Ids(random, 5, n))),
        new("skip-gram", new SkipGramVectors(words, dimensions), random => new(Ids(random, words, n, 2), Ids(random, words, n, 5))),
        new("cbow", new CbowVectors(words, dimensions), random => new(Ids(random, words, n, 4), Ids(random, words, n))),
        new("glove", new GloveVectors(words, dimensions), random => new(Ids(random, words, n, 2), Ids(random, 150, n).to_type(dtype) + 1)),
    ];

    private static torch.Tensor Ids(Random random, long below, params long[] shape) =>
        torch.tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextInt64(below)).ToArray(), shape, torch.int64);
}
