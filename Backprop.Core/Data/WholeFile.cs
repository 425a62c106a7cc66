namespace Backprop.Data;

/// <summary>Writes files that are either the old one or the new one, whole, whenever one looks.</summary>
public static class WholeFile
{
    /// <summary>Writes beside the file, sees to it that the disk has all of it, and then renames.</summary>
    /// <param name="path">The file; a full disk, an exception or the end of the process leaves the one that was there.</param>
    /// <param name="write">Writes what it is to hold.</param>
    /// <exception cref="IOException">It cannot be written; the file that was there stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var beside = path + ".new";
        try
        {
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            Remove(beside);
            throw;
        }
    }

    /// <summary>What is half-written goes where it can; why it was not finished matters more than that it stays.</summary>
    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
