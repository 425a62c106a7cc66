using System.CommandLine;
using Backprop.Diagnosis;
using Backprop.Facade;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>`backprop bugs`: the collection of wrong backward passes before the checker.</summary>
internal static class BugsCommand
{
    /// <summary>So many causes are shown of each in the table.</summary>
    private const int Shown = 3;

    internal static Command Create()
    {
        var ids = new Argument<string[]>("ID") { Description = "Wrong versions, e.g. SIG-01: each beside the right one; all in a table when none is given.", Arity = ArgumentArity.ZeroOrMore };
        var seed = new Option<int>("--seed") { Description = "Everything random comes from it.", DefaultValueFactory = _ => new CheckOptions().Seed };
        var unseen = new Option<bool>("--unseen") { Description = "Withhold each from the known wrong versions while it is checked: how the checker does on what it has not seen." };
        var json = new Option<bool>("--json") { Description = "Print JSON on standard output alone." };
        ids.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-'))) result.AddError($"there is no option '{token.Value}'.");
        });
        var command = new Command("bugs", "Run the checker over known wrong versions: which it catches, and of which it names the cause.") { ids, seed, unseen, json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(new BugRequest
        {
            Ids = parsed.GetValue(ids) ?? [],
            Unseen = parsed.GetValue(unseen),
            Options = new() { Seed = parsed.GetValue(seed) },
        }, parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(BugRequest request, bool json, CancellationToken cancellation)
    {
        var report = json ? WrongGradients.Check(request, null, cancellation) : Screen.WithProgress(bar => WrongGradients.Check(request, bar, cancellation));
        if (json) Console.WriteLine(report.ToJson());
        else Print(report, request.Ids.Count > 0);
        return report.Caught == report.Bugs.Count ? 0 : 1;
    }

    private static void Print(BugReport report, bool inFull)
    {
        if (inFull) foreach (var one in report.Bugs) InFull(one);
        else
            Screen.Table(["id", "operation", "expected", "verdict", "causes, likeliest first"], report.Bugs.Select(one => new[]
            {
                Markup.Escape(one.Bug.Id),
                Markup.Escape(one.Bug.Operation.Name),
                Markup.Escape(BugReport.Expected(one.Bug)),
                one.Caught ? $"[green]{Word(one)}[/]" : $"[red]{Word(one).ToUpperInvariant()}[/]",
                Coloured(one, Markup.Escape(string.Join(", ", one.Codes.Take(Shown)))),
            }));
        if (!inFull) Screen.Line();
        Screen.Line(Markup.Escape(report.Sentence));
    }

    /// <summary>One wrong version: what is wrong with it, its gradients beside the true ones, and all that the checker says.</summary>
    private static void InFull(BugVerdict one)
    {
        var (bug, report) = (one.Bug, one.Report);
        Screen.Line($"[bold]{Markup.Escape(bug.Id)}[/]  {Markup.Escape(bug.Operation.Name)}: {Markup.Escape(bug.Operation.Summary)}");
        Screen.Line(Markup.Escape($"  wrong: {bug.Summary}"));
        Screen.Line(Markup.Escape($"  expected: {BugReport.Expected(bug)}{(bug.AlsoAccepted.Count > 0 ? $"; as truly {string.Join(", ", bug.AlsoAccepted)}" : "")}"));
        foreach (var pair in BugTrial.Beside(one))
        {
            Screen.Line(Markup.Escape($"  {pair.Gradient}   wrong {pair.Hand}"));
            Screen.Line(Markup.Escape($"  {new string(' ', pair.Gradient.Length)}   right {pair.Truth}"));
        }
        foreach (var line in report.ToString().Split('\n')) Screen.Line(Markup.Escape(line));
        Screen.Line();
    }

    private static string Word(BugVerdict one) => one.Report.Verdict.ToString().ToLowerInvariant();

    private static string Coloured(BugVerdict one, string causes) => one.NamedFirst ? causes : one.NamedInTwo ? $"[yellow]{causes}[/]" : $"[red]{causes}[/]";
}
