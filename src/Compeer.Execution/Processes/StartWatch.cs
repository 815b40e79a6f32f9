namespace Compeer.Execution.Processes;

/// <summary>
/// The thread that sees to it that a start which does not come back holds up nothing else: it wakes another station for what waits
/// behind it, and then takes the station away from the thread that hangs and gives it to another one. It sleeps while nothing is
/// started.
/// </summary>
internal sealed class StartWatch : IDisposable
{
    /// <summary>When a start is left behind. On a busy machine one takes some milliseconds.</summary>
    internal static readonly TimeSpan LeaveAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>When another station does what waits behind a start.</summary>
    internal static readonly TimeSpan HelpAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>When it is told of: what comes back before then is no finding.</summary>
    internal static readonly TimeSpan TellAfter = TimeSpan.FromSeconds(5);

    /// <summary>The most threads that may hang. Beyond them a station hangs with its start.</summary>
    internal const int MostLeftBehind = 256;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly RunnerShared _shared;
    private readonly StarterPool _pool;
    private readonly IReadOnlyList<Station> _stations;
    private readonly List<LateStart> _late = [];
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private int _isAsleep;
    private volatile bool _isStopping;

    internal StartWatch(RunnerShared shared, StarterPool pool, IReadOnlyList<Station> stations)
    {
        _shared = shared;
        _pool = pool;
        _stations = stations;
        _thread = new Thread(Run) { IsBackground = true, Name = "plugin starts" };
    }

    internal void Start() => _thread.Start();

    /// <summary>Any thread, after it began a start.</summary>
    internal void Notice()
    {
        if (Volatile.Read(ref _isAsleep) != 0 && Interlocked.Exchange(ref _isAsleep, 0) != 0)
        {
            _wake.Set();
        }
    }

    /// <summary>Any thread: a start came back after it was left behind.</summary>
    internal void Returned(LateStart late)
    {
        lock (_late)
        {
            _late.Remove(late);
        }

        _shared.Stuck.Remove(late.Program);
        if (late.IsTold)
        {
            _shared.Tell(RunnerNoticeKind.StartReturned, late.Errno, late.Program);
        }

        foreach (var station in _stations)
        {
            station.Wake();
        }
    }

    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        var quiet = 0;
        while (!_isStopping)
        {
            quiet = Look() ? 0 : quiet + 1;
            if (quiet < 5)
            {
                _wake.WaitOne(LookEvery);
                continue;
            }

            // Either this sees a start that began before, or who begins one sees that this sleeps.
            Interlocked.Exchange(ref _isAsleep, 1);
            if (!_isStopping && !Look())
            {
                _wake.WaitOne();
            }

            Volatile.Write(ref _isAsleep, 0);
            quiet = 0;
        }
    }

    /// <summary>Whether there is something to watch.</summary>
    private bool Look()
    {
        var any = false;
        var isSlow = false;
        var now = _shared.Now;
        foreach (var station in _stations)
        {
            any |= station.Bracket.IsOpen;
            isSlow |= station.Bracket.HasTaken(now, _shared.Timestamps(HelpAfter));
            if (_shared.Stuck.Count < MostLeftBehind
                && station.TryLeaveBehind(now, _shared.Timestamps(LeaveAfter), Leave))
            {
                _pool.Serve(station);
            }
        }

        if (isSlow && _shared.Lanes.CanTake)
        {
            _ = _stations.Any(station => !station.IsWaitingForRoom && station.WakeIfAsleep());
        }

        List<LateStart> untold;
        lock (_late)
        {
            any |= _late.Count > 0;
            untold = _late.FindAll(late => !late.IsTold && now - late.Left >= _shared.Timestamps(TellAfter));
            untold.ForEach(late => late.IsTold = true);
        }

        untold.ForEach(late => _shared.Tell(RunnerNoticeKind.StartHangs, 0, late.Program));
        return any;
    }

    private void Leave(LateStart late)
    {
        lock (_late)
        {
            _late.Add(late);
        }

        _shared.Stuck.Add(late.Program);
    }
}
