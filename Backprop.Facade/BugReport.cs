using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Backprop.Bugs;
using Backprop.Diagnosis;

namespace Backprop.Facade;

/// <summary>Which wrong versions to check, and how.</summary>
public sealed record BugRequest
{
    /// <summary>Ids such as "SIG-01"; empty for all.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Whether each is withheld from the known wrong versions while it is checked: how the checker does on what it has not seen.</summary>
    public bool Unseen { get; init; }

    /// <summary>As for a check of one's own.</summary>
    public CheckOptions Options { get; init; } = new();
}

/// <summary>The collection of wrong backward passes: the checker's benchmark, and a sheet of exercises.</summary>
public static class WrongGradients
{
    /// <summary>Every wrong version.</summary>
    public static IReadOnlyList<Bug> List() => Corpus.All;

    /// <summary>Runs the checker over wrong versions.</summary>
    /// <param name="request">Which, and how.</param>
    /// <param name="progress">Told after each.</param>
    /// <param name="cancellation">Looked at before every case.</param>
    /// <exception cref="ArgumentException">There is no wrong version of that id; the message has the nearest ids.</exception>
    /// <exception cref="LibtorchUnavailableException">libtorch cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BugReport Check(BugRequest? request = null, IProgress<VerifyProgress>? progress = null, CancellationToken cancellation = default)
    {
        request ??= new();
        IReadOnlyList<Bug> bugs = request.Ids.Count == 0 ? Corpus.All : [.. request.Ids.Select(Find).Distinct()];
        Libtorch.EnsureLoaded();
        var judged = new List<BugVerdict>();
        foreach (var bug in bugs)
        {
            cancellation.ThrowIfCancellationRequested();
            judged.Add(BugTrial.Judge(bug, request.Options, request.Unseen, cancellation));
            progress?.Report(new(bug.Id, judged.Count, bugs.Count));
        }
        return new(judged);
    }

    private static Bug Find(string id) => Corpus.All.FirstOrDefault(bug => string.Equals(bug.Id, id, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no wrong version '{id}'; the nearest ids are {string.Join(", ", Nearest.To(id, Corpus.All.Select(bug => bug.Id)))}.", nameof(id));
}

/// <summary>What the checker said of wrong versions.</summary>
/// <param name="Bugs">A verdict for each.</param>
public sealed record BugReport(IReadOnlyList<BugVerdict> Bugs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many came to what they should.</summary>
    public int Caught => Bugs.Count(bug => bug.Caught);

    /// <summary>Of how many the first cause is the expected one.</summary>
    public int NamedFirst => Bugs.Count(bug => bug.NamedFirst);

    /// <summary>Of how many one of the first two causes is.</summary>
    public int NamedInTwo => Bugs.Count(bug => bug.NamedInTwo);

    /// <summary>One sentence.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture,
        $"{Caught} of {Bugs.Count} wrong {(Bugs.Count == 1 ? "version" : "versions")} caught; the expected cause is the first of {NamedFirst} ({Share(NamedFirst)}) and one of the first two of {NamedInTwo} ({Share(NamedInTwo)}).");

    /// <summary>What is expected of a wrong version: the code of its cause, or the verdict where that is not wrong.</summary>
    public static string Expected(Bug bug)
    {
        ArgumentNullException.ThrowIfNull(bug);
        return bug.Verdict == "wrong" ? bug.Cause : bug.Verdict;
    }

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        Bugs = Bugs.Select(one => new
        {
            one.Bug.Id,
            Operation = one.Bug.Operation.Name,
            Expected = Expected(one.Bug),
            Verdict = one.Report.Verdict.ToString().ToLowerInvariant(),
            Causes = one.Codes,
        }),
        Caught,
        NamedFirst,
        NamedInTwo,
        Total = Bugs.Count,
    }, Json);

    private string Share(int count) => (Bugs.Count == 0 ? 1 : (double)count / Bugs.Count).ToString("P1", CultureInfo.InvariantCulture).Replace(" %", "%", StringComparison.Ordinal);
}
