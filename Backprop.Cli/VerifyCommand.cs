using System.CommandLine;
using System.Globalization;
using Backprop.Facade;
using Backprop.Verify;
using Spectre.Console;
using TorchSharp;

namespace Backprop.Cli;

/// <summary>`backprop verify`: hand-written backward passes before their witnesses.</summary>
internal static class VerifyCommand
{
    internal static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Rules to verify, as `backprop list` names them; all when none is given.", Arity = ArgumentArity.ZeroOrMore };
        var device = new Option<string>("--device") { Description = "cpu, cuda or cuda:N.", DefaultValueFactory = _ => "cpu" };
        var dtype = new Option<string>("--dtype") { Description = "float64 or float32.", DefaultValueFactory = _ => "float64" }.AcceptOnlyFromAmong("float64", "float32");
        var cases = new Option<int>("--cases") { Description = "Random cases for each rule.", DefaultValueFactory = _ => new VerifyOptions().Cases };
        var seed = new Option<int>("--seed") { Description = "Everything random comes from it.", DefaultValueFactory = _ => new VerifyOptions().Seed };
        var data = new Option<string?>("--data") { Description = "Real data instead of drawn inputs: mnist:FOLDER, for softmax-classifier.", HelpName = "mnist:FOLDER" };
        var @case = new Option<string?>("--case") { Description = "Replay exactly this case of one rule, e.g. N=1,C=3,values=ties; --seed is then the case's own." };
        var fault = new Option<string?>("--fault") { Description = $"Put a mistake into the backward passes, to see the verdict turn red: {string.Join(", ", Fault.All.Select(one => one.Name))}." };
        var json = new Option<bool>("--json") { Description = "Print JSON on standard output alone." };
        cases.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && n < 1) result.AddError("--cases: expected at least 1.");
        });
        names.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-'))) result.AddError($"there is no option '{token.Value}'.");
        });
        var command = new Command("verify", "Compare hand-written backward passes with libtorch's autograd and with finite differences.") { names, device, dtype, cases, seed, data, @case, fault, json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(new VerifyRequest
        {
            Names = parsed.GetValue(names) ?? [],
            Data = parsed.GetValue(data),
            Case = parsed.GetValue(@case),
            Fault = parsed.GetValue(fault),
            Options = new()
            {
                Device = parsed.GetValue(device)!,
                Dtype = parsed.GetValue(dtype) == "float32" ? torch.ScalarType.Float32 : torch.ScalarType.Float64,
                Cases = parsed.GetValue(cases),
                Seed = parsed.GetValue(seed),
            },
        }, parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(VerifyRequest request, bool json, CancellationToken cancellation)
    {
        var report = json ? Gradients.Verify(request, null, cancellation) : Screen.WithProgress(bar => Gradients.Verify(request, bar, cancellation));
        if (json) Console.WriteLine(report.ToJson());
        else Print(report);
        return report.Disagreed == 0 ? 0 : 1;
    }

    private static void Print(VerificationReport report)
    {
        Screen.Table(["rule", "cases", "entries", "against autograd", "against differences", "verdict", "time"], report.Rules.Select(rule => new[]
        {
            Markup.Escape(rule.Rule),
            rule.Cases.ToString(CultureInfo.InvariantCulture),
            rule.Entries.ToString(CultureInfo.InvariantCulture),
            Error(rule.WorstToAutograd),
            Error(rule.WorstToDifference),
            rule.Agrees ? "[green]agrees[/]" : "[red]DISAGREES[/]",
            string.Create(CultureInfo.InvariantCulture, $"{rule.Seconds:F2} s"),
        }), 1, 2, 3, 4, 6);
        foreach (var rule in report.Rules.Where(rule => !rule.Agrees)) Explain(report, rule);
        Screen.Line();
        Screen.Line(Markup.Escape(report.Sentence));
    }

    private static void Explain(VerificationReport report, Agreement rule)
    {
        var (flaw, smallest, first, inputs) = rule.Disagreement!;
        Screen.Line();
        Screen.Line($"[red]{Markup.Escape(rule.Rule)}[/]: {Markup.Escape(flaw.Text)}");
        if (flaw.Element is { } at)
            Screen.Line(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"  d{at.Input}[{string.Join(", ", at.Index)}]   hand {at.Hand:R}   autograd {at.Autograd:R}   difference {(at.Difference is { } d ? d.ToString("R", CultureInfo.InvariantCulture) : "not taken")}")));
        Screen.Line(Markup.Escape($"  smallest failing case: {smallest.Text} (seed {smallest.Seed}); first seen in {first.Text}"));
        foreach (var input in inputs) Screen.Line(Markup.Escape($"    {input}"));
        Screen.Line(Markup.Escape($"  replay: {report.Replay(rule)}"));
    }

    private static string Error(double relative) => relative == 0 ? "0" : relative.ToString("0.0e+00", CultureInfo.InvariantCulture);
}
