using System.Globalization;
using System.Numerics;
using FsCheck.Fluent;
using FsChoose = FsCheck.FSharp.Gen;
using FsGen = FsCheck.Fluent.Gen;

namespace CsCheck;

/// <summary>Numbers of type double, float or decimal, which shrink towards 0 and towards few digits.</summary>
internal static class Reals
{
    /// <summary>The magnitude below which no range that holds 0 goes, but for 0 itself.</summary>
    private const double Smallest = 1e-99;

    /// <summary>Mostly whole numbers, fractions, every magnitude and every part of the range; sometimes an end or 0.</summary>
    /// <exception cref="CsCheckException">The range is empty, or not finite.</exception>
    public static FsCheck.Gen<ITree<T>> Range<T>(T start, T finish)
        where T : struct, INumber<T>
    {
        if (!T.IsFinite(start) || !T.IsFinite(finish) || start > finish)
            throw new CsCheckException($"The range from {start} to {finish} is empty or not finite.");
        var (lo, hi) = (double.CreateSaturating(start), double.CreateSaturating(finish));
        return Within(lo, hi).Select(x => Simplifying(T.Clamp(T.CreateSaturating(x), start, finish), start, finish));
    }

    /// <summary>The number of even steps that are taken from the start, each of 1 / steps and fewer than 1 in all.</summary>
    public static FsCheck.Gen<ITree<T>> Even<T>(T start, long steps)
        where T : struct, INumber<T>
    {
        return FsChoose.Choose64(0, steps - 1).Select(s => Simplifying(At(s), start, At(steps - 1)));

        T At(long step) => start + (T.CreateChecked(step) / T.CreateChecked(steps));
    }

    /// <summary>The number, with the simpler numbers of the range.</summary>
    public static ITree<T> Simplifying<T>(T value, T start, T finish)
        where T : struct, INumber<T>
        => Tree.Unfold(value, v => Simpler(v, start, finish));

    private static FsCheck.Gen<double> Within(double lo, double hi)
    {
        var even = Draw.Unit.Select(u => (lo * (1 - u)) + (hi * u));
        return FsGen.Frequency(
            (1, FsGen.Elements(lo, hi, Math.Clamp(0, lo, hi))),
            (3, Whole(lo, hi) ?? even),
            (3, FsGen.Choose(2, 99).SelectMany(d => Whole(lo * d, hi * d)?.Select(n => n / d) ?? even)),
            (3, Magnitudes(lo, hi)),
            (3, even));
    }

    private static FsCheck.Gen<double>? Whole(double lo, double hi)
    {
        const double Exact = 1L << 53;
        if (lo <= int.MinValue && hi >= int.MaxValue)
            return Draw.ByMagnitude(int.MinValue, int.MaxValue).Select(i => (double)i);
        var (first, last) = (Math.Ceiling(Math.Max(lo, -Exact)), Math.Floor(Math.Min(hi, Exact)));
        return first <= last ? Draw.Between((Int128)first, (Int128)last).Select(i => (double)i) : null;
    }

    private static FsCheck.Gen<double> Magnitudes(double lo, double hi)
    {
        var least = lo > 0 ? lo : hi < 0 ? -hi : Smallest;
        var (from, to) = (Math.Log(least), Math.Log(Math.Max(Math.Max(-lo, hi), least)));
        return Draw.Unit.Zip(Draw.Unit, (u, side) =>
        {
            var digits = Math.Exp((from * (1 - u)) + (to * u)).ToString("E3", CultureInfo.InvariantCulture);
            var magnitude = double.Parse(digits, CultureInfo.InvariantCulture);
            return hi <= 0 || (lo < 0 && side < 0.5) ? -magnitude : magnitude;
        });
    }

    private static IEnumerable<T> Simpler<T>(T value, T start, T finish)
        where T : struct, INumber<T>
        => Candidates(value)
            .Prepend(T.Clamp(T.Zero, start, finish))
            .Where(c => c != value && c >= start && c <= finish && !(T.Abs(c) > T.Abs(value)))
            .Distinct();

    private static IEnumerable<T> Candidates<T>(T value)
        where T : struct, INumber<T>
    {
        if (!T.IsFinite(value))
            return [T.One, -T.One];
        var (mantissa, exponent) = Digits(value);
        var digits = Int128.Abs(mantissa).ToString(CultureInfo.InvariantCulture).Length;
        return Shorter().Select(s => From<T>(s.Mantissa, s.Exponent)).OfType<T>();

        IEnumerable<(Int128 Mantissa, int Exponent)> Shorter()
        {
            if (mantissa < 0)
                yield return (-mantissa, exponent);
            if (exponent < 0 && digits + exponent > 0)
                yield return Cut(-exponent);
            if (exponent > 0)
            {
                yield return (mantissa, exponent / 2);
                yield return (mantissa, exponent - 1);
            }

            for (var cut = digits - 1; cut > 0; cut--)
                yield return Cut(cut);
            var (last, scale) = exponent > 0 && digits + exponent <= 18 ? (mantissa * Power(exponent), 0) : (mantissa, exponent);
            for (var step = last / 2; step != 0; step /= 2)
                yield return (last - step, scale);
        }

        (Int128 Mantissa, int Exponent) Cut(int count) => (mantissa / Power(count), exponent + count);

        Int128 Power(int count) => (Int128)BigInteger.Pow(10, count);
    }

    /// <summary>The fewest decimal digits that tell the number from all others: mantissa · 10^exponent.</summary>
    private static (Int128 Mantissa, int Exponent) Digits<T>(T value)
        where T : struct, INumber<T>
    {
        var parts = value.ToString(null, CultureInfo.InvariantCulture).Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
            exponent -= parts[0].Length - point - 1;
        var mantissa = Int128.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        for (; mantissa != 0 && mantissa % 10 == 0; exponent++)
            mantissa /= 10;
        return (mantissa, exponent);
    }

    private static T? From<T>(Int128 mantissa, int exponent)
        where T : struct, INumber<T>
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent}");
        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
