using Backprop.Claims;

namespace Backprop.Facade;

/// <summary>Which claims to judge, and how.</summary>
public sealed record LedgerRequest
{
    /// <summary>Ids such as "004.017"; empty for all.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Only the claims of this notes file: "000" to "004"; null for all.</summary>
    public string? File { get; init; }

    /// <summary>Only what does not hold as it stands.</summary>
    public bool RefutedOnly { get; init; }

    /// <summary>Cases for each statement, at least 12.</summary>
    public int Cases { get; init; } = Ledger.DefaultCases;

    /// <summary>Everything random comes from it.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>The notes: what they claim, which systems they have, and what this project says about each.</summary>
public static class Notes
{
    /// <summary>Judges claims; their verdicts are found by sampling.</summary>
    /// <exception cref="ArgumentException">An id or file that does not exist; the message has the nearest.</exception>
    /// <exception cref="LibtorchUnavailableException">libtorch cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LedgerReport Claims(LedgerRequest? request = null, IProgress<VerifyProgress>? progress = null, CancellationToken cancellation = default) =>
        LedgerRun.Run(request ?? new(), progress, cancellation);

    /// <summary>The page of errata, from judgements of all claims.</summary>
    public static string Errata(LedgerReport report) => Backprop.Claims.Errata.Markdown((report ?? throw new ArgumentNullException(nameof(report))).Judgements);

    /// <summary>Every system of the notes, with what covers it.</summary>
    public static IReadOnlyList<NotesSystem> Systems() => Backprop.Claims.Systems.All;

    /// <summary>A rule, or a system such as "S65", explained: its documentation, its claims with their verdicts, where its derivation is.</summary>
    /// <exception cref="ArgumentException">There is no rule of that name; the message has the nearest names.</exception>
    /// <exception cref="LibtorchUnavailableException">libtorch cannot be used.</exception>
    public static Explanation Explain(string name) => Explanation.Of(name);
}
