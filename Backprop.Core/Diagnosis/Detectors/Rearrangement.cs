namespace Backprop.Diagnosis;

/// <summary>The same numbers in other places.</summary>
/// <param name="Code">What a gradient that has them there is called.</param>
/// <param name="Words">After "is the true one …" or "with x …".</param>
/// <param name="Repair">One line.</param>
/// <param name="Apply">Shape and entries → the entries in their new places; null when it does not apply.</param>
internal sealed record Rearrangement(string Code, string Words, string Repair, Func<long[], double[], double[]?> Apply)
{
    private const int MostDimensions = 4;

    /// <summary>All of a tensor with these dimensions.</summary>
    /// <param name="labels">The names of the dimensions.</param>
    internal static IReadOnlyList<Rearrangement> Of(string[] labels)
    {
        var rank = labels.Length;
        return rank is 0 or > MostDimensions ? [] : [.. Transposes(rank), .. Flips(labels), .. Shifts(labels)];
    }

    private static IEnumerable<Rearrangement> Transposes(int rank)
    {
        foreach (var order in Orders(rank))
        {
            var words = rank == 2 ? "transposed" : $"with its dimensions in the order ({string.Join(", ", order)})";
            yield return new(Verify.CauseCode.Transpose, words, "transpose it back", (shape, numbers) => Permute(shape, numbers, order));
            yield return new(Verify.CauseCode.Transpose, words + ", by a reshape", "a reshape does not transpose: use a transpose", (shape, numbers) =>
            {
                long[] turned = [.. order.Select(d => shape[d])];
                return turned.AsSpan().SequenceEqual(shape) ? null : Permute(turned, numbers, Inverse(order));
            });
        }
    }

    private static IEnumerable<Rearrangement> Flips(string[] labels)
    {
        for (var set = 1; set < 1 << labels.Length; set++)
        {
            var axes = Enumerable.Range(0, labels.Length).Where(d => (set >> d & 1) == 1).ToArray();
            yield return new(Verify.CauseCode.Flipped, $"mirrored along {string.Join(" and ", axes.Select(d => labels[d]))}", "do not flip it (or flip it back)",
                (shape, numbers) => Move(shape, numbers, index => Array.ConvertAll(Enumerable.Range(0, index.Length).ToArray(), d => axes.Contains(d) ? shape[d] - 1 - index[d] : index[d])));
        }
    }

    private static IEnumerable<Rearrangement> Shifts(string[] labels)
    {
        foreach (var by in new[] { 1, -1, 2, -2 })
            for (var d = 0; d < labels.Length; d++)
                foreach (var around in new[] { false, true })
                {
                    var (axis, step) = (d, by);
                    yield return new(Verify.CauseCode.Shifted, $"moved by {Math.Abs(by)} along {labels[d]}{(around ? ", around the end" : "")}", "mind the offset: take each entry from its own place", (shape, numbers) =>
                        shape[axis] <= Math.Abs(step) ? null : Move(shape, numbers, index =>
                        {
                            var from = (long[])index.Clone();
                            from[axis] -= step;
                            if (!around && (from[axis] < 0 || from[axis] >= shape[axis])) return null;
                            from[axis] = (from[axis] + shape[axis]) % shape[axis];
                            return from;
                        }));
                }
    }

    /// <summary>Entry i of the result is the entry that <paramref name="from"/> says, or 0.</summary>
    private static double[] Move(long[] shape, double[] numbers, Func<long[], long[]?> from)
    {
        var result = new double[numbers.Length];
        for (var i = 0; i < result.Length; i++)
            if (from([.. Verify.Host.Index(shape, i)]) is { } index) result[i] = numbers[Flat(shape, index)];
        return result;
    }

    private static double[] Permute(long[] shape, double[] numbers, int[] order)
    {
        long[] turned = [.. order.Select(d => shape[d])];
        var result = new double[numbers.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var index = Verify.Host.Index(turned, i);
            var from = new long[shape.Length];
            for (var d = 0; d < order.Length; d++) from[order[d]] = index[d];
            result[i] = numbers[Flat(shape, from)];
        }
        return result;
    }

    private static long Flat(long[] shape, long[] index)
    {
        var flat = 0L;
        for (var d = 0; d < shape.Length; d++) flat = flat * shape[d] + index[d];
        return flat;
    }

    private static int[] Inverse(int[] order) => [.. Enumerable.Range(0, order.Length).Select(d => Array.IndexOf(order, d))];

    /// <summary>Every order of the dimensions but their own; of four or more only those that exchange two.</summary>
    private static IEnumerable<int[]> Orders(int rank)
    {
        var own = Enumerable.Range(0, rank).ToArray();
        for (var a = 0; a < rank; a++)
            for (var b = a + 1; b < rank; b++)
            {
                var order = (int[])own.Clone();
                (order[a], order[b]) = (order[b], order[a]);
                yield return order;
            }
        if (rank != 3) yield break;
        yield return [1, 2, 0];
        yield return [2, 0, 1];
    }
}
