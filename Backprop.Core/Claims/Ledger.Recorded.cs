namespace Backprop.Claims;

public static partial class Ledger
{
    private static readonly Lazy<IReadOnlyDictionary<string, Verdict>> Record = new(Read);

    /// <summary>The verdicts of an earlier run, by id: held against those found now only to notice change.</summary>
    public static IReadOnlyDictionary<string, Verdict> Recorded => Record.Value;

    /// <summary>The verdict as the recorded list has it.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Refuted => "refuted",
        Verdict.HoldsIf => "holds if",
        _ => "not checkable",
    };

    /// <summary>The kind in words.</summary>
    public static string Word(ClaimKind kind) => kind == ClaimKind.GoldenNumber ? "golden number" : kind.ToString().ToLowerInvariant();

    private static Dictionary<string, Verdict> Read()
    {
        using var stream = typeof(Ledger).Assembly.GetManifestResourceStream("Backprop.Claims.recorded.txt")!;
        using var reader = new StreamReader(stream);
        var words = Enum.GetValues<Verdict>().ToDictionary(verdict => Word(verdict), StringComparer.Ordinal);
        var recorded = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line.Split(' ', 2) is [var id, var word]) recorded.Add(id, words[word]);
        return recorded;
    }
}
