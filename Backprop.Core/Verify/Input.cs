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

    /// <summary>Between 0.1 and 3.</summary>
    Positive,

    /// <summary>Uniform from <see cref="Input.Low"/> to <see cref="Input.High"/>; both ends are drawn now and then.</summary>
    Range,

    /// <summary>Rows along the last dimension of length 1.</summary>
    UnitNorm,

    /// <summary>Rows along the last dimension with a single 1.</summary>
    OneHot,

    /// <summary>Indices (int64) below the last letter of the shape, which is no dimension; repeats are drawn on purpose.</summary>
    Indices,

    /// <summary>A tensor that the caller gives: every case has just it.</summary>
    Fixed,
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

    /// <summary>For <see cref="InputKind.Range"/>: the lower end.</summary>
    public double Low { get; init; }

    /// <summary>For <see cref="InputKind.Range"/>: the upper end.</summary>
    public double High { get; init; } = 1;

    /// <summary>For labels and indices: the value that stands for "ignore this one", drawn now and then; null for none.</summary>
    public long? Ignored { get; init; }

    /// <summary>For <see cref="InputKind.Fixed"/>: the tensor.</summary>
    public Tensor? Value { get; init; }

    /// <summary>A differentiable input of real numbers.</summary>
    public static Input Real(string name, params string[] shape) => new(name, shape, InputKind.Real, true);

    /// <summary>A differentiable input of probabilities.</summary>
    public static Input Probabilities(string name, params string[] shape) => new(name, shape, InputKind.Probabilities, true);

    /// <summary>Target distributions: constants.</summary>
    public static Input Distributions(string name, params string[] shape) => new(name, shape, InputKind.Distributions, false);

    /// <summary>Class labels: constants. The last letter is their number of classes.</summary>
    public static Input Labels(string name, params string[] shape) => new(name, shape, InputKind.Labels, false);

    /// <summary>Indices with repeats: constants. The last letter, or number, is their exclusive bound.</summary>
    public static Input Indices(string name, params string[] shape) => new(name, shape, InputKind.Indices, false);

    /// <summary>A differentiable input of numbers from 0.1 to 3.</summary>
    public static Input Positive(string name, params string[] shape) => new(name, shape, InputKind.Positive, true);

    /// <summary>A differentiable input of numbers from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static Input Range(string name, double low, double high, params string[] shape) => new(name, shape, InputKind.Range, true) { Low = low, High = high };

    /// <summary>A differentiable input whose rows have length 1.</summary>
    public static Input UnitNorm(string name, params string[] shape) => new(name, shape, InputKind.UnitNorm, true);

    /// <summary>A differentiable input whose rows are one-hot.</summary>
    public static Input OneHot(string name, params string[] shape) => new(name, shape, InputKind.OneHot, true);

    /// <summary>A tensor as it is; differentiable when it is floating-point.</summary>
    public static Input Fixed(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(name, [.. value.shape.Select(size => size.ToString(System.Globalization.CultureInfo.InvariantCulture))], InputKind.Fixed, value.is_floating_point()) { Value = value };
    }

    /// <summary>A tensor where an input is expected is that tensor, without a name.</summary>
    public static implicit operator Input(Tensor value) => Fixed("", value);

    /// <summary>The same input as a constant: Backward gives no gradient for it.</summary>
    public Input NoGradient() => this with { Differentiable = false };

    /// <summary>Real numbers from data instead of drawn ones.</summary>
    public Input From(Func<Case, Tensor> source) => this with { Kind = InputKind.Given, Source = source };
}
