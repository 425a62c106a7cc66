using System.Globalization;
using System.Text;

namespace Backprop.Diagnosis;

/// <summary>A report as a person reads it: the verdict, why, what to do, the smallest case, and how to see it again.</summary>
internal static class ReportText
{
    internal static string Of(CheckReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Name}: {report.Verdict.ToString().ToLowerInvariant()}");
        if (report.Cases > 0) text.Append(CultureInfo.InvariantCulture, $" ({report.Cases} case{(report.Cases == 1 ? "" : "s")}, {report.Dtype}{(report.Device == "cpu" ? "" : ", " + report.Device)}, seed {report.Seed}{(report.Method is { } method ? ", " + method : "")})");
        text.Append('\n');
        for (var i = 0; i < report.Causes.Count; i++) Append(text, i == 0 ? "why" : "or", report.Causes[i]);
        foreach (var warning in report.Warnings) Append(text, "note", warning);
        foreach (var edge in report.Edges.Where(edge => edge.Verdict is not Verdict.Right)) text.Append(CultureInfo.InvariantCulture, $"  at {edge.What}: {edge.Verdict.ToString().ToLowerInvariant()}{(edge.Text.Length > 0 ? ": " + edge.Text : "")}\n");
        if (report.Smallest is { } smallest)
        {
            text.Append("  smallest case that shows it:\n");
            foreach (var input in smallest.Inputs) text.Append("    ").Append(input).Append('\n');
            if (smallest.Worst is { } worst) text.Append("    ").Append(CaseCode.Values(worst)).Append('\n');
            text.Append("  in C#:\n").Append(Indented(smallest.CSharp)).Append("  in F#:\n").Append(Indented(smallest.FSharp));
            text.Append("  again: ").Append(report.Replay).Append('\n');
        }
        if (report.Source is { } source) text.Append(CultureInfo.InvariantCulture, $"  Backward is at {Near(source.File)}:{source.Line}\n");
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A path as one would type it here.</summary>
    private static string Near(string path) => path.StartsWith(Environment.CurrentDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetRelativePath(Environment.CurrentDirectory, path) : path;

    private static void Append(StringBuilder text, string label, Cause cause)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {label}: {cause.Text} [{cause.Code}]\n");
        if (cause.Evidence.Length > 0) text.Append("    seen: ").Append(cause.Evidence).Append('\n');
        if (cause.Repair.Length > 0) text.Append("    repair: ").Append(cause.Repair).Append('\n');
    }

    private static string Indented(string code) => string.Concat(code.Split('\n').Select(line => $"    {line}\n"));
}
