using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What one case of a specimen came to.</summary>
internal sealed record CaseExam(Case Case)
{
    /// <summary>The worst of the gradients' verdicts; Error when the case could not be made.</summary>
    internal Verdict Verdict { get; init; } = Verdict.Right;

    /// <summary>By gradient; empty when their numbers were not compared.</summary>
    internal IReadOnlyList<GradientExam> Gradients { get; init; } = [];

    /// <summary>What is certain without any comparison of numbers.</summary>
    internal IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>Beside the verdict.</summary>
    internal IReadOnlyList<Cause> Warnings { get; init; } = [];

    /// <summary>Why it could not be made or compared, for <see cref="Verdict.Error"/>; null else.</summary>
    internal string? Failure { get; init; }

    /// <summary>The result was not finite, so that there was nothing to compare.</summary>
    internal bool Skipped { get; init; }

    /// <summary>Backward threw.</summary>
    internal bool Threw { get; init; }
}
