using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Diagnosis;

namespace Backprop.Facade.Loading;

/// <summary>The verdicts on the gradients of an assembly.</summary>
/// <param name="Request">What it answers.</param>
/// <param name="Classes">A report for each marked class, in the order of the assembly.</param>
/// <param name="Libtorch">Its version.</param>
/// <param name="Provider">"package" for the real TorchSharp, "substitute" for the one in Substitutes/.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record AssemblyReport(AssemblyRequest Request, IReadOnlyList<CheckReport> Classes, string Libtorch, string Provider, double Seconds)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>0 all right, or right by convention at kinks; 1 any wrong, or not to be checked; 4 nothing wrong, but something that the check cannot decide.</summary>
    public int ExitCode => Count(Verdict.Wrong) + Count(Verdict.Error) > 0 ? 1 : Count(Verdict.Inconclusive) + Count(Verdict.Vacuous) > 0 ? 4 : 0;

    /// <summary>One sentence.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"{Classes.Count} hand-written {(Classes.Count == 1 ? "gradient" : "gradients")}: {string.Join(", ", Enum.GetValues<Verdict>().Where(verdict => Count(verdict) > 0).Select(verdict => $"{Count(verdict)} {Word(verdict)}"))} (seed {Request.Options.Seed}, {Request.Options.Dtype.ToString().ToLowerInvariant()}, {Request.Options.Device}, libtorch {Libtorch}; {Seconds:F1} s).");

    /// <summary>The reports as JSON: an array with an object for each class; NaN and infinities are strings.</summary>
    public string ToJson() => JsonSerializer.Serialize(Classes.Select(one => new
    {
        one.Name,
        Verdict = Word(one.Verdict),
        Causes = one.Causes.Select(cause => new { cause.Code, cause.Gradient, cause.Text, cause.Evidence, cause.Repair, cause.Question }),
        Smallest = one.Smallest is not { } smallest ? null : new { smallest.Inputs, Code = smallest.CSharp, Fsharp = smallest.FSharp, Case = smallest.Case.Text, smallest.Case.Seed, smallest.Worst },
        one.Seed,
        one.Replay,
        one.Warnings,
        one.Gradients,
        one.Edges,
        one.Method,
        one.Cases,
        one.Dtype,
        one.Device,
        one.Source,
        one.Seconds,
    }), Json);

    /// <summary>The reports as JUnit's XML: a test case for each gradient of each class.</summary>
    public string ToJUnit() => JUnit.Of(this);

    /// <summary>The reports as SARIF 2.1.0: a rule for each code of a cause, results where Backward is written.</summary>
    public string ToSarif() => Sarif.Of(this);

    /// <summary>A verdict as it is printed.</summary>
    public static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private int Count(Verdict verdict) => Classes.Count(one => one.Verdict == verdict);
}
