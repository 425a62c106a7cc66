using System.Globalization;
using Backprop.Bugs;

namespace Backprop.Diagnosis;

/// <summary>A factor with a name.</summary>
/// <param name="Name">E.g. "1/N"; empty when it has none.</param>
/// <param name="Here">Its value in the first sample.</param>
/// <param name="Parts">How many numbers it is made of: the fewer, the likelier.</param>
/// <param name="Fixed">Whether it is the same number in all samples.</param>
internal sealed record Factor(string Name, double Here, int Parts, bool Fixed)
{
    internal bool Named => Name.Length > 0;

    /// <summary>As it stands in a sentence: "1/N (here 0.25)".</summary>
    internal string Text => !Named ? Round(Here) + (Fixed ? "" : " (another number in every sample)") : Name == Round(Here) ? Name : $"{Name} (here {Round(Here)})";

    internal static string Round(double number) => number.ToString("0.######", CultureInfo.InvariantCulture) is var text && text is not ("0" or "-0") ? text : number.ToString("G3", CultureInfo.InvariantCulture);
}

/// <summary>Finds out what a factor that was measured in every sample is made of: the sizes and constants of the problem.</summary>
internal sealed class Factors
{
    private const double Close = 1e-6;

    private static readonly (string Name, double Value)[] Plain =
    [
        ("1", 1), ("2", 2), ("1/2", 0.5), ("3", 3), ("1/3", 1.0 / 3), ("4", 4), ("1/4", 0.25), ("2/3", 2.0 / 3), ("3/2", 1.5), ("6", 6), ("1/6", 1.0 / 6), ("8", 8), ("1/8", 0.125),
        ("5", 5), ("1/5", 0.2), ("10", 10), ("1/10", 0.1), ("3/4", 0.75), ("4/3", 4.0 / 3), ("1/√2", Math.Sqrt(0.5)), ("√2", Math.Sqrt(2)), ("π", Math.PI), ("1/π", 1 / Math.PI), ("2π", 2 * Math.PI),
        ("1/√(2π)", 1 / Math.Sqrt(2 * Math.PI)), ("√(2π)", Math.Sqrt(2 * Math.PI)), ("√(2/π)", Math.Sqrt(2 / Math.PI)), ("√(π/2)", Math.Sqrt(Math.PI / 2)), ("ln 2", Math.Log(2)), ("1/ln 2", 1 / Math.Log(2)),
        ("ln 10", Math.Log(10)), ("1/ln 10", 1 / Math.Log(10)),
    ];

    private readonly List<(string Name, double[] Values, bool Size)> _numbers = [];
    private readonly int _count;

    internal Factors(Scene scene)
    {
        _count = scene.Count;
        foreach (var constant in scene.Evidence.Specimen.Constants) AddConstant(constant);
        foreach (var label in scene.Samples[0].Sizes.Keys) AddSize(label, [.. scene.Samples.Select(sample => sample.Sizes.TryGetValue(label, out var size) ? size : double.NaN)]);
        foreach (var (name, values) in Dimensions(scene))
            if (!_numbers.Exists(known => known.Size && Same(known.Values, values))) AddSize(name, values);
        AddTotals(scene);
    }

    /// <summary>What <paramref name="k"/>, one number for each sample, is; the sign included.</summary>
    internal Factor Name(IReadOnlyList<double> k)
    {
        var same = k.All(one => Near(one, k[0]));
        var sign = k[0] < 0 ? "−" : "";
        double[] size = [.. k.Select(one => k[0] < 0 ? -one : one)];
        // A number of the problem's own is likelier than the same number by chance, but 1, 2 and ½ need no other name.
        if (same && Array.Find(Plain, plain => Near(size[0], plain.Value)) is { Name: { } plainly } && (plainly is "1" or "2" or "1/2" || !Constants(size).Any())) return new(sign + plainly, k[0], 0, true);
        foreach (var (name, parts) in Candidates(size)) return new(sign + name, k[0], parts, same);
        return new("", k[0], same ? 4 : 8, same);
    }

    private IEnumerable<string> Constants(double[] size) => _numbers.Where(number => !number.Size && Same(number.Values, size)).Select(number => number.Name);

    private IEnumerable<(string Name, int Parts)> Candidates(double[] size)
    {
        foreach (var (name, values, _) in _numbers)
            if (Same(values, size)) yield return (name, 1);
        foreach (var (name, values, _) in _numbers)
            foreach (var (plain, value) in Plain.Take(9).Skip(1))
                if (Same(values, size, value)) yield return (name.StartsWith("1/", StringComparison.Ordinal) && !plain.Contains('/') ? plain + name[1..] : $"{plain}·{name}", 2);
        for (var i = 0; i < _numbers.Count; i++)
            for (var j = i; j < _numbers.Count; j++)
                foreach (var (plain, value) in Plain.Take(3))
                    if (Near(size[0], value * _numbers[i].Values[0] * _numbers[j].Values[0]) && Same(Fit.Times(_numbers[i].Values, _numbers[j].Values), size, value))
                        yield return ((plain == "1" ? "" : plain + "·") + Join(_numbers[i].Name, _numbers[j].Name), plain == "1" ? 2 : 3);
    }

    private static string Join(string a, string b) => (a.StartsWith("1/", StringComparison.Ordinal), b.StartsWith("1/", StringComparison.Ordinal)) switch
    {
        (false, true) => a + b[1..],
        (true, false) => b + a[1..],
        (true, true) => $"1/({a[2..]}·{b[2..]})",
        _ => $"{a}·{b}",
    };

    private void AddConstant(Constant constant)
    {
        var (name, c) = (constant.Name, constant.Value);
        Add(name, c);
        Add($"1/{name}", 1 / c);
        Add($"(1 − {name})", 1 - c);
        Add($"1/(1 − {name})", 1 / (1 - c));
        Add($"(1 + {name})", 1 + c);
        Add($"{name}²", c * c);
        Add($"1/{name}²", 1 / (c * c));
        if (c > 0)
        {
            Add($"√{name}", Math.Sqrt(c));
            Add($"1/√{name}", 1 / Math.Sqrt(c));
        }

        void Add(string what, double value)
        {
            if (double.IsFinite(value) && value != 0 && Math.Abs(Math.Abs(value) - 1) > Close) _numbers.Add((what, [.. Enumerable.Repeat(Math.Abs(value), _count)], false));
        }
    }

    private void AddSize(string name, double[] n)
    {
        if (!n.All(size => size > 0)) return;
        foreach (var (what, f) in new (string, Func<double, double>)[]
        {
            (name, size => size), ($"1/{name}", size => 1 / size), ($"√{name}", Math.Sqrt), ($"1/√{name}", size => 1 / Math.Sqrt(size)), ($"{name}²", size => size * size), ($"1/{name}²", size => 1 / (size * size)),
            ($"({name} − 1)", size => size - 1), ($"1/({name} − 1)", size => 1 / (size - 1)), ($"(1 − 1/{name})", size => 1 - 1 / size), ($"1/(1 − 1/{name})", size => size / (size - 1)), ($"({name} + 1)", size => size + 1),
        })
            if (Array.ConvertAll(n, size => f(size)) is var values && values.All(value => double.IsFinite(value) && value > 0) && !values.All(value => Near(value, 1))) _numbers.Add((what, values, true));
    }

    /// <summary>Dimensions that no letter stands for, and the number of entries of each tensor.</summary>
    private static IEnumerable<(string Name, double[] Values)> Dimensions(Scene scene)
    {
        var blocks = scene.Evidence.Specimen.Inputs.Select((input, i) => (input.Name, Of: (Func<Sample, Block>)(sample => sample.Inputs[i])))
            .Concat(scene.Samples[0].Outputs.Select((output, o) => (output.Name, Of: (Func<Sample, Block>)(sample => sample.Outputs[o])))).ToList();
        foreach (var (name, of) in blocks)
            for (var d = 0; d < of(scene.Samples[0]).Shape.Length; d++)
                yield return ($"{name}.shape[{d}]", [.. scene.Samples.Select(sample => (double)of(sample).Shape[d])]);
        foreach (var (name, of) in blocks)
            if (of(scene.Samples[0]).Shape.Length > 2) yield return ($"the number of entries of {name}", [.. scene.Samples.Select(sample => (double)of(sample).Numbers.Length)]);
    }

    /// <summary>Sums, means, norms and counts of the inputs: what a weighted mean divides by.</summary>
    private void AddTotals(Scene scene)
    {
        foreach (var (input, i) in scene.Evidence.Specimen.Inputs.Select((input, i) => (input, i)))
        {
            Total($"Σ{input.Name}", numbers => numbers.Sum());
            Total($"‖{input.Name}‖", Fit.Norm);
            Total($"‖{input.Name}‖²", numbers => Fit.Dot(numbers, numbers));
            Total($"the number of entries of {input.Name} that are not 0", numbers => numbers.Count(number => number != 0));
            Total($"the number of {input.Name} ≥ 0", numbers => numbers.Count(number => number >= 0));
            Total($"the number of different {input.Name}", numbers => numbers.Distinct().Count());

            void Total(string name, Func<double[], double> f)
            {
                double[] values = [.. scene.Samples.Select(sample => f(sample.Inputs[i].Numbers))];
                if (!values.All(value => double.IsFinite(value) && value > Close) || _numbers.Exists(known => Same(known.Values, values))) return;
                _numbers.Add((name, values, true));
                _numbers.Add(($"1/{name}", Array.ConvertAll(values, value => 1 / value), true));
            }
        }
        foreach (var (name, values) in scene.WeightedSums())
        {
            _numbers.Add((name, values, true));
            _numbers.Add(($"1/{name}", Array.ConvertAll(values, value => 1 / value), true));
        }
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Close * Math.Max(Math.Abs(a), Math.Abs(b));

    private static bool Same(double[] values, double[] size, double times = 1)
    {
        for (var i = 0; i < size.Length; i++)
            if (!(Math.Abs(values[i] * times - size[i]) <= Close * Math.Abs(size[i]))) return false;
        return true;
    }
}
