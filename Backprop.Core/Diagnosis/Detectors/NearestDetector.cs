using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Right to some digits, or nothing that is known: then the nearest guess, and how far it is.</summary>
internal sealed class NearestDetector : IDetector
{
    private const double Small = 0.06;

    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        var name = "d" + evidence.InputName(g);
        double worst = 0, cosine = 1, entry = 0, share = 0, dot = 0, square = 0;
        var entries = 0;
        foreach (var s in Enumerable.Range(0, scene.Count))
        {
            var (a, t) = (scene.Hand(g, s), scene.Truth(g, s));
            var scale = scene.Samples[s].Truth[g].Greatest;
            worst = Math.Max(worst, Fit.Residual(a, t));
            if (Fit.Norm(t) > 0) cosine = Math.Min(cosine, Fit.Cosine(a, t));
            entry = Math.Max(entry, a.Zip(t).Select(pair => Math.Abs(pair.First - pair.Second)).DefaultIfEmpty(0).Max() / Math.Max(scale, double.Epsilon));
            share += a.Zip(t).Count(pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * scale);
            entries += a.Length;
            dot += Fit.Dot(a, t);
            square += Fit.Dot(t, t);
        }
        if (ScaleDetector.Ratios(scene, g) is null && worst <= Small && cosine > 0.998)
            yield return new(CauseCode.Approximate, worst <= 0.005 ? Plausibility.Search + 8 : Plausibility.Pattern, worst, $"{name} is right to {Digits(worst)}, but not to rounding: a table, a clamp, a rounded constant, or the derivative of an approximation.",
                $"relative error {Factor.Round(worst)} at most, {Factor.Round(100 * share / Math.Max(1, entries))} % of the entries exact, {scene.Count} samples", "use the exact derivative of what the forward pass computes, in its precision", $"{name} agrees in {Digits(worst)}: what in your formula is only nearly so?");
        yield return new(CauseCode.Unknown, Plausibility.Nearest, worst, $"{name} is wrong in a way that is not recognised; the nearest guess is {(square > 0 ? Factor.Round(dot / square) : "0")} times the true gradient, which is {Factor.Round(Math.Sqrt(Math.Max(0, 1 - cosine * cosine)))} away.",
            $"cosine {Factor.Round(cosine)} at least, {Factor.Round(100 * share / Math.Max(1, entries))} % of the entries right, {scene.Count} samples", "derive the gradient of the smallest case by hand, and compare");
    }

    private static string Digits(double error) => Math.Max(1, (int)-Math.Log10(Math.Max(error, 1e-12))) is var digits && digits == 1 ? "one digit" : $"{digits} digits";
}
