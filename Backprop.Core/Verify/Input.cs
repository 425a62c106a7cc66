namespace Backprop.Verify;

/// <summary>What the numbers of an input mean, and so how they are drawn.</summary>
public enum InputKind
{
    /// <summary>Any real number; drawn as the case's <see cref="Values"/> say.</summary>
    Real,

    /// <summary>Probabilities along the last dimension, none of them near 0.</summary>
    Probabilities,

    /// <summary>Target distributions along the last dimension: some one-hot, some spread; entries may be 0.</summary>
    Distributions,

    /// <summary>Class labels (int64) below the last letter of the shape, which is no dimension: ("N", "C") is N labels in 0 … C − 1. Repeats are usual.</summary>
    Labels,

    /// <summary>Given by data, not drawn.</summary>
    Given,
}

/// <summary>An input of a rule: its name, its shape in letters, what its numbers mean.</summary>
/// <param name="Name">As in the rule's formula, e.g. "x".</param>
/// <param name="Shape">Letters, one for each dimension; numbers are fixed sizes.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Differentiable">Whether Backward gives a gradient for it.</param>
public sealed record Input(string Name, IReadOnlyList<string> Shape, InputKind Kind, bool Differentiable)
{
    /// <summary>For <see cref="InputKind.Given"/>: the tensor for a case, in the dtype that the data has.</summary>
    public Func<Case, Tensor>? Source { get; init; }

    /// <summary>A differentiable input of real numbers.</summary>
    public static Input Real(string name, params string[] shape) => new(name, shape, InputKind.Real, true);

    /// <summary>A differentiable input of probabilities.</summary>
    public static Input Probabilities(string name, params string[] shape) => new(name, shape, InputKind.Probabilities, true);

    /// <summary>Target distributions: constants.</summary>
    public static Input Distributions(string name, params string[] shape) => new(name, shape, InputKind.Distributions, false);

    /// <summary>Class labels: constants. The last letter is their number of classes.</summary>
    public static Input Labels(string name, params string[] shape) => new(name, shape, InputKind.Labels, false);

    /// <summary>Real numbers from data instead of drawn ones.</summary>
    public Input From(Func<Case, Tensor> source) => this with { Kind = InputKind.Given, Source = source };
}
