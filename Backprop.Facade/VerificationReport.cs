using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Verify;

namespace Backprop.Facade;

/// <summary>The verdicts of a run.</summary>
/// <param name="Device">Where it ran.</param>
/// <param name="Dtype">In which dtype.</param>
/// <param name="Seed">The seed that everything random came from.</param>
/// <param name="Libtorch">Its version.</param>
/// <param name="Provider">"package" for the real TorchSharp, "substitute" for the one in Substitutes/.</param>
/// <param name="Rules">A verdict for each rule.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record VerificationReport(string Device, string Dtype, int Seed, string Libtorch, string Provider, IReadOnlyList<Agreement> Rules, double Seconds)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The request that it answers.</summary>
    public required VerifyRequest Request { get; init; }

    /// <summary>How many rules agree with all witnesses.</summary>
    public int Agreed => Rules.Count(rule => rule.Agrees);

    /// <summary>How many do not.</summary>
    public int Disagreed => Rules.Count - Agreed;

    /// <summary>One sentence.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"{(Disagreed == 0 ? "" : $"{Disagreed} of ")}{Rules.Count} hand-written backward {(Rules.Count == 1 ? "pass" : "passes")} {(Disagreed == 0 ? Rules.Count == 1 ? "agrees" : "agree" : Disagreed == 1 ? "disagrees" : "disagree")} with libtorch {Libtorch}'s autograd and finite differences on {Rules.Sum(rule => rule.Cases)} random {(Rules.Sum(rule => rule.Cases) == 1 ? "case" : "cases")} ({Rules.Sum(rule => rule.Entries)} entries; seed {Seed}, {Dtype}, {Device}).");

    /// <summary>The command that shows a disagreement again, in exactly its smallest case.</summary>
    /// <exception cref="ArgumentException">The rule agrees.</exception>
    public string Replay(Agreement rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var smallest = rule.Disagreement?.Smallest ?? throw new ArgumentException($"rule: {rule.Rule} agrees; there is nothing to replay.", nameof(rule));
        return string.Create(CultureInfo.InvariantCulture, $"./backprop verify {rule.Rule} --seed {smallest.Seed} --case {smallest.Text}{Option("--dtype", Dtype, "float64")}{Option("--device", Device, "cpu")}{Option("--fault", Request.Fault, null)}{Option("--data", Request.Data, null)}");
    }

    /// <summary>The report as JSON; NaN and infinities are strings.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        Device,
        Dtype,
        Seed,
        Libtorch,
        Provider,
        Rules = Rules.Select(rule => new
        {
            Name = rule.Rule,
            rule.Cases,
            rule.Agrees,
            rule.Worst,
            rule.WorstToAutograd,
            rule.WorstToDifference,
            rule.Entries,
            rule.Differences,
            rule.Kinks,
            Disagreement = rule.Disagreement is not { } found ? null : new { found.Flaw.Criterion, found.Flaw.Text, Case = found.Smallest.Text, found.Smallest.Seed, found.Inputs, Replay = Replay(rule) },
            rule.Seconds,
        }),
        Agreed,
        Disagreed,
        Seconds,
    }, Json);

    private static string Option(string name, string? value, string? usual) => value is null || value == usual ? "" : $" {name} {(value.Contains(' ', StringComparison.Ordinal) ? $"'{value}'" : value)}";
}
