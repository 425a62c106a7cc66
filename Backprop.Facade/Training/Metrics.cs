using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop.Facade.Training;

/// <summary>metrics.jsonl: a line for each epoch, and nothing in it that differs between two runs of one seed.</summary>
internal sealed class Metrics : IDisposable
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly FileStream _file;

    private Metrics(FileStream file) => _file = file;

    /// <summary>Begins, or goes on where a checkpoint was taken: what was written after it is written again.</summary>
    internal static Metrics Open(string folder, long bytes)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "metrics.jsonl");
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (file.Length < bytes)
        {
            file.Dispose();
            throw new InvalidDataException($"{path}: shorter than when the checkpoint was taken: expected at least {bytes} bytes.");
        }
        file.SetLength(bytes);
        file.Position = bytes;
        return new(file);
    }

    internal void Write(object line) => _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, Options), (byte)'\n']);

    /// <summary>How much is on the disk now.</summary>
    internal long Flushed()
    {
        _file.Flush(flushToDisk: true);
        return _file.Length;
    }

    public void Dispose() => _file.Dispose();
}
