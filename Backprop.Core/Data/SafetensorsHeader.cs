using System.Buffers.Binary;
using System.Text.Json;

namespace Backprop.Data;

/// <summary>What a header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">One of those known.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsDtype Dtype, IReadOnlyList<long> Shape, long Begin, long End);

/// <summary>The header of a safetensors file, held against the size of the file.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const int LengthBytes = 8;

    // The format's own bound.
    private const long MostBytes = 100_000_000;

    // libtorch iterates over no more.
    private const int MostDimensions = 64;

    /// <summary>Reads it, and leaves the stream at the first tensor's bytes; the entries are in the order of their bytes.</summary>
    internal static SafetensorsHeader Read(Stream stream, string path)
    {
        var start = new byte[LengthBytes];
        if (stream.ReadAtLeast(start, LengthBytes, throwOnEndOfStream: false) < LengthBytes) throw new InvalidDataException($"{path}: truncated: ends within the length of its header.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > (ulong)(stream.Length - LengthBytes)) throw new InvalidDataException($"{path}: not a safetensors file, or truncated: it claims a header of {length} bytes, but {stream.Length - LengthBytes} follow.");
        if (length > MostBytes) throw new InvalidDataException($"{path}: it claims a header of {length} bytes, expected at most {MostBytes}.");
        var json = new byte[length];
        stream.ReadExactly(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, stream.Length - LengthBytes - (long)length);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path}: not a safetensors file: its header is not JSON ({broken.Message})", broken);
        }
        catch (FormException wrong)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}", wrong);
        }
    }

    private static SafetensorsHeader Parse(JsonElement root, long data)
    {
        Expect(root.ValueKind == JsonValueKind.Object, $"its header: expected a JSON object, got {root.ValueKind}.");
        var entries = new List<SafetensorsEntry>();
        IReadOnlyDictionary<string, string> metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Members(root, "its header"))
        {
            if (name == Safetensors.MetadataName) metadata = Members(value, name).ToDictionary(member => member.Key, member => Text(member.Value, $"{name}, '{member.Key}'"), StringComparer.Ordinal);
            else entries.Add(Entry(name, value, data));
        }
        // Of an empty tensor and one that begins at the same byte, the empty one comes first.
        entries = [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        var end = 0L;
        foreach (var entry in entries)
        {
            Expect(entry.Begin == end, $"tensor '{entry.Name}': expected its bytes to begin at {end}, where those before it end, got {entry.Begin}: {(entry.Begin < end ? "they overlap" : "there is a gap")}.");
            end = entry.End;
        }
        Expect(end == data, $"goes on for {data - end} bytes after the last tensor that its header has.");
        return new(entries, metadata);
    }

    private static SafetensorsEntry Entry(string name, JsonElement value, long data)
    {
        var what = $"tensor '{name}'";
        var members = Members(value, what);
        Expect(members.Count == 3 && members.ContainsKey("dtype") && members.ContainsKey("shape") && members.ContainsKey("data_offsets"),
            $"{what}: expected dtype, shape and data_offsets, got {(members.Count == 0 ? "nothing" : string.Join(", ", members.Keys))}.");
        var word = Text(members["dtype"], $"{what}, dtype");
        var dtype = SafetensorsDtype.All.FirstOrDefault(dtype => dtype.Name == word);
        Expect(dtype is not null, $"{what}: expected a dtype of {string.Join(", ", SafetensorsDtype.All.Select(known => known.Name))}, got '{word}'.");
        var (shape, offsets) = (Sizes(members["shape"], $"{what}, shape"), Sizes(members["data_offsets"], $"{what}, data_offsets"));
        Expect(shape.Count <= MostDimensions, $"{what}: expected at most {MostDimensions} dimensions, got {shape.Count}.");
        Expect(offsets.Count == 2 && offsets[0] <= offsets[1], $"{what}: expected data_offsets of a begin and an end, got {Shapes.Expect.Show(offsets)}.");
        Expect(offsets[1] <= data, $"truncated: {what} claims bytes up to {offsets[1]}, but {data} follow the header.");
        Expect(Product(shape.Select(size => Math.Max(size, 1))) <= long.MaxValue, $"{what}: shape {Shapes.Expect.Show(shape)} is too large.");
        var bytes = Product([.. shape, dtype!.Bytes]);
        Expect(bytes == (UInt128)(offsets[1] - offsets[0]), $"{what}: expected {bytes} bytes for {word} of shape {Shapes.Expect.Show(shape)}, got {offsets[1] - offsets[0]}.");
        return new(name, dtype, shape, offsets[0], offsets[1]);
    }

    /// <summary>No larger than 2¹²⁶, whatever the factors.</summary>
    private static UInt128 Product(IEnumerable<long> factors) => factors.Contains(0) ? 0 : factors.Aggregate(UInt128.One, (product, factor) => product > long.MaxValue ? product : product * (UInt128)factor);

    private static Dictionary<string, JsonElement> Members(JsonElement value, string what)
    {
        Expect(value.ValueKind == JsonValueKind.Object, $"{what}: expected a JSON object, got {value.ValueKind}.");
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var name = Decoded(() => member.Name, what);
            Expect(members.TryAdd(name, member.Value), $"{what}: expected each name once, got '{name}' twice.");
        }
        return members;
    }

    private static IReadOnlyList<long> Sizes(JsonElement value, string what)
    {
        Expect(value.ValueKind == JsonValueKind.Array, $"{what}: expected an array, got {value.ValueKind}.");
        return [.. value.EnumerateArray().Select(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var whole) && whole >= 0 ? whole : throw new FormException($"{what}: expected whole numbers of at least 0, got {size.GetRawText()}."))];
    }

    private static string Text(JsonElement value, string what)
    {
        Expect(value.ValueKind == JsonValueKind.String, $"{what}: expected a text, got {value.ValueKind}.");
        return Decoded(() => value.GetString()!, what);
    }

    /// <summary>JSON may spell half of a pair of UTF-16, which is no text.</summary>
    private static string Decoded(Func<string> read, string what)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException broken)
        {
            throw new FormException($"{what}: expected text, got characters that are none.", broken);
        }
    }

    private static void Expect(bool holds, string complaint)
    {
        if (!holds) throw new FormException(complaint);
    }

    /// <summary>The header contradicts the format or itself; the reader adds which file.</summary>
    private sealed class FormException(string message, Exception? inner = null) : Exception(message, inner);
}
