using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backprop.Facade.Pictures;
using Backprop.Facade.Training;

namespace Backprop.Benchmarks;

internal static partial class Acceptance
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The pictures of the spiral as a browser shows them: what is drawn is seen where the file says, and the linear classifier's regions miss the arms where the network's do not.</summary>
    private static IEnumerable<Outcome> Pictures()
    {
        var folder = Directory.CreateTempSubdirectory("backprop-acceptance-");
        try
        {
            var (linear, network) = (Path.Combine(folder.FullName, "linear"), Path.Combine(folder.FullName, "network"));
            Trainings.Train(new() { Model = "softmax-classifier", Data = "spiral", Rate = 1, Epochs = 500, Out = linear });
            Trainings.Train(new() { Model = "neural-network", Data = "spiral", Hidden = [100], Activation = "relu", Rate = 1, Epochs = 3000, Out = network });
            var report = Trainings.Evaluate(network, "spiral");
            if (Chromium.Colours(File.ReadAllText(Path.Combine(linear, "loss.svg")), [(1, 1)]) is null)
            {
                Console.WriteLine("  left out: there is no chromium on the PATH");
                yield break;
            }
            foreach (var (run, name, least, most) in new[] { (linear, "softmax classifier", 0.40, 0.75), (network, "100 hidden units", 0.95, 1.0) })
            {
                var (right, seen, own) = Boundary(File.ReadAllText(Path.Combine(run, "boundary.svg")));
                yield return new($"boundary.svg, {name}: points and regions", $"{right} of {seen} as drawn", "all", right == seen && seen > 500);
                yield return new($"boundary.svg, {name}: ground of a point's own class", Percent(own), $"{100 * least:0} … {100 * most:0} %", own >= least && own <= most);
            }
            var loss = Line(File.ReadAllText(Path.Combine(network, "loss.svg")));
            yield return new("loss.svg: along the line", $"{loss.Right} of {loss.Seen} as drawn", "all", loss.Right == loss.Seen && loss.Seen > 100);
            var cells = Cells(ConfusionMatrix.Svg(report.Confusion, report.Classes));
            yield return new("confusion.svg: cells", $"{cells.Right} of {cells.Seen} as drawn", "all 9", cells is (9, 9));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>How many of the points and of the places between them have the colour that the file gives them, and the share of points beside which the ground is of their class.</summary>
    private static (int Right, int Seen, double Own) Boundary(string svg)
    {
        var root = XDocument.Parse(svg).Root!;
        var circles = Group(root, "points").Elements().Select(circle => (X: Number(circle, "cx"), Y: Number(circle, "cy"), Colour: circle.Attribute("fill")!.Value)).ToList();
        var cells = Group(root, "regions").Elements().SelectMany(path => CellsOf(path.Attribute("d")!.Value).Select(cell => (Cell: cell, Colour: Blend(path.Attribute("fill")!.Value, 0.3)))).ToList();
        var expected = new List<(double X, double Y, string Colour)>();
        expected.AddRange(circles.Where(one => circles.TrueForAll(other => other == one || Far(other, one.X, one.Y, 9))));
        for (var x = 80.0; x < 556; x += 9)
            for (var y = 48.0; y < 524; y += 9)
                if (circles.TrueForAll(circle => Far(circle, x, y, 6)) && cells.Find(one => Inside(one.Cell, x, y, 0.8)) is { Colour: not null } cell) expected.Add((x, y, cell.Colour));
        var beside = circles.Select(circle => (X: circle.X + 6, circle.Y, Colour: Blend(circle.Colour, 0.3))).Where(place => circles.TrueForAll(other => Far(other, place.X, place.Y, 5))).ToList();
        var seen = Chromium.Colours(svg, [.. expected.Concat(beside).Select(place => (place.X, place.Y))])!;
        return (expected.Zip(seen).Count(pair => Alike(pair.First.Colour, pair.Second)), expected.Count,
            beside.Zip(seen.Skip(expected.Count)).Count(pair => Alike(pair.First.Colour, pair.Second)) / (double)beside.Count);
    }

    private static (int Right, int Seen) Line(string svg)
    {
        var line = XDocument.Parse(svg).Descendants(Svg + "polyline").First();
        // At its ends the line covers half a pixel.
        var places = line.Attribute("points")!.Value.Split(' ').Skip(1).SkipLast(1).Select(pair => pair.Split(',')).Select(pair => (Parse(pair[0]), Parse(pair[1]))).ToList();
        return (Chromium.Colours(svg, places)!.Count(colour => Alike(colour, line.Attribute("stroke")!.Value)), places.Count);
    }

    private static (int Right, int Seen) Cells(string svg)
    {
        // Near the corner, where no number stands.
        var cells = Group(XDocument.Parse(svg).Root!, "cells").Descendants(Svg + "rect").Select(rect => (X: Number(rect, "x") + 4, Y: Number(rect, "y") + 4, Colour: rect.Attribute("fill")!.Value)).ToList();
        return (Chromium.Colours(svg, [.. cells.Select(cell => (cell.X, cell.Y))])!.Zip(cells).Count(pair => Alike(pair.First, pair.Second.Colour)), cells.Count);
    }

    private static XElement Group(XElement root, string kind) => root.Elements(Svg + "g").First(group => group.Attribute("class")?.Value == kind);

    private static bool Far((double X, double Y, string Colour) circle, double x, double y, double distance) => Math.Pow(circle.X - x, 2) + Math.Pow(circle.Y - y, 2) > distance * distance;

    /// <summary>The rectangles of a path: M left top H right V bottom …</summary>
    private static IEnumerable<(double Left, double Right, double Low, double High)> CellsOf(string path) => Regex.Matches(path, "M(?<a>[-0-9.]+) (?<b>[-0-9.]+)H(?<c>[-0-9.]+)V(?<d>[-0-9.]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
        .Select(match => (Parse(match.Groups["a"].Value), Parse(match.Groups["c"].Value), Math.Min(Parse(match.Groups["b"].Value), Parse(match.Groups["d"].Value)), Math.Max(Parse(match.Groups["b"].Value), Parse(match.Groups["d"].Value))));

    private static bool Inside((double Left, double Right, double Low, double High) cell, double x, double y, double room) => x > cell.Left + room && x < cell.Right - room && y > cell.Low + room && y < cell.High - room;

    /// <summary>A colour on white, so opaque.</summary>
    private static string Blend(string colour, double opacity) => "#" + string.Concat(Parts(colour).Select(part => ((int)Math.Round(255 + opacity * (part - 255))).ToString("x2", CultureInfo.InvariantCulture)));

    private static bool Alike(string one, string other) => Parts(one).Zip(Parts(other)).All(pair => Math.Abs(pair.First - pair.Second) <= 3);

    private static int[] Parts(string colour) => [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    private static double Number(XElement element, string attribute) => Parse(element.Attribute(attribute)!.Value);

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
