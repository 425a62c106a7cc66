using FsCheck.Fluent;
using FsGen = FsCheck.Fluent.Gen;

namespace CsCheck;

/// <summary>Makes generators, and combines them.</summary>
public static partial class Gen
{
    /// <summary>Generates false and true.</summary>
    public static readonly GenBool Bool = new();

    /// <summary>Generates bytes.</summary>
    public static readonly GenByte Byte = new();

    /// <summary>Generates numbers of type int.</summary>
    public static readonly GenInt Int = new();

    /// <summary>Generates numbers of type uint.</summary>
    public static readonly GenUInt UInt = new();

    /// <summary>Generates numbers of type long.</summary>
    public static readonly GenLong Long = new();

    /// <summary>Generates numbers of type ulong.</summary>
    public static readonly GenULong ULong = new();

    /// <summary>Generates numbers of type float.</summary>
    public static readonly GenFloat Float = new();

    /// <summary>Generates numbers of type float: another name for Float.</summary>
    public static readonly GenFloat Single = Float;

    /// <summary>Generates numbers of type double.</summary>
    public static readonly GenDouble Double = new();

    /// <summary>Generates numbers of type decimal.</summary>
    public static readonly GenDecimal Decimal = new();

    /// <summary>Generates characters.</summary>
    public static readonly GenChar Char = new();

    /// <summary>Generates strings.</summary>
    public static readonly GenString String = new();

    /// <summary>Generates this value only.</summary>
    public static Gen<T> Const<T>(T value) => Const(() => value);

    /// <summary>Generates what the function makes, anew each time.</summary>
    public static Gen<T> Const<T>(Func<T> value) => new TreeGen<T>(FsGen.Constant(Tree.Leaf(value)));

    /// <summary>Generates one of the values; shrinks to those that come first.</summary>
    /// <exception cref="CsCheckException">There is no value.</exception>
    public static Gen<T> OneOfConst<T>(params T[] constants) => Places(constants).Select(i => constants[i]);

    /// <summary>Generates with one of the generators; shrinks to those that come first.</summary>
    /// <exception cref="CsCheckException">There is no generator.</exception>
    public static Gen<T> OneOf<T>(params IGen<T>[] gens) => Places(gens).SelectMany(i => gens[i]);

    /// <summary>Generates one of the values of the enumeration; shrinks to those that come first.</summary>
    /// <exception cref="CsCheckException">The enumeration has no value.</exception>
    public static Gen<T> Enum<T>()
        where T : struct, Enum
        => OneOfConst(System.Enum.GetValues<T>());

    /// <summary>Generates one of the values, each as often as its frequency says; shrinks to those that come first.</summary>
    /// <exception cref="CsCheckException">A frequency is negative, or none is positive.</exception>
    public static Gen<T> FrequencyConst<T>(params (int Frequency, T Constant)[] constants) =>
        Places(constants, c => c.Frequency).Select(i => constants[i].Constant);

    /// <summary>Generates with one of the generators, each as often as its frequency says; shrinks to those that come first.</summary>
    /// <exception cref="CsCheckException">A frequency is negative, or none is positive.</exception>
    public static Gen<T> Frequency<T>(params (int Frequency, IGen<T> Generator)[] gens) =>
        Places(gens, g => g.Frequency).SelectMany(i => gens[i].Generator);

    /// <summary>Generates null in this fraction of the cases, else with the generator; shrinks to null.</summary>
    public static Gen<T?> Nullable<T>(this Gen<T> gen, double nullFraction = 0.2)
        where T : struct
        => OrNull(gen.Select(t => new T?(t)), nullFraction);

    /// <summary>Generates null in this fraction of the cases, else with the generator; shrinks to null.</summary>
    public static Gen<T?> Null<T>(this Gen<T> gen, double nullFraction = 0.2)
        where T : class
        => OrNull(gen.Select(t => (T?)t), nullFraction);

    /// <summary>Generates the values in any order; shrinks to the order given.</summary>
    public static Gen<T[]> Shuffle<T>(T[] constants) => Shuffle(constants, constants.Length);

    /// <summary>Generates that many of the values, or all if there are fewer, in any order; shrinks to the first of them.</summary>
    /// <exception cref="CsCheckException">The length is negative.</exception>
    public static Gen<T[]> Shuffle<T>(T[] constants, int length)
    {
        if (length < 0)
            throw new CsCheckException($"The length of a shuffle is {length}, which is negative.");
        int[] ordered = [.. Enumerable.Range(0, constants.Length)];
        return new TreeGen<T[]>(FsGen.Shuffle(ordered).Select(Shuffled));

        ITree<T[]> Shuffled(int[] order) => new Tree<T[]>(() => At(order), () => [Tree.Leaf(() => At(ordered))]);

        T[] At(int[] order) => [.. order.Take(length).Select(i => constants[i])];
    }

    /// <summary>Generates the values in any order; shrinks to the order given.</summary>
    public static Gen<List<T>> Shuffle<T>(List<T> list) => Shuffle(list, list.Count);

    /// <summary>Generates that many of the values, or all if there are fewer, in any order; shrinks to the first of them.</summary>
    /// <exception cref="CsCheckException">The length is negative.</exception>
    public static Gen<List<T>> Shuffle<T>(List<T> list, int length) => Shuffle(list.ToArray(), length).Select(a => new List<T>(a));

    private static Gen<T?> OrNull<T>(Gen<T?> gen, double fraction) =>
        new TreeGen<T?>(Draw.Unit.Zip(gen.Trees, (u, tree) => (u < fraction, fraction > 0) switch
        {
            (true, _) => Tree.Leaf(() => default(T)),
            (_, true) => new Tree<T?>(tree.Value, () => tree.Simpler().Prepend(Tree.Leaf(() => default(T)))),
            _ => tree,
        }));

    /// <summary>Generates a place in the array; shrinks to its start. Places of frequency 0 do not occur.</summary>
    private static Gen<int> Places<T>(T[] choices, Func<T, int>? frequency = null)
    {
        if (choices is null || choices.Length == 0)
            throw new CsCheckException("There is nothing to choose from.");
        var weights = Array.ConvertAll(choices, c => frequency?.Invoke(c) ?? 1);
        int[] possible = [.. Enumerable.Range(0, choices.Length).Where(i => weights[i] > 0)];
        if (weights.Any(w => w < 0) || possible.Length == 0 || weights.Sum(w => (long)w) >= int.MaxValue)
            throw new CsCheckException($"The frequencies are {Check.Print(weights)}: none may be negative, and some must be positive.");
        var places = FsGen.Frequency(possible.Select((p, i) => (weights[p], FsGen.Constant(Integers.Index(i, possible.Length)))));
        return new TreeGen<int>(places).Select(i => possible[i]);
    }
}
