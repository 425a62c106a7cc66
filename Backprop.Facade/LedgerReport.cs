using System.Text.Encodings.Web;
using System.Text.Json;
using Backprop.Claims;

namespace Backprop.Facade;

/// <summary>Claims with the verdicts that were found.</summary>
/// <param name="Judgements">By id.</param>
/// <param name="Changed">Ids whose verdict is not the recorded one.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record LedgerReport(IReadOnlyList<Judgement> Judgements, IReadOnlyList<string> Changed, double Seconds)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many have this verdict.</summary>
    public int Count(Verdict verdict) => Judgements.Count(one => one.Verdict == verdict);

    /// <summary>One sentence.</summary>
    public string Sentence
    {
        get
        {
            var counts = new[] { (Verdict.Holds, "hold"), (Verdict.Refuted, "refuted"), (Verdict.HoldsIf, "hold under a condition that the notes leave out"), (Verdict.NotCheckable, "not checkable") }
                .Select(one => (Number: Count(one.Item1), Words: one.Item2)).Where(one => one.Number > 0).Select(one => $"{one.Number} {one.Words}");
            var changed = Changed.Count == 0 ? "" : $"; {Changed.Count} changed since they were recorded: {string.Join(", ", Changed.Take(8))}{(Changed.Count > 8 ? " …" : "")}";
            return $"{Judgements.Count} {(Judgements.Count == 1 ? "claim" : "claims")}: {string.Join(", ", counts)}{changed}.";
        }
    }

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(Judgements.Select(one => new
    {
        one.Claim.Id,
        one.Claim.File,
        Lines = new[] { one.Claim.From, one.Claim.To },
        one.Claim.Statement,
        Kind = Ledger.Word(one.Claim.Kind),
        Verdict = Ledger.Word(one.Verdict),
        Counterexample = one.AsStated?.Counterexample is { } found ? new { found.Inputs, found.Left, found.Right, found.Note, one.AsStated.SurvivesEqualSizes, one.AsStated.FitsAtEqualSizes } : null,
        Condition = one.Claim.Condition?.Text,
        Correction = one.Claim.Correction?.Text,
        Cause = one.Claim.Cause?.ToString().ToLowerInvariant(),
        Cases = one.AsStated?.Cases ?? 0,
    }), Json);
}
