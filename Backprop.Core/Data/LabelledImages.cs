using Backprop.Shapes;

namespace Backprop.Data;

/// <summary>Images with a class label each, as in MNIST's files.</summary>
public sealed record LabelledImages
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;

    private LabelledImages(byte[] pixels, byte[] labels, long pixelsPerImage) => (_pixels, _labels, PixelsPerImage) = (pixels, labels, pixelsPerImage);

    /// <summary>The number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Height times width, 784 for MNIST.</summary>
    public long PixelsPerImage { get; }

    /// <summary>The number of classes: one more than the greatest label.</summary>
    public long Classes => _labels.Max() + 1L;

    /// <summary>Reads <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, or those of <c>t10k</c>, gzipped (.gz) or not.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="part">"train" or "t10k".</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">One of the files is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, of another form, or the two do not belong together.</exception>
    public static LabelledImages Mnist(string folder, string part = "train")
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        var images = Idx.Read(Find(folder, $"{part}-images-idx3-ubyte"));
        var labels = Idx.Read(Find(folder, $"{part}-labels-idx1-ubyte"));
        if (images.Shape.Count != 3 || labels.Shape.Count != 1 || images.Shape[0] != labels.Shape[0] || images.Shape[0] == 0)
            throw new InvalidDataException($"{folder}: expected N images and N labels, N ≥ 1, got shapes {Expect.Show(images.Shape)} and {Expect.Show(labels.Shape)}.");
        return new(images.Bytes, labels.Bytes, images.Shape[1] * images.Shape[2]);
    }

    /// <summary>The pixels of these images, between 0 and 1, one image a row: N×D, float64.</summary>
    public Tensor Pixels(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var width = (int)PixelsPerImage;
        var pixels = rows.SelectMany(row => new ArraySegment<byte>(_pixels, row * width, width), (_, pixel) => pixel / 255.0).ToArray();
        return torch.tensor(pixels, [rows.Count, width], torch.float64);
    }

    /// <summary>The labels of these images: N, int64.</summary>
    public Tensor Labels(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return torch.tensor(rows.Select(row => (long)_labels[row]).ToArray(), [rows.Count], torch.int64);
    }

    /// <summary>The pixels of every image, as in Pixels, at once: N×D.</summary>
    /// <param name="dtype">float32 or float64.</param>
    public Tensor AllPixels(torch.ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(torch.tensor(_pixels, [Count, PixelsPerImage], torch.uint8).to_type(dtype).div_(255.0));
    }

    /// <summary>The labels of every image: N, int64.</summary>
    public Tensor AllLabels()
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(torch.tensor(_labels, [Count], torch.uint8).to_type(torch.int64));
    }

    private static string Find(string folder, string name) =>
        new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".gz") }.FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"{folder}: expected {name} or {name}.gz in this folder.", Path.Combine(folder, name));
}
