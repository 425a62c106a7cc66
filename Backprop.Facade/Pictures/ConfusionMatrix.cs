using System.Globalization;
using System.Xml.Linq;

namespace Backprop.Facade.Pictures;

/// <summary>Which class was taken for which, and how often.</summary>
public static class ConfusionMatrix
{
    private const int LongestName = 16;
    private const double Top = 84;

    /// <summary>Draws it as SVG: a row for each true class, a column for each found one; the shade is the share of the row.</summary>
    /// <param name="counts">By true class, then by found class.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="title">Above the picture.</param>
    /// <exception cref="ArgumentException">The counts are no square with a row for each class, or one is negative.</exception>
    public static string Svg(IReadOnlyList<IReadOnlyList<long>> counts, IReadOnlyList<string> classes, string title = "Confusion matrix")
    {
        ArgumentNullException.ThrowIfNull(title);
        Check(counts, classes);
        var cell = Math.Clamp(480.0 / classes.Count, 22, 64);
        string[] names = [.. classes.Select(name => Canvas.Short(name, LongestName))];
        var longest = names.Max(name => name.Length) * Canvas.FontSize * Canvas.Letter;
        // Names that do not fit above their column read upward.
        var upright = longest > cell - 6;
        var (left, top, side) = (44 + longest, Top + (upright ? longest : Canvas.FontSize), cell * classes.Count);
        var width = Math.Max(left + side + 24, 340);
        var (right, all) = (Enumerable.Range(0, classes.Count).Sum(i => counts[i][i]), counts.Sum(row => row.Sum()));
        var share = all == 0 ? "no example" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * right / all:0.00} % of {all} right");
        return Canvas.Document(width, top + side + 20, title,
            Canvas.Text(width / 2, 44, share, "middle"),
            Canvas.Group("cells", counts.SelectMany((row, i) => row.Select((count, j) => Cell(count, row.Sum(), left + cell * j, top + cell * i, cell, $"true-{i} found-{j}")))),
            Canvas.Rectangle(left, top, side, side, "none", Palette.Ink),
            Canvas.Group("true", names.Select((name, i) => Canvas.Text(left - 8, top + cell * (i + 0.5) + 4, name, "end"))),
            Canvas.Group("found", names.Select((name, j) => upright ? Canvas.Upright(left + cell * (j + 0.5) + 4, top - 8, name, "start") : Canvas.Text(left + cell * (j + 0.5), top - 8, name, "middle"))),
            Canvas.Text(left + side / 2, 68, "found", "middle"),
            Canvas.Upright(22, top + side / 2, "true"));
    }

    private static XElement Cell(long count, long ofRow, double x, double y, double side, string kind)
    {
        var share = ofRow == 0 ? 0 : (double)count / ofRow;
        var text = count.ToString(CultureInfo.InvariantCulture);
        var label = Canvas.Text(x + side / 2, y + side / 2 + 4, text, "middle");
        label.SetAttributeValue("font-size", Canvas.Number(Math.Min(Canvas.FontSize, (side - 4) / (text.Length * Canvas.Letter))));
        // Dark ink on light cells, white on dark ones.
        label.SetAttributeValue("fill", share > 0.5 ? "#ffffff" : count == 0 ? "#999999" : Palette.Ink);
        return Canvas.Group(kind, Canvas.Rectangle(x, y, side, side, Palette.Shade(share), Palette.Faint), label);
    }

    private static void Check(IReadOnlyList<IReadOnlyList<long>> counts, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0) throw new ArgumentException("classes: expected at least one, got none.", nameof(classes));
        if (counts.Count != classes.Count || counts.Any(row => row.Count != classes.Count))
            throw new ArgumentException($"counts: expected {classes.Count} rows of {classes.Count}, one for each class, got rows of {string.Join(", ", counts.Select(row => row.Count))}.", nameof(counts));
        if (counts.SelectMany(row => row).Any(count => count < 0)) throw new ArgumentException("counts: expected numbers that are not negative, got a negative one.", nameof(counts));
    }
}
