namespace Compeer.Engine.Events;

/// <summary>One entry of a node's history: something that happened there and that the log of every node tells of.</summary>
/// <param name="Kind">What happened; also one that this version does not know.</param>
/// <param name="Line">When, by the writer's clock, and the line that its log has of it.</param>
/// <param name="Event">All of the event, as <see cref="MonitoringEventCodec"/> writes it; empty when it is too long to travel.</param>
public readonly record struct HistoryEntry(EventKind Kind, LogEntry Line, ReadOnlyMemory<byte> Event)
{
    /// <summary>Whether lines about events of a kind are for every node: what happened to hosts and services and what was done about it,
    /// but nothing about the work of the one node.</summary>
    public static bool IsAbout(EventKind kind) => kind is EventKind.Alert or EventKind.FlappingChanged or EventKind.FlappingDisabled
        or EventKind.CommandGiven or EventKind.PassiveResultTaken or EventKind.EventHandled or EventKind.DowntimeStarted
        or EventKind.DowntimeEnded or EventKind.DowntimeCancelled or EventKind.ContactNotified or EventKind.NotificationSuppressed
        or EventKind.ContactLeftOut;
}
