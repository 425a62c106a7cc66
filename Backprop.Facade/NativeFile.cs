using System.Runtime.InteropServices;
using System.Text;

namespace Backprop.Facade;

/// <summary>What the head of a native Linux library says, read without loading it: a damaged one may end the process.</summary>
/// <param name="Path">The file.</param>
/// <param name="Flaw">Why it cannot be loaded ("is empty"), or null when its head is in order.</param>
/// <param name="Needs">The libraries that it needs, by file name.</param>
/// <param name="Folders">Where it looks for them first.</param>
internal sealed record NativeFile(string Path, string? Flaw, IReadOnlyList<string> Needs, IReadOnlyList<string> Folders)
{
    private const int Load = 1, Dynamic = 2;
    private const int Needed = 1, Strings = 5, RPath = 15, RunPath = 29;

    private sealed record Segment(int Kind, long Offset, long Address, long Size);

    public static NativeFile Read(string path)
    {
        try
        {
            if (Directory.Exists(path)) return Flawed(path, "is a folder");
            if (!File.Exists(path)) return Flawed(path, "does not exist");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 512);
            if (stream.Length == 0) return Flawed(path, "is empty");
            using var reader = new BinaryReader(stream);
            return Read(path, reader, stream.Length);
        }
        catch (EndOfStreamException)
        {
            return Flawed(path, "is cut short");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Flawed(path, $"cannot be read ({e.Message})");
        }
    }

    private static NativeFile Flawed(string path, string flaw) => new(path, flaw, [], []);

    private static NativeFile Read(string path, BinaryReader reader, long length)
    {
        if (reader.ReadUInt32() != 0x464c457f) return Flawed(path, "is not a Linux library");
        if (reader.ReadUInt16() != 0x0102) return Flawed(path, "is for a 32-bit or big-endian machine");
        reader.BaseStream.Position = 18;
        var machine = reader.ReadUInt16() switch { 62 => "X64", 183 => "Arm64", 243 => "RiscV64", var other => $"processor {other}" };
        var here = RuntimeInformation.ProcessArchitecture.ToString();
        if (machine != here) return Flawed(path, $"is for {machine}, and this process runs on {here}");

        reader.BaseStream.Position = 32;
        var (programs, sections) = (reader.ReadInt64(), reader.ReadInt64());
        reader.BaseStream.Position = 54;
        var (size, count) = (reader.ReadUInt16(), reader.ReadUInt16());
        var (sectionSize, sectionCount) = (reader.ReadUInt16(), reader.ReadUInt16());
        var segments = Enumerable.Range(0, count).Select(i => ReadSegment(reader, programs + (i * size))).ToArray();
        if (segments.Any(s => s.Kind == Load && s.Offset + s.Size > length) || sections + (sectionSize * sectionCount) > length)
            return Flawed(path, "is cut short");

        var table = ReadDynamic(reader, segments);
        if (!table.Any(e => e.Tag == Strings)) return new(path, null, [], []);
        var strings = OffsetOf(table.First(e => e.Tag == Strings).Value, segments);
        IEnumerable<string> Texts(params int[] tags) => table.Where(e => tags.Contains((int)e.Tag)).Select(e => ReadText(reader, strings + e.Value));
        var origin = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? "/";
        var folders = Texts(RPath, RunPath).SelectMany(t => t.Split(':', StringSplitOptions.RemoveEmptyEntries));
        return new(path, null, [.. Texts(Needed)], [.. folders.Select(f => f.Replace("${ORIGIN}", origin).Replace("$ORIGIN", origin))]);
    }

    private static Segment ReadSegment(BinaryReader reader, long position)
    {
        reader.BaseStream.Position = position;
        var kind = reader.ReadInt32();
        reader.BaseStream.Position = position + 8;
        var (offset, address, _, size) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        return new(kind, offset, address, size);
    }

    private static (long Tag, long Value)[] ReadDynamic(BinaryReader reader, Segment[] segments)
    {
        if (segments.FirstOrDefault(s => s.Kind == Dynamic) is not { } dynamic) return [];
        reader.BaseStream.Position = dynamic.Offset;
        var entries = new (long Tag, long Value)[dynamic.Size / 16];
        for (var i = 0; i < entries.Length; i++) entries[i] = (reader.ReadInt64(), reader.ReadInt64());
        return [.. entries.TakeWhile(e => e.Tag != 0)];
    }

    private static long OffsetOf(long address, Segment[] segments) =>
        segments.FirstOrDefault(s => s.Kind == Load && address >= s.Address && address < s.Address + s.Size) is { } segment
            ? address - segment.Address + segment.Offset
            : address;

    private static string ReadText(BinaryReader reader, long position)
    {
        reader.BaseStream.Position = position;
        var text = new StringBuilder();
        for (var b = reader.ReadByte(); b != 0; b = reader.ReadByte()) text.Append((char)b);
        return text.ToString();
    }
}
