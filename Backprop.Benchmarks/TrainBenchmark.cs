using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Training;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace Backprop.Benchmarks;

/// <summary>`./backprop bench train [--json] [--repetitions N] [--threads N] [--python PATH] [--words]`: one training step by autograd, by the pure rules, fused, and the bare matrix products, side by side in one process; with --words, of the models of words.</summary>
internal static class TrainBenchmark
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    private sealed record Shape(string Name, int Batch, IReadOnlyList<int> Sizes, Activation Hidden, NetworkLoss Loss);

    private sealed record Row(string Shape, string Hidden, string Loss, double AutogradMicroseconds, double PureMicroseconds, double FusedMicroseconds, double FloorMicroseconds, double? PythonMicroseconds)
    {
        public double AgainstAutograd => AutogradMicroseconds / FusedMicroseconds;

        public double AgainstFloor => FusedMicroseconds / FloorMicroseconds;
    }

    private static readonly Shape[] Shapes =
    [
        new("1x2x2x1", 1, [2, 2, 1], Activation.Sigmoid, NetworkLoss.SquaredError),
        new("32x20x8x3", 32, [20, 8, 3], Activation.Tanh, NetworkLoss.SoftmaxCrossEntropy),
        new("300x2x100x3", 300, [2, 100, 3], Activation.Relu, NetworkLoss.SoftmaxCrossEntropy),
        new("128x784x512x10", 128, [784, 512, 10], Activation.Relu, NetworkLoss.SoftmaxCrossEntropy),
        new("512x784x1024x1024x10", 512, [784, 1024, 1024, 10], Activation.Relu, NetworkLoss.SoftmaxCrossEntropy),
    ];

    internal static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments is ["--memory-of", var source]) return MemoryOf(Enum.Parse<GradientSource>(source));
        var (repetitions, threads) = (Number("--repetitions", 11), Number("--threads", Environment.ProcessorCount));
        var known = new[] { "--json", "--repetitions", "--threads", "--python", "--words" };
        if (repetitions < 7 || threads < 1 || arguments.Where((one, i) => !known.Contains(one) && (i == 0 || arguments[i - 1] is not ("--repetitions" or "--threads" or "--python"))).Any())
        {
            Console.Error.WriteLine("expected: bench train [--json] [--repetitions N] [--threads N] [--python PATH] | bench train --words [--repetitions N] [--threads N], with at least 7 repetitions and 1 thread");
            return 2;
        }
        torch.set_num_threads(threads);
        if (arguments.Contains("--words")) return Words(repetitions, threads);
        var rows = Shapes.Select(shape => Measure(shape, repetitions)).ToList();
        var (torchVersion, python) = AskPython(arguments.SkipWhile(one => one != "--python").Skip(1).FirstOrDefault(), repetitions, threads);
        if (python is not null) rows = [.. rows.Zip(python, (row, seconds) => row with { PythonMicroseconds = seconds * 1e6 })];
        var memory = Enum.GetValues<GradientSource>().ToDictionary(source => source, source => TrainMemory.Ask("train", "--memory-of", source.ToString()));
        if (arguments.Contains("--json")) Console.WriteLine(JsonSerializer.Serialize(rows, Form));
        else Print(rows, memory, torchVersion, repetitions, threads);
        return 0;

        int Number(string name, int usual) => arguments.SkipWhile(one => one != name).Skip(1).FirstOrDefault() is not { } text ? usual
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static DenseNetwork Network(Shape shape) => new(shape.Sizes, shape.Hidden, shape.Loss);

    private static Batch Examples(Shape shape)
    {
        var random = new Random(1);
        var x = torch.tensor(Enumerable.Range(0, shape.Batch * shape.Sizes[0]).Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray(), [shape.Batch, shape.Sizes[0]]);
        return new(x, shape.Loss == NetworkLoss.SquaredError ? torch.ones([shape.Batch, shape.Sizes[^1]]) / 2
            : torch.tensor(Enumerable.Range(0, shape.Batch).Select(_ => random.NextInt64(shape.Sizes[^1])).ToArray(), torch.int64));
    }

    /// <summary>PyTorch's seconds for each shape; null without one.</summary>
    private static (string? Version, IReadOnlyList<double>? Seconds) AskPython(string? path, int repetitions, int threads)
    {
        if (Python.WithTorch(path) is not { } python) return (null, null);
        var asked = JsonSerializer.Serialize(new { repetitions, threads, shapes = Shapes.Select(shape => new { batch = shape.Batch, sizes = shape.Sizes, hidden = shape.Hidden.ToString(), loss = shape.Loss.ToString() }) });
        if (Python.Run(python, [Path.Combine(AppContext.BaseDirectory, "train.py")], asked) is not { } answer) return (null, null);
        using var json = JsonDocument.Parse(answer);
        return (json.RootElement.GetProperty("torch").GetString(), [.. json.RootElement.GetProperty("seconds").EnumerateArray().Select(one => one.GetDouble())]);
    }

    private static Row Measure(Shape shape, int repetitions)
    {
        using var scope = torch.NewDisposeScope();
        var (network, batch) = (Network(shape), Examples(shape));
        var start = network.Initial(1, torch.float32, torch.CPU);
        // A small rate: the numbers stay ordinary however often the step is repeated.
        var steps = new[] { GradientSource.Autograd, GradientSource.Pure, GradientSource.Fused }
            .Select(source => TrainingSteps.Create(network, new Optimizer.Sgd(), source, start)).ToList();
        var medians = Medians([.. steps.Select(step => (Action)(() => step.Step(batch, 1e-4))), Products(shape)], repetitions);
        foreach (var step in steps) step.Dispose();
        return new(shape.Name, shape.Hidden.ToString(), shape.Loss.ToString(), medians[0], medians[1], medians[2], medians[3], null);
    }

    /// <summary>The microseconds of each, in turn, so that what else the machine does falls on all alike.</summary>
    private static double[] Medians(Action[] all, int repetitions)
    {
        foreach (var one in all) Time(one, Often(one)); // the compiler's time, and a first guess of the step's
        var often = all.Select(Often).ToArray();
        var seconds = all.Select(_ => new List<double>()).ToArray();
        for (var repetition = 0; repetition < repetitions; repetition++)
            for (var i = 0; i < all.Length; i++) seconds[i].Add(Time(all[i], often[i]));
        return [.. seconds.Select(list => list.Order().ElementAt(list.Count / 2) * 1e6)];
    }

    /// <summary>Models of words with few and with many words, of 50 numbers each; 128 examples a step.</summary>
    private static int Words(int repetitions, int threads)
    {
        foreach (var words in new[] { 2_000, 15_000 })
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"128 examples, {words:N0} words of 50",-42} {"autograd",9} {"pure",9} {"hand",9}  autograd/hand"));
            foreach (var (name, model, draw) in WordModel.All(words, 50, 128, torch.float32))
                foreach (var optimizer in (Optimizer[])[new Optimizer.Sgd(), new Optimizer.AdaGrad(), new Optimizer.Adam()])
                {
                    using var scope = torch.NewDisposeScope();
                    var (start, batch) = (model.Initial(1, torch.float32, torch.CPU), draw(new(1)));
                    var steps = new[] { GradientSource.Autograd, GradientSource.Pure, GradientSource.Fused }.Select(source => TrainingSteps.Create(model, optimizer, source, start)).ToList();
                    var medians = Medians([.. steps.Select(step => (Action)(() => step.Step(batch, 1e-4)))], repetitions);
                    foreach (var step in steps) step.Dispose();
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"{name}, {optimizer.GetType().Name.ToLowerInvariant()}",-42} {medians[0],9:F0} {medians[1],9:F0} {medians[2],9:F0} {medians[0] / medians[2],14:F2}"));
                }
            Console.WriteLine();
        }
        Console.WriteLine($"microseconds a step, float32, {threads} threads, medians of {repetitions}");
        return 0;
    }

    /// <summary>What some steps at the MNIST size take beyond the parameters, in this process alone; prints kibibytes.</summary>
    private static int MemoryOf(GradientSource source)
    {
        using var scope = torch.NewDisposeScope();
        torch.set_num_threads(1);
        // Small first: what is compiled, and what libtorch sets up once, is no step's.
        var (small, large) = (Shapes[1] with { Hidden = Shapes[3].Hidden }, Shapes[3]);
        using (var warm = TrainingSteps.Create(Network(small), new Optimizer.Sgd(), source, Network(small).Initial(1, torch.float32, torch.CPU)))
            for (var i = 0; i < 50; i++) warm.Step(Examples(small), 1e-4);
        var products = Products(large);
        for (var i = 0; i < 5; i++) products();
        var batch = Examples(large);
        using var step = TrainingSteps.Create(Network(large), new Optimizer.Sgd(), source, Network(large).Initial(1, torch.float32, torch.CPU));
        Console.WriteLine(TrainMemory.PeakOf(() =>
        {
            for (var i = 0; i < 3; i++) step.Step(batch, 1e-4);
        }));
        return 0;
    }

    /// <summary>The matrix products that no way of taking the step can do without, into buffers that are there: forward, dW of each layer, dX of each but the first.</summary>
    private static Action Products(Shape shape)
    {
        List<(Tensor Out, Tensor Left, Tensor Right)> products = [];
        var x = torch.ones([shape.Batch, shape.Sizes[0]]);
        for (var l = 0; l + 1 < shape.Sizes.Count; l++)
        {
            var (rows, columns) = (shape.Sizes[l], shape.Sizes[l + 1]);
            // A narrow matrix column by column, as the fused step has it: so the products are fastest.
            var w = FusedStep.IsNarrow(rows, columns) ? torch.ones([columns, rows]).t() : torch.ones([rows, columns]);
            var dz = torch.ones([shape.Batch, columns]);
            products.Add((torch.zeros_like(dz), x, w));
            products.Add((w.clone(), x.t(), dz));
            if (l > 0) products.Add((torch.zeros_like(x), dz, w.t()));
            x = dz;
        }
        return () =>
        {
            foreach (var (into, left, right) in products) into.addmm_(left, right, 0, 1);
        };
    }

    /// <summary>How often it runs in some 30 ms.</summary>
    private static int Often(Action one)
    {
        one();
        var clock = Stopwatch.StartNew();
        var times = 0;
        while (clock.Elapsed.TotalMilliseconds < 30)
        {
            one();
            times++;
        }
        return times;
    }

    private static double Time(Action one, int often)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < often; i++) one();
        return clock.Elapsed.TotalSeconds / often;
    }

    private static void Print(List<Row> rows, Dictionary<GradientSource, long?> memory, string? torchVersion, int repetitions, int threads)
    {
        Console.WriteLine($"microseconds for one step (float32, plain gradient descent, {threads} threads), medians of {repetitions}");
        Console.WriteLine($"{"batch x in x hidden x out",-26} {"autograd",10} {"pure",10} {"fused",10} {"products",10} {"autograd/fused",15} {"fused/products",15} {"PyTorch",10}");
        foreach (var row in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row.Shape,-26} {row.AutogradMicroseconds,10:0.0} {row.PureMicroseconds,10:0.0} {row.FusedMicroseconds,10:0.0} {row.FloorMicroseconds,10:0.0} {row.AgainstAutograd,15:0.00} {row.AgainstFloor,15:0.00} {row.PythonMicroseconds,10:0.0}"));
        Console.WriteLine(torchVersion is null ? "PyTorch is left out: no Python with torch was found (Debian: apt-get install python3-torch; else --python PATH)" : $"PyTorch: autograd of torch {torchVersion} in Python, in a process of its own");
        Console.WriteLine(memory.Values.Any(one => one is null) ? "memory is left out: this system does not count it"
            : string.Create(CultureInfo.InvariantCulture, $"peak memory of a step at {Shapes[3].Name}, beyond parameters and data: autograd {memory[GradientSource.Autograd]} KiB, pure {memory[GradientSource.Pure]} KiB, fused {memory[GradientSource.Fused]} KiB ({100.0 * memory[GradientSource.Fused] / memory[GradientSource.Autograd]:0} % of autograd's)"));
    }
}
