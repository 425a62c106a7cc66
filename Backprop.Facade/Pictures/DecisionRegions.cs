using System.Text;
using System.Xml.Linq;

namespace Backprop.Facade.Pictures;

/// <summary>A point of the plane.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Upward.</param>
public sealed record PlanePoint(double X, double Y);

/// <summary>A part of the plane in cells, each of which gets the class that is found at its middle.</summary>
/// <param name="Left">Where it begins.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Bottom">Its least height.</param>
/// <param name="Top">Its greatest height.</param>
/// <param name="Columns">How many cells stand side by side.</param>
/// <param name="Rows">How many cells stand one above the other.</param>
public sealed record PlaneGrid(double Left, double Right, double Bottom, double Top, int Columns, int Rows)
{
    /// <summary>One around some points, with a little room.</summary>
    /// <param name="points">At least one, to be of use.</param>
    /// <param name="cells">Side by side, and one above the other.</param>
    public static PlaneGrid Around(IReadOnlyList<PlanePoint> points, int cells = 200)
    {
        var (x, y) = (Axis.Over(points.Select(point => point.X), 0.08, 0, 1), Axis.Over(points.Select(point => point.Y), 0.08, 0, 1));
        return new(x.Least, x.Greatest, y.Least, y.Greatest, cells, cells);
    }

    /// <summary>The middles of the cells: from left to right, the lowest row first.</summary>
    public IReadOnlyList<PlanePoint> Middles =>
        [.. from row in Enumerable.Range(0, Rows) from column in Enumerable.Range(0, Columns) select new PlanePoint(Left + (Right - Left) * (column + 0.5) / Columns, Bottom + (Top - Bottom) * (row + 0.5) / Rows)];
}

/// <summary>What class a model finds where in the plane, with the points that it is judged by.</summary>
public static class DecisionRegions
{
    private const double Side = 480;
    private const double Left = 76;
    private const double Top = 44;

    /// <summary>Draws it as SVG.</summary>
    /// <param name="points">The examples.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="grid">The part of the plane that is shown.</param>
    /// <param name="found">The class at the middle of each of its cells, in their order.</param>
    /// <param name="names">Of the two features, the one to the right first.</param>
    /// <param name="title">Above the picture.</param>
    /// <exception cref="ArgumentException">The numbers of points, labels, cells or names do not fit, or there is no such class.</exception>
    public static string Svg(IReadOnlyList<PlanePoint> points, IReadOnlyList<int> labels, IReadOnlyList<string> classes, PlaneGrid grid, IReadOnlyList<int> found, IReadOnlyList<string> names, string title = "Decision regions")
    {
        ArgumentNullException.ThrowIfNull(title);
        Check(points, labels, classes, grid, found, names);
        var (x, y) = (new Axis(grid.Left, grid.Right, Left, Left + Side), new Axis(grid.Bottom, grid.Top, Top + Side, Top));
        var legend = classes.Select((name, label) => (Canvas.Circle(18, 0, 5, Palette.Of(label)), Canvas.Short(name, 16)));
        return Canvas.Document(Left + Side + 150, Top + Side + 56, title,
            Canvas.Group("regions", Enumerable.Range(0, classes.Count).Select(label => Region(label, grid, found, x, y))),
            Canvas.Frame(x, y, names[0], names[1], wholeX: false, lines: false),
            Canvas.Group("points", points.Zip(labels).Where(pair => Within(pair.First, grid)).Select(pair => Canvas.Marked(Canvas.Circle(x.Place(pair.First.X), y.Place(pair.First.Y), 3.4, Palette.Of(pair.Second)), $"class-{pair.Second}"))),
            Canvas.Legend(Left + Side + 8, Top + 12, legend));
    }

    /// <summary>All cells of one class as one path, so that no seam shows between neighbours in a row.</summary>
    private static XElement Region(int label, PlaneGrid grid, IReadOnlyList<int> found, Axis x, Axis y)
    {
        var path = new StringBuilder();
        double Edge(int column) => x.Place(grid.Left + (grid.Right - grid.Left) * column / grid.Columns);
        double Height(int row) => y.Place(grid.Bottom + (grid.Top - grid.Bottom) * row / grid.Rows);
        for (var row = 0; row < grid.Rows; row++)
        {
            for (var column = 0; column < grid.Columns; column++)
            {
                if (found[row * grid.Columns + column] != label) continue;
                var first = column;
                while (column + 1 < grid.Columns && found[row * grid.Columns + column + 1] == label) column++;
                path.Append($"M{Canvas.Number(Edge(first))} {Canvas.Number(Height(row))}H{Canvas.Number(Edge(column + 1))}V{Canvas.Number(Height(row + 1))}H{Canvas.Number(Edge(first))}Z");
            }
        }
        return Canvas.Element("path", ("class", $"class-{label}"), ("d", path.ToString()), ("fill", Palette.Of(label)), ("fill-opacity", "0.3"), ("shape-rendering", "crispEdges"));
    }

    private static bool Within(PlanePoint point, PlaneGrid grid) => point.X >= grid.Left && point.X <= grid.Right && point.Y >= grid.Bottom && point.Y <= grid.Top;

    private static void Check(IReadOnlyList<PlanePoint> points, IReadOnlyList<int> labels, IReadOnlyList<string> classes, PlaneGrid grid, IReadOnlyList<int> found, IReadOnlyList<string> names)
    {
        if (labels.Count != points.Count) throw new ArgumentException($"labels: expected {points.Count}, one for each point, got {labels.Count}.", nameof(labels));
        if (grid.Columns < 1 || grid.Rows < 1 || !(grid.Right > grid.Left && grid.Top > grid.Bottom)) throw new ArgumentException($"grid: expected at least one cell in a range from left to right and bottom to top, got {grid}.", nameof(grid));
        if (found.Count != grid.Columns * grid.Rows) throw new ArgumentException($"found: expected {grid.Columns * grid.Rows} classes, one for each cell, got {found.Count}.", nameof(found));
        if (names.Count != 2) throw new ArgumentException($"names: expected those of 2 features, got {names.Count}.", nameof(names));
        if (labels.Concat(found).Where(label => label < 0 || label >= classes.Count).Select(label => (int?)label).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"classes: expected labels in 0 … {classes.Count - 1}, got {unknown}.", nameof(classes));
    }
}
