using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Logging;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Snapshot;
using Compeer.Engine.States;

namespace Compeer.Engine;

/// <summary>
/// The monitoring state machine of one node: says when which of the checks it owns is to be run, and what each result makes of
/// the state of its host or service. Pure: every input brings its time, and what follows is added to a
/// <see cref="Transition"/>. The same inputs give the same outputs.
/// </summary>
/// <remarks>
/// One thread at a time; readers elsewhere take a <see cref="Snapshot"/>. Objects nobody gave to this node
/// (<see cref="Gain"/>) are not checked here; their states come through <see cref="Store"/>. The monotonic clock of the
/// inputs must never go back; the wall clock may jump as it likes.
/// </remarks>
public sealed class MonitoringEngine
{
    private readonly RunningChecks _running = new();
    private readonly LogLines _log = new();
    private readonly CheckStatistics _hostChecks = new();
    private readonly CheckStatistics _serviceChecks = new();
    private EngineSite _site;
    private EngineTime? _now;

    /// <summary>An engine that owns nothing yet; every object is in its initial state.</summary>
    public MonitoringEngine(EngineConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _site = new EngineSite(configuration);
    }

    /// <summary>The configuration it works by.</summary>
    public EngineConfiguration Configuration => _site.Configuration;

    /// <summary>Hosts and services.</summary>
    public int Count => _site.Table.Count;

    /// <summary>When <see cref="Advance"/> has something to do next, on the monotonic clock; null when nothing is
    /// scheduled.</summary>
    public TimeSpan? NextWake => _site.Schedule.NextWake;

    /// <summary>The state of a host or service.</summary>
    public CheckState this[CheckableId id] => _site.States[id.Index];

    /// <summary>Whether this node owns the object.</summary>
    public bool IsOwned(CheckableId id) => _site.IsOwned[id.Index];

    /// <summary>Whether a check of the object is in flight here.</summary>
    public bool IsRunning(CheckableId id) => _running.Contains(id);

    /// <summary>When this node will check the object next, on the monotonic clock; null when it will not, or when its check
    /// is in flight.</summary>
    public TimeSpan? NextCheck(CheckableId id) => _site.Schedule.Due(id);

    /// <summary>Starts the checks that are due. To be called at <see cref="NextWake"/>; calling it early does no harm, late is
    /// latency.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        See(now);
        while (_site.Schedule.TryTake(now.Monotonic, out var id, out var due))
        {
            var definition = _site.Table[id];
            if (_site.Schedule.IsInPeriod(id, now.Wall))
            {
                Start(id, definition, due, now, transition);
            }
            else
            {
                // The wall clock was set back, or the period ended while the check waited to be taken.
                _site.Schedule.Set(id, now.Monotonic, now);
            }
        }
    }

    /// <summary>
    /// This node owns these objects from now on. They are scheduled by their state: never checked ones are spread over their
    /// interval, the others run when they are due, overdue ones spread over a short time so that a
    /// takeover is no burst. Objects already owned stay as they are.
    /// </summary>
    public void Gain(EngineTime now, IReadOnlyList<CheckableId> objects, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(transition);
        See(now);
        foreach (var id in objects)
        {
            if (_site.IsOwned[id.Index])
            {
                continue;
            }

            _site.IsOwned[id.Index] = true;
            _site.Owned++;
            FitAttempt(id, transition);
            ScheduleByState(id, now);
        }
    }

    /// <summary>
    /// This node does not own these objects any more and starts no more checks of them. A result of one in flight is still
    /// taken when it comes, because nobody else has it.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="objects">The objects; those not owned are passed over, except that their checks in flight are
    /// discarded too when asked for.</param>
    /// <param name="discardRunning">Whether results of checks in flight are to be ignored: this node may have been stalled, and
    /// others may have checked meanwhile.</param>
    /// <param name="transition">Nothing is added at present.</param>
    public void Lose(EngineTime now, IReadOnlyList<CheckableId> objects, bool discardRunning, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(transition);
        See(now);
        foreach (var id in objects)
        {
            if (discardRunning)
            {
                _running.Discard(id);
            }

            if (!_site.IsOwned[id.Index])
            {
                continue;
            }

            _site.IsOwned[id.Index] = false;
            _site.Owned--;
            _site.Schedule.Remove(id);
        }
    }

    /// <summary>
    /// Works by another configuration from now on. Unchanged objects keep state, time and check in flight; changed ones keep
    /// their state, and get another time when what decides it changed; the results of removed ones are ignored;
    /// added ones are in their initial state and owned by nobody. All indexes mean the new configuration's objects afterwards,
    /// only results in flight may still come with their old ones.
    /// </summary>
    /// <exception cref="InvalidOperationException">The change does not start from <see cref="Configuration"/>.</exception>
    public void TakeUp(EngineTime now, EngineChange change, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(transition);
        if (change.Before != Configuration)
        {
            throw new InvalidOperationException("the change was prepared for another configuration than the one in force");
        }

        See(now);
        var former = _site;
        _site = change.Site;
        _site.MoveFrom(former, change);
        _running.Renumber(change.Later.AsSpan());
        _site.Reschedule(former, change, _running, now);
        foreach (var id in change.WithOtherAttempts)
        {
            FitAttempt(id, transition);
        }
    }

    /// <summary>A check that this engine asked for came back. The new state, and what the log should say, are added to the
    /// transition; the next check is scheduled.</summary>
    /// <returns>Whether the result was taken, or why not.</returns>
    public CompletionStatus Complete(EngineTime now, CheckableId id, in CheckResult result, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        See(now);
        var status = _running.End(ref id, result.Run, out var known);
        if (status != CompletionStatus.Taken)
        {
            Statistics(known?.IsHost ?? (id != RunningChecks.Removed && _site.Table.IsHost(id))).Ignored();
            return status;
        }

        var check = known!.Value;
        var definition = _site.Table[id];
        var before = _site.States[id.Index];
        var reading = Read(definition, result, now);
        var decision = Decide(definition, before, reading);

        // The runner may have let the check wait for its turn: it started when it came back minus the time it ran, which
        // unlike the wall clock's figures no jump can spoil.
        var started = now.Monotonic - result.Duration;
        started = started > check.Started ? started : check.Started;
        var next = ScheduleNext(id, decision, started, now);
        var times = Times(definition, result, started - check.Due, next, now);
        var after = StateUpdate.Apply(before, decision, StateText.Of(reading, before), times);
        _site.States[id.Index] = after;
        Statistics(check.IsHost).Completed(now.Monotonic, started - check.Due, result.Duration);

        _log.AddResult(_site.Main, definition, reading, decision, after, now.Wall, transition);
        transition.Changes.Add(new StateChange(id, before, after));
        if (definition is ServiceDefinition service)
        {
            DemandHostCheck(service, before, after, now);
        }

        return CompletionStatus.Taken;
    }

    /// <summary>
    /// The state of an object as its owner computed it, or as it was before a restart: stored as it is. When this node owns
    /// the object its schedule follows the state.
    /// </summary>
    public void Store(CheckableId id, CheckState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _site.States[id.Index] = state;
        if (_site.IsOwned[id.Index] && _now is { } now)
        {
            ScheduleByState(id, now);
        }
    }

    /// <summary>An immutable view for readers. It shares memory with the engine: its cost is small, and so is that of the next
    /// changes.</summary>
    public EngineSnapshot Snapshot(EngineTime now) => new(now, Configuration, _site.States.Freeze())
    {
        Owned = _site.Owned,
        Scheduled = _site.Schedule.Count,
        Running = _running.Count,
        HostChecks = _hostChecks.Read(now.Monotonic),
        ServiceChecks = _serviceChecks.Read(now.Monotonic),
    };

    private void See(EngineTime now)
    {
        if (_now is not { } before)
        {
            _site.MacroContext.Started = now.Wall;
        }
        else if (now.Monotonic < before.Monotonic)
        {
            throw new ArgumentException($"the monotonic clock went back from {before.Monotonic} to {now.Monotonic}", nameof(now));
        }

        _now = now;
        _site.Schedule.See(now);
    }

    private void Start(CheckableId id, CheckableDefinition definition, TimeSpan due, EngineTime now, Transition transition)
    {
        var commandLine = _site.Macros.Expand(definition, definition.CheckCommand!, now);
        var check = _running.Start(id, _site.Table.IsHost(id), due, now.Monotonic);
        Statistics(check.IsHost).Started();
        if (commandLine is not null)
        {
            transition.Checks.Add(new CheckToRun(id, commandLine, definition.Checking.CheckTimeout, check.Run));
            return;
        }

        // What the kernel would say to a command line that is too long (E2BIG), said here.
        const int TooLong = 7;
        var result = new CheckResult(CheckOutcome.NotStarted, TooLong, default, default, default, now.Wall, TimeSpan.Zero);
        Complete(now, id, result, transition);
    }

    private CheckReading Read(CheckableDefinition definition, in CheckResult result, EngineTime now)
    {
        var program = result.Outcome == CheckOutcome.NotStarted
            ? ProgramName.Of(_site.Macros.Expand(definition, definition.CheckCommand!, now) ?? [])
            : string.Empty;
        return definition is HostDefinition
            ? ResultReader.Host(result, program)
            : ResultReader.Service(result, program, _site.Main.ServiceCheckTimeoutState);
    }

    private StateDecision Decide(CheckableDefinition definition, CheckState before, in CheckReading reading)
    {
        if (definition is ServiceDefinition service)
        {
            var hostState = _site.HostState(service.Host).State;
            return ServiceStateRule.Decide(before, reading.State, hostState, definition.Checking);
        }

        var problemState = Reachability.OfProblem((HostDefinition)definition, _site.HostState);
        var state = HostStateRule.FromPlugin(reading.State, _site.Main.UseAggressiveHostChecking, problemState);
        return HostStateRule.Decide(before, state, definition.Checking);
    }

    private static CheckTimes Times(
        CheckableDefinition definition, in CheckResult result, TimeSpan latency, TimeSpan? next, EngineTime now)
    {
        var checkedAt = result.StartedAt.UtcTicks;
        var nextAt = next is { } due ? now.Wall.UtcTicks + (due - now.Monotonic).Ticks : 0;
        return new CheckTimes(
            checkedAt,
            definition is HostDefinition ? now.Wall.UtcTicks : checkedAt,
            Math.Clamp(nextAt, 0, DateTimeOffset.MaxValue.UtcTicks),
            Math.Max(0, latency.Ticks),
            Math.Max(0, result.Duration.Ticks));
    }

    private TimeSpan? ScheduleNext(CheckableId id, in StateDecision decision, TimeSpan started, EngineTime now)
    {
        if (!_site.IsOwned[id.Index] || !_site.Table.CanBeChecked(id))
        {
            return null;
        }

        var isSoftProblem = decision.IsSoft && decision.State != 0;
        if (CheckTiming.AfterResult(_site.Table[id].Checking, isSoftProblem, started, now.Monotonic) is not { } due)
        {
            return null;
        }

        _site.Schedule.Set(id, due, now);
        return _site.Schedule.Due(id);
    }

    private void ScheduleByState(CheckableId id, EngineTime now)
    {
        var state = _site.States[id.Index];
        var settings = _site.Table[id].Checking;
        var interval = CheckTiming.Interval(settings, state.IsSoft && state.State != 0);
        if (interval <= TimeSpan.Zero || _running.Contains(id) || !_site.Table.CanBeChecked(id))
        {
            // Not by schedule, or when the result comes.
            _site.Schedule.Remove(id);
            return;
        }

        var fraction = _site.Table.Fraction(id);
        var delay = state.HasBeenChecked
            ? CheckTiming.Continue(state, settings, fraction, now.Wall)
            : CheckTiming.First(interval, fraction, now.Wall);
        _site.Schedule.Set(id, now.Monotonic + delay, now);
    }

    /// <summary>The owner writes down what another max_check_attempts makes of a state; the others get it from there.</summary>
    private void FitAttempt(CheckableId id, Transition transition)
    {
        var before = _site.States[id.Index];
        var after = AttemptRule.Fit(before, _site.Table[id]);
        if (_site.IsOwned[id.Index] && !ReferenceEquals(before, after))
        {
            _site.States[id.Index] = after;
            transition.Changes.Add(new StateChange(id, before, after));
        }
    }

    /// <summary>Brings the check of a host forward when a service's result asks for it and this node is the one that checks the
    /// host. When another peer does, which is rare because a host and its services stay together unless they are
    /// very many, the host's own schedule there has to do.</summary>
    private void DemandHostCheck(ServiceDefinition service, CheckState before, CheckState after, EngineTime now)
    {
        var host = CheckableId.Of(service.Host.Id);
        if (!_site.IsOwned[host.Index] || _running.Contains(host) || !_site.Table.CanBeChecked(host))
        {
            return;
        }

        var dueIn = _site.Schedule.Due(host) - now.Monotonic;
        var isWanted = HostCheckDemand.IsWanted(
            before, after.State, _site.States[host.Index], service.Host.Checking.InitialState, dueIn, _site.HostCheckHorizon, now.Wall);
        if (isWanted && (dueIn is null || dueIn > TimeSpan.Zero) && _site.Schedule.IsInPeriod(host, now.Wall))
        {
            _site.Schedule.Set(host, now.Monotonic, now);
        }
    }

    private CheckStatistics Statistics(bool isHost) => isHost ? _hostChecks : _serviceChecks;
}
