using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Backprop.Diagnosis;

namespace Backprop.Facade.Loading;

/// <summary>JUnit's XML, which build servers read: wrong is a failure, error an error; inconclusive and vacuous are skipped tests, with the reason, since they say nothing either way.</summary>
internal static class JUnit
{
    internal static string Of(AssemblyReport report)
    {
        var cases = report.Classes.SelectMany(Cases).ToList();
        XAttribute Counted(string name, string element) => new(name, cases.Count(one => one.Element(element) is not null));
        object[] counts = [new XAttribute("tests", cases.Count), Counted("failures", "failure"), Counted("errors", "error"), Counted("skipped", "skipped"), Seconds(report.Seconds)];
        var document = new XDocument(new XElement("testsuites", counts, new XElement("testsuite", new XAttribute("name", Text(Path.GetFileNameWithoutExtension(report.Request.Path))), counts, cases)));
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{document}\n";
    }

    private static IEnumerable<XElement> Cases(CheckReport one)
    {
        var rows = one.Gradients.Select(gradient => (gradient.Gradient, gradient.Verdict)).ToList();
        // What concerns the passes as a whole, or an edge case, is a test of its own.
        if (rows.TrueForAll(row => Rank(row.Verdict) != Rank(one.Verdict))) rows.Add(("Backward", one.Verdict));
        return rows.Select(row => new XElement("testcase", new XAttribute("classname", Text(one.Name)), new XAttribute("name", Text(row.Item1)), Seconds(one.Seconds / rows.Count), Outcome(one, row.Item1, row.Item2)));
    }

    private static XElement? Outcome(CheckReport one, string gradient, Verdict verdict)
    {
        var cause = one.Causes.FirstOrDefault(cause => cause.Gradient.Split(", ").Contains(gradient)) ?? (one.Causes.Count > 0 ? one.Causes[0] : null);
        var message = new XAttribute("message", Text(cause?.Text ?? AssemblyReport.Word(verdict)));
        var type = new XAttribute("type", cause?.Code ?? AssemblyReport.Word(verdict));
        return verdict switch
        {
            Verdict.Right or Verdict.Kink => null,
            Verdict.Wrong => new("failure", message, type, Text(one.ToString())),
            Verdict.Error => new("error", message, type, Text(one.ToString())),
            _ => new("skipped", new XAttribute("message", Text($"{AssemblyReport.Word(verdict)}: {cause?.Text}"))),
        };
    }

    private static int Rank(Verdict verdict) => verdict is Verdict.Kink ? (int)Verdict.Right : (int)verdict;

    private static XAttribute Seconds(double seconds) => new("time", seconds.ToString("F3", CultureInfo.InvariantCulture));

    /// <summary>Without the characters that XML cannot hold: a user's message may have any.</summary>
    private static string Text(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));
}
