using System.CommandLine;
using Backprop.Facade;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>`backprop explain`: definition, shapes, backward pass, edges, what the notes say about it, and whether that is so.</summary>
internal static class ExplainCommand
{
    internal static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "A rule or model, as `backprop list` names it, or a system of the notes, S01 to S70." };
        var command = new Command("explain", "Explain a rule: definition, backward pass, shapes, edges, the claims of the notes about it.") { name };
        command.SetAction(parsed => Run(parsed.GetValue(name)!));
        return command;
    }

    private static int Run(string name)
    {
        var rule = Notes.Explain(name);
        Screen.Line($"[bold]{Markup.Escape(rule.Name)}[/]");
        Screen.Line(Markup.Escape(rule.Definition));
        Screen.Line();
        foreach (var line in rule.Lines) Screen.Line(Markup.Escape(line));
        Screen.Line();
        foreach (var system in rule.Systems) Screen.Line(Markup.Escape($"{system.Id} {system.Name} ({system.Where})"));
        Screen.Line(Markup.Escape($"Derivation: {rule.Page}"));
        Screen.Line();
        foreach (var one in rule.Judgements) ClaimsCommand.InFull(one);
        if (rule.Judgements.Count == 0) Screen.Line("No claim of the ledger names it; those about its parts stand with them.");
        return 0;
    }
}
