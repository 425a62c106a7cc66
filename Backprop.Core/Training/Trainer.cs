using System.Globalization;

namespace Backprop.Training;

/// <summary>How a run goes on and when it ends.</summary>
public sealed record TrainerOptions
{
    /// <summary>Examples for each step; null: all of them, as they lie.</summary>
    public int? BatchSize { get; init; }

    /// <summary>η at the start.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>How η changes.</summary>
    public Schedule Schedule { get; init; } = new Schedule.Constant();

    /// <summary>How many steps to take in all, those before a resumption included.</summary>
    public long Steps { get; init; } = 1;

    /// <summary>Stop after an epoch that moved no entry of any parameter by more than this; null: take all steps.</summary>
    public double? Tolerance { get; init; }

    /// <summary>The orders of the examples come from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Before every so-manieth step the gradient is compared; 0: never.</summary>
    public int VerifyEvery { get; init; }
}

/// <summary>Where a run stands: with the parameters and the optimizer's memory, all that it takes to go on as if nothing had happened.</summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="LossSum">The sum of the losses of the epoch's examples so far.</param>
/// <param name="Before">The parameters at the start of the epoch, where <see cref="TrainerOptions.Tolerance"/> needs them; otherwise empty.</param>
public sealed record TrainerPosition(long Steps, double LossSum, IReadOnlyList<NamedTensor> Before);

/// <summary>An epoch that is over.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Steps">Steps taken so far.</param>
/// <param name="Loss">The mean loss of its examples, as its steps saw it.</param>
/// <param name="Rate">The rate of its last step.</param>
public sealed record EpochEnd(long Epoch, long Steps, double Loss, double Rate);

/// <summary>Why a run ended.</summary>
public enum TrainerEnd
{
    /// <summary>All steps are taken.</summary>
    Finished,

    /// <summary>The parameters no longer move.</summary>
    Still,

    /// <summary>The loss or a parameter is infinite or NaN.</summary>
    Diverged,

    /// <summary>The gradient is not what autograd says.</summary>
    Disagreed,

    /// <summary>It was asked to stop.</summary>
    Cancelled,
}

/// <summary>How a run ended.</summary>
/// <param name="End">Why.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Report">What went wrong, in words; null where nothing did.</param>
public sealed record TrainerOutcome(TrainerEnd End, TrainerPosition Position, string? Report);

/// <summary>Who watches a run.</summary>
public interface ITrainerObserver
{
    /// <summary>After every step.</summary>
    /// <param name="position">Where the run stands; a checkpoint taken now goes on exactly from here.</param>
    /// <param name="epochEnd">The epoch that this step ended; null where it ended none.</param>
    void Stepped(TrainerPosition position, EpochEnd? epochEnd);

    /// <summary>Compares the gradient at the current parameters with autograd's.</summary>
    /// <param name="step">The number of steps before this one.</param>
    /// <param name="batch">What the step is about to learn from.</param>
    /// <returns>The report of a disagreement; null where they agree.</returns>
    string? Verify(long step, Batch batch);
}

/// <summary>Goes through the examples with steps that change the parameters in place. Everything random is a function of seed and step, so that a run
/// that was cut off goes on bit for bit.</summary>
public static class Trainer
{
    /// <summary>Steps in an epoch.</summary>
    public static long StepsPerEpoch(int examples, int? batchSize) => batchSize is { } size ? (examples + (long)size - 1) / size : 1;

    /// <summary>Trains.</summary>
    /// <param name="step">The parameters, and how they move; at <paramref name="start"/>, if that is given.</param>
    /// <param name="examples">How many there are.</param>
    /// <param name="rows">The batch of the examples of these numbers, for the step that has so many before it (what is drawn for a batch must depend on nothing else); its tensors die with the step.</param>
    /// <param name="options">Batches, rates, when to stop.</param>
    /// <param name="observer">Told of every step.</param>
    /// <param name="start">Where an earlier run stood; null at the beginning.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <exception cref="ArgumentOutOfRangeException">No example, an empty batch, no step, or a rate or tolerance that is negative, infinite or NaN.</exception>
    public static TrainerOutcome Run(ITrainingStep step, int examples, Func<IReadOnlyList<int>, long, Batch> rows, TrainerOptions options, ITrainerObserver observer,
        TrainerPosition? start = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(observer);
        Check(options, examples);
        using var outer = torch.NewDisposeScope();
        var (size, perEpoch) = (options.BatchSize ?? examples, StepsPerEpoch(examples, options.BatchSize));
        var at = start ?? new(0, 0, []);
        var (order, orderOf) = ((IReadOnlyList<int>)[.. Enumerable.Range(0, examples)], -1L);
        while (true)
        {
            // Before anything else, for a run that stood still when its last checkpoint was written would otherwise take another epoch.
            if (at.Steps > 0 && at.Steps % perEpoch == 0 && options.Tolerance is { } tolerance && at.Before.Count > 0 && Furthest(at.Before, step.Parameters) <= tolerance)
                return Ended(TrainerEnd.Still);
            if (at.Steps >= options.Steps) return Ended(TrainerEnd.Finished);
            if (cancellation.IsCancellationRequested) return Ended(TrainerEnd.Cancelled);
            var (epoch, within) = (at.Steps / perEpoch, at.Steps % perEpoch);
            if (options.BatchSize is not null && orderOf != epoch) (order, orderOf) = (EpochOrder.Of(examples, options.Seed, epoch), epoch);
            var sum = within == 0 ? 0 : at.LossSum;
            var before = options.Tolerance is null ? [] : within == 0 ? Copied(step.Parameters, at.Before) : at.Before;
            var numbers = order.Skip((int)(within * size)).Take(size).ToList();
            var rate = options.Schedule.Rate(options.Rate, at.Steps, perEpoch, options.Steps);
            double loss;
            using (torch.NewDisposeScope())
            {
                var batch = rows(numbers, at.Steps);
                if (options.VerifyEvery > 0 && at.Steps % options.VerifyEvery == 0 && observer.Verify(at.Steps, batch) is { } report) return Ended(TrainerEnd.Disagreed, report);
                loss = step.Step(batch, rate);
            }
            if (!double.IsFinite(loss)) return Ended(TrainerEnd.Diverged, NotFinite(at.Steps + 1, double.IsNaN(loss) ? "the loss is NaN" : "the loss is infinite", rate));
            sum += loss * numbers.Count;
            at = new(at.Steps + 1, sum, before);
            var ends = at.Steps % perEpoch == 0;
            // A step can ruin the parameters while its own loss, taken before it, is still finite; such a state must not be saved.
            if ((ends || at.Steps == options.Steps) && !AreFinite(step.Parameters)) return Ended(TrainerEnd.Diverged, NotFinite(at.Steps, "a parameter is NaN or infinite after it", rate));
            observer.Stepped(at, ends ? new(epoch + 1, at.Steps, sum / examples, rate) : null);
        }

        TrainerOutcome Ended(TrainerEnd end, string? report = null)
        {
            outer.MoveToOuter(at.Before.Select(tensor => tensor.Value));
            return new(end, at, report);
        }
    }

    /// <summary>Whether all entries are finite.</summary>
    public static bool AreFinite(IReadOnlyList<NamedTensor> tensors)
    {
        using var scope = torch.NewDisposeScope();
        return tensors.All(tensor => tensor.Value.isfinite().all().item<bool>());
    }

    private static IReadOnlyList<NamedTensor> Copied(IReadOnlyList<NamedTensor> parameters, IReadOnlyList<NamedTensor> old)
    {
        foreach (var tensor in old) tensor.Value.Dispose();
        return [.. parameters.Select(parameter => parameter with { Value = parameter.Value.detach().clone() })];
    }

    private static double Furthest(IReadOnlyList<NamedTensor> before, IReadOnlyList<NamedTensor> after)
    {
        using var scope = torch.NewDisposeScope();
        return before.Zip(after, (a, b) => a.Value.numel() == 0 ? 0 : (b.Value - a.Value).abs().max().to_type(torch.float64).item<double>()).DefaultIfEmpty(0).Max();
    }

    private static string NotFinite(long step, string what, double rate) =>
        string.Create(CultureInfo.InvariantCulture, $"step {step}: {what}: the rate {rate:R} may be too great, or very great numbers stand in the data.");

    /// <summary>The checks that <see cref="Run"/> begins with, for whoever wants to know before anything is written.</summary>
    /// <param name="options">Batches, rates, when to stop.</param>
    /// <param name="examples">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="Run"/>.</exception>
    public static void Check(TrainerOptions options, int examples)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (examples < 1) throw new ArgumentOutOfRangeException(nameof(examples), examples, $"examples: expected at least one, got {examples}.");
        if ((options.BatchSize < 1 ? $"BatchSize: expected at least one example, got {options.BatchSize}"
            : options.Steps < 1 ? $"Steps: expected at least one, got {options.Steps}"
            : !(options.Rate >= 0 && double.IsFinite(options.Rate)) ? $"Rate: expected a finite number that is not negative, got {options.Rate}"
            : options.Tolerance is { } tolerance && !(tolerance >= 0) ? $"Tolerance: expected a number that is not negative, got {tolerance}"
            : options.VerifyEvery < 0 ? $"VerifyEvery: expected a number that is not negative, got {options.VerifyEvery}"
            : null) is { } wrong) throw new ArgumentOutOfRangeException(nameof(options), $"options: {wrong}.");
    }
}
