using System.Globalization;
using Backprop.Verify;

namespace Backprop.Claims;

/// <summary>How the sizes of a case relate.</summary>
public enum Sizes
{
    /// <summary>All letters differ: a transpose cannot hide.</summary>
    Distinct,

    /// <summary>All letters are equal: where a wrong formula may survive.</summary>
    Equal,
}

/// <summary>One case of a claim: draws inputs and remembers them for the counterexample.</summary>
/// <remarks>Small sizes and short decimals come first, so that the first counterexample found is a small one. All tensors are float64 on the CPU.</remarks>
public sealed class Trial
{
    private static readonly long[] Small = [1, 2, 3, 4, 5, 6, 7, 8];
    private readonly Random _random;
    private readonly Sizes _mode;
    private readonly int _level;
    private readonly bool _short;
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);
    private readonly List<string> _inputs = [];
    private readonly long[] _order;

    internal Trial(int seed, Sizes mode, int number)
    {
        _random = new(seed);
        _mode = mode;
        _level = number / 4;
        _short = number % 2 == 0;
        _order = [.. Small];
        // Later cases shuffle more of the sizes in: case 0 has the smallest.
        _random.Shuffle(_order.AsSpan(0, Math.Min(_order.Length, 2 + _level)));
    }

    /// <summary>The letters that were asked for, with their sizes.</summary>
    internal IReadOnlyDictionary<string, long> Letters => _sizes;

    /// <summary>What was drawn, a line each.</summary>
    internal IReadOnlyList<string> Inputs => _inputs;

    /// <summary>Another draw from the same seed, for procedures that need numbers of their own.</summary>
    public Random Random => _random;

    /// <summary>The size that this letter has in this case, at least <paramref name="least"/>; the same each time it is asked for.</summary>
    public long Size(string letter, long least = 1)
    {
        if (_sizes.TryGetValue(letter, out var size)) return size;
        size = _mode == Sizes.Equal ? Math.Max(least, 2 + _level % 3) : _order.Append(_order.Max() + 1 + _sizes.Count).First(candidate => candidate >= least && !_sizes.ContainsValue(candidate));
        _inputs.Add(string.Create(CultureInfo.InvariantCulture, $"{letter} = {size}"));
        return _sizes[letter] = size;
    }

    /// <summary>Real numbers, about −2 to 2: short decimals in every other case.</summary>
    public Tensor Real(string name, params long[] shape) => Drawn(name, shape, () => Number());

    /// <summary>Positive numbers, 0.1 to 3.</summary>
    public Tensor Positive(string name, params long[] shape) => Drawn(name, shape, () => Between(0.1, 3));

    /// <summary>Real numbers uniformly between two limits.</summary>
    public Tensor Uniform(string name, double low, double high, params long[] shape) => Drawn(name, shape, () => Between(low, high));

    /// <summary>Multiples of 0.37 between −2.22 and 2.22: never apart by exactly 1, so that no margin s_j − s_y + 1 is at its kink.</summary>
    public Tensor OffMargin(string name, params long[] shape) => Drawn(name, shape, () => _random.Next(-6, 7) * 0.37);

    /// <summary>Rows of probabilities along the last dimension, all positive.</summary>
    public Tensor Probabilities(string name, params long[] shape)
    {
        var raw = Tensor(shape, () => Between(0.1, 1));
        return Remember(name, raw / raw.sum(-1L, keepdim: true));
    }

    /// <summary>One label below <paramref name="classes"/>.</summary>
    public long Label(string name, long classes)
    {
        var label = _random.NextInt64(classes);
        _inputs.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {label}"));
        return label;
    }

    /// <summary>One label below <paramref name="classes"/>, of which there are at least two, that is not <paramref name="label"/>.</summary>
    public long OtherLabel(string name, long classes, long label)
    {
        var other = (label + 1 + _random.NextInt64(classes - 1)) % classes;
        _inputs.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {other}"));
        return other;
    }

    /// <summary>Labels below <paramref name="classes"/>, int64.</summary>
    public Tensor Labels(string name, long count, long classes) =>
        Remember(name, torch.tensor(Enumerable.Range(0, (int)count).Select(_ => _random.NextInt64(classes)).ToArray(), [count], torch.int64));

    /// <summary>One-hot rows, of the given shape.</summary>
    public Tensor OneHot(string name, params long[] shape)
    {
        var count = shape[..^1].Aggregate(1L, (product, size) => product * size);
        var labels = torch.tensor(Enumerable.Range(0, (int)count).Select(_ => _random.NextInt64(shape[^1])).ToArray(), [count], torch.int64);
        return Remember(name, torch.nn.functional.one_hot(labels, shape[^1]).to_type(torch.float64).reshape(shape));
    }

    /// <summary>A plain number.</summary>
    public double Scalar(string name, double low = -2, double high = 2)
    {
        var number = _short ? Math.Round(Between(low, high), 1) : Between(low, high);
        _inputs.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {number:R}"));
        return number;
    }

    private double Number() => _short ? _random.Next(-4, 5) * 0.5 : Between(-2, 2);

    private double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    private Tensor Drawn(string name, long[] shape, Func<double> next) => Remember(name, Tensor(shape, next));

    /// <summary>Lists a tensor with what was drawn: one that is made of draws.</summary>
    internal Tensor Remember(string name, Tensor tensor)
    {
        _inputs.Add($"{name} = {Show(tensor)}");
        return tensor;
    }

    private static Tensor Tensor(long[] shape, Func<double> next)
    {
        var numbers = new double[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = next();
        return Host.Tensor(numbers, shape, torch.float64, torch.CPU);
    }

    /// <summary>Without the sign of −0, which is another's with another libtorch.</summary>
    private static string Show(Tensor tensor) => Literal.Of(tensor + 0, "G6");
}
