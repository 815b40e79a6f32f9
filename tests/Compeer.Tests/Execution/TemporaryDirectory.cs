namespace Compeer.Tests.Execution;

/// <summary>A directory that goes away with everything in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("compeer-checks-");

    internal string Path => _directory.FullName;

    /// <summary>Writes a file with these permissions and gives its path.</summary>
    internal string Write(string name, string content, UnixFileMode mode)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, mode);
        return path;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
