using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Facade;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>Prints what the doctor finds; the exit code is 0 when all is well and 3 when libtorch cannot be used.</summary>
public static class DoctorCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    internal static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON on standard output alone." };
        var command = new Command("doctor", "Say which TorchSharp and libtorch are in use, what is missing, and what to do.") { json };
        command.SetAction(parsed => Run(parsed.GetValue(json)));
        return command;
    }

    /// <summary>Examines this machine and prints the findings as text, or as JSON on standard output alone.</summary>
    public static int Run(bool json)
    {
        var report = Examine();
        if (json) Console.WriteLine(JsonSerializer.Serialize(report, Format));
        else Print(report);
        return report.IsWell ? 0 : 3;
    }

    /// <summary>The real TorchSharp prints a page when it finds no libtorch, which would spoil the JSON and says less than the report.</summary>
    private static DoctorReport Examine()
    {
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            return Doctor.Examine();
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    private static void Print(DoctorReport report)
    {
        var width = report.Findings.Max(f => f.Name.Length);
        foreach (var finding in report.Findings)
        {
            var (colour, word) = finding.Health switch
            {
                Health.Ok => ("green", "ok     "),
                Health.Warning => ("yellow", "warning"),
                _ => ("red", "problem"),
            };
            var indent = new string(' ', word.Length + width + 4);
            Screen.Line($"[{colour}]{word}[/]  {finding.Name.PadRight(width)}  {Markup.Escape(finding.Value)}");
            Screen.Line($"[grey]{indent}{Markup.Escape(finding.How)}[/]");
            if (finding.Advice.Length > 0) Screen.Line($"{indent}→ {Markup.Escape(finding.Advice)}");
        }
        Console.WriteLine(report.IsWell ? "All is well." : "Not all is well: the lines marked 'problem' say why, and what to do.");
    }
}
