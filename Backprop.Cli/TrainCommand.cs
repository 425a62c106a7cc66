using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Backprop.Facade.Training;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>`backprop train`: a model of the notes, trained with hand-written gradients.</summary>
internal static class TrainCommand
{
    internal static Command Create()
    {
        var usual = new TrainRequest();
        var model = new Argument<string>("MODEL") { Description = $"One of {string.Join(", ", Trainings.Models)}." };
        var data = new Option<string>("--data") { Description = "For classifiers and regression spiral, blobs, moons, xor, and, or, line, csv:FILE, mnist:FOLDER, sst:FOLDER or sst2:FOLDER; for models of words places, text:FILE, sst:FOLDER or sst2:FOLDER.", HelpName = "SOURCE", Required = true };
        var label = new Option<string?>("--label") { Description = "The column of a CSV file that is to be predicted; the last when not given." };
        var validation = new Option<double>("--validation") { Description = "The share of the examples that is kept from training; MNIST and the treebank have examples of their own for that.", DefaultValueFactory = _ => usual.Validation };
        var standardise = new Option<bool>("--standardise") { Description = "Shift and scale each feature to mean 0 and deviation 1; what that takes is stored with the model." };
        var hidden = new Option<string?>("--hidden") { Description = "The sizes of a network's hidden layers, e.g. 100,50; of a window-scorer the units of its one, 20 when not given." };
        var words = new WordOptions(usual);
        var activation = new Option<string>("--activation") { Description = "Of the hidden layers: identity, sigmoid, tanh or relu.", DefaultValueFactory = _ => usual.Activation };
        var loss = new Option<string?>("--loss") { Description = "Of a neural-network: softmax, sigmoid, hinge or squared (which predicts a CSV column of numbers as numbers); softmax when not given." };
        var l2 = new Option<double>("--l2") { Description = "λ of the penalty.", DefaultValueFactory = _ => usual.L2 };
        var optimizer = new Option<string>("--optimizer") { Description = "sgd, momentum, adagrad or adam.", DefaultValueFactory = _ => usual.Optimizer };
        var rate = new Option<double>("--rate") { Description = "η.", DefaultValueFactory = _ => usual.Rate };
        var schedule = new Option<string>("--schedule") { Description = "constant, step:EPOCHS:FACTOR (times FACTOR, at most 1, every EPOCHS), 1/t:DECAY or cosine.", DefaultValueFactory = _ => usual.Schedule };
        var batch = new Option<string>("--batch") { Description = "Examples for each step, or full for all of them.", DefaultValueFactory = _ => "full" };
        var epochs = new Option<int>("--epochs") { Description = "How often to go through all examples, at most.", DefaultValueFactory = _ => usual.Epochs };
        var steps = new Option<long?>("--steps") { Description = "How many steps to take, instead of --epochs." };
        var still = new Option<double?>("--until-still") { Description = "Stop after an epoch that moved no parameter by more than this.", HelpName = "TOL" };
        var seed = new Option<int>("--seed") { Description = "Everything random comes from it.", DefaultValueFactory = _ => usual.Seed };
        var device = new Option<string>("--device") { Description = "cpu, cuda or cuda:N.", DefaultValueFactory = _ => usual.Device };
        var dtype = new Option<string>("--dtype") { Description = "float32 or float64.", DefaultValueFactory = _ => usual.Dtype };
        var gradients = new Option<string>("--gradients") { Description = "hand, pure (by hand, not fused) or autograd.", DefaultValueFactory = _ => usual.Gradients };
        var verify = new Option<int>("--verify-every") { Description = "Compare the gradient with autograd's along a random direction before every K-th step.", HelpName = "K" };
        var output = new Option<string?>("--out") { Description = "The folder for model.safetensors and metrics.jsonl; without it nothing is kept.", HelpName = "DIR" };
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint in --out." };
        var checkpoint = new Option<double>("--checkpoint-every") { Description = "Seconds between two checkpoints.", DefaultValueFactory = _ => usual.CheckpointSeconds };
        var command = new Command("train", "Train a model with hand-written gradients.")
        {
            model, data, label, validation, standardise, hidden, activation, loss, l2, optimizer, rate, schedule, batch, epochs, steps, still, seed, device, dtype, gradients, verify, output, resume, checkpoint,
        };
        words.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(words.Read(parsed, usual) with
        {
            Model = parsed.GetValue(model)!,
            Data = parsed.GetValue(data)!,
            Label = parsed.GetValue(label),
            Validation = parsed.GetValue(validation),
            Standardise = parsed.GetValue(standardise),
            Hidden = Sizes(parsed.GetValue(hidden)),
            Activation = parsed.GetValue(activation)!,
            Loss = parsed.GetValue(loss),
            L2 = parsed.GetValue(l2),
            Optimizer = parsed.GetValue(optimizer)!,
            Rate = parsed.GetValue(rate),
            Schedule = parsed.GetValue(schedule)!,
            BatchSize = parsed.GetValue(batch) is var size && size == "full" ? null : Whole("--batch", size!),
            Epochs = parsed.GetValue(epochs),
            Steps = parsed.GetValue(steps),
            UntilStill = parsed.GetValue(still),
            Seed = parsed.GetValue(seed),
            Device = parsed.GetValue(device)!,
            Dtype = parsed.GetValue(dtype)!,
            Gradients = parsed.GetValue(gradients)!,
            VerifyEvery = parsed.GetValue(verify),
            Out = parsed.GetValue(output),
            Resume = parsed.GetValue(resume),
            CheckpointSeconds = parsed.GetValue(checkpoint),
        }, cancellation)));
        return command;
    }

    private static IReadOnlyList<int> Sizes(string? text) => text is null ? [] : [.. text.Split(',').Select(size => Whole("--hidden", size))];

    private static int Whole(string option, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new ArgumentException($"{option}: expected a whole number of at least one{(option == "--batch" ? " or full" : "")}, got '{text}'.", option);

    private static int Run(TrainRequest request, CancellationToken cancellation)
    {
        var report = Screen.IsPlain
            ? Trainings.Train(request, new Lines(), cancellation)
            : AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .Start(context => Trainings.Train(request, new Bar(context.AddTask("reading")), cancellation));
        Screen.Line(Markup.Escape(Sentence(request, report)));
        if (report.Problem is { } problem) Console.Error.WriteLine($"backprop: {problem}{(request.Out is not null ? $" The last good checkpoint is in {request.Out}." : "")}");
        if (report.ExitCode == 130) Console.Error.WriteLine(request.Out is null ? "backprop: cancelled." : $"backprop: cancelled; --resume goes on from step {report.Steps}.");
        return report.ExitCode;
    }

    private static string Sentence(TrainRequest request, TrainReport report)
    {
        var held = report.ValidationLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $"; held out: loss {loss:G6}{Share(report.ValidationAccuracy)}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{request.Model} on {request.Data}: {report.End} after {Screen.Count(report.Steps, "step")} ({Screen.Count(report.Epochs, "epoch")}){(report.Resumed is { } from ? $", resumed at step {from}" : request.Resume ? $", from the start since {request.Out} had no model to resume" : "")}: loss {report.Loss:G6}{Share(report.Accuracy)}{held} ({report.Seconds:F1} s).");
    }

    private static string Share(double? accuracy) => accuracy is { } share ? string.Create(CultureInfo.InvariantCulture, $", accuracy {100 * share:F2} %") : "";

    private static string Text(TrainProgress value) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {value.Epoch}{(value.Loss is { } loss ? $"  loss {loss:G6}" : "")}{(value.Accuracy is { } share ? $"  {(value.HeldOut ? "held-out " : "")}accuracy {100 * share:F2} %" : "")}  {value.ExamplesPerSecond:F0} examples/s{(value.SecondsLeft is { } left ? $"  {TimeSpan.FromSeconds(Math.Clamp(left, 0, 1e6)):hh\\:mm\\:ss} left" : "")}");

    private sealed class Bar(ProgressTask task) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value)
        {
            task.Description = Markup.Escape(Text(value));
            task.MaxValue = value.Steps;
            task.Value = value.Step;
        }
    }

    /// <summary>For a file: a line for an epoch, but no more than one in two seconds.</summary>
    private sealed class Lines : IProgress<TrainProgress>
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private (double Seconds, long Epoch) _last = (-2, 0);

        public void Report(TrainProgress value)
        {
            if (value.Epoch == _last.Epoch || _clock.Elapsed.TotalSeconds - _last.Seconds < 2) return;
            _last = (_clock.Elapsed.TotalSeconds, value.Epoch);
            Console.WriteLine(Text(value));
        }
    }

    /// <summary>The options of models of words.</summary>
    private sealed class WordOptions(TrainRequest usual)
    {
        private readonly Option<int> _dimensions = new("--dimensions") { Description = "The length of a word's vector.", DefaultValueFactory = _ => usual.Dimensions };
        private readonly Option<int> _window = new("--window") { Description = "The words of a window, an odd number.", DefaultValueFactory = _ => usual.Window };
        private readonly Option<int> _negatives = new("--negatives") { Description = "Words that skip-gram draws to be told from each true neighbour.", DefaultValueFactory = _ => usual.Negatives };
        private readonly Option<int> _least = new("--least-count") { Description = "Words that occur less often have no vector of their own.", DefaultValueFactory = _ => usual.LeastCount };

        public void AddTo(Command command)
        {
            foreach (var option in new[] { _dimensions, _window, _negatives, _least }) command.Add(option);
        }

        public TrainRequest Read(ParseResult parsed, TrainRequest request) =>
            request with { Dimensions = parsed.GetValue(_dimensions), Window = parsed.GetValue(_window), Negatives = parsed.GetValue(_negatives), LeastCount = parsed.GetValue(_least) };
    }
}
