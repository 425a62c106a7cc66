using System.Globalization;
using System.Xml.Linq;

namespace Backprop.PropertyTests.Facade.Pictures;

/// <summary>An SVG as the tests read it.</summary>
internal sealed class Drawing
{
    private readonly XElement _root;

    internal Drawing(string svg)
    {
        _root = XDocument.Parse(svg).Root!;
        Assert.Equal("http://www.w3.org/2000/svg", _root.Name.NamespaceName);
        Box = [.. _root.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
    }

    internal double[] Box { get; }

    internal string Title => _root.Elements().First(element => element.Name.LocalName == "title").Value;

    internal IEnumerable<XElement> All(string element, string? within = null) =>
        (within is null ? [_root] : _root.Descendants().Where(group => Value(group, "class").Split(' ').Contains(within))).SelectMany(group => group.Descendants()).Where(found => found.Name.LocalName == element);

    /// <summary>The numbers beside an axis with where they stand.</summary>
    internal IReadOnlyList<(double Tick, double Place)> Ticks(string axis) =>
        [.. All("text").Where(text => Value(text, "class") == $"tick-{axis}").Select(text => (Number(text.Value), Number(Value(text, axis))))];

    /// <summary>What number stands at a place, by the first and last tick alone.</summary>
    internal double Read(string axis, double place)
    {
        // The names beside the vertical axis stand 4 below its ticks.
        var (first, last) = (Ticks(axis)[0], Ticks(axis)[^1]);
        var shift = axis == "y" ? 4 : 0;
        return first.Tick + (place + shift - first.Place) / (last.Place - first.Place) * (last.Tick - first.Tick);
    }

    /// <summary>Nothing stands outside the picture.</summary>
    internal void StaysWithinItsBox()
    {
        Assert.Equal([0, 0], Box[..2]);
        foreach (var element in _root.Descendants().Where(element => !element.AncestorsAndSelf().Any(outer => outer.Attribute("transform") is not null)))
        {
            foreach (var attribute in element.Attributes().Where(attribute => !attribute.Value.EndsWith('%')))
            {
                if (attribute.Name.LocalName is "x" or "x1" or "x2" or "cx") Assert.InRange(Number(attribute.Value), 0, Box[2]);
                if (attribute.Name.LocalName is "y" or "y1" or "y2" or "cy") Assert.InRange(Number(attribute.Value), 0, Box[3]);
            }
        }
    }

    internal static string Value(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
