using System.Diagnostics;
using System.Globalization;
using System.Text;
using Compeer.Api;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Hosting;

/// <summary>
/// Makes sure that one daemon runs in a prefix: a lock on the pid file, which the kernel lets go whatever ends the
/// process, and the process id in it for people and scripts.
/// </summary>
internal sealed class InstanceLock : IDisposable
{
    /// <summary>How long a dead daemon may hold the lock; to take a gigabyte back the kernel needs less than a second.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private readonly FileStream _stream;

    private InstanceLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock. While who holds it is dying, which a start right after <c>kill -9</c> finds, this waits.</summary>
    /// <exception cref="StartupException">Another daemon holds the lock, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The daemon was told to stop while it waited.</exception>
    public static async Task<InstanceLock> TakeAsync(string file, CancellationToken stopping)
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
            var start = Stopwatch.GetTimestamp();
            while (!FileLock.TryTake(stream.SafeFileHandle))
            {
                var holder = ReadHolder(stream);
                if (!IsEnding(holder) || Stopwatch.GetElapsedTime(start) > EndLimit)
                {
                    throw new StartupException(holder.Length > 0
                        ? $"already running (pid {holder}, {file} is locked)"
                        : $"another one has been starting or stopping for {EndLimit.TotalSeconds:0} s ({file} is locked)");
                }

                await Task.Delay(LookAgain, stopping);
            }

            stream.SetLength(0);
            stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            stream.Flush(flushToDisk: true);
            InstanceLock taken = new(stream);
            stream = null;
            return taken;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"pid file {file}: {SystemError.Words(exception)}", exception);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    /// <summary>Empties the file before the lock goes, so that nobody takes the number for a running daemon's.</summary>
    public void Dispose()
    {
        _stream.SetLength(0);
        _stream.Dispose();
    }

    private static string ReadHolder(FileStream stream)
    {
        Span<byte> content = stackalloc byte[32];
        var length = RandomAccess.Read(stream.SafeFileHandle, content, fileOffset: 0);
        return Encoding.ASCII.GetString(content[..length]).Trim();
    }

    /// <summary>An empty file is of a daemon that stops, or of one that starts and is about to write its number.</summary>
    private static bool IsEnding(string holder) =>
        holder.Length == 0
        || (int.TryParse(holder, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && EndingProcess.Is(pid));
}
