using Backprop.Data;

namespace Backprop.Verify;

/// <summary>Subjects whose inputs are real data instead of drawn numbers.</summary>
public static class RealData
{
    /// <summary>The softmax classifier on batches of these images: which ones, the case's seed says.</summary>
    /// <remarks>Small weights, so that the probabilities are not all 0 and 1. An image is too long a row to be laid out otherwise or to be left out.</remarks>
    public static Subject SoftmaxClassifier(LabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var subject = Catalogue.Find("softmax-classifier")!;
        return subject with
        {
            Inputs = [.. subject.Inputs.Select(input => input.Name switch
            {
                "x" => input.From(@case => images.Pixels(Rows(@case))),
                "w" => input.From(@case => Draw.Cotangent(@case, [images.PixelsPerImage, images.Classes], torch.float64, torch.CPU, 3) * 0.05),
                "target" => input.From(@case => images.Labels(Rows(@case))),
                _ => input,
            })],
            Values = [Values.Ordinary],
            MayBeEmpty = null,
            FixedSizes = new Dictionary<string, long>(StringComparer.Ordinal) { ["D"] = images.PixelsPerImage, ["C"] = images.Classes },
        };

        IReadOnlyList<int> Rows(Case @case)
        {
            var random = new Random(@case.Seed);
            return [.. Enumerable.Range(0, (int)@case.Sizes["N"]).Select(_ => random.Next(images.Count))];
        }
    }
}
