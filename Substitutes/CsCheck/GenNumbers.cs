using FsCheck.Fluent;
using FsGen = FsCheck.Fluent.Gen;

namespace CsCheck;

/// <summary>Generates false and true; shrinks to false.</summary>
public sealed class GenBool : Gen<bool>
{
    internal GenBool()
        : base(Integers.Uniform(0, 1).Select(t => Tree.Map(t, i => i == 1)))
    {
    }
}

/// <summary>Generates every byte alike.</summary>
public sealed class GenByte : Gen<byte>
{
    internal GenByte()
        : base(Integers.Uniform(byte.MinValue, byte.MaxValue))
    {
    }

    /// <summary>Gets bytes from start to finish, both included, every one alike.</summary>
    /// <exception cref="CsCheckException">The range is empty.</exception>
    public Gen<byte> this[byte start, byte finish] => new TreeGen<byte>(Integers.Uniform(start, finish));
}

/// <summary>Generates numbers from −int.MaxValue to int.MaxValue, small ones often.</summary>
public sealed class GenInt : Gen<int>
{
    /// <summary>All numbers, int.MinValue too, every one alike.</summary>
    public readonly Gen<int> Uniform = new TreeGen<int>(Integers.Uniform(int.MinValue, int.MaxValue));

    /// <summary>Numbers from 1 to int.MaxValue, small ones often.</summary>
    public readonly Gen<int> Positive = new TreeGen<int>(Integers.ByMagnitude(1, int.MaxValue));

    /// <summary>Numbers from 0 to int.MaxValue, small ones often.</summary>
    public readonly Gen<int> NonNegative = new TreeGen<int>(Integers.ByMagnitude(0, int.MaxValue));

    internal GenInt()
        : base(Integers.ByMagnitude(-int.MaxValue, int.MaxValue))
    {
    }

    /// <summary>Gets numbers from start to finish, both included, every one alike.</summary>
    /// <exception cref="CsCheckException">The range is empty.</exception>
    public Gen<int> this[int start, int finish] => new TreeGen<int>(Integers.Uniform(start, finish));
}

/// <summary>Generates numbers from 0 to uint.MaxValue − 1, small ones often.</summary>
public sealed class GenUInt : Gen<uint>
{
    /// <summary>All numbers, every one alike.</summary>
    public readonly Gen<uint> Uniform = new TreeGen<uint>(Integers.Uniform(uint.MinValue, uint.MaxValue));

    internal GenUInt()
        : base(Integers.ByMagnitude(uint.MinValue, uint.MaxValue - 1))
    {
    }

    /// <summary>Gets numbers from start to finish, both included, every one alike.</summary>
    /// <exception cref="CsCheckException">The range is empty.</exception>
    public Gen<uint> this[uint start, uint finish] => new TreeGen<uint>(Integers.Uniform(start, finish));
}

/// <summary>Generates numbers from −long.MaxValue to long.MaxValue, small ones often.</summary>
public sealed class GenLong : Gen<long>
{
    /// <summary>All numbers, long.MinValue too, every one alike.</summary>
    public readonly Gen<long> Uniform = new TreeGen<long>(Integers.Uniform(long.MinValue, long.MaxValue));

    internal GenLong()
        : base(Integers.ByMagnitude(-long.MaxValue, long.MaxValue))
    {
    }

    /// <summary>Gets numbers from start to finish, both included, every one alike.</summary>
    /// <exception cref="CsCheckException">The range is empty.</exception>
    public Gen<long> this[long start, long finish] => new TreeGen<long>(Integers.Uniform(start, finish));
}

/// <summary>Generates numbers from 0 to ulong.MaxValue − 1, small ones often.</summary>
public sealed class GenULong : Gen<ulong>
{
    /// <summary>All numbers, every one alike.</summary>
    public readonly Gen<ulong> Uniform = new TreeGen<ulong>(Integers.Uniform(ulong.MinValue, ulong.MaxValue));

    internal GenULong()
        : base(Integers.ByMagnitude(ulong.MinValue, ulong.MaxValue - 1))
    {
    }

    /// <summary>Gets numbers from start to finish, both included, every one alike.</summary>
    /// <exception cref="CsCheckException">The range is empty.</exception>
    public Gen<ulong> this[ulong start, ulong finish] => new TreeGen<ulong>(Integers.Uniform(start, finish));
}

/// <summary>Generates finite numbers from −1e25 to 1e25 of every magnitude: whole numbers, fractions and others.</summary>
public sealed class GenFloat : Gen<float>
{
    /// <summary>Numbers x with 0 ≤ x &lt; 1.</summary>
    public readonly Gen<float> Unit = new TreeGen<float>(Reals.Even(0f, 1L << 23));

    /// <summary>Numbers x with 1 ≤ x &lt; 2.</summary>
    public readonly Gen<float> OneTwo = new TreeGen<float>(Reals.Even(1f, 1L << 23));

    /// <summary>Any bits at all; NaN, the infinities, the largest, the smallest and small whole numbers come more often.</summary>
    public readonly Gen<float> Special = new TreeGen<float>(FsGen.Frequency(
        (1, FsGen.Elements(float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue)),
        (1, FsGen.Elements(float.Epsilon, -float.Epsilon, 0, 1, -1, 2, -2, 3, -3, 4, -4)),
        (14, Draw.Bits.Select(b => BitConverter.UInt32BitsToSingle((uint)b))))
        .Select(x => Reals.Simplifying(x, float.MinValue, float.MaxValue)));

    internal GenFloat()
        : base(Reals.Range(-1e25f, 1e25f))
    {
    }

    /// <summary>Gets numbers from start to finish, both included: the ends, 0, whole numbers, fractions and others.</summary>
    /// <exception cref="CsCheckException">The range is empty, or not finite.</exception>
    public Gen<float> this[float start, float finish] => new TreeGen<float>(Reals.Range(start, finish));
}

/// <summary>Generates finite numbers from −1e50 to 1e50 of every magnitude: whole numbers, fractions and others.</summary>
public sealed class GenDouble : Gen<double>
{
    /// <summary>Numbers x with 0 ≤ x &lt; 1.</summary>
    public readonly Gen<double> Unit = new TreeGen<double>(Reals.Even(0d, 1L << 52));

    /// <summary>Numbers x with 1 ≤ x &lt; 2.</summary>
    public readonly Gen<double> OneTwo = new TreeGen<double>(Reals.Even(1d, 1L << 52));

    /// <summary>Any bits at all; NaN, the infinities, the largest, the smallest and small whole numbers come more often.</summary>
    public readonly Gen<double> Special = new TreeGen<double>(FsGen.Frequency(
        (1, FsGen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue)),
        (1, FsGen.Elements(double.Epsilon, -double.Epsilon, 0, 1, -1, 2, -2, 3, -3, 4, -4)),
        (14, Draw.Bits.Select(BitConverter.UInt64BitsToDouble)))
        .Select(x => Reals.Simplifying(x, double.MinValue, double.MaxValue)));

    internal GenDouble()
        : base(Reals.Range(-1e50, 1e50))
    {
    }

    /// <summary>Gets numbers from start to finish, both included: the ends, 0, whole numbers, fractions and others.</summary>
    /// <exception cref="CsCheckException">The range is empty, or not finite.</exception>
    public Gen<double> this[double start, double finish] => new TreeGen<double>(Reals.Range(start, finish));
}

/// <summary>Generates numbers from −1e25 to 1e25 of every magnitude: whole numbers, fractions and others.</summary>
public sealed class GenDecimal : Gen<decimal>
{
    /// <summary>Numbers x with 0 ≤ x &lt; 1.</summary>
    public readonly Gen<decimal> Unit = new TreeGen<decimal>(Reals.Even(0m, 1L << 52));

    internal GenDecimal()
        : base(Reals.Range(-1e25m, 1e25m))
    {
    }

    /// <summary>Gets numbers from start to finish, both included: the ends, 0, whole numbers, fractions and others.</summary>
    /// <exception cref="CsCheckException">The range is empty.</exception>
    public Gen<decimal> this[decimal start, decimal finish] => new TreeGen<decimal>(Reals.Range(start, finish));
}
