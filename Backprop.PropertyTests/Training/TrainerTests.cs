using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Training;

public class TrainerTests
{
    private const int Examples = 11;

    /// <summary>Batch sizes, null for all, with and without a tolerance, and every schedule.</summary>
    private static readonly Gen<(int Size, int Steps, int Cut, int Seed)> Runs = Gen.Select(Gen.Int[0, 12], Gen.Int[1, 40], Gen.Int[0, 40], Gen.Int[0, 1000]);

    [Fact]
    public void ARunThatWasCutOffEndsWhereTheUninterruptedOneEnds() => ForAll(Runs, run =>
    {
        var options = Options(run.Size, run.Steps, run.Seed);
        var (whole, epochs) = (new LineStep(), new List<EpochEnd>());
        var end = Trainer.Run(whole, Examples, Rows, options, new Watcher(epochs));

        // Killed after Cut steps: what is left is a copy of what a checkpoint taken there holds.
        var (first, some) = (new LineStep(), new List<EpochEnd>());
        TrainerPosition? saved = null;
        Tensor[] kept = [];
        using var stop = new CancellationTokenSource();
        if (run.Cut == 0) stop.Cancel();
        var cut = Trainer.Run(first, Examples, Rows, options, new Watcher(some)
        {
            OnStep = position =>
            {
                if (position.Steps != Math.Min(run.Cut, end.Position.Steps)) return;
                saved = position with { Before = [.. position.Before.Select(tensor => tensor with { Value = tensor.Value.clone().DetachFromDisposeScope() })] };
                kept = [first.Parameters[0].Value.clone().DetachFromDisposeScope(), first.Memory[0].Value.clone().DetachFromDisposeScope()];
                stop.Cancel();
            },
        }, cancellation: stop.Token);
        if (run.Cut < end.Position.Steps) Assert.Equal(TrainerEnd.Cancelled, cut.End);
        if (saved is null) return;

        var second = new LineStep();
        second.Restore([new("w", kept[0])], [new("w.v", kept[1])], saved.Steps);
        var resumed = Trainer.Run(second, Examples, Rows, options, new Watcher(some), saved);
        Assert.Equal((end.End, end.Position.Steps, BitConverter.DoubleToInt64Bits(end.Position.LossSum)), (resumed.End, resumed.Position.Steps, BitConverter.DoubleToInt64Bits(resumed.Position.LossSum)));
        Assert.Equal(Numbers(whole.Parameters[0].Value), Numbers(second.Parameters[0].Value));
        Assert.Equal(Numbers(whole.Memory[0].Value), Numbers(second.Memory[0].Value));
        Assert.Equal(epochs, some);
    });

    [Fact]
    public void EveryEpochSeesEveryExampleOnceInAnOrderOfItsOwn() => ForAll(Gen.Select(Gen.Int[1, 50], Gen.Int, Gen.Int[0, 100]), input =>
    {
        var (examples, seed, epoch) = input;
        Assert.Equal(Enumerable.Range(0, examples), EpochOrder.Of(examples, seed, epoch).Order());
        Assert.Equal(EpochOrder.Of(examples, seed, epoch), EpochOrder.Of(examples, seed, epoch));
        if (examples < 20) return;
        Assert.NotEqual(EpochOrder.Of(examples, seed, epoch), EpochOrder.Of(examples, seed, epoch + 1));
        Assert.NotEqual(EpochOrder.Of(examples, seed, epoch), EpochOrder.Of(examples, seed + 1, epoch));
    });

    [Fact]
    public void BatchesAreOfTheirSizeAndTheLastHasWhatIsLeft()
    {
        Assert.Equal([11, 11], Sizes(0, 2));
        Assert.Equal([4, 4, 3, 4, 4], Sizes(4, 5));
        Assert.Equal(Enumerable.Repeat(1, 12), Sizes(1, 12));

        static IEnumerable<int> Sizes(int size, int steps)
        {
            var seen = new List<int>();
            Trainer.Run(new LineStep(), Examples, (numbers, step) =>
            {
                seen.Add(numbers.Count);
                return Rows(numbers, step);
            }, Options(size, steps, 1) with { Tolerance = null }, new Watcher([]));
            return seen;
        }
    }

    [Fact]
    public void ALossThatIsNoNumberStopsTheRunAndNamesTheStep()
    {
        var watcher = new Watcher([]);
        var outcome = Trainer.Run(new LineStep { FailsAt = 7 }, Examples, Rows, Options(3, 20, 1), watcher);
        Assert.Equal((TrainerEnd.Diverged, 6L, 6L), (outcome.End, outcome.Position.Steps, watcher.Last));
        Assert.StartsWith("step 7: the loss is NaN: the rate ", outcome.Report);
    }

    [Fact]
    public void ParametersThatAreNoNumbersAtTheEndAreNotHandedOn()
    {
        var watcher = new Watcher([]);
        var outcome = Trainer.Run(new LineStep { BreaksAt = 8 }, Examples, Rows, Options(3, 8, 1), watcher);
        Assert.Equal((TrainerEnd.Diverged, 7L), (outcome.End, watcher.Last));
        Assert.StartsWith("step 8: a parameter is NaN or infinite", outcome.Report);
    }

    [Fact]
    public void ADisagreementStopsTheRunBeforeItsStep()
    {
        var asked = new List<long>();
        var outcome = Trainer.Run(new LineStep(), Examples, Rows, Options(3, 20, 1) with { VerifyEvery = 5 }, new Watcher([])
        {
            OnVerify = step =>
            {
                asked.Add(step);
                return step == 10 ? "dw is wrong" : null;
            },
        });
        Assert.Equal((TrainerEnd.Disagreed, 10L, "dw is wrong"), (outcome.End, outcome.Position.Steps, outcome.Report));
        Assert.Equal([0, 5, 10], asked);
    }

    [Fact]
    public void StopsWhenTheParametersDoNotMove()
    {
        var outcome = Trainer.Run(new LineStep(), Examples, Rows, new() { BatchSize = 4, Steps = 1000, Rate = 0, Tolerance = 0 }, new Watcher([]));
        Assert.Equal((TrainerEnd.Still, 3L), (outcome.End, outcome.Position.Steps));
    }

    [Fact]
    public void RatesFallAsTheScheduleSays()
    {
        Assert.Equal([0.2, 0.2, 0.2], Rates(new Schedule.Constant()));
        Assert.Equal([0.2, 0.1, 0.05], Rates(new Schedule.StepDecay(2, 0.5)));
        Assert.Equal([0.2, 0.2 / 1.2, 0.2 / 1.4], Rates(new Schedule.Inverse(0.1)));
        Assert.Equal(0.2, new Schedule.Cosine().Rate(0.2, 0, 10, 40));
        Assert.Equal(0.1, new Schedule.Cosine().Rate(0.2, 20, 10, 40), 15);
        Assert.Equal(0, new Schedule.Cosine().Rate(0.2, 40, 10, 40), 15);

        static double[] Rates(Schedule schedule) => [.. new long[] { 0, 20, 40 }.Select(step => schedule.Rate(0.2, step, 10, 60))];
    }

    [Fact]
    public void RefusesNothingToDo()
    {
        Assert.Contains("examples: expected at least one, got 0", Refused(new(), 0));
        Assert.Contains("options: BatchSize: expected at least one example, got 0", Refused(new() { BatchSize = 0 }));
        Assert.Contains("options: Steps: expected at least one, got 0", Refused(new() { Steps = 0 }));
        Assert.Contains("options: Rate: expected a finite number that is not negative, got NaN", Refused(new() { Rate = double.NaN }));
        Assert.Contains("options: Tolerance: expected a number that is not negative, got -1", Refused(new() { Tolerance = -1 }));
        Assert.Contains("options: VerifyEvery: expected a number that is not negative, got -1", Refused(new() { VerifyEvery = -1 }));

        static string Refused(TrainerOptions options, int examples = Examples) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.Run(new LineStep(), examples, Rows, options, new Watcher([]))).Message;
    }

    private static TrainerOptions Options(int size, int steps, int seed) => new()
    {
        BatchSize = size == 0 ? null : size,
        Steps = steps,
        Seed = seed,
        Rate = 0.3,
        Schedule = (seed % 4) switch { 0 => new Schedule.Constant(), 1 => new Schedule.StepDecay(2, 0.5), 2 => new Schedule.Inverse(0.1), _ => new Schedule.Cosine() },
        Tolerance = seed % 3 == 0 ? 0.05 : null,
    };

    private static Batch Rows(IReadOnlyList<int> numbers, long step) => new(
        Vector([.. numbers.SelectMany(n => new[] { Math.Sin(n), Math.Cos(2 * n) })]).reshape(-1, 2), Vector([.. numbers.Select(n => Math.Sin(3 * n))]));

    private sealed class Watcher(List<EpochEnd> epochs) : ITrainerObserver
    {
        public Action<TrainerPosition>? OnStep { get; init; }

        public Func<long, string?>? OnVerify { get; init; }

        public long Last { get; private set; }

        public void Stepped(TrainerPosition position, EpochEnd? epochEnd)
        {
            Last = position.Steps;
            if (epochEnd is not null) epochs.Add(epochEnd);
            OnStep?.Invoke(position);
        }

        public string? Verify(long step, Batch batch) => OnVerify?.Invoke(step);
    }
}
