using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What one call of Backward cannot show: state, dependence on dy, and changes to what it was given.</summary>
internal static class Probes
{
    /// <summary>Whether the same call gives the same bits again, and after a call with other inputs. <paramref name="first"/> is what it gave first.</summary>
    /// <param name="specimen">The passes.</param>
    /// <param name="experiment">The case.</param>
    /// <param name="first">What Backward gave first.</param>
    /// <param name="handed">The tensors that it gave them in.</param>
    /// <param name="truth">The true gradients.</param>
    /// <param name="other">The same functions at other inputs of the same shapes; null when there are none.</param>
    internal static Cause? State(Specimen specimen, Experiment experiment, IReadOnlyList<double[]?> first, IReadOnlyList<Tensor?> handed, IReadOnlyList<double[]> truth, Experiment? other)
    {
        var second = Read(experiment.Again());
        var third = Read(experiment.Again());
        if (Differing(specimen, first, second) is { } names)
            // What settles when the same input comes again was that of the input before.
            return Differing(specimen, second, third) is null
                ? Stale(names, $"called again with the same input, {names} is another: it settles once the input repeats")
                : Causes.Of(CauseCode.Stateful, names, $"{names} differs on the second call with the same input, and again on the third", Change(first, second, third), "make Backward depend on its arguments alone: reset or remove what it accumulates");
        if (other is null) return null;
        var others = Read(other.Backward());
        // Read before the same input comes again, which would put the same numbers back.
        if (Differing(specimen, first, Read(handed)) is { } overwritten)
            return Causes.Of(CauseCode.Stateful, overwritten, $"the {overwritten} that was handed out first has other numbers once Backward is called again", "its memory is used again", "return a new tensor from each call, not a buffer that is kept");
        var again = Read(experiment.Again());
        if (Differing(specimen, first, again) is { } changed)
            return Stale(changed, $"after a call with other inputs, the same input gives another {changed}");
        // The same answer at other inputs for another cotangent, where it was right: the first answer, kept. Where it was not, it may depend on neither.
        var kept = Enumerable.Range(0, Math.Min(first.Count, others.Count)).Where(g => first[g] is { } a && others[g] is { } b && a.Any(value => value != 0) && Host.SameBits(a, b)
            && Near(a, truth[g]) && !Constant(experiment, other)).ToList();
        return kept.Count > 0 ? Stale(Names(specimen, kept), $"{Names(specimen, kept)} is the same to the bit for other inputs and another dy") : null;

        static Cause Stale(string names, string text) => Causes.Of(CauseCode.StaleCache, names, $"{names} is that of an earlier input: {text}", "seen by alternating two inputs", "take the saved values from the forward pass that this backward pass belongs to");
    }

    /// <summary>Whether each gradient of <paramref name="first"/> depends on dy, and linearly.</summary>
    internal static IReadOnlyList<Cause> Linearity(Specimen specimen, Experiment experiment, IReadOnlyList<double[]?> first, IReadOnlyList<double[]>? truth, Tolerance tolerance)
    {
        const double a = -1.75, b = 0.625; // exact in binary, so that only Backward rounds
        var dy = experiment.DyNumbers.SelectMany(numbers => numbers).ToArray();
        var random = new Random(unchecked(experiment.Case.Seed + 77));
        double[] elsewhere = [.. dy.Select(_ => random.NextDouble() * 2 - 1 is var x ? x + Math.CopySign(0.25, x) : 0)];
        var second = Read(experiment.Again(experiment.Split(elsewhere)));
        var both = Read(experiment.Again(experiment.Split([.. dy.Zip(elsewhere, (x, y) => a * x + b * y)])));
        var zero = Read(experiment.Again(experiment.Split(new double[dy.Length])));
        var causes = new List<Cause>();
        for (var g = 0; g < first.Count; g++)
        {
            if (first[g] is not { Length: > 0 } one || second[g] is not { } two || both[g] is not { } sum || zero[g] is not { } none || two.Length != one.Length || sum.Length != one.Length || none.Length != one.Length) continue;
            var name = "d" + specimen.Differentiable[g].Name;
            var scale = one.Concat(two).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            if (scale == 0) continue;
            // What is left of terms that cancel is rounding, on the scale of dy.
            var floor = Math.Max(scale, 4 * tolerance.Epsilon / tolerance.Autograd * Math.Max(experiment.GreatestDy, 1.25));
            var far = Enumerable.Range(0, one.Length).Select(i => Math.Abs(sum[i] - a * one[i] - b * two[i])).ToArray();
            var worst = Array.IndexOf(far, far.Max());
            // Less than this is rounding to fewer digits, which the comparison of numbers judges.
            if (far.All(distance => !(distance > Math.Max(tolerance.Autograd * 10, 1e-6) * floor))) continue;
            if (Same(one, two))
                causes.Add(Causes.Of(CauseCode.CotangentIgnored, name, $"{name} does not depend on dy", $"two random dy give the same {name}, e.g. {Numbers.Show(one[worst])}", "multiply by dy: the gradient of a loss further on comes in through it, even when the result is a loss itself and dy is one number"));
            else if (truth is not null && none.Any(value => value != 0) && one.Zip(none, (value, offset) => value - offset).Zip(truth[g]).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-6 * scale))
                causes.Add(Causes.Of(CauseCode.ExtraTerm, name, $"{name} has a term too much, which does not depend on dy", $"with dy = 0 it is {Numbers.Show(none[worst])}; without that it equals the true gradient", "remove the term: the forward pass has none that it could come from"));
            else
                causes.Add(Causes.Of(CauseCode.NotLinear, name, $"{name} is not linear in dy", $"at {a}·dy₁ + {b}·dy₂ an entry is {Numbers.Show(sum[worst])} instead of {Numbers.Show(a * one[worst] + b * two[worst])}"
                    + (none.Any(value => value != 0) ? $"; at dy = 0 it is {Numbers.Show(none[worst])}" : ""), "multiply every term by dy, once"));
        }
        return causes;
    }

    /// <summary>What Forward or Backward changed that was not theirs.</summary>
    internal static Cause? Mutation(Specimen specimen, Experiment experiment, string pass)
    {
        var changed = experiment.Inputs.Select((input, i) => (specimen.Inputs[i].Name, Same: Host.SameBits(Host.Numbers(input), experiment.InputNumbers[i])))
            .Concat(experiment.Dys.Select((dy, i) => (Name: experiment.Dys.Count == 1 ? "dy" : $"dy{i + 1}", Same: Host.SameBits(Host.Numbers(dy), experiment.DyNumbers[i]))))
            .Concat(experiment.Outputs.Select((y, i) => (Name: "the result of Forward", Same: Host.SameBits(Host.Numbers(y), experiment.OutputNumbers[i]))))
            .Where(one => !one.Same).Select(one => one.Name).ToList();
        return changed.Count == 0 ? null : Causes.Of(CauseCode.InputMutated, "", $"{pass} changed {string.Join(" and ", changed)}", "its numbers are others after the call than before", "use the operators that make a new tensor, not those in place (whose names end in _)");
    }

    internal static IReadOnlyList<double[]?> Read(IReadOnlyList<Tensor?> gradients) => [.. gradients.Select(gradient => gradient is null ? null : Host.Numbers(gradient))];

    private static bool Constant(Experiment one, Experiment other) =>
        one.InputNumbers.Zip(other.InputNumbers).All(pair => Host.SameBits(pair.First, pair.Second)) && one.DyNumbers.Zip(other.DyNumbers).All(pair => Host.SameBits(pair.First, pair.Second));

    private static bool Near(double[] a, double[] b) => a.Length == b.Length && Math.Sqrt(a.Zip(b).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second))) <= 1e-6 * Math.Sqrt(b.Sum(value => value * value));

    private static bool Same(double[] a, double[] b) => a.Zip(b).All(pair => pair.First == pair.Second || Math.Abs(pair.First - pair.Second) <= 1e-12 * Math.Abs(pair.First));

    private static string? Differing(Specimen specimen, IReadOnlyList<double[]?> a, IReadOnlyList<double[]?> b)
    {
        if (a.Count != b.Count) return "the number of gradients";
        var places = Enumerable.Range(0, a.Count).Where(g => (a[g], b[g]) switch
        {
            (null, null) => false,
            ({ } x, { } y) => !Host.SameBits(x, y),
            _ => true,
        }).ToList();
        return places.Count == 0 ? null : Names(specimen, places);
    }

    private static string Names(Specimen specimen, IEnumerable<int> places) => string.Join(", ", places.Select(g => "d" + specimen.Differentiable[g].Name));

    private static string Change(params IReadOnlyList<double[]?>[] calls)
    {
        var (g, i) = Enumerable.Range(0, calls[0].Count).SelectMany(g => Enumerable.Range(0, calls[0][g]?.Length ?? 0).Select(i => (g, i)))
            .FirstOrDefault(place => calls.All(call => call[place.g] is { } numbers && numbers.Length > place.i) && calls[0][place.g]![place.i] != calls[1][place.g]![place.i]);
        return calls.All(call => call.Count > g && call[g] is { } numbers && numbers.Length > i) ? $"one entry in turn: {string.Join(", ", calls.Select(call => Numbers.Show(call[g]![i])))}" : "";
    }
}
