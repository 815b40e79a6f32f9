using System.Diagnostics;
using System.Globalization;
using System.Text;
using Compeer.Api;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.Instance;

/// <summary>
/// Makes sure that one daemon runs in a prefix: a lock on the folder of the pid file, which stays when somebody removes that
/// file, and one on the file, in which the process id stands for people and scripts. The kernel lets both go whatever ends
/// the process.
/// </summary>
internal sealed class InstanceLock : IDisposable
{
    /// <summary>How long a dead daemon may hold the lock; to take a gigabyte back the kernel needs less than a second.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private readonly OpenFolder _folder;
    private readonly SafeFileHandle _file;

    private InstanceLock(OpenFolder folder, SafeFileHandle file)
    {
        _folder = folder;
        _file = file;
    }

    /// <summary>Takes the lock. While who holds it is dying, which a start right after <c>kill -9</c> finds, this waits.</summary>
    /// <exception cref="StartupException">Another daemon holds the lock, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The daemon was told to stop while it waited.</exception>
    public static async Task<InstanceLock> TakeAsync(string file, CancellationToken stopping)
    {
        var folderPath = Path.GetDirectoryName(Path.GetFullPath(file))!;
        OpenFolder? folder = null;
        SafeFileHandle? handle = null;
        try
        {
            Directory.CreateDirectory(folderPath);
            folder = OpenFolder.TryOpen(folderPath, out var problem) ?? throw new StartupException(problem);
            var start = Stopwatch.GetTimestamp();

            // The file is not touched before the folder's lock is held: it may be another daemon's.
            while (!folder.TryLockNow() || !TryLock(file, ref handle))
            {
                Refuse(folderPath, file, Stopwatch.GetElapsedTime(start));
                await Task.Delay(LookAgain, stopping);
            }

            RandomAccess.SetLength(handle!, 0);
            var text = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n");
            RandomAccess.Write(handle!, Encoding.ASCII.GetBytes(text), fileOffset: 0);
            InstanceLock taken = new(folder, handle!);
            (folder, handle) = (null, null);
            return taken;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"pid file {file}: {SystemError.Words(exception)}", exception);
        }
        finally
        {
            handle?.Dispose();
            folder?.Dispose();
        }
    }

    /// <summary>Empties the file before the lock goes, so that nobody takes the number for a running daemon's.</summary>
    public void Dispose()
    {
        try
        {
            RandomAccess.SetLength(_file, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            StandardError.Write($"mond: the pid file cannot be emptied: {SystemError.Words(exception)}");
        }

        _file.Dispose();
        _folder.Dispose();
    }

    private static bool TryLock(string file, ref SafeFileHandle? handle)
    {
        handle ??= File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return FileLock.TryTake(handle);
    }

    /// <summary>Gives up unless whoever has the lock is ending.</summary>
    private static void Refuse(string folder, string file, TimeSpan waited)
    {
        var written = ReadHolder(file);
        var holder = OpenFolder.HolderOf(folder) ?? written;
        var isEnding = holder is null or 0 || EndingProcess.Is(holder.Value)
            || written == 0 || (written is { } pid && EndingProcess.Is(pid));
        if (!isEnding)
        {
            throw new StartupException($"already running (pid {holder}, {folder} is locked)");
        }

        if (waited > EndLimit)
        {
            throw new StartupException($"another one has been starting or stopping for {EndLimit.TotalSeconds:0} s ({folder} is locked)");
        }
    }

    /// <summary>The number in the pid file; 0 when there is none in it, which is so of a daemon that stops, or of one that starts
    /// and is about to write its number; null without a file.</summary>
    private static int? ReadHolder(string file)
    {
        try
        {
            var text = File.ReadAllText(file).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
