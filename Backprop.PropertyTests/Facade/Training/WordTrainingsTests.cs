using Backprop.Facade.Training;

namespace Backprop.PropertyTests.Facade.Training;

/// <summary>Models of words, through the façade: trained, resumed, used.</summary>
public sealed class WordTrainingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>A treebank of sentences that say which they are.</summary>
    private string Treebank()
    {
        var (random, folder) = (new Random(1), Directory.CreateDirectory(At("sst")).FullName);
        (string Label, string[] Words)[] kinds = [("VERY_NEGATIVE", ["awful", "worst"]), ("NEGATIVE", ["bad", "dull"]), ("NEUTRAL", ["plain", "film"]), ("POSITIVE", ["good", "fine"]), ("VERY_POSITIVE", ["superb", "best"])];
        string[] fill = ["the", "a", "it", "is", "and", "of"];
        foreach (var (part, count) in new[] { ("train", 200), ("dev", 50), ("test", 50) })
            File.WriteAllLines(Path.Combine(folder, part + ".txt"), Enumerable.Range(0, count).Select(_ =>
            {
                var (label, words) = kinds[random.Next(5)];
                return $"{label}:0.5 {string.Join(' ', Enumerable.Range(0, 2 + random.Next(5)).Select(_ => fill[random.Next(6)]))} {words[random.Next(2)]} {fill[random.Next(6)]}";
            }));
        return folder;
    }

    private TrainRequest Request(string model, string data) => new()
    {
        Model = model,
        Data = data.Replace("DIR", Treebank(), StringComparison.Ordinal),
        Dimensions = 6,
        Optimizer = "adagrad",
        Rate = 0.2,
        BatchSize = 32,
        Steps = 60,
        VerifyEvery = 7,
        Dtype = "float64",
        CheckpointSeconds = 0,
    };

    [Theory]
    [InlineData("window-scorer", "places")]
    [InlineData("window-scorer", "sst:DIR")]
    [InlineData("skip-gram", "places")]
    [InlineData("cbow", "places")]
    [InlineData("glove", "places")]
    [InlineData("softmax-classifier", "sst:DIR")]
    [InlineData("logistic-regression", "sst2:DIR")]
    [InlineData("neural-network", "sst:DIR")]
    public void ARunThatIsCutOffEndsBitForBitAndTheTwinWithTheSameNumbers(string model, string data)
    {
        var request = Request(model, data);
        var whole = Trainings.Train(request with { Out = At("whole") });
        Assert.Equal(("finished", null), (whole.End, whole.Problem));

        using var cancel = new CancellationTokenSource();
        var cut = Trainings.Train(request with { Out = At("cut"), ProgressSeconds = 0 }, new Immediately(progress =>
        {
            if (progress.Step >= 3) cancel.Cancel();
        }), cancel.Token);
        Assert.Equal(("cancelled", 3), (cut.End, cut.Steps));
        var resumed = Trainings.Train(request with { Out = At("cut"), Resume = true });
        Assert.Equal(cut.Steps, resumed.Resumed);
        Assert.Equal(File.ReadAllBytes(Path.Combine(At("whole"), "model.safetensors")), File.ReadAllBytes(Path.Combine(At("cut"), "model.safetensors")));

        var twin = Trainings.Train(request with { Gradients = "autograd" });
        Assert.Equal(whole.Loss, twin.Loss, 1e-9);
    }

    [Fact]
    public void TrueWindowsAreRankedAboveCorruptOnes()
    {
        var report = Trainings.Train(Request("window-scorer", "places") with { Steps = 300, Validation = 0.2, Out = At("run"), VerifyEvery = 0 });
        Assert.True(report.ValidationAccuracy > 0.95, $"{report}");
        var evaluated = Trainings.Evaluate(At("run"), "places");
        Assert.True(evaluated.Accuracy > 0.95 && evaluated.Majority is null);
        File.WriteAllText(At("text"), "too short\n");
        Assert.Contains("expected a sentence of at least 5 words", Assert.Throws<InvalidDataException>(() => Trainings.Predict(At("run"), $"text:{At("text")}")).Message);
        var said = Trainings.Predict(At("run"), "places").Select(line => line.Split(' ', 2)).ToList();
        double Score(string window) => said.Where(line => line[1] == window).Select(line => double.Parse(line[0], System.Globalization.CultureInfo.InvariantCulture)).First();
        // The same name, as a place and as a person.
        Assert.True(Score(said.First(line => line[1].Contains(" in paris ", StringComparison.Ordinal) && line[1].Split(' ')[2] == "paris")[1])
            > Score(said.First(line => line[1].Split(' ')[2] == "paris" && line[1].Contains("friend paris", StringComparison.Ordinal))[1]));
    }

    [Fact]
    public void SentencesAreToldApart()
    {
        var request = Request("softmax-classifier", "sst:DIR") with { Steps = 200, Out = At("run"), VerifyEvery = 0 };
        var report = Trainings.Train(request);
        Assert.True(report.ValidationAccuracy > 0.9, $"{report}");
        var evaluated = Trainings.Evaluate(At("run"), request.Data);
        Assert.Equal(50, evaluated.Examples);
        Assert.True(evaluated.Accuracy > 0.9 && evaluated.Majority < 0.5);
        Assert.Equal(50, Trainings.Predict(At("run"), request.Data).Count);
        File.WriteAllText(At("text"), "It is superb, the best!\nAwful. The worst of it\n");
        Assert.Equal(["very positive", "very negative"], Trainings.Predict(At("run"), $"text:{At("text")}"));
        // Each answer stands in the line of its sentence, so no line may have none.
        File.WriteAllText(At("gap"), "a\n\nb\n");
        Assert.Contains("gap, line 2: expected a sentence, found no word", Assert.Throws<InvalidDataException>(() => Trainings.Predict(At("run"), $"text:{At("gap")}")).Message);
        Assert.Contains("expected the model's classes", Assert.Throws<ArgumentException>(() => Trainings.Evaluate(At("run"), request.Data.Replace("sst:", "sst2:", StringComparison.Ordinal))).Message);
        Assert.Contains("expected sst:FOLDER", Assert.Throws<ArgumentException>(() => Trainings.Evaluate(At("run"), $"text:{At("text")}")).Message);
    }

    [Fact]
    public void WordsOfOneKindComeToLieTogether()
    {
        Trainings.Train(Request("skip-gram", "places") with { Steps = 2000, Out = At("run"), VerifyEvery = 0 });
        File.WriteAllText(At("text"), "Train, zebra\n");
        var said = Trainings.Predict(At("run"), $"text:{At("text")}");
        string[] byWhat = ["bus", "boat", "plane", "bike", "car"];
        Assert.True(said[0]["train: ".Length..].Split(", ").Intersect(byWhat, StringComparer.Ordinal).Count() >= 3, said[0]);
        Assert.Equal("zebra: not in the vocabulary", said[^1]);
        Assert.Throws<ArgumentException>(() => Trainings.Evaluate(At("run"), $"text:{At("text")}"));
    }

    public static TheoryData<string, string, Func<TrainRequest, TrainRequest>> Mistakes() => new()
    {
        { "l2: skip-gram has no penalty", "skip-gram", request => request with { L2 = 0.1 } },
        { "loss: glove has a loss of its own", "glove", request => request with { Loss = "hinge" } },
        { "hidden: cbow has no hidden layer", "cbow", request => request with { Hidden = [3] } },
        { "hidden: window-scorer has one hidden layer", "window-scorer", request => request with { Hidden = [3, 4] } },
        { "window: expected an odd number of words of at least 1", "window-scorer", request => request with { Window = 4 } },
        { "expected a sentence of at least 99 words", "window-scorer", request => request with { Window = 99 } },
        { "window: expected an odd number of words of at least 3", "cbow", request => request with { Window = 1 } },
        { "expected a sentence as long as a window of 99 words", "skip-gram", request => request with { Window = 99 } },
        { "is too great for this machine", "window-scorer", request => request with { Dimensions = 1_000_000_000 } },
        { "is too great for this machine", "cbow", request => request with { Dimensions = 2_000_000_000 } },
        { "negatives: cbow draws none", "cbow", request => request with { Negatives = 3 } },
        { "is too great for this machine", "neural-network", request => new() { Model = "neural-network", Data = "spiral", Hidden = [2_000_000_000, 2] } },
        { "negatives: expected at most", "skip-gram", request => request with { Negatives = 100_000_000 } },
        { "validation: a share of 0.9999 keeps all 2000 sentences", "window-scorer", request => request with { Validation = 0.9999 } },
        { "negatives: expected at least 1, got 0", "skip-gram", request => request with { Negatives = 0 } },
        { "dimensions: expected at least 1, got 0", "glove", request => request with { Dimensions = 0 } },
        { "expected a word that occurs at least 1000000 times", "glove", request => request with { LeastCount = 1_000_000 } },
        { "standardise: words are no columns", "skip-gram", request => request with { Standardise = true } },
        { "label: only CSV files have columns", "skip-gram", request => request with { Label = "x" } },
        { "validation: cbow keeps nothing", "cbow", request => request with { Validation = 0.5 } },
        { "data: expected places, text:FILE, sst:FOLDER or sst2:FOLDER for a model of words, got 'spiral'", "glove", request => request with { Data = "spiral" } },
        { "dimensions, window, negatives, least-count: spiral has no words", "svm", request => request with { Data = "spiral" } },
        { "data: expected spiral,", "svm", request => new TrainRequest { Model = "svm", Data = "places" } },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void WhatDoesNotFitIsRefusedBeforeAnythingIsWritten(string message, string model, Func<TrainRequest, TrainRequest> change)
    {
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => Trainings.Train(change(Request(model, "places") with { Out = At("run") }))).Message);
        Assert.False(Directory.Exists(At("run")));
    }

    [Fact]
    public void TextThatCannotBeReadIsNamed()
    {
        var request = Request("glove", $"text:{At("none")}");
        Assert.ThrowsAny<IOException>(() => Trainings.Train(request));
        File.WriteAllText(At("none"), "\n  \n");
        Assert.Contains("expected a sentence on each line, found no word", Assert.Throws<InvalidDataException>(() => Trainings.Train(request)).Message);
        File.WriteAllBytes(At("none"), [0x61, 0xff, 0x0a]);
        Assert.Contains("expected text in UTF-8", Assert.Throws<InvalidDataException>(() => Trainings.Train(request)).Message);
    }

    private sealed class Immediately(Action<TrainProgress> told) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => told(value);
    }
}
