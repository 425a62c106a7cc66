namespace Backprop.Bugs;

/// <summary>A backward pass as people have got it wrong.</summary>
public sealed record Bug
{
    /// <summary>Stable, e.g. "SIG-01".</summary>
    public required string Id { get; init; }

    /// <summary>The operation that it is a wrong version of.</summary>
    public required Operation Operation { get; init; }

    /// <summary>What is wrong, in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>The code of its cause: see <see cref="Verify.CauseCode"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>A fresh instance of the wrong backward pass (some keep state on purpose): the cotangent and the inputs → one gradient for each differentiable input.</summary>
    public required Func<Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>>> Create { get; init; }

    /// <summary>The inputs that show it, where the operation's own do not, e.g. only large ones; null for the operation's.</summary>
    public IReadOnlyList<Verify.Input>? Inputs { get; init; }

    /// <summary>What a check should come to: "wrong", or "kink" for a choice at a kink that is right by convention.</summary>
    public string Verdict { get; init; } = "wrong";

    /// <summary>Codes that name the same mistake as truly, where its numbers cannot tell them apart; the first choice stays <see cref="Cause"/>.</summary>
    public IReadOnlyList<string> AlsoAccepted { get; init; } = [];

    /// <summary>A wrong version without state.</summary>
    /// <param name="id">Stable, e.g. "SIG-01".</param>
    /// <param name="operation">What it is a wrong version of.</param>
    /// <param name="cause">The code of its cause.</param>
    /// <param name="summary">What is wrong, in one line.</param>
    /// <param name="backward">The wrong backward pass.</param>
    public static Bug Of(string id, Operation operation, string cause, string summary, Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> backward) =>
        new() { Id = id, Operation = operation, Cause = cause, Summary = summary, Create = () => backward };
}
