using Backprop.Verify;

namespace Backprop.Facade;

/// <summary>What to verify, and how.</summary>
public sealed record VerifyRequest
{
    /// <summary>Names of rules, as <see cref="Gradients.List"/> has them; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Cases, seed, dtype and device.</summary>
    public VerifyOptions Options { get; init; } = new();

    /// <summary>Real data instead of drawn inputs, e.g. <c>mnist:../shared/data/mnist</c>; null for none.</summary>
    public string? Data { get; init; }

    /// <summary>A mistake to put into the backward passes on purpose, as <see cref="Fault.All"/> names it; null for none.</summary>
    public string? Fault { get; init; }

    /// <summary>Exactly one case of exactly one rule, as a verdict printed it; the seed is then the case's own. Null for random cases.</summary>
    public string? Case { get; init; }
}

/// <summary>How far a verification is.</summary>
/// <param name="Rule">The rule that is being verified.</param>
/// <param name="Done">Cases examined so far, of all rules.</param>
/// <param name="Total">Cases in all.</param>
public sealed record VerifyProgress(string Rule, int Done, int Total);

/// <summary>An operation as `backprop list --operations` prints it.</summary>
/// <param name="Name">The name that [HandGradient(Operation = …)] takes.</param>
/// <param name="Summary">The formula.</param>
/// <param name="Inputs">Its inputs with their shapes.</param>
/// <param name="WrongVersions">How many wrong versions of it are collected.</param>
public sealed record OperationSummary(string Name, string Summary, IReadOnlyList<string> Inputs, int WrongVersions);

/// <summary>A rule as `backprop list` prints it.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">The formula.</param>
/// <param name="Inputs">Its inputs with their shapes, e.g. "x: N×D".</param>
public sealed record RuleSummary(string Name, string Summary, IReadOnlyList<string> Inputs);
