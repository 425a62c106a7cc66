namespace Backprop.Diagnosis;

/// <summary>What an atom is, beyond its numbers: decides what its lack or surplus is called.</summary>
internal enum AtomKind
{
    /// <summary>An input, an output, or a function of one.</summary>
    Plain,

    /// <summary>Zeros and ones: a gate.</summary>
    Mask,

    /// <summary>A length or deviation: formulas divide by it.</summary>
    Divisor,

    /// <summary>Sums, means, softmaxes and the like along a dimension.</summary>
    Along,
}

/// <summary>A known tensor that a formula may contain: an input, an output, or a simple function of them.</summary>
/// <param name="Name">As it stands in a formula: "x", "(1 − y)".</param>
/// <param name="Cost">How far-fetched: 1 for an input.</param>
/// <param name="Source">The tensor that it is a function of.</param>
/// <param name="Function">Which function; empty for the tensor itself.</param>
/// <param name="Kind">What its lack is called.</param>
/// <param name="Values">One for each sample.</param>
internal sealed record Atom(string Name, int Cost, string Source, string Function, AtomKind Kind, Grid[] Values)
{
    /// <summary>The dimension that it goes along, for an atom of that kind.</summary>
    internal string Along { get; init; } = "";

    /// <summary>A sum, a mean: has fewer dimensions than its source.</summary>
    internal bool Reduced { get; init; }

    internal string[] Labels => Values[0].Labels;

    /// <summary>A gate, or one minus a gate.</summary>
    internal bool IsMask => Kind == AtomKind.Mask || Values.All(value => value.Numbers.All(number => number is 0 or 1));

    /// <summary>Whether <paramref name="part"/> is one side of the difference that this is.</summary>
    internal bool IsPart(Atom part) => Function == "centred" ? part.Source == Source : part.Function.Length == 0 && Source.Split('·').Contains(part.Source, StringComparer.Ordinal);

    /// <summary>Of inputs and outputs themselves and what lies nearest: may stand three in a product.</summary>
    internal bool Near => Cost <= 1 || Function is "normalised" or "1/deviation" or "softmax" or "1/length" or "1/rms";
}

/// <summary>All atoms of the evidence.</summary>
internal static class Atoms
{
    /// <summary>Functions of one number.</summary>
    private static readonly (string Function, string Name, AtomKind Kind, Func<double, double> Of)[] Scalar =
    [
        ("square", "{0}²", AtomKind.Plain, u => u * u),
        ("1 −", "(1 − {0})", AtomKind.Plain, u => 1 - u),
        ("1 +", "(1 + {0})", AtomKind.Plain, u => 1 + u),
        ("u(1 − u)", "{0}(1 − {0})", AtomKind.Plain, u => u * (1 - u)),
        ("1 − square", "(1 − {0}²)", AtomKind.Plain, u => 1 - u * u),
        ("1 + square", "(1 + {0}²)", AtomKind.Plain, u => 1 + u * u),
        ("1/(1 + square)", "1/(1 + {0}²)", AtomKind.Plain, u => 1 / (1 + u * u)),
        ("relu", "relu({0})", AtomKind.Plain, u => Math.Max(u, 0)),
        ("> 0", "[{0} > 0]", AtomKind.Mask, u => u > 0 ? 1 : 0),
        ("≤ 0", "[{0} ≤ 0]", AtomKind.Mask, u => u > 0 ? 0 : 1),
        ("sign", "sign({0})", AtomKind.Plain, u => Math.Sign(u)),
        ("abs", "|{0}|", AtomKind.Plain, Math.Abs),
        ("σ", "σ({0})", AtomKind.Plain, Logistic),
        ("1 − σ", "(1 − σ({0}))", AtomKind.Plain, u => Logistic(-u)),
        ("σ′", "σ′({0})", AtomKind.Plain, u => Logistic(u) * Logistic(-u)),
        ("tanh", "tanh({0})", AtomKind.Plain, Math.Tanh),
        ("tanh′", "tanh′({0})", AtomKind.Plain, u => 1 - Math.Tanh(u) * Math.Tanh(u)),
        ("exp", "exp({0})", AtomKind.Plain, Math.Exp),
        ("exp −", "exp(−{0})", AtomKind.Plain, u => Math.Exp(-u)),
        ("log", "log({0})", AtomKind.Plain, Math.Log),
        ("log + 1", "(log({0}) + 1)", AtomKind.Plain, u => Math.Log(u) + 1),
        ("root", "√{0}", AtomKind.Plain, Math.Sqrt),
        ("1/u", "1/{0}", AtomKind.Plain, u => 1 / u),
        ("1/u²", "1/{0}²", AtomKind.Plain, u => 1 / (u * u)),
        ("cube", "{0}³", AtomKind.Plain, u => u * u * u),
        ("sin", "sin({0})", AtomKind.Plain, Math.Sin),
        ("cos", "cos({0})", AtomKind.Plain, Math.Cos),
        ("softplus", "softplus({0})", AtomKind.Plain, u => Math.Max(u, 0) + Math.Log(1 + Math.Exp(-Math.Abs(u)))),
        ("Φ", "Φ({0})", AtomKind.Plain, Cdf),
        ("φ", "φ({0})", AtomKind.Plain, u => Math.Exp(-u * u / 2) / Math.Sqrt(2 * Math.PI)),
    ];

    /// <summary>Of what is not an input or output itself, but one product away from it.</summary>
    private static readonly string[] OfHidden = ["relu", "> 0", "≤ 0", "σ", "1 − σ", "σ′", "tanh", "tanh′", "1 − square", "u(1 − u)", "exp", "sign", "abs"];

    /// <summary>Atoms that are not proportional to an earlier one, the likeliest first.</summary>
    internal static IReadOnlyList<Atom> Of(Scene scene)
    {
        var all = new List<Atom>();
        var seen = new Dictionary<string, List<double[]>>(StringComparer.Ordinal);
        var raw = Raw(scene).ToList();
        foreach (var atom in raw) Add(atom);
        foreach (var atom in raw.ToList()) foreach (var one in Functions(atom, null)) Add(one);
        foreach (var atom in raw.Where(atom => atom.Labels.Length > 0 && atom.Function.Length == 0).ToList())
        {
            var along = Along(atom).ToList();
            foreach (var one in Stabilised.Of(scene, atom)) Add(one);
            foreach (var one in along) Add(one);
            foreach (var softmax in along.Where(one => one.Function == "softmax"))
            {
                foreach (var one in Functions(softmax, ["1 −", "u(1 − u)", "square", "log"])) Add(one);
                foreach (var one in Along(softmax).Where(one => one.Function == "softmax" && one.Along == softmax.Along)) Add(one);
            }
            foreach (var (function, twice) in new[] { ("σ", "σ′"), ("tanh", "tanh′"), ("σ", "σ") })
                foreach (var one in Functions(Functions(atom, [function]).Single(), [twice])) Add(one);
        }
        foreach (var hidden in Hidden(scene, raw).ToList())
        {
            Add(hidden);
            foreach (var one in Functions(hidden, OfHidden)) Add(one);
            foreach (var one in Along(hidden).Where(one => one.Function == "softmax")) Add(one);
        }
        return all;

        void Add(Atom atom)
        {
            // The first sample is enough to tell atoms apart; what is constant there is a factor, not an atom.
            var numbers = atom.Values[0].Numbers;
            if (atom.Values.Any(value => value.Numbers.Any(number => !double.IsFinite(number) || Math.Abs(number) > 1e9))) return;
            if (atom.Values.All(value => Constant(value.Numbers)) && atom.Labels.Length > 0) return;
            var key = string.Join(',', atom.Labels);
            if (!seen.TryGetValue(key, out var known)) seen[key] = known = [];
            if (known.Exists(other => Fit.Residual(other, numbers) < 1e-9)) return;
            known.Add(numbers);
            all.Add(atom);
        }
    }

    private static bool Constant(double[] numbers) => numbers.All(number => Math.Abs(number - numbers[0]) <= 1e-12 * Math.Abs(numbers[0]));

    /// <summary>Inputs, outputs, what indices choose; with the double of a dimension where a tensor has it twice.</summary>
    private static IEnumerable<Atom> Raw(Scene scene)
    {
        var samples = Enumerable.Range(0, scene.Count).ToArray();
        var inputs = scene.Evidence.Specimen.Inputs;
        var plain = new List<Atom>();
        for (var i = 0; i < inputs.Count; i++)
            plain.Add(scene.IsIndex(i)
                ? new($"onehot({inputs[i].Name})", 1, inputs[i].Name, "", AtomKind.Mask, Array.ConvertAll(samples, s => scene.OneHot(i, s)))
                : new(inputs[i].Name, 1, inputs[i].Name, "", AtomKind.Plain, Array.ConvertAll(samples, s => scene.Input(i, s))));
        for (var o = 0; o < scene.Samples[0].Outputs.Count; o++)
            plain.Add(new(scene.Samples[0].Outputs[o].Name, 1, scene.Samples[0].Outputs[o].Name, "", AtomKind.Plain, Array.ConvertAll(samples, s => scene.Output(o, s))));
        foreach (var (index, table) in scene.Gathers())
            plain.Add(new($"{inputs[table].Name}[{inputs[index].Name}]", 1, inputs[table].Name, "gathered", AtomKind.Plain, Array.ConvertAll(samples, s => scene.Gathered(index, table, s))));
        var doubled = scene.Doubled;
        return plain.Concat(plain.SelectMany(atom => doubled.Where(label => atom.Values[0].Has(label[..^1]) && !atom.Values[0].Has(label)).Select(label => Renamed(atom, label[..^1], label))))
            .Concat(plain.Where(atom => atom.Labels.Any(label => label.EndsWith('\''))).Select(Turned));
    }

    internal static Atom Renamed(Atom atom, string from, string label) => atom with { Values = Array.ConvertAll(atom.Values, value => value.Rename(from, label)) };

    /// <summary>A square matrix, transposed.</summary>
    internal static Atom Turned(Atom atom) => atom with
    {
        Name = atom.Name + "ᵀ",
        Function = "transposed",
        Values = Array.ConvertAll(atom.Values, value => value with { Labels = Array.ConvertAll(value.Labels, label => label.EndsWith('\'') ? label[..^1] : Array.IndexOf(value.Labels, label + "'") >= 0 ? label + "'" : label) }),
    };

    private static IEnumerable<Atom> Functions(Atom of, string[]? chosen)
    {
        foreach (var (function, name, kind, f) in Scalar)
            if (chosen is null || chosen.Contains(function, StringComparer.Ordinal))
                yield return new(string.Format(System.Globalization.CultureInfo.InvariantCulture, name, of.Name), of.Cost + 1, of.Source, function, kind, Array.ConvertAll(of.Values, value => value.Map(f)));
    }

    /// <summary>Along each dimension: softmax, centred, normalised, sums, lengths.</summary>
    private static IEnumerable<Atom> Along(Atom of)
    {
        foreach (var label in of.Labels)
        {
            var along = of.Labels.Length > 1 ? " over " + label : "";
            yield return New($"softmax({of.Name}){along}", "softmax", value => Softmax(value, value => value.Sum(label)), false);
            yield return New($"({of.Name} − mean{along})", "centred", value => value.With(value.Mean(label), (u, mean) => u - mean), false);
            yield return New($"normalised({of.Name}){along}", "normalised", value => Centred(value, label) is var c ? c.With(c.Map(u => u * u).Mean(label), (u, square) => u / Math.Sqrt(square + 1e-300)) : c, false);
            yield return New($"argmax({of.Name}){along}", "argmax", value => Argmax(value, label), false) with { Kind = AtomKind.Mask };
            yield return New($"Σ{of.Name}{along}", "sum", value => value.Sum(label), true);
            yield return New($"1/‖{of.Name}‖{along}", "1/length", value => value.Map(u => u * u).Sum(label).Map(square => 1 / Math.Sqrt(square)), true) with { Kind = AtomKind.Divisor };
            yield return New($"1/‖{of.Name}‖²{along}", "1/length²", value => value.Map(u => u * u).Sum(label).Map(square => 1 / square), true) with { Kind = AtomKind.Divisor };
            yield return New($"1/std({of.Name}){along}", "1/deviation", value => Centred(value, label).Map(u => u * u).Mean(label).Map(square => 1 / Math.Sqrt(square)), true) with { Kind = AtomKind.Divisor };
        }
        if (of.Labels.Length > 1) yield return New($"softmax({of.Name}) over everything", "softmax", value => Softmax(value, value => Grid.Scalar(value.Numbers.Sum())), false) with { Along = "everything" };

        Atom New(string name, string function, Func<Grid, Grid> f, bool reduced) =>
            new(name, of.Cost + 1, of.Source, function, AtomKind.Along, Array.ConvertAll(of.Values, value => f(value))) { Along = name.Contains(" over ", StringComparison.Ordinal) ? name[(name.LastIndexOf(' ') + 1)..] : of.Labels[0], Reduced = reduced };
    }

    internal static Grid Centred(Grid value, string label) => value.With(value.Mean(label), (u, mean) => u - mean);

    private static Grid Softmax(Grid value, Func<Grid, Grid> sum)
    {
        var greatest = value.Numbers.DefaultIfEmpty(0).Max();
        var exp = value.Map(u => Math.Exp(u - greatest));
        return exp.With(sum(exp), (u, total) => u / total);
    }

    private static Grid Argmax(Grid value, string label)
    {
        var axis = Array.IndexOf(value.Labels, label);
        var stride = value.Sizes[(axis + 1)..].Aggregate(1, (product, size) => product * size);
        var numbers = new double[value.Numbers.Length];
        for (var start = 0; start < numbers.Length; start++)
        {
            if (start / stride % value.Sizes[axis] != 0) continue;
            var best = start;
            for (var i = 1; i < value.Sizes[axis]; i++)
                if (value.Numbers[start + i * stride] > value.Numbers[best]) best = start + i * stride;
            numbers[best] = 1;
        }
        return value with { Numbers = numbers };
    }

    /// <summary>Products of two inputs over the dimension that they share, with a bias where there is one: what a hidden layer starts from.</summary>
    private static IEnumerable<Atom> Hidden(Scene scene, List<Atom> raw)
    {
        var inputs = raw.Where(atom => atom.Function is "" or "gathered" or "transposed" && atom.Kind == AtomKind.Plain && scene.Evidence.Specimen.Inputs.Any(input => input.Name == atom.Source)).ToList();
        for (var i = 0; i < inputs.Count; i++)
            for (var j = i + 1; j < inputs.Count; j++)
            {
                var (u, v) = (inputs[i], inputs[j]);
                var shared = u.Labels.Intersect(v.Labels, StringComparer.Ordinal).ToArray();
                if (shared.Length == 0 || u.Source == v.Source) continue;
                string[] rest = [.. u.Labels.Union(v.Labels, StringComparer.Ordinal).Except([shared[^1]], StringComparer.Ordinal)];
                var product = new Atom($"({u.Name}·{v.Name})", 2, $"{u.Source}·{v.Source}", "product", AtomKind.Plain, [.. u.Values.Select((value, s) => Grid.Product(rest, value, v.Values[s]))]);
                yield return product;
                if (u.Labels.Length == v.Labels.Length && shared.Length == u.Labels.Length)
                    yield return product with { Name = $"({u.Name} − {v.Name})", Function = "difference", Values = [.. u.Values.Select((value, s) => value.With(v.Values[s], (a, b) => a - b))] };
                if (rest.Length > 0 && shared.Length < Math.Max(u.Labels.Length, v.Labels.Length))
                {
                    yield return product with { Name = $"({u.Name}·{v.Name}/√{shared[^1]})", Function = "scaled product", Values = [.. product.Values.Select((value, s) => value.Map(number => number / Math.Sqrt(u.Values[s].Size(shared[^1]))))] };
                    foreach (var bias in inputs.Where(atom => atom.Labels.Length == 1 && atom.Labels[0] == rest[^1] && atom != u && atom != v))
                        yield return product with { Name = $"({u.Name}·{v.Name} + {bias.Name})", Values = [.. product.Values.Select((value, s) => value.With(bias.Values[s], (a, b) => a + b))] };
                }
            }
    }

    private static double Logistic(double u) => u >= 0 ? 1 / (1 + Math.Exp(-u)) : Math.Exp(u) / (1 + Math.Exp(u));

    /// <summary>Of the normal distribution, by the series or the continued fraction of the error function.</summary>
    internal static double Cdf(double u)
    {
        var z = Math.Abs(u) / Math.Sqrt(2);
        double tail;
        if (z < 3)
        {
            double term = z, sum = z;
            for (var n = 1; n < 200 && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
            {
                term *= -z * z / n;
                sum += term / (2 * n + 1);
            }
            tail = (1 - 2 / Math.Sqrt(Math.PI) * sum) / 2;
        }
        else
        {
            var fraction = z;
            for (var n = 60; n > 0; n--) fraction = z + n / 2.0 / fraction;
            tail = Math.Exp(-z * z) / Math.Sqrt(Math.PI) / fraction / 2;
        }
        return u >= 0 ? 1 - tail : tail;
    }
}
