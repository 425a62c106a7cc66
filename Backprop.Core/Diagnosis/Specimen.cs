using Backprop.Bugs;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What a forward pass gave: its outputs, and what it saved for the backward pass (null when nothing).</summary>
/// <param name="Outputs">One or more tensors; integer ones get no cotangent.</param>
/// <param name="Saved">Handed to Backward as it is.</param>
public sealed record Outcome(IReadOnlyList<Tensor> Outputs, object? Saved);

/// <summary>The least and the greatest size that a letter is drawn with.</summary>
/// <param name="Least">At least 0.</param>
/// <param name="Greatest">No less than <paramref name="Least"/>.</param>
public sealed record SizeRange(long Least, long Greatest);

/// <summary>Where source code is, for reports.</summary>
/// <param name="File">The path as the compiler saw it.</param>
/// <param name="Line">From 1.</param>
public sealed record SourcePlace(string File, int Line);

/// <summary>How the passes are called in source code, for the smallest case that is printed.</summary>
/// <param name="Forward">E.g. "MyLinear.Forward".</param>
/// <param name="Backward">E.g. "MyLinear.Backward".</param>
/// <param name="Constants">The arguments after the tensors, as C# writes them, e.g. "0.1"; empty when none.</param>
public sealed record CallSyntax(string Forward, string Backward, IReadOnlyList<string> Constants)
{
    /// <summary>What follows the cotangents in the call of Backward where that is not Forward's own arguments, e.g. "y.Saved" for the result y of Forward; else null.</summary>
    public IReadOnlyList<string>? Saved { get; init; }

    /// <summary>Whether F# writes its arguments one after another, without commas.</summary>
    public bool Curried { get; init; }
}

/// <summary>A hand-written gradient of someone's own, ready to be checked: nothing is known of it but its two passes.</summary>
public sealed record Specimen
{
    /// <summary>The name in reports, e.g. that of its class.</summary>
    public required string Name { get; init; }

    /// <summary>The tensors that Forward takes, in order, and how they are drawn.</summary>
    public required IReadOnlyList<Input> Inputs { get; init; }

    /// <summary>The forward pass.</summary>
    public required Func<IReadOnlyList<Tensor>, Outcome> Forward { get; init; }

    /// <summary>The backward pass: a cotangent for each floating-point output, the inputs, what Forward saved → one gradient for each differentiable input, in
    /// order; null entries for gradients that are missing.</summary>
    public required Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, object?, IReadOnlyList<Tensor?>> Backward { get; init; }

    /// <summary>The numbers that both passes use beside their tensors.</summary>
    public IReadOnlyList<Constant> Constants { get; init; } = [];

    /// <summary>Bounds for letters; others are drawn from 2 to 7.</summary>
    public IReadOnlyDictionary<string, SizeRange> Sizes { get; init; } = new Dictionary<string, SizeRange>(StringComparer.Ordinal);

    /// <summary>The operation of <see cref="Corpus"/> that it means to be, if its author says so.</summary>
    public string? Operation { get; init; }

    /// <summary>The id of a known wrong version that is not to be recognised in it, when the checker is measured on what it has not seen; else null.</summary>
    internal string? Withheld { get; init; }

    /// <summary>How to call it in source code; null when that is not known.</summary>
    public CallSyntax? Syntax { get; init; }

    /// <summary>Where Backward is written; null when that is not known.</summary>
    public SourcePlace? Source { get; init; }

    /// <summary>The inputs that Backward gives gradients for.</summary>
    public IReadOnlyList<Input> Differentiable => [.. Inputs.Where(input => input.Differentiable)];

    /// <summary>The places of the differentiable inputs among all.</summary>
    internal IReadOnlyList<int> Places => [.. Inputs.Select((input, i) => (input, i)).Where(pair => pair.input.Differentiable).Select(pair => pair.i)];

    /// <summary>Letters that no input has, but that are drawn too, since inputs that are computed depend on them.</summary>
    internal IReadOnlyList<string> More { get; init; } = [];

    /// <summary>The letters of all inputs, in order of appearance.</summary>
    public IReadOnlyList<string> Letters => [.. Inputs.SelectMany(input => input.Shape).SelectMany(SizeProduct.Letters).Concat(More).Distinct(StringComparer.Ordinal)];

    /// <summary>A rule of this project as if it were a stranger's.</summary>
    public static Specimen Of(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return new()
        {
            Name = subject.Name,
            Inputs = subject.Inputs,
            Operation = subject.Name,
            Forward = x => subject.Forward(x) is var primal ? new([primal.Y], primal.Saved) : throw new InvalidOperationException(),
            Backward = (dys, _, saved) => subject.Backward(dys[0], saved!),
        };
    }

    /// <summary>A wrong version of the corpus as if it were a stranger's; its author does not say what it means to be.</summary>
    public static Specimen Of(Bug bug)
    {
        ArgumentNullException.ThrowIfNull(bug);
        var backward = bug.Create();
        return new()
        {
            Name = bug.Id,
            Inputs = bug.Inputs ?? bug.Operation.Inputs,
            Constants = bug.Operation.Constants,
            Forward = x => new([bug.Operation.Forward(x)], null),
            Backward = (dys, x, _) => backward(dys[0], x),
        };
    }
}
