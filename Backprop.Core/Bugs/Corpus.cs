namespace Backprop.Bugs;

/// <summary>The collection of wrong backward passes: one part a family of operations, see the files beside this one.</summary>
public static partial class Corpus
{
    /// <summary>Every operation that has wrong versions here, or a formula to make them from.</summary>
    public static IReadOnlyList<Operation> Operations { get; } =
    [
        .. Bugs.Operations.Linears(),
        .. Bugs.Operations.Activations(),
        .. Bugs.Operations.Softmaxes(),
        .. Bugs.Operations.Products(),
        .. Bugs.Operations.Normalisations(),
        .. Bugs.Operations.Sequences(),
        .. Bugs.Operations.Hinges(),
        .. Bugs.Operations.Tables(),
        .. Bugs.Operations.Windows(),
        .. Bugs.Operations.ProjectModels(),
    ];

    /// <summary>Every operation that a gradient can be recognised as by what it computes: those with wrong versions here, and those of which there is a formula.</summary>
    public static IReadOnlyList<Operation> Recognised => [.. Operations, .. Bugs.Operations.Further(Operations)];

    /// <summary>Every wrong version.</summary>
    public static IReadOnlyList<Bug> All { get; } =
    [
        .. LinearBugs(),
        .. BiasBugs(),
        .. SigmoidBugs(),
        .. TanhBugs(),
        .. ReluBugs(),
        .. PowerBugs(),
        .. SoftmaxBugs(),
        .. CrossEntropyBugs(),
        .. ProductBugs(),
        .. NormalisationBugs(),
        .. SequenceBugs(),
        .. HingeBugs(),
        .. RegularisedBugs(),
        .. MeanSquaredErrorBugs(),
        .. EmbeddingBugs(),
        .. NegativeSamplingBugs(),
        .. CbowBugs(),
        .. WordMeanBugs(),
        .. PairBugs(),
        .. GloveBugs(),
        .. WindowBugs(),
        .. ScorerBugs(),
        .. RegressionBugs(),
        .. RegularisedModelBugs(),
        .. SmallModelBugs(),
        .. NetworkBugs(),
        .. LayeredBugs(),
    ];

    /// <summary>The operation of this name, or null.</summary>
    public static Operation? Find(string operation) => Operations.FirstOrDefault(one => string.Equals(one.Name, operation, StringComparison.OrdinalIgnoreCase));
}
