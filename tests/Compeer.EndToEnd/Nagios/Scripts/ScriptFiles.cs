namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>The files with scripts, in the sources, where a rewrite is to end up.</summary>
internal static class ScriptFiles
{
    /// <summary>The root of the sources.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The files.</summary>
    public static IEnumerable<string> Files =>
        Directory.GetFiles(Path.Combine(Root, "tests", "Compeer.EndToEnd", "Nagios", "Scripts"), "*.txt").Order(StringComparer.Ordinal);

    /// <summary>All scripts.</summary>
    public static IEnumerable<ComparedScript> All() => Files.SelectMany(file => ComparedScript.ParseAll(File.ReadAllText(file)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Compeer.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"Compeer.slnx is in no folder above {AppContext.BaseDirectory}.");
    }
}
