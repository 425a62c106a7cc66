namespace Backprop.PropertyTests.Structure;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The C# files of a project, without what the build made.</summary>
    public static IEnumerable<string> Sources(string project) => Directory.GetFiles(Path(project), "*.cs", SearchOption.AllDirectories)
        .Where(file => !System.IO.Path.GetRelativePath(Root, file).Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "build"));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Backprop.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run inside the repository");
    }
}
