using System.Globalization;
using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>
/// The processes that plugins leave behind and that the kernel gives to process 1, when that is this one, as in a container
/// without an init: somebody must ask for their exit codes, or they stay in the table of processes for ever. They become
/// children of the main thread, while plugins are children of the threads that started them, so that nobody's exit code is taken.
/// </summary>
public sealed class Orphans : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly ITimer _timer;
    private readonly string _children;
    private int _isBusy;

    private Orphans(TimeProvider time, string children)
    {
        _children = children;
        _timer = time.CreateTimer(_ => Reap(), null, Every, Every);
    }

    /// <summary>Begins to reap them, once a second, when this is process 1.</summary>
    /// <returns>Null when there is nothing to do: any other process has an init above it.</returns>
    public static Orphans? ReapAsFirstProcess(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Environment.ProcessId == 1 ? new Orphans(time, "/proc/1/task/1/children") : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private unsafe void Reap()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            return;
        }

        try
        {
            var information = stackalloc byte[128];
            foreach (var child in File.ReadAllText(_children).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var pid = uint.Parse(child, CultureInfo.InvariantCulture);
                _ = Libc.WaitId(Libc.ByPid, pid, information, Libc.WaitExited | Libc.WaitNoHang);
            }
        }
        catch (IOException)
        {
            // A kernel without lists of children: then they stay, as under any program that is not an init.
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }
}
