using System.Collections.Immutable;
using Compeer.Configuration.Retained;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Checks;
using Compeer.Engine.Commands;
using Compeer.Engine.EventHandlers;
using Compeer.Engine.Events;
using Compeer.Engine.Import;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;
using Compeer.Engine.Ownership;
using Compeer.Engine.Site;
using Compeer.Engine.Snapshot;

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
    private readonly EngineState _state;
    private readonly CheckRequests _requests;
    private readonly ResultHandler _results;
    private readonly FreshnessWatch _freshness;
    private readonly PerformanceCommands _performance;
    private readonly CheckStarter _starter;
    private readonly OrphanWatch _orphans;
    private readonly NotificationSender _sender;
    private readonly FlappingEnd _flapping;
    private readonly SettingHandler _settings;
    private readonly CommandHandler _commands;
    private readonly SpooledResults _spooled;
    private readonly ObjectOwnership _ownership;
    private readonly ObjectEntries _entries;

    /// <summary>An engine that owns nothing yet; every object is in its initial state.</summary>
    public MonitoringEngine(EngineConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _state = new EngineState(configuration);
        _entries = new ObjectEntries(_state);
        _requests = new CheckRequests(_state);
        _freshness = new FreshnessWatch(_state);
        _sender = new NotificationSender(_state);
        var notifier = new Notifier(_state, _sender);
        var notifications = new NotificationEvents(_state, notifier);
        _state.Happened = notifications.Watch;
        var commands = new StateCommands(_state);
        _performance = new PerformanceCommands(_state);
        _results = new ResultHandler(_state, _requests, _freshness, notifications, commands, _performance, _entries);
        _starter = new CheckStarter(_state, _results);
        _orphans = new OrphanWatch(_state);
        _flapping = new FlappingEnd(_state, _entries.Comments);
        _ownership = new ObjectOwnership(_state, _entries, _flapping, _sender, notifications);
        _settings = new SettingHandler(_state, _ownership, _flapping);
        _commands = new CommandHandler(
            _state,
            _settings,
            new RequestedChecks(_state),
            new PassiveResults(_state, _requests, notifications, commands, _performance, _entries),
            new EntryCommands(_state, _entries),
            new NotificationCommand(_state, notifier));
        _spooled = new SpooledResults(_state, _commands);
        Sending = new EngineSending(_state, _sender);
    }

    /// <summary>The configuration it works by.</summary>
    public EngineConfiguration Configuration => _state.Site.Configuration;

    /// <summary>Hosts and services.</summary>
    public int Count => _state.Site.Table.Count;

    /// <summary>When <see cref="Advance"/> has something to do next, on the monotonic clock; null when nothing is
    /// scheduled.</summary>
    public TimeSpan? NextWake =>
        Earlier(Earlier(_state.NextWake, _freshness.NextWake), Earlier(_performance.NextWake, _sender.NextWake));

    /// <summary>The state of a host or service.</summary>
    public CheckState this[CheckableId id] => _state.Site.States[id.Index];

    /// <summary>Whether this node owns the object.</summary>
    public bool IsOwned(CheckableId id) => _state.Site.IsOwned[id.Index];

    /// <summary>Whether a check of the object is in flight here.</summary>
    public bool IsRunning(CheckableId id) => _state.Running.Contains(id);

    /// <summary>The sending of notifications.</summary>
    public EngineSending Sending { get; }

    /// <summary>Checks that somebody wants made once, for their output.</summary>
    public CheckTests Tests => new(_state);

    /// <summary>What was told about an object, and what is still to be told.</summary>
    public NotificationState ToldOf(CheckableId id) => _state.Site.Told[id];

    /// <summary>When this node will check the object next, on the monotonic clock; null when it will not, or when its check
    /// is in flight.</summary>
    public TimeSpan? NextCheck(CheckableId id) => _state.Site.Schedule.Due(id);

    /// <summary>What operators changed of an object.</summary>
    public OperatorSettings SettingsOf(CheckableId id) => _state.Site.Settings[id]?.Settings ?? OperatorSettings.None;

    /// <summary>What operators changed of a contact.</summary>
    public ContactSettings SettingsOf(string contact) => _state.Site.Contacts.SettingsOf(contact);

    /// <summary>How many downtimes of an object are in effect.</summary>
    public int DowntimeDepth(CheckableId id) => _state.Site.DowntimeDepth(id);

    /// <summary>The acknowledgement of the problem that an object has; <see cref="Acknowledgement.None"/> when there is none.</summary>
    public Acknowledgement AcknowledgementOf(CheckableId id) => _state.Site.AcknowledgementOf(id, _state.Now?.Wall ?? default);

    /// <summary>The global switches.</summary>
    public ProgramState Program => _state.Site.Program;

    /// <summary>Starts the checks that are due. To be called at <see cref="NextWake"/>; calling it early does no harm, late is
    /// latency.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        _freshness.Advance(now, transition);
        _performance.Advance(now, transition);
        _entries.Advance(now, transition);
        _starter.StartDue(now, transition);
        _sender.Advance(now, transition);
        _orphans.Advance(now, transition);
    }

    /// <summary>
    /// This node owns these objects from now on. They are scheduled by their state: never checked ones are spread over their
    /// interval, the others run when they are due, overdue ones spread over a short time so that a
    /// takeover is no burst. Objects already owned stay as they are.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="clockAhead">How far the wall clock by which their states were written is ahead of this node's: that of their
    /// former owner, zero when that is this node or not known.</param>
    /// <param name="transition">States that another <c>max_check_attempts</c> changes.</param>
    /// <param name="duties">What this node does about them from now on, beside what it does already.</param>
    public void Gain(
        EngineTime now, IReadOnlyList<CheckableId> objects, TimeSpan clockAhead, Transition transition, Duties duties = Duties.All)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        _ownership.Gain(now, objects, clockAhead, duties, transition);
    }

    /// <summary>
    /// This node does not own these objects any more and starts no more checks of them. A result of one in flight is still
    /// taken when it comes, because nobody else has it.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="objects">The objects; those not owned are passed over.</param>
    /// <param name="discardRunning">Whether the results of <b>all</b> checks in flight are to be ignored, also of objects that
    /// were lost earlier: this node may have been stalled, and others may have checked meanwhile.</param>
    /// <param name="transition">What happened.</param>
    /// <param name="duties">What this node does not do about them any more.</param>
    public void Lose(
        EngineTime now, IReadOnlyList<CheckableId> objects, bool discardRunning, Transition transition, Duties duties = Duties.All)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        _ownership.Lose(now, objects, discardRunning, duties, transition);
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

        _state.See(now, transition);
        _state.Emit(MonitoringEvent.Configured(now, change), transition);
        foreach (var id in change.WithOtherAttempts)
        {
            _ownership.FitAttempt(now, id, transition);
        }

        foreach (var id in change.WithoutFlapDetection)
        {
            _flapping.Look(now, id, transition);
        }
    }

    /// <summary>A check that this engine asked for came back. The new state, and what the log should say, are added to the
    /// transition; the next check is scheduled.</summary>
    /// <returns>Whether the result was taken, or why not.</returns>
    public CompletionStatus Complete(EngineTime now, CheckableId id, in CheckResult result, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        return _results.Take(now, id, result, transition);
    }

    /// <summary>The object that a result is for, by its present index, when <see cref="Complete"/> would take it; else null.</summary>
    public CheckableId? ObjectOf(CheckableId id, RunId run) => _state.Running.Find(id, run);

    /// <summary>A check that this engine asked for came back, and somebody else has a newer result: counted, and not taken.</summary>
    public void Discard(EngineTime now, CheckableId id, RunId run, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        _results.Discard(now, id, run, transition);
    }

    /// <summary>Nothing is known any more of a check that this engine asked for (<see cref="Transition.Doubts"/>): it is made
    /// again.</summary>
    /// <returns>The object by its present index; null when the check was not awaited any more.</returns>
    public CheckableId? Lost(EngineTime now, CheckableId id, RunId run, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        return _orphans.Lost(now, id, run, transition);
    }

    /// <summary>A command that this engine asked for (<see cref="Transition.Commands"/>) ended, or could not be started.</summary>
    public void CommandEnded(EngineTime now, CommandToRun run, in CommandResult result, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        if (run.Kind == CommandKind.Notification)
        {
            _sender.Ended(now, run, result, transition);
        }
        else if (FollowingCommand.WordsOf(run, result) is { } said)
        {
            _state.Emit(MonitoringEvent.Said(now, said), transition);
        }
    }

    /// <summary>Another node found something that makes a check of this object interesting (see <see cref="CheckRequest"/>):
    /// brings it forward by the same rules as for a finding of this node.</summary>
    /// <returns>What became of the request.</returns>
    public CheckRequestOutcome RequestCheck(EngineTime now, CheckableId id, CheckRequestReason reason, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        return _requests.Request(id, reason, now, transition);
    }

    /// <summary>
    /// The state of an object as its owner computed it, or as it was before a restart: stored as it is. When this node owns
    /// the object its schedule follows the state.
    /// </summary>
    /// <param name="id">The object.</param>
    /// <param name="state">Its state.</param>
    /// <param name="clockAhead">How far the wall clock of its writer is ahead of this node's; zero when not known. Due times are
    /// by the writer's clock; the state is stored as it came.</param>
    /// <param name="transition">What happened.</param>
    public void Store(CheckableId id, CheckState state, TimeSpan clockAhead, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(transition);
        _ownership.Store(id, state, clockAhead, transition);
    }

    /// <summary>What the owner of an object noted down about notifications, at another node or before a restart: stored as it is.
    /// Should this node own the object, it sends what is left.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The object.</param>
    /// <param name="told">What was noted down.</param>
    /// <param name="sendsLeft">False when another owner is known to send it.</param>
    /// <param name="transition">What follows.</param>
    public void StoreTold(EngineTime now, CheckableId id, NotificationState told, bool sendsLeft, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        _ownership.Store(now, id, told, sendsLeft, transition);
    }

    /// <summary>Somebody gives an external command at this node: it is done, here and at the object's owner, and every node has the
    /// settings that it changes.</summary>
    /// <param name="now">The time.</param>
    /// <param name="line">The command, one line without its end, in Naemon's format.</param>
    /// <param name="transition">What follows.</param>
    /// <returns>Null when it was done or is on its way; else why not, which the log says too.</returns>
    public string? Command(EngineTime now, ReadOnlySpan<byte> line, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        return _commands.Take(now, line, transition);
    }

    /// <summary>Blocks of a <c>retention.dat</c> are taken into the cluster; <see cref="RetentionImport.Report"/> says what came of
    /// them.</summary>
    /// <param name="now">The time.</param>
    /// <param name="import">The reading of the file that they are of.</param>
    /// <param name="blocks">The next ones.</param>
    /// <param name="isLast">Whether there are no more.</param>
    /// <param name="transition">What follows.</param>
    public void Import(EngineTime now, RetentionImport import, IReadOnlyList<RetainedBlock> blocks, bool isLast, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        import.Take(now, blocks, isLast, _state, _settings, _entries, transition);
    }

    /// <summary>A result of a check that somebody else made was found in a file, or sent: its object's owner takes it.</summary>
    /// <returns>Null when it was taken or is on its way; else why not.</returns>
    public string? TakeSpooled(EngineTime now, SpooledResult result, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        return _spooled.Take(now, result, transition);
    }

    /// <summary>Another node asks this one, as the owner of an object, for something.</summary>
    /// <returns>Null when it is done; else why not.</returns>
    public string? Obey(EngineTime now, CheckableId id, ObjectRequest request, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        if (request is ObjectRequest.Check check)
        {
            _requests.Request(id, check.Reason, now, transition);
            return null;
        }

        return _commands.Obey(now, id, request, transition);
    }

    /// <summary>Another node changed a setting, or an object came that has some: see <see cref="SettingChange"/>. One that this version
    /// does not know is passed over.</summary>
    public void Set(EngineTime now, SettingChange change, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        _settings.Set(now, change, transition);
    }

    /// <summary>Another node wrote a comment, a downtime or an acknowledgement, or removed one; or it is from before a restart.</summary>
    /// <returns>False when this configuration does not have its object: to be told again when one does.</returns>
    public bool Take(EngineTime now, EntryChange change, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        return _entries.Take(now, change, transition);
    }

    /// <summary>Host groups whose hosts this node does not check from now on, nor their services, also where it owns them.</summary>
    public void Block(ImmutableArray<string> hostGroups) => _state.Blocked.Groups = hostGroups;

    /// <summary>How this node numbers comments, downtimes and acknowledgements from now on.</summary>
    public void Number(EntryNumbering numbering) => _state.Numbers.Numbering = numbering;

    /// <summary>Something that happened before, at this node or in an earlier run of it, happens to what this engine keeps: nothing is
    /// decided again, and nobody is told.</summary>
    public void Replay(in MonitoringEvent happened) => _state.Replay(happened);

    /// <summary>An immutable view for readers. It shares memory with the engine: its cost is small, and so is that of the next
    /// changes.</summary>
    public EngineSnapshot Snapshot(EngineTime now) =>
        new(now, Configuration, _state.Site.States.Freeze(), _state.Site.Settings.Freeze(), _state.Site.Updates.Freeze())
        {
            Program = _state.Site.Program,
            ChangedContacts = _state.Site.Contacts.Changed,
            Comments = _state.Site.Comments.All,
            Downtimes = _state.Site.Downtimes.All,
            Acknowledgements = _state.Site.Acknowledgements.All,
            Owned = _state.Site.Owned,
            Told = _state.Site.Told.Entries,
            Scheduled = _state.Site.Schedule.Count,
            Running = _state.Running.Count,
            Executing = _state.Running.Objects,
            Forced = _state.Site.Schedule.Forced,
            CommandsGiven = _state.CommandsGiven,
            Notifications = _sender.Counters,
            HostChecks = _state.Counters(isHost: true, now.Monotonic),
            ServiceChecks = _state.Counters(isHost: false, now.Monotonic),
        };

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one < other || other is null ? one : other;
}
