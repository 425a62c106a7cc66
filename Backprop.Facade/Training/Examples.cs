using System.Security.Cryptography;
using Backprop.Data;
using Backprop.Rules;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>Data sets by the words of the command line, and as the steps want them.</summary>
internal static class Examples
{
    /// <summary>What a source may be.</summary>
    internal const string Sources = "spiral, blobs, moons, xor, and, or, line, csv:FILE or mnist:FOLDER";

    /// <summary>Reads or makes what a source names.</summary>
    /// <param name="source">A generator's name, csv:FILE or mnist:FOLDER.</param>
    /// <param name="part">Of MNIST: "train" or "t10k".</param>
    /// <param name="label">The column of a CSV file that is to be predicted; null for the last.</param>
    /// <param name="seed">A generator's noise comes from it.</param>
    /// <param name="numbers">Whether a CSV file's column has numbers rather than classes; null: numbers where all are.</param>
    internal static Dataset Read(string source, string part, string? label, int seed, bool? numbers) => source.Split(':', 2) switch
    {
        ["csv", { Length: > 0 } file] => CsvTable.Read(file, label, numbers),
        _ when label is not null => throw new ArgumentException($"label: only CSV files have columns to choose from, got {source}.", nameof(label)),
        ["spiral"] => Generators.Spiral(seed: seed),
        ["blobs"] => Generators.Blobs(seed: seed),
        ["moons"] => Generators.Moons(seed: seed),
        ["xor"] => Generators.Xor(),
        ["and"] => Generators.And(),
        ["or"] => Generators.Or(),
        ["line"] => Generators.Line(seed: seed),
        ["mnist", { Length: > 0 } folder] => Of(LabelledImages.Mnist(folder, part)),
        _ => throw new ArgumentException($"data: expected {Sources} (or, for a model of words, {SentenceSources.Sources}), got '{source}'.", nameof(source)),
    };

    /// <summary>SHA-256 of the file that a source names; null for a generator and for the well-known sets in a folder.</summary>
    internal static string? DigestOf(string source)
    {
        if (source.Split(':', 2) is not ["csv" or "text", { Length: > 0 } path] || !File.Exists(path)) return null;
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>As the steps want them: standardised, of their dtype on their device, and targets in the form that the loss takes.</summary>
    internal static Batch For(this Dataset data, DenseNetwork network, Standardisation? standards, torch.ScalarType dtype, torch.Device device) =>
        new(Inputs(data.X, standards, dtype).to(device), TargetsOf(data.Y, data.Classes.Count, network, dtype).to(device));

    /// <summary>Features as a model takes them.</summary>
    /// <exception cref="InvalidDataException">A number is too great for the dtype.</exception>
    internal static torch.Tensor Inputs(torch.Tensor x, Standardisation? standards, torch.ScalarType dtype)
    {
        var inputs = (standards is null ? x : standards.Apply(x)).to_type(dtype);
        return inputs.isfinite().all().item<bool>() ? inputs
            : throw new InvalidDataException($"data: a number is too great{(dtype == torch.float32 ? " for float32; --dtype float64 holds it" : "")}.");
    }

    /// <summary>Labels or numbers in the form that the network's loss takes.</summary>
    internal static torch.Tensor TargetsOf(torch.Tensor y, int classes, DenseNetwork network, torch.ScalarType dtype) => network.Judge is NetworkLoss.SoftmaxCrossEntropy or NetworkLoss.Hinge ? y
        : classes > 2 ? OneHot.Of(y, network.Sizes[^1], dtype) : y.reshape(-1, 1).to_type(dtype);

    /// <summary>Some examples of a batch, on its device.</summary>
    internal static Batch Rows(this Batch batch, IReadOnlyList<int> rows)
    {
        var numbers = torch.tensor(rows.Select(row => (long)row).ToArray(), torch.int64).to(batch.Inputs.device);
        return new(batch.Inputs.index_select(0, numbers), batch.Targets.index_select(0, numbers));
    }

    /// <summary>The same on a device.</summary>
    internal static Batch To(this Batch batch, torch.Device device) => new(batch.Inputs.to(device), batch.Targets.to(device));

    private static Dataset Of(LabelledImages images) => new(images.AllPixels(torch.float64), images.AllLabels(),
        [.. Enumerable.Range(0, (int)images.PixelsPerImage).Select(pixel => $"pixel {pixel}")], [.. Enumerable.Range(0, (int)images.Classes).Select(digit => $"{digit}")]);
}
