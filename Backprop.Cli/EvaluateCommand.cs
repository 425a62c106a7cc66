using System.CommandLine;
using System.Globalization;
using Backprop.Facade.Training;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>`backprop evaluate`: how well a trained model does.</summary>
internal static class EvaluateCommand
{
    private const int WidestTable = 40;

    internal static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The --out of a training run." };
        var data = new Option<string>("--data") { Description = "As for `backprop train`; of MNIST the test digits, of the treebank the test sentences.", HelpName = "SOURCE", Required = true };
        var command = new Command("evaluate", "Compare what a trained model says with what is so.") { folder, data };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetValue(folder)!, parsed.GetValue(data)!)));
        return command;
    }

    private static int Run(string folder, string data)
    {
        var report = Trainings.Evaluate(folder, data);
        if (report.Confusion.Count > WidestTable) Screen.Line($"The table of {report.Classes.Count} classes is left out.");
        else if (report.Confusion.Count > 0)
        {
            Screen.Table(["so \\ said", .. report.Classes.Select(Markup.Escape)], report.Confusion.Select((row, i) =>
                new[] { Markup.Escape(report.Classes[i]) }.Concat(row.Select(count => count.ToString(CultureInfo.InvariantCulture))).ToArray()), [.. Enumerable.Range(1, report.Classes.Count)]);
            Screen.Line();
        }
        Screen.Line(Markup.Escape(string.Create(CultureInfo.InvariantCulture,
            $"{Screen.Count(report.Examples, "example")}: loss {report.Loss:G6}{(report.Accuracy is { } right ? $", {(report.Majority is { } majority ? $"accuracy {100 * right:F2} % (always the most frequent class: {100 * majority:F2} %)" : $"ranked right {100 * right:F2} %")}" : "")}.")));
        return 0;
    }
}
