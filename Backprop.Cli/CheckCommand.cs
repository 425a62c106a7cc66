using System.CommandLine;
using System.Globalization;
using Backprop.Diagnosis;
using Backprop.Facade.Loading;
using Spectre.Console;
using TorchSharp;

namespace Backprop.Cli;

/// <summary>`backprop check`: someone's own gradients, with the cause of what is wrong with them.</summary>
internal static class CheckCommand
{
    private const int Question = 1, Why = 2;

    internal static Command Create()
    {
        var usual = new CheckOptions();
        var path = new Argument<string>("PATH.dll") { Description = "The assembly with the classes marked [HandGradient]." };
        var names = new Argument<string[]>("NAME") { Description = "Classes to check, with or without their namespace; all that are marked when none is given.", Arity = ArgumentArity.ZeroOrMore };
        var device = new Option<string>("--device") { Description = "cpu, cuda or cuda:N.", DefaultValueFactory = _ => usual.Device };
        var dtype = new Option<string>("--dtype") { Description = "float64 or float32.", DefaultValueFactory = _ => "float64" }.AcceptOnlyFromAmong("float64", "float32");
        var cases = new Option<int>("--cases") { Description = "Random cases for each class; the edge cases come on top.", DefaultValueFactory = _ => usual.Cases };
        var seed = new Option<int>("--seed") { Description = "Everything random comes from it.", DefaultValueFactory = _ => usual.Seed };
        var @case = new Option<string?>("--case") { Description = "Replay exactly this case of one class, e.g. D=1,N=2,values=short; --seed is then the case's own." };
        var hints = new Option<int>("--hints") { Description = "How much to tell: 1 a question that leads to the cause, 2 the cause, 3 the repair and the smallest case.", DefaultValueFactory = _ => 3 };
        var json = new Option<bool>("--json") { Description = "Print JSON on standard output alone." };
        var junit = new Option<string?>("--junit") { Description = "Write JUnit's XML: a test for each gradient of each class.", HelpName = "FILE" };
        var sarif = new Option<string?>("--sarif") { Description = "Write SARIF 2.1.0: a rule for each code, results where Backward is written.", HelpName = "FILE" };
        cases.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && n < 1) result.AddError("--cases: expected at least 1.");
        });
        hints.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && n is < 1 or > 3) result.AddError("--hints: expected 1, 2 or 3.");
        });
        names.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-'))) result.AddError($"there is no option '{token.Value}'.");
        });
        var command = new Command("check", "Check gradients of your own: verdict, cause and smallest case of each class marked [HandGradient].") { path, names, device, dtype, cases, seed, @case, hints, json, junit, sarif };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(new AssemblyRequest
        {
            Path = parsed.GetValue(path)!,
            Names = parsed.GetValue(names) ?? [],
            Options = usual with
            {
                Device = parsed.GetValue(device)!,
                Dtype = parsed.GetValue(dtype) == "float32" ? torch.ScalarType.Float32 : torch.ScalarType.Float64,
                Cases = parsed.GetValue(cases),
                Seed = parsed.GetValue(seed),
                Case = parsed.GetValue(@case),
            },
        }, parsed.GetValue(hints), parsed.GetValue(json), parsed.GetValue(junit), parsed.GetValue(sarif), cancellation)));
        return command;
    }

    private static int Run(AssemblyRequest request, int hints, bool json, string? junit, string? sarif, CancellationToken cancellation)
    {
        using var xml = OutputFile.Open("--junit", junit);
        using var results = OutputFile.Open("--sarif", sarif);
        var report = json ? Quietly(() => Assemblies.Check(request, null, cancellation)) : Screen.WithProgress(bar => Quietly(() => Assemblies.Check(request, bar, cancellation)));
        xml?.Write(report.ToJUnit());
        results?.Write(report.ToSarif());
        if (json) Console.WriteLine(report.ToJson());
        else Print(report, hints);
        return report.ExitCode;
    }

    /// <summary>What the user's code prints goes to standard error, so that standard output has the report alone.</summary>
    private static AssemblyReport Quietly(Func<AssemblyReport> check)
    {
        var output = Console.Out;
        Console.SetOut(Console.Error);
        try
        {
            return check();
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    private static void Print(AssemblyReport report, int hints)
    {
        Screen.Table(["class", "gradients", "cases", "verdict", "time"], report.Classes.Select(one => new[]
        {
            Markup.Escape(one.Name),
            Markup.Escape(string.Join(", ", one.Gradients.Select(gradient => gradient.Gradient))),
            one.Cases.ToString(CultureInfo.InvariantCulture),
            Coloured(one.Verdict),
            string.Create(CultureInfo.InvariantCulture, $"{one.Seconds:F2} s"),
        }), 2, 4);
        foreach (var one in report.Classes.Where(one => one.Verdict is not Verdict.Right || one.Warnings.Count > 0))
        {
            Screen.Line();
            foreach (var line in Told(one, hints)) Screen.Line(Markup.Escape(line));
        }
        Screen.Line();
        Screen.Line(Markup.Escape(report.Sentence));
    }

    /// <summary>As much of a report as the hints allow. What could not be checked has nothing to find out, so it is told at once.</summary>
    private static IEnumerable<string> Told(CheckReport report, int hints)
    {
        if (hints > Why || report.Verdict is Verdict.Error) return report.ToString().Split('\n');
        var causes = report.Causes.Concat(report.Warnings);
        return [$"{report.Name}: {AssemblyReport.Word(report.Verdict)}", .. hints == Question
            // Of the likeliest cause of each gradient.
            ? report.Causes.DistinctBy(cause => cause.Gradient).Select(cause => $"  {(cause.Gradient.Length > 0 ? cause.Gradient + ": " : "")}{cause.Question}")
            : causes.SelectMany(cause => new[] { $"  {cause.Text} [{cause.Code}]", $"    {cause.Evidence}" }.Where(line => line.Trim().Length > 0))];
    }

    private static string Coloured(Verdict verdict) => verdict switch
    {
        Verdict.Right => "[green]right[/]",
        Verdict.Kink => "[green]kink[/]",
        Verdict.Wrong => "[red]WRONG[/]",
        Verdict.Error => "[red]ERROR[/]",
        _ => $"[yellow]{AssemblyReport.Word(verdict)}[/]",
    };
}
