using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Diagnosis;

namespace Backprop.Facade.Loading;

/// <summary>SARIF 2.1.0, which editors and code hosts read. The likeliest cause of a gradient is an error, other explanations of it are notes.</summary>
internal static class Sarif
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Of(AssemblyReport report)
    {
        var findings = report.Classes.SelectMany(Findings).ToList();
        var codes = Causes.All.Select(kind => kind.Code).Concat(findings.Select(finding => finding.Cause.Code)).Distinct(StringComparer.Ordinal).ToList();
        var log = new JsonObject
        {
            ["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = Array([new()
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "backprop",
                        ["semanticVersion"] = typeof(Sarif).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0",
                        ["rules"] = Array(codes.Select(Rule)),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = Array(findings.Select(finding => Result(finding, codes))),
            }]),
        };
        return log.ToJsonString(Format) + "\n";
    }

    private sealed record Finding(CheckReport Report, Cause Cause, string Level);

    private static IEnumerable<Finding> Findings(CheckReport report)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var level = report.Verdict is Verdict.Wrong or Verdict.Error ? "error" : report.Verdict is Verdict.Inconclusive or Verdict.Vacuous ? "warning" : "note";
        foreach (var cause in report.Causes) yield return new(report, cause, told.Add(cause.Gradient) ? level : "note");
        foreach (var warning in report.Warnings) yield return new(report, warning, "warning");
        if (report.Causes.Count == 0 && level != "note") yield return new(report, new(AssemblyReport.Word(report.Verdict), "", $"{report.Name} is {AssemblyReport.Word(report.Verdict)}.", "", "", ""), level);
    }

    private static JsonObject Rule(string code)
    {
        var kind = Causes.Find(code);
        var text = kind is null ? Other(code) : $"A gradient {kind.Summary}.";
        var page = $"docs/causes.md#{code}";
        return new()
        {
            ["id"] = code,
            ["shortDescription"] = Text(text),
            ["help"] = new JsonObject
            {
                ["text"] = $"{text} {kind?.Question} See {page}.".Replace("  ", " ", StringComparison.Ordinal),
                ["markdown"] = $"{text} {kind?.Question} See [{page}]({page}).".Replace("  ", " ", StringComparison.Ordinal),
            },
        };
    }

    private static string Other(string code) => code switch
    {
        "error" => "A gradient could not be checked.",
        "vacuous" => "The true gradient is zero or nearly so: the check proves nothing.",
        "inconclusive" => "Rounding decides whether the gradient is right.",
        _ => $"A gradient has the cause {code}.",
    };

    private static JsonObject Result(Finding finding, List<string> codes)
    {
        var (report, cause, level) = finding;
        var location = new JsonObject();
        if (report.Source is { } source)
        {
            location["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = Place(source.File) },
                ["region"] = new JsonObject { ["startLine"] = source.Line },
            };
        }
        location["logicalLocations"] = Array([new() { ["fullyQualifiedName"] = report.Name, ["kind"] = "type" }]);
        return new()
        {
            ["ruleId"] = cause.Code,
            ["ruleIndex"] = codes.IndexOf(cause.Code),
            ["level"] = level,
            ["message"] = Text(string.Join(' ', new[] { $"{report.Name}:", cause.Text, cause.Evidence.Length > 0 ? $"({cause.Evidence})" : "", cause.Repair.Length > 0 && cause.Repair != cause.Text ? $"Repair: {cause.Repair}" : "" }.Where(part => part.Length > 0))),
            ["locations"] = Array([location]),
            ["properties"] = new JsonObject { ["verdict"] = AssemblyReport.Word(report.Verdict), ["gradient"] = cause.Gradient, ["seed"] = report.Seed, ["replay"] = report.Replay },
        };
    }

    /// <summary>Relative to the working folder where it lies in it, which is what code hosts look up; else absolute.</summary>
    private static string Place(string file)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        if (Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal)) return Path.IsPathRooted(file) ? new Uri(file).AbsoluteUri : Uri.EscapeDataString(file);
        return string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonArray Array(IEnumerable<JsonObject> items) => [.. items];
}
