using FsCheck;
using FsCheck.Fluent;
using FsChoose = FsCheck.FSharp.Gen;
using FsGen = FsCheck.Fluent.Gen;

namespace CsCheck;

/// <summary>Random numbers from FsCheck, on which every generator here rests.</summary>
internal static class Draw
{
    private const long Word = 1L << 32;

    /// <summary>Gets 64 random bits.</summary>
    public static FsCheck.Gen<ulong> Bits { get; } =
        FsChoose.Choose64(0, Word - 1).Zip(FsChoose.Choose64(0, Word - 1), (high, low) => ((ulong)high << 32) | (ulong)low);

    /// <summary>Gets a number x with 0 ≤ x &lt; 1.</summary>
    public static FsCheck.Gen<double> Unit { get; } = FsChoose.Choose64(0, (1L << 53) - 1).Select(i => i / (double)(1L << 53));

    /// <summary>Draws a whole number, both ends included; there may be up to 2⁶⁴ numbers between them.</summary>
    public static FsCheck.Gen<Int128> Between(Int128 start, Int128 finish)
    {
        var count = (UInt128)(finish - start) + 1;
        return count <= long.MaxValue
            ? FsChoose.Choose64(0, (long)count - 1).Select(i => start + i)
            : Bits.Select(b => start + (Int128)((b * count) >> 64)); // FsCheck never draws the last number of so long a range
    }

    /// <summary>Every number of bits is as likely as any other; the range holds 0 or begins above it.</summary>
    public static FsCheck.Gen<Int128> ByMagnitude(Int128 lo, Int128 hi) =>
        FsGen.Choose(0, 128 - (int)Int128.LeadingZeroCount(Int128.Max(Int128.Abs(lo), hi))).SelectMany(bits =>
        {
            var most = (Int128.One << bits) - 1;
            var start = Int128.Max(lo, -most);
            return Between(start, Int128.Max(start, Int128.Min(hi, most)));
        });

    /// <summary>Draws one value from the seed.</summary>
    public static T From<T>(FsCheck.Gen<T> gen, ulong seed) => gen.Sample(1, new Rnd(seed), 0)[0];

    /// <summary>A seed unlike the last one.</summary>
    public static ulong FreshSeed() => Bits.Sample(1, 0)[0];

    /// <summary>The seed that follows this one.</summary>
    public static ulong SeedAfter(ulong seed) => From(Bits, seed);
}
