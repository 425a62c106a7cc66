using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What one gradient came to in one case.</summary>
/// <param name="Verdict">Right, kink, vacuous, inconclusive or wrong.</param>
/// <param name="Truth">The true gradient as far as it is known.</param>
/// <param name="Worst">The entry furthest from its tolerance, or nearest to it.</param>
/// <param name="ToAutograd">The greatest relative error against autograd.</param>
/// <param name="ToDifference">The greatest relative error against differences of single entries.</param>
/// <param name="Differences">Entries that had a difference of their own.</param>
/// <param name="Kinks">Of these, at a kink.</param>
/// <param name="Cut">Whether autograd does not see what differences see.</param>
internal sealed record GradientExam(Verdict Verdict, double[] Truth, Element? Worst, double ToAutograd, double ToDifference, int Differences, int Kinks, bool Cut)
{
    /// <summary>Whether a sample of the entries stood for all of them where differences were taken though all agreed.</summary>
    internal bool Sampled { get; init; }
}

/// <summary>Puts hand, autograd and differences to the vote, entry by entry where they differ.</summary>
/// <param name="bench">The passes.</param>
/// <param name="experiment">The case.</param>
/// <param name="tolerance">Of the dtype.</param>
/// <param name="allowed">Relative error against autograd that is forgiven.</param>
internal sealed class GradientJudge(Bench bench, Experiment experiment, Tolerance tolerance, double allowed)
{
    /// <summary>So many entries that differ are looked at one by one.</summary>
    private const int MostSuspects = 48;

    /// <summary>Where autograd cannot be trusted, so many entries stand for the whole gradient.</summary>
    private const int MostDifferences = 400;

    /// <summary>Gradients of so few entries get a difference for each even when all agree.</summary>
    private const int Few = 64;

    /// <summary>So many entries of larger ones do: that autograd sees every path, random directions have shown already.</summary>
    private const int Sample = 16;

    /// <summary>Through so many entries of inputs and outputs the differences of one gradient may go, all together, where they alone decide.</summary>
    private const long Effort = 1L << 24;

    /// <summary>Judges gradient <paramref name="g"/>.</summary>
    /// <param name="g">Its place among the gradients.</param>
    /// <param name="hand">What Backward gave.</param>
    /// <param name="reference">What autograd gives at the same numbers in the best dtype at hand; null when it gives nothing.</param>
    /// <param name="rounding">What the dtype's own rounding may amount to in each entry.</param>
    /// <param name="cut">Whether differences along directions say that autograd misses a path.</param>
    /// <param name="differences">Whether differences can be taken at all.</param>
    /// <param name="thorough">Whether a small gradient gets a difference for each entry though all agree.</param>
    internal GradientExam Judge(int g, double[] hand, double[]? reference, double[] rounding, bool cut, bool differences, bool thorough)
    {
        var place = bench.Specimen.Places[g];
        var input = bench.Specimen.Inputs[place];
        var x = experiment.Inputs[place];
        var probe = new Lazy<FiniteDifference.Probe>(() => new(moved => bench.Flat([.. experiment.Precise.Select((one, i) => i == place ? moved : one)]), experiment.Precise[place], experiment.PreciseDy));
        if (hand.Length == 0) return new(Verdict.Right, hand, null, 0, 0, 0, 0, false);
        if (cut || reference is null) return ByDifferences(input.Name, x.shape, hand, reference, probe.Value);

        var floor = Math.Max(tolerance.Floor(reference, experiment.GreatestDy), double.Epsilon);
        var relative = hand.Select((value, i) => Tolerance.Relative(value, reference[i], Math.Max(floor, rounding[i] / allowed))).ToArray();
        var suspects = Enumerable.Range(0, hand.Length).Where(i => !(relative[i] <= allowed)).OrderByDescending(i => double.IsNaN(relative[i]) ? double.PositiveInfinity : relative[i]).ToList();
        var worst = suspects.Count > 0 ? suspects[0] : Enumerable.Range(0, hand.Length).MaxBy(i => relative[i]);
        var element = new Element(input.Name, Host.Index(x.shape, worst), hand[worst], reference[worst], null, relative[worst], null);
        var first = new GradientExam(Verdict.Wrong, reference, element, relative.Max(), 0, 0, 0, false);
        if (suspects.Count > 0) return differences ? Voted(g, first, hand, relative, rounding, floor, suspects, probe.Value) : first;
        var agreed = first with { Verdict = IsVacuous(hand, reference, place) || Decides(reference, floor) ? Verdict.Vacuous : Verdict.Right };
        return thorough && differences ? Measured(agreed, worst, hand, rounding, floor, x.shape, probe.Value) : agreed;
    }

    /// <summary>All agree: the differences of every entry beside it, or of a sample, the worst among it.</summary>
    private GradientExam Measured(GradientExam exam, int worst, double[] hand, double[] rounding, double floor, long[] shape, FiniteDifference.Probe probe)
    {
        var judge = new EntryJudge(probe, tolerance, floor, atTies: true);
        var chosen = Chosen(hand.Length, worst);
        var verdicts = chosen.Select(i => judge.Judge(exam.Worst!.Input, Host.Index(shape, i), i, hand[i], exam.Truth[i], rounding[i], true)).ToList();
        return exam with
        {
            Worst = verdicts[chosen.IndexOf(worst)].Element,
            ToDifference = verdicts.Select(verdict => verdict.Element.RelativeToDifference ?? 0).Max(),
            Differences = verdicts.Count,
            Kinks = verdicts.Count(verdict => verdict.Kink),
            Sampled = chosen.Count < hand.Length,
        };
    }

    /// <summary>What one evaluation goes through.</summary>
    private long Cost => Math.Max(1, experiment.InputNumbers.Concat(experiment.OutputNumbers).Sum(numbers => (long)numbers.Length));

    /// <summary>All entries of a small gradient, a sample of a larger one.</summary>
    private List<int> Chosen(int count, int worst)
    {
        if (count <= Few) return [.. Enumerable.Range(0, count)];
        var (chosen, random) = (new SortedSet<int> { worst }, new Random(experiment.Case.Seed));
        while (chosen.Count < Sample) chosen.Add(random.Next(count));
        return [.. chosen];
    }

    /// <summary>Hand and autograd differ in some entries: the vote on each, the worst first, until one is wrong.</summary>
    private GradientExam Voted(int g, GradientExam exam, double[] hand, double[] relative, double[] rounding, double floor, List<int> suspects, FiniteDifference.Probe probe)
    {
        var shaken = Shaken(g, exam.Truth);
        var shape = experiment.Inputs[bench.Specimen.Places[g]].shape;
        var (sum, taken, kinks, furthest, element) = (Verdict.Right, 0, 0, 0.0, exam.Worst!);
        foreach (var i in suspects.Take(MostSuspects))
        {
            taken++;
            var slope = Vote(g, i, hand[i], exam.Truth[i], floor, Math.Max(shaken[i], rounding[i]), probe, out var verdict);
            if (verdict == Verdict.Kink) kinks++;
            if (verdict > sum || taken == 1)
            {
                element = new(element.Input, Host.Index(shape, i), hand[i], exam.Truth[i], slope, relative[i], slope is { } value ? Tolerance.Relative(hand[i], value, floor) : null);
                sum = verdict;
            }
            if (element.RelativeToDifference is { } error) furthest = Math.Max(furthest, error);
            if (sum == Verdict.Wrong) break;
        }
        return exam with { Verdict = sum, Worst = element, ToDifference = furthest, Differences = taken, Kinks = kinks };
    }

    /// <summary>Who is the outlier at entry <paramref name="i"/>, where hand and autograd differ; the difference there, null at a kink.</summary>
    private double? Vote(int g, int i, double hand, double autograd, double floor, double shaken, FiniteDifference.Probe probe, out Verdict verdict)
    {
        // As unsure as autograd itself is when its inputs move by a rounding unit, or as values between round: in saturation the hand may be the more accurate.
        if (Math.Abs(hand - autograd) <= Math.Max(100 * shaken, Cancelled))
        {
            verdict = Verdict.Right;
            return null;
        }
        if (!double.IsFinite(hand))
        {
            verdict = double.IsFinite(autograd) ? Verdict.Wrong : Verdict.Inconclusive;
            return null;
        }
        if (new KinkTest(experiment, probe).Convention(g, i, hand, floor) is { } convention)
        {
            verdict = convention ? Verdict.Kink : Verdict.Wrong;
            return null;
        }
        var slope = new SlopeFinder(probe, 100 * tolerance.Difference * floor).At(i);
        if (slope is null || !double.IsFinite(slope.Value))
        {
            // Beside a kink, or outside the domain: two witnesses are left, and one of them is libtorch.
            verdict = double.IsFinite(autograd) ? Verdict.Wrong : Verdict.Inconclusive;
            return null;
        }
        var room = slope.Uncertainty + tolerance.Difference * Math.Max(Math.Abs(slope.Value), floor);
        var (handFits, autogradFits) = (Math.Abs(hand - slope.Value) <= room, double.IsFinite(autograd) && Math.Abs(autograd - slope.Value) <= room);
        verdict = (handFits, autogradFits) switch
        {
            (true, false) => Verdict.Right,
            // Nearer to each other than differences can tell: then the stable one of the two is right, and that is autograd.
            (true, true) or (false, true) => Verdict.Wrong,
            _ => Math.Abs(hand - slope.Value) > 10 * room ? Verdict.Wrong : Verdict.Inconclusive,
        };
        return slope.Value;
    }

    /// <summary>What is left of 1 − y² or p − 1 when all digits cancel, multiplied by whatever inputs it meets on the way back.</summary>
    private double Cancelled => 16 * Tolerance.Float64.Epsilon * experiment.GreatestDy
        * experiment.InputNumbers.Aggregate(1.0, (product, numbers) => product * Math.Max(1, numbers.Select(Math.Abs).DefaultIfEmpty(0).Max()));

    /// <summary>How much autograd's own answer moves when its inputs move by a few rounding units.</summary>
    private double[] Shaken(int g, double[] reference)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(experiment.Case.Seed);
        var moved = new double[reference.Length];
        for (var time = 0; time < 3; time++)
        {
            var inputs = experiment.Precise.Select(input => input.is_floating_point()
                ? Host.Tensor([.. Host.Numbers(input).Select(number => number * (1 + 2 * Tolerance.Float64.Epsilon * random.Next(-1, 2)))], input.shape, torch.float64, input.device)
                : input).ToList();
            if (bench.Autograd(inputs, experiment.PreciseDy) is not { } gradients) continue;
            var numbers = Host.Numbers(gradients[g]);
            for (var i = 0; i < moved.Length; i++) moved[i] = Math.Max(moved[i], Math.Abs(numbers[i] - reference[i]));
        }
        // At a kink a rounding unit changes the gradient wholly: that is no matter of rounding.
        var greatest = reference.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return [.. moved.Select(one => double.IsFinite(one) && one <= 1e-4 * greatest ? one : 0)];
    }

    /// <summary>Autograd misses a path, or gives nothing: the verdict rests on the differences.</summary>
    private GradientExam ByDifferences(string name, long[] shape, double[] hand, double[]? autograd, FiniteDifference.Probe probe)
    {
        var truth = new double[hand.Length];
        var chosen = Draw.Sample(experiment.Case, hand.Length, (int)Math.Clamp(Effort / Cost, Sample, MostDifferences));
        Element? worst = null;
        var (verdict, kinks, furthest) = (Verdict.Right, 0, 0.0);
        var finder = new SlopeFinder(probe, 1e-4 * experiment.GreatestDy);
        var quick = Enumerable.Range(0, hand.Length).Select(i => chosen is null || chosen.Contains(i) ? probe.At(i, FiniteDifference.DefaultStep) : null).ToList();
        var rough = Floor(quick.OfType<FiniteDifference.Quotients>().Select(quotients => quotients.Centred));
        // The slow way only where the quick one does not say the same as the hand.
        var slopes = quick.Select((quotients, i) => quotients is null ? null : Settled(quotients, hand[i]) ? new(quotients.Centred, quotients.Rounding) : finder.At(i)).ToList();
        var floor = Floor(slopes.OfType<Slope>().Select(slope => slope.Value));
        for (var i = 0; i < hand.Length; i++)
        {
            truth[i] = slopes[i]?.Value ?? autograd?[i] ?? 0;
            if (slopes[i] is not { } slope)
            {
                if (chosen is null || chosen.Contains(i)) kinks++;
                continue;
            }
            var error = Tolerance.Relative(hand[i], slope.Value, Math.Max(floor, slope.Uncertainty / tolerance.Difference));
            if (error <= furthest && worst is not null) continue;
            (furthest, worst) = (error, new(name, Host.Index(shape, i), hand[i], autograd?[i] ?? double.NaN, slope.Value, autograd is null ? double.NaN : Tolerance.Relative(hand[i], autograd[i], floor), error));
        }
        if (!(furthest <= 10 * tolerance.Difference))
            verdict = autograd is not null && hand.Zip(autograd).All(pair => Tolerance.Relative(pair.First, pair.Second, floor) <= allowed) ? Verdict.Inconclusive : Verdict.Wrong;
        return new(verdict, truth, worst, worst?.RelativeToAutograd ?? 0, furthest, slopes.OfType<Slope>().Count(), kinks, autograd is not null) { Sampled = chosen is not null };

        double Floor(IEnumerable<double> values) => Math.Max(Math.Max(tolerance.Scale * values.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max(), 1e-9 * experiment.GreatestDy), double.Epsilon);

        bool Settled(FiniteDifference.Quotients quotients, double value) => quotients.Rounding <= tolerance.Difference * Math.Max(Math.Abs(quotients.Centred), rough)
            && Tolerance.Relative(value, quotients.Centred, rough) <= tolerance.Difference;
    }

    /// <summary>Whether both gradients are as good as zero, measured by what the result could change by over the size of the input.</summary>
    private bool IsVacuous(double[] hand, double[] reference, int place)
    {
        var result = experiment.OutputNumbers.SelectMany(numbers => numbers).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var size = Math.Max(experiment.InputNumbers[place].Select(Math.Abs).Max(), 1e-300);
        var zero = 1e-8 * experiment.GreatestDy * result / size;
        return hand.Concat(reference).All(value => Math.Abs(value) <= zero);
    }

    /// <summary>Whether a tolerance that the user asked for would pass zeros in more than a tenth of the entries.</summary>
    private bool Decides(double[] reference, double floor) =>
        allowed > tolerance.Autograd && reference.Count(value => value != 0) is var all && all > 0
        && reference.Count(value => value != 0 && Math.Abs(value) <= allowed * Math.Max(Math.Abs(value), floor)) > 0.1 * all;
}
