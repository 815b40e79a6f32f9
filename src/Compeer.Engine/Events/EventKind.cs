namespace Compeer.Engine.Events;

/// <summary>What a <see cref="MonitoringEvent"/> tells. Numbers are stable: events are stored and sent. Append only.</summary>
public enum EventKind
{
    /// <summary>This node owns objects from now on.</summary>
    ObjectsGained = 1,

    /// <summary>This node does not own objects any more.</summary>
    ObjectsLost = 2,

    /// <summary>The results of all checks in flight are given up.</summary>
    RunsDiscarded = 3,

    /// <summary>A check was given out to be run.</summary>
    CheckStarted = 4,

    /// <summary>A result was taken: the object has a new state, and its next check a time.</summary>
    ResultTaken = 5,

    /// <summary>A result came and was not taken.</summary>
    ResultIgnored = 6,

    /// <summary>The check of an object got another time.</summary>
    CheckPlanned = 7,

    /// <summary>A state came that another node wrote, or an earlier run of this one.</summary>
    StateReceived = 8,

    /// <summary>The owner fitted a state to other settings.</summary>
    StateFitted = 9,

    /// <summary>The owner of an object was asked to check it.</summary>
    OwnerAsked = 10,

    /// <summary>A check could not be run: this machine lacked something.</summary>
    ImproperExit = 11,

    /// <summary>A plugin ended with a code that means nothing.</summary>
    ReturnCodeOutOfBounds = 12,

    /// <summary>A service's problem became hard because its host is not UP.</summary>
    HostMadeHard = 13,

    /// <summary>A change of state that people are told of, and each retry.</summary>
    Alert = 14,

    /// <summary>The wall clock jumped against the monotonic one.</summary>
    ClockJumped = 15,

    /// <summary>Another configuration is in force.</summary>
    ConfigurationTaken = 16,

    /// <summary>An operator changed a setting of an object.</summary>
    SettingChanged = 17,

    /// <summary>An operator turned a switch of the program.</summary>
    ProgramSettingChanged = 18,

    /// <summary>An object began to flap, or ceased to; the state says which.</summary>
    FlappingChanged = 19,

    /// <summary>An object counts as flapping no more, because flapping is not detected any more.</summary>
    FlappingDisabled = 20,

    /// <summary>An external command was given here.</summary>
    CommandGiven = 21,

    /// <summary>A line for the log.</summary>
    Said = 22,

    /// <summary>A result from outside was taken: the object has a new state.</summary>
    PassiveResultTaken = 23,

    /// <summary>A comment was added, here or elsewhere.</summary>
    CommentAdded = 24,

    /// <summary>A comment is gone.</summary>
    CommentRemoved = 25,

    /// <summary>A downtime was scheduled, here or elsewhere.</summary>
    DowntimeScheduled = 26,

    /// <summary>A downtime counts from now on.</summary>
    DowntimeStarted = 27,

    /// <summary>A downtime's time is over.</summary>
    DowntimeEnded = 28,

    /// <summary>A downtime was cancelled; it is gone.</summary>
    DowntimeCancelled = 29,

    /// <summary>The time is over in which a downtime could have begun.</summary>
    DowntimeExpired = 30,

    /// <summary>A downtime that is over, or was to come, is gone.</summary>
    DowntimeRemoved = 31,

    /// <summary>A problem was acknowledged, here or elsewhere.</summary>
    AcknowledgementGiven = 32,

    /// <summary>An acknowledgement is gone.</summary>
    AcknowledgementRemoved = 33,

    /// <summary>A downtime was cancelled at a node that does not own its object: it counts no more, and people are yet to be
    /// told.</summary>
    DowntimeRevoked = 34,

    /// <summary>Hosts or services were looked at for the freshness of their results. (The numbers from 40 on are those of what follows
    /// from results and from their absence.)</summary>
    FreshnessLooked = 40,

    /// <summary>The last result of an object is too old; it is checked.</summary>
    ResultsStale = 41,

    /// <summary>An event handler is run.</summary>
    EventHandled = 42,

    /// <summary>A file of performance data was given to its command.</summary>
    PerformanceProcessed = 43,

    /// <summary>Nothing is known any more of a check in flight.</summary>
    CheckOrphaned = 44,

    /// <summary>The owner of an object noted down what was told about it, or is to be. (The numbers from 60 on are those of
    /// notifications.)</summary>
    NotificationChanged = 60,

    /// <summary>What another node noted down about that came.</summary>
    NotificationReceived = 61,

    /// <summary>A contact is told: the command runs.</summary>
    ContactNotified = 62,

    /// <summary>A notification was not sent, for another reason than before.</summary>
    NotificationSuppressed = 63,

    /// <summary>A contact was left out of a notification, for another reason than before.</summary>
    ContactLeftOut = 64,

    /// <summary>This node sends from now on what is to be told about objects.</summary>
    SendingGained = 65,

    /// <summary>This node does not send any more what is to be told about objects.</summary>
    SendingLost = 66,

    /// <summary>An operator changed a setting of a contact. (The numbers from 80 on are those of contacts.)</summary>
    ContactSettingChanged = 80,
}
