namespace Backprop.Diagnosis;

/// <summary>Where a gradient is a sum, one example at a time: what is wrong is then wrong entry by entry.</summary>
internal sealed class SliceDetector : IDetector
{
    private static readonly IDetector[] Inner = [new FormulaDetector(), new RatioDetector(), new MaskDetector(), new TermDetector()];

    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (ScaleDetector.Ratios(scene, g) is not null) yield break;
        foreach (var letter in scene.Letters.Where(letter => Array.IndexOf(scene.Labels(g), letter) < 0))
        {
            var samples = Enumerable.Range(0, scene.Count).Select(s => scene.Cut(s, letter, [0])).OfType<Sample>().ToList();
            if (samples.Count < 2) continue;
            var one = evidence with { Samples = samples };
            var inside = Scene.Of(one);
            if (inside.Wrong(g).Count == 0 || ScaleDetector.Ratios(inside, g) is not null) continue;
            foreach (var finding in Inner.SelectMany(detector => detector.Look(one, g)))
                yield return finding with { Rank = finding.Rank + 3, Evidence = $"with {letter} = 1: {finding.Evidence}" };
            yield break;
        }
    }
}
