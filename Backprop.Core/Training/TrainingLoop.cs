namespace Backprop.Training;

/// <summary>What one step gives.</summary>
/// <param name="State">The parameters after it, in the order in which they came.</param>
/// <param name="Loss">The batch's mean loss before it: one number.</param>
public sealed record Stepped(IReadOnlyList<Tensor> State, Tensor Loss);

/// <summary>What training gives.</summary>
/// <param name="State">The parameters at its end. They live in the scope around the call; those that no step replaced are the caller's own.</param>
/// <param name="Losses">The mean loss of each epoch, as its steps saw it.</param>
/// <param name="Settled">Whether it ended because the parameters no longer changed.</param>
public sealed record Trained(IReadOnlyList<Tensor> State, IReadOnlyList<double> Losses, bool Settled)
{
    /// <summary>The number of times that all examples were gone through.</summary>
    public int Epochs => Losses.Count;
}

/// <summary>Which examples make a step, and when to stop.</summary>
public sealed record TrainingOptions
{
    /// <summary>Examples for each step; null: all of them, which is batch gradient descent.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Whether each epoch has an order of its own; otherwise the examples come as they lie.</summary>
    public bool Shuffle { get; init; }

    /// <summary>How often to go through all examples at most.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Stop after an epoch that moved no entry of any parameter by more than this; null: go through all epochs.</summary>
    public double? Tolerance { get; init; }

    /// <summary>The orders of the examples come from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>One step an epoch, on all examples.</summary>
    public static TrainingOptions Batch(int epochs) => new() { Epochs = epochs };

    /// <summary>One step for each example, in an order of its own each epoch.</summary>
    public static TrainingOptions Stochastic(int epochs, int seed) => MiniBatch(1, epochs, seed);

    /// <summary>One step for each <paramref name="size"/> examples, in an order of its own each epoch; the last step has what is left.</summary>
    public static TrainingOptions MiniBatch(int size, int epochs, int seed) => new() { BatchSize = size, Shuffle = true, Epochs = epochs, Seed = seed };

    /// <summary>One step for each example, in order, until no parameter moves by more than the tolerance: the online algorithm of notes 004, lines 2423–2443.</summary>
    public static TrainingOptions Online(double tolerance, int epochs) => new() { BatchSize = 1, Tolerance = tolerance, Epochs = epochs };
}

/// <summary>Goes through the examples, step by step, and owns the memory: what a step made and the next does not need is gone before that.</summary>
/// <remarks>Source: notes 004, lines 153–154 ("use SGD instead of batch gradient descent") and 2423–2443 ("until params won't change").</remarks>
public static class TrainingLoop
{
    /// <summary>Trains.</summary>
    /// <param name="state">The parameters at the start; left as they are.</param>
    /// <param name="examples">How many there are.</param>
    /// <param name="step">The parameters and the numbers of a batch's examples → the parameters after it, and the loss. It may leave what it makes lying about.</param>
    /// <param name="options">Batches, order, when to stop.</param>
    /// <param name="progress">Told the mean loss after every epoch.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <exception cref="ArgumentOutOfRangeException">No example, an empty batch, no epoch, or a tolerance that is negative or NaN.</exception>
    /// <exception cref="ArithmeticException">A loss is infinite or NaN: the rate is too great, or the data are at fault.</exception>
    /// <exception cref="InvalidOperationException">A step gave another number of parameters than it got.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Trained Run(IReadOnlyList<Tensor> state, int examples, Func<IReadOnlyList<Tensor>, IReadOnlyList<int>, Stepped> step, TrainingOptions options,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(step);
        Check(options, examples);
        using var scope = torch.NewDisposeScope();
        var random = new Random(options.Seed);
        var order = Enumerable.Range(0, examples).ToArray();
        var (current, losses, settled) = (state, new List<double>(), false);
        while (!settled && losses.Count < options.Epochs)
        {
            if (options.Shuffle) random.Shuffle(order);
            var (before, loss) = (current, 0.0);
            foreach (var batch in order.Chunk(options.BatchSize ?? examples))
            {
                cancellation.ThrowIfCancellationRequested();
                var (next, mean) = Once(step, current, batch);
                if (!double.IsFinite(mean)) throw new ArithmeticException($"step: the loss in epoch {losses.Count + 1} is {mean}: take a smaller rate, or look for such numbers in the data.");
                loss += mean * batch.Length / examples;
                Retire(current, next, before, state);
                current = next;
            }
            losses.Add(loss);
            progress?.Report(loss);
            settled = options.Tolerance is { } tolerance && Change(before, current) <= tolerance;
            Retire(before, current, state);
        }
        scope.MoveToOuter(current);
        return new(current, losses, settled);
    }

    private static (IReadOnlyList<Tensor> Next, double Loss) Once(Func<IReadOnlyList<Tensor>, IReadOnlyList<int>, Stepped> step, IReadOnlyList<Tensor> current, int[] batch)
    {
        using var scope = torch.NewDisposeScope();
        var stepped = step(current, batch);
        if (stepped.State.Count != current.Count) throw new InvalidOperationException($"step: expected {current.Count} parameters back, got {stepped.State.Count}.");
        scope.MoveToOuter(stepped.State);
        return (stepped.State, stepped.Loss.to_type(torch.float64).item<double>());
    }

    /// <summary>Disposes what nobody holds any longer.</summary>
    private static void Retire(IReadOnlyList<Tensor> old, params IReadOnlyList<Tensor>[] kept)
    {
        foreach (var tensor in old)
            if (!kept.Any(list => list.Any(other => ReferenceEquals(other, tensor)))) tensor.Dispose();
    }

    /// <summary>The furthest that an entry moved.</summary>
    private static double Change(IReadOnlyList<Tensor> before, IReadOnlyList<Tensor> after)
    {
        using var scope = torch.NewDisposeScope();
        return before.Zip(after, (a, b) => a.numel() == 0 ? 0 : (b - a).abs().max().to_type(torch.float64).item<double>()).DefaultIfEmpty(0).Max();
    }

    private static void Check(TrainingOptions options, int examples)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (examples < 1) throw new ArgumentOutOfRangeException(nameof(examples), examples, $"examples: expected at least one, got {examples}.");
        if ((options.BatchSize < 1 ? $"BatchSize: expected at least one example, got {options.BatchSize}"
            : options.Epochs < 1 ? $"Epochs: expected at least one, got {options.Epochs}"
            : options.Tolerance is { } tolerance && !(tolerance >= 0) ? $"Tolerance: expected a number that is not negative, got {tolerance}"
            : null) is { } wrong) throw new ArgumentOutOfRangeException(nameof(options), $"options: {wrong}.");
    }
}
