using System.Buffers;
using Compeer.Configuration.Main;

namespace Compeer.Daemon.Configuration;

/// <summary>The file with the part of the configuration that a poller gets.</summary>
internal static class PollerPartFile
{
    private const UnixFileMode Folder =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Writes it in the place of what is there; what says the same stays as it is, its time included.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(PollerPart part, MainConfiguration main, string file)
    {
        var text = new ArrayBufferWriter<byte>(1 << 16);
        part.Write(main, text);
        if (File.Exists(file) && new FileInfo(file).Length == text.WrittenCount
            && text.WrittenSpan.SequenceEqual(File.ReadAllBytes(file)))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!, Folder);
        using var written = new ReplacedFile(file, CancellationToken.None);
        written.Write(text.WrittenSpan);
        written.Commit();
    }
}
