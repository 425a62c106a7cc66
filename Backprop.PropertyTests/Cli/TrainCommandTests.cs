using System.Diagnostics;

namespace Backprop.PropertyTests.Cli;

/// <summary>`backprop train`, `predict` and `evaluate` as a user starts them.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private static readonly string[] Long = ["train", "neural-network", "--data", "spiral", "--hidden", "8", "--optimizer", "momentum", "--batch", "7", "--rate", "0.02", "--epochs", "60", "--schedule", "cosine", "--checkpoint-every", "0"];

    private readonly string _folder = Directory.CreateTempSubdirectory("backprop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ARunKilledAtRandomMomentsEndsBitForBitWhereTheUninterruptedOneEnds()
    {
        var (whole, cut) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "cut"));
        Assert.Equal(0, CommandLineTests.Run([.. Long, "--out", whole]).Code);
        var random = new Random(1);
        var kills = 0;
        for (var i = 0; i < 4; i++)
        {
            using var process = Start([.. Long, "--out", cut, "--resume"]);
            // From when it has begun to write: a run that was killed while it loads proves little.
            var before = Stamp(cut);
            while (!process.HasExited && Stamp(cut) == before) Thread.Sleep(1);
            Thread.Sleep(random.Next(200));
            if (!process.HasExited) kills++;
            process.Kill();
            process.WaitForExit();
        }
        Assert.InRange(kills, 1, 4);
        var (code, output, error) = CommandLineTests.Run([.. Long, "--out", cut, "--resume"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("resumed at step ", output);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "model.safetensors")), File.ReadAllBytes(Path.Combine(cut, "model.safetensors")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "metrics.jsonl")), File.ReadAllBytes(Path.Combine(cut, "metrics.jsonl")));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void AnInterruptSavesAndEndsWith130(string signal)
    {
        var run = Path.Combine(_folder, "run");
        using var process = Start(["train", "softmax-classifier", "--data", "spiral", "--batch", "1", "--epochs", "1000000", "--checkpoint-every", "3600", "--out", run]);
        while (!process.HasExited && !File.Exists(Path.Combine(run, "model.safetensors"))) Thread.Sleep(1);
        Thread.Sleep(300);
        var first = Stamp(run);
        Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]).WaitForExit();
        // It must not outlive a test that fails.
        if (!process.WaitForExit(60_000)) process.Kill();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Matches("^backprop: cancelled; --resume goes on from step [1-9][0-9]*\\.\n$", error);
        Assert.True(Stamp(run) > first);
    }

    [Fact]
    public void BadOptionsLeaveNothingBehind()
    {
        var run = Path.Combine(_folder, "run");
        Mistake(2, "Rate: expected a finite number", ["train", "svm", "--data", "spiral", "--rate", "-1", "--out", run]);
        Mistake(2, "epochs: expected at least 1, got 0", ["train", "svm", "--data", "spiral", "--epochs", "0", "--out", run]);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public void ItStopsWhenTheParametersStandStillAndThenHasNothingToResume()
    {
        string[] line = ["train", "linear-regression", "--data", "line", "--rate", "0.5", "--epochs", "100000", "--until-still", "1e-9", "--dtype", "float64", "--out", Path.Combine(_folder, "run")];
        var (code, output, error) = CommandLineTests.Run(line);
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"linear-regression on line: still after [0-9]{1,4} steps", output);
        var model = File.ReadAllBytes(Path.Combine(_folder, "run", "model.safetensors"));
        var again = CommandLineTests.Run([.. line, "--resume"]);
        Assert.Equal(0, again.Code);
        Assert.Matches(@"still after ([0-9]+) steps .*resumed at step \1:", again.Output.ReplaceLineEndings(" "));
        Assert.Equal(model, File.ReadAllBytes(Path.Combine(_folder, "run", "model.safetensors")));
    }

    [Fact]
    public void TheGradientIsComparedOnTheWay()
    {
        var (code, _, error) = CommandLineTests.Run("train", "neural-network", "--data", "spiral", "--hidden", "8", "--batch", "7", "--epochs", "3", "--verify-every", "5", "--dtype", "float64");
        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public void WhatWasTrainedPredictsAndIsEvaluated()
    {
        var run = Path.Combine(_folder, "run");
        var (code, output, error) = CommandLineTests.Run("train", "neural-network", "--data", "spiral", "--hidden", "100", "--rate", "1", "--epochs", "2000", "--standardise", "--out", run);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("finished after 2000 steps (2000 epochs)", output);
        var evaluated = CommandLineTests.Run("evaluate", run, "--data", "spiral");
        Assert.Equal(0, evaluated.Code);
        Assert.Matches(@"300 examples: loss [0-9.]+, accuracy 9[0-9]\.[0-9]+ % \(always the most frequent class: 33\.33 %\)", evaluated.Output);
        var predicted = CommandLineTests.Run("predict", run, "--data", "spiral");
        Assert.Equal((0, 300), (predicted.Code, predicted.Output.TrimEnd('\n').Split('\n').Length));
    }

    [Fact]
    public void OtherSettingsAreRefusedWithTheDifference()
    {
        var run = Path.Combine(_folder, "run");
        Assert.Equal(0, CommandLineTests.Run("train", "softmax-classifier", "--data", "spiral", "--epochs", "3", "--out", run).Code);
        var before = File.ReadAllBytes(Path.Combine(run, "model.safetensors"));
        Refused("--resume: this run was begun with --rate 0.1 (asked now: 0.2), --seed 1 (asked now: 2).", "--epochs", "3", "--rate", "0.2", "--seed", "2", "--resume");
        Refused("has a model already; --resume goes on with it", "--epochs", "3");
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(run, "model.safetensors")));

        void Refused(string message, params string[] options) => Mistake(2, message, ["train", "softmax-classifier", "--data", "spiral", "--out", run, .. options]);
    }

    [Fact]
    public void ADivergedRunKeepsTheLastGoodCheckpoint()
    {
        var run = Path.Combine(_folder, "run");
        var (code, _, error) = CommandLineTests.Run("train", "neural-network", "--data", "spiral", "--loss", "squared", "--hidden", "5", "--activation", "identity", "--rate", "1000", "--epochs", "500", "--out", run, "--checkpoint-every", "0");
        Assert.Equal(1, code);
        Assert.Matches(@"^backprop: step [0-9]+: (the loss is (NaN|infinite)|a parameter is NaN or infinite after it): the rate 1000 may be too great", error);
        var (again, output, _) = CommandLineTests.Run("evaluate", run, "--data", "spiral");
        Assert.Equal(0, again);
        Assert.DoesNotContain("NaN", output);
    }

    public static TheoryData<string, string[]> Mistakes() => new()
    {
        { "model: expected linear-regression, ", ["perceptron", "--data", "spiral"] },
        { "data: expected spiral, ", ["svm", "--data", "snail"] },
        { "--batch: expected a whole number of at least one or full, got '0'", ["svm", "--data", "spiral", "--batch", "0"] },
        { "--hidden: expected a whole number of at least one, got 'x'", ["neural-network", "--data", "spiral", "--hidden", "3,x"] },
        { "hidden: svm has no hidden layer", ["svm", "--data", "spiral", "--hidden", "3"] },
        { "loss: svm has the loss hinge, not softmax", ["svm", "--data", "spiral", "--loss", "softmax"] },
        { "or cosine, got 'step:0:1'", ["svm", "--data", "spiral", "--schedule", "step:0:1"] },
        { "optimizer: expected sgd, momentum, adagrad, adam, got 'lion'", ["svm", "--data", "spiral", "--optimizer", "lion"] },
        { "device: expected cpu, cuda or cuda:N, got 'gpu'", ["svm", "--data", "spiral", "--device", "gpu"] },
        { "validation: expected a share of at least 0 and below 1, got 1", ["svm", "--data", "spiral", "--validation", "1"] },
        { "Rate: expected a finite number that is not negative, got -1", ["svm", "--data", "spiral", "--rate", "-1"] },
        { "--resume: expected --out with it", ["svm", "--data", "spiral", "--resume"] },
        { "--rate: expected a number such as 0.5 or 1e-3, got '1,5'", ["svm", "--data", "spiral", "--rate", "1,5"] },
        { "--seed: expected a whole number of at most 2147483647, got '1.5'", ["svm", "--data", "spiral", "--seed", "1.5"] },
        { "--steps: expected a whole number, got '1e3'", ["svm", "--data", "spiral", "--steps", "1e3"] },
        { "checkpoint-every: expected seconds, 0 or more, got -1", ["svm", "--data", "spiral", "--checkpoint-every", "-1"] },
        { "--out: expected a folder, got nothing", ["svm", "--data", "spiral", "--out", ""] },
        { "steps: expected at least 1, got 0", ["svm", "--data", "spiral", "--steps", "0"] },
        { "until-still: expected a number that is not negative, got -1", ["svm", "--data", "spiral", "--until-still", "-1"] },
        { "verify-every: expected a number that is not negative, got -2", ["svm", "--data", "spiral", "--verify-every", "-2"] },
        { "--out: expected a folder, got the file /etc/passwd", ["svm", "--data", "spiral", "--out", "/etc/passwd"] },
        { "none: there is no such folder", ["svm", "--data", "sst:none"] },
        { "activation: skip-gram has no hidden layer", ["skip-gram", "--data", "places", "--activation", "relu"] },
        { "activation: there is no hidden layer", ["svm", "--data", "spiral", "--activation", "relu"] },
        { "expected a file, got a folder", ["svm", "--data", "csv:/"] },
        { "tells two classes apart, and these data have 3", ["logistic-regression", "--data", "spiral"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistakeIsOneLine(string message, string[] args) => Mistake(2, message, ["train", .. args]);

    [Fact]
    public void AModelThatIsNotThereIsSaid()
    {
        Mistake(2, "there is no model.safetensors in this folder", ["predict", _folder, "--data", "spiral"]);
        Mistake(2, "there is no such folder", ["predict", Path.Combine(_folder, "none"), "--data", "spiral"]);
    }

    [Fact]
    public void TablesMayStandInAnotherOrderAndMustNotChangeUnderARun()
    {
        var (run, table, other) = (Path.Combine(_folder, "run"), Path.Combine(_folder, "a.csv"), Path.Combine(_folder, "b.csv"));
        string[] train = ["train", "neural-network", "--loss", "squared", "--data", $"csv:{table}", "--epochs", "5", "--dtype", "float64", "--out", run];
        File.WriteAllLines(table, ["x,y,z", "1,2,0.5", "2,1,1.5", "3,3,2.25"]);
        var trained = CommandLineTests.Run(train);
        Assert.Equal((0, ""), (trained.Code, trained.Error));
        // Numbers, not classes.
        Assert.DoesNotContain("accuracy", trained.Output);
        File.WriteAllLines(other, ["z,y,x", "0.5,2,1", "1.5,1,2", "2.25,3,3"]);
        var evaluated = CommandLineTests.Run("evaluate", run, "--data", $"csv:{other}");
        Assert.Equal(CommandLineTests.Run("evaluate", run, "--data", $"csv:{table}"), evaluated);
        Assert.Equal(0, evaluated.Code);
        File.WriteAllLines(other, ["z,y,x,w", "0.5,2,1,9"]);
        Mistake(2, "expected one column beside the model's features, with what is so, got z, w", ["evaluate", run, "--data", $"csv:{other}"]);
        File.WriteAllLines(table, ["x,y,z", "1,2,0.5", "2,1,1.5"]);
        Mistake(2, "is no longer what it was when this run was begun", [.. train, "--resume"]);
    }

    [Fact]
    public void ClassesMustBeTwoAtLeast()
    {
        var table = Path.Combine(_folder, "a.csv");
        File.WriteAllLines(table, ["x,y", "1,a", "2,a"]);
        Mistake(2, "these data have one class alone", ["train", "svm", "--data", $"csv:{table}"]);
        File.WriteAllLines(table, ["x,y", "1,a", "1e39,b"]);
        Mistake(2, "a number is too great for float32; --dtype float64 holds it", ["train", "svm", "--data", $"csv:{table}"]);
    }

    [Fact]
    public void TwoRunsCannotWriteToOneFolder()
    {
        var run = Path.Combine(_folder, "run");
        string[] line = ["train", "softmax-classifier", "--data", "spiral", "--batch", "1", "--epochs", "1000000", "--checkpoint-every", "0", "--out", run];
        using var process = Start(line);
        while (!process.HasExited && !File.Exists(Path.Combine(run, "model.safetensors"))) Thread.Sleep(1);
        Mistake(2, $"--out: another run is writing to {run}", [.. line, "--resume"]);
        process.Kill();
        process.WaitForExit();
        // What a killed run leaves is no hindrance.
        var before = Stamp(run);
        using var again = Start([.. line, "--resume"]);
        while (!again.HasExited && Stamp(run) == before) Thread.Sleep(1);
        Assert.False(again.HasExited);
        again.Kill();
        again.WaitForExit();
    }

    private static void Mistake(int exit, string message, string[] args)
    {
        var (code, output, error) = CommandLineTests.Run(args);
        Assert.Equal((exit, ""), (code, output));
        Assert.Contains(message, Assert.Single(error.TrimEnd('\n').Split('\n')));
    }

    private static DateTime Stamp(string folder) => File.GetLastWriteTimeUtc(Path.Combine(folder, "model.safetensors"));

    private static Process Start(string[] args)
    {
        var start = new ProcessStartInfo("env") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // What a script starts in the background ignores interrupts, and so do its children.
        foreach (var arg in (string[])["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "backprop.dll"), .. args]) start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }
}
