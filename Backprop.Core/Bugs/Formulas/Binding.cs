using Backprop.Verify;

namespace Backprop.Bugs.Formulas;

/// <summary>Which size each letter of an operation's shapes has: found from actual shapes, and refused where they contradict.</summary>
internal sealed class Binding
{
    private readonly Dictionary<string, long> sizes = new(StringComparer.Ordinal);
    private long[]? any;

    internal Binding()
    {
    }

    private Binding(Binding other)
    {
        sizes = new(other.sizes, StringComparer.Ordinal);
        any = other.any;
    }

    internal IReadOnlyDictionary<string, long> Sizes => sizes;

    internal Binding Copy() => new(this);

    /// <summary>Takes the shape of one input; false when it does not fit what is known.</summary>
    internal bool Take(Input input, long[] shape)
    {
        string[] pattern = [.. input.Kind is InputKind.Labels or InputKind.Indices ? input.Shape.SkipLast(1) : input.Shape];
        if (pattern is [Formula.Any, .. var rest])
        {
            if (shape.Length < rest.Length) return false;
            var leading = shape[..^rest.Length];
            if (any is not null && !ShapeFit.Same(any, leading)) return false;
            any = leading;
            pattern = rest;
            shape = shape[leading.Length..];
        }
        return pattern.Length == shape.Length && Enumerable.Range(0, shape.Length).All(i => Take(pattern[i], shape[i]));
    }

    private bool Take(string size, long actual)
    {
        var unknown = SizeProduct.Letters(size).Where(letter => !sizes.ContainsKey(letter)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count == 0) return SizeProduct.Value(size, sizes) == actual;
        if (unknown.Count > 1) return true;
        sizes[unknown[0]] = 1;
        var (whole, rest) = Math.DivRem(actual, SizeProduct.Value(size, sizes));
        sizes[unknown[0]] = whole;
        return rest == 0;
    }

    /// <summary>Letters and constants by name; "N" is the number of rows where the leading dimensions are free.</summary>
    internal IReadOnlyDictionary<string, double> Numbers(IReadOnlyDictionary<string, double> constants)
    {
        var numbers = new Dictionary<string, double>(constants, StringComparer.Ordinal);
        foreach (var (letter, size) in sizes) numbers[letter] = size;
        if (any is not null) numbers.TryAdd("N", ShapeFit.Count(any));
        return numbers;
    }
}
