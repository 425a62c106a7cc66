using FsCheck.Fluent;

namespace CsCheck;

/// <content>Select, SelectMany and Where.</content>
public static partial class Gen
{
    /// <summary>Generates what the function makes of each value.</summary>
    public static Gen<R> Select<T, R>(this Gen<T> gen, Func<T, R> selector) => new TreeGen<R>(gen.Trees.Select(t => Tree.Map(t, selector)));

    /// <summary>Generates what the function makes of each pair's parts.</summary>
    public static Gen<R> Select<T1, T2, R>(this Gen<(T1, T2)> gen, Func<T1, T2, R> selector) => gen.Select(t => selector(t.Item1, t.Item2));

    /// <summary>Generates what the function makes of each triple's parts.</summary>
    public static Gen<R> Select<T1, T2, T3, R>(this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, R> selector) =>
        gen.Select(t => selector(t.Item1, t.Item2, t.Item3));

    /// <summary>Generates what the function makes of the four parts.</summary>
    public static Gen<R> Select<T1, T2, T3, T4, R>(this Gen<(T1, T2, T3, T4)> gen, Func<T1, T2, T3, T4, R> selector) =>
        gen.Select(t => selector(t.Item1, t.Item2, t.Item3, t.Item4));

    /// <summary>Generates what the function makes of the five parts.</summary>
    public static Gen<R> Select<T1, T2, T3, T4, T5, R>(this Gen<(T1, T2, T3, T4, T5)> gen, Func<T1, T2, T3, T4, T5, R> selector) =>
        gen.Select(t => selector(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5));

    /// <summary>Generates what the function makes of the six parts.</summary>
    public static Gen<R> Select<T1, T2, T3, T4, T5, T6, R>(
        this Gen<(T1, T2, T3, T4, T5, T6)> gen, Func<T1, T2, T3, T4, T5, T6, R> selector) =>
        gen.Select(t => selector(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6));

    /// <summary>Generates pairs.</summary>
    public static Gen<(T1, T2)> Select<T1, T2>(this Gen<T1> gen1, Gen<T2> gen2) =>
        new TreeGen<(T1, T2)>(gen1.Trees.Zip(gen2.Trees, Tree.Pair));

    /// <summary>Generates triples.</summary>
    public static Gen<(T1, T2, T3)> Select<T1, T2, T3>(this Gen<T1> gen1, Gen<T2> gen2, Gen<T3> gen3) =>
        gen1.Select(gen2).Select(gen3, (t, t3) => (t.Item1, t.Item2, t3));

    /// <summary>Generates tuples of four.</summary>
    public static Gen<(T1, T2, T3, T4)> Select<T1, T2, T3, T4>(this Gen<T1> gen1, Gen<T2> gen2, Gen<T3> gen3, Gen<T4> gen4) =>
        gen1.Select(gen2, gen3).Select(gen4, (t, t4) => (t.Item1, t.Item2, t.Item3, t4));

    /// <summary>Generates tuples of five.</summary>
    public static Gen<(T1, T2, T3, T4, T5)> Select<T1, T2, T3, T4, T5>(
        this Gen<T1> gen1, Gen<T2> gen2, Gen<T3> gen3, Gen<T4> gen4, Gen<T5> gen5) =>
        gen1.Select(gen2, gen3, gen4).Select(gen5, (t, t5) => (t.Item1, t.Item2, t.Item3, t.Item4, t5));

    /// <summary>Generates tuples of six.</summary>
    public static Gen<(T1, T2, T3, T4, T5, T6)> Select<T1, T2, T3, T4, T5, T6>(
        this Gen<T1> gen1, Gen<T2> gen2, Gen<T3> gen3, Gen<T4> gen4, Gen<T5> gen5, Gen<T6> gen6) =>
        gen1.Select(gen2, gen3, gen4, gen5).Select(gen6, (t, t6) => (t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t6));

    /// <summary>Generates what the function makes of two values.</summary>
    public static Gen<R> Select<T1, T2, R>(this Gen<T1> gen1, Gen<T2> gen2, Func<T1, T2, R> selector) => gen1.Select(gen2).Select(selector);

    /// <summary>Generates what the function makes of three values.</summary>
    public static Gen<R> Select<T1, T2, T3, R>(this Gen<T1> gen1, Gen<T2> gen2, Gen<T3> gen3, Func<T1, T2, T3, R> selector) =>
        gen1.Select(gen2, gen3).Select(selector);

    /// <summary>Generates what the function makes of four values.</summary>
    public static Gen<R> Select<T1, T2, T3, T4, R>(
        this Gen<T1> gen1, Gen<T2> gen2, Gen<T3> gen3, Gen<T4> gen4, Func<T1, T2, T3, T4, R> selector) =>
        gen1.Select(gen2, gen3, gen4).Select(selector);

    /// <summary>Generates what the function makes of five values.</summary>
    public static Gen<R> Select<T1, T2, T3, T4, T5, R>(
        this Gen<T1> gen1, Gen<T2> gen2, Gen<T3> gen3, Gen<T4> gen4, Gen<T5> gen5, Func<T1, T2, T3, T4, T5, R> selector) =>
        gen1.Select(gen2, gen3, gen4, gen5).Select(selector);

    /// <summary>Generates what the function makes of six values.</summary>
    public static Gen<R> Select<T1, T2, T3, T4, T5, T6, R>(
        this Gen<T1> gen1, Gen<T2> gen2, Gen<T3> gen3, Gen<T4> gen4, Gen<T5> gen5, Gen<T6> gen6,
        Func<T1, T2, T3, T4, T5, T6, R> selector) =>
        gen1.Select(gen2, gen3, gen4, gen5, gen6).Select(selector);

    /// <summary>Generates with the generator that the function makes of each value.</summary>
    public static Gen<R> SelectMany<T, R>(this Gen<T> gen, Func<T, IGen<R>> selector) =>
        new TreeGen<R>(gen.Trees.Zip(Draw.Bits, (tree, seed) => Tree.Bind(tree, t => selector(t).Draw(seed))));

    /// <summary>Generates with the generator that the first function makes of each value; the second function unites both values.</summary>
    public static Gen<R> SelectMany<T1, T2, R>(this Gen<T1> gen, Func<T1, IGen<T2>> genSelector, Func<T1, T2, R> resultSelector) =>
        new TreeGen<R>(gen.Trees.Zip(
            Draw.Bits,
            (tree, seed) => Tree.Bind(tree, t1 => Tree.Map(genSelector(t1).Draw(seed), t2 => resultSelector(t1, t2)))));

    /// <summary>Generates with the generator that the function makes of each pair's parts.</summary>
    public static Gen<R> SelectMany<T1, T2, R>(this Gen<(T1, T2)> gen, Func<T1, T2, IGen<R>> selector) =>
        gen.SelectMany(t => selector(t.Item1, t.Item2));

    /// <summary>Generates with the generator that the function makes of each triple's parts.</summary>
    public static Gen<R> SelectMany<T1, T2, T3, R>(this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, IGen<R>> selector) =>
        gen.SelectMany(t => selector(t.Item1, t.Item2, t.Item3));

    /// <summary>Generates only values that meet the predicate.</summary>
    /// <exception cref="CsCheckException">When used: <see cref="Check.WhereLimit"/> values in a row do not meet it.</exception>
    public static Gen<T> Where<T>(this Gen<T> gen, Func<T, bool> predicate)
    {
        return new TreeGen<T>(Draw.Bits.Select(Find));

        ITree<T> Find(ulong seed)
        {
            for (var i = 0; i < Check.WhereLimit; i++, seed = Draw.SeedAfter(seed))
            {
                var tree = Draw.From(gen.Trees, seed);
                if (predicate(tree.Value()))
                    return Tree.Filter(tree, predicate);
            }

            throw new CsCheckException($"Where: {Check.WhereLimit} values in a row did not meet the predicate.");
        }
    }

    /// <summary>Generates only pairs whose parts meet the predicate.</summary>
    /// <exception cref="CsCheckException">When used: <see cref="Check.WhereLimit"/> pairs in a row do not meet it.</exception>
    public static Gen<(T1, T2)> Where<T1, T2>(this Gen<(T1, T2)> gen, Func<T1, T2, bool> predicate) =>
        gen.Where(t => predicate(t.Item1, t.Item2));

    /// <summary>Generates only triples whose parts meet the predicate.</summary>
    /// <exception cref="CsCheckException">When used: <see cref="Check.WhereLimit"/> triples in a row do not meet it.</exception>
    public static Gen<(T1, T2, T3)> Where<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, bool> predicate) =>
        gen.Where(t => predicate(t.Item1, t.Item2, t.Item3));
}
