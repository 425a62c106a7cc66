using System.Globalization;
using Backprop.Data;
using Backprop.Facade.Training;
using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Benchmarks;

/// <summary>`./backprop acceptance [NAME…] [--data FOLDER]`: what hand-written training must learn, and that autograd's twin of it gives the same numbers. Exit code 1 when something is missed.</summary>
internal static partial class Acceptance
{
    /// <summary>What was measured, in words, and whether it is enough.</summary>
    private sealed record Outcome(string What, string Measured, string Wanted, bool Met);

    private static readonly Optimizer[] Optimizers = [new Optimizer.Sgd(), new Optimizer.Momentum(), new Optimizer.AdaGrad(), new Optimizer.Adam()];

    private static readonly Dictionary<string, Func<string, IEnumerable<Outcome>>> Trials = new(StringComparer.Ordinal)
    {
        ["twins"] = _ => Twins().Concat(WordTwins()),
        ["spiral"] = _ => Spiral(),
        ["pictures"] = _ => Pictures(),
        ["xor"] = _ => Xor(),
        ["window-scorer"] = _ => Windows(),
        ["sst"] = Sentiment,
        ["mnist"] = Mnist,
    };

    internal static int Run(IReadOnlyList<string> arguments)
    {
        var data = arguments.SkipWhile(one => one != "--data").Skip(1).FirstOrDefault() ?? Path.Combine("..", "shared", "data");
        var names = arguments.Where((one, i) => one != "--data" && (i == 0 || arguments[i - 1] != "--data")).ToList();
        if (arguments.Contains("--help"))
        {
            Console.WriteLine($"acceptance [NAME...] [--data FOLDER]: what training must learn, minutes long; names are {string.Join(", ", Trials.Keys)}; FOLDER has mnist/ and sst/ in it");
            return 0;
        }
        if (names.FirstOrDefault(name => !Trials.ContainsKey(name)) is { } unknown)
        {
            Console.Error.WriteLine($"acceptance: expected {string.Join(", ", Trials.Keys)} or --data FOLDER (with mnist/ and sst/ in it), got '{unknown}'");
            return 2;
        }
        var missed = 0;
        foreach (var name in names.Count > 0 ? names : [.. Trials.Keys])
        {
            Console.WriteLine(name);
            foreach (var outcome in Trials[name](data))
            {
                if (!outcome.Met) missed++;
                Console.WriteLine($"  {(outcome.Met ? "met   " : "MISSED")} {outcome.What,-62} {outcome.Measured,-28} wanted: {outcome.Wanted}");
            }
        }
        Console.WriteLine(missed == 0 ? "all met" : $"{missed} missed");
        return missed == 0 ? 0 : 1;
    }

    private static IEnumerable<Outcome> Spiral()
    {
        var linear = Trainings.Train(new() { Model = "softmax-classifier", Data = "spiral", Rate = 1, Epochs = 500 });
        yield return new("softmax classifier", Percent(linear.Accuracy), "45 … 60 %", linear.Accuracy is > 0.45 and < 0.60);
        var network = Trainings.Train(new() { Model = "neural-network", Data = "spiral", Hidden = [100], Activation = "relu", Rate = 1, Epochs = 3000 });
        yield return new("100 hidden units", Percent(network.Accuracy), "at least 98 %", network.Accuracy >= 0.98);
        yield return new("100 hidden units: time", Seconds(network.Seconds), "at most 10 s", network.Seconds <= 10);
    }

    private static IEnumerable<Outcome> Xor()
    {
        foreach (var loss in new[] { "squared", "sigmoid", "softmax" })
        {
            var solved = Enumerable.Range(1, 10).Count(seed => Trainings.Train(new()
            {
                Model = "neural-network",
                Data = "xor",
                Standardise = true,
                Hidden = [2],
                Activation = "sigmoid",
                Loss = loss,
                Optimizer = "momentum",
                Rate = 0.3,
                Epochs = 2000,
                Seed = seed,
            }).Accuracy == 1);
            yield return new($"two hidden units, {(loss == "squared" ? "squared error" : $"cross-entropy of {loss}")}", $"{solved} of 10 seeds", "at least 8 of 10", solved >= 8);
        }
    }

    private static IEnumerable<Outcome> Mnist(string data)
    {
        var folder = Path.Combine(data, "mnist");
        if (!Directory.Exists(folder))
        {
            Console.WriteLine($"  left out: there is no folder {folder}; --data FOLDER says where it is");
            yield break;
        }
        var request = new TrainRequest { Data = $"mnist:{folder}", BatchSize = 128, Epochs = 10, Schedule = "cosine" };
        var softmax = Trainings.Train(request with { Model = "softmax-classifier", Rate = 0.3 });
        yield return new("softmax classifier, test digits", Percent(softmax.ValidationAccuracy), "at least 92 %", softmax.ValidationAccuracy >= 0.92);
        var svm = Trainings.Train(request with { Model = "svm", Rate = 0.02 });
        yield return new("SVM, test digits", Percent(svm.ValidationAccuracy), "at least 91 %", svm.ValidationAccuracy >= 0.91);
        var network = Trainings.Train(request with { Model = "neural-network", Hidden = [512], Activation = "relu", Optimizer = "momentum", Rate = 0.1, BatchSize = 64 });
        yield return new("784-512-10, 10 epochs, test digits", Percent(network.ValidationAccuracy), "at least 98.0 %", network.ValidationAccuracy >= 0.98);
        yield return new("784-512-10, 10 epochs: time", Seconds(network.Seconds), "at most 180 s", network.Seconds <= 180);
    }

    /// <summary>1,000 steps in float64, fused and pure against autograd, from the same start: the greatest distance of a parameter at any step, relative to its tensor.</summary>
    private static IEnumerable<Outcome> Twins()
    {
        (string Name, DenseNetwork Network, Dataset Data)[] models =
        [
            ("linear-regression", new([1, 1], Activation.Identity, NetworkLoss.SquaredError), Generators.Line()),
            ("logistic-regression", new([2, 1], Activation.Identity, NetworkLoss.SigmoidCrossEntropy, 0.001), Generators.Moons()),
            ("softmax-classifier", new([2, 3], Activation.Identity, NetworkLoss.SoftmaxCrossEntropy, 0.001), Generators.Spiral()),
            ("svm", new([2, 3], Activation.Identity, NetworkLoss.Hinge, 0.001), Generators.Blobs()),
            ("two-weight-chain", new([1, 1, 1], Activation.Sigmoid, NetworkLoss.SquaredError, 0, false, Activation.Sigmoid), Generators.Line()),
            ("neural-network 2-20-3, tanh", new([2, 20, 3], Activation.Tanh, NetworkLoss.SoftmaxCrossEntropy, 0.001), Generators.Spiral()),
            ("neural-network 2-10-10-3, sigmoid", new([2, 10, 10, 3], Activation.Sigmoid, NetworkLoss.SoftmaxCrossEntropy), Generators.Spiral()),
        ];
        foreach (var (name, network, data) in models)
            foreach (var optimizer in Optimizers)
            {
                var distance = Distance(network, optimizer, random =>
                {
                    var rows = data.Rows([.. Enumerable.Range(0, 16).Select(_ => random.Next(data.Count))]);
                    return new(rows.X, network.Judge is NetworkLoss.SigmoidCrossEntropy ? rows.Y.reshape(-1, 1).to_type(torch.float64) : rows.Y);
                });
                yield return new($"{name}, {optimizer.GetType().Name.ToLowerInvariant()}", distance.ToString("0.0e+00", CultureInfo.InvariantCulture), "at most 1e-10", distance <= 1e-10);
            }
    }

    private static double Distance(TrainableModel model, Optimizer optimizer, Func<Random, Batch> draw)
    {
        using var scope = torch.NewDisposeScope();
        var start = model.Initial(1, torch.float64, torch.CPU);
        GradientSource[] sources = [GradientSource.Autograd, GradientSource.Pure, GradientSource.Fused];
        var steps = sources.Select(source => TrainingSteps.Create(model, optimizer, source, start)).ToList();
        var random = new Random(1);
        var worst = 0.0;
        for (var step = 0; step < 1000; step++)
        {
            using var inner = torch.NewDisposeScope();
            var batch = draw(random);
            foreach (var one in steps) one.Step(batch, 0.01);
            foreach (var other in steps.Skip(1))
                foreach (var (mine, its) in steps[0].Parameters.Zip(other.Parameters))
                {
                    // Both 0 is no distance; NaN stays NaN, and is missed.
                    var distance = (mine.Value.detach() - its.Value).abs().max().item<double>();
                    if (distance != 0) worst = Math.Max(worst, distance / mine.Value.detach().abs().max().item<double>());
                }
        }
        foreach (var one in steps) one.Dispose();
        return worst;
    }

    private static string Percent(double? share) => ((share ?? double.NaN) * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
