using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Gathers evidence on a gradient that is wrong, asks every detector, and puts what they say in order.</summary>
/// <param name="bench">The passes.</param>
/// <param name="seed">Of the check.</param>
/// <param name="device">Where the passes run.</param>
internal sealed class Diagnostician(Bench bench, int seed, torch.Device device)
{
    private const int Wanted = 6;

    /// <summary>Fewer of what is too large to be looked at often.</summary>
    private readonly int _tries = Corner.IsLarge(bench.Specimen) ? 2 : 14;

    /// <summary>Hand and truth are the same below this, relative to the whole gradient.</summary>
    private const double Same = 1e-7;

    /// <summary>So many explanations are kept for one gradient.</summary>
    private const int Kept = 4;

    private readonly Specimen _specimen = bench.Specimen;

    /// <summary>The likeliest causes first, and the places of the gradients that are wrong.</summary>
    /// <param name="failing">The case in which it was seen.</param>
    internal Explained Diagnose(CaseExam failing)
    {
        using var scope = torch.NewDisposeScope();
        // What is not linear in dy may be so because of a gate that dy decides: the detectors may know more.
        var certain = failing.Causes.Where(cause => cause.Code != CauseCode.NotLinear).ToList();
        var uncertain = failing.Causes.Except(certain).ToList();
        var formless = certain.Where(cause => cause.Code is CauseCode.Shape or CauseCode.NotReduced or CauseCode.Transpose or CauseCode.Dtype or CauseCode.Count).Select(cause => cause.Gradient).ToHashSet(StringComparer.Ordinal);
        var decided = certain.Where(cause => cause.Code is not CauseCode.Nonfinite).Select(cause => cause.Gradient).ToHashSet(StringComparer.Ordinal);
        // State, changes to inputs, a wrong count: what else may be wrong cannot be seen through them.
        if (certain.Exists(cause => cause.Gradient.Length == 0 || cause.Code is CauseCode.Stateful or CauseCode.StaleCache)) return new(certain, []);

        var laboratory = new Laboratory(bench, failing.Warnings.Any(warning => warning.Code == CauseCode.GraphCut));
        var seen = failing.Gradients.Select((exam, g) => (exam, g)).Where(pair => pair.exam.Verdict == Verdict.Wrong).Select(pair => pair.g).ToHashSet();
        var samples = Samples(failing, laboratory, seen);
        var wrong = Enumerable.Range(0, _specimen.Places.Count).Where(g => !formless.Contains("d" + _specimen.Differentiable[g].Name) && (seen.Contains(g) || samples.Any(sample => Differs(sample, g)))).ToList();
        var byGradient = new List<Ranked>();
        foreach (var g in wrong.Where(g => !decided.Contains("d" + _specimen.Differentiable[g].Name)))
        {
            var telling = samples.Where(sample => Differs(sample, g)).Concat(samples.Where(sample => !Differs(sample, g))).Take(Wanted).ToList();
            if (telling.Count == 0) continue;
            byGradient.AddRange(uncertain.Where(cause => cause.Gradient == "d" + _specimen.Differentiable[g].Name).Select(cause =>
                new Ranked(new(cause.Code, Plausibility.Known + 5, 0, cause.Text, cause.Evidence, cause.Repair), g, 0)));
            var findings = Ask(new(_specimen, telling, laboratory, wrong), g);
            // A gate that dy decides explains it; a factor that happens to be dy does not.
            byGradient.AddRange(uncertain.Count == 0 ? findings : findings.Select(one => one.Finding is { Code: CauseCode.Mask, Rank: < Plausibility.Pattern } ? one with { Finding = one.Finding with { Rank = Plausibility.Known + 4 } } : one));
        }
        var causes = Ordered(byGradient, wrong);
        return new([.. certain, .. causes, .. uncertain.Where(cause => causes.TrueForAll(one => one.Code != cause.Code))], wrong);
    }

    private static bool Differs(Sample sample, int g) =>
        !(Math.Sqrt(sample.Hand[g].Numbers.Zip(sample.Truth[g].Numbers, (a, t) => (a - t) * (a - t)).Sum()) <= Same * Math.Sqrt(sample.Truth[g].Numbers.Sum(t => t * t)) + double.Epsilon);

    private List<Sample> Samples(CaseExam failing, Laboratory laboratory, IReadOnlySet<int> seen)
    {
        var samples = new List<Sample>();
        // Ordinary values first; those of the failing case when these do not show it; and at last its very sizes.
        for (var number = 0; number < _tries; number++) Add(CasePlan.Generic(_specimen, seed, number));
        if (!Enough()) for (var number = 0; number < _tries; number++) Add(CasePlan.Generic(_specimen, seed, _tries + number, failing.Case.Values));
        if (!Enough()) for (var number = 0; number < _tries; number++) Add(failing.Case with { Seed = unchecked(failing.Case.Seed + number) });
        return samples;

        bool Enough() => samples.Count >= 2 && seen.All(g => samples.Count(sample => Differs(sample, g)) >= 2);

        void Add(Case @case)
        {
            if (Sample(@case, laboratory) is { } sample) samples.Add(sample);
        }
    }

    private Sample? Sample(Case @case, Laboratory laboratory)
    {
        try
        {
            var inputs = Draw.Inputs(_specimen.Inputs, @case, torch.float64, device);
            var experiment = new Experiment(bench, @case, inputs, torch.float64, device);
            if (!experiment.Finite || laboratory.Hand(inputs, experiment.Dys) is not { } hand || laboratory.Truth(inputs, experiment.Dys) is not { } truth) return null;
            return new(@case, [.. inputs.Select((input, i) => Block.Of(_specimen.Inputs[i].Name, input))], [.. experiment.Outputs.Select((y, i) => Block.Of(i == 0 ? "y" : $"y{i + 1}", y))],
                [.. experiment.Dys.Select((dy, i) => Block.Of(i == 0 ? "dy" : $"dy{i + 1}", dy))], hand, truth, inputs, experiment.Dys);
        }
        catch (PassException)
        {
            return null;
        }
    }

    private static IEnumerable<Ranked> Ask(Evidence evidence, int g)
    {
        var findings = Detectors.Direct.SelectMany(detector => Look(detector, evidence, g)).ToList();
        if (!findings.Exists(finding => finding.Rank < Plausibility.Simple)) findings.AddRange(Detectors.Searches.SelectMany(detector => Look(detector, evidence, g)));
        return findings.OrderBy(finding => finding.Rank).ThenBy(finding => finding.Residual > 1e-9 ? finding.Residual : 0).DistinctBy(finding => finding.Code).Take(Kept).Select((finding, turn) => new Ranked(finding, g, turn));
    }

    private static IReadOnlyList<Finding> Look(IDetector detector, Evidence evidence, int g)
    {
        try
        {
            return [.. detector.Look(evidence, g)];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The verdict stands; that its explanation failed must be seen.
            return [new(CauseCode.Unknown, Plausibility.Nearest + 9, 1, $"d{evidence.InputName(g)}: {detector.GetType().Name} failed: {exception.Message.Split('\n')[0]}", "", "report this")];
        }
    }

    /// <summary>Explanations of several gradients by the same code become one; the first of each gradient come before the second of any.</summary>
    private List<Cause> Ordered(List<Ranked> ranked, List<int> wrong)
    {
        var groups = ranked.GroupBy(one => one.Finding.Code, StringComparer.Ordinal).Select(group =>
        {
            var best = group.OrderBy(one => one.Turn).ThenBy(one => one.Finding.Rank).First();
            var places = group.Where(one => one.Turn <= best.Turn + 1).SelectMany(one => one.Finding.Places ?? [one.Gradient]).Distinct().Order().ToList();
            return (Best: best, Places: places, Covers: group.Where(one => one.Turn == 0).Select(one => one.Gradient).Distinct().Count());
        })
        .Where(group => group.Best.Finding.Code != CauseCode.Unknown || ranked.All(one => one.Finding.Code == CauseCode.Unknown || one.Gradient != group.Best.Gradient))
        .OrderBy(group => group.Best.Turn).ThenBy(group => group.Best.Finding.Rank / 10).ThenByDescending(group => group.Covers).ThenBy(group => group.Best.Finding.Rank).ThenBy(group => group.Best.Finding.Residual).ToList();
        var causes = groups.Select(group => Causes.Of(group.Best.Finding.Code, string.Join(", ", group.Places.Where(wrong.Contains).Select(g => "d" + _specimen.Differentiable[g].Name)),
            group.Best.Finding.Text, group.Best.Finding.Evidence, group.Best.Finding.Repair, group.Best.Finding.Question)).ToList();
        if (ranked.Where(one => one.Finding.Known is not null).OrderBy(one => one.Turn).ThenBy(one => one.Finding.Rank).FirstOrDefault() is { } known)
            causes.Insert(Math.Min(2, causes.Count), Causes.Of(CauseCode.Known, "d" + _specimen.Differentiable[known.Gradient].Name, $"it equals the known wrong version {known.Finding.Known}", known.Finding.Evidence, known.Finding.Repair));
        return causes;
    }

    private sealed record Ranked(Finding Finding, int Gradient, int Turn);
}

/// <summary>What a diagnosis came to.</summary>
/// <param name="Causes">Likeliest first.</param>
/// <param name="Wrong">The places of the gradients that are wrong.</param>
internal sealed record Explained(IReadOnlyList<Cause> Causes, IReadOnlyList<int> Wrong);
