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
/// <para>What is run for different purposes has lanes of its own (<see cref="Lane"/>). At its time limit a plugin gives its place free,
/// whether it can be killed or not; a start that does not come back, on a file system that does not answer, holds up only
/// the checks of the same program. Should the system have no room for another process or descriptor, starts wait until it has.</para>
/// </summary>
public sealed class PluginRunner : IDisposable
{
    private const int MaxThreads = 64;
    private const int MaxMaxConcurrent = 100_000;
    private const int MinOutputLimit = 256;
    private const int MaxOutputLimit = 16 * 1024 * 1024;

    /// <summary>How many requests may wait in a lane for each station that is up before another one is woken: what one comes to
    /// within some milliseconds. Two that start at the same time pay for each other, since the stack that each new process begins
    /// on is mapped and unmapped in the memory that both have.</summary>
    internal const int StationShare = 16;

    /// <summary>How long stopping waits for a thread that is in a start.</summary>
    private static readonly TimeSpan StopLimit = RunningPlugins.StopLimit + TimeSpan.FromSeconds(1);

    private readonly LaneSet _lanes;
    private readonly SpawnSettings _settings;
    private readonly RunnerShared _shared;
    private readonly Station[] _stations;
    private readonly StarterPool _starters;
    private readonly StartWatch _watch;
    private int _isDisposed;

    /// <summary>Makes a runner and its threads.</summary>
    /// <param name="options">See there.</param>
    /// <param name="timeProvider">Gives start times and, by its monotonic timestamps, durations and time limits. Processes live
    /// in real time, so it must run as fast as the real clock.</param>
    /// <param name="completed">Called once for each request, on a runner thread: it must not block, and an exception from
    /// it ends the process.</param>
    /// <param name="notice">Called on any of the runner's threads with what an operator should know; the same holds for it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="SystemErrorException">The kernel has no pidfds, or the system refuses something else that the runner
    /// needs.</exception>
    public PluginRunner(
        PluginRunnerOptions options, TimeProvider timeProvider, Action<PluginResult> completed, Action<RunnerNotice> notice)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(completed);
        ArgumentNullException.ThrowIfNull(notice);
        Check(options);
        RequirePidFds();
        _lanes = new LaneSet(LaneLimits.Choose(options.MaxConcurrent, ResourceLimits.OpenFiles()));
        _settings = new SpawnSettings(options);
        _shared = new RunnerShared(_lanes, _settings, options.OutputLimit, timeProvider, completed, notice);
        _starters = new StarterPool(_settings);
        _stations = new Station[options.Threads];
        for (var i = 0; i < _stations.Length; i++)
        {
            _stations[i] = new Station(_shared);
        }

        _watch = new StartWatch(_shared, _starters, _stations);
        _watch.Start();
        foreach (var station in _stations)
        {
            station.WatchBy(_watch);
            _starters.Serve(station);
        }
    }

    /// <summary>How the runner fares at this moment.</summary>
    public RunnerStatus Status => new(
        StatusOf(Lane.Hosts),
        StatusOf(Lane.Services),
        StatusOf(Lane.Notifications),
        StatusOf(Lane.Handlers),
        _shared.Killed,
        _shared.Stuck.Count,
        _shared.Held,
        _shared.Shortage);

    /// <summary>Asks for a run; any thread, never blocks. Requests of a lane are started in the order in which they came.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time limit is not more than zero.</exception>
    /// <exception cref="ObjectDisposedException">The runner was disposed.</exception>
    public void Start(in PluginRequest request)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Timeout, TimeSpan.Zero);
        var lane = _lanes[request.Lane];
        lane.Enqueue(request, _shared.Now);
        if (!lane.CanTake)
        {
            return;
        }

        // A runner thread, in the callback for a result, takes a single request itself when it returns.
        if (lane.Waiting == 1 && Array.Exists(_stations, station => station.IsCurrent))
        {
            return;
        }

        var up = 0;
        foreach (var station in _stations)
        {
            if (station.IsWaitingForRoom)
            {
                continue;
            }

            if (lane.Waiting <= up * StationShare || station.WakeIfAsleep())
            {
                return;
            }

            up++;
        }
    }

    /// <summary>Changes how many service checks run at the same time; any thread. More than that which run already go on to their
    /// end.</summary>
    /// <param name="maxConcurrent">As <see cref="PluginRunnerOptions.MaxConcurrent"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public void ChangeMaxConcurrent(int maxConcurrent)
    {
        RequireRange(maxConcurrent, 0, MaxMaxConcurrent, nameof(maxConcurrent));
        _lanes.Follow(LaneLimits.Choose(maxConcurrent, ResourceLimits.OpenFiles()));
        foreach (var station in _stations)
        {
            station.WakeIfAsleep();
        }
    }

    /// <summary>Changes the environment of the plugins that are started from now on; any thread.</summary>
    public void ChangeEnvironment(IReadOnlyDictionary<string, string> environment) => _settings.ChangeEnvironment(environment);

    /// <summary>
    /// Kills the process groups of all running plugins, reaps them, ends the threads and forgets the waiting requests. When it
    /// returns no result is reported any more. It takes a few milliseconds, or up to 3 s if a process cannot be killed because
    /// it is in an uninterruptible system call.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called from the callback for results, for which it would wait.</exception>
    public void Dispose()
    {
        if (Array.Exists(_stations, station => station.IsCurrent))
        {
            throw new InvalidOperationException("a plugin runner cannot be disposed from its own callback");
        }

        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        foreach (var station in _stations)
        {
            station.Stop();
        }

        // Not before all know: what one kills would make place for what another starts.
        foreach (var station in _stations)
        {
            station.Wake();
        }

        // The watch goes on: a station that hangs in a start at this moment needs another thread to stop, too.
        foreach (var station in _stations)
        {
            station.WaitForEnd(StopLimit);
        }

        _watch.Dispose();
        if (!_starters.Stop(TimeSpan.FromMilliseconds(100), _shared.Time))
        {
            // A start that does not come back uses all of it still. It ends with the process.
            return;
        }

        foreach (var station in _stations)
        {
            station.Dispose();
        }

        _settings.Dispose();
    }

    private LaneStatus StatusOf(Lane lane)
    {
        var queue = _lanes[lane];
        var since = queue.OldestSince;
        return new LaneStatus(
            queue.Limit, queue.Running, queue.Waiting, since is null ? TimeSpan.Zero : _shared.Time.GetElapsedTime(since.Value));
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
}
