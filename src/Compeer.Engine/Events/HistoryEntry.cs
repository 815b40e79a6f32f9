namespace Compeer.Engine.Events;

/// <summary>One entry of a node's history: something that happened there and that the log of every node tells of.</summary>
/// <param name="Kind">What happened; also one that this version does not know.</param>
/// <param name="Line">When, by the writer's clock, and the line that its log has of it.</param>
/// <param name="Event">All of the event, as <see cref="MonitoringEventCodec"/> writes it; empty when it is too long to travel.</param>
public readonly record struct HistoryEntry(EventKind Kind, LogEntry Line, ReadOnlyMemory<byte> Event)
{
    /// <summary>Whether a line about an event is for every node: what happened to hosts and services and what was done about it, but
    /// nothing about the work of the one node, nor that results came in, of which there can be many thousands a second.</summary>
    public static bool IsAbout(in MonitoringEvent happened) => happened.Kind switch
    {
        EventKind.CommandGiven => !happened.IsMarked,
        EventKind.Alert or EventKind.FlappingChanged or EventKind.FlappingDisabled or EventKind.EventHandled or EventKind.DowntimeStarted
            or EventKind.DowntimeEnded or EventKind.DowntimeCancelled or EventKind.ContactNotified or EventKind.NotificationSuppressed
            or EventKind.ContactLeftOut => true,
        _ => false,
    };
}
