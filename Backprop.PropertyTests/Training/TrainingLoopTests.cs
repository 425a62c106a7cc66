using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Training;

public class TrainingLoopTests
{
    /// <summary>Points on a plane, with noise or without.</summary>
    private static readonly double[] Labels = [.. Enumerable.Range(0, 12).Select(n => 2 * X(n)[0] - 3 * X(n)[1] + 0.5)];

    public static TheoryData<string> Ways => ["batch", "stochastic", "mini-batch", "online"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void ALinearUnitFindsThePlane(string way)
    {
        using var scope = torch.NewDisposeScope();
        var trained = Train(Options(way, 2000) with { Tolerance = 1e-9 });
        Assert.True(trained.Settled);
        Assert.InRange(trained.Epochs, 2, 1999);
        Close(Vector(2, -3).unsqueeze(1), trained.State[0], 1e-6);
        Close(Vector(0.5), trained.State[1], 1e-6);
        Assert.True(trained.Losses[^1] < 1e-12);
    }

    [Fact]
    public void WhatItFindsInNoiseIsTheLeastSquaresSolution()
    {
        using var scope = torch.NewDisposeScope();
        double[] noisy = [.. Labels.Select((label, n) => label + Math.Sin(7 * n))];
        var trained = Train(TrainingOptions.Batch(5000) with { Tolerance = 1e-12 }, noisy);
        var x = torch.cat([Rows(Enumerable.Range(0, 12)), torch.ones(12, 1, torch.float64)], 1);
        var solution = torch.linalg.solve(x.t().mm(x), x.t().mm(Vector(noisy).unsqueeze(1)));
        Close(solution, torch.cat([trained.State[0], trained.State[1].unsqueeze(1)]), 1e-8);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void TheSameSeedGivesTheSameBits(string way)
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (Train(Options(way, 5)), Train(Options(way, 5)));
        Assert.Equal(a.Losses, b.Losses);
        Assert.All(a.State.Zip(b.State), pair => Assert.Equal(Numbers(pair.First), Numbers(pair.Second)));
    }

    [Fact]
    public void AnotherSeedGivesAnotherOrder()
    {
        using var scope = torch.NewDisposeScope();
        Assert.NotEqual(Numbers(Train(TrainingOptions.Stochastic(1, 1)).State[0]), Numbers(Train(TrainingOptions.Stochastic(1, 2)).State[0]));
    }

    [Fact]
    public void OneEpochIsOneStepOrMany()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([12], Batches(TrainingOptions.Batch(1)));
        Assert.Equal(Enumerable.Repeat(1, 12), Batches(TrainingOptions.Stochastic(1, 3)));
        Assert.Equal([5, 5, 2, 5, 5, 2], Batches(TrainingOptions.MiniBatch(5, 2, 3)));

        static IEnumerable<int> Batches(TrainingOptions options) => Seen(options).Select(batch => batch.Count);
    }

    [Fact]
    public void EveryEpochHasEveryExampleOnce() => ForAll(Gen.Select(Gen.Int[1, 13], Gen.Int[1, 4], Gen.Int[0, 1000]), input =>
    {
        var (size, epochs, seed) = input;
        var seen = Seen(TrainingOptions.MiniBatch(size, epochs, seed)).SelectMany(batch => batch).ToList();
        for (var epoch = 0; epoch < epochs; epoch++) Assert.Equal(Enumerable.Range(0, 12), seen.Skip(12 * epoch).Take(12).Order());
    });

    [Theory]
    [MemberData(nameof(Ways))]
    public void NothingLeaksAndWhatComesInStays(string way)
    {
        using var scope = torch.NewDisposeScope();
        var start = Start();
        var before = scope.DisposablesCount;
        var trained = Train(Options(way, 7) with { Tolerance = 1e-300 }, start: start);
        Assert.Equal(before + 2, scope.DisposablesCount);
        Assert.All(trained.State, tensor => Assert.True(scope.Contains(tensor)));
        Assert.Equal([0, 0, 0], [.. Numbers(start[0]), .. Numbers(start[1])]);
    }

    [Fact]
    public void AParameterThatNoStepReplacesIsTheCallersOwn()
    {
        using var scope = torch.NewDisposeScope();
        var (moving, frozen) = (Scalar(0), Scalar(5));
        var before = scope.DisposablesCount;
        var trained = TrainingLoop.Run([moving, frozen], 4, (state, batch) => new([state[0] + 1, state[1]], state[0]), TrainingOptions.Stochastic(3, 1));
        Assert.Same(frozen, trained.State[1]);
        Assert.Equal((12.0, 5.0, before + 1), (trained.State[0].item<double>(), frozen.item<double>(), scope.DisposablesCount));
    }

    [Fact]
    public void StopsWhenTheParametersDoNotChange()
    {
        using var scope = torch.NewDisposeScope();
        var still = TrainingLoop.Run([Scalar(1)], 3, (state, _) => new([state[0] * 1], state[0]), TrainingOptions.Online(0, 100));
        Assert.Equal((1, true), (still.Epochs, still.Settled));
        var moving = TrainingLoop.Run([Scalar(1)], 3, (state, _) => new([state[0] + 1], state[0]), TrainingOptions.Online(0, 100));
        Assert.Equal((100, false), (moving.Epochs, moving.Settled));
        // There and back within an epoch is no change: what counts is where the parameters are when all examples have been seen.
        var cycling = TrainingLoop.Run([Scalar(1)], 2, (state, _) => new([-state[0]], state[0]), TrainingOptions.Online(0, 100));
        Assert.Equal((1, true), (cycling.Epochs, cycling.Settled));
    }

    [Fact]
    public void AStepThatIsTooLongIsSaid()
    {
        using var scope = torch.NewDisposeScope();
        var start = Start();
        var before = scope.DisposablesCount;
        var message = Assert.Throws<ArithmeticException>(() => Train(TrainingOptions.Batch(5000), rate: 10, start: start)).Message;
        Assert.Matches("the loss in epoch [0-9]+ is (∞|Infinity|NaN): take a smaller rate", message);
        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void StopsWhenCancelled()
    {
        using var scope = torch.NewDisposeScope();
        using var source = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => TrainingLoop.Run([Scalar(1)], 10, (state, _) =>
        {
            if (++steps == 3) source.Cancel();
            return new([state[0] + 1], state[0]);
        }, TrainingOptions.Stochastic(1, 1), cancellation: source.Token));
        Assert.Equal(3, steps);
    }

    [Fact]
    public void RefusesNothingToDo()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("examples: expected at least one, got 0", Refused(TrainingOptions.Batch(1), 0));
        Assert.Contains("options: BatchSize: expected at least one example, got 0", Refused(TrainingOptions.MiniBatch(0, 1, 1)));
        Assert.Contains("options: Epochs: expected at least one, got 0", Refused(TrainingOptions.Batch(0)));
        Assert.Contains("options: Tolerance: expected a number that is not negative, got NaN", Refused(TrainingOptions.Online(double.NaN, 1)));
        Assert.Contains("expected 1 parameters back, got 0",
            Assert.Throws<InvalidOperationException>(() => TrainingLoop.Run([Scalar(1)], 1, (state, _) => new([], state[0]), TrainingOptions.Batch(1))).Message);

        static string Refused(TrainingOptions options, int examples = 3) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => TrainingLoop.Run([Scalar(1)], examples, (state, _) => new(state, state[0]), options)).Message;
    }

    private static TrainingOptions Options(string way, int epochs) => way switch
    {
        "batch" => TrainingOptions.Batch(epochs),
        "stochastic" => TrainingOptions.Stochastic(epochs, 1),
        "mini-batch" => TrainingOptions.MiniBatch(5, epochs, 1),
        _ => TrainingOptions.Online(1e-300, epochs),
    };

    private static IReadOnlyList<IReadOnlyList<int>> Seen(TrainingOptions options)
    {
        var seen = new List<IReadOnlyList<int>>();
        TrainingLoop.Run([Scalar(1)], 12, (state, batch) =>
        {
            seen.Add([.. batch]);
            return new(state, state[0]);
        }, options);
        return seen;
    }

    private static IReadOnlyList<Tensor> Start() => [torch.zeros(2, 1, torch.float64), torch.zeros(1, torch.float64)];

    private static Trained Train(TrainingOptions options, double[]? labels = null, double rate = 0.2, IReadOnlyList<Tensor>? start = null) => TrainingLoop.Run(start ?? Start(), 12, (state, batch) =>
    {
        var layer = Linear.Forward(Rows(batch), state[0], state[1]);
        var error = SquaredError.Forward(layer.Y, Vector([.. batch.Select(n => (labels ?? Labels)[n])]).unsqueeze(1));
        var grads = Linear.Backward(SquaredError.Backward(torch.ones_like(error.Y) / batch.Count, error.Saved).DZ, layer.Saved);
        return new(GradientDescent.StepAll(state, [grads.DW, grads.DB], rate), error.Y / batch.Count);
    }, options);

    private static double[] X(int n) => [Math.Sin(n), Math.Cos(2 * n)];

    private static Tensor Rows(IEnumerable<int> batch) => Vector([.. batch.SelectMany(X)]).reshape(-1, 2);
}
