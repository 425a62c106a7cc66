using System.Globalization;

namespace Backprop.Verify;

/// <summary>A size as an attribute or a catalogue writes it: a number, a letter, or a product such as "4*H".</summary>
public static class SizeProduct
{
    /// <summary>The letters in it.</summary>
    public static IEnumerable<string> Letters(string size) => Factors(size).Where(factor => !char.IsAsciiDigit(factor[0]));

    /// <summary>Its value.</summary>
    /// <exception cref="KeyNotFoundException">A letter has no size.</exception>
    public static long Value(string size, IReadOnlyDictionary<string, long> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return Factors(size).Aggregate(1L, (product, factor) => product * (char.IsAsciiDigit(factor[0]) ? long.Parse(factor, NumberStyles.None, CultureInfo.InvariantCulture) : sizes[factor]));
    }

    /// <summary>Whether <paramref name="size"/> is of this form: letters are names as in C#.</summary>
    public static bool IsValid(string size) =>
        !string.IsNullOrWhiteSpace(size) && Factors(size).All(factor => factor.Length > 0
            && (long.TryParse(factor, NumberStyles.None, CultureInfo.InvariantCulture, out _) || (char.IsLetter(factor[0]) && factor.All(c => char.IsLetterOrDigit(c) || c == '_'))));

    private static string[] Factors(string size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return size.Split('*', StringSplitOptions.TrimEntries);
    }
}
