using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Zeros in the wrong entries: a mask that is missing, inverted, of another tensor; or wrong on one side of a threshold.</summary>
internal sealed class MaskDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (ScaleDetector.Ratios(scene, g) is not null) yield break;
        var name = "d" + evidence.InputName(g);
        var counts = new Counts();
        var whole = true;
        for (var s = 0; s < scene.Count; s++)
        {
            var (a, t) = (scene.Hand(g, s), scene.Truth(g, s));
            var tiny = 1e-12 * Math.Max(scene.Samples[s].Hand[g].Greatest, scene.Samples[s].Truth[g].Greatest);
            var k = Common(a, t, tiny);
            for (var i = 0; i < a.Length; i++)
            {
                bool hand = Math.Abs(a[i]) > tiny, truth = Math.Abs(t[i]) > tiny;
                if (hand && truth)
                {
                    counts.Both++;
                    if (!(Math.Abs(a[i] - k * t[i]) <= Fit.Exact * Math.Abs(a[i]))) counts.Different++;
                }
                else if (hand) counts.Hand++;
                else if (truth) counts.Truth++;
                else counts.Neither++;
            }
            if (!a.Any(number => Math.Abs(number) > tiny)) whole = false;
        }
        if (TwoSided(scene, g) is { } two && Math.Abs(two.Inside - two.Outside) > Fit.Exact)
        {
            var (inside, outside) = (two.Inside, two.Outside);
            var exchanged = Math.Abs(inside * outside - 1) <= Fit.Exact && Math.Abs(Math.Abs(inside) - 1) > Fit.Exact;
            yield return new(CauseCode.Mask, exchanged ? Plausibility.Simple + 3 : Plausibility.Search + 2, 0, $"{name} is {Factor.Round(inside)} times the true gradient where {two.Mask}, and {Factor.Round(outside)} times elsewhere{(exchanged ? ": the two sides are exchanged" : "")}.",
                $"two ratios, {scene.Extent(g)}", exchanged ? "exchange the two branches of the condition" : "treat the side where the ratio is not 1 as the forward pass does", "The ratio to the true gradient takes two values: what separates the entries of the one from those of the other?");
        }
        var numbers = $"{counts.Hand} entries are not 0 where the true one is 0, {counts.Truth} the other way round, {counts.Both} are not 0 in both, {scene.Count} samples";
        var sides = Threshold(scene, g);
        var where = sides is null ? "" : $": it is wrong exactly where {sides}";
        const string question = "Which entries are wrong, and what have they in common?";
        if (counts.Both == 0 && counts.Hand > 1 && counts.Truth > 1 && counts.Neither == 0)
            yield return new(CauseCode.Mask, Plausibility.Simple + 2, 0, $"{name} uses its mask inverted: it is 0 exactly where the true gradient is not.", numbers, "invert the mask", question);
        else if (counts.Different == 0 && counts.Both > 1 && counts.Hand > 1 && counts.Truth == 0)
            yield return new(CauseCode.Mask, Plausibility.Simple + 5, 0, $"{name} lacks a mask{where}: it is right where the true gradient is not 0, but is not 0 elsewhere.", numbers, "multiply by the mask that the forward pass uses", question);
        else if (counts.Different == 0 && counts.Both > 3 && counts.Hand > 1 && counts.Truth > 1 && whole)
            yield return new(CauseCode.Mask, Plausibility.Simple + 6, 0, $"{name} uses the mask of another tensor, or one drawn anew: what both masks keep is right.", numbers, "use the mask of the forward pass", question);
        else if (counts.Different == 0 && counts.Both > 1 && counts.Truth > 0 && counts.Hand == 0)
            yield return new(CauseCode.Mask, Plausibility.Search + (sides is null ? 12 : 4), 0, $"{name} is 0 in entries where the true gradient is not{where}; the others are right.", numbers, "look for a mask, or a row that is set to 0, which does not belong there", question);
        else if (counts.Hand > 1 && counts.Truth == 0 && counts.Both > 1 && counts.Different <= counts.Both / 2)
            yield return new(CauseCode.Mask, Plausibility.Search + 4, 0, $"{name} seems to lack a mask{where}: it is not 0 in entries where the true gradient is.", numbers, "multiply by the mask that the forward pass uses", question);
        else if (counts.Hand == 0 && counts.Truth == 0 && Values(scene, g))
            yield return new(CauseCode.Mask, Plausibility.Search + 7, 0, $"{name} uses a value where its mask belongs: the same entries are 0, the others vary where the true ones are a few numbers only.", numbers, "use the mask (0 or 1), not the value that is compared with 0", question);
        else if (sides is not null && scene.Labels(g).Length > 0)
            yield return new(CauseCode.Mask, Plausibility.Search + 6, 0, $"{name} is wrong on one side of a threshold{where}.", numbers, "treat the two sides apart, as the forward pass does", question);
    }

    /// <summary>Whether the true gradient has few different numbers where the hand's has many.</summary>
    private static bool Values(Scene scene, int g)
    {
        int hand = 0, truth = 0, entries = 0;
        for (var s = 0; s < scene.Count; s++)
        {
            var scale = scene.Samples[s].Truth[g].Greatest;
            hand += scene.Hand(g, s).Where(number => number != 0).Select(number => Math.Round(number / scale, 9)).Distinct().Count();
            truth += scene.Truth(g, s).Where(number => number != 0).Select(number => Math.Round(number / scale, 9)).Distinct().Count();
            entries += scene.Truth(g, s).Count(number => number != 0);
        }
        return truth * 2 < entries && truth * 2 <= hand;
    }

    /// <summary>The two ratios to the true gradient on the two sides of a mask, when there are just two; null otherwise.</summary>
    private static (double Inside, double Outside, string Mask)? TwoSided(Scene scene, int g)
    {
        foreach (var (atom, values) in RatioDetector.Spreads(scene, g).Where(one => one.Atom.Kind == AtomKind.Mask))
        {
            double? inside = null, outside = null;
            var fits = true;
            for (var s = 0; s < scene.Count && fits; s++)
            {
                var (a, t) = (scene.Hand(g, s), scene.Truth(g, s));
                for (var i = 0; i < a.Length && fits; i++)
                {
                    if (t[i] == 0) { fits = a[i] == 0; continue; }
                    var ratio = a[i] / t[i];
                    if (values[s][i] > 0) inside ??= ratio;
                    else outside ??= ratio;
                    fits = Math.Abs(ratio - (values[s][i] > 0 ? inside : outside)!.Value) <= 1e-7 * Math.Abs(ratio) + 1e-12;
                }
            }
            if (fits && inside is { } one && outside is { } other) return (one, other, atom.Name);
        }
        return null;
    }

    private sealed class Counts
    {
        internal int Both, Hand, Truth, Neither, Different;
    }

    /// <summary>The ratio that most entries share.</summary>
    private static double Common(double[] a, double[] t, double tiny)
    {
        var ratios = a.Zip(t).Where(pair => Math.Abs(pair.First) > tiny && Math.Abs(pair.Second) > tiny).Select(pair => pair.First / pair.Second).Order().ToList();
        return ratios.Count == 0 ? 1 : ratios[ratios.Count / 2];
    }

    /// <summary>The condition on a known tensor that separates the wrong entries from the right ones, in words; null when there is none.</summary>
    internal static string? Threshold(Scene scene, int g)
    {
        foreach (var (atom, values) in RatioDetector.Spreads(scene, g).Where(one => one.Atom.Cost <= 2 && one.Atom.Function is "" or "difference" or "product" or "gathered"))
            foreach (var magnitude in new[] { false, true })
            {
                double rightLow = double.PositiveInfinity, rightHigh = double.NegativeInfinity, wrongLow = double.PositiveInfinity, wrongHigh = double.NegativeInfinity;
                int right = 0, wrong = 0;
                for (var s = 0; s < scene.Count; s++)
                {
                    var (a, t) = (scene.Hand(g, s), scene.Truth(g, s));
                    var scale = scene.Samples[s].Truth[g].Greatest;
                    for (var i = 0; i < a.Length; i++)
                    {
                        var u = magnitude ? Math.Abs(values[s][i]) : values[s][i];
                        if (Math.Abs(a[i] - t[i]) <= 1e-9 * scale)
                        {
                            right++;
                            (rightLow, rightHigh) = (Math.Min(rightLow, u), Math.Max(rightHigh, u));
                        }
                        else
                        {
                            wrong++;
                            (wrongLow, wrongHigh) = (Math.Min(wrongLow, u), Math.Max(wrongHigh, u));
                        }
                    }
                }
                if (right < 5 || wrong < 3) continue;
                var shown = magnitude ? $"|{atom.Name}|" : atom.Name;
                if (wrongLow > rightHigh) return $"{shown} > {Cut(rightHigh, wrongLow)}";
                if (wrongHigh < rightLow) return $"{shown} < {Cut(wrongHigh, rightLow)}";
            }
        return null;

        // The roundest number between the two.
        static string Cut(double low, double high)
        {
            for (var digits = 0; digits < 6; digits++)
                if (Math.Round((low + high) / 2, digits) is var cut && low <= cut && cut <= high) return Diagnosis.Factor.Round(cut == 0 ? 0 : cut) is "-0" ? "0" : cut.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
            return Diagnosis.Factor.Round(low);
        }
    }
}
