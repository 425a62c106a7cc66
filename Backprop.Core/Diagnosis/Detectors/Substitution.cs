using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>The true gradient at another point: with a tensor in the place of another, or of another cotangent.</summary>
/// <param name="Code">What a gradient that equals it is called.</param>
/// <param name="Rank">Its plausibility.</param>
/// <param name="Words">After "is the true gradient …".</param>
/// <param name="Repair">One line.</param>
/// <param name="Second">What else it may be called; null for nothing.</param>
/// <param name="Point">The inputs and cotangents in a sample; null where it does not apply.</param>
internal sealed record Substitution(string Code, int Rank, string Words, string Repair, string? Second, Func<int, (IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Dys)?> Point)
{
    /// <summary>Everything that may be put in the place of something.</summary>
    internal static IEnumerable<Substitution> All(Scene scene)
    {
        var inputs = scene.Evidence.Specimen.Inputs;
        for (var i = 0; i < inputs.Count; i++)
            foreach (var one in scene.IsIndex(i) ? Indices(scene, i) : Values(scene, i)) yield return one;
        for (var o = 0; o < scene.Samples[0].Dys.Count; o++)
            foreach (var one in Cotangents(scene, o)) yield return one;
    }

    private static IEnumerable<Substitution> Indices(Scene scene, int i)
    {
        var name = scene.Evidence.Specimen.Inputs[i].Name;
        foreach (var by in new[] { 1, -1 })
            yield return Index(CauseCode.Shifted, $"with {name} off by {(by > 0 ? "+1" : "−1")}", $"take {name} as it is: mind whether it counts from 0 or from 1", CauseCode.WrongArgument, (e, v, bound) => ((v + by) % bound + bound) % bound);
        yield return Index(CauseCode.Shifted, $"with positions in the place of {name}", $"scatter by {name}, not by position", CauseCode.WrongArgument, (e, v, bound) => e % bound);
        yield return Index(CauseCode.Flipped, $"with {name} counted from the end", $"take {name} as it is", CauseCode.Shifted, (e, v, bound) => bound - 1 - v);
        yield return Index(CauseCode.WrongArgument, $"with 0 in the place of {name}", $"use {name}", null, (e, v, bound) => 0);
        foreach (var way in Rearrangement.Of(scene.InputLabels(i)))
            if (way.Code != CauseCode.Transpose)
                yield return new(way.Code, Plausibility.Simple + 8, $"with {name} {way.Words}", way.Repair, CauseCode.WrongArgument, s => Replace(scene, i, s, block => way.Apply(block.Shape, block.Numbers), torch.int64));

        Substitution Index(string code, string words, string repair, string? second, Func<int, double, int, double> f) => new(code, Plausibility.Simple + 7, words, repair, second, s =>
        {
            var bound = (int)SizeProduct.Value(scene.Bound(i), scene.Samples[s].Sizes);
            return Replace(scene, i, s, block => [.. block.Numbers.Select((v, e) => v < 0 ? v : f(e, v, bound))], torch.int64);
        });
    }

    private static IEnumerable<Substitution> Values(Scene scene, int i)
    {
        var name = scene.Evidence.Specimen.Inputs[i].Name;
        foreach (var way in Rearrangement.Of(scene.InputLabels(i)))
            yield return new(way.Code == CauseCode.Shifted ? CauseCode.WrongArgument : way.Code, Plausibility.Simple + 8, $"with {name} {way.Words}", way.Repair, way.Code == CauseCode.Shifted ? CauseCode.Shifted : null,
                s => Replace(scene, i, s, block => way.Apply(block.Shape, block.Numbers)));
        for (var j = 0; j < scene.Evidence.Specimen.Inputs.Count; j++)
        {
            var other = j;
            if (j == i || scene.IsIndex(j)) continue;
            yield return New(CauseCode.WrongArgument, 8, $"with {scene.Evidence.Specimen.Inputs[j].Name} in the place of {name}", $"use {name}", null, (s, block) => scene.Samples[s].Inputs[other] is var given && given.SameShape(block) ? given.Numbers : null);
            // Of two that are exchanged both are wrong; if only one is, it was fed with the other.
            if (j > i)
                yield return new(CauseCode.Swapped, Plausibility.Simple + 9, $"with {name} and {scene.Evidence.Specimen.Inputs[j].Name} exchanged", "exchange them", CauseCode.WrongArgument, s =>
                    scene.Samples[s] is var sample && sample.Inputs[i].SameShape(sample.Inputs[other]) ? ([.. sample.Tensors.Select((tensor, k) => k == i ? sample.Tensors[other] : k == other ? sample.Tensors[i] : tensor)], sample.Cotangents) : null);
        }
        for (var o = 0; o < scene.Samples[0].Outputs.Count; o++)
        {
            var output = o;
            yield return New(CauseCode.WrongArgument, 22, $"with {scene.Samples[0].Outputs[o].Name} in the place of {name}", $"use {name}, not the output", null, (s, block) => scene.Samples[s].Outputs[output] is var y && y.SameShape(block) ? y.Numbers : null);
        }
        foreach (var (words, f) in new (string, Func<double, double>)[]
        {
            ($"σ({name})", u => 1 / (1 + Math.Exp(-u))), ($"tanh({name})", Math.Tanh), ($"relu({name})", u => Math.Max(0, u)), ($"exp({name})", Math.Exp), ($"−{name}", u => -u), ($"|{name}|", Math.Abs), ($"{name}²", u => u * u),
            ($"2·{name}", u => 2 * u), ($"{name}/2", u => u / 2), ($"1 − {name}", u => 1 - u), ($"log {name}", Math.Log), ($"√{name}", Math.Sqrt), ($"1/{name}", u => 1 / u),
        })
            yield return New(words[0] == '−' ? CauseCode.Sign : words.Contains('2') && words != $"{name}²" ? CauseCode.Scale : CauseCode.WrongArgument, words[0] == '−' ? 23 : words.Contains('2') ? 23 : 22,
                $"with {words} in the place of {name}", $"use {name}", words[0] == '−' ? CauseCode.ExtraTerm : null, (_, block) => block.Numbers.Select(f).ToArray() is var numbers && numbers.All(double.IsFinite) ? numbers : null);
        yield return New(CauseCode.MissingFactor, 26, $"with 0 in the place of {name}", $"{name} belongs in the formula", CauseCode.MissingTerm, (_, block) => new double[block.Numbers.Length]);
        yield return New(CauseCode.MissingFactor, 22, $"with 1 in the place of {name}", $"{name} belongs in the formula", CauseCode.WrongArgument, (_, block) => [.. Enumerable.Repeat(1.0, block.Numbers.Length)]);
        foreach (var label in scene.InputLabels(i))
        {
            yield return Through("softmax", grid => grid.Map(Math.Exp) is var e ? e.With(e.Sum(label), (u, sum) => u / sum) : e);
            yield return Through("the mean", grid => grid.Map(_ => 0).With(grid.Mean(label), (_, mean) => mean));

            Substitution Through(string what, Func<Grid, Grid> f) => new(CauseCode.WrongArgument, Plausibility.Search + 3, $"with {what} of {name} over {label} in the place of {name}", $"use {name}", null, s => Replace(scene, i, s, _ => f(scene.Input(i, s)).Numbers));
        }

        Substitution New(string code, int rank, string words, string repair, string? second, Func<int, Block, double[]?> f) => new(code, Plausibility.Simple + rank, words, repair, second, s => Replace(scene, i, s, block => f(s, block)));
    }

    private static IEnumerable<Substitution> Cotangents(Scene scene, int o)
    {
        var name = scene.Samples[0].Dys[o].Name;
        var labels = scene.OutputLabels(o);
        foreach (var way in Rearrangement.Of(labels))
            yield return new(way.Code, Plausibility.Simple + 8, $"for {name} {way.Words}", way.Repair, null, s => Cotangent(scene, o, s, block => way.Apply(block.Shape, block.Numbers)));
        foreach (var label in labels)
        {
            yield return Through(CauseCode.Axis, $"for {name} summed over {label}", "do not sum over it", grid => grid.Map(_ => 0).With(grid.Sum(label), (_, sum) => sum));
            yield return Through(CauseCode.Axis, $"for {name} averaged over {label}", "do not average over it", grid => grid.Map(_ => 0).With(grid.Mean(label), (_, mean) => mean));
            yield return Through(CauseCode.ExtraTerm, $"for {name} with its mean over {label} subtracted", "do not subtract it", grid => grid.With(grid.Mean(label), (u, mean) => u - mean));
        }
        yield return Through(CauseCode.Mask, $"for {name} where it is positive", $"mask by the input's sign, not by that of {name}", grid => grid.Map(u => Math.Max(u, 0)));
        yield return Through(CauseCode.ExtraFactor, $"for {name}²", $"{name} enters once", grid => grid.Map(u => u * u));

        Substitution Through(string code, string words, string repair, Func<Grid, Grid> f) => new(code, Plausibility.Simple + 8, words, repair, null, s => Cotangent(scene, o, s, _ => f(scene.Dy(o, s)).Numbers));
    }

    private static (IReadOnlyList<Tensor>, IReadOnlyList<Tensor>)? Replace(Scene scene, int i, int s, Func<Block, double[]?> f, torch.ScalarType dtype = torch.ScalarType.Float64)
    {
        var sample = scene.Samples[s];
        return f(sample.Inputs[i]) is { } numbers && !numbers.AsSpan().SequenceEqual(sample.Inputs[i].Numbers)
            ? ([.. sample.Tensors.Select((tensor, j) => j == i ? Host.Tensor(numbers, sample.Inputs[i].Shape, dtype, tensor.device) : tensor)], sample.Cotangents) : null;
    }

    private static (IReadOnlyList<Tensor>, IReadOnlyList<Tensor>)? Cotangent(Scene scene, int o, int s, Func<Block, double[]?> f)
    {
        var sample = scene.Samples[s];
        return f(sample.Dys[o]) is { } numbers ? (sample.Tensors, [.. sample.Cotangents.Select((dy, other) => other == o ? Host.Tensor(numbers, sample.Dys[o].Shape, torch.float64, dy.device) : dy)]) : null;
    }
}

/// <summary>The gradient is the true one of something else: with another tensor in the place of an input, or of another cotangent.</summary>
internal sealed class SubstitutionDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (scene.Wrong(g) is not [var first, ..] || ScaleDetector.Ratios(scene, g) is not null || scene.Hand(g, first).All(number => number == 0)) yield break;
        var name = "d" + evidence.InputName(g);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var matches = scene.Substituted(first).Select(pair => (pair.Substitution, Findings: Fitting(scene, g, name, first, pair.Substitution, pair.Gradients).ToList())).Where(match => match.Findings.Count > 0).ToList();
        // What many points give alike says nothing about any of them.
        var many = matches.Where(match => match.Substitution.Rank > Plausibility.Simple + 8).GroupBy(match => match.Substitution.Repair, StringComparer.Ordinal).Where(group => group.Count() > 2).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (one, findings) in matches)
            foreach (var finding in findings)
                if (seen.Add(finding.Code)) yield return many.Contains(one.Repair) ? finding with { Rank = finding.Rank + 25 } : finding;
    }

    private static IEnumerable<Finding> Fitting(Scene scene, int g, string name, int first, Substitution one, double[][] at)
    {
        if (Fit.Ratio(scene.Hand(g, first), at[g]) is not { } k || Fit.Ratio(at[g], scene.Truth(g, first)) is not null) yield break;
        var factors = scene.Wrong(g).Select(s => s == first ? k : scene.Substituted(one, s) is { } there ? Fit.Ratio(scene.Hand(g, s), there[g]) : null).ToList();
        if (factors.Contains(null)) yield break;
        double[] known = [.. factors.Select(factor => factor!.Value)];
        var plain = Array.TrueForAll(known, factor => Math.Abs(factor - 1) <= Fit.Exact);
        if (!plain && !Array.TrueForAll(known, factor => Math.Abs(factor - known[0]) <= Fit.Exact)) yield break;
        // A single number is proportional to anything.
        if (!plain && scene.Samples.All(sample => sample.Hand[g].Numbers.Length == 1)) yield break;
        var rank = plain ? one.Rank : Plausibility.Pattern + 2;
        var numbers = $"{name} equals it {scene.Extent(g)}{(plain ? "" : $", times {Factor.Round(known[0])}")}";
        var code = one.Code;
        var other = one.Second;
        if (code == CauseCode.Swapped && scene.Evidence.WrongPlaces.Count < 2) (code, other) = (CauseCode.WrongArgument, CauseCode.Swapped);
        if (code == CauseCode.Transpose && one.Words.StartsWith("for ", StringComparison.Ordinal) && scene.Labels(g).Length < 2) (code, other) = (CauseCode.Axis, CauseCode.Transpose);
        yield return new(code, rank, 0, $"{name} is the true gradient {one.Words}{(plain ? "" : $", times {Factor.Round(known[0])}")}.", numbers, one.Repair, $"{name} is the right formula at another point: which of its tensors is not the one that belongs there?");
        if (other is { } second) yield return new(second, rank + 1, 0, $"{name} is the true gradient {one.Words}.", numbers, one.Repair);
    }
}
