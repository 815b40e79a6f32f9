using Compeer.Cli.Outcome;
using Compeer.Platform.Files;

namespace Compeer.Cli.Files;

/// <summary>A configuration file on disk, which other programs change, too.</summary>
internal class ConfigurationFile(string path)
{
    private const int MaximumBytes = 16 << 20;

    /// <summary>The file's path.</summary>
    public string Path { get; } = path;

    /// <summary>The bytes; none when there is no file.</summary>
    /// <exception cref="MonException">It is there but cannot be read.</exception>
    public byte[] Read()
    {
        try
        {
            var info = new FileInfo(Path);
            return info.Exists && info.Length > MaximumBytes
                ? throw new MonException($"{Path} has {info.Length} bytes; at most {MaximumBytes} are read")
                : File.ReadAllBytes(Path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(Path, e);
        }
    }

    /// <summary>Changes the file: see <see cref="SharedFile.Change"/>.</summary>
    /// <param name="change">From the old bytes to the new; null leaves the file alone.</param>
    /// <exception cref="MonException">It cannot be read or written.</exception>
    public void Change(Func<byte[], ReadOnlyMemory<byte>?> change)
    {
        try
        {
            SharedFile.Change(Path, () => change(Read()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(Path, e);
        }
    }
}
