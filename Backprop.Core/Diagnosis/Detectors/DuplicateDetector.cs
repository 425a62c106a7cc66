using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Wrong exactly where an index occurs more than once.</summary>
internal sealed class DuplicateDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (ScaleDetector.Ratios(scene, g) is not null) yield break;
        var name = "d" + evidence.InputName(g);
        var inputs = evidence.Specimen.Inputs;
        for (var i = 0; i < inputs.Count; i++)
        {
            var index = i;
            if (!scene.IsIndex(i) || Array.IndexOf(scene.Labels(g), scene.Bound(i)) is not (>= 0 and var axis)) continue;
            // All that point at the same rows count together.
            var indices = Enumerable.Range(0, inputs.Count).Where(j => scene.IsIndex(j) && scene.Bound(j) == scene.Bound(i)).ToArray();
            foreach (var set in indices.Length > 1 ? new[] { [index], indices } : [[index]])
                if (Told(scene, g, name, set, axis) is { } finding)
                {
                    yield return finding;
                    yield break;
                }
        }
    }

    private static Finding? Told(Scene scene, int g, string name, int[] indices, int axis)
    {
        int once = 0, wrong = 0, repeated = 0, averaged = 0, single = 0;
        for (var s = 0; s < scene.Count; s++)
        {
            var counts = indices.SelectMany(i => scene.Samples[s].Inputs[i].Numbers).GroupBy(v => (int)v).ToDictionary(group => group.Key, group => group.Count());
            var grid = new Grid(scene.Labels(g), scene.Sizes(g, s), scene.Hand(g, s));
            var stride = grid.Sizes[(axis + 1)..].Aggregate(1, (product, size) => product * size);
            for (var row = 0; row < grid.Sizes[axis]; row++)
            {
                double[] a = Row(scene.Hand(g, s)), t = Row(scene.Truth(g, s));
                var count = counts.GetValueOrDefault(row);
                var same = Fit.Same(a, t);
                if (count > 1)
                {
                    repeated++;
                    if (!same) wrong++;
                    if (!same && Fit.Same(Array.ConvertAll(a, number => number * count), t)) averaged++;
                    else if (!same) single++;
                }
                else if (!same) return null;
                else if (count == 1) once++;

                double[] Row(double[] numbers) => [.. numbers.Where((_, e) => e / stride % grid.Sizes[axis] == row)];
            }
        }
        if (wrong < 2 || once < 2 || wrong * 2 < repeated) return null;
        var indexed = string.Join(" and ", indices.Select(i => scene.Evidence.Specimen.Inputs[i].Name));
        var how = single == 0 ? "they are averaged, not added up" : averaged == 0 ? "one overwrites the other" : "their contributions are not added up";
        return new(CauseCode.Duplicates, Plausibility.Simple, 0, $"{name} is wrong in the rows that {indexed} names more than once: {how}.", $"wrong in {wrong} of {repeated} rows that occur more than once, right in all {once} that occur once, {scene.Count} samples",
            "accumulate: index_add, not an assignment by index", $"Which rows of {name} are wrong? How often does {indexed} name them?");
    }
}

/// <summary>A gradient that is a sum over examples, of which it has some only: found by leaving out one example at a time.</summary>
internal sealed class ExampleDetector : IDetector
{
    private const int MostExamples = 8;

    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (ScaleDetector.Ratios(scene, g) is not null) yield break;
        var name = "d" + evidence.InputName(g);
        foreach (var letter in scene.Letters.Where(letter => Array.IndexOf(scene.Labels(g), letter) < 0))
            foreach (var mean in new[] { false, true })
            {
                var seen = new List<double[]>();
                foreach (var s in scene.Wrong(g).Take(3))
                    if (Weights(scene, g, s, letter, mean) is { } weights) seen.Add(weights);
                if (seen.Count == 0) continue;
                if (Told(name, letter, seen, scene) is not { } finding) continue;
                yield return finding;
                yield break;
            }
    }

    /// <summary>How much of each example the hand's gradient has, and at the end how much of what does not depend on them; null when it is no such sum.</summary>
    private static double[]? Weights(Scene scene, int g, int s, string letter, bool mean)
    {
        var n = (int)scene.Samples[s].Sizes[letter];
        if (n is < 2 or > MostExamples) return null;
        var truth = scene.Truth(g, s);
        var columns = new List<double[]>();
        for (var k = 0; k < n; k++)
        {
            if (scene.Cut(s, letter, [.. Enumerable.Range(0, n).Where(other => other != k)]) is not { } without || without.Truth[g].Numbers is not { } rest || rest.Length != truth.Length) return null;
            columns.Add([.. truth.Select((t, e) => mean ? t - (n - 1.0) / n * rest[e] : t - rest[e])]);
        }
        var fixedPart = Fit.Minus(truth, Fit.Combine([.. Enumerable.Repeat(1.0, n)], columns));
        var present = Fit.Norm(fixedPart) > 1e-9 * Fit.Norm(truth);
        // A mean has nothing else; and examples that are not independent tell nothing.
        if (present && mean || scene.Cut(s, letter, [0]) is not { } only || !Fit.Same(only.Truth[g].Numbers, [.. columns[0].Select((c, e) => mean ? c * n : c + fixedPart[e])])) return null;
        if (present) columns.Add(fixedPart);
        var used = columns.Select((column, place) => (column, place)).Where(one => Fit.Norm(one.column) > 1e-12).ToList();
        if (Fit.Combination(scene.Hand(g, s), [.. used.Select(one => one.column)]) is not { } c || used.Count >= truth.Length) return null;
        var weights = new double[n + 1];
        Array.Fill(weights, double.NaN);
        foreach (var ((_, place), weight) in used.Zip(c)) weights[place] = weight;
        return weights;
    }

    private static Finding? Told(string name, string letter, List<double[]> seen, Scene scene)
    {
        bool last = true, first = true, flipped = true, none = true, kept = true, rest = true;
        foreach (var weights in seen)
        {
            var examples = weights[..^1];
            for (var k = 0; k < examples.Length; k++)
            {
                if (double.IsNaN(examples[k])) continue;
                last &= Is(examples[k], 0) != (k == examples.Length - 1);
                first &= Is(examples[k], 0) != (k == 0);
                flipped &= Is(examples[k], -1);
                none &= Is(examples[k], 0);
                kept &= Is(examples[k], 0) || Is(examples[k], 1);
            }
            rest &= double.IsNaN(weights[^1]) || Is(weights[^1], 1);
        }
        var numbers = $"as a sum over {letter}, {name} has the weights {string.Join(", ", seen[0][..^1].Select(Factor.Round))}, where the true gradient has 1 for each, {seen.Count} samples";
        if (last || first)
            return new(CauseCode.Duplicates, Plausibility.Simple + 4, 0, $"{name} has the contribution of the {(last ? "last" : "first")} of {letter} only: the others are overwritten.", numbers, "add to the gradient in the loop (+=), do not assign", $"Change one example of {letter} after the other: which has an effect on {name}?");
        if (flipped && rest) return new(CauseCode.Sign, Plausibility.Simple + 5, 0, $"{name} has the contributions over {letter} with the wrong sign.", numbers, "turn their sign", $"Which part of {name} has the wrong sign?");
        if (none && rest) return new(CauseCode.MissingTerm, Plausibility.Simple + 5, 0, $"{name} lacks the contributions over {letter}.", numbers, "add them", $"Change one example of {letter}: does {name} change?");
        return kept && rest && scene.Count > 0 ? new(CauseCode.Mask, Plausibility.Search + 12, 0, $"{name} lacks some of the contributions over {letter}.", numbers, "look for examples that are left out") : null;

        static bool Is(double a, double b) => Math.Abs(a - b) <= 1e-6;
    }
}
