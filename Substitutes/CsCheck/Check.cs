using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CsCheck;

/// <summary>Checks properties on random values.</summary>
/// <remarks>Cases are run one after the other, on the caller's thread; the real CsCheck uses several threads.</remarks>
public static partial class Check
{
    /// <summary>How many cases are run where no number is given: CsCheck_Iter in the environment, else 100.</summary>
    public static long Iter = FromEnvironment("CsCheck_Iter", 100L);

    /// <summary>How many seconds cases are run where no time is given: CsCheck_Time in the environment, else −1 (Iter counts).</summary>
    public static int Time = FromEnvironment("CsCheck_Time", -1);

    /// <summary>Has no effect here: CsCheck_Threads in the environment, else the number of processors.</summary>
    public static int Threads = FromEnvironment("CsCheck_Threads", Environment.ProcessorCount);

    /// <summary>The first case's seed where none is given: CsCheck_Seed in the environment, else null: a new one each time.</summary>
    public static string? Seed = Environment.GetEnvironmentVariable("CsCheck_Seed") is { } seed && seed.Trim().Length > 0 ? seed : null;

    /// <summary>How many values in a row may fail the predicate of Where: CsCheck_WhereLimit in the environment, else 100.</summary>
    public static int WhereLimit = FromEnvironment("CsCheck_WhereLimit", 100);

    /// <summary>Shows a value as failures do: the elements of a collection or tuple too, numbers as in every culture.</summary>
    public static string Print<T>(T t) => t switch
    {
        null => "null",
        string s => s,
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        Array { Rank: 2 } a => Print(Places(a.GetLength(0)).Select(i => Places(a.GetLength(1)).Select(j => a.GetValue(i, j)))),
        ITuple p => $"({string.Join(", ", Places(p.Length).Select(i => Print(p[i])))})",
        IEnumerable e => $"[{string.Join(", ", e.Cast<object?>().Take(1000).Select(Print))}]",
        _ => t.ToString() ?? "",
    };

    private static IEnumerable<int> Places(int count) => Enumerable.Range(0, count);

    private static T FromEnvironment<T>(string variable, T otherwise)
        where T : IBinaryInteger<T>
    {
        var text = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrWhiteSpace(text))
            return otherwise;
        return T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CsCheckException($"{variable} is '{text}' in the environment, which is not a number of type {typeof(T).Name}.");
    }
}
