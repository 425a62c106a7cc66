using Backprop.Rules;

namespace Backprop.Verify;

/// <summary>A hand-written rule as the witnesses see it: how to draw its inputs, its forward and backward pass, and libtorch's own version of the forward pass.</summary>
public sealed record Subject
{
    /// <summary>The name on the command line, e.g. "softmax-cross-entropy".</summary>
    public required string Name { get; init; }

    /// <summary>One line: the formula.</summary>
    public required string Summary { get; init; }

    /// <summary>The inputs, in the order of Forward's parameters.</summary>
    public required IReadOnlyList<Input> Inputs { get; init; }

    /// <summary>The hand-written forward pass.</summary>
    public required Func<IReadOnlyList<Tensor>, Primal<object>> Forward { get; init; }

    /// <summary>The hand-written backward pass: the cotangent and what Forward saved → one gradient for each differentiable input.</summary>
    public required Func<Tensor, object, IReadOnlyList<Tensor>> Backward { get; init; }

    /// <summary>The same function in libtorch's own differentiable operators.</summary>
    public required Func<IReadOnlyList<Tensor>, Tensor> Reference { get; init; }

    /// <summary>Which values its real inputs are drawn from; in turn.</summary>
    public IReadOnlyList<Values> Values { get; init; } = [Verify.Values.Ordinary, Verify.Values.Ties, Verify.Values.Wide, Verify.Values.Extreme];

    /// <summary>The letter that may be 0 (an empty batch), if any may.</summary>
    public string? MayBeEmpty { get; init; } = "N";

    /// <summary>Letters whose size is given by data.</summary>
    public IReadOnlyDictionary<string, long> FixedSizes { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The letters of all inputs, in order of appearance.</summary>
    public IReadOnlyList<string> Letters => [.. Inputs.SelectMany(input => input.Shape).SelectMany(SizeProduct.Letters).Distinct(StringComparer.Ordinal)];

    /// <summary>The inputs that Backward gives gradients for.</summary>
    public IReadOnlyList<Input> Differentiable => [.. Inputs.Where(input => input.Differentiable)];

    /// <summary>A subject from a rule's typed passes.</summary>
    /// <param name="name">The name on the command line.</param>
    /// <param name="summary">One line: the formula.</param>
    /// <param name="inputs">In the order of Forward's parameters.</param>
    /// <param name="forward">The hand-written forward pass.</param>
    /// <param name="backward">The hand-written backward pass: one gradient for each differentiable input, in order.</param>
    /// <param name="reference">The same function in libtorch's operators.</param>
    public static Subject Of<TSaved>(string name, string summary, IReadOnlyList<Input> inputs, Func<IReadOnlyList<Tensor>, Primal<TSaved>> forward,
        Func<Tensor, TSaved, IReadOnlyList<Tensor>> backward, Func<IReadOnlyList<Tensor>, Tensor> reference) where TSaved : class => new()
        {
            Name = name,
            Summary = summary,
            Inputs = inputs,
            Forward = x => forward(x) is var primal ? new(primal.Y, primal.Saved) : throw new InvalidOperationException(),
            Backward = (dy, saved) => backward(dy, (TSaved)saved),
            Reference = reference,
        };
}
