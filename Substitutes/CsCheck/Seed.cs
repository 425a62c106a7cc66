using System.Collections.Immutable;
using System.Text;

namespace CsCheck;

/// <summary>Names one case: the random seed of a tree, and the way from its root, place by place among the simpler values.</summary>
/// <remarks>
/// Written as 11 digits of base 64 for the seed, one or more for the stream (a seed of the real CsCheck has one), and the way after
/// a dot, each place as digits of base 32, the lowest first, of which all but the last are raised by 32.
/// </remarks>
internal sealed record Seed(ulong Root, ImmutableList<int> Way)
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";

    public Seed(ulong root)
        : this(root, [])
    {
    }

    /// <summary>Reads a seed; one that the real CsCheck printed is read too, but names another case here.</summary>
    /// <exception cref="CsCheckException">The text is not a seed.</exception>
    public static Seed Parse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length > 2 || parts[0].Length is < 12 or > 17 || parts.Any(p => p.Any(c => Digit(c) < 0)))
            throw new CsCheckException($"'{text}' is not a seed: that has 12 to 17 digits of base 64, perhaps with more after a dot.");
        var stream = Number(parts[0][11..]);
        return new Seed(Number(parts[0][..11]) ^ (stream == 0 ? 0 : Draw.SeedAfter(stream)), Read(parts.Length > 1 ? parts[1] : ""));
    }

    public Seed Then(int place) => this with { Way = Way.Add(place) };

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var shift = 60; shift >= 0; shift -= 6)
            text.Append(Digits[(int)(Root >> shift) & 63]);
        text.Append(Way.IsEmpty ? "0" : "0.");
        foreach (var place in Way)
        {
            var rest = place;
            for (; rest >= 32; rest /= 32)
                text.Append(Digits[32 + (rest % 32)]);
            text.Append(Digits[rest]);
        }

        return text.ToString();
    }

    private static ulong Number(string digits) => digits.Aggregate(0UL, (n, c) => (n << 6) + (ulong)Digit(c));

    private static int Digit(char c) => Digits.IndexOf(c, StringComparison.Ordinal);

    private static ImmutableList<int> Read(string text)
    {
        var way = ImmutableList<int>.Empty;
        var (place, scale) = (0, 1);
        foreach (var digit in text.Select(Digit))
        {
            place += digit % 32 * scale;
            scale *= 32;
            if (digit < 32)
                (way, place, scale) = (way.Add(place), 0, 1);
        }

        return way;
    }
}
