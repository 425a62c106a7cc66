using System.Diagnostics;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>One check from beginning to end.</summary>
internal sealed class CheckRun
{
    /// <summary>In so many cases small gradients get a difference for each entry though all agree.</summary>
    private const int Thorough = 3;

    /// <summary>When so many cases failed and none was good, no further one is tried.</summary>
    private const int Hopeless = 3;

    private readonly Bench _bench;
    private readonly CheckOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly torch.Device _device;
    private Specimen _specimen;
    private CaseExaminer _examiner;
    private string? _corner;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<CaseExam> _exams = [];
    private readonly List<EdgeVerdict> _edges = [];
    private readonly List<Cause> _warnings = [];

    internal CheckRun(Bench bench, CheckOptions options, CancellationToken cancellation)
    {
        (_bench, _options, _cancellation, _specimen) = (bench, options, cancellation, bench.Specimen);
        _device = torch.device(options.Device);
        _examiner = new(bench, options, _device);
    }

    internal CheckReport Run()
    {
        if (_specimen.Inputs.Count == 0 || _specimen.Differentiable.Count == 0) return Failed($"{_specimen.Name}: no input is differentiable; there is nothing to check");
        foreach (var input in _specimen.Inputs)
            if (input.Shape.FirstOrDefault(size => !SizeProduct.IsValid(size)) is { } bad)
                return Failed($"{_specimen.Name}: {input.Name}: '{bad}' is no size; expected a letter, a number or a product such as 4*H");
        if (Random() is { } random) return random;
        var failing = _options.Case is { } text ? Only(text) : Cases() ?? Edges();
        return failing is null ? Judged() : Wrong(failing);
    }

    /// <summary>A function that draws from libtorch's generator is checked from one seed; one that draws elsewhere cannot be.</summary>
    private CheckReport? Random()
    {
        if (Same()) return null;
        _bench.GeneratorSeed = _options.Seed;
        if (Same())
        {
            _warnings.Add(Causes.Of(CauseCode.Randomness, "", "Forward draws from libtorch's generator; it was set to the same seed before each call", "two calls with the same inputs gave different results", "hand the random tensor (a mask, a noise) in as an input of its own"));
            return null;
        }
        return Report(Verdict.Inconclusive, [Causes.Of(CauseCode.Randomness, "", "the function is random: two calls of Forward with the same inputs give different results", "neither differences nor autograd mean anything then", "draw from torch's generator, or hand the random tensor in as an input")]);

        bool Same()
        {
            using var scope = torch.NewDisposeScope();
            try
            {
                var inputs = Draw.Inputs(_specimen.Inputs, CasePlan.Generic(_specimen, _options.Seed, 0), _options.Dtype, _device);
                var (first, second) = (Host.Numbers(_bench.Flat(inputs)), Host.Numbers(_bench.Flat(inputs)));
                // A Forward that changes its inputs is not random.
                return Host.SameBits(first, second) || Host.SameBits(Host.Numbers(_bench.Flat(Again())), Host.Numbers(_bench.Flat(Again())));
            }
            catch (Exception exception) when (exception is PassException or ArgumentException or InvalidOperationException or KeyNotFoundException)
            {
                // Said by the first case.
                return true;
            }
        }

        IReadOnlyList<Tensor> Again() => Draw.Inputs(_specimen.Inputs, CasePlan.Generic(_specimen, _options.Seed, 0), _options.Dtype, _device);
    }

    private CaseExam? Only(string text)
    {
        Case @case;
        try
        {
            @case = Case.Read(text, _options.Seed, _specimen.Inputs, _specimen.Letters, new Dictionary<string, long>(StringComparer.Ordinal), "*");
        }
        catch (FormatException wrong)
        {
            throw new ArgumentException(wrong.Message, nameof(text), wrong);
        }
        _exams.Add(_examiner.Examine(@case, thorough: true));
        return _exams[0].Verdict == Verdict.Wrong ? _exams[0] : null;
    }

    /// <summary>The first random case that is wrong, or null.</summary>
    private CaseExam? Cases()
    {
        var count = _specimen.Letters.Count == 0 && _specimen.Inputs.All(input => input.Kind == InputKind.Fixed) ? 1 : _options.Cases;
        for (var number = 0; number < count; number++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var exam = _examiner.Examine(CasePlan.Random(_specimen, _options.Seed, number, _options.Kinks), thorough: number < Thorough);
            _exams.Add(exam);
            if (exam.Verdict == Verdict.Wrong) return exam;
            if (_exams.Count >= Hopeless && _exams.All(one => one.Verdict == Verdict.Error)) return null;
        }
        return null;
    }

    /// <summary>The first edge case that is wrong, or null; what an empty batch does is only told, unless its numbers are wrong.</summary>
    private CaseExam? Edges()
    {
        if (_exams.All(exam => exam.Verdict == Verdict.Error)) return null;
        CaseExam? wrong = null;
        foreach (var edge in CasePlan.Edges(_specimen, _options.Seed))
        {
            _cancellation.ThrowIfCancellationRequested();
            var exam = _examiner.Examine(edge.Case);
            if (exam.Verdict == Verdict.Wrong && !(edge.Empty && exam.Threw)) wrong ??= exam;
            _edges.Add(new(edge.What, exam.Verdict == Verdict.Vacuous ? Verdict.Right : exam.Verdict, exam.Failure ?? (exam.Causes.Count > 0 ? exam.Causes[0].Text : "")));
        }
        return wrong;
    }

    private CheckReport Wrong(CaseExam failing)
    {
        if (!_options.Explain) return Bare(failing);
        if (_options.Case is null && Corner.Cut(_bench, _options, _device, failing) is { } corner)
            (_specimen, _examiner, failing, _corner) = (_bench.Specimen, new(_bench, _options, _device), corner, "explained on the first few rows and columns of each tensor");
        var explained = new Diagnostician(_bench, _options.Seed, _device).Diagnose(failing);
        var smallest = _options.Case is null ? Shrinker.Smallest(_specimen, _examiner, failing, _cancellation) : failing;
        IReadOnlyList<Cause> causes = explained.Causes.Count > 0 ? explained.Causes : [Unexplained(failing)];
        return Report(Verdict.Wrong, causes) with
        {
            Gradients = Summaries(explained.Wrong, causes),
            Smallest = Describe(smallest),
            Replay = $"--seed {smallest.Case.Seed} --case {smallest.Case.Text}",
            Warnings = [.. _warnings, .. failing.Warnings],
        };
    }

    /// <summary>The verdict, and what is certain without looking further.</summary>
    private CheckReport Bare(CaseExam failing)
    {
        IReadOnlyList<Cause> causes = failing.Causes.Count > 0 ? failing.Causes : [Unexplained(failing) with { Text = "it is not the true gradient; why was not asked for" }];
        return Report(Verdict.Wrong, causes) with
        {
            Gradients = Summaries([.. failing.Gradients.Select((exam, g) => (exam, g)).Where(pair => pair.exam.Verdict == Verdict.Wrong).Select(pair => pair.g)], causes),
            Warnings = [.. _warnings, .. failing.Warnings],
        };
    }

    private static Cause Unexplained(CaseExam failing)
    {
        var worst = failing.Gradients.Where(exam => exam.Verdict == Verdict.Wrong).Select(exam => exam.Worst).OfType<Element>().FirstOrDefault();
        return Causes.Of(CauseCode.Unknown, worst is null ? "" : "d" + worst.Input, "none of the known causes fits", worst is null ? "" : CaseCode.Values(worst), "compare the entry with its derivation, term by term");
    }

    private SmallestCase Describe(CaseExam smallest)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = Draw.Inputs(_specimen.Inputs, smallest.Case, _options.Dtype, _device);
        var before = inputs.Select((input, i) => $"{_specimen.Inputs[i].Name} = {Literal.Of(input)}").ToList();
        var worst = smallest.Gradients.Where(exam => exam.Verdict == Verdict.Wrong).Select(exam => exam.Worst).OfType<Element>().FirstOrDefault();
        IReadOnlyList<Tensor> dys = [];
        try
        {
            dys = new Experiment(_bench, smallest.Case, inputs, _options.Dtype, _device).Dys;
        }
        catch (PassException)
        {
            // Forward changes its inputs, and its second call fails: then there is no dy to print.
        }
        inputs = Draw.Inputs(_specimen.Inputs, smallest.Case, _options.Dtype, _device);
        return new(smallest.Case, [.. before, .. dys.Select((dy, i) => $"{(dys.Count == 1 ? "dy" : $"dy{i + 1}")} = {Literal.Of(dy)}")], worst, CaseCode.CSharp(_specimen, inputs, dys, worst), CaseCode.FSharp(_specimen, inputs, dys, worst));
    }

    /// <summary>Nothing was wrong: right, or one of the verdicts between.</summary>
    private CheckReport Judged()
    {
        var good = _exams.Where(exam => exam.Verdict != Verdict.Error && !exam.Skipped).ToList();
        if (good.Count == 0)
            return Failed($"{_specimen.Name}: {_exams.First(exam => exam.Failure is not null).Failure}{(_exams.All(exam => exam.Skipped) ? " in every case: there is nothing to compare" : "")}");
        if (_exams.Count > good.Count)
            _warnings.Add(Causes.Of(CauseCode.Nonfinite, "", $"{_exams.Count - good.Count} of {_exams.Count} cases could not be compared: {_exams.First(exam => exam.Failure is not null).Failure}", "", "if that is the function's domain, say so with [Positive] or [Range]"));
        _warnings.AddRange(good.SelectMany(exam => exam.Warnings).DistinctBy(warning => (warning.Code, warning.Gradient)));
        var summaries = Summaries([], []);
        var verdict = summaries.Select(one => one.Verdict).DefaultIfEmpty(Verdict.Right).Max();
        // An unsettled question weighs more than a vacuous one, and either more than a kink.
        return Report(verdict, [.. Unsettled(summaries)]) with { Gradients = summaries, Warnings = _warnings };
    }

    private IEnumerable<Cause> Unsettled(IReadOnlyList<GradientVerdict> summaries)
    {
        foreach (var one in summaries)
        {
            if (one.Verdict == Verdict.Inconclusive)
                yield return _warnings.FirstOrDefault(warning => warning.Code == CauseCode.GraphCut && warning.Gradient == one.Gradient)
                    ?? Causes.Of(CauseCode.Precision, one.Gradient, $"rounding decides {one.Gradient}: hand and autograd differ by no more than differences can tell", $"relative error {Numbers.Show(one.WorstToAutograd)} against autograd", _options.Dtype == torch.ScalarType.Float32 ? "check in float64" : "bring the inputs into a range where the function is not cancelled away");
            if (one.Verdict == Verdict.Vacuous)
                yield return Causes.Of(CauseCode.Precision, one.Gradient, $"the true {one.Gradient} is zero, or so small that tolerance decides: this proves nothing", "in every case", "check at inputs, or with a result, on which it is not: another range, another output, a smaller tolerance");
        }
    }

    private IReadOnlyList<GradientVerdict> Summaries(IReadOnlyList<int> wrong, IReadOnlyList<Cause> causes) => [.. _specimen.Differentiable.Select((input, g) =>
    {
        var exams = _exams.Where(exam => exam.Gradients.Count > g).Select(exam => exam.Gradients[g]).ToList();
        var name = "d" + input.Name;
        // Vacuous or unsettled only if no case says more.
        var seen = exams.Select(exam => exam.Verdict).ToList();
        var verdict = wrong.Contains(g) || causes.Any(cause => cause.Gradient.Split(", ").Contains(name, StringComparer.Ordinal)) || (causes.Count > 0 && wrong.Count == 0 && causes[0].Gradient.Length == 0) ? Verdict.Wrong
            : seen.Count == 0 ? Verdict.Right
            : exams.Exists(exam => exam is { Cut: true, Verdict: Verdict.Inconclusive }) ? Verdict.Inconclusive
            : seen.Contains(Verdict.Right) ? (seen.Contains(Verdict.Kink) ? Verdict.Kink : Verdict.Right)
            : seen.Max();
        return new GradientVerdict(name, verdict, exams.Select(exam => exam.ToAutograd).DefaultIfEmpty(0).Max(), exams.Select(exam => exam.ToDifference).DefaultIfEmpty(0).Max(),
            exams.Sum(exam => (long)exam.Truth.Length), exams.Sum(exam => (long)exam.Differences), exams.Sum(exam => (long)exam.Kinks));
    })];

    private CheckReport Failed(string why) => CheckReport.Failed(_specimen.Name, why) with { Seed = _options.Seed, Source = _specimen.Source, Dtype = Dtype, Device = _options.Device, Seconds = _clock.Elapsed.TotalSeconds };

    private string Dtype => _options.Dtype.ToString().ToLowerInvariant();

    private CheckReport Report(Verdict verdict, IReadOnlyList<Cause> causes) => new()
    {
        Name = _specimen.Name,
        Verdict = verdict,
        Causes = causes,
        Warnings = _warnings,
        Edges = _edges,
        Seed = _options.Seed,
        Cases = _exams.Count,
        Dtype = Dtype,
        Device = _options.Device,
        Source = _specimen.Source,
        Seconds = _clock.Elapsed.TotalSeconds,
        Method = Method(),
    };

    /// <summary>How differences were taken, where not every entry of a gradient got its own: hand against autograd is always every entry.</summary>
    private string? Method()
    {
        var sampled = _exams.SelectMany(exam => exam.Gradients).Where(exam => exam.Sampled).ToList();
        var entries = sampled.Count == 0 ? null : $"{(sampled.Exists(exam => exam.Cut) ? "" : "every entry against autograd, ")}differences by directions and {sampled.Min(exam => exam.Differences)} sampled entries of each gradient that has more";
        return entries is null ? _corner : _corner is null ? entries : $"{entries}, {_corner}";
    }
}
