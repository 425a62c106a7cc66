using System.CommandLine;
using Backprop.Claims;
using Backprop.Facade;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>`backprop claims`: what the notes claim, with the verdicts that sampling finds.</summary>
internal static class ClaimsCommand
{
    internal static Command Create()
    {
        var ids = new Argument<string[]>("ID") { Description = "Claims, e.g. 004.017: each in full; all in a table when none is given.", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<string?>("--file") { Description = "Only the claims of this notes file: 000 to 004." };
        var refuted = new Option<bool>("--refuted") { Description = "Only what does not hold as it stands." };
        var cases = new Option<int>("--cases") { Description = "Cases sampled for each statement, at least 12.", DefaultValueFactory = _ => Ledger.DefaultCases };
        var seed = new Option<int>("--seed") { Description = "Everything random comes from it.", DefaultValueFactory = _ => 1 };
        var errata = new Option<bool>("--errata") { Description = "Print the page docs/errata.md." };
        var record = new Option<bool>("--record") { Description = "Print the found verdicts in the form of the recorded list." };
        var json = new Option<bool>("--json") { Description = "Print JSON on standard output alone." };
        var command = new Command("claims", "Judge what the notes claim: holds, refuted with the smallest counterexample, or holds under a condition.") { ids, file, refuted, cases, seed, errata, record, json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(new LedgerRequest
        {
            Ids = parsed.GetValue(ids) ?? [],
            File = parsed.GetValue(file),
            RefutedOnly = parsed.GetValue(refuted),
            Cases = parsed.GetValue(cases),
            Seed = parsed.GetValue(seed),
        }, parsed.GetValue(errata), parsed.GetValue(record), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(LedgerRequest request, bool errata, bool record, bool json, CancellationToken cancellation)
    {
        var report = json || errata || record ? Notes.Claims(request, null, cancellation) : Screen.WithProgress(bar => Notes.Claims(request, bar, cancellation));
        if (errata) Console.Write(Notes.Errata(report));
        else if (record) foreach (var one in report.Judgements) Console.WriteLine($"{one.Claim.Id} {Ledger.Word(one.Verdict)}");
        else if (json) Console.WriteLine(report.ToJson());
        else Print(report, request.Ids.Count > 0);
        return report.Changed.Count == 0 || record ? 0 : 1;
    }

    private static void Print(LedgerReport report, bool inFull)
    {
        if (inFull) foreach (var one in report.Judgements) InFull(one);
        else
            Screen.Table(["claim", "lines", "kind", "verdict", "statement"], report.Judgements.Select(one => new[]
            {
                one.Claim.Id,
                Lines(one.Claim),
                Ledger.Word(one.Claim.Kind),
                Coloured(one.Verdict),
                Markup.Escape(one.Claim.Statement),
            }));
        if (!inFull) Screen.Line();
        Screen.Line(Markup.Escape(report.Sentence));
    }

    /// <summary>One claim: place, statement, verdict, counterexample, condition, correction, and who erred.</summary>
    internal static void InFull(Judgement one)
    {
        var claim = one.Claim;
        Screen.Line($"{claim.Id}  {Coloured(one.Verdict)}  notes {claim.File}, {(claim.From == claim.To ? "line" : "lines")} {Lines(claim)}, {Ledger.Word(claim.Kind)}");
        Screen.Line(Markup.Escape($"  {claim.Statement}"));
        if (one.AsStated?.Counterexample is { } found)
        {
            Screen.Line(Markup.Escape(found.Inputs.Count == 0 ? "  counterexample:" : $"  counterexample: {string.Join("; ", found.Inputs)}"));
            Screen.Line(Markup.Escape($"    {found.Left}{(found.Right.Length > 0 ? $"   against   {found.Right}" : "")}{(found.Note.Length > 0 ? $"   ({found.Note})" : "")}"));
            if (one.AsStated.SurvivesEqualSizes) Screen.Line("    with all sizes equal it goes unnoticed");
            if (one.AsStated.FitsAtEqualSizes) Screen.Line("    with all sizes equal it composes, and is wrong");
        }
        else if (one.AsStated is { First: { } first } && claim.Kind == ClaimKind.GoldenNumber) Screen.Line(Markup.Escape($"  the notes print {first.Left}; computed afresh: {first.Right}"));
        if (one.UnderCondition is not null) Screen.Line(Markup.Escape($"  holds if: {claim.Condition!.Text}"));
        if (one.Corrected is { } corrected) Screen.Line(Markup.Escape($"  right: {claim.Correction!.Text}   ({(corrected.Counterexample is null ? "holds" : "refuted")} in {corrected.Cases} cases)"));
        if (claim.Cause is { } cause) Screen.Line(Markup.Escape($"  {(cause == Culprit.Author ? "the author's slip" : "misread")}: {claim.Why}"));
        Screen.Line();
    }

    private static string Lines(Claim claim) => claim.From == claim.To ? $"{claim.From}" : $"{claim.From}–{claim.To}";

    private static string Coloured(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "[green]holds[/]",
        Verdict.Refuted => "[red]refuted[/]",
        Verdict.HoldsIf => "[yellow]holds if[/]",
        _ => "[grey]not checkable[/]",
    };
}
