using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>For losses: changes the inputs at one place along a dimension, and looks at the gradient at the others.</summary>
internal sealed class DependenceDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        // Where there is more than one output entry the Jacobian tells more.
        if (scene.Samples[0].Dys.Sum(dy => dy.Numbers.Length) != 1 || ScaleDetector.Ratios(scene, g) is not null) yield break;
        var name = "d" + evidence.InputName(g);
        foreach (var letter in scene.Letters.Where(letter => Array.IndexOf(scene.Labels(g), letter) >= 0))
        {
            int mixed = 0, apart = 0, asked = 0;
            foreach (var s in scene.Wrong(g).Take(3))
                if (scene.Samples[s].Sizes[letter] > 1 && Changes(scene, g, s, letter) is { } changes)
                {
                    asked++;
                    if (changes.Hand && !changes.Truth) mixed++;
                    if (changes.Truth && !changes.Hand) apart++;
                }
            if (asked == 0 || (mixed < asked && apart < asked)) continue;
            yield return mixed > 0
                ? new(CauseCode.Coupling, Plausibility.Search + 8, 0, $"{name} mixes places along {letter} that are independent.", $"when the inputs change at one place along {letter}, {name} changes at the others; the true one does not, {asked} samples", $"treat the places along {letter} apart",
                    $"Change the inputs at one place along {letter}: at which others does {name} change?")
                : new(CauseCode.Coupling, Plausibility.Search + 9, 0, $"{name} keeps places along {letter} apart that depend on each other.", $"when the inputs change at one place along {letter}, the true gradient changes at the others; {name} does not, {asked} samples", $"take into account how they depend on each other",
                    $"Change the inputs at one place along {letter}: at which others does the true gradient change?");
            if (mixed > 0) yield return new(CauseCode.Axis, Plausibility.Search + 10, 0, $"{name} sums, averages or normalises along {letter}, over which the forward pass does not.", $"{name} depends on other places along {letter}", "look for a sum, mean or softmax with the wrong dimension");
            yield break;
        }
    }

    private static (bool Hand, bool Truth)? Changes(Scene scene, int g, int s, string letter)
    {
        using var scope = torch.NewDisposeScope();
        var sample = scene.Samples[s];
        var moved = sample.Tensors.Select((tensor, i) => scene.IsIndex(i) || Array.IndexOf(scene.InputLabels(i), letter) is not (>= 0 and var axis) ? tensor : Moved(tensor, sample.Inputs[i], axis)).ToList();
        if (scene.Evidence.Laboratory.Hand(moved, sample.Cotangents) is not { } hand || scene.Evidence.Laboratory.Truth(moved, sample.Cotangents) is not { } truth) return null;
        var at = Array.IndexOf(scene.Labels(g), letter);
        return (Differs(sample.Hand[g], hand[g]), Differs(sample.Truth[g], truth[g]));

        bool Differs(Block before, Block after) => Enumerable.Range(0, before.Numbers.Length).Where(e => Host.Index(before.Shape, e)[at] != 0).Any(e => !(Math.Abs(before.Numbers[e] - after.Numbers[e]) <= 1e-9 * before.Greatest));
    }

    /// <summary>The entries at place 0 are those at place 1, turned a little.</summary>
    private static Tensor Moved(Tensor tensor, Block block, int axis)
    {
        var stride = block.Shape[(axis + 1)..].Aggregate(1L, (product, size) => product * size);
        double[] numbers = [.. block.Numbers.Select((number, e) => Host.Index(block.Shape, e)[axis] == 0 ? 0.7 * number + 0.2 * block.Numbers[e + stride] : number)];
        return Host.Tensor(numbers, block.Shape, tensor.dtype, tensor.device);
    }
}
