using System.CommandLine;
using Backprop.Facade.Training;

namespace Backprop.Cli;

/// <summary>`backprop predict`: what a trained model says of examples, one a line.</summary>
internal static class PredictCommand
{
    internal static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The --out of a training run." };
        var data = new Option<string>("--data") { Description = "As for `backprop train`.", HelpName = "SOURCE", Required = true };
        var command = new Command("predict", "Print what a trained model says of each example: a class or a number.") { folder, data };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetValue(folder)!, parsed.GetValue(data)!)));
        return command;
    }

    private static int Run(string folder, string data)
    {
        foreach (var line in Trainings.Predict(folder, data)) Console.WriteLine(line);
        return 0;
    }
}
