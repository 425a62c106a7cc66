using System.Xml.Linq;

namespace Backprop.Facade.Pictures;

/// <summary>The loss, epoch by epoch.</summary>
public static class LossCurve
{
    private const double Width = 640;
    private const double Height = 400;

    /// <summary>Draws it as SVG: a solid line for training, a dashed one for validation; a loss that is not finite leaves a gap.</summary>
    /// <param name="training">From the first epoch on, at least one.</param>
    /// <param name="validation">From the first epoch on; none where nothing was kept for validation.</param>
    /// <param name="title">Above the picture.</param>
    /// <exception cref="ArgumentException">There is no loss of training.</exception>
    public static string Svg(IReadOnlyList<double> training, IReadOnlyList<double> validation, string title = "Loss by epoch")
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(title);
        if (training.Count == 0) throw new ArgumentException("training: expected the loss of at least one epoch, got none.", nameof(training));
        var x = Axis.Over([1, Math.Max(training.Count, validation.Count)], 0.02, 76, Width - 24);
        var losses = Axis.Over([.. training, .. validation], 0.06, Height - 56, 76);
        // Losses are mostly positive, and how far they are from 0 is what one wants to see.
        var y = losses.Least > 0 || training.Concat(validation).Where(double.IsFinite).All(loss => loss >= 0) ? losses with { Least = 0 } : losses;
        (string Name, IReadOnlyList<double> Losses)[] lines = validation.Count > 0 ? [("training", training), ("validation", validation)] : [("training", training)];
        return Canvas.Document(Width, Height, title,
            Canvas.Frame(x, y, "epoch", "loss", wholeX: true, lines: true),
            lines.Select((line, i) => Canvas.Group($"line {line.Name}", Segments(line.Losses, x, y).Select(segment => Drawn(segment, i)))),
            lines.Select((line, i) => Canvas.Legend(Width - 24 - 110 * (lines.Length - i), 56, [(Stroke(Canvas.Line(0, 0, 24, 0, Palette.Of(0)), i), line.Name)])));
    }

    /// <summary>Where the points stand, apart where a loss between them is not finite.</summary>
    private static IEnumerable<IReadOnlyList<(double X, double Y)>> Segments(IReadOnlyList<double> losses, Axis x, Axis y)
    {
        var segment = new List<(double X, double Y)>();
        foreach (var (loss, epoch) in losses.Select((loss, i) => (loss, i + 1)))
        {
            if (double.IsFinite(loss))
            {
                segment.Add((x.Place(epoch), y.Place(loss)));
                continue;
            }
            if (segment.Count > 0) yield return segment;
            segment = [];
        }
        if (segment.Count > 0) yield return segment;
    }

    /// <summary>A point alone is no line.</summary>
    private static XElement Drawn(IReadOnlyList<(double X, double Y)> segment, int line) => segment.Count == 1
        ? Canvas.Circle(segment[0].X, segment[0].Y, 3.5, Colour(line))
        : Stroke(Canvas.Element("polyline", ("points", string.Join(' ', segment.Select(point => $"{Canvas.Number(point.X)},{Canvas.Number(point.Y)}"))), ("fill", "none")), line);

    private static XElement Stroke(XElement element, int line)
    {
        element.SetAttributeValue("stroke", Colour(line));
        element.SetAttributeValue("stroke-width", 2);
        element.SetAttributeValue("stroke-linejoin", "round");
        if (line > 0) element.SetAttributeValue("stroke-dasharray", "6 4");
        return element;
    }

    private static string Colour(int line) => Palette.Of(line == 0 ? 0 : 3);
}
