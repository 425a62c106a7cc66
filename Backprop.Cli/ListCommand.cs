using System.CommandLine;
using System.Globalization;
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
        var systems = new Option<bool>("--systems") { Description = "List the systems of the notes instead, each with what covers it." };
        var operations = new Option<bool>("--operations") { Description = "List the operations that `backprop check` recognises instead, each with the number of its known wrong versions." };
        var command = new Command("list", "List the rules and models that can be verified.") { json, systems, operations };
        command.Validators.Add(result =>
        {
            if (result.GetValue(systems) && result.GetValue(operations)) result.AddError("list: expected --systems or --operations, not both.");
        });
        command.SetAction(parsed => parsed.GetValue(systems) ? Systems(parsed.GetValue(json)) : parsed.GetValue(operations) ? Operations(parsed.GetValue(json)) : Run(parsed.GetValue(json)));
        return command;
    }

    private static int Run(bool json)
    {
        var rules = Gradients.List();
        if (json) Console.WriteLine(JsonSerializer.Serialize(rules, Json));
        else Screen.Table(["rule", "formula", "inputs"], rules.Select(rule => new[] { rule.Name, rule.Summary, string.Join(", ", rule.Inputs) }.Select(Markup.Escape).ToArray()));
        return 0;
    }

    private static int Operations(bool json)
    {
        var operations = Gradients.Operations();
        if (json) Console.WriteLine(JsonSerializer.Serialize(operations, Json));
        else Screen.Table(["operation", "formula", "inputs", "wrong versions"], operations.Select(one => new[] { one.Name, one.Summary, string.Join(", ", one.Inputs), one.WrongVersions.ToString(CultureInfo.InvariantCulture) }.Select(Markup.Escape).ToArray()), 3);
        return 0;
    }

    private static int Systems(bool json)
    {
        var rows = Notes.Systems().Select(system => new
        {
            system.Id,
            system.Name,
            system.Where,
            system.Rules,
            system.Types,
            Claims = system.Claims.Select(claim => claim.Id).ToList(),
            system.Page,
            Covered = system.IsCovered,
        }).ToList();
        if (json) Console.WriteLine(JsonSerializer.Serialize(rows, Json));
        else
            Screen.Table(["system", "name", "notes N0 to N4, lines", "covered by"], rows.Select(row => new[]
            {
                row.Id,
                row.Name,
                row.Where,
                row.Covered
                    ? string.Join(", ", row.Rules.Concat(row.Types).Concat(row.Claims.Count > 0 ? [$"{row.Claims.Count} {(row.Claims.Count == 1 ? "claim" : "claims")}"] : []).Concat(row.Page is { } page ? [$"docs/derivations/{page}.md"] : []))
                    : "nothing yet",
            }.Select(Markup.Escape).ToArray()));
        return 0;
    }
}
