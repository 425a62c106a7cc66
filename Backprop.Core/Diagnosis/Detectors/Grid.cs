namespace Backprop.Diagnosis;

/// <summary>Numbers whose dimensions have names, so that a product knows which of them to match and which to sum over.</summary>
/// <param name="Labels">One for each dimension, all different; those that come from a letter are that letter.</param>
/// <param name="Sizes">One for each dimension.</param>
/// <param name="Numbers">The entries, row by row.</param>
internal sealed record Grid(string[] Labels, int[] Sizes, double[] Numbers)
{
    internal static Grid Scalar(double value) => new([], [], [value]);

    internal bool Has(string label) => Array.IndexOf(Labels, label) >= 0;

    internal int Size(string label) => Array.IndexOf(Labels, label) is >= 0 and var at ? Sizes[at] : 1;

    internal Grid Map(Func<double, double> f) => this with { Numbers = Array.ConvertAll(Numbers, number => f(number)) };

    /// <summary>The same entries with a dimension called something else.</summary>
    internal Grid Rename(string from, string to) => this with { Labels = Array.ConvertAll(Labels, label => label == from ? to : label) };

    /// <summary>Σ over <paramref name="label"/>, which is then gone.</summary>
    internal Grid Sum(string label) => Product([.. Labels.Where(one => one != label)], this);

    /// <summary>The mean over <paramref name="label"/>, which is then gone.</summary>
    internal Grid Mean(string label)
    {
        var size = Math.Max(1, Size(label));
        return Sum(label).Map(number => number / size);
    }

    /// <summary>Entry by entry, dimensions matched by name; <paramref name="other"/> must have no others.</summary>
    internal Grid With(Grid other, Func<double, double, double> f)
    {
        var spread = other.Spread(Labels, Sizes);
        var numbers = new double[Numbers.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = f(Numbers[i], spread[i]);
        return this with { Numbers = numbers };
    }

    /// <summary>The entries repeated over dimensions that this lacks; null when this has a dimension that is not asked for, or one of another size.</summary>
    internal double[]? TrySpread(string[] labels, int[] sizes)
    {
        for (var i = 0; i < Labels.Length; i++)
            if (Array.IndexOf(labels, Labels[i]) is var at && (at < 0 || sizes[at] != Sizes[i])) return null;
        return Spread(labels, sizes);
    }

    private double[] Spread(string[] labels, int[] sizes)
    {
        if (Labels.AsSpan().SequenceEqual(labels)) return Numbers;
        var result = new double[Count(sizes)];
        var walk = new Walk(labels, sizes, [this]);
        for (var i = 0; i < result.Length; i++, walk.Next()) result[i] = Numbers[walk.At[0]];
        return result;
    }

    /// <summary>The product of all factors, summed over every dimension that is not in <paramref name="labels"/>.</summary>
    internal static Grid Product(string[] labels, params Grid[] factors) =>
        Product(labels, Array.ConvertAll(labels, label => factors.Where(factor => factor.Has(label)).Select(factor => factor.Size(label)).DefaultIfEmpty(1).First()), factors);

    /// <summary>The same, of these sizes: repeated over dimensions that no factor has.</summary>
    internal static Grid Product(string[] labels, int[] sized, params Grid[] factors)
    {
        var all = labels.Concat(factors.SelectMany(factor => factor.Labels).Except(labels, StringComparer.Ordinal)).ToArray();
        int[] sizes = [.. sized, .. all.Skip(labels.Length).Select(label => factors.First(factor => factor.Has(label)).Size(label))];
        var numbers = new double[Count(sized)];
        var inner = Count(sizes[labels.Length..]);
        var walk = new Walk(all, sizes, factors);
        for (var i = 0; i < numbers.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < inner; j++, walk.Next())
            {
                var product = 1.0;
                for (var f = 0; f < factors.Length; f++) product *= factors[f].Numbers[walk.At[f]];
                sum += product;
            }
            numbers[i] = sum;
        }
        return new(labels, sized, numbers);
    }

    private static int Count(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);

    /// <summary>Goes through all entries of some dimensions, the last fastest, and knows where each grid is read.</summary>
    private sealed class Walk
    {
        private readonly int[] _sizes;
        private readonly int[] _index;
        private readonly int[][] _strides;

        internal Walk(string[] labels, int[] sizes, Grid[] grids)
        {
            _sizes = sizes;
            _index = new int[sizes.Length];
            At = new int[grids.Length];
            _strides = Array.ConvertAll(grids, grid => Strides(grid, labels));
        }

        /// <summary>Where each grid is read now.</summary>
        internal int[] At { get; }

        internal void Next()
        {
            for (var d = _sizes.Length - 1; d >= 0; d--)
            {
                var wrap = ++_index[d] == _sizes[d];
                var step = wrap ? _sizes[d] - 1 : -1;
                for (var f = 0; f < At.Length; f++) At[f] -= step * _strides[f][d];
                if (!wrap) return;
                _index[d] = 0;
            }
        }

        private static int[] Strides(Grid grid, string[] labels)
        {
            var strides = new int[labels.Length];
            var stride = 1;
            for (var i = grid.Labels.Length - 1; i >= 0; stride *= grid.Sizes[i], i--)
                if (Array.IndexOf(labels, grid.Labels[i]) is >= 0 and var at) strides[at] = stride;
            return strides;
        }
    }
}
