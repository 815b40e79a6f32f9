using System.Globalization;
using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Daemon;

/// <summary>
/// Finds the daemon by its lock on the pid file, which the kernel drops with the process: a number left behind in the
/// file, or given to another process since, is never taken for it. One that was killed and still holds it runs no more.
/// When somebody has removed the file, the lock on its folder tells who it is.
/// </summary>
internal sealed class DaemonProcess(string pidFile, TimeProvider time) : IDaemonProcess
{
    private const int MaximumPidFileBytes = 32;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public DaemonPresence Find()
    {
        try
        {
            using var file = File.OpenHandle(
                pidFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!FileLock.IsTaken(file))
            {
                return FindByFolder();
            }

            Span<byte> content = stackalloc byte[MaximumPidFileBytes];
            var length = RandomAccess.Read(file, content, fileOffset: 0);
            var isNumber = int.TryParse(
                content[..length].TrimEnd((byte)'\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var pid);
            return isNumber && EndingProcess.Is(pid)
                ? new DaemonPresence(IsRunning: false, Pid: null)
                : new DaemonPresence(IsRunning: true, isNumber && pid > 1 ? pid : null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return FindByFolder();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(pidFile, e);
        }
    }

    /// <inheritdoc/>
    public void Terminate(int pid)
    {
        if (!OtherProcess.TryTerminate(pid))
        {
            throw new MonException($"permission denied: mond (pid {pid}) runs as another user");
        }
    }

    /// <inheritdoc/>
    public async Task<bool> WaitUntilGoneAsync(int pid, TimeSpan limit, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (IsAlive(pid))
        {
            if (time.GetElapsedTime(start) > limit)
            {
                return false;
            }

            await Task.Delay(LookAgain, time, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private DaemonPresence FindByFolder() =>
        OpenFolder.HolderOf(Path.GetDirectoryName(Path.GetFullPath(pidFile))!) is { } pid && !EndingProcess.Is(pid)
            ? new DaemonPresence(IsRunning: true, pid)
            : new DaemonPresence(IsRunning: false, Pid: null);

    /// <summary>Whether the process is there and has not ended. One that ended stays in the table until its parent has
    /// asked for its exit code, and in a container nobody may ever ask.</summary>
    private bool IsAlive(int pid)
    {
        if (Find() is { IsRunning: true })
        {
            return true;
        }

        try
        {
            // The lock is gone, so what has the number now and is not ending is another process.
            return !EndingProcess.Is(pid) && File.ReadAllText($"/proc/{pid}/comm").StartsWith("mond", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
