using System.Buffers.Binary;
using System.Text.Json;
using Backprop.Training;

namespace Backprop.Data;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">In the order of their bytes.</param>
/// <param name="Metadata">Texts by name.</param>
public sealed record SafetensorsFile(IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);

/// <summary>Reads and writes tensors with their names in the safetensors format, which is data and never code.</summary>
/// <remarks>Source: huggingface/safetensors, Format: the length of the header as a 64-bit little-endian number; the header, JSON from each name to dtype, shape and
/// data_offsets, and from __metadata__ to texts; the bytes of the tensors, row by row, little-endian, without a gap.</remarks>
public static class Safetensors
{
    internal const string MetadataName = "__metadata__";

    // What the length of the header takes; the tensors begin at a multiple of it, as the format's own implementation has it.
    private const int LengthBytes = 8;

    // Larger tensors go in parts, as a span holds at most 2 GiB.
    private const long PartBytes = 1 << 26;

    /// <summary>Writes a whole file: beside, then renamed, so that the file that was there stays until this one is whole. The same tensors give the same bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Each with a name of its own.</param>
    /// <param name="metadata">Texts by name.</param>
    /// <exception cref="ArgumentException">A name is there twice or not allowed, or a dtype has no place in the format.</exception>
    /// <exception cref="IOException">It cannot be written; the file that was there stays.</exception>
    public static void Write(string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        var header = Header(tensors, metadata);
        WholeFile.Write(path, stream =>
        {
            var length = new byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in tensors)
            {
                using var scope = torch.NewDisposeScope();
                foreach (var part in Parts(tensor.Value.detach().cpu().contiguous())) stream.Write(part.bytes);
            }
        });
    }

    /// <summary>Reads a whole file; what its header claims is held against the file's size before anything is allocated.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Not a safetensors file, truncated, longer than its header says, or one that contradicts itself.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        var header = SafetensorsHeader.Read(stream, path);
        return new([.. header.Entries.Select(entry => new NamedTensor(entry.Name, Content(stream, entry)))], header.Metadata);
    }

    private static byte[] Header(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataName);
                foreach (var (name, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) writer.WriteString(name, text);
                writer.WriteEndObject();
            }
            var (names, offset) = (new HashSet<string>(StringComparer.Ordinal) { MetadataName }, 0L);
            foreach (var (name, value) in tensors)
            {
                if (!names.Add(name)) throw new ArgumentException($"tensors: expected a name for each that no other has, got '{name}'{(name == MetadataName ? "" : " twice")}.", nameof(tensors));
                var dtype = SafetensorsDtype.Of(value.dtype) ?? throw new ArgumentException($"tensors: expected dtypes that the format has, got {value.dtype} for '{name}'.", nameof(tensors));
                Entry(writer, name, dtype, value, offset);
                offset += value.numel() * dtype.Bytes;
            }
            writer.WriteEndObject();
        }
        while (json.Length % LengthBytes != 0) json.WriteByte((byte)' ');
        return json.ToArray();
    }

    private static void Entry(Utf8JsonWriter writer, string name, SafetensorsDtype dtype, Tensor value, long offset)
    {
        writer.WriteStartObject(name);
        writer.WriteString("dtype", dtype.Name);
        writer.WriteStartArray("shape");
        foreach (var size in value.shape) writer.WriteNumberValue(size);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(offset);
        writer.WriteNumberValue(offset + value.numel() * dtype.Bytes);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static Tensor Content(FileStream stream, SafetensorsEntry entry)
    {
        var tensor = torch.empty([.. entry.Shape], entry.Dtype.Type);
        using var scope = torch.NewDisposeScope();
        foreach (var part in Parts(tensor)) stream.ReadExactly(part.bytes);
        return tensor;
    }

    /// <summary>Views of a contiguous tensor, small enough for a span each.</summary>
    private static IEnumerable<Tensor> Parts(Tensor tensor)
    {
        var (flat, count, most) = (tensor.reshape(-1), tensor.numel(), PartBytes / SafetensorsDtype.Of(tensor.dtype)!.Bytes);
        for (long start = 0; start < count; start += most) yield return flat.narrow(0, start, Math.Min(most, count - start));
    }
}

/// <summary>A dtype under the format's own name.</summary>
internal sealed record SafetensorsDtype(string Name, torch.ScalarType Type, int Bytes)
{
    internal static readonly IReadOnlyList<SafetensorsDtype> All =
    [
        new("F64", torch.float64, 8), new("F32", torch.float32, 4), new("F16", torch.float16, 2), new("BF16", torch.bfloat16, 2),
        new("I64", torch.int64, 8), new("I32", torch.int32, 4), new("I16", torch.int16, 2), new("I8", torch.int8, 1), new("U8", torch.uint8, 1),
    ];

    internal static SafetensorsDtype? Of(torch.ScalarType type) => All.FirstOrDefault(dtype => dtype.Type == type);
}
