using System.Collections.Immutable;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Dependencies;
using Compeer.Engine.Downtimes;
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
    private readonly string _hostTemplate;
    private readonly string _serviceTemplate;
    private readonly (CommandCall? Hosts, CommandCall? Services) _performance;
    private readonly (CommandCall? Hosts, CommandCall? Services) _processing;
    private readonly CommandCall? _hostObsession;
    private readonly CommandCall? _serviceObsession;
    private readonly ImmutableArray<CheckableId> _perishableHosts;
    private readonly ImmutableArray<CheckableId> _perishableServices;

    public EngineSite(EngineConfiguration configuration)
    {
        Configuration = configuration;
        var periods = new TimePeriodClock(configuration.Zone);
        Program = ProgramState.Of(Main);
        Settings = new SettingsColumn(Objects, Table);
        Contacts = new ContactColumn(Objects);
        var initial = new InitialStates(Effective);
        States = new StateArray<CheckState>(Table.Count, index => initial.Of(new CheckableId(index)));
        Updates = new StateArray<long>(Table.Count, _ => 0);
        Schedule = new CheckSchedule(Table, periods);
        IsOwned = new bool[Table.Count];
        Sends = new bool[Table.Count];
        MacroContext = new MacroContext(Main, configuration.Objects, States, periods, Told)
        {
            DowntimeDepth = DowntimeDepth,
            AcknowledgementOf = AcknowledgementOf,
            VariablesOf = subject => Settings[IdOf(subject)]?.CustomVariables ?? subject.CustomVariables,
            ContactVariablesOf = Contacts.VariablesOf,
        };
        Macros = new MacroExpander(MacroContext);
        Children = new HostChildren(Objects.Hosts);
        HostState = host => States[host.Id.Index];
        _hostTemplate = PerformanceData.PerformanceTemplate.Of(Main.HostPerformance.LineTemplate) + "\n";
        _serviceTemplate = PerformanceData.PerformanceTemplate.Of(Main.ServicePerformance.LineTemplate) + "\n";
        _performance = (Call("host_perfdata_command"), Call("service_perfdata_command"));
        _processing = (Call("host_perfdata_file_processing_command"), Call("service_perfdata_file_processing_command"));
        _hostObsession = Call("ochp_command");
        _serviceObsession = Call("ocsp_command");
        _perishableHosts = [.. Objects.Hosts.Where(host => host.Processing.CheckFreshness).Select(host => CheckableId.Of(host.Id))];
        _perishableServices = [.. Objects.Services.Where(service => service.Processing.CheckFreshness)
            .Select(service => CheckableId.Of(service.Id, Objects))];
        Dependencies = new DependencyRule(Objects, Main.SkippedChecks.CountsSoftStates, id => States[id.Index], periods);
    }

    public EngineConfiguration Configuration { get; }

    public MainConfiguration Main => Configuration.Main;

    public ObjectConfiguration Objects => Configuration.Objects;

    public CheckableTable Table => Configuration.Table;

    public StateArray<CheckState> States { get; }

    /// <summary>When anything about each object last changed here, UTC ticks; 0 for never (Naemon <c>last_update</c>).</summary>
    public StateArray<long> Updates { get; }

    /// <summary>What operators changed of objects.</summary>
    public SettingsColumn Settings { get; }

    /// <summary>What operators changed of contacts.</summary>
    public ContactColumn Contacts { get; }

    /// <summary>The comments.</summary>
    public EntrySet<Comment> Comments { get; } = new();

    /// <summary>The downtimes.</summary>
    public DowntimeSet Downtimes { get; } = new();

    /// <summary>What is acknowledged.</summary>
    public AcknowledgementSet Acknowledgements { get; } = new();

    /// <summary>The switches of the program.</summary>
    public ProgramState Program { get; set; }

    public CheckSchedule Schedule { get; }

    /// <summary>Since when all its objects are known here, on the monotonic clock; null before any was owned.</summary>
    public TimeSpan? Since { get; set; }

    /// <summary>By whose clocks the states of owned objects are.</summary>
    public WriterClocks Clocks { get; } = new();

    public bool[] IsOwned { get; }

    /// <summary>Whether this node sends what is to be told about an object.</summary>
    public bool[] Sends { get; }

    /// <summary>How many are owned.</summary>
    public int Owned { get; set; }

    /// <summary>What was told about objects, and what is still to be told.</summary>
    public NotificationColumn Told { get; } = new();

    public MacroContext MacroContext { get; }

    public MacroExpander Macros { get; }

    /// <summary>Which hosts are behind which.</summary>
    public HostChildren Children { get; }

    public Func<HostDefinition, CheckState> HostState { get; }

    /// <summary>What holds back checks and notifications.</summary>
    public DependencyRule Dependencies { get; }

    /// <summary>The command that is run for the results of hosts or of services; null for none.</summary>
    public CommandCall? Obsession(bool isHost) => isHost ? _hostObsession : _serviceObsession;

    /// <summary>What the file of performance data of hosts or of services has for each result, with the end of its line.</summary>
    public string PerformanceTemplate(bool isHost) => isHost ? _hostTemplate : _serviceTemplate;

    /// <summary>The command that is given the performance data of each result; null for none.</summary>
    public CommandCall? PerformanceCommand(bool isHost) => isHost ? _performance.Hosts : _performance.Services;

    /// <summary>The command that is given the file; null for none.</summary>
    public CommandCall? ProcessingCommand(bool isHost) => isHost ? _processing.Hosts : _processing.Services;

    /// <summary>A command that the main configuration names; null when there is none.</summary>
    public CommandCall? Call(string variable) =>
        Main.Command(variable) is { } call ? ChangedSettings.Call(Objects, call) : null;

    /// <summary>The hosts or services whose results can become stale (<c>check_freshness</c>).</summary>
    public ImmutableArray<CheckableId> Perishable(bool isHost) => isHost ? _perishableHosts : _perishableServices;

    private CheckableId IdOf(CheckableDefinition subject) => subject is ServiceDefinition service
        ? CheckableId.Of(service.Id, Objects)
        : CheckableId.Of(((HostDefinition)subject).Id);

    /// <summary>What holds for an object now.</summary>
    public EffectiveSettings Effective(CheckableId id) => new(Table[id], Settings[id], Program);

    /// <summary>How many downtimes of an object are in effect (Naemon <c>scheduled_downtime_depth</c>).</summary>
    public int DowntimeDepth(CheckableId id) => Downtimes.Depth(id);

    /// <summary>The acknowledgement of the problem that an object has; <see cref="Acknowledgement.None"/> when there is
    /// none.</summary>
    public Acknowledgement AcknowledgementOf(CheckableId id, DateTimeOffset wall) =>
        Acknowledgements.Holding(id, States[id.Index], wall);

    /// <summary>When a downtime or an acknowledgement is to be looked at next, UTC ticks; null for never.</summary>
    public long? NextByWallClock => (Downtimes.Next, Acknowledgements.Next) switch
    {
        (null, var ends) => ends,
        (var downtime, null) => downtime,
        ({ } downtime, { } ends) => Math.Min(downtime, ends),
    };

    /// <summary>The object of these names; null when the configuration does not have it.</summary>
    public CheckableId? Find(ObjectName name) => EngineConfiguration.Find(Objects, name.Host, name.Service);

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
                Updates[id] = former.Updates[old];
                IsOwned[id] = former.IsOwned[old];
                Sends[id] = former.Sends[old];
                Owned += IsOwned[id] ? 1 : 0;
            }
        }

        Program = former.Program.By(Main);
        Settings.MoveFrom(former.Settings, change.Later.AsSpan());
        Contacts.MoveFrom(former.Contacts);
        Told.MoveFrom(former.Told, change.Later);
        foreach ((var id, var comment) in former.Comments.Moved(change.Later.AsSpan()))
        {
            Comments.Set(id, comment);
        }

        Downtimes.MoveFrom(former.Downtimes, change.Later.AsSpan());
        Acknowledgements.MoveFrom(former.Acknowledgements, change.Later.AsSpan());
        Clocks.MoveFrom(former.Clocks, change.Later.AsSpan());
        Schedule.BeginMove(former.Schedule, change.Later.AsSpan(), change.IsRescheduled);
    }

    /// <summary>Gives an object that this node owns a time by nothing but its state.</summary>
    /// <param name="id">The object.</param>
    /// <param name="running">Checks in flight; the result of one brings the next time.</param>
    /// <param name="now">The time.</param>
    public void ScheduleByState(CheckableId id, RunningChecks running, EngineTime now)
    {
        var settings = Effective(id);
        Since ??= now.Monotonic;
        var delay = !settings.IsScheduled
            ? null
            : CheckTiming.ByState(
                States[id.Index], settings, Table.Fraction(id), now.Wall, Clocks.Ahead(id), now.Monotonic - Since.Value);
        if (running.Contains(id))
        {
            var lastCheck = now.Monotonic - new TimeSpan(now.Wall.UtcTicks + Clocks.Ahead(id).Ticks - States[id.Index].LastCheckTicks);
            running.Overtake(id, lastCheck, now.Monotonic + (delay ?? TimeSpan.Zero));
            delay = null;
        }

        if (delay is not { } wait)
        {
            // Not by schedule, or when the result comes.
            Schedule.Set(id, PlannedCheck.Never);
            return;
        }

        var planned = Schedule.Plan(id, settings.Checking, now.Monotonic + wait, now);
        var passed = planned.WaitsForPeriod ? null
            : CheckTiming.PassedTurn(States[id.Index], settings.Checking, now.Wall, Clocks.Ahead(id));
        Schedule.Set(id, planned with { Turn = now.Monotonic - passed });
    }

    /// <summary>Gives times to what a change reschedules, as far as it is owned and no check of it is in flight.</summary>
    public void Reschedule(EngineSite former, EngineChange change, RunningChecks running, EngineTime now)
    {
        for (var place = 0; place < change.Rescheduled.Length; place++)
        {
            var id = change.Rescheduled[place];
            if (IsOwned[id.Index] && !running.Contains(id))
            {
                CheckableId old = new(change.Former[id.Index]);
                var planned = former.Schedule.Due(old);
                if (former.Schedule.IsForced(old))
                {
                    // It runs whatever is changed of it; its result brings the next time.
                    Schedule.Set(id, new PlannedCheck(planned, WaitsForPeriod: false)
                    {
                        IsForced = true,
                        IsForFreshness = former.Schedule.IsForFreshness(old),
                    });
                    continue;
                }

                ScheduleAnew(id, planned, change.Fractions[place], running, now);
            }
        }

        Schedule.EndMove();
    }

    /// <summary>Gives an object another time after its settings changed.</summary>
    /// <param name="id">The object.</param>
    /// <param name="planned">The time that it had.</param>
    /// <param name="fraction">See <see cref="Spread"/>.</param>
    /// <param name="running">Checks in flight.</param>
    /// <param name="now">The time.</param>
    public void ScheduleAnew(CheckableId id, TimeSpan? planned, double fraction, RunningChecks running, EngineTime now)
    {
        var state = States[id.Index];
        var settings = Effective(id);
        if (!settings.IsScheduled || CheckTiming.Interval(settings.Checking, state.IsSoft && state.State != 0) <= TimeSpan.Zero)
        {
            // Without check_interval from now on: a host that was never checked is, once.
            ScheduleByState(id, running, now);
            return;
        }

        // What was due already stays so.
        var due = planned <= now.Monotonic
            ? planned.Value
            : now.Monotonic + CheckTiming.AfterChange(
                state, settings.Checking, planned - now.Monotonic, fraction, now.Wall, Clocks.Ahead(id));
        Schedule.Set(id, Schedule.Plan(id, settings.Checking, due, now));
    }
}
