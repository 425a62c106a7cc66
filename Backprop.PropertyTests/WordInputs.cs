namespace Backprop.PropertyTests;

/// <summary>Two tables of word vectors of one shape, and some pairs of words; repeats are usual, and so are words of no pair.</summary>
internal sealed record Pairs(Matrix U, Matrix V, long[] Centres, long[] Outsides)
{
    public static readonly Gen<Pairs> Some =
        from words in Gen.Int[1, 7]
        from d in Gen.Int[1, 4]
        from n in Gen.Int[1, 5]
        from u in Gen.Double[-2, 2].Array[words * d]
        from v in Gen.Double[-2, 2].Array[words * d]
        from centres in Ids(words, n)
        from outsides in Ids(words, n)
        select new Pairs(new(words, d, u), new(words, d, v), centres, outsides);

    public int Words => U.Rows;

    public Tensor CentreIds => Property.Labels(Centres);

    public Tensor OutsideIds => Property.Labels(Outsides);

    /// <summary>The same pairs, each <paramref name="times"/> times.</summary>
    public Pairs Repeated(int times) => this with { Centres = [.. Enumerable.Repeat(Centres, times).SelectMany(ids => ids)], Outsides = [.. Enumerable.Repeat(Outsides, times).SelectMany(ids => ids)] };

    /// <summary>The indices of a sparse gradient, as plain numbers.</summary>
    public static long[] Touched(Backprop.Rules.SparseRows rows) => [.. rows.Indices.data<long>()];

    /// <summary>N ids below <paramref name="words"/>.</summary>
    public static Gen<long[]> Ids(int words, int n) => Gen.Int[0, words - 1].Select(id => (long)id).Array[n];
}
