using Compeer.Configuration.Text;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Configuration;

/// <summary>A path of a configuration as the runtime can use it: names that are not UTF-8 are found by their bytes.</summary>
internal sealed class FoundPath : IDisposable
{
    private readonly BytePath? _bytes;

    private FoundPath(string path, BytePath? bytes)
    {
        _bytes = bytes;
        Path = bytes?.RuntimePath ?? path;
    }

    /// <summary>What the runtime is to be given; the path itself when there is no such file.</summary>
    public string Path { get; }

    /// <summary>Finds a file or folder.</summary>
    public static FoundPath Of(string path) =>
        new(path, ConfigurationText.Readable(path) == path ? null : BytePath.TryFind(ConfigurationText.Encode(path)));

    /// <inheritdoc/>
    public void Dispose() => _bytes?.Dispose();
}
