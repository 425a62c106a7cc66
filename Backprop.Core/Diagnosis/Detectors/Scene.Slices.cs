namespace Backprop.Diagnosis;

internal sealed partial class Scene
{
    private readonly Dictionary<string, Sample?> _cuts = new(StringComparer.Ordinal);

    /// <summary>The letters that are sizes of their own.</summary>
    internal IEnumerable<string> Letters => Samples[0].Sizes.Keys;

    /// <summary>A sample with only some places along a letter's dimension; null where the passes do not take it.</summary>
    internal Sample? Cut(int s, string letter, long[] places)
    {
        var key = $"{s} {letter} {string.Join(',', places)}";
        return _cuts.TryGetValue(key, out var known) ? known : _cuts[key] = Made(s, letter, places);
    }

    private Sample? Made(int s, string letter, long[] places)
    {
        var sample = Samples[s];
        // A letter that bounds an index, or is part of a product such as 4*H, cannot be cut.
        if (Evidence.Specimen.Inputs.Where((_, i) => IsIndex(i)).Any(input => input.Shape[^1] == letter) || Evidence.Specimen.Inputs.Any(input => input.Shape.Any(size => size.Contains('*', StringComparison.Ordinal) && size.Contains(letter, StringComparison.Ordinal)))) return null;
        var at = torch.tensor(places, torch.int64);
        Tensor[] inputs = [.. sample.Tensors.Select((tensor, i) => Taken(tensor, _inputLabels[i]))];
        Tensor[] dys = [.. sample.Cotangents.Select((tensor, o) => Taken(tensor, _outputLabels[o]))];
        if (Evidence.Laboratory.Outputs(inputs) is not { } outputs || outputs.Count != dys.Length || outputs.Where((y, o) => !y.Shape.AsSpan().SequenceEqual(dys[o].shape)).Any()) return null;
        if (Evidence.Laboratory.Truth(inputs, dys) is not { } truth || Evidence.Laboratory.Hand(inputs, dys) is not { } hand) return null;
        var sizes = new Dictionary<string, long>(sample.Sizes, StringComparer.Ordinal) { [letter] = places.Length };
        return new(sample.Case with { Sizes = sizes }, [.. inputs.Select((tensor, i) => Block.Of(sample.Inputs[i].Name, tensor))], [.. outputs.Select((y, o) => y with { Name = sample.Outputs[o].Name })],
            [.. dys.Select((dy, o) => Block.Of(sample.Dys[o].Name, dy))], hand, truth, inputs, dys);

        Tensor Taken(Tensor tensor, string[] labels)
        {
            for (var d = 0; d < labels.Length; d++)
                if (labels[d].TrimEnd('\'') == letter) tensor = tensor.index_select(d, at.to(tensor.device));
            return tensor;
        }
    }
}
