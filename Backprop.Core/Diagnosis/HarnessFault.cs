namespace Backprop.Diagnosis;

/// <summary>A fault that is not in the formula but in how it is run or checked, as a specimen, and what a check must make of it.</summary>
public sealed record HarnessFault
{
    /// <summary>Stable, e.g. "HAR-05".</summary>
    public required string Id { get; init; }

    /// <summary>What is at fault, in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>What counts as caught, in one line.</summary>
    public required string Caught { get; init; }

    /// <summary>A fresh specimen: some keep state on purpose.</summary>
    public required Func<Specimen> Create { get; init; }

    /// <summary>How it is to be checked.</summary>
    public CheckOptions Options { get; init; } = new();

    /// <summary>The verdicts of which any will do, the best first.</summary>
    public required IReadOnlyList<Verdict> Verdicts { get; init; }

    /// <summary>The codes of which one must be among the causes' first two, or the warnings; empty when nothing needs a cause.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Whether the check saw it.</summary>
    public bool IsCaughtBy(CheckReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Verdicts.Contains(report.Verdict) && (Codes.Count == 0 || report.Causes.Take(2).Concat(report.Warnings).Any(cause => Codes.Contains(cause.Code, StringComparer.Ordinal)));
    }
}
