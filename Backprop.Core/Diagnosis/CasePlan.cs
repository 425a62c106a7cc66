using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Which cases a specimen is put through.</summary>
internal static class CasePlan
{
    /// <summary>Distinct primes hide neither a transpose nor a factor; the others are for functions of many letters.</summary>
    private static readonly long[] Pool = [2, 3, 5, 7, 4, 6];

    private const int Primes = 4;

    private static readonly Values[] Turns = [Values.Ordinary, Values.Ordinary, Values.Ties, Values.Wide, Values.Ordinary, Values.Small, Values.Ordinary, Values.Ties, Values.Ordinary, Values.Wide];

    /// <summary>Case <paramref name="number"/> of the verdict: sizes all different, values and layouts in turn.</summary>
    internal static Case Random(Specimen specimen, int seed, int number, bool kinks)
    {
        var random = Source(specimen, seed, number);
        var values = Turns[number % Turns.Length];
        var layout = number % 5 == 3 ? Layout.Transposed : number % 7 == 4 ? Layout.Strided : Layout.Dense;
        return new(random.Next(), Sizes(specimen, random), values == Values.Ties && !kinks ? Values.Ordinary : values, layout);
    }

    /// <summary>A case for the detectors: ordinary values, sizes all different.</summary>
    internal static Case Generic(Specimen specimen, int seed, int number, Values values = Values.Ordinary)
    {
        var random = Source(specimen, seed, 100_003 + number);
        return new(random.Next(), Sizes(specimen, random), values, Layout.Dense);
    }

    /// <summary>The edge cases: each letter 1, all letters equal, an empty batch; those that the specimen's own bounds allow.</summary>
    internal static IEnumerable<Edge> Edges(Specimen specimen, int seed)
    {
        var number = 200_003;
        foreach (var letter in specimen.Letters)
            if (Allows(specimen, letter, 1)) yield return Edge(letter + " = 1", letter, 1);
        if (specimen.Letters is { Count: > 1 } letters && letters.Select(letter => specimen.Sizes.GetValueOrDefault(letter)).OfType<SizeRange>() is var ranges)
        {
            var (least, greatest) = (ranges.Select(range => range.Least).Append(2).Max(), ranges.Select(range => range.Greatest).Append(7).Min());
            if (Math.Max(3, least) is var size && size <= greatest)
            {
                var random = Source(specimen, seed, number++);
                yield return new("equal sizes", new(random.Next(), letters.ToDictionary(letter => letter, _ => size, StringComparer.Ordinal), Values.Ordinary, Layout.Dense), false);
            }
        }
        // Only the first letter of the first input is a batch as far as one can tell.
        if (specimen.Inputs.FirstOrDefault(input => input.Shape.Count > 1 || input.Kind is InputKind.Labels or InputKind.Indices) is { } first && specimen.Letters.Contains(first.Shape[0], StringComparer.Ordinal)
            && Allows(specimen, first.Shape[0], 0) && !specimen.Inputs.Any(input => input.Kind is InputKind.Labels or InputKind.Indices && input.Shape[^1] == first.Shape[0]))
            yield return Edge($"empty batch ({first.Shape[0]} = 0)", first.Shape[0], 0);

        Edge Edge(string what, string letter, long size)
        {
            var random = Source(specimen, seed, number++);
            return new(what, new(random.Next(), new Dictionary<string, long>(Sizes(specimen, random), StringComparer.Ordinal) { [letter] = size }, Values.Ordinary, Layout.Dense), size == 0);
        }
    }

    private static bool Allows(Specimen specimen, string letter, long size) => specimen.Sizes.GetValueOrDefault(letter) is not { } range || (range.Least <= size && size <= range.Greatest);

    private static Random Source(Specimen specimen, int seed, int number) => new(unchecked((seed * 397) ^ (number * 7919) ^ Draw.Hash(specimen.Name)));

    private static Dictionary<string, long> Sizes(Specimen specimen, Random random)
    {
        var letters = specimen.Letters;
        var pool = Pool[..Primes];
        random.Shuffle(pool);
        // Beyond the primes distinct sizes, and beyond those whatever there is.
        var free = pool.Concat(Pool[Primes..]).ToList();
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        // Bounded letters choose first: they have less to choose from.
        foreach (var letter in letters.OrderBy(letter => specimen.Sizes.TryGetValue(letter, out var range) ? range.Greatest - range.Least : long.MaxValue))
        {
            long size;
            if (specimen.Sizes.TryGetValue(letter, out var range))
            {
                var fitting = free.Where(one => range.Least <= one && one <= range.Greatest).ToList();
                size = fitting.Count > 0 ? fitting[0] : random.NextInt64(range.Least, range.Greatest + 1);
                for (var again = 0; again < 20 && fitting.Count == 0 && sizes.ContainsValue(size); again++) size = random.NextInt64(range.Least, range.Greatest + 1);
            }
            else size = free.Count > 0 ? free[0] : random.NextInt64(2, 8);
            free.Remove(size);
            sizes[letter] = size;
        }
        return sizes;
    }
}

/// <summary>An edge case.</summary>
/// <param name="What">E.g. "N = 1".</param>
/// <param name="Case">The case.</param>
/// <param name="Empty">Whether something in it is empty.</param>
internal sealed record Edge(string What, Case Case, bool Empty);
