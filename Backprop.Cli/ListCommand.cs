using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Backprop.Facade;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>`backprop list`: every rule and model that can be verified.</summary>
internal static class ListCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON on standard output alone." };
        var command = new Command("list", "List the rules and models that can be verified.") { json };
        command.SetAction(parsed => Run(parsed.GetValue(json)));
        return command;
    }

    private static int Run(bool json)
    {
        var rules = Gradients.List();
        if (json) Console.WriteLine(JsonSerializer.Serialize(rules, Json));
        else Screen.Table(["rule", "formula", "inputs"], rules.Select(rule => new[] { rule.Name, rule.Summary, string.Join(", ", rule.Inputs) }.Select(Markup.Escape).ToArray()));
        return 0;
    }
}
