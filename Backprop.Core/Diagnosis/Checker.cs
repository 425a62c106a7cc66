namespace Backprop.Diagnosis;

/// <summary>Checks a hand-written gradient of someone's own: a verdict, and where it is wrong, the cause and the smallest case.</summary>
public static class Checker
{
    /// <summary>How often the time of the call under way is looked at.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Checks <paramref name="specimen"/>.</summary>
    /// <param name="specimen">The two passes, and how their inputs are drawn.</param>
    /// <param name="options">Cases, seed, dtype, device, tolerance.</param>
    /// <param name="cancellation">Looked at before every case.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the case that is asked for does not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CheckReport Check(Specimen specimen, CheckOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Cases, 1, nameof(options));
        if (options.Tolerance is { } tolerance && !(tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(options), tolerance, "tolerance: expected a positive number.");
        if (options.Dtype is not (torch.ScalarType.Float64 or torch.ScalarType.Float32)) throw new ArgumentOutOfRangeException(nameof(options), options.Dtype, "dtype: expected float64 or float32.");
        var bench = new Bench(specimen);
        CheckReport? report = null;
        Exception? failure = null;
        // On a thread of its own, so that a pass that never ends can be left behind.
        var worker = new Thread(() =>
        {
            try
            {
                report = new CheckRun(bench, options, cancellation).Run();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        })
        { IsBackground = true, Name = "check" };
        worker.Start();
        while (!worker.Join(Glance))
            if (bench.Overdue(options.TimeLimit) is { } pass)
                return CheckReport.Failed(specimen.Name, $"{specimen.Name}: {pass} has not ended after {options.TimeLimit.TotalSeconds:0.#} s; it was left running") with { Seed = options.Seed, Source = specimen.Source };
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return report!;
    }
}
