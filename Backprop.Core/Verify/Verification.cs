using System.Diagnostics;

namespace Backprop.Verify;

/// <summary>How a verification runs.</summary>
public sealed record VerifyOptions
{
    /// <summary>Cases for each rule, at least 1.</summary>
    public int Cases { get; init; } = 40;

    /// <summary>Everything random comes from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Of the inputs: float64 or float32.</summary>
    public torch.ScalarType Dtype { get; init; } = torch.ScalarType.Float64;

    /// <summary>Where the rules run: "cpu" or "cuda".</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>These options with some of them changed, for languages without with-expressions over C# records.</summary>
    public VerifyOptions With(int? cases = null, int? seed = null, torch.ScalarType? dtype = null, string? device = null) =>
        new() { Cases = cases ?? Cases, Seed = seed ?? Seed, Dtype = dtype ?? Dtype, Device = device ?? Device };
}

/// <summary>Runs the cases of a subject, and looks for the smallest that fails.</summary>
public static class Verification
{
    /// <summary>Examines <see cref="VerifyOptions.Cases"/> random cases; stops at the first that fails and makes it as small as it can.</summary>
    /// <param name="subject">The rule.</param>
    /// <param name="options">Cases, seed, dtype, device.</param>
    /// <param name="progress">Told the number of cases examined so far.</param>
    /// <param name="cancellation">Looked at before every case.</param>
    /// <exception cref="ArgumentOutOfRangeException">No case is asked for, or another dtype than float32 or float64.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Agreement Run(Subject subject, VerifyOptions options, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Cases, 1, nameof(options));
        return Examine(subject, Enumerable.Range(0, options.Cases).Select(number => Draw.Case(subject, options.Seed, number)), options, progress, cancellation);
    }

    /// <summary>Examines exactly one case, as printed by an earlier verdict, and does not make it smaller.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another dtype than float32 or float64.</exception>
    public static Agreement Replay(Subject subject, Case @case, VerifyOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(options);
        return Examine(subject, [@case], options with { Seed = @case.Seed }, null, cancellation, shrink: false);
    }

    private static Agreement Examine(Subject subject, IEnumerable<Case> cases, VerifyOptions options, IProgress<int>? progress, CancellationToken cancellation, bool shrink = true)
    {
        if (subject.Differentiable.Count == 0) throw new ArgumentException("subject: expected at least one differentiable input; there is nothing to verify.", nameof(subject));
        var clock = Stopwatch.StartNew();
        var device = torch.device(options.Device);
        var examiner = new Examiner(subject, options.Dtype, device);
        var seen = new List<Examination>();
        Disagreement? disagreement = null;
        foreach (var @case in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            seen.Add(examiner.Examine(@case, cancellation));
            progress?.Report(seen.Count);
            if (seen[^1].Flaw is not { } fault) continue;
            var smallest = shrink ? Smallest(subject, examiner, seen[^1], cancellation) : seen[^1];
            disagreement = new(smallest.Flaw ?? fault, smallest.Case, @case, examiner.Describe(smallest.Case));
            break;
        }
        // When something is wrong, the entry that shows it; else the one nearest to its tolerance.
        var worst = disagreement is not null ? disagreement.Flaw.Element : seen.Select(one => one.Worst).OfType<Element>().MaxBy(Rank);
        return new(subject.Name, options.Device, options.Dtype.ToString().ToLowerInvariant(), options.Seed, seen.Count, disagreement, worst,
            seen.Max(one => one.WorstToAutograd), seen.Max(one => one.WorstToDifference), seen.Sum(one => one.Entries), seen.Sum(one => one.Differences), seen.Sum(one => one.Kinks), clock.Elapsed.TotalSeconds);

        double Rank(Element element)
        {
            var tolerance = Tolerance.Of(options.Dtype);
            return Math.Max(element.RelativeToAutograd / tolerance.Autograd, (element.RelativeToDifference ?? 0) / tolerance.Difference);
        }
    }

    /// <summary>Smaller sizes first, then dense, then short decimals; each step is kept when the case still fails.</summary>
    private static Examination Smallest(Subject subject, Examiner examiner, Examination failing, CancellationToken cancellation)
    {
        for (var smaller = true; smaller;)
        {
            smaller = false;
            foreach (var candidate in Candidates(subject, failing.Case))
            {
                var examined = examiner.Examine(candidate, cancellation);
                if (examined.Flaw is null) continue;
                (failing, smaller) = (examined, true);
                break;
            }
        }
        return failing;
    }

    private static IEnumerable<Case> Candidates(Subject subject, Case @case)
    {
        foreach (var letter in subject.Letters.Where(letter => !subject.FixedSizes.ContainsKey(letter)))
            for (var size = 1L; size < @case.Sizes[letter]; size++)
                yield return @case with { Sizes = new Dictionary<string, long>(@case.Sizes, StringComparer.Ordinal) { [letter] = size } };
        if (@case.Layout != Layout.Dense) yield return @case with { Layout = Layout.Dense };
        if (@case.Values != Values.Ties) yield return @case with { Values = Values.Ties };
    }
}
