using System.Collections.Concurrent;
using Compeer.Execution.Native;

namespace Compeer.Execution.Processes;

/// <summary>
/// Starts plugins and waits for them, by one thread at a time. It owns its plugins alone; only the lanes are shared.
/// <para>A start that does not come back keeps the thread that is in it and nothing else: another thread goes on with the
/// station (<see cref="TryLeaveBehind"/>), and what became of the start is handed in when it is known.</para>
/// </summary>
internal sealed class Station : IDisposable
{
    private readonly RunnerShared _shared;
    private readonly WakeUp _wakeUp = new();
    private readonly RunningPlugins _plugins;
    private readonly ConcurrentQueue<LateStart> _returned = new();
    private readonly PostponedStart _postponed;
    private readonly ManualResetEventSlim _ended = new(initialState: false, spinCount: 0);
    private readonly Lock _gate = new();
    private StartWatch? _watch;
    private volatile Starter? _server;
    private int _turn;
    private int _isAsleep;
    private volatile bool _isStopping;

    internal Station(RunnerShared shared)
    {
        _shared = shared;
        _postponed = new PostponedStart(shared.Time.TimestampFrequency);
        _plugins = new RunningPlugins(shared, _wakeUp);
    }

    internal StartBracket Bracket { get; } = new();

    /// <summary>Whether the calling thread serves it.</summary>
    internal bool IsCurrent => _server is { IsCurrent: true };

    /// <summary>Whether it starts nothing at this moment, for the system had no room for what it began with last. Any thread.</summary>
    internal bool IsWaitingForRoom => _postponed.IsPending;

    /// <summary>Before the first start: who is told when one begins.</summary>
    internal void WatchBy(StartWatch watch) => _watch = watch;

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

    /// <summary>Any thread: lets it look at everything once.</summary>
    internal void Wake() => _wakeUp.Signal();

    /// <summary>Any thread: no result is reported any more; everything that runs is killed once it wakes (<see cref="Wake"/>).</summary>
    internal void Stop()
    {
        _isStopping = true;
        _plugins.Silence();
    }

    /// <summary>Waits for the end after <see cref="Stop"/>.</summary>
    internal void WaitForEnd(TimeSpan limit) => _ended.Wait(limit);

    /// <summary>When no thread can serve it any more.</summary>
    public void Dispose()
    {
        _plugins.Dispose();
        _wakeUp.Dispose();
        _ended.Dispose();
    }

    /// <summary>Does the work on the calling thread, until the runner stops or the station is taken away.</summary>
    internal void Serve(Starter starter)
    {
        _server = starter;
        while (!_isStopping)
        {
            WaitForEvents();
            TakeUpReturned();
            _plugins.Expire();

            // Once it is to stop, places that are free are those of plugins that another station killed.
            if (!_isStopping && !StartNext(starter))
            {
                return;
            }
        }

        _plugins.KillAll(TakeUpReturned);
        _ended.Set();
    }

    /// <summary>The watching thread: takes the station away from a thread whose start takes longer than the limit.</summary>
    /// <param name="now">Monotonic timestamp.</param>
    /// <param name="limit">In its unit.</param>
    /// <param name="left">Called with the start that is left behind before anybody can hear of its return.</param>
    /// <returns>Whether the station needs another thread now.</returns>
    internal bool TryLeaveBehind(long now, long limit, Action<LateStart> left)
    {
        lock (_gate)
        {
            if (!Bracket.TryTakeAway(now, limit))
            {
                return false;
            }

            var attempt = Bracket.Attempt;
            var program = StuckPrograms.NameOf(attempt.Starter.Launcher.Program);
            attempt.Starter.Late = new LateStart(attempt.Starter, program, _plugins.Hang(attempt), now);
            left(attempt.Starter.Late);
            return true;
        }
    }

    /// <summary>The thread that was left behind: what came of its start.</summary>
    private void HandIn(Starter starter, int errno, in PluginProcess process)
    {
        LateStart late;
        lock (_gate)
        {
            late = starter.Late!;
            starter.Late = null;
        }

        late.Errno = errno;
        late.Process = process;
        _returned.Enqueue(late);
        _watch!.Returned(late);
    }

    private void WaitForEvents()
    {
        var milliseconds = MillisecondsToNext();
        if (milliseconds != 0)
        {
            Interlocked.Exchange(ref _isAsleep, 1);
            milliseconds = _isStopping || CanStart ? 0 : milliseconds;
        }

        var ready = _plugins.Wait(milliseconds);
        Volatile.Write(ref _isAsleep, 0);
        _plugins.Handle(ready);
    }

    private bool CanStart => !_postponed.IsPending && _shared.Lanes.CanTake;

    private int MillisecondsToNext()
    {
        if (CanStart)
        {
            return 0;
        }

        var next = _plugins.NextDeadline;
        next = _postponed.IsPending ? Math.Min(next, _postponed.RetryAt) : next;
        if (next == long.MaxValue)
        {
            return -1;
        }

        // Rounded up: a wait that ends too early would be followed by many of 0 ms.
        var left = Math.Ceiling(Math.Max(0L, next - _shared.Now) * 1000.0 / _shared.Time.TimestampFrequency);
        return (int)Math.Min(left, int.MaxValue);
    }

    /// <summary>Starts one plugin at most, so that ended ones are never kept waiting by a long queue.</summary>
    /// <returns>False if the station was taken away meanwhile.</returns>
    private bool StartNext(Starter starter)
    {
        if (!TryTake(out var request))
        {
            return true;
        }

        var attempt = new StartAttempt(starter, request, _shared.Time.GetUtcNow(), _shared.Now);
        var launcher = starter.Launcher;
        var errno = launcher.Prepare(request.CommandLine.Span, request.Environment);
        PluginProcess process = default;
        if (errno == 0)
        {
            if (TryHold(attempt, launcher))
            {
                return true;
            }

            Bracket.Attempt = attempt;
            var begin = Bracket.Begin(attempt.Started);
            _watch!.Notice();
            errno = launcher.Start(out process);
            if (!Bracket.TryEnd(begin))
            {
                HandIn(starter, errno, process);
                return false;
            }
        }

        errno = errno == 0 ? _plugins.Begin(attempt, process) : errno;
        if (errno == 0)
        {
            _postponed.Reset();
            _shared.StartSucceeded();
        }
        else if (PostponedStart.IsPassing(errno))
        {
            _postponed.Postpone(request, attempt.Started);
            _shared.Lanes[request.Lane].Hold();
            _shared.StartFailed(errno);
        }
        else
        {
            _postponed.Reset();
            _shared.Lanes[request.Lane].Release();
            _plugins.Report(PluginResult.NotStarted(attempt, errno));
        }

        return true;
    }

    private bool TryTake(out PluginRequest request)
    {
        if (!_postponed.IsPending)
        {
            return _shared.Lanes.TryTake(ref _turn, out request);
        }

        if (!_postponed.TryTake(_shared.Now, out request))
        {
            return false;
        }

        _shared.Lanes[request.Lane].Unhold();
        return true;
    }

    /// <summary>Keeps a request aside whose program hangs in another start. It takes no place, and its time limit runs.</summary>
    private bool TryHold(in StartAttempt attempt, PluginLauncher launcher)
    {
        var returned = _shared.Stuck.Returned;
        if (_shared.Stuck.Count == 0 || !_shared.Stuck.IsHeld(StuckPrograms.NameOf(launcher.Program)))
        {
            return false;
        }

        _plugins.Hold(attempt, StuckPrograms.NameOf(launcher.Program), returned);
        return true;
    }

    /// <summary>Starts that came back late, requests that waited for one, and processes that could not be killed.</summary>
    private void TakeUpReturned()
    {
        while (_returned.TryDequeue(out var late))
        {
            _plugins.TakeUp(late);
        }

        _plugins.TakeUpHeld();
        _plugins.ReapKilled();
    }
}
