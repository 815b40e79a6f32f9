using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Dependencies;
using Compeer.Engine.Macros;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Engine.States;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Site;

/// <summary>
/// What an engine keeps by the indexes of one configuration: states, times, ownership, and what it reads of the
/// configuration. Made on any thread with every object in its initial state and nothing owned; then it belongs to the engine.
/// </summary>
internal sealed class EngineSite
{
    public EngineSite(EngineConfiguration configuration)
    {
        Configuration = configuration;
        var periods = new TimePeriodClock(configuration.Zone);
        var initial = new InitialStates(Table);
        States = new StateArray(Table.Count, index => initial.Of(new CheckableId(index)));
        Schedule = new CheckSchedule(Table, periods);
        IsOwned = new bool[Table.Count];
        MacroContext = new MacroContext(Main, configuration.Objects, States, periods);
        Macros = new MacroExpander(MacroContext);
        Children = new HostChildren(Objects.Hosts);
        HostState = host => States[host.Id.Index];
    }

    public EngineConfiguration Configuration { get; }

    public MainConfiguration Main => Configuration.Main;

    public ObjectConfiguration Objects => Configuration.Objects;

    public CheckableTable Table => Configuration.Table;

    public StateArray States { get; }

    public CheckSchedule Schedule { get; }

    /// <summary>By whose clocks the states of owned objects are.</summary>
    public WriterClocks Clocks { get; } = new();

    public bool[] IsOwned { get; }

    /// <summary>How many are owned.</summary>
    public int Owned { get; set; }

    public MacroContext MacroContext { get; }

    public MacroExpander Macros { get; }

    /// <summary>Which hosts are behind which.</summary>
    public HostChildren Children { get; }

    public Func<HostDefinition, CheckState> HostState { get; }

    /// <summary>
    /// Takes over everything about the objects that stay. What <paramref name="change"/> reschedules was
    /// given no time: see <see cref="Reschedule"/>.
    /// </summary>
    public void MoveFrom(EngineSite former, EngineChange change)
    {
        MacroContext.Started = former.MacroContext.Started;
        for (var id = 0; id < IsOwned.Length; id++)
        {
            var old = change.Former[id];
            if (old >= 0)
            {
                States[id] = former.States[old];
                IsOwned[id] = former.IsOwned[old];
                Owned += IsOwned[id] ? 1 : 0;
            }
        }

        Clocks.MoveFrom(former.Clocks, change.Later.AsSpan());
        Schedule.BeginMove(former.Schedule, change.Later.AsSpan(), change.IsRescheduled);
    }

    /// <summary>Gives an object that this node owns a time by nothing but its state.</summary>
    /// <param name="id">The object.</param>
    /// <param name="running">Checks in flight; the result of one brings the next time.</param>
    /// <param name="now">The time.</param>
    public void ScheduleByState(CheckableId id, RunningChecks running, EngineTime now)
    {
        var delay = running.Contains(id) || !Table.CanBeChecked(id)
            ? null
            : CheckTiming.ByState(
                States[id.Index], Table[id].Checking, Table.IsHost(id), Table.Fraction(id), now.Wall, Clocks.Ahead(id));
        if (delay is { } wait)
        {
            Schedule.Set(id, now.Monotonic + wait, now);
        }
        else
        {
            // Not by schedule, or when the result comes.
            Schedule.Remove(id);
        }
    }

    /// <summary>Gives times to what a change reschedules, as far as it is owned and no check of it is in flight.</summary>
    public void Reschedule(EngineSite former, EngineChange change, RunningChecks running, EngineTime now)
    {
        for (var place = 0; place < change.Rescheduled.Length; place++)
        {
            var id = change.Rescheduled[place];
            var state = States[id.Index];
            var settings = Table[id].Checking;
            if (!IsOwned[id.Index] || running.Contains(id) || !Table.CanBeChecked(id))
            {
                continue;
            }

            if (CheckTiming.Interval(settings, state.IsSoft && state.State != 0) <= TimeSpan.Zero)
            {
                // Without check_interval from now on: a host that was never checked is, once.
                ScheduleByState(id, running, now);
                continue;
            }

            var due = former.Schedule.Due(new CheckableId(change.Former[id.Index]));
            if (due is null || due > now.Monotonic)
            {
                // What was due already stays so.
                due = now.Monotonic
                    + CheckTiming.AfterChange(state, settings, due - now.Monotonic, change.Fractions[place], now.Wall, Clocks.Ahead(id));
            }

            Schedule.Set(id, due.Value, now);
        }

        Schedule.EndMove();
    }
}
