using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Snapshot;

namespace Compeer.Engine.Site;

/// <summary>All that an engine keeps: what goes by the indexes of a configuration (<see cref="Site"/>), and what outlives
/// it. The handlers of the engine's inputs share it; one thread at a time.</summary>
internal sealed class EngineState(EngineConfiguration configuration)
{
    private readonly CheckStatistics _hostChecks = new();
    private readonly CheckStatistics _serviceChecks = new();

    /// <summary>What goes by the indexes of the configuration in force.</summary>
    public EngineSite Site { get; set; } = new(configuration);

    /// <summary>Checks in flight.</summary>
    public RunningChecks Running { get; } = new();

    /// <summary>The time of the last input; null before the first.</summary>
    public EngineTime? Now { get; private set; }

    /// <summary>The highest id of an event that was made or heard of here.</summary>
    public long LastEventId { get; private set; }

    /// <summary>The id of a new event: higher than any before (Naemon <c>next_event_id</c>).</summary>
    public long NextEventId() => ++LastEventId;

    /// <summary>Another node, or an earlier run of this one, used an id.</summary>
    public void SeeEvent(long id) => LastEventId = Math.Max(LastEventId, id);

    /// <summary>Takes the time of an input.</summary>
    /// <exception cref="ArgumentException">The monotonic clock went back.</exception>
    public void See(EngineTime now)
    {
        if (Now is not { } before)
        {
            Site.MacroContext.Started = now.Wall;
        }
        else if (now.Monotonic < before.Monotonic)
        {
            throw new ArgumentException($"the monotonic clock went back from {before.Monotonic} to {now.Monotonic}", nameof(now));
        }

        Now = now;
        Site.Schedule.See(now);
    }

    /// <summary>Figures about the checks of hosts or of services.</summary>
    public CheckCounters Counters(bool isHost, TimeSpan now) => Statistics(isHost).Read(now, Running.Of(isHost, now));

    /// <summary>The figures that a check counts in.</summary>
    public CheckStatistics Statistics(bool isHost) => isHost ? _hostChecks : _serviceChecks;
}
