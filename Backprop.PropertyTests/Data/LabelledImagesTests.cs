using Backprop.Data;
using Backprop.Verify;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Data;

public sealed class LabelledImagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadsImagesAndLabels()
    {
        using var scope = torch.NewDisposeScope();
        var images = Written();
        Assert.Equal((6, 4, 3), (images.Count, images.PixelsPerImage, images.Classes));
        Close(torch.tensor([4, 5, 6, 7, 20, 21, 22, 23], [2, 4], torch.float64) / 255.0, images.Pixels([1, 5]));
        Assert.Equal([1, 2], images.Labels([1, 5]).data<long>().ToArray());
    }

    [Fact]
    public void AllAtOnceAreTheSame()
    {
        using var scope = torch.NewDisposeScope();
        var images = Written();
        int[] rows = [.. Enumerable.Range(0, images.Count)];
        Assert.Equal(Numbers(images.Pixels(rows)), Numbers(images.AllPixels(torch.float64)));
        Assert.Equal(Numbers(images.Pixels(rows).to_type(torch.float32)), Numbers(images.AllPixels(torch.float32)));
        Assert.Equal((torch.float32, torch.int64), (images.AllPixels(torch.float32).dtype, images.AllLabels().dtype));
        Assert.Equal(images.Labels(rows).data<long>().ToArray(), images.AllLabels().data<long>().ToArray());
    }

    [Fact]
    public void TheClassifierAgreesOnThem()
    {
        var subject = RealData.SoftmaxClassifier(Written());
        Judge.Agrees(subject, new() { Cases = 10 });
        Judge.Catches(Fault.Find("entry")!.Inject(subject), Criterion.Autograd);
    }

    [Fact]
    public void SaysWhatIsMissingOrDoesNotBelongTogether()
    {
        Assert.Contains("expected train-images-idx3-ubyte or train-images-idx3-ubyte.gz in this folder", Assert.Throws<FileNotFoundException>(() => LabelledImages.Mnist(_folder)).Message);
        Write("images-idx3", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 9, 9]);
        Write("labels-idx1", [0, 0, 8, 1, 0, 0, 0, 1, 0]);
        Assert.Contains("got shapes [2, 1, 1] and [1]", Assert.Throws<InvalidDataException>(() => LabelledImages.Mnist(_folder)).Message);
    }

    private LabelledImages Written()
    {
        Write("images-idx3", [0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, 24).Select(i => (byte)i)]);
        Write("labels-idx1", [0, 0, 8, 1, 0, 0, 0, 6, 0, 1, 2, 0, 1, 2]);
        return LabelledImages.Mnist(_folder);
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder, $"train-{name}-ubyte"), bytes);
}
