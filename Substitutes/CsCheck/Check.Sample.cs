using System.Globalization;

namespace CsCheck;

/// <content>Sample and Single.</content>
public static partial class Check
{
    /// <summary>Calls the assertion with random values; it fails by throwing. The first value that fails is simplified.</summary>
    /// <param name="gen">Generates the values.</param>
    /// <param name="assert">The property.</param>
    /// <param name="writeLine">Gets one line with the number of cases, if all passed.</param>
    /// <param name="seed">The first case's seed, as in the message of a failure; that case is run alone, and as it is, if iter is 1.</param>
    /// <param name="iter">How many cases to run; −1: <see cref="Iter"/>.</param>
    /// <param name="time">For how many seconds to run cases instead; −1: <see cref="Time"/>.</param>
    /// <param name="threads">Has no effect: cases are run one after the other.</param>
    /// <param name="print">Shows a value in the message of a failure; null: <see cref="Print"/>.</param>
    /// <param name="logger">Wraps the property.</param>
    /// <exception cref="CsCheckException">
    /// The property failed; the message has the seed, the simplest value found and the message of the exception thrown. Or a generator
    /// failed; or the seed cannot be read.
    /// </exception>
    public static void Sample<T>(
        this Gen<T> gen, Action<T> assert, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1, Func<T, string>? print = null, ILogger? logger = null)
    {
        var wrapped = logger?.WrapAssert(assert) ?? assert;
        Run(gen, Holds, writeLine, seed, iter, time, print);

        bool Holds(T value)
        {
            wrapped(value);
            return true;
        }
    }

    /// <summary>Calls the predicate with random values; it fails by returning false or throwing. Else as for an assertion.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T>(
        this Gen<T> gen, Func<T, bool> predicate, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1, Func<T, string>? print = null, ILogger? logger = null)
        => Run(gen, logger?.WrapAssert(predicate) ?? predicate, writeLine, seed, iter, time, print);

    /// <summary>Calls the function with random values and writes how often it returned each class. It fails by throwing.</summary>
    /// <exception cref="CsCheckException">The function threw; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T>(
        this Gen<T> gen, Func<T, string> classify, Action<string> writeLine,
        string? seed = null, long iter = -1, int time = -1, int threads = -1, Func<T, string>? print = null, ILogger? logger = null)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        gen.Sample(Count, null, seed, iter, time, threads, print, logger);
        foreach (var (name, count) in counts.OrderByDescending(c => c.Value))
            writeLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {count} ({100.0 * count / counts.Values.Sum():0.##} %)"));

        void Count(T value)
        {
            var name = classify(value);
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>As for one value, the assertion gets the two parts of each tuple.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T1, T2>(
        this Gen<(T1, T2)> gen, Action<T1, T2> assert, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1, Func<(T1, T2), string>? print = null, ILogger? logger = null)
        => gen.Sample(t => assert(t.Item1, t.Item2), writeLine, seed, iter, time, threads, print, logger);

    /// <summary>As for one value, the assertion gets the three parts of each tuple.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T1, T2, T3>(
        this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> assert, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1,
        Func<(T1, T2, T3), string>? print = null, ILogger? logger = null)
        => gen.Sample(t => assert(t.Item1, t.Item2, t.Item3), writeLine, seed, iter, time, threads, print, logger);

    /// <summary>As for one value, the assertion gets the four parts of each tuple.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen, Action<T1, T2, T3, T4> assert, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1,
        Func<(T1, T2, T3, T4), string>? print = null, ILogger? logger = null)
        => gen.Sample(t => assert(t.Item1, t.Item2, t.Item3, t.Item4), writeLine, seed, iter, time, threads, print, logger);

    /// <summary>As for one value, the assertion gets the five parts of each tuple.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T1, T2, T3, T4, T5>(
        this Gen<(T1, T2, T3, T4, T5)> gen, Action<T1, T2, T3, T4, T5> assert, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1,
        Func<(T1, T2, T3, T4, T5), string>? print = null, ILogger? logger = null)
        => gen.Sample(t => assert(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5), writeLine, seed, iter, time, threads, print, logger);

    /// <summary>As for one value, the predicate gets the two parts of each tuple.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T1, T2>(
        this Gen<(T1, T2)> gen, Func<T1, T2, bool> predicate, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1, Func<(T1, T2), string>? print = null, ILogger? logger = null)
        => gen.Sample(t => predicate(t.Item1, t.Item2), writeLine, seed, iter, time, threads, print, logger);

    /// <summary>As for one value, the predicate gets the three parts of each tuple.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T1, T2, T3>(
        this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, bool> predicate, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1,
        Func<(T1, T2, T3), string>? print = null, ILogger? logger = null)
        => gen.Sample(t => predicate(t.Item1, t.Item2, t.Item3), writeLine, seed, iter, time, threads, print, logger);

    /// <summary>As for one value, the predicate gets the four parts of each tuple.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen, Func<T1, T2, T3, T4, bool> predicate, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1,
        Func<(T1, T2, T3, T4), string>? print = null, ILogger? logger = null)
        => gen.Sample(t => predicate(t.Item1, t.Item2, t.Item3, t.Item4), writeLine, seed, iter, time, threads, print, logger);

    /// <summary>As for one value, the predicate gets the five parts of each tuple.</summary>
    /// <exception cref="CsCheckException">The property failed; or a generator; or the seed cannot be read.</exception>
    public static void Sample<T1, T2, T3, T4, T5>(
        this Gen<(T1, T2, T3, T4, T5)> gen, Func<T1, T2, T3, T4, T5, bool> predicate, Action<string>? writeLine = null,
        string? seed = null, long iter = -1, int time = -1, int threads = -1,
        Func<(T1, T2, T3, T4, T5), string>? print = null, ILogger? logger = null)
        => gen.Sample(t => predicate(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5), writeLine, seed, iter, time, threads, print, logger);

    /// <summary>Generates one value.</summary>
    public static T Single<T>(this Gen<T> gen) => Draw.From(gen.Trees, Draw.FreshSeed()).Value();

    /// <summary>Looks for a value that meets the predicate, and throws: the message has the seed to pass from now on.</summary>
    /// <exception cref="CsCheckException">Always: with the seed, or because a million values did not meet the predicate.</exception>
    public static T Single<T>(this Gen<T> gen, Func<T, bool> predicate)
    {
        const int MostTries = 1_000_000;
        var next = Draw.FreshSeed();
        for (var i = 0; i < MostTries; i++, next = Draw.SeedAfter(next))
            if (predicate(Draw.From(gen.Trees, next).Value()))
                throw new CsCheckException($"Found a value; to have it always, pass seed: \"{new Seed(next)}\"");
        throw new CsCheckException($"None of {MostTries} values met the predicate.");
    }

    /// <summary>Generates the value that belongs to the seed.</summary>
    /// <exception cref="CsCheckException">The value does not meet the predicate, or the seed cannot be read.</exception>
    public static T Single<T>(this Gen<T> gen, Func<T, bool> predicate, string seed)
    {
        var value = new Runner<T>(gen, predicate, Print).Find(CsCheck.Seed.Parse(seed)).Value();
        return predicate(value)
            ? value
            : throw new CsCheckException($"The value of seed \"{seed}\" does not meet the predicate: {Print(value)}");
    }

    private static void Run<T>(
        Gen<T> gen, Func<T, bool> holds, Action<string>? writeLine, string? seed, long iter, int time, Func<T, string>? print)
    {
        var total = new Runner<T>(gen, holds, print ?? Print).Run(seed ?? Seed, iter == -1 ? Iter : iter, time == -1 ? Time : time);
        writeLine?.Invoke(string.Create(CultureInfo.InvariantCulture, $"All {total} cases passed."));
    }
}
