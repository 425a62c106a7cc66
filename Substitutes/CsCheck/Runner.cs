using System.Diagnostics;

namespace CsCheck;

/// <summary>Runs a property, one case after the other, and simplifies the first case for which it fails.</summary>
internal sealed class Runner<T>(IGen<T> gen, Func<T, bool> holds, Func<T, string> print)
{
    /// <summary>How many simpler cases are tried before the simplest so far will do.</summary>
    private const int MostTries = 10_000;

    /// <summary>How long simpler cases are looked for.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    /// <summary>Runs until that many cases passed or, if not −1, that many seconds did; a seed's case is always run.</summary>
    /// <returns>The number of cases.</returns>
    /// <exception cref="CsCheckException">The property failed, or the seed cannot be read.</exception>
    public long Run(string? seed, long iter, int time)
    {
        var clock = Stopwatch.StartNew();
        var next = seed is null ? new Seed(Draw.FreshSeed()) : Seed.Parse(seed);
        var total = 0L;
        while ((total == 0 && seed is not null) || (time < 0 ? total < iter : clock.Elapsed.TotalSeconds < time))
        {
            total++;
            if (Fails(next, () => Find(next)) is { } failure)
                throw Simplified(failure, only: seed is not null && iter == 1).ToException(total, print);
            next = new Seed(Draw.SeedAfter(next.Root));
        }

        return total;
    }

    /// <summary>Goes the seed's way from the tree's root, or as much of it as there still is.</summary>
    public ITree<T> Find(Seed seed) =>
        seed.Way.Aggregate(gen.Draw(seed.Root), (tree, place) => tree.Simpler().ElementAtOrDefault(place) ?? tree);

    private Failure? Fails(Seed seed, Func<ITree<T>> find)
    {
        var failure = new Failure(seed, null, default!, null);
        try
        {
            var tree = find();
            failure = failure with { Value = tree.Value() };
            failure = failure with { Tree = tree };
            return holds(failure.Value) ? null : failure;
        }
        catch (Exception e)
        {
            return failure with { Exception = e };
        }
    }

    private Failure Simplified(Failure failure, bool only)
    {
        var clock = Stopwatch.StartNew();
        var tries = 0;
        while (!only && Simpler() is { } simpler)
            failure = simpler with { Shrinks = failure.Shrinks + 1 };
        return failure with { Tries = tries };

        Failure? Simpler()
        {
            var place = 0;
            foreach (var tree in Children(failure.Tree))
            {
                if (tries++ == MostTries || clock.Elapsed > _longest)
                    return null;
                if (Fails(failure.Seed.Then(place++), () => tree) is { Tree: not null } simpler)
                    return simpler;
            }

            return null;
        }
    }

    /// <summary>The simpler values, up to the first that a function given to a generator cannot make.</summary>
    private static IEnumerable<ITree<T>> Children(ITree<T>? tree)
    {
        using var trees = tree?.Simpler().GetEnumerator();
        while (trees is not null)
        {
            try
            {
                if (!trees.MoveNext())
                    yield break;
            }
            catch (Exception)
            {
                yield break;
            }

            yield return trees.Current;
        }
    }

    /// <summary>A case for which the property failed, or for which no value could be generated: it has no tree then.</summary>
    private sealed record Failure(Seed Seed, ITree<T>? Tree, T Value, Exception? Exception)
    {
        public int Shrinks { get; init; }

        public int Tries { get; init; }

        public CsCheckException ToException(long total, Func<T, string> print)
        {
            const int Longest = 5000;
            var value = Tree is null ? "(the generator failed)" : print(Value);
            if (value.Length > Longest)
                value = $"{value[..Longest]} ...";
            var effort = $"case {total}, simplified {Shrinks} times in {Tries} tries";
            return new CsCheckException($"Failed ({effort}). Again with seed: \"{Seed}\" or CsCheck_Seed={Seed}\n{value}", Exception);
        }
    }
}
