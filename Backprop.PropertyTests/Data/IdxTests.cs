using System.IO.Compression;
using Backprop.Data;

namespace Backprop.PropertyTests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadsWhatWasWritten() => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Bool).Sample((rows, columns, zip) =>
    {
        var bytes = Enumerable.Range(0, rows * columns).Select(i => (byte)(i * 37)).ToArray();
        var read = Idx.Read(Write($"{rows}-{columns}-{zip}", [.. Header(rows, columns), .. bytes], zip));
        Assert.Equal([rows, columns], read.Shape);
        Assert.Equal(bytes, read.Bytes);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SaysThatItIsTruncated(bool zip)
    {
        Assert.Contains(zip ? "truncated: ends within its entries" : "truncated: its header claims 2 × 600 bytes", Refused([.. Header(2, 600), .. new byte[1000]], zip));
        Assert.Contains("truncated: ends within its header", Refused(Header(2, 600)[..6], zip));
        Assert.Contains("truncated: ends within its header", Refused([], zip));
    }

    [Fact]
    public void SaysThatItIsNoIdxFile()
    {
        Assert.Contains("not an IDX file of bytes: it starts with 68656C6C", Refused("hello world"u8.ToArray()));
        Assert.Contains("not an IDX file of bytes", Refused([0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0]));
        Assert.Contains("goes on after the 2 entries", Refused([.. Header(1, 2), 1, 2, 3]));
        Assert.Contains("damaged gzip data", Refused([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
    }

    [Fact]
    public void RefusesAClaimOfTerabytesBeforeAllocating()
    {
        byte[] claim = [0, 0, 8, 3, .. Enumerable.Repeat((byte)0xff, 12)];
        Assert.Contains("more than the file holds", Refused(claim));
        Assert.Contains("too large", Refused(claim, zip: true));
        // A small file that claims nearly as much as is allowed: it ends long before.
        Assert.Contains("truncated", Refused([0, 0, 8, 1, 0x3f, 0, 0, 0], zip: true));
    }

    private string Refused(byte[] bytes, bool zip = false)
    {
        var path = Write($"bad{bytes.Length}-{zip}", bytes, zip);
        var message = Assert.Throws<InvalidDataException>(() => Idx.Read(path)).Message;
        Assert.StartsWith(path, message);
        return message;
    }

    private string Write(string name, byte[] bytes, bool zip)
    {
        var path = Path.Combine(_folder, $"{name}-{Environment.CurrentManagedThreadId}");
        using var file = File.Create(path);
        using Stream stream = zip ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
        return path;
    }

    private static byte[] Header(int rows, int columns) => [0, 0, 8, 2, 0, 0, (byte)(rows >> 8), (byte)rows, 0, 0, (byte)(columns >> 8), (byte)columns];
}
