using Backprop.Verify;

namespace Backprop.Diagnosis;

internal sealed partial class Scene
{
    /// <summary>Whether input <paramref name="i"/> points at rows or classes.</summary>
    internal bool IsIndex(int i) => Evidence.Specimen.Inputs[i].Kind is InputKind.Labels or InputKind.Indices;

    /// <summary>What the numbers of an index input count: the last letter of its shape.</summary>
    internal string Bound(int i) => Evidence.Specimen.Inputs[i].Shape[^1];

    /// <summary>An index input as rows with a single 1; the row of an ignored index is 0.</summary>
    internal Grid OneHot(int i, int s)
    {
        var block = Samples[s].Inputs[i];
        var bound = (int)SizeProduct.Value(Bound(i), Samples[s].Sizes);
        var numbers = new double[block.Numbers.Length * bound];
        for (var e = 0; e < block.Numbers.Length; e++)
            if (block.Numbers[e] >= 0 && block.Numbers[e] < bound) numbers[e * bound + (int)block.Numbers[e]] = 1;
        return new(Primed([.. _inputLabels[i], Bound(i)]), [.. block.Shape.Select(size => (int)size), bound], numbers);
    }

    /// <summary>The pairs of an index input and a real input whose rows it chooses from.</summary>
    internal IEnumerable<(int Index, int Table)> Gathers() =>
        from index in Enumerable.Range(0, Evidence.Specimen.Inputs.Count)
        where IsIndex(index)
        from table in Enumerable.Range(0, Evidence.Specimen.Inputs.Count)
        where !IsIndex(table) && _inputLabels[table] is [var first, ..] && first == Bound(index)
        select (index, table);

    /// <summary>The rows of a table that an index input chooses.</summary>
    internal Grid Gathered(int index, int table, int s) => Grid.Product([.. _inputLabels[index], .. _inputLabels[table].Skip(1)], OneHot(index, s), Input(table, s));

    /// <summary>The sums of class weights at the labels: what a weighted mean divides by.</summary>
    internal IEnumerable<(string Name, double[] Values)> WeightedSums()
    {
        foreach (var (index, table) in Gathers())
            if (_inputLabels[table].Length == 1 && Enumerable.Range(0, Count).Select(s => Gathered(index, table, s).Numbers.Sum()).ToArray() is var sums && sums.All(sum => sum > 0))
                yield return ($"Σ{Evidence.Specimen.Inputs[table].Name}[{Evidence.Specimen.Inputs[index].Name}]", sums);
    }
}
