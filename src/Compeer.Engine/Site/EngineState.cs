using Compeer.Engine.Events;
using Compeer.Engine.Freshness;
using Compeer.Engine.Logging;
using Compeer.Engine.Model;
using Compeer.Engine.PerformanceData;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Snapshot;

namespace Compeer.Engine.Site;

/// <summary>All that an engine keeps: what goes by the indexes of a configuration (<see cref="Site"/>), and what outlives
/// it. The handlers of the engine's inputs read it and change it by events alone; one thread at a time.</summary>
internal sealed class EngineState
{
    private static readonly TimeSpan WallClockWatch = TimeSpan.FromMinutes(1);

    private readonly EventApplier _applier;
    private readonly LogLines _lines = new();
    private readonly CheckStatistics _hostChecks = new();
    private readonly CheckStatistics _serviceChecks = new();

    public EngineState(EngineConfiguration configuration)
    {
        Site = new EngineSite(configuration);
        _applier = new EventApplier(this);
    }

    /// <summary>What goes by the indexes of the configuration in force. Replaced by <see cref="EventApplier"/> only.</summary>
    public EngineSite Site { get; set; }

    /// <summary>Checks in flight.</summary>
    public RunningChecks Running { get; } = new();

    /// <summary>Owners elsewhere that were asked for a check, and when.</summary>
    public AskedOwners Asked { get; } = new();

    /// <summary>What this node may not check.</summary>
    public BlockedHosts Blocked { get; } = new();

    /// <summary>When results were looked at for their freshness.</summary>
    public FreshnessClock Freshness { get; } = new();

    /// <summary>When files of performance data were given to their commands.</summary>
    public PerformanceClock Performance { get; } = new();

    /// <summary>The time of the first input, monotonic; null before it.</summary>
    public TimeSpan? Began { get; private set; }

    /// <summary>The ids that this node gives.</summary>
    public EntryNumbers Numbers { get; } = new();

    /// <summary>The time of the last input; null before the first.</summary>
    public EngineTime? Now { get; private set; }

    /// <summary>The highest id of a change of state that was made or heard of here. The next one has one more (Naemon
    /// <c>next_event_id</c>).</summary>
    public long LastEventId { get; set; }

    /// <summary>External commands that were given here since the engine was made.</summary>
    public long CommandsGiven { get; private set; }

    /// <summary>Looks at everything that happens live, after it took effect, for what people are to be told of.</summary>
    public MonitoringEventWatch? Happened { get; set; }

    /// <summary>Takes the time of an input.</summary>
    /// <exception cref="ArgumentException">The monotonic clock went back.</exception>
    public void See(EngineTime now, Transition transition)
    {
        if (Now is not { } before)
        {
            Site.MacroContext.Started = now.Wall;
            Began = now.Monotonic;
        }
        else if (now.Monotonic < before.Monotonic)
        {
            throw new ArgumentException($"the monotonic clock went back from {before.Monotonic} to {now.Monotonic}", nameof(now));
        }

        Now = now;
        if (Site.Schedule.See(now))
        {
            Emit(MonitoringEvent.Jumped(now), transition);
        }
    }

    /// <summary>Something happened: it is noted down, takes effect, and what follows from it for the log and for other nodes is
    /// added.</summary>
    public void Emit(in MonitoringEvent happened, Transition transition)
    {
        var place = transition.Events.Count;
        transition.Events.Add(happened);
        if (happened.Kind is EventKind.ResultTaken or EventKind.StateFitted or EventKind.PassiveResultTaken)
        {
            transition.Changes.Add(new StateChange(happened.Id, Site.States[happened.Id.Index], happened.State!));
        }

        if (happened.Kind == EventKind.NotificationChanged)
        {
            var told = (NotificationState)happened.Detail!;
            var isUrgent = !told.Pending.AsSpan().SequenceEqual(Site.Told[happened.Id].Pending.AsSpan());
            transition.Notifications.Add(new NotificationChange(happened.Id, told, isUrgent));
        }

        _applier.Apply(happened);
        Count(happened);
        if (_lines.Of(Site.Configuration, happened) is { } line)
        {
            if (HistoryEntry.IsAbout(happened))
            {
                transition.History.Add(new HistoryMark(transition.Log.Count, place));
            }

            transition.Log.Add(line);
        }

        Happened?.Invoke(happened, transition);
    }

    /// <summary>Something happened earlier, or elsewhere: it takes effect and has no consequences.</summary>
    public void Replay(in MonitoringEvent happened)
    {
        Now = happened.At;
        _applier.Apply(happened);
    }

    private void Count(in MonitoringEvent happened)
    {
        if (happened.Kind == EventKind.PassiveResultTaken)
        {
            Statistics(Site.Table.IsHost(happened.Id)).Passive();
        }
        else if (happened.Kind == EventKind.CommandGiven)
        {
            CommandsGiven++;
        }
    }

    /// <summary>When <see cref="MonitoringEngine.Advance"/> has something to do next, on the monotonic clock; null when nothing has a
    /// time.</summary>
    public TimeSpan? NextWake
    {
        get
        {
            var check = Site.Schedule.NextWake;
            if (Now is not { } now || Site.NextByWallClock is not { } ticks)
            {
                return check;
            }

            // A jump of the clock is seen within a minute also when nothing else happens.
            var wait = new TimeSpan(Math.Clamp(ticks - now.Wall.UtcTicks, 0, WallClockWatch.Ticks));
            return check <= now.Monotonic + wait ? check : now.Monotonic + wait;
        }
    }

    /// <summary>Figures about the checks of hosts or of services.</summary>
    public CheckCounters Counters(bool isHost, TimeSpan now) => Statistics(isHost).Read(now, Running.Of(isHost, now));

    /// <summary>The figures that a check counts in.</summary>
    public CheckStatistics Statistics(bool isHost) => isHost ? _hostChecks : _serviceChecks;
}
