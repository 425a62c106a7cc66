namespace Backprop.Diagnosis;

/// <summary>Normalised tensors and their divisors with a small number under the root, where the output shows that there is one.</summary>
internal static class Stabilised
{
    /// <summary>The numbers that people put there, beside the problem's own constants.</summary>
    private static readonly double[] Usual = [1e-5, 1e-6, 1e-8, 1e-3, 1e-12];

    internal static IEnumerable<Atom> Of(Scene scene, Atom of)
    {
        if (of.Kind != AtomKind.Plain) yield break;
        foreach (var label in of.Labels)
            foreach (var centred in new[] { true, false })
                if (Epsilon(scene, of, label, centred) is { } epsilon)
                {
                    var along = of.Labels.Length > 1 ? " over " + label : "";
                    var what = centred ? "normalised" : "rms-normalised";
                    yield return New($"{what}({of.Name}){along}", "normalised", s => Normalised(of.Values[s], label, centred, epsilon)) with { Kind = AtomKind.Along };
                    yield return New($"{(centred ? "1/std" : "1/rms")}({of.Name}){along}", centred ? "1/deviation" : "1/rms", s => Divisor(of.Values[s], label, centred, epsilon)) with { Reduced = true };

                    Atom New(string name, string function, Func<int, Grid> f) => new(name, 2, of.Source, function, AtomKind.Divisor, [.. of.Values.Select((_, s) => f(s))]) { Along = label };
                }
    }

    /// <summary>The number under the root with which an output is the normalised tensor, times an input and plus an input where there are such; null when none fits.</summary>
    private static double? Epsilon(Scene scene, Atom of, string label, bool centred)
    {
        if (scene.OutputLabels(0) is var labels && !of.Labels.AsSpan().SequenceEqual(labels)) return null;
        var others = Enumerable.Range(0, scene.Evidence.Specimen.Inputs.Count).Where(i => !scene.IsIndex(i) && scene.InputLabels(i).All(one => labels.Contains(one, StringComparer.Ordinal))).ToList();
        foreach (var epsilon in Usual.Concat(scene.Evidence.Specimen.Constants.Select(constant => constant.Value).Where(value => value is > 0 and < 0.01)))
            foreach (var gain in others.Select(i => (int?)i).Prepend(null))
                foreach (var bias in others.Select(i => (int?)i).Prepend(null))
                    if (Enumerable.Range(0, scene.Count).All(s => Fits(s, epsilon, gain, bias))) return epsilon;
        return null;

        bool Fits(int s, double epsilon, int? gain, int? bias)
        {
            var y = scene.Output(0, s);
            var scaled = Normalised(of.Values[s], label, centred, epsilon);
            if (gain is { } g) scaled = scaled.With(scene.Input(g, s), (u, factor) => u * factor);
            double[][] columns = bias is { } b ? [scaled.Numbers, scaled.Map(_ => 0).With(scene.Input(b, s), (_, term) => term).Numbers] : [scaled.Numbers];
            return Fit.Solve(y.Numbers, columns) is { } c && Fit.Residual(y.Numbers, Fit.Combine(c, columns)) <= Tight;
        }
    }

    /// <summary>Tight enough to tell 1e-5 from 1e-6 under the root.</summary>
    private const double Tight = 1e-10;

    private static Grid Divisor(Grid value, string label, bool centred, double epsilon) =>
        (centred ? Atoms.Centred(value, label) : value).Map(u => u * u).Mean(label).Map(square => 1 / Math.Sqrt(square + epsilon));

    private static Grid Normalised(Grid value, string label, bool centred, double epsilon) =>
        (centred ? Atoms.Centred(value, label) : value).With(Divisor(value, label, centred, epsilon), (u, divisor) => u * divisor);
}
