namespace Backprop.Verify;

internal static partial class Draw
{
    /// <summary>The entries, row by row, of an input whose kind says no more than where they lie.</summary>
    private static double[] Numbers(Input input, long[] sizes, Values values, Random random)
    {
        var count = Count(sizes);
        return input.Kind switch
        {
            InputKind.Positive => Fill(count, () => Positive(values, random)),
            InputKind.Range => Fill(count, () => Between(input.Low, input.High, values, random)),
            InputKind.UnitNorm => ByRow(Fill(count, () => values == Values.Ties ? Real(values, random) : Normal(random)), sizes, Normalise),
            InputKind.OneHot => ByRow(new double[count], sizes, row => row[random.Next(row.Length)] = 1),
            _ => Fill(count, () => Real(values, random)),
        };
    }

    /// <summary>From 0.1 to 3, by halves where ties are asked for.</summary>
    private static double Positive(Values values, Random random) => values switch
    {
        Values.Ties => random.Next(1, 7) * 0.5,
        Values.Short => random.Next(1, 31) / 10.0,
        _ => 0.1 + 2.9 * random.NextDouble(),
    };

    /// <summary>Uniform; each end one time in eight, since what is special in a range is at its ends.</summary>
    private static double Between(double low, double high, Values values, Random random)
    {
        var end = random.Next(8);
        var inside = values == Values.Ties ? random.Next(0, 5) / 4.0 : random.NextDouble();
        var number = end == 0 ? low : end == 1 ? high : low + (high - low) * inside;
        // Two digits of the width.
        if (values == Values.Short && end > 1) number = Math.Round(number, Math.Clamp(1 - (int)Math.Floor(Math.Log10(high - low)), 0, 15));
        // high itself where low and high are not in order, which is the caller's to refuse.
        return Math.Max(low, Math.Min(high, number));
    }

    /// <summary>Ids with repeats on purpose in three cases of four, as soon as there is room for one: a word that comes twice is where gradients are lost.</summary>
    private static long[] Repeating(long count, long bound, Random random)
    {
        var ids = new long[count];
        var repeats = random.Next(4) != 0;
        for (var i = 0; i < ids.Length; i++) ids[i] = repeats && i > 0 && random.Next(3) == 0 ? ids[random.Next(i)] : random.NextInt64(Math.Max(1, bound));
        if (repeats && count > 1 && ids.Distinct().Count() == count) ids[random.Next(1, ids.Length)] = ids[0];
        return ids;
    }

    /// <summary>One id in six is ignored instead, but never all of them: the mean of none is undefined.</summary>
    private static long[] Ignore(long[] ids, long? ignored, Random random)
    {
        if (ignored is not { } value || ids.Length < 2) return ids;
        var kept = random.Next(ids.Length);
        for (var i = 0; i < ids.Length; i++) if (i != kept && random.Next(6) == 0) ids[i] = value;
        return ids;
    }

    private delegate void RowChange(Span<double> row);

    private static double[] ByRow(double[] numbers, long[] sizes, RowChange change)
    {
        var length = sizes.Length == 0 ? 1 : (int)sizes[^1];
        for (var start = 0; start < numbers.Length; start += length) change(numbers.AsSpan(start, length));
        return numbers;
    }

    /// <summary>A row of zeros becomes its first corner.</summary>
    private static void Normalise(Span<double> row)
    {
        var squares = 0.0;
        foreach (var entry in row) squares += entry * entry;
        if (squares == 0) row[0] = squares = 1;
        foreach (ref var entry in row) entry /= Math.Sqrt(squares);
    }
}
