using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Compeer.Platform.Processes;

namespace Compeer.Execution.Processes;

/// <summary>
/// Runs plugins: starts them, waits for their end, collects output and exit code, kills them at their time limit. A few
/// threads do it for any number of plugins. Needs 64-bit Linux 5.4 or later with the GNU C library 2.29 or later.
/// <para>A plugin gets the words of its command line (or a shell, where it needs one), an empty standard input, two pipes,
/// no other open file, all signals at their defaults, and a process group of its own. Its end is the end of its
/// process: a child that it leaves behind with the pipes open holds nothing up, and is left alone, as by Naemon;
/// only the time limit kills the whole group.</para>
/// <para>Should the system have no room for another process, it is tried again for about 0.6 s before the result says
/// <see cref="PluginOutcome.NotStarted"/>.</para>
/// </summary>
public sealed class PluginRunner : IDisposable
{
    private const int MaxThreads = 64;
    private const int MaxMaxConcurrent = 100_000;
    private const int MinOutputLimit = 256;
    private const int MaxOutputLimit = 16 * 1024 * 1024;
    private const int DescriptorsPerPlugin = 3;
    private const int DescriptorsForOthers = 256;

    private readonly PluginQueue _queue;
    private readonly SpawnSettings _settings;
    private readonly RunnerThread[] _threads;
    private int _isDisposed;

    /// <summary>Makes a runner and its threads.</summary>
    /// <param name="options">See there.</param>
    /// <param name="timeProvider">Gives start times and, by its monotonic timestamps, durations and time limits. Processes live
    /// in real time, so it must run as fast as the real clock.</param>
    /// <param name="completed">Called once for each request, on a runner thread: it must not block, and an exception from
    /// it ends the process.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="SystemErrorException">The kernel has no pidfds, or the system refuses something else that the runner
    /// needs.</exception>
    public PluginRunner(PluginRunnerOptions options, TimeProvider timeProvider, Action<PluginResult> completed)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(completed);
        Check(options);
        RequirePidFds();
        _queue = new PluginQueue(Concurrency(options.MaxConcurrent));
        _settings = new SpawnSettings(options);
        _threads = new RunnerThread[options.Threads];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new RunnerThread(i, _queue, _settings, options.OutputLimit, timeProvider, completed);
        }

        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>How many plugins run at the same time at most, as chosen: an explicit
    /// <see cref="PluginRunnerOptions.MaxConcurrent"/> is lowered too if the limit on open files is too low for it.</summary>
    public int MaxConcurrent => _queue.Limit;

    /// <summary>How many plugins run now, including those that were killed and have not ended yet.</summary>
    public int Running => _queue.Running;

    /// <summary>How many requests wait for their turn. Their number is bounded only by whoever makes them.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>Asks for a run; any thread, never blocks. Requests are started in the order in which they came.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time limit is not more than zero.</exception>
    /// <exception cref="ObjectDisposedException">The runner was disposed.</exception>
    public void Start(in PluginRequest request)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Timeout, TimeSpan.Zero);
        _queue.Enqueue(request);
        if (!_queue.CanTake)
        {
            return;
        }

        // A runner thread, in the callback for a result, takes a single request itself when it returns.
        if (_queue.Waiting == 1 && Array.Exists(_threads, thread => thread.IsCurrent))
        {
            return;
        }

        foreach (var thread in _threads)
        {
            if (thread.WakeIfAsleep())
            {
                return;
            }
        }
    }

    /// <summary>Changes how many plugins run at the same time; any thread. More than that which run already go on to their end.</summary>
    /// <param name="maxConcurrent">As <see cref="PluginRunnerOptions.MaxConcurrent"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public void ChangeMaxConcurrent(int maxConcurrent)
    {
        RequireRange(maxConcurrent, 0, MaxMaxConcurrent, nameof(maxConcurrent));
        _queue.Limit = Concurrency(maxConcurrent);
        foreach (var thread in _threads)
        {
            thread.WakeIfAsleep();
        }
    }

    /// <summary>
    /// Kills the process groups of all running plugins, reaps them, ends the threads and forgets the waiting requests. When it
    /// returns no result is reported any more. It takes a few milliseconds, or up to 2 s if a process cannot be killed because
    /// it is in an uninterruptible system call.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called from the callback for results, for which it would wait.</exception>
    public void Dispose()
    {
        if (Array.Exists(_threads, thread => thread.IsCurrent))
        {
            throw new InvalidOperationException("a plugin runner cannot be disposed from its own callback");
        }

        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        foreach (var thread in _threads)
        {
            thread.Stop();
        }

        foreach (var thread in _threads)
        {
            thread.Dispose();
        }

        _settings.Dispose();
    }

    private static void Check(PluginRunnerOptions options)
    {
        RequireRange(options.MaxConcurrent, 0, MaxMaxConcurrent, nameof(options.MaxConcurrent));
        RequireRange(options.Threads, 1, MaxThreads, nameof(options.Threads));
        RequireRange(options.OutputLimit, MinOutputLimit, MaxOutputLimit, nameof(options.OutputLimit));
        if (!Directory.Exists(options.WorkingDirectory))
        {
            throw new ArgumentException(
                $"the working directory of plugins, '{options.WorkingDirectory}', does not exist", nameof(options));
        }
    }

    private static void RequireRange(int value, int minimum, int maximum, string name)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {minimum} to {maximum}");
        }
    }

    private static void RequirePidFds()
    {
        var descriptor = Libc.PidFdOpen(Libc.GetPid());
        if (descriptor < 0)
        {
            throw SystemErrorException.OfLastCall("running plugins needs pidfds, which Linux has since 5.4");
        }

        _ = Libc.Close(descriptor);
    }

    private static int Concurrency(int asked)
    {
        var possible = Math.Max(8, (ResourceLimits.OpenFiles() - DescriptorsForOthers) / DescriptorsPerPlugin);
        return (int)Math.Min(asked == 0 ? PluginRunnerOptions.DefaultMaxConcurrent : asked, possible);
    }
}
