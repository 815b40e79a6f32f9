using System.Globalization;
using System.Text;

namespace Compeer.Daemon.Hosting;

/// <summary>
/// Makes sure that one daemon runs in a prefix: a lock on the pid file, which the kernel lets go whatever ends the
/// process, and the process id in it for people and scripts.
/// </summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _stream;

    private InstanceLock(FileStream stream) => _stream = stream;

    /// <exception cref="StartupException">Another daemon holds the lock, or the file cannot be written.</exception>
    public static InstanceLock Take(string file)
    {
        FileStream? stream = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            stream = new FileStream(
                file,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                });
            if (!PosixFiles.TryLock(stream.SafeFileHandle))
            {
                using var reader = new StreamReader(stream, Encoding.ASCII);
                throw new StartupException($"already running (pid {reader.ReadToEnd().Trim()}, {file} is locked)");
            }

            stream.SetLength(0);
            stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            stream.Flush(flushToDisk: true);
            return new InstanceLock(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new StartupException($"pid file {file}: {exception.Message}", exception);
        }
    }

    /// <summary>Empties the file before the lock goes, so that nobody takes the number for a running daemon's.</summary>
    public void Dispose()
    {
        _stream.SetLength(0);
        _stream.Dispose();
    }
}
