using Compeer.Execution.Native;
using Compeer.Platform.Native;

namespace Compeer.Execution.Processes;

/// <summary>
/// One thread that starts plugins and waits for them. It owns its plugins alone; only the queue is shared. It waits for a
/// plugin's end through its pidfd and reads the pipes once then, which is the cheapest; the pipes of a plugin that runs
/// longer than <see cref="WatchAfter"/> are watched as well, so that one which writes more than a pipe holds is not stuck.
/// </summary>
internal sealed class RunnerThread : IDisposable
{
    /// <summary>When a plugin's pipes begin to be watched.</summary>
    internal static readonly TimeSpan WatchAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>How long stopping waits for killed processes: only one in an uninterruptible system call needs longer.</summary>
    internal static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private const int ScratchSize = 64 * 1024;

    private readonly PluginQueue _queue;
    private readonly int _outputLimit;
    private readonly TimeProvider _time;
    private readonly Action<PluginResult> _completed;
    private readonly PluginLauncher _launcher;
    private readonly EpollSet _epoll = new();
    private readonly WakeUp _wakeUp = new();
    private readonly DeadlineHeap _deadlines = new();
    private readonly List<RunningPlugin> _plugins = [];
    private readonly Stack<RunningPlugin> _free = new();
    private readonly byte[] _scratch = new byte[ScratchSize];
    private readonly PostponedStart _postponed;
    private readonly long _watchAfter;
    private readonly Thread _thread;
    private int _isAsleep;
    private volatile bool _isStopping;

    internal RunnerThread(
        int number, PluginQueue queue, SpawnSettings settings, int outputLimit, TimeProvider time, Action<PluginResult> completed)
    {
        _queue = queue;
        _outputLimit = outputLimit;
        _time = time;
        _completed = completed;
        _launcher = new PluginLauncher(settings);
        _postponed = new PostponedStart(time.TimestampFrequency);
        _watchAfter = Timestamps(WatchAfter);
        _ = _epoll.Watch(
            _wakeUp.Descriptor, EpollSet.Readable | EpollSet.EdgeTriggered, new EventTag(EventSource.WakeUp, 0, 0).Pack());
        _thread = new Thread(Run) { IsBackground = true, Name = $"plugins {number}" };
    }

    internal bool IsCurrent => Thread.CurrentThread == _thread;

    internal void Start() => _thread.Start();

    /// <summary>Any thread: gets it out of its wait for work; false if it was not waiting.</summary>
    internal bool WakeIfAsleep()
    {
        if (Volatile.Read(ref _isAsleep) == 0 || Interlocked.Exchange(ref _isAsleep, 0) == 0)
        {
            return false;
        }

        _wakeUp.Signal();
        return true;
    }

    /// <summary>Any thread: no result is reported any more; everything that runs is killed.</summary>
    internal void Stop()
    {
        _isStopping = true;
        _wakeUp.Signal();
    }

    /// <summary>Waits for the thread's end after <see cref="Stop"/> and frees what it had.</summary>
    public void Dispose()
    {
        _thread.Join();
        _launcher.Dispose();
        _epoll.Dispose();
        _wakeUp.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            WaitForEvents();
            ExpireDeadlines();
            StartNext();
        }

        KillAll();
    }

    private void WaitForEvents()
    {
        var milliseconds = MillisecondsToNext();
        if (milliseconds != 0)
        {
            Interlocked.Exchange(ref _isAsleep, 1);
            milliseconds = _isStopping || CanStart ? 0 : milliseconds;
        }

        HandleEvents(milliseconds);
    }

    private void HandleEvents(int milliseconds)
    {
        var count = _epoll.Wait(milliseconds);
        Volatile.Write(ref _isAsleep, 0);
        for (var i = 0; i < count; i++)
        {
            var tag = EventTag.Unpack(_epoll.Data(i));
            if (tag.Source == EventSource.WakeUp)
            {
                continue;
            }

            var plugin = _plugins[tag.Slot];
            if (!plugin.IsActive || plugin.Generation != tag.Generation)
            {
                continue;
            }

            switch (tag.Source)
            {
                case EventSource.Process:
                    if (!TryReap(plugin))
                    {
                        _ = _epoll.WatchAgain(
                            plugin.PidFd, EpollSet.Readable | EpollSet.Once, Tag(plugin, EventSource.Process));
                    }

                    break;
                case EventSource.StandardOutput:
                    Pump(plugin.StandardOutput);
                    break;
                default:
                    Pump(plugin.StandardError);
                    break;
            }
        }
    }

    private bool CanStart => !_postponed.IsPending && _queue.CanTake;

    private int MillisecondsToNext()
    {
        if (CanStart)
        {
            return 0;
        }

        var next = _deadlines.Count > 0 ? _deadlines.Earliest : long.MaxValue;
        next = _postponed.IsPending ? Math.Min(next, _postponed.RetryAt) : next;
        if (next == long.MaxValue)
        {
            return -1;
        }

        // Rounded up: a wait that ends too early would be followed by many of 0 ms.
        var left = Math.Ceiling(Math.Max(0L, next - _time.GetTimestamp()) * 1000.0 / _time.TimestampFrequency);
        return (int)Math.Min(left, int.MaxValue);
    }

    /// <summary>Starts one plugin at most, so that ended ones are never kept waiting by a long queue.</summary>
    private void StartNext()
    {
        PluginRequest request;
        if (_postponed.IsPending ? !_postponed.TryTake(_time.GetTimestamp(), out request) : !_queue.TryTake(out request))
        {
            return;
        }

        var startedAt = _time.GetUtcNow();
        var started = _time.GetTimestamp();
        var errno = _launcher.Start(request.CommandLine.Span, out var process);
        errno = errno == 0 ? Watch(request, process, startedAt, started) : errno;
        if (errno != 0 && _postponed.TryPostpone(request, errno, started))
        {
            return;
        }

        _postponed.Reset();
        if (errno == 0)
        {
            return;
        }

        _queue.Release();
        Report(new PluginResult(
            request.Token, PluginOutcome.NotStarted, errno, default, default, startedAt, TimeSpan.Zero, Truncated: false));
    }

    private int Watch(in PluginRequest request, in PluginProcess process, DateTimeOffset startedAt, long started)
    {
        if (!_free.TryPop(out var plugin))
        {
            plugin = new RunningPlugin(_plugins.Count);
            _plugins.Add(plugin);
        }

        var limit = Timestamps(request.Timeout);
        limit = limit > long.MaxValue - started ? long.MaxValue : started + limit;
        plugin.Begin(request.Token, process, startedAt, started, limit);
        var errno = _epoll.Watch(plugin.PidFd, EpollSet.Readable | EpollSet.Once, Tag(plugin, EventSource.Process));
        if (errno != 0)
        {
            _ = Libc.Kill(-plugin.Pid, Libc.SigKill);
            _ = Ended.Wait(plugin.PidFd, block: true);
            Free(plugin);
            return errno;
        }

        _deadlines.Set(plugin.Slot, Math.Min(started + _watchAfter, plugin.TimeLimit));
        return 0;
    }

    private void ExpireDeadlines()
    {
        if (_deadlines.Count == 0)
        {
            return;
        }

        var now = _time.GetTimestamp();
        while (_deadlines.Count > 0 && _deadlines.Earliest <= now)
        {
            var plugin = _plugins[_deadlines.EarliestEntry];
            if (now < plugin.TimeLimit)
            {
                WatchPipe(plugin, plugin.StandardOutput, EventSource.StandardOutput);
                WatchPipe(plugin, plugin.StandardError, EventSource.StandardError);
                var isWatched = plugin.StandardOutput.IsWatched && plugin.StandardError.IsWatched;
                _deadlines.Set(plugin.Slot, isWatched ? plugin.TimeLimit : Math.Min(now + _watchAfter, plugin.TimeLimit));
            }
            else if (!TryReap(plugin))
            {
                // It really runs still: its end is not among the events that have not been looked at yet.
                Kill(plugin, now);
            }
        }
    }

    private void WatchPipe(RunningPlugin plugin, OutputPipe pipe, EventSource source)
    {
        if (!pipe.IsWatched && pipe.Descriptor >= 0)
        {
            pipe.IsWatched = _epoll.Watch(pipe.Descriptor, EpollSet.Readable, Tag(plugin, source)) == 0;
        }
    }

    private void Pump(OutputPipe pipe)
    {
        // An event may be left of a pipe that another one of the same batch closed.
        if (pipe.Descriptor >= 0 && !pipe.Pump(_scratch, _outputLimit))
        {
            Close(pipe);
        }
    }

    /// <summary>
    /// At the time limit: the whole group is killed before its leader is reaped, for then nobody else can have its number.
    /// The result does not wait for the processes' end: one in an uninterruptible system call ends when it can.
    /// </summary>
    private void Kill(RunningPlugin plugin, long now)
    {
        _ = Libc.Kill(-plugin.Pid, Libc.SigKill);
        _deadlines.Remove(plugin.Slot);
        plugin.IsReported = true;
        Report(Result(plugin, PluginOutcome.TimedOut, 0, now));
    }

    private bool TryReap(RunningPlugin plugin)
    {
        if (Ended.Wait(plugin.PidFd, block: false) is not { } ended)
        {
            return false;
        }

        var result = plugin.IsReported ? null : Result(plugin, ended.Outcome, ended.Code, _time.GetTimestamp());
        Free(plugin);
        _queue.Release();
        if (result is not null)
        {
            Report(result);
        }

        return true;
    }

    private PluginResult Result(RunningPlugin plugin, PluginOutcome outcome, int code, long now)
    {
        var output = plugin.StandardOutput.Finish(_outputLimit);
        var error = plugin.StandardError.Finish(_outputLimit);
        var truncated = plugin.StandardOutput.IsTruncated || plugin.StandardError.IsTruncated;
        Close(plugin.StandardOutput);
        Close(plugin.StandardError);
        var duration = _time.GetElapsedTime(plugin.Started, now);
        return new PluginResult(plugin.Token, outcome, code, output, error, plugin.StartedAt, duration, truncated);
    }

    private void Close(OutputPipe pipe)
    {
        // Closing is not enough: a process being started by another thread may hold a copy for a moment.
        if (pipe.IsWatched && pipe.Descriptor >= 0)
        {
            _epoll.Forget(pipe.Descriptor);
        }

        pipe.Close();
    }

    private void Free(RunningPlugin plugin)
    {
        _deadlines.Remove(plugin.Slot);
        _ = Libc.Close(plugin.PidFd);
        Close(plugin.StandardOutput);
        Close(plugin.StandardError);
        plugin.End();
        _free.Push(plugin);
    }

    private void Report(PluginResult result)
    {
        if (!_isStopping)
        {
            _completed(result);
        }
    }

    private void KillAll()
    {
        foreach (var plugin in _plugins)
        {
            if (plugin.IsActive)
            {
                _ = Libc.Kill(-plugin.Pid, Libc.SigKill);
            }
        }

        var started = _time.GetTimestamp();
        while (_free.Count < _plugins.Count && _time.GetElapsedTime(started) < StopLimit)
        {
            HandleEvents(milliseconds: 50);
        }

        foreach (var plugin in _plugins.Where(plugin => plugin.IsActive))
        {
            Free(plugin);
        }
    }

    private static ulong Tag(RunningPlugin plugin, EventSource source) =>
        new EventTag(source, plugin.Slot, plugin.Generation).Pack();

    private long Timestamps(TimeSpan time) => (long)Math.Min(time.TotalSeconds * _time.TimestampFrequency, long.MaxValue / 2);
}
