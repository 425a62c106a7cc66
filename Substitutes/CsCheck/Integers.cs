using System.Numerics;
using FsCheck.Fluent;

namespace CsCheck;

/// <summary>Whole numbers of any type up to 64 bits, which shrink towards the number of the range that is nearest to 0.</summary>
internal static class Integers
{
    /// <summary>Every number of the range is as likely as any other.</summary>
    /// <exception cref="CsCheckException">The range is empty.</exception>
    public static FsCheck.Gen<ITree<T>> Uniform<T>(T start, T finish)
        where T : IBinaryInteger<T>
    {
        var (lo, hi) = Range(start, finish);
        return Draw.Between(lo, hi).Select(i => Simplifying<T>(i, lo, hi));
    }

    /// <summary>Every number of bits is as likely as any other, so that small numbers come often.</summary>
    public static FsCheck.Gen<ITree<T>> ByMagnitude<T>(T start, T finish)
        where T : IBinaryInteger<T>
    {
        var (lo, hi) = Range(start, finish);
        return Draw.ByMagnitude(lo, hi).Select(i => Simplifying<T>(i, lo, hi));
    }

    /// <summary>The places 0 to count − 1, with this one drawn.</summary>
    public static ITree<int> Index(int index, int count) => Simplifying<int>(index, 0, count - 1);

    private static (Int128 Low, Int128 High) Range<T>(T start, T finish)
        where T : IBinaryInteger<T>
        => start <= finish
            ? (Int128.CreateChecked(start), Int128.CreateChecked(finish))
            : throw new CsCheckException($"The range from {start} to {finish} is empty.");

    private static ITree<T> Simplifying<T>(Int128 value, Int128 lo, Int128 hi)
        where T : IBinaryInteger<T>
        => Tree.Map(Tree.Unfold(value, v => Simpler(v, lo, hi)), T.CreateChecked);

    private static IEnumerable<Int128> Simpler(Int128 value, Int128 lo, Int128 hi)
    {
        var simplest = Int128.Clamp(0, lo, hi);
        if (value == simplest)
            yield break;
        yield return simplest;
        if (value < 0 && -value <= hi)
            yield return -value;
        for (var step = (value - simplest) / 2; step != 0; step /= 2)
            yield return value - step;
    }
}
