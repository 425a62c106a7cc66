using Backprop.Verify;

namespace Backprop.Bugs;

/// <summary>A number that a function uses beside its tensors: a regulariser's strength, a temperature, a learning rate.</summary>
/// <param name="Name">As its formula has it, e.g. "λ" or "lambda".</param>
/// <param name="Value">The number.</param>
public sealed record Constant(string Name, double Value);

/// <summary>A differentiable operation whose wrong backward passes are collected: what it computes, and its right backward pass.</summary>
public sealed record Operation
{
    /// <summary>The name, kebab-case; that of a rule of `backprop list` where there is one.</summary>
    public required string Name { get; init; }

    /// <summary>One line: the formula.</summary>
    public required string Summary { get; init; }

    /// <summary>The inputs, in the order of Forward's parameters.</summary>
    public required IReadOnlyList<Input> Inputs { get; init; }

    /// <summary>The forward pass, in libtorch's differentiable operators.</summary>
    public required Func<IReadOnlyList<Tensor>, Tensor> Forward { get; init; }

    /// <summary>The right backward pass: the cotangent and the inputs → one gradient for each differentiable input.</summary>
    public required Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> Backward { get; init; }

    /// <summary>The numbers in the formula that a wrong version may be off by.</summary>
    public IReadOnlyList<Constant> Constants { get; init; } = [];

    /// <summary>A rule of this project as an operation: forward in libtorch's operators, backward by hand.</summary>
    public static Operation Of(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return new()
        {
            Name = subject.Name,
            Summary = subject.Summary,
            Inputs = subject.Inputs,
            Forward = subject.Reference,
            Backward = (dy, x) => subject.Backward(dy, subject.Forward(x).Saved),
        };
    }
}
