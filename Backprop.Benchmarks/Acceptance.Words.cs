using System.Globalization;
using Backprop.Facade.Training;
using TorchSharp;

namespace Backprop.Benchmarks;

internal static partial class Acceptance
{
    /// <summary>Made-up sentences of which a fifth is kept: names that are a place here and a person there.</summary>
    private static IEnumerable<Outcome> Windows()
    {
        var request = new TrainRequest { Model = "window-scorer", Data = "places", Validation = 0.2, BatchSize = 32, Optimizer = "adagrad", Epochs = 5 };
        var five = Trainings.Train(request);
        yield return new("window-scorer, windows of 5, held-out pairs ranked right", Percent(five.ValidationAccuracy), "at least 95 %", five.ValidationAccuracy >= 0.95);
        var one = Trainings.Train(request with { Window = 1 });
        yield return new("window-scorer, single words: how much they tell", Percent(one.ValidationAccuracy), "less than windows", one.ValidationAccuracy < five.ValidationAccuracy);
    }

    /// <summary>Sentiment from the mean of word vectors that are learned with the classifier.</summary>
    private static IEnumerable<Outcome> Sentiment(string data)
    {
        var source = Path.Combine(data, "sst");
        if (!Directory.Exists(source))
        {
            Console.WriteLine($"  left out: there is no folder {source}; --data FOLDER says where it is");
            yield break;
        }
        var folder = Directory.CreateTempSubdirectory("backprop-acceptance-");
        try
        {
            foreach (var (kind, least) in new[] { ("sst", 0.33), ("sst2", 0.72) })
            {
                var run = Path.Combine(folder.FullName, kind);
                Trainings.Train(new() { Model = "softmax-classifier", Data = $"{kind}:{source}", BatchSize = 32, Optimizer = "adagrad", Rate = 0.1, Epochs = 2, Out = run });
                var report = Trainings.Evaluate(run, $"{kind}:{source}");
                yield return new($"{kind}, test sentences (always the most frequent class: {Percent(report.Majority)})", Percent(report.Accuracy), $"at least {100 * least:0} %", report.Accuracy >= least);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The models of words, 1,000 steps in float64.</summary>
    private static IEnumerable<Outcome> WordTwins()
    {
        foreach (var (name, model, draw) in WordModel.All(30, 6, 16, torch.float64))
            foreach (var optimizer in Optimizers)
            {
                var distance = Distance(model, optimizer, draw);
                yield return new($"{name}, {optimizer.GetType().Name.ToLowerInvariant()}", distance.ToString("0.0e+00", CultureInfo.InvariantCulture), "at most 1e-10", distance <= 1e-10);
            }
    }
}
