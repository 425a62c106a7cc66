using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>All zero: never computed.</summary>
internal sealed class ZeroDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        if (!evidence.Samples.All(sample => sample.Hand[g].Greatest == 0) || evidence.Samples.All(sample => sample.Truth[g].Greatest == 0)) yield break;
        var name = "d" + evidence.InputName(g);
        yield return new(CauseCode.Zero, Plausibility.Simple, 0, $"{name} is 0 everywhere: it was never computed, or its path was cut.",
            $"{name} = 0 {Scene.Of(evidence).Extent(g)}, where the true one is as large as {Factor.Round(evidence.Samples.Max(sample => sample.Truth[g].Greatest))}",
            $"compute {name} from dy; if it is computed, look for the place where its result is lost", $"What is the largest entry of {name}? Is that what you expect where the loss depends on {evidence.InputName(g)}?");
    }
}

/// <summary>A number times the true gradient: its sign, or a scale.</summary>
internal sealed class ScaleDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (Ratios(scene, g) is not { Count: > 1 } k) yield break;
        var factor = scene.Factors.Name(k);
        // One number in each sample always has a ratio.
        var trivial = evidence.Samples.All(sample => sample.Hand[g].Numbers.Length == 1);
        if (trivial && !factor.Named && !factor.Fixed) yield break;
        var name = "d" + evidence.InputName(g);
        var numbers = $"{name} / true = {Factor.Round(k[0])} {(factor.Fixed ? scene.Extent(g) : $"at every entry of the first sample, {string.Join(", ", k.Skip(1).Select(Factor.Round))} in the others")}";
        if (factor.Fixed && Math.Abs(k[0] + 1) <= Fit.Exact)
        {
            yield return new(CauseCode.Sign, Plausibility.Simple, 0, $"{name} is minus the true gradient.", numbers, $"turn the sign of {name}", $"What is {name} divided by the true gradient, at any entry?");
            yield break;
        }
        if (k.TrueForAll(one => Math.Abs(one - 1) <= 1e-5))
        {
            var worst = evidence.Samples.Max(sample => sample.Truth[g].Greatest is var scale and > 0 ? sample.Hand[g].Numbers.Zip(sample.Truth[g].Numbers, (hand, truth) => Math.Abs(hand - truth)).Max() / scale : 0);
            yield return new(CauseCode.Approximate, Plausibility.Simple, 0, worst > 1e-12 ? $"{name} is right to {Math.Floor(-Math.Log10(worst))} digits, but not to rounding."
                : $"{name} is right to rounding at ordinary points, but not in the case that failed.", numbers, "compute it in the precision of its input, and without small constants added for safety",
                $"{name} has the right first digits: where do the others go?");
            yield break;
        }
        var rank = Plausibility.Simple + 1 + (factor.Named ? 0 : factor.Fixed ? 3 : 6) + (trivial ? 2 + factor.Parts : 0);
        yield return new(CauseCode.Scale, rank, 0, $"{name} is {factor.Text} times the true gradient.", numbers,
            factor.Named ? $"multiply {name} by the inverse of {factor.Name}: mind means against sums, and factors that the forward pass has or has not" : $"find the factor {Factor.Round(k[0])} and take it away",
            factor.Fixed ? $"The ratio is {Factor.Round(k[0])} everywhere: which constant of your problem is that, or its inverse?" : "The ratio is the same at all entries of one case, but not of the next: which size or sum of your problem changes like that?");
        if (k.All(one => one < 0))
            yield return new(CauseCode.Sign, rank + 1, 0, $"{name} points the other way: it is {factor.Text} times the true gradient.", numbers, $"turn the sign of {name}, then look at the factor");
        if (factor.Fixed && Array.Find([2, 3, 4], n => Math.Abs(k[0] * n - 1) <= Fit.Exact) is > 0 and var paths)
            yield return new(CauseCode.Duplicates, rank + 2, 0, $"{name} counts one of {paths} equal paths from {evidence.InputName(g)} to the output.", numbers, $"add up the paths: {evidence.InputName(g)} is used {paths} times");
    }

    /// <summary>hand / truth in each sample; null where they are not proportional.</summary>
    internal static List<double>? Ratios(Scene scene, int g)
    {
        var ratios = new List<double>();
        for (var s = 0; s < scene.Count; s++)
        {
            if (scene.Samples[s].Truth[g].Greatest == 0 && scene.Samples[s].Hand[g].Greatest == 0) continue;
            if (Fit.Ratio(scene.Hand(g, s), scene.Truth(g, s)) is not { } k) return null;
            ratios.Add(k);
        }
        return ratios.Count == scene.Count ? ratios : null;
    }
}

/// <summary>One value everywhere.</summary>
internal sealed class ConstantDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var samples = evidence.Samples.Where(sample => sample.Hand[g].Numbers.Length > 1).ToList();
        if (samples.Count == 0 || !samples.All(sample => Constant(sample.Hand[g].Numbers)) || samples.All(sample => Constant(sample.Truth[g].Numbers)) || samples.All(sample => sample.Hand[g].Greatest == 0)) yield break;
        var name = "d" + evidence.InputName(g);
        var what = samples.TrueForAll(sample => Near(sample.Hand[g].Numbers[0], sample.Truth[g].Numbers.Sum())) ? "the sum of all entries of the true gradient"
            : samples.TrueForAll(sample => Near(sample.Hand[g].Numbers[0], sample.Truth[g].Numbers.Average())) ? "the mean of all entries of the true gradient" : null;
        yield return new(CauseCode.Constant, Plausibility.Simple + 1, 0, $"{name} has one value everywhere{(what is null ? "" : ": " + what)}.",
            $"every entry is {Factor.Round(samples[0].Hand[g].Numbers[0])} in the first sample, where the true ones differ", $"{name} has one value for each entry of {evidence.InputName(g)}: sum over the other dimensions only",
            $"Should all entries of {name} be equal? Which dimensions may be summed over?");
        if (what is not null)
            yield return new(CauseCode.Axis, Plausibility.Simple + 2, 0, $"{name} was summed or averaged over all dimensions: every entry is {what}.",
                $"every entry is {Factor.Round(samples[0].Hand[g].Numbers[0])} in the first sample", "name the dimension to sum over", "Over which dimensions is it summed, and over which should it be?");
    }

    private static bool Constant(double[] numbers) => numbers.All(number => Near(number, numbers[0]));

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Fit.Exact * Math.Max(Math.Abs(a), Math.Abs(b));
}

/// <summary>The right numbers in the wrong places: transposed, mirrored, moved.</summary>
internal sealed class RearrangedDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (scene.Wrong(g) is not [var first, ..] || ScaleDetector.Ratios(scene, g) is not null) yield break;
        var name = "d" + evidence.InputName(g);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var way in Rearrangement.Of(scene.Labels(g)))
        {
            if (codes.Contains(way.Code) || Ratio(first) is null || Enumerable.Range(0, scene.Count).Select(Ratio).ToList() is var k && k.Contains(null)) continue;
            codes.Add(way.Code);
            var factor = scene.Factors.Name([.. k.Select(one => one!.Value)]);
            var plain = factor.Fixed && Math.Abs(factor.Here - 1) <= Fit.Exact;
            var order = way.Code == CauseCode.Transpose ? 0 : way.Code == CauseCode.Flipped ? 1 : 2;
            if (!plain && !factor.Named) continue;
            yield return new(way.Code, (plain ? Plausibility.Simple + 1 : Plausibility.Pattern) + order, 0, $"{name} is the true gradient {way.Words}{(plain ? "" : $", times {factor.Text}")}.",
                $"equal {scene.Extent(g)} once it is put back", way.Repair, $"The numbers in {name} are {(plain ? "the right ones" : "nearly the right ones")}. Where in the true gradient do they stand?");
            if (!plain && order == 0) yield return new(factor.Here < 0 && Math.Abs(factor.Here + 1) <= Fit.Exact ? CauseCode.Sign : CauseCode.Scale, Plausibility.Pattern + 3, 0, $"{name} is {factor.Text} times the true gradient, and {way.Words}.",
                $"equal {scene.Extent(g)}", "mend the factor as well as the places");

            double? Ratio(int s) => scene.Samples[s].Truth[g] is { Greatest: > 0 } truth && way.Apply(truth.Shape, truth.Numbers) is { } moved ? Fit.Ratio(scene.Hand(g, s), moved) : null;
        }
    }
}

/// <summary>The gradient of another input.</summary>
internal sealed class SwappedDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        var name = "d" + evidence.InputName(g);
        for (var h = 0; h < evidence.Specimen.Differentiable.Count; h++)
        {
            if (h == g || Same(scene, g, g)) continue;
            var turned = false;
            if (!Same(scene, g, h) && !(turned = Turned(scene, g, h))) continue;
            var other = "d" + evidence.InputName(h);
            var both = Same(scene, h, g);
            yield return new(CauseCode.Swapped, Plausibility.Simple + 1, 0, $"{name} is the gradient of {evidence.InputName(h)}{(turned ? ", transposed" : "")}{(both ? ", and " + other + " is that of " + evidence.InputName(g) : "")}.",
                $"{name} = true {other}{(turned ? " transposed" : "")} {scene.Extent(g)}", both ? $"exchange {name} and {other}" : $"return {name} in the place of {name}",
                $"To which of the inputs does the tensor belong that is returned for {evidence.InputName(g)}?")
            { Places = both ? [Math.Min(g, h), Math.Max(g, h)] : null };
        }
    }

    private static bool Same(Scene scene, int hand, int truth) =>
        scene.Samples.Any(sample => sample.Truth[truth].Greatest > 0) && Enumerable.Range(0, scene.Count).All(s => Fit.Same(scene.Hand(hand, s), scene.Truth(truth, s)));

    private static bool Turned(Scene scene, int hand, int truth) =>
        scene.Labels(truth).Length == 2 && Rearrangement.Of(scene.Labels(truth)) is var ways && scene.Samples.Any(sample => sample.Truth[truth].Greatest > 0)
        && Enumerable.Range(0, scene.Count).All(s => scene.Samples[s].Truth[truth] is var block && block.Numbers.Length == scene.Hand(hand, s).Length
            && ways[0].Apply(block.Shape, block.Numbers) is { } moved && Fit.Same(scene.Hand(hand, s), moved));
}
