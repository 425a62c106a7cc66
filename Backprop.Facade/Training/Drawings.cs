using System.Text;
using System.Text.Json;
using Backprop.Data;
using Backprop.Facade.Pictures;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>The pictures of a run, beside its model.</summary>
internal static class Drawings
{
    /// <summary>loss.svg, from all lines of metrics.jsonl, those before a resumption too.</summary>
    internal static void Loss(string folder)
    {
        var (training, validation) = (new List<double>(), new List<double>());
        foreach (var line in File.ReadLines(Path.Combine(folder, "metrics.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            if (!json.RootElement.TryGetProperty("loss", out var loss) || loss.ValueKind != JsonValueKind.Number) continue;
            training.Add(loss.GetDouble());
            if (json.RootElement.TryGetProperty("validationLoss", out var held) && held.ValueKind == JsonValueKind.Number) validation.Add(held.GetDouble());
        }
        if (training.Count > 0) Write(folder, "loss.svg", LossCurve.Svg(training, validation));
    }

    /// <summary>boundary.svg: what the model says of every point of the plane, and the examples.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="data">Of two features, with classes.</param>
    /// <param name="classesOf">M×2 points → M classes.</param>
    internal static void Boundary(string folder, Dataset data, Func<torch.Tensor, torch.Tensor> classesOf)
    {
        var x = data.X.contiguous().data<double>().ToArray();
        var points = Enumerable.Range(0, data.Count).Select(i => new PlanePoint(x[2 * i], x[2 * i + 1])).ToList();
        var grid = PlaneGrid.Around(points);
        var middles = grid.Middles;
        var found = classesOf(torch.tensor(middles.SelectMany(point => new[] { point.X, point.Y }).ToArray(), [middles.Count, 2], torch.float64));
        Write(folder, "boundary.svg", DecisionRegions.Svg(points, [.. data.Y.data<long>().Select(label => (int)label)], data.Classes, grid, [.. found.data<long>().Select(label => (int)label)], data.Features));
    }

    /// <summary>confusion.svg: how often each class was taken for each.</summary>
    internal static void Confusion(string folder, IReadOnlyList<IReadOnlyList<long>> counts, IReadOnlyList<string> classes) => Write(folder, "confusion.svg", ConfusionMatrix.Svg(counts, classes));

    private static void Write(string folder, string name, string svg) => WholeFile.Write(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
}
