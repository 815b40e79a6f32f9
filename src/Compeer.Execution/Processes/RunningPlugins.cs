using Compeer.Execution.Native;
using Compeer.Platform.Native;

namespace Compeer.Execution.Processes;

/// <summary>
/// The plugins of one station, from their start to their result. It waits for a plugin's end through its pidfd and reads the
/// pipes once then, which is the cheapest; the pipes of a plugin that runs longer than <see cref="WatchAfter"/> are watched as
/// well, so that one which writes more than a pipe holds is not stuck. One thread at a time.
/// </summary>
internal sealed class RunningPlugins : IDisposable
{
    /// <summary>When a plugin's pipes begin to be watched.</summary>
    internal static readonly TimeSpan WatchAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>How long stopping waits for killed processes: only one in an uninterruptible system call needs longer.</summary>
    internal static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    /// <summary>When a process that was killed and runs on is taken for one that cannot be.</summary>
    internal static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    private const int ScratchSize = 64 * 1024;

    private static readonly TimeSpan ReapEvery = TimeSpan.FromSeconds(1);

    private readonly RunnerShared _shared;
    private readonly EpollSet _epoll = new();
    private readonly DeadlineHeap _deadlines = new();
    private readonly List<RunningPlugin> _plugins = [];
    private readonly Stack<RunningPlugin> _free = new();
    private readonly KilledProcesses _killed = new();
    private readonly byte[] _scratch = new byte[ScratchSize];
    private readonly long _watchAfter;
    private long _nextReap;
    private int _held;
    private int _returnedSeen;
    private volatile bool _isSilent;

    internal RunningPlugins(RunnerShared shared, WakeUp wakeUp)
    {
        _shared = shared;
        _watchAfter = shared.Timestamps(WatchAfter);
        _ = _epoll.Watch(
            wakeUp.Descriptor, EpollSet.Readable | EpollSet.EdgeTriggered, new EventTag(EventSource.WakeUp, 0, 0).Pack());
    }

    /// <summary>When there is something to do next; the largest number when there is nothing.</summary>
    internal long NextDeadline => Math.Min(
        _deadlines.Count > 0 ? _deadlines.Earliest : long.MaxValue, _killed.Count > 0 ? _nextReap : long.MaxValue);

    /// <summary>Any thread: no result is given any more.</summary>
    internal void Silence() => _isSilent = true;

    public void Dispose() => _epoll.Dispose();

    /// <summary>Waits up to this many milliseconds (-1: without limit); how many events <see cref="Handle"/> is to see to.</summary>
    internal int Wait(int milliseconds) => _epoll.Wait(milliseconds);

    /// <summary>Sees to the events of the last <see cref="Wait"/>.</summary>
    internal void Handle(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var tag = EventTag.Unpack(_epoll.Data(i));
            if (tag.Source == EventSource.WakeUp)
            {
                continue;
            }

            var plugin = _plugins[tag.Slot];
            if (!plugin.HasProcess || plugin.Generation != tag.Generation)
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

    /// <summary>A process was started; 0, or the errno and it is given up.</summary>
    internal int Begin(in StartAttempt attempt, in PluginProcess process)
    {
        var plugin = Place();
        plugin.Begin(attempt, process, LimitOf(attempt));
        var errno = _epoll.Watch(plugin.PidFd, EpollSet.Readable | EpollSet.Once, Tag(plugin, EventSource.Process));
        if (errno != 0)
        {
            _ = Libc.Kill(-plugin.Pid, Libc.SigKill);
            _ = Ended.Wait(Libc.ByPidFd, plugin.PidFd, block: true);
            Free(plugin);
            return errno;
        }

        _deadlines.Set(plugin.Slot, Math.Min(attempt.Started + _watchAfter, plugin.TimeLimit));
        return 0;
    }

    /// <summary>A start does not come back; where its request is kept.</summary>
    internal int Hang(in StartAttempt attempt)
    {
        var plugin = Place();
        plugin.Hang(attempt, LimitOf(attempt));
        _deadlines.Set(plugin.Slot, plugin.TimeLimit);
        return plugin.Slot;
    }

    /// <summary>Keeps a request aside whose program hangs in another start. It takes no place, and its time limit runs.</summary>
    internal void Hold(in StartAttempt attempt, string program, int returned)
    {
        _returnedSeen = _held == 0 ? returned : _returnedSeen;
        _held++;
        _shared.Hold();
        _shared.Lanes[attempt.Request.Lane].Release();
        var plugin = Place();
        plugin.Hold(attempt, program, LimitOf(attempt));
        _deadlines.Set(plugin.Slot, plugin.TimeLimit);
    }

    /// <summary>A start that hung has come back.</summary>
    internal void TakeUp(LateStart late)
    {
        var plugin = _plugins[late.Slot];
        if (late.Errno != 0)
        {
            if (!plugin.IsReported)
            {
                _shared.Lanes[plugin.Request.Lane].Release();
                StartAttempt attempt = new(late.Starter, plugin.Request, plugin.StartedAt, plugin.Started);
                Report(PluginResult.NotStarted(attempt, late.Errno));
            }

            Free(plugin);
            return;
        }

        plugin.ComeBack(late.Process);
        _ = _epoll.Watch(plugin.PidFd, EpollSet.Readable | EpollSet.Once, Tag(plugin, EventSource.Process));
        if (plugin.IsReported || _isSilent)
        {
            Kill(plugin, _shared.Now);
        }
        else
        {
            _deadlines.Set(plugin.Slot, Math.Min(_shared.Now + _watchAfter, plugin.TimeLimit));
        }
    }

    /// <summary>Puts back into their lanes the requests whose program has come back.</summary>
    internal void TakeUpHeld()
    {
        if (_held == 0 || _shared.Stuck.Returned == _returnedSeen)
        {
            return;
        }

        _returnedSeen = _shared.Stuck.Returned;
        foreach (var plugin in _plugins)
        {
            if (plugin.Phase == PluginPhase.Held && !_shared.Stuck.IsHeld(plugin.Program))
            {
                _shared.Lanes[plugin.Request.Lane].Enqueue(plugin.Request, _shared.Now);
                Unhold(plugin);
            }
        }
    }

    /// <summary>Looks, once a second, which of those that could not be killed have ended.</summary>
    internal void ReapKilled()
    {
        if (_killed.Count > 0 && _shared.Now is var now && now >= _nextReap)
        {
            _nextReap = now + _shared.Timestamps(ReapEvery);
            _shared.TakeKilled(_killed.Reap());
        }
    }

    /// <summary>Does what has come due.</summary>
    internal void Expire()
    {
        if (_deadlines.Count == 0)
        {
            return;
        }

        var now = _shared.Now;
        while (_deadlines.Count > 0 && _deadlines.Earliest <= now)
        {
            Expire(_plugins[_deadlines.EarliestEntry], now);
        }
    }

    private void Expire(RunningPlugin plugin, long now)
    {
        switch (plugin.Phase)
        {
            case PluginPhase.Held:
                Report(Result(plugin, PluginOutcome.TimedOut, 0, now));
                Unhold(plugin);
                break;
            case PluginPhase.Hanging:
                ReportTimeout(plugin, now);
                _deadlines.Remove(plugin.Slot);
                StuckChild.Kill(plugin.Starter!.ThreadId);
                break;
            case PluginPhase.Running when now < plugin.TimeLimit:
                WatchPipe(plugin, plugin.StandardOutput, EventSource.StandardOutput);
                WatchPipe(plugin, plugin.StandardError, EventSource.StandardError);
                var isWatched = plugin.StandardOutput.IsWatched && plugin.StandardError.IsWatched;
                _deadlines.Set(plugin.Slot, isWatched ? plugin.TimeLimit : Math.Min(now + _watchAfter, plugin.TimeLimit));
                break;
            case PluginPhase.Running when !TryReap(plugin):
                // It really runs still: its end is not among the events that have not been looked at yet.
                Kill(plugin, now);
                break;
            case PluginPhase.Killed when !TryReap(plugin):
                _shared.AddKilled(plugin.Request, plugin.Pid);
                _killed.Add(plugin.Pid);
                Free(plugin);
                break;
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
        if (pipe.Descriptor >= 0 && !pipe.Pump(_scratch, _shared.OutputLimit))
        {
            Close(pipe);
        }
    }

    /// <summary>
    /// At the time limit: the whole group is killed before its leader is reaped, for then nobody else can have its number.
    /// The result does not wait for the processes' end, nor does the place: one in an uninterruptible system call ends when it can.
    /// </summary>
    private void Kill(RunningPlugin plugin, long now)
    {
        KillGroup(plugin.Pid);
        plugin.Phase = PluginPhase.Killed;
        _deadlines.Set(plugin.Slot, now + _shared.Timestamps(KillLimit));
        ReportTimeout(plugin, now);
    }

    private void ReportTimeout(RunningPlugin plugin, long now)
    {
        if (!plugin.IsReported)
        {
            plugin.IsReported = true;
            _shared.Lanes[plugin.Request.Lane].Release();
            Report(Result(plugin, PluginOutcome.TimedOut, 0, now));
        }
    }

    private bool TryReap(RunningPlugin plugin)
    {
        if (Ended.Wait(Libc.ByPidFd, plugin.PidFd, block: false) is not { } ended)
        {
            return false;
        }

        var lane = _shared.Lanes[plugin.Request.Lane];
        var result = plugin.IsReported ? null : Result(plugin, ended.Outcome, ended.Code, _shared.Now);
        Free(plugin);
        if (result is not null)
        {
            lane.Release();
            Report(result);
        }

        return true;
    }

    private PluginResult Result(RunningPlugin plugin, PluginOutcome outcome, int code, long now)
    {
        var output = plugin.StandardOutput.Finish(_shared.OutputLimit);
        var error = plugin.StandardError.Finish(_shared.OutputLimit);
        var truncated = plugin.StandardOutput.IsTruncated || plugin.StandardError.IsTruncated;
        Close(plugin.StandardOutput);
        Close(plugin.StandardError);
        var duration = _shared.Time.GetElapsedTime(plugin.Started, now);
        return new PluginResult(plugin.Request.Token, outcome, code, output, error, plugin.StartedAt, duration, truncated);
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
        _ = plugin.PidFd < 0 ? 0 : Libc.Close(plugin.PidFd);
        Close(plugin.StandardOutput);
        Close(plugin.StandardError);
        plugin.End();
        _free.Push(plugin);
    }

    /// <summary>Gives a result, unless the runner stops.</summary>
    internal void Report(PluginResult result)
    {
        if (!_isSilent)
        {
            _shared.Completed(result);
        }
    }

    /// <summary>Kills all processes and waits for their end, a limited time.</summary>
    /// <param name="meanwhile">Called now and then.</param>
    internal void KillAll(Action meanwhile)
    {
        foreach (var plugin in _plugins)
        {
            if (plugin.HasProcess)
            {
                KillGroup(plugin.Pid);
            }
            else if (plugin.Phase == PluginPhase.Hanging)
            {
                StuckChild.Kill(plugin.Starter!.ThreadId);
            }
        }

        var started = _shared.Now;
        while (_plugins.Exists(plugin => plugin.Phase is not (PluginPhase.Free or PluginPhase.Held))
            && _shared.Time.GetElapsedTime(started) < StopLimit)
        {
            Handle(Wait(milliseconds: 50));
            meanwhile();
        }

        foreach (var plugin in _plugins.Where(plugin => plugin.HasProcess))
        {
            Free(plugin);
        }
    }

    private void Unhold(RunningPlugin plugin)
    {
        _held--;
        _shared.Unhold();
        Free(plugin);
    }

    private RunningPlugin Place()
    {
        if (!_free.TryPop(out var plugin))
        {
            plugin = new RunningPlugin(_plugins.Count);
            _plugins.Add(plugin);
        }

        return plugin;
    }

    private long LimitOf(in StartAttempt attempt)
    {
        var limit = _shared.Timestamps(attempt.Request.Timeout);
        return limit > long.MaxValue - attempt.Started ? long.MaxValue : attempt.Started + limit;
    }

    /// <summary>The leader by itself, too: it may have gone to another group.</summary>
    private static void KillGroup(int pid) => _ = Libc.Kill(-pid, Libc.SigKill) + Libc.Kill(pid, Libc.SigKill);

    private static ulong Tag(RunningPlugin plugin, EventSource source) =>
        new EventTag(source, plugin.Slot, plugin.Generation).Pack();
}
