using System.Collections.Immutable;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>
/// Something that happened at one engine. Each input comes to an ordered list of them, and nothing of what an engine keeps changes
/// but by one: live, in a replay, or when another node wrote it. Which of the fields mean something stands with the method that makes
/// its kind.
/// </summary>
/// <remarks>A value without an object of its own: a check brings two of them.</remarks>
public readonly record struct MonitoringEvent
{
    /// <summary>The <see cref="Code"/> of a check that is made because the last result is stale.</summary>
    public const int ForFreshness = 1;

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>When.</summary>
    public required EngineTime At { get; init; }

    /// <summary>The host or service that it is about, of the configuration in force then.</summary>
    public CheckableId Id { get; init; }

    /// <summary>The objects of an event about many.</summary>
    public ImmutableArray<CheckableId> Objects { get; init; }

    /// <summary>The run of a check.</summary>
    public RunId Run { get; init; }

    /// <summary>When a check is due, on the monotonic clock; null for never.</summary>
    public TimeSpan? Due { get; init; }

    /// <summary>Whether <see cref="Due"/> is when the check period opens.</summary>
    public bool WaitsForPeriod { get; init; }

    /// <summary>The turn that a check goes back to which is due at another time; see <see cref="Scheduling.PlannedCheck.Turn"/>.</summary>
    public TimeSpan? Turn { get; init; }

    /// <summary>How far the clock that the states were written by is ahead of this node's.</summary>
    public TimeSpan ClockAhead { get; init; }

    /// <summary>A return code, an attempt, a <see cref="CompletionStatus"/>, an <see cref="OperatorSetting"/> or its kin, the number of
    /// other downtimes in effect, seconds, <see cref="ForFreshness"/>, by kind.</summary>
    public int Code { get; init; }

    /// <summary>Whether an alert is about a soft state, an ignored result or a look about hosts, a planned check is forced, a handler is
    /// global, a command
    /// brings a result, or people are to be told here of a downtime or an acknowledgement.</summary>
    public bool IsMarked { get; init; }

    /// <summary>The state from now on.</summary>
    public CheckState? State { get; init; }

    /// <summary>The value of a setting, null for the configuration's; or the words of a command or a line.</summary>
    public SettingValue? Value { get; init; }

    /// <summary>The threshold of flapping that was passed, per cent.</summary>
    public double Threshold { get; init; }

    /// <summary>The comment, downtime, acknowledgement or contact of an event about one.</summary>
    public EventDetail? Detail { get; init; }

    /// <summary>The change of a <see cref="EventKind.ConfigurationTaken"/>. It is not written: who replays brings it.</summary>
    internal IConfigurationStep? Step { get; init; }

    /// <summary>Objects are this node's; the clock of their former owner was so far ahead.</summary>
    public static MonitoringEvent Gained(EngineTime at, ImmutableArray<CheckableId> objects, TimeSpan clockAhead) =>
        new() { Kind = EventKind.ObjectsGained, At = at, Objects = objects, ClockAhead = clockAhead };

    /// <summary>Objects are not this node's any more.</summary>
    public static MonitoringEvent Lost(EngineTime at, ImmutableArray<CheckableId> objects) =>
        new() { Kind = EventKind.ObjectsLost, At = at, Objects = objects };

    /// <summary>What is to be told about objects is this node's to send, or is no more.</summary>
    public static MonitoringEvent Sending(EngineTime at, ImmutableArray<CheckableId> objects, bool isGained) =>
        new() { Kind = isGained ? EventKind.SendingGained : EventKind.SendingLost, At = at, Objects = objects };

    /// <summary>Nothing in flight is awaited any more.</summary>
    public static MonitoringEvent Discarded(EngineTime at) => new() { Kind = EventKind.RunsDiscarded, At = at };

    /// <summary>A check that was due then was started.</summary>
    public static MonitoringEvent Started(EngineTime at, CheckableId id, RunId run, TimeSpan due) =>
        new() { Kind = EventKind.CheckStarted, At = at, Id = id, Run = run, Due = due };

    /// <summary>The result of a run made this state; the next check is due then.</summary>
    public static MonitoringEvent Taken(
        EngineTime at, CheckableId id, RunId run, CheckState state, TimeSpan? due, bool waitsForPeriod) => new()
        {
            Kind = EventKind.ResultTaken,
            At = at,
            Id = id,
            Run = run,
            State = state,
            Due = due,
            WaitsForPeriod = waitsForPeriod,
        };

    /// <summary>The result of a run was not taken, for this reason.</summary>
    public static MonitoringEvent Ignored(EngineTime at, CheckableId id, RunId run, CompletionStatus why, bool isHost) =>
        new() { Kind = EventKind.ResultIgnored, At = at, Id = id, Run = run, Code = (int)why, IsMarked = isHost };

    /// <summary>Nothing is known any more of a run; the state that the object has.</summary>
    public static MonitoringEvent Orphaned(EngineTime at, CheckableId id, RunId run, CheckState state) =>
        new() { Kind = EventKind.CheckOrphaned, At = at, Id = id, Run = run, State = state };

    /// <summary>The next check is due then.</summary>
    public static MonitoringEvent Planned(EngineTime at, CheckableId id, TimeSpan? due, bool waitsForPeriod) =>
        new() { Kind = EventKind.CheckPlanned, At = at, Id = id, Due = due, WaitsForPeriod = waitsForPeriod };

    /// <summary>A state came that was written by a clock so far ahead.</summary>
    public static MonitoringEvent Received(EngineTime at, CheckableId id, CheckState state, TimeSpan clockAhead) =>
        new() { Kind = EventKind.StateReceived, At = at, Id = id, State = state, ClockAhead = clockAhead };

    /// <summary>The owner wrote a state without a result.</summary>
    public static MonitoringEvent Fitted(EngineTime at, CheckableId id, CheckState state) =>
        new() { Kind = EventKind.StateFitted, At = at, Id = id, State = state };

    /// <summary>The owner of an object was asked to check it.</summary>
    public static MonitoringEvent Asked(EngineTime at, CheckableId id) => new() { Kind = EventKind.OwnerAsked, At = at, Id = id };

    /// <summary>A remark about a check: <see cref="EventKind.ImproperExit"/>, <see cref="EventKind.ReturnCodeOutOfBounds"/> (with the
    /// code) or <see cref="EventKind.HostMadeHard"/>.</summary>
    public static MonitoringEvent Remark(EventKind kind, EngineTime at, CheckableId id, int code) =>
        new() { Kind = kind, At = at, Id = id, Code = code };

    /// <summary>An alert of a state, with the attempt that it tells and whether it says SOFT.</summary>
    public static MonitoringEvent Alerted(EngineTime at, CheckableId id, CheckState state, int attempt, bool isSoft) =>
        new() { Kind = EventKind.Alert, At = at, Id = id, State = state, Code = attempt, IsMarked = isSoft };

    /// <summary>An object began or ceased to flap, as its state says; the threshold that it passed.</summary>
    public static MonitoringEvent Flapped(EngineTime at, CheckableId id, CheckState state, double threshold) =>
        new() { Kind = EventKind.FlappingChanged, At = at, Id = id, State = state, Threshold = threshold };

    /// <summary>An object does not count as flapping any more.</summary>
    public static MonitoringEvent Unflapped(EngineTime at, CheckableId id) =>
        new() { Kind = EventKind.FlappingDisabled, At = at, Id = id };

    /// <summary>An external command was given, in these words; whether it brings a result.</summary>
    public static MonitoringEvent CommandGiven(EngineTime at, string words, bool isResult) =>
        new() { Kind = EventKind.CommandGiven, At = at, Value = Limited(words), IsMarked = isResult };

    /// <summary>A line for the log.</summary>
    public static MonitoringEvent Said(EngineTime at, string text) =>
        new() { Kind = EventKind.Said, At = at, Value = Limited(text) };

    /// <summary>A result from outside, which said this code, made this state; the time of the next check stays. Whether it counts as
    /// that of a check, which the log does not tell of.</summary>
    public static MonitoringEvent PassiveTaken(EngineTime at, CheckableId id, CheckState state, int code, bool isActive) =>
        new() { Kind = EventKind.PassiveResultTaken, At = at, Id = id, State = state, Code = code, IsMarked = isActive };

    /// <summary>A check is due then whatever stands against it: an operator forced it.</summary>
    public static MonitoringEvent Forced(EngineTime at, CheckableId id, TimeSpan due) =>
        new() { Kind = EventKind.CheckPlanned, At = at, Id = id, Due = due, IsMarked = true };

    /// <summary>Hosts or services were looked at for their freshness; the next look is due then.</summary>
    public static MonitoringEvent FreshnessLooked(EngineTime at, bool isHost, TimeSpan next) =>
        new() { Kind = EventKind.FreshnessLooked, At = at, IsMarked = isHost, Due = next };

    /// <summary>The last result of an object has been stale for so many seconds, by a threshold of so many.</summary>
    public static MonitoringEvent FoundStale(EngineTime at, CheckableId id, long age, long threshold) => new()
    {
        Kind = EventKind.ResultsStale,
        At = at,
        Id = id,
        Code = (int)Math.Min(age, int.MaxValue),
        Value = SettingValue.Of(threshold),
    };

    /// <summary>The file of performance data of hosts or services was given to its command; the next time is due then.</summary>
    public static MonitoringEvent PerformanceProcessed(EngineTime at, bool isHost, TimeSpan next) =>
        new() { Kind = EventKind.PerformanceProcessed, At = at, IsMarked = isHost, Due = next };

    /// <summary>An event handler, global or the object's own, is run for a state; its call as the configuration writes it.</summary>
    public static MonitoringEvent Handled(EngineTime at, CheckableId id, CheckState state, string call, bool isGlobal) =>
        new() { Kind = EventKind.EventHandled, At = at, Id = id, State = state, Value = Limited(call), IsMarked = isGlobal };

    /// <summary>A check is due then whatever stands against it, unless a result comes before it ends: its last result is stale.</summary>
    public static MonitoringEvent Freshened(EngineTime at, CheckableId id, TimeSpan due) =>
        Forced(at, id, due) with { Code = ForFreshness };

    /// <summary>The wall clock jumped.</summary>
    public static MonitoringEvent Jumped(EngineTime at) => new() { Kind = EventKind.ClockJumped, At = at };

    /// <summary>An operator changed a setting of an object; null is the definition's again.</summary>
    public static MonitoringEvent Changed(EngineTime at, CheckableId id, OperatorSetting setting, SettingValue? value) =>
        new() { Kind = EventKind.SettingChanged, At = at, Id = id, Code = (int)setting, Value = value };

    /// <summary>An operator turned a switch of the program; null is the main configuration's again.</summary>
    public static MonitoringEvent Changed(EngineTime at, ProgramSetting setting, SettingValue? value) =>
        new() { Kind = EventKind.ProgramSettingChanged, At = at, Code = (int)setting, Value = value };

    /// <summary>An operator changed a setting of a contact; null is the definition's again.</summary>
    public static MonitoringEvent Changed(EngineTime at, ContactName contact, ContactSetting setting, SettingValue? value) =>
        new() { Kind = EventKind.ContactSettingChanged, At = at, Detail = contact, Code = (int)setting, Value = value };

    /// <summary>A comment was added.</summary>
    public static MonitoringEvent Added(EngineTime at, CheckableId id, Comment comment) =>
        new() { Kind = EventKind.CommentAdded, At = at, Id = id, Detail = comment };

    /// <summary>A comment is gone.</summary>
    public static MonitoringEvent Removed(EngineTime at, CheckableId id, Comment comment) =>
        new() { Kind = EventKind.CommentRemoved, At = at, Id = id, Detail = comment };

    /// <summary>A downtime was scheduled, or is gone without a word (<see cref="EventKind.DowntimeRemoved"/>).</summary>
    public static MonitoringEvent Of(EventKind kind, EngineTime at, CheckableId id, Downtime downtime) =>
        new() { Kind = kind, At = at, Id = id, Detail = downtime };

    /// <summary>A downtime started, ended, expired or was cancelled.</summary>
    /// <param name="kind">Which of these.</param>
    /// <param name="at">When.</param>
    /// <param name="id">The object.</param>
    /// <param name="downtime">The downtime from now on.</param>
    /// <param name="others">How many other downtimes of the object are in effect: with any, nothing changes for it, and Naemon tells
    /// nobody. It is the event's <see cref="Code"/>.</param>
    /// <param name="isToldHere">Whether this node is the object's owner and is to tell people. It is the event's
    /// <see cref="IsMarked"/>.</param>
    public static MonitoringEvent Of(
        EventKind kind, EngineTime at, CheckableId id, Downtime downtime, int others, bool isToldHere) =>
        new() { Kind = kind, At = at, Id = id, Detail = downtime, Code = others, IsMarked = isToldHere };

    /// <summary>A problem was acknowledged, or an acknowledgement is gone.</summary>
    /// <param name="kind">Which of these.</param>
    /// <param name="at">When.</param>
    /// <param name="id">The object.</param>
    /// <param name="given">The acknowledgement.</param>
    /// <param name="isToldHere">Whether this node is the object's owner and is to tell people, as far as
    /// <see cref="Acknowledgement.Notifies"/> says so. It is the event's <see cref="IsMarked"/>.</param>
    public static MonitoringEvent Of(EventKind kind, EngineTime at, CheckableId id, Acknowledgement given, bool isToldHere) =>
        new() { Kind = kind, At = at, Id = id, Detail = given, IsMarked = isToldHere };

    /// <summary>What was told about an object, or is to be, is this from now on, by this node as its owner.</summary>
    public static MonitoringEvent Noted(EngineTime at, CheckableId id, NotificationState told) =>
        new() { Kind = EventKind.NotificationChanged, At = at, Id = id, Detail = told };

    /// <summary>The same by another node.</summary>
    public static MonitoringEvent Received(EngineTime at, CheckableId id, NotificationState told) =>
        new() { Kind = EventKind.NotificationReceived, At = at, Id = id, Detail = told };

    /// <summary>A contact is told; what the log says after <c>HOST NOTIFICATION: </c>. Whether it is the global handler.</summary>
    public static MonitoringEvent Notified(EngineTime at, CheckableId id, string text, bool isGlobal) =>
        new() { Kind = EventKind.ContactNotified, At = at, Id = id, Value = Limited(text), IsMarked = isGlobal };

    /// <summary>A notification is not sent.</summary>
    public static MonitoringEvent Suppressed(EngineTime at, CheckableId id, NotificationReason why) =>
        new() { Kind = EventKind.NotificationSuppressed, At = at, Id = id, Code = (int)why };

    /// <summary>A contact of this name is not told.</summary>
    public static MonitoringEvent LeftOut(EngineTime at, CheckableId id, LeftOutContact contact) =>
        new() { Kind = EventKind.ContactLeftOut, At = at, Id = id, Code = (int)contact.Reason, Value = Limited(contact.Contact) };

    private static SettingValue Limited(string text) =>
        SettingValue.Of(text.Length <= SettingValue.LongestText ? text : text[..SettingValue.LongestText]);

    /// <summary>Another configuration is in force.</summary>
    internal static MonitoringEvent Configured(EngineTime at, IConfigurationStep step) =>
        new() { Kind = EventKind.ConfigurationTaken, At = at, Step = step };
}
