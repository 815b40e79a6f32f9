namespace Compeer.Tests.Repository;

/// <summary>The repository that these tests were built from.</summary>
internal static class RepositoryTree
{
    private static readonly HashSet<string> BuiltFolders = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".idea", ".vscode", "artifacts", "bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts",
    };

    private static readonly HashSet<string> TextExtensions = new(StringComparer.Ordinal)
    {
        ".cs", ".md", ".sh", ".proto", ".csproj", ".props", ".targets", ".slnx", ".json", ".txt", ".c", ".sql", ".yml",
    };

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file that people wrote, by its path from the root.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. Walk(new DirectoryInfo(Root)).Order(StringComparer.Ordinal)];

    /// <summary>The text files among them, but not the samples that tests read: those are as the world writes them.</summary>
    public static IReadOnlyList<RepositoryFile> TextFiles { get; } =
    [
        .. Paths.Where(path => !path.StartsWith("tests/corpus/", StringComparison.Ordinal) && IsText(path))
            .Select(path => new RepositoryFile(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    /// <summary>The C# files.</summary>
    public static IEnumerable<RepositoryFile> CodeFiles => TextFiles.Where(file => file.Extension == ".cs");

    /// <summary>The documents.</summary>
    public static IEnumerable<RepositoryFile> Documents => TextFiles.Where(file => file.Extension == ".md");

    /// <summary>One file.</summary>
    public static RepositoryFile Read(string path) => new(path, File.ReadAllText(Path.Combine(Root, path)));

    /// <summary>Who may do what with a file. Windows has no such modes, and nothing of this runs there.</summary>
    public static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(Path.Combine(Root, path));

    /// <summary>Whether a file is a script that is started by its name.</summary>
    public static bool IsScript(string path) =>
        path.EndsWith(".sh", StringComparison.Ordinal) || path.StartsWith(".ci/", StringComparison.Ordinal);

    private static bool IsText(string path) => TextExtensions.Contains(Path.GetExtension(path)) || IsScript(path);

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is FileInfo file)
            {
                yield return Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
            }
            else if (entry is DirectoryInfo { LinkTarget: null } inner && !BuiltFolders.Contains(inner.Name))
            {
                foreach (var path in Walk(inner))
                {
                    yield return path;
                }
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Compeer.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"Compeer.slnx is in no folder above {AppContext.BaseDirectory}.");
    }
}
