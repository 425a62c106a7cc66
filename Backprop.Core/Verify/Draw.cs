namespace Backprop.Verify;

/// <summary>Draws cases, and the inputs of a case. Everything comes from the seed; libtorch's generator is not touched.</summary>
internal static partial class Draw
{
    /// <summary>Different primes hide neither a transpose nor a factor.</summary>
    private static readonly long[] Coprime = [2, 3, 5, 7, 11, 13];

    /// <summary>Case <paramref name="number"/> of a run: in every fifth one letter in turn, the batch first, is 1, every seventh is empty, every ninth case has equal sizes, every third lies transposed.</summary>
    internal static Case Case(Subject subject, int seed, int number)
    {
        var random = new Random(unchecked((seed * 397) ^ (number * 7919) ^ Hash(subject.Name)));
        long[] primes = [.. Coprime.Take(Math.Max(4, subject.Letters.Count))];
        random.Shuffle(primes);
        var equal = number % 9 == 7;
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (letter, i) in subject.Letters.Select((letter, i) => (letter, i))) sizes[letter] = equal ? primes[0] : primes[i];
        if (subject.Letters.Count > 0 && number % 5 == 3) sizes[subject.Letters[number / 5 % subject.Letters.Count]] = 1;
        if (subject.MayBeEmpty is { } batch && sizes.ContainsKey(batch) && number % 7 == 6) sizes[batch] = 0;
        foreach (var (letter, size) in subject.FixedSizes) sizes[letter] = size;
        return new(random.Next(), sizes, subject.Values[number % subject.Values.Count], number % 3 == 2 ? Layout.Transposed : Layout.Dense);
    }

    /// <summary>The inputs of a case, in the subject's order.</summary>
    internal static IReadOnlyList<Tensor> Inputs(Subject subject, Case @case, torch.ScalarType dtype, torch.Device device) => Inputs(subject.Inputs, @case, dtype, device);

    /// <summary>These inputs in a case, in order.</summary>
    internal static IReadOnlyList<Tensor> Inputs(IReadOnlyList<Input> inputs, Case @case, torch.ScalarType dtype, torch.Device device)
    {
        var random = new Random(@case.Seed);
        return [.. inputs.Select(input => One(input, @case, random, dtype, device))];
    }

    /// <summary>A cotangent of this shape: normal, of either sign, never near 0; another for each salt.</summary>
    internal static Tensor Cotangent(Case @case, IReadOnlyList<long> shape, torch.ScalarType dtype, torch.Device device, int salt)
    {
        var random = new Random(unchecked(@case.Seed + 1_000_003 * (salt + 1)));
        return Lay(Host.Tensor(Fill(Count(shape), () => @case.Values == Values.Short ? Real(Values.Short, random) : Normal(random) is var x ? x + Math.CopySign(0.25, x) : 0), shape, dtype, device), @case.Layout);
    }

    /// <summary>Which entries of <paramref name="count"/> to take when there are more than <paramref name="most"/>; null for all.</summary>
    internal static HashSet<int>? Sample(Case @case, int count, int most) =>
        count <= most ? null : [.. new Random(@case.Seed).GetItems(Enumerable.Range(0, count).ToArray(), most)];

    private static Tensor One(Input input, Case @case, Random random, torch.ScalarType dtype, torch.Device device)
    {
        var sizes = input.Shape.Select(size => SizeProduct.Value(size, @case.Sizes)).ToArray();
        switch (input.Kind)
        {
            case InputKind.Given:
                var given = input.Source!(@case);
                return given.dtype == torch.int64 ? given.to(device) : given.to(dtype, device);
            case InputKind.Labels:
                long[] shape = sizes[..^1];
                var labels = new long[Count(shape)];
                for (var i = 0; i < labels.Length; i++) labels[i] = random.NextInt64(Math.Max(1, sizes[^1]));
                return torch.tensor(Ignore(labels, input.Ignored, random), shape, torch.int64).to(device);
            case InputKind.Indices:
                long[] places = sizes[..^1];
                return torch.tensor(Ignore(Repeating(Count(places), sizes[^1], random), input.Ignored, random), places, torch.int64).to(device);
            case InputKind.Probabilities:
                return Lay(Rows(sizes, () => 0.1 + random.NextDouble(), dtype, device), @case.Layout);
            case InputKind.Distributions:
                var oneHot = random.Next(2) == 0;
                var turn = 0;
                return Rows(sizes, () => oneHot ? (turn++ + @case.Seed % sizes[^1]) % sizes[^1] == 0 ? 1 : 0 : random.Next(3) == 0 ? 0 : random.NextDouble(), dtype, device);
            case InputKind.Fixed:
                // A copy: whoever changes its input, or disposes of it, must not do so to the caller's.
                var value = input.Value!.detach();
                return (value.is_floating_point() ? value.to(dtype, device) : value.to(device)).clone();
            default:
                return Lay(Host.Tensor(Numbers(input, sizes, @case.Values, random), sizes, dtype, device), @case.Layout);
        }
    }

    /// <summary>Rows that sum to 1; a row of zeros becomes its first corner.</summary>
    private static Tensor Rows(long[] sizes, Func<double> next, torch.ScalarType dtype, torch.Device device)
    {
        var numbers = Fill(Count(sizes), next);
        var classes = (int)sizes[^1];
        for (var start = 0; start < numbers.Length; start += classes)
        {
            var row = numbers.AsSpan(start, classes);
            var sum = Sum(row);
            if (sum == 0) row[0] = sum = 1;
            foreach (ref var entry in row) entry /= sum;
        }
        return Host.Tensor(numbers, sizes, dtype, device);
    }

    private static double Real(Values values, Random random) => values switch
    {
        Values.Ties => random.Next(-4, 5) * 0.5,
        Values.Wide => 10 * Normal(random),
        Values.Short => random.Next(1, 21) * (random.Next(2) * 2 - 1) / 10.0,
        Values.Small => 1e-4 * Normal(random),
        Values.Extreme => 1e4 * random.Next(-1, 2) + (random.Next(4) == 0 ? 0 : Normal(random)),
        _ => Normal(random),
    };

    private static Tensor Lay(Tensor dense, Layout layout) => layout switch
    {
        Layout.Transposed when dense.dim() == 2 => dense.t().contiguous().t(),
        Layout.Strided when dense.dim() > 0 => torch.stack([dense, torch.zeros_like(dense)], -1).select(-1, 0),
        _ => dense,
    };

    /// <summary>Box and Muller's.</summary>
    internal static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Fill(long count, Func<double> next)
    {
        var numbers = new double[count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = next();
        return numbers;
    }

    private static double Sum(ReadOnlySpan<double> numbers)
    {
        var sum = 0.0;
        foreach (var number in numbers) sum += number;
        return sum;
    }

    private static long Count(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>FNV-1a: unlike string.GetHashCode the same in every process.</summary>
    internal static int Hash(string text) => unchecked((int)text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u));
}
