using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Backprop.Facade.Pictures;

/// <summary>The parts of which every picture is made.</summary>
internal static class Canvas
{
    internal const int FontSize = 12;

    /// <summary>About how wide a letter is, against the size of its font.</summary>
    internal const double Letter = 0.58;

    internal static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>A whole picture on white, its title above.</summary>
    internal static string Document(double width, double height, string title, params object?[] content)
    {
        var root = Element("svg",
            ("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("width", Number(width)), ("height", Number(height)), ("role", "img"),
            ("font-family", "DejaVu Sans, Verdana, Arial, sans-serif"), ("font-size", $"{FontSize}"), ("fill", Palette.Ink));
        root.Add(new XElement(Svg + "title", Clean(title)), Element("rect", ("width", "100%"), ("height", "100%"), ("fill", "#ffffff")));
        var heading = Text(width / 2, 24, title, "middle");
        heading.SetAttributeValue("font-size", 15);
        heading.SetAttributeValue("class", "heading");
        root.Add(heading, content);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n";
    }

    /// <summary>The frame of a plot with ticks and the names of both axes; on plain ground also lines across, to read heights by.</summary>
    internal static XElement Frame(Axis x, Axis y, string nameOfX, string nameOfY, bool wholeX, bool lines)
    {
        var (left, right, bottom, top) = (x.Start, x.End, y.Start, y.End);
        var frame = Group("axes");
        foreach (var tick in x.Ticks(wholeX))
        {
            var at = x.Place(tick);
            frame.Add(Line(at, bottom, at, bottom + 5, Palette.Ink), Marked(Text(at, bottom + 19, x.Name(tick, wholeX), "middle"), "tick-x"));
        }
        foreach (var tick in y.Ticks())
        {
            var at = y.Place(tick);
            frame.Add(Line(left - 5, at, left, at, Palette.Ink), lines ? Line(left, at, right, at, Palette.Faint) : null, Marked(Text(left - 9, at + 4, y.Name(tick), "end"), "tick-y"));
        }
        frame.Add(Rectangle(left, top, right - left, bottom - top, "none", Palette.Ink));
        frame.Add(Text((left + right) / 2, bottom + 40, nameOfX, "middle"), Upright(left - 52, (top + bottom) / 2, nameOfY));
        return frame;
    }

    /// <summary>Names with a sample of each, one below the other.</summary>
    internal static XElement Legend(double x, double y, IEnumerable<(XElement Sample, string Name)> entries)
    {
        var legend = Group("legend");
        foreach (var ((sample, name), i) in entries.Select((entry, i) => (entry, i)))
        {
            var row = Element("g", ("transform", $"translate({Number(x)} {Number(y + 20 * i)})"));
            row.Add(sample, Text(30, 4, name, "start"));
            legend.Add(row);
        }
        return legend;
    }

    internal static XElement Group(string kind, params object?[] content) => new(Svg + "g", new XAttribute("class", kind), content);

    internal static XElement Text(double x, double y, string text, string anchor)
    {
        var element = Element("text", ("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor));
        element.Value = Clean(text);
        return element;
    }

    /// <summary>Text that reads from below upward.</summary>
    internal static XElement Upright(double x, double y, string text, string anchor = "middle")
    {
        var element = Text(x, y, text, anchor);
        element.SetAttributeValue("transform", $"rotate(-90 {Number(x)} {Number(y)})");
        return element;
    }

    internal static XElement Line(double x1, double y1, double x2, double y2, string colour) =>
        Element("line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", colour));

    internal static XElement Rectangle(double x, double y, double width, double height, string fill, string stroke) =>
        Element("rect", ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)), ("fill", fill), ("stroke", stroke));

    internal static XElement Circle(double x, double y, double radius, string fill) =>
        Element("circle", ("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)), ("fill", fill), ("stroke", "#ffffff"), ("stroke-width", "0.8"));

    internal static XElement Element(string name, params (string Name, string Value)[] attributes) =>
        new(Svg + name, attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value)));

    internal static XElement Marked(XElement element, string kind)
    {
        element.SetAttributeValue("class", kind);
        return element;
    }

    /// <summary>A hundredth of a unit is finer than any screen.</summary>
    internal static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The name, or its beginning where it is long.</summary>
    internal static string Short(string name, int most) => name.Length <= most ? name : name[..(most - 1)] + "…";

    /// <summary>XML has no place for most control characters.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD"));
}
