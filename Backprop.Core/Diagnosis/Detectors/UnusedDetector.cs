using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>The result does not respond to an input at all, however far it moves: Forward reads something else in its place.</summary>
internal sealed class UnusedDetector : IDetector
{
    /// <summary>Far enough to open whatever gate the function has.</summary>
    private static readonly double[] Strides = [-30, -3, 0.1, 3, 30];

    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        if (evidence.Samples.Any(sample => sample.Truth[g].Greatest != 0) || evidence.Samples.All(sample => sample.Hand[g].Greatest == 0) || evidence.Samples.Any(sample => Responds(evidence, sample, g))) yield break;
        var name = evidence.InputName(g);
        yield return new(CauseCode.GraphCut, Plausibility.Simple, 0, $"d{name} is right only if the result depended on {name}: Forward does not respond to it.",
            $"autograd and differences are 0, and the result is the same for {name} as far as 30 away", $"let Forward use {name} itself: not a copy of it, made at an earlier call or outside", $"What happens to the result when {name} is ten times as large?");
    }

    private static bool Responds(Evidence evidence, Sample sample, int g)
    {
        var place = evidence.Specimen.Places[g];
        return Strides.Any(stride => evidence.Laboratory.Outputs([.. sample.Tensors.Select((one, i) => i == place ? one + stride : one)]) is { } outputs
            && outputs.Zip(sample.Outputs).Any(pair => !Host.SameBits(pair.First.Numbers, pair.Second.Numbers)));
    }
}

/// <summary>Ignored labels and indices: counted as if they named a row.</summary>
internal sealed class IgnoredDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        for (var place = 0; place < evidence.Specimen.Inputs.Count; place++)
        {
            if (evidence.Specimen.Inputs[place] is not { Ignored: { } ignored } input) continue;
            foreach (var (what, row) in new (string, Func<Sample, long>)[] { ("the last row", sample => SizeProduct.Value(input.Shape[^1], sample.Sizes) - 1), ("row 0", _ => 0L) })
            {
                var fits = evidence.Samples.Select(sample => Fits(evidence, sample, g, place, ignored, row(sample))).ToList();
                if (fits.Contains(false) || !fits.Contains(true)) continue;
                var name = "d" + evidence.InputName(g);
                yield return new(CauseCode.Mask, Plausibility.Simple + 1, 0, $"{name} counts the ignored entries of {input.Name} ({ignored}) as if they were {what}.",
                    $"with {ignored} replaced by {what} the true gradient is the one given", $"leave out where {input.Name} is {ignored}", $"What does {name} hold for entries of {input.Name} that are {ignored}?");
            }
        }
    }

    /// <summary>Null where nothing is ignored, so that nothing shows.</summary>
    private static bool? Fits(Evidence evidence, Sample sample, int g, int place, long ignored, long row)
    {
        var labels = sample.Tensors[place];
        if (labels.eq(ignored).any().item<bool>() is false) return null;
        var replaced = torch.where(labels.eq(ignored), torch.full_like(labels, row), labels);
        return evidence.Laboratory.Truth([.. sample.Tensors.Select((one, i) => i == place ? replaced : one)], sample.Cotangents) is { } truth && Fit.Same(truth[g].Numbers, sample.Hand[g].Numbers);
    }
}
