using FsCheck.Fluent;
using FsGen = FsCheck.Fluent.Gen;

namespace CsCheck;

/// <summary>Generates arrays of 0 to 127 elements. Elements are left out first, then simplified.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class GenArray<T> : Gen<T[]>
{
    private readonly Gen<T> _gen;

    internal GenArray(Gen<T> gen)
        : base(Of(gen, 0, 127))
        => _gen = gen;

    /// <summary>Gets arrays of 1 to 128 elements.</summary>
    public Gen<T[]> Nonempty => this[1, 128];

    /// <summary>Gets arrays whose length is generated.</summary>
    /// <exception cref="CsCheckException">When used: the length is negative.</exception>
    public Gen<T[]> this[Gen<int> length] => length.SelectMany(l => this[l]);

    /// <summary>Gets arrays with a length from start to finish, both included, every length alike.</summary>
    /// <exception cref="CsCheckException">The range is empty, or start is negative.</exception>
    public Gen<T[]> this[int start, int finish] => new TreeGen<T[]>(Of(_gen, start, finish));

    /// <summary>Gets arrays of this length.</summary>
    /// <exception cref="CsCheckException">The length is negative.</exception>
    public Gen<T[]> this[int length] => this[length, length];

    private static FsCheck.Gen<ITree<T[]>> Of(Gen<T> gen, int start, int finish) =>
        start >= 0 && finish >= start
            ? FsGen.Choose(start, finish).SelectMany(l => gen.Trees.ArrayOf(l)).Select(items => Tree.Many(items, start))
            : throw new CsCheckException($"There is no length from {start} to {finish}.");
}

/// <summary>Generates lists of 0 to 127 elements. Elements are left out first, then simplified.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class GenList<T> : Gen<List<T>>
{
    private readonly GenArray<T> _arrays;

    internal GenList(Gen<T> gen)
        : base(Of(gen.Array).Trees)
        => _arrays = gen.Array;

    /// <summary>Gets lists of 1 to 128 elements.</summary>
    public Gen<List<T>> Nonempty => Of(_arrays.Nonempty);

    /// <summary>Gets lists whose length is generated.</summary>
    /// <exception cref="CsCheckException">When used: the length is negative.</exception>
    public Gen<List<T>> this[Gen<int> length] => Of(_arrays[length]);

    /// <summary>Gets lists with a length from start to finish, both included, every length alike.</summary>
    /// <exception cref="CsCheckException">The range is empty, or start is negative.</exception>
    public Gen<List<T>> this[int start, int finish] => Of(_arrays[start, finish]);

    /// <summary>Gets lists of this length.</summary>
    /// <exception cref="CsCheckException">The length is negative.</exception>
    public Gen<List<T>> this[int length] => Of(_arrays[length]);

    private static Gen<List<T>> Of(Gen<T[]> arrays) => arrays.Select(a => new List<T>(a));
}

/// <summary>Generates arrays of 0 to 127 rows and columns. Rows and columns are left out first, then elements simplified.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class GenArray2D<T> : Gen<T[,]>
{
    private readonly GenArray<T> _arrays;

    internal GenArray2D(Gen<T> gen)
        : base(Of(gen.Array, Gen.Int[0, 127], Gen.Int[0, 127]).Trees)
        => _arrays = gen.Array;

    /// <summary>Gets arrays of 1 to 128 rows and columns.</summary>
    public Gen<T[,]> Nonempty => Of(_arrays, Gen.Int[1, 128], Gen.Int[1, 128]);

    /// <summary>Gets arrays of these lengths: rows, then columns.</summary>
    /// <exception cref="CsCheckException">A length is negative.</exception>
    public Gen<T[,]> this[int length0, int length1] => Of(_arrays, length0, length1);

    /// <summary>Gets arrays whose lengths are generated: rows, then columns.</summary>
    /// <exception cref="CsCheckException">When used: a length is negative.</exception>
    public Gen<T[,]> this[Gen<int> length0, Gen<int> length1] => Of(_arrays, length0, length1);

    private static Gen<T[,]> Of(GenArray<T> arrays, Gen<int> rows, Gen<int> columns) =>
        Gen.Select(rows, columns).SelectMany((r, c) => Of(arrays, r, c));

    private static Gen<T[,]> Of(GenArray<T> arrays, int rows, int columns) =>
        rows >= 0 && columns >= 0
            ? arrays[checked(rows * columns)].Select(items => Fold(items, rows, columns))
            : throw new CsCheckException($"There is no array of {rows} rows and {columns} columns.");

    private static T[,] Fold(T[] items, int rows, int columns)
    {
        var folded = new T[rows, columns];
        for (var i = 0; i < items.Length; i++)
            folded[i / columns, i % columns] = items[i];
        return folded;
    }
}
