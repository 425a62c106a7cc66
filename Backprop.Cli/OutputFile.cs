namespace Backprop.Cli;

/// <summary>A file that a command writes at its end: whether it can be is found out at the start, and it is written beside and renamed.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _file;
    private readonly string _beside;

    private OutputFile(string file, string beside) => (_file, _beside) = (file, beside);

    /// <summary>Null when the option was not given.</summary>
    /// <exception cref="ArgumentException">The file cannot be written.</exception>
    internal static OutputFile? Open(string option, string? path)
    {
        if (path is null) return null;
        ArgumentException Cannot(string why, Exception? inner = null) => new($"{option}: {path} cannot be written: {why}", nameof(path), inner);
        if (path.Length == 0) throw new ArgumentException($"{option}: expected a file.", nameof(path));
        if (Directory.Exists(path)) throw Cannot("it is a folder.");
        var file = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder)) throw Cannot($"there is no folder {folder}.");
        // A device such as /dev/null must not be replaced by a file.
        var beside = file.StartsWith("/dev/", StringComparison.Ordinal) ? file : $"{file}.{Environment.ProcessId}.new";
        try
        {
            if (File.Exists(file)) File.OpenWrite(file).Dispose();
            File.WriteAllText(beside, "");
            return new(file, beside);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Cannot(wrong.Message, wrong);
        }
    }

    internal void Write(string text)
    {
        File.WriteAllText(_beside, text);
        if (_beside != _file) File.Move(_beside, _file, overwrite: true);
    }

    public void Dispose()
    {
        if (_beside != _file) File.Delete(_beside);
    }
}
