namespace CsCheck;

/// <summary>A generated value and the simpler values to try in its place, the simplest first.</summary>
internal interface ITree<out T>
{
    /// <summary>Builds the value anew at each call, so that a property may change or dispose what it gets.</summary>
    T Value();

    /// <summary>Finds the simpler values, lazily and always in the same order.</summary>
    IEnumerable<ITree<T>> Simpler();
}

/// <summary>A tree of two functions.</summary>
internal sealed class Tree<T>(Func<T> value, Func<IEnumerable<ITree<T>>> simpler) : ITree<T>
{
    public T Value() => value();

    public IEnumerable<ITree<T>> Simpler() => simpler();
}

/// <summary>How trees are made and combined.</summary>
internal static class Tree
{
    public static ITree<T> Leaf<T>(Func<T> value) => new Tree<T>(value, () => []);

    public static ITree<T> Unfold<T>(T value, Func<T, IEnumerable<T>> simpler) =>
        new Tree<T>(() => value, () => simpler(value).Select(v => Unfold(v, simpler)));

    public static ITree<R> Map<T, R>(ITree<T> tree, Func<T, R> selector) =>
        new Tree<R>(() => selector(tree.Value()), () => tree.Simpler().Select(t => Map(t, selector)));

    /// <summary>Simplifies the outer value first (drawing the inner one anew from it), then the inner one.</summary>
    public static ITree<R> Bind<T, R>(ITree<T> tree, Func<T, ITree<R>> selector) =>
        new Tree<R>(
            () => selector(tree.Value()).Value(),
            () => tree.Simpler().Select(t => Bind(t, selector)).Concat(selector(tree.Value()).Simpler()));

    public static ITree<(T1, T2)> Pair<T1, T2>(ITree<T1> first, ITree<T2> second) =>
        new Tree<(T1, T2)>(
            () => (first.Value(), second.Value()),
            () => first.Simpler().Select(f => Pair(f, second)).Concat(second.Simpler().Select(s => Pair(first, s))));

    /// <summary>Leaves out what does not meet the predicate; what such a value would simplify to takes its place.</summary>
    public static ITree<T> Filter<T>(ITree<T> tree, Func<T, bool> predicate)
    {
        return new Tree<T>(tree.Value, () => tree.Simpler().SelectMany(Passing).Select(t => Filter(t, predicate)));

        IEnumerable<ITree<T>> Passing(ITree<T> t) => predicate(t.Value()) ? [t] : t.Simpler().Where(s => predicate(s.Value()));
    }

    /// <summary>Makes one array of many items; simpler are arrays with fewer, though at least the least number, or simpler items.</summary>
    public static ITree<T[]> Many<T>(ITree<T>[] items, int least) =>
        new Tree<T[]>(
            () => Array.ConvertAll(items, i => i.Value()),
            () => Fewer(items, least).Concat(Simplified(items)).Select(i => Many(i, least)));

    private static IEnumerable<ITree<T>[]> Fewer<T>(ITree<T>[] items, int least)
    {
        for (var cut = items.Length - least; cut > 0; cut /= 2)
            for (var end = cut; end < items.Length + cut; end += cut)
            {
                var last = Math.Min(end, items.Length);
                yield return [.. items[..(last - cut)], .. items[last..]];
            }
    }

    private static IEnumerable<ITree<T>[]> Simplified<T>(ITree<T>[] items)
    {
        var simplest = Array.ConvertAll(items, i => i.Simpler().FirstOrDefault() ?? i);
        if (simplest.Where((s, i) => s != items[i]).Skip(1).Any())
            yield return simplest;
        for (var i = 0; i < items.Length; i++)
            foreach (var simpler in items[i].Simpler())
                yield return [.. items[..i], simpler, .. items[(i + 1)..]];
    }
}
