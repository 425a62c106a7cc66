using System.Globalization;

namespace Backprop.Verify;

/// <summary>Where the real numbers of a case lie.</summary>
public enum Values
{
    /// <summary>Standard normal.</summary>
    Ordinary,

    /// <summary>Multiples of ½ between −2 and 2: equal entries, exact zeros, margins that are exactly 0.</summary>
    Ties,

    /// <summary>Normal with standard deviation 10.</summary>
    Wide,

    /// <summary>−10⁴, 0 and 10⁴, most of them with a normal number added.</summary>
    Extreme,

    /// <summary>Multiples of 0.1 between −2 and 2, without 0: short to print, and rarely equal.</summary>
    Short,

    /// <summary>Normal with standard deviation 10⁻⁴.</summary>
    Small,
}

/// <summary>How the inputs lie in memory.</summary>
public enum Layout
{
    /// <summary>Row by row.</summary>
    Dense,

    /// <summary>Matrices are views of their transposes: not contiguous.</summary>
    Transposed,

    /// <summary>Every second entry of a tensor twice as wide.</summary>
    Strided,
}

/// <summary>One case of a verification, complete: the same case always has the same inputs and cotangent.</summary>
/// <param name="Seed">For the numbers.</param>
/// <param name="Sizes">The size of each letter.</param>
/// <param name="Values">Where real numbers lie.</param>
/// <param name="Layout">How they lie in memory.</param>
public sealed record Case(int Seed, IReadOnlyDictionary<string, long> Sizes, Values Values, Layout Layout)
{
    /// <summary>All but the seed, e.g. <c>N=3,D=2,values=ties,layout=dense</c>: what <see cref="Parse"/> reads.</summary>
    public string Text => string.Join(',', Sizes.OrderBy(size => size.Key, StringComparer.Ordinal).Select(size => $"{size.Key}={size.Value.ToString(CultureInfo.InvariantCulture)}")
        .Append($"values={Values.ToString().ToLowerInvariant()}").Append($"layout={Layout.ToString().ToLowerInvariant()}"));

    /// <summary>The case that <paramref name="text"/> describes; what it leaves out is 1, ordinary, dense.</summary>
    /// <param name="text">In the form of <see cref="Text"/>.</param>
    /// <param name="seed">The case's own seed.</param>
    /// <param name="subject">The rule, whose letters these are.</param>
    /// <exception cref="FormatException">Not of the form of <see cref="Text"/>, a letter that the rule lacks, or a negative size.</exception>
    public static Case Parse(string text, int seed, Subject subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        return Read(text, seed, subject.Inputs, subject.Letters, subject.FixedSizes, subject.MayBeEmpty);
    }

    /// <summary>The case that <paramref name="text"/> describes, for a function of these inputs.</summary>
    /// <param name="text">In the form of <see cref="Text"/>.</param>
    /// <param name="seed">The case's own seed.</param>
    /// <param name="inputs">The function's inputs.</param>
    /// <param name="letters">Their letters.</param>
    /// <param name="given">Sizes that data gives.</param>
    /// <param name="batch">The letter that may be 0; "*" for any.</param>
    internal static Case Read(string text, int seed, IReadOnlyList<Input> inputs, IReadOnlyList<string> letters, IReadOnlyDictionary<string, long> given, string? batch)
    {
        var sizes = letters.ToDictionary(letter => letter, letter => given.GetValueOrDefault(letter, 1L), StringComparer.Ordinal);
        var (values, layout) = (Values.Ordinary, Layout.Dense);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var pair = part.Split('=', 2);
            var name = pair[0];
            var value = pair.Length == 2 ? pair[1] : "";
            if (name == "values") values = Name<Values>(value);
            else if (name == "layout") layout = Name<Layout>(value);
            else if (!sizes.ContainsKey(name)) throw new FormatException($"case: '{name}' is no size of this rule; expected {string.Join(", ", letters.Order(StringComparer.Ordinal))}, values or layout.");
            else if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size > LargestSize) throw new FormatException($"case: {name}: expected a size from 0 to {LargestSize}, got '{value}'.");
            else if (given.TryGetValue(name, out var one) && size != one) throw new FormatException($"case: {name} is {one} in this data, not {size}.");
            else if (size == 0 && name != batch && batch != "*") throw new FormatException($"case: {name}: expected at least 1; {(batch is not null ? $"only {batch} may be 0" : "no size of this rule may be 0")}.");
            else sizes[name] = size;
        }
        foreach (var input in inputs)
            if (input.Shape.Aggregate(1.0, (product, size) => product * SizeProduct.Value(size, sizes)) > MostEntries)
                throw new FormatException($"case: {input.Name}: expected at most {MostEntries} entries in one input.");
        return new(seed, sizes, values, layout);
    }

    /// <summary>The greatest size that a case may ask for: a case is meant to be read.</summary>
    public const long LargestSize = 10_000;

    /// <summary>The most entries that one input of a case may have.</summary>
    public const long MostEntries = 1_000_000;

    /// <inheritdoc/>
    public bool Equals(Case? other) => other is not null && Seed == other.Seed && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Seed, Text);

    private static T Name<T>(string value) where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => string.Equals(name, value, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found)
            : throw new FormatException($"case: '{value}' is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
}
