using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Puts a specimen through one case: structure, numbers, state, linearity, changes to what it was given.</summary>
internal sealed class CaseExaminer(Bench bench, CheckOptions options, torch.Device device)
{
    private readonly Tolerance _tolerance = Tolerance.Of(options.Dtype);
    private readonly Specimen _specimen = bench.Specimen;

    /// <summary>A stranger's forward pass may use libtorch's softplus, which by default takes x for log(1 + eˣ) from 20 on: its derivative is then e⁻²⁰ = 2.1e-9 off, and the hand's is right.</summary>
    private const double Thresholds = 3e-9;

    /// <summary>So many rounding units may add up in float32 before a difference is one.</summary>
    private const double Roundings = 64;

    /// <summary>Gradients whose autograd missed a path in some case: from then on differences decide, also where the path contributes too little to be seen.</summary>
    private readonly HashSet<int> _cut = [];

    /// <param name="case">The case.</param>
    /// <param name="thorough">Whether small gradients get a difference for each entry though all agree.</param>
    /// <param name="probing">Whether state and linearity are looked at, though all agree.</param>
    internal CaseExam Examine(Case @case, bool thorough = false, bool probing = true)
    {
        using var scope = torch.NewDisposeScope();
        IReadOnlyList<Tensor> inputs;
        try
        {
            inputs = Draw.Inputs(_specimen.Inputs, @case, options.Dtype, device);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return Failed(@case, $"the inputs cannot be made: {exception.Message}");
        }
        Experiment experiment;
        try
        {
            experiment = new(bench, @case, inputs, options.Dtype, device);
        }
        catch (PassException thrown)
        {
            return Failed(@case, $"{thrown.Message} ({Shapes(inputs)})");
        }
        if (Probes.Mutation(_specimen, experiment, "Forward") is { } mutated) return Wrong(@case, [mutated]);
        if (!experiment.Finite) return new(@case) { Skipped = true, Failure = "Forward gives NaN or infinity" };
        return Examine(@case, experiment, thorough, probing);
    }

    private CaseExam Examine(Case @case, Experiment experiment, bool thorough, bool probing)
    {
        IReadOnlyList<Tensor?> hand;
        try
        {
            hand = experiment.Backward();
        }
        catch (PassException thrown)
        {
            return Settles(experiment, null) is { } state ? Wrong(@case, [state]) : Wrong(@case, [Causes.Of(CauseCode.Throws, "", $"{thrown.Message} ({Shapes(experiment.Inputs)})", "Forward ran with the same inputs", "mend the exception first")]) with { Threw = true };
        }
        var numbers = Probes.Read(hand);
        if (Probes.Mutation(_specimen, experiment, "Backward") is { } mutated) return Wrong(@case, [mutated]);

        var autograd = bench.Autograd(experiment.Inputs, Bench.Join(experiment.Dys))?.Select(Host.Numbers).ToList();
        var (precise, differences) = Precise(experiment, autograd);
        var reference = precise ?? autograd;
        var structure = Structure.Look(_specimen, experiment, hand, reference);
        if (structure.Count > 0)
            return Settles(experiment, reference) is { } unsettled ? Wrong(@case, [unsettled, .. structure]) : Wrong(@case, structure);

        if (differences && reference is not null) _cut.UnionWith(Cut(experiment, reference));
        IReadOnlyList<int> cut = differences ? [.. _cut] : [];
        var judge = new GradientJudge(bench, experiment, _tolerance, options.Tolerance ?? Math.Max(_tolerance.Autograd, Thresholds));
        var exams = new List<GradientExam>();
        var causes = new List<Cause>();
        for (var g = 0; g < hand.Count; g++)
        {
            // A few times float32's distance from float64 is no fault of the hand's, which sums in another order.
            var rounding = options.Dtype == torch.ScalarType.Float64 || autograd is null || precise is null ? new double[numbers[g]!.Length] : [.. autograd[g].Zip(precise[g], (x, y) => 4 * Math.Abs(x - y))];
            exams.Add(judge.Judge(g, numbers[g]!, reference?[g], rounding, cut.Contains(g), differences, thorough));
            if (Structure.Nonfinite("d" + _specimen.Differentiable[g].Name, experiment.Inputs[_specimen.Places[g]].shape, numbers[g]!, exams[g].Truth) is { } nonfinite) causes.Add(nonfinite);
        }
        if (options.Dtype != torch.ScalarType.Float64 && precise is not null && exams.Exists(exam => exam.Verdict == Verdict.Wrong)) Forgive(experiment, precise, numbers, exams);
        var warnings = new List<Cause>();
        foreach (var g in cut) warnings.Add(CutWarning(g, exams[g]));
        if (reference is null) warnings.Add(Causes.Of(CauseCode.GraphCut, "", "Forward cannot be differentiated by autograd; the verdict rests on the differences", "autograd threw", "avoid operators in place on the inputs in Forward"));
        var verdict = exams.Select(exam => exam.Verdict).DefaultIfEmpty(Verdict.Right).Max();
        if (probing || verdict == Verdict.Wrong) causes.InsertRange(0, Probe(experiment, hand, numbers, [.. exams.Select(exam => exam.Truth)]));
        return new(@case) { Verdict = causes.Count > 0 ? Verdict.Wrong : verdict, Gradients = exams, Causes = causes, Warnings = warnings };
    }

    /// <summary>Autograd in float64, and whether differences can be taken: both need a Forward that runs in float64.</summary>
    private (List<double[]>? Precise, bool Differences) Precise(Experiment experiment, List<double[]>? autograd)
    {
        if (options.Dtype == torch.ScalarType.Float64) return (autograd, true);
        try
        {
            bench.Flat(experiment.Precise);
        }
        catch (PassException)
        {
            return (null, false);
        }
        return (bench.Autograd(experiment.Precise, experiment.PreciseDy)?.Select(Host.Numbers).ToList(), true);
    }

    /// <summary>The gradients whose autograd differences contradict: one direction through all inputs first, then each by itself.</summary>
    private IReadOnlyList<int> Cut(Experiment experiment, List<double[]> reference)
    {
        if (experiment.DyNumbers.All(numbers => numbers.Length == 0)) return [];
        var directions = new Directions(bench.Flat, experiment.Precise, experiment.PreciseDy);
        var random = new Random(unchecked(experiment.Case.Seed + 5));
        var places = _specimen.Places;
        if (directions.Compare(places, reference, random) == DirectionOutcome.Agrees) return [];
        return [.. Enumerable.Range(0, places.Count).Where(g => reference[g].Length > 0
            && directions.Compare([places[g]], [reference[g]], random) == DirectionOutcome.Differs
            && directions.Compare([places[g]], [reference[g]], random) == DirectionOutcome.Differs)];
    }

    private IEnumerable<Cause> Probe(Experiment experiment, IReadOnlyList<Tensor?> hand, IReadOnlyList<double[]?> numbers, IReadOnlyList<double[]> truth)
    {
        try
        {
            if (Probes.State(_specimen, experiment, numbers, hand, truth, Other(experiment.Case)) is { } state) return [state];
            var causes = Probes.Linearity(_specimen, experiment, numbers, truth, _tolerance);
            return causes.Count == 0 || options.Dtype == torch.ScalarType.Float64 ? causes : Confirmed(experiment, causes);
        }
        catch (PassException thrown)
        {
            return [Causes.Of(CauseCode.Stateful, "", $"called again, {thrown.Message}", "the first call did not throw", "make the passes depend on their arguments alone")];
        }
    }

    /// <summary>What differs in float32 by the rounding of terms the size of cotangent and inputs, and in float64 not at all, is no mistake: σ − 1 of a sure prediction, or what is left of sums that cancel.</summary>
    private void Forgive(Experiment experiment, List<double[]> reference, IReadOnlyList<double[]?> hand, List<GradientExam> exams)
    {
        try
        {
            var precise = new Experiment(bench, experiment.Case, experiment.Precise, torch.ScalarType.Float64, device);
            var numbers = Probes.Read(precise.Backward(precise.Split(Host.Numbers(experiment.PreciseDy))));
            var terms = Roundings * _tolerance.Epsilon * experiment.GreatestDy
                * experiment.InputNumbers.Where((_, i) => experiment.Inputs[i].is_floating_point()).SelectMany(input => input).Select(Math.Abs).Append(1).Max();
            for (var g = 0; g < exams.Count; g++)
            {
                if (exams[g].Verdict != Verdict.Wrong || numbers[g] is not { } mine || mine.Length != reference[g].Length) continue;
                var floor = Math.Max(Tolerance.Float64.Floor(reference[g], experiment.GreatestDy), double.Epsilon);
                if (mine.Zip(reference[g]).All(pair => Tolerance.Relative(pair.First, pair.Second, floor) <= Thresholds)
                    && hand[g]!.Zip(reference[g]).All(pair => Math.Abs(pair.First - pair.Second) <= terms)) exams[g] = exams[g] with { Verdict = Verdict.Right };
            }
        }
        catch (PassException)
        {
            // A Backward that does not run in float64 is judged in float32 alone.
        }
    }

    /// <summary>Those causes that float64 sees at the same numbers too: in float32 what is left of terms that cancel is rounding of any size.</summary>
    private IEnumerable<Cause> Confirmed(Experiment experiment, IReadOnlyList<Cause> causes)
    {
        try
        {
            var precise = new Experiment(bench, experiment.Case, experiment.Precise, torch.ScalarType.Float64, device);
            var seen = Probes.Linearity(_specimen, precise, Probes.Read(precise.Backward()), null, Tolerance.Float64).Select(cause => cause.Gradient).ToHashSet(StringComparer.Ordinal);
            return causes.Where(cause => seen.Contains(cause.Gradient));
        }
        catch (PassException)
        {
            return causes;
        }
    }

    /// <summary>When something is amiss: whether it is gone once the same input comes again.</summary>
    private Cause? Settles(Experiment experiment, IReadOnlyList<double[]>? truth)
    {
        try
        {
            var (second, third) = (experiment.Again(), experiment.Again());
            return Structure.Look(_specimen, experiment, second, truth).Count == 0 && Structure.Look(_specimen, experiment, third, truth).Count == 0
                ? Causes.Of(CauseCode.StaleCache, "", "Backward works with what an earlier input left behind: its first call at an input fails, the second does not", "seen by calling it again at the same input", "take the saved values from the forward pass that this backward pass belongs to")
                : null;
        }
        catch (PassException)
        {
            return null;
        }
    }

    /// <summary>The same shapes with other numbers.</summary>
    private Experiment? Other(Case @case)
    {
        var other = @case with { Seed = unchecked(@case.Seed + 1) };
        try
        {
            // Given tensors are the same in every case; somewhat smaller ones are in the domain of most functions too.
            var inputs = Draw.Inputs(_specimen.Inputs, other, options.Dtype, device).Select((input, i) => _specimen.Inputs[i].Kind == InputKind.Fixed && input.is_floating_point() ? input * 0.9375 : input).ToList();
            return new(bench, other, inputs, options.Dtype, device);
        }
        catch (PassException)
        {
            return null;
        }
    }

    private Cause CutWarning(int g, GradientExam exam)
    {
        var name = "d" + _specimen.Differentiable[g].Name;
        return Causes.Of(CauseCode.GraphCut, name, $"autograd does not see a path from {_specimen.Differentiable[g].Name} to the result: differences say that {name} is another", exam.Worst is { } worst
            ? $"at {Backprop.Shapes.Expect.Show(worst.Index)} autograd gives {Numbers.Show(worst.Autograd)}, the difference {(worst.Difference is { } difference ? Numbers.Show(difference) : "nothing")}" : "", "remove detach(), no_grad, item() or data from the forward pass, unless it is meant");
    }

    private string Shapes(IReadOnlyList<Tensor> inputs) => string.Join(", ", inputs.Select((input, i) => $"{_specimen.Inputs[i].Name}: {Backprop.Shapes.Expect.Show(input.shape)} {input.dtype}"));

    private static CaseExam Failed(Case @case, string failure) => new(@case) { Verdict = Verdict.Error, Failure = failure };

    private static CaseExam Wrong(Case @case, IReadOnlyList<Cause> causes) => new(@case) { Verdict = Verdict.Wrong, Causes = causes };
}
