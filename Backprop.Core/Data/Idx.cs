using System.Buffers.Binary;
using System.IO.Compression;

namespace Backprop.Data;

/// <summary>An array of bytes as the IDX format holds it.</summary>
/// <param name="Shape">The size of each dimension, the slowest first.</param>
/// <param name="Bytes">The entries, row by row.</param>
public sealed record IdxArray(IReadOnlyList<long> Shape, byte[] Bytes);

/// <summary>Reads IDX files of unsigned bytes, gzipped or not: the format of the MNIST digits.</summary>
/// <remarks>Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database: two zero bytes, the type (8: unsigned byte), the number of dimensions,
/// the dimensions as 32-bit big-endian numbers, the entries.</remarks>
public static class Idx
{
    private const int LongestHeader = 4 + 4 * 255;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file, gzipped or not: its first bytes tell, not its name.</param>
    /// <param name="mostBytes">A header that claims more entries than this is refused before anything is allocated.</param>
    /// <exception cref="InvalidDataException">Not an IDX file of bytes, truncated, longer than its header says, damaged, or too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IdxArray Read(string path, long mostBytes = 1L << 30)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = File.OpenRead(path);
        using var stream = Unzipped(file);
        try
        {
            var header = Exactly(stream, 4, path, "its header");
            if (header[0] != 0 || header[1] != 0 || header[2] != 8 || header[3] == 0)
                throw new InvalidDataException($"{path}: not an IDX file of bytes: it starts with {Convert.ToHexString(header)}, expected 000008 and the number of dimensions.");
            var sizes = Exactly(stream, 4 * header[3], path, "its header");
            var shape = Enumerable.Range(0, header[3]).Select(i => (long)BinaryPrimitives.ReadUInt32BigEndian(sizes.AsSpan(4 * i))).ToArray();
            var count = shape.Aggregate((UInt128)1, (product, size) => product > (UInt128)mostBytes ? product : product * (UInt128)size);
            if (count > (UInt128)Math.Min(mostBytes, Array.MaxLength) || (file == stream && (long)count > file.Length))
                throw new InvalidDataException($"{path}: {(file == stream ? "truncated" : "too large")}: its header claims {string.Join(" × ", shape)} bytes{(file == stream ? ", more than the file holds" : "")}.");
            var bytes = Exactly(stream, (int)count, path, "its entries");
            return stream.ReadByte() < 0 ? new(shape, bytes) : throw new InvalidDataException($"{path}: goes on after the {count} entries that its header claims.");
        }
        catch (InvalidDataException broken) when (!broken.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: damaged gzip data: {broken.Message}", broken);
        }
    }

    private static Stream Unzipped(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic is [0x1f, 0x8b] ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Grows with what really comes, so that a false claim cannot make it allocate.</summary>
    private static byte[] Exactly(Stream stream, int count, string path, string what)
    {
        if (count <= LongestHeader)
        {
            var few = new byte[count];
            return stream.ReadAtLeast(few, count, throwOnEndOfStream: false) == count ? few : throw Truncated();
        }
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (bytes.Length < count)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count - bytes.Length));
            if (read == 0) throw Truncated();
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();

        InvalidDataException Truncated() => new($"{path}: truncated: ends within {what}.");
    }
}
