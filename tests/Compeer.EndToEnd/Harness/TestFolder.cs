namespace Compeer.EndToEnd.Harness;

/// <summary>
/// The folder of one test. Its path is in the environment or the command line of everything that the test starts, also
/// indirectly (daemons that left their session, plugins, their children), so that all of it can be found and ended.
/// </summary>
internal sealed class TestFolder : IDisposable
{
    /// <summary>Unix sockets allow 107 bytes, and what follows the folder needs some of them.</summary>
    private const int LongestPath = 60;

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(30);

    public TestFolder()
    {
        var folder = Directory.CreateTempSubdirectory("ce-").FullName;
        if (folder.Length > LongestPath)
        {
            Directory.Delete(folder);
            folder = Directory.CreateDirectory($"/tmp/ce-{Guid.NewGuid():N}"[..20]).FullName;
        }

        Path = folder;
    }

    public string Path { get; }

    /// <summary>A file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes an executable script and gives its path.</summary>
    public string Script(string name, string text, string interpreter = "/bin/bash")
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, $"#!{interpreter}\n{text}\n");
        System.IO.File.SetUnixFileMode(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return path;
    }

    /// <summary>Processes of this test that have not ended, as <c>pid command line</c>.</summary>
    public IReadOnlyList<(int Pid, string CommandLine)> Processes() => ProcessTable.Mentioning(Path);

    public void Dispose()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var left = Processes();
        while (left.Count > 0)
        {
            foreach ((var pid, _) in left)
            {
                Native.Signal(pid, Native.Kill);
            }

            if (clock.Elapsed > TimeToEnd)
            {
                throw new InvalidOperationException($"cannot end {string.Join("; ", left)}");
            }

            left = Processes();
        }

        Directory.Delete(Path, recursive: true);
    }
}
