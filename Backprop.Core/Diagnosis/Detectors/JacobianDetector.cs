using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Compares the two Jacobians, output entry by output entry: only the diagonal kept, rows mixed or kept apart, contributions lost, a factor on the cotangent.</summary>
internal sealed class JacobianDetector : IDetector
{
    /// <summary>So many samples are looked at.</summary>
    private const int Most = 3;

    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (scene.Samples[0].Dys.Sum(dy => dy.Numbers.Length) < 2 || ScaleDetector.Ratios(scene, g) is not null) yield break;
        var pairs = new List<(int Sample, double[][] Hand, double[][] Truth)>();
        foreach (var s in scene.Wrong(g).Take(Most))
            if (scene.Jacobian(s, true) is { } hand && scene.Jacobian(s, false) is { } truth && hand[g].All(row => row.All(double.IsFinite))) pairs.Add((s, hand[g], truth[g]));
        if (pairs.Count == 0) yield break;
        var name = "d" + evidence.InputName(g);
        if (pairs.TrueForAll(pair => pair.Hand.Length == pair.Hand[0].Length && Transposed(pair.Hand, pair.Truth)))
        {
            yield return new(CauseCode.Transpose, Plausibility.Simple + 9, 0, $"{name} applies the Jacobian where its transpose belongs: it goes forwards, not backwards.", $"∂ of entry i by cotangent j is what it should be for j by i, in {pairs.Count} samples", "apply the transposed map: what spreads from i to j in the forward pass comes back from j to i",
                "An entry of x has an effect on some entries of y: do exactly these come back to it?");
            yield return new(CauseCode.Flipped, Plausibility.Simple + 10, 0, $"{name} goes through the dimension in the forward direction, where backwards is right.", $"the Jacobian is the transpose of the true one, in {pairs.Count} samples", "go the other way");
        }
        foreach (var finding in Kept(scene, g, name, pairs)) yield return finding;
        foreach (var finding in Steps(scene, g, name, pairs)) yield return finding;
        foreach (var finding in Dependence(scene, g, name, pairs)) yield return finding;
        foreach (var finding in OnCotangent(scene, name, pairs)) yield return finding;
    }

    private static bool Transposed(double[][] hand, double[][] truth)
    {
        for (var i = 0; i < hand.Length; i++)
            if (!Fit.Same(hand[i], [.. truth.Select(row => row[i])])) return false;
        return true;
    }

    /// <summary>Right for the first place along a dimension of the output, and for no other: what comes through earlier steps is amiss.</summary>
    private static IEnumerable<Finding> Steps(Scene scene, int g, string name, List<(int Sample, double[][] Hand, double[][] Truth)> pairs)
    {
        if (scene.Samples[0].Outputs.Count != 1) yield break;
        var labels = scene.OutputLabels(0);
        for (var d = 0; d < labels.Length; d++)
        {
            var axis = d;
            if (!pairs.TrueForAll(pair =>
            {
                var shape = scene.Samples[pair.Sample].Outputs[0].Shape;
                return shape[axis] > 1 && Enumerable.Range(0, pair.Truth.Length).All(o => Fit.Same(pair.Hand[o], pair.Truth[o]) == (Host.Index(shape, o)[axis] == 0));
            })) continue;
            yield return new(CauseCode.MissingTerm, Plausibility.Pattern - 3, 0, $"{name} is right for the first place along {labels[d]} only: what comes back through the earlier steps is missing or wrong.", $"with the cotangent at the first place alone {name} is right, at any other it is wrong, in {pairs.Count} samples",
                $"carry the gradient of the state from each step along {labels[d]} back to the one before", $"Take a cotangent with one place along {labels[d]} only: for which is {name} right?");
            yield return new(CauseCode.Coupling, Plausibility.Pattern - 2, 0, $"{name} keeps steps along {labels[d]} apart.", "right for the first step only", "carry the state's gradient");
        }
    }

    /// <summary>Every entry of the hand's Jacobian is that of the true one or 0: which are kept?</summary>
    private static IEnumerable<Finding> Kept(Scene scene, int g, string name, List<(int Sample, double[][] Hand, double[][] Truth)> pairs)
    {
        bool subset = true, diagonal = true, anyOff = false, byRow = true, single = true, average = true, some = false;
        var lost = new List<(int Sample, int Row)>();
        foreach (var (s, hand, truth) in pairs)
        {
            var tiny = 1e-11 * truth.Max(row => row.Max(Math.Abs));
            var square = scene.Samples[s].Outputs.Count == 1 && scene.Samples[s].Outputs[0].SameShape(scene.Samples[s].Truth[g]);
            for (var i = 0; i < truth[0].Length; i++)
            {
                var contributions = truth.Count(row => Math.Abs(row[i]) > tiny);
                var present = hand.Count(row => Math.Abs(row[i]) > tiny);
                if (contributions > 0 && present == 0) single = false;
                if (contributions == 1 && present != 1) single = false;
                for (var o = 0; o < truth.Length; o++)
                {
                    var (a, t) = (hand[o][i], truth[o][i]);
                    var same = Math.Abs(a - t) <= Fit.Exact * Math.Abs(t) + tiny;
                    if (!same && Math.Abs(a) > tiny) subset = false;
                    if (contributions > 1) some = true;
                    if (!(Math.Abs(a * contributions - t) <= Fit.Exact * Math.Abs(t) + tiny)) average = false;
                    if (!square || (o == i ? !same : Math.Abs(a) > tiny)) diagonal = false;
                    if (o != i && Math.Abs(t) > tiny) anyOff = true;
                }
            }
            for (var o = 0; o < truth.Length; o++)
            {
                var present = hand[o].Any(number => Math.Abs(number) > tiny);
                var should = truth[o].Any(number => Math.Abs(number) > tiny);
                if (present && !Fit.Same(hand[o], truth[o])) byRow = false;
                if (!present && should) lost.Add((s, o));
            }
        }
        if (diagonal && anyOff)
        {
            yield return new(CauseCode.DiagonalOnly, Plausibility.Simple + 1, 0, $"{name} uses only the diagonal of the Jacobian: every entry depends on its own cotangent alone.",
                $"∂ of each entry by its own cotangent is right, by the others it is 0, in {pairs.Count} samples", "add the terms off the diagonal: each output depends on several inputs", "On which entries of dy does the first entry of the true gradient depend? On which that of yours?");
            yield break;
        }
        if (average && some)
            yield return new(CauseCode.Duplicates, Plausibility.Simple + 3, 0, $"{name} averages contributions that must be added up.", $"every contribution is divided by how many there are for its entry, in {pairs.Count} samples", "add up, do not average", "How many outputs does each entry of the input reach? What happens to their contributions?");
        if (subset && byRow && lost.Count > 0 && LastOnly(scene, pairs, lost) is { } which)
            yield return new(CauseCode.Duplicates, Plausibility.Simple + 3, 0, $"{name} has the contribution of the {which} only: earlier ones are overwritten.", $"the rest of the cotangent has no effect on it, in {pairs.Count} samples", "add to the gradient in the loop (+=), do not assign", "Which entries of dy have an effect on the result at all?");
        else if (subset && byRow && lost.Count > 0)
            yield return new(CauseCode.Mask, Plausibility.Search + 12, 0, $"{name} does not depend on some entries of dy that it should depend on; otherwise it is right.", $"{lost.Count} entries of dy have no effect", "look for outputs whose cotangent is dropped");
        else if (subset && single && some)
            yield return new(CauseCode.Duplicates, Plausibility.Simple + 4, 0, $"{name} keeps one contribution where several must be added up: windows or repeated places overwrite each other.", $"the contributions that are there are right, others are missing, in {pairs.Count} samples",
                "accumulate (+=, index_add) instead of assigning", "At which entries do several outputs meet? What becomes of their contributions?");
    }

    private static string? LastOnly(Scene scene, List<(int Sample, double[][] Hand, double[][] Truth)> pairs, List<(int Sample, int Row)> lost)
    {
        if (scene.Samples[0].Outputs.Count != 1) return null;
        var labels = scene.OutputLabels(0);
        for (var d = 0; d < labels.Length; d++)
            foreach (var last in new[] { true, false })
            {
                var axis = d;
                if (pairs.TrueForAll(pair =>
                {
                    var shape = scene.Samples[pair.Sample].Outputs[0].Shape;
                    var kept = last ? shape[axis] - 1 : 0;
                    return shape[axis] > 1 && Enumerable.Range(0, pair.Truth.Length).All(o => lost.Contains((pair.Sample, o)) == (Host.Index(shape, o)[axis] != kept) || !pair.Truth[o].Any(number => number != 0));
                })) return $"{(last ? "last" : "first")} of {labels[d]}";
            }
        return null;
    }

    /// <summary>Entries with different places along a dimension that both input and output have: independent in truth but not in the hand's, or the other way round.</summary>
    private static IEnumerable<Finding> Dependence(Scene scene, int g, string name, List<(int Sample, double[][] Hand, double[][] Truth)> pairs)
    {
        if (scene.Samples[0].Outputs.Count != 1) yield break;
        var (output, input) = (scene.OutputLabels(0), scene.Labels(g));
        foreach (var label in input.Intersect(output, StringComparer.Ordinal))
        {
            bool hand = false, truth = false;
            foreach (var (s, a, t) in pairs)
            {
                hand |= Crosses(s, a);
                truth |= Crosses(s, t);
            }
            if (hand == truth) continue;
            var plain = !hand && pairs.TrueForAll(pair => Within(pair.Sample, pair.Hand, pair.Truth));
            yield return hand
                ? new(CauseCode.Coupling, Plausibility.Search + 8, 0, $"{name} mixes places along {label} that are independent.", $"an entry of {name} changes with the cotangent at another place along {label}; the true one does not, in {pairs.Count} samples",
                    $"treat the places along {label} apart: sum over the other dimensions only", $"Change dy at one place along {label}: at which others does {name} change?")
                : new(CauseCode.Coupling, Plausibility.Search + (plain ? 6 : 9), 0, $"{name} keeps places along {label} apart that depend on each other.", $"an entry of the true gradient depends on the cotangent at other places along {label}; that of {name} does not, in {pairs.Count} samples",
                    $"add the contributions that come from other places along {label}", $"Change dy at one place along {label}: at which others does the true gradient change?");
            if (hand) yield return new(CauseCode.Axis, Plausibility.Search + 10, 0, $"{name} sums or averages along {label}, over which the forward pass does not.", $"{name} depends on the cotangent at other places along {label}", "look for a sum, mean or softmax with the wrong dimension");
            else yield return new(CauseCode.MissingTerm, Plausibility.Search + 11, 0, $"{name} lacks the terms through which places along {label} depend on each other.", $"{name} does not depend on the cotangent at other places along {label}", "add them");

            bool Crosses(int s, double[][] jacobian)
            {
                var (shape, own) = (scene.Samples[s].Outputs[0].Shape, scene.Samples[s].Truth[g].Shape);
                var (from, at) = (Array.IndexOf(output, label), Array.IndexOf(input, label));
                var tiny = 1e-11 * jacobian.Max(row => row.Max(Math.Abs));
                for (var o = 0; o < jacobian.Length; o++)
                    for (var i = 0; i < jacobian[o].Length; i++)
                        if (Math.Abs(jacobian[o][i]) > tiny && Host.Index(shape, o)[from] != Host.Index(own, i)[at]) return true;
                return false;
            }

            bool Within(int s, double[][] a, double[][] t)
            {
                var (shape, own) = (scene.Samples[s].Outputs[0].Shape, scene.Samples[s].Truth[g].Shape);
                var (from, at) = (Array.IndexOf(output, label), Array.IndexOf(input, label));
                for (var o = 0; o < a.Length; o++)
                    for (var i = 0; i < a[o].Length; i++)
                        if (Host.Index(shape, o)[from] == Host.Index(own, i)[at] && !(Math.Abs(a[o][i] - t[o][i]) <= Fit.Exact * Math.Abs(t[o][i]) + 1e-12)) return false;
                return true;
            }
        }
    }

    /// <summary>Each row of the Jacobian is right but for a factor, which is a known tensor of the output's shape.</summary>
    private static IEnumerable<Finding> OnCotangent(Scene scene, string name, List<(int Sample, double[][] Hand, double[][] Truth)> pairs)
    {
        if (scene.Samples[0].Outputs.Count != 1) yield break;
        var ratios = new List<(int Sample, double[] Ratio)>();
        foreach (var (s, hand, truth) in pairs)
        {
            var ratio = new double[hand.Length];
            for (var o = 0; o < hand.Length; o++)
            {
                if (truth[o].All(number => number == 0)) ratio[o] = hand[o].All(number => number == 0) ? double.NaN : double.PositiveInfinity;
                else if (hand[o].All(number => number == 0)) ratio[o] = 0;
                else if (Fit.Ratio(hand[o], truth[o]) is { } k) ratio[o] = k;
                else yield break;
            }
            ratios.Add((s, ratio));
        }
        foreach (var atom in scene.Atoms.Where(atom => atom.Labels.Length > 0).OrderBy(atom => atom.Cost))
            foreach (var missing in new[] { true, false })
            {
                if (!ratios.TrueForAll(one => Fits(one.Sample, one.Ratio, atom, missing))) continue;
                var mask = atom.Kind == AtomKind.Mask;
                yield return new(mask ? CauseCode.Mask : missing ? CauseCode.MissingFactor : CauseCode.ExtraFactor, Plausibility.Search + atom.Cost, 0, missing ? $"{name} lacks the factor {atom.Name} on the cotangent." : $"{name} has the factor {atom.Name} too much on the cotangent.",
                    $"for each output entry the ratio of {name} to the true gradient is {(missing ? "1 / " : "")}{atom.Name}, in {pairs.Count} samples", missing ? $"multiply dy by {atom.Name} first" : $"do not multiply dy by {atom.Name}", "Take a cotangent with a single 1, for one output entry after another: how does the ratio to the true gradient change?");
                yield break;
            }

        bool Fits(int s, double[] ratio, Atom atom, bool missing)
        {
            if (atom.Values[s].TrySpread(scene.OutputLabels(0), [.. scene.Samples[s].Outputs[0].Shape.Select(size => (int)size)]) is not { } values) return false;
            var at = Enumerable.Range(0, ratio.Length).Where(o => double.IsFinite(ratio[o])).ToArray();
            if (at.Length < 2 || ratio.Any(double.IsInfinity) && !(missing && Enumerable.Range(0, ratio.Length).All(o => double.IsInfinity(ratio[o]) == (values[o] == 0)))) return false;
            double[] expected = [.. at.Select(o => values[o])], has = [.. at.Select(o => ratio[o])];
            return missing ? Fit.Ratio(Fit.Times(has, expected), [.. at.Select(_ => 1.0)]) is not null && has.Distinct().Count() > 1 | ratio.Any(double.IsInfinity) : Fit.Ratio(has, expected) is not null;
        }
    }
}
