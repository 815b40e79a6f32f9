namespace Compeer.Engine.Model;

/// <summary>
/// The ids of an object's last two events and the times of its last two problems. Immutable; the states between two events share
/// one, and all objects that never had an event share <see cref="None"/>.
/// </summary>
public sealed record EventHistory
{
    /// <summary>Nothing happened yet.</summary>
    public static readonly EventHistory None = new();

    /// <summary>The highest id that is believed when another node says it; enough for a million events a second for 100,000
    /// years.</summary>
    public const long HighestEventId = 1L << 62;

    /// <summary>The id of the last change of state, 0 for none (Naemon <c>current_event_id</c>). Ids rise from event to event at
    /// each node and with each state that it hears of; two nodes that hear of each other late may use one twice.</summary>
    public long EventId { get; init; }

    /// <summary>The id of the change before that, 0 for none.</summary>
    public long LastEventId { get; init; }

    /// <summary>When the last problem began, UTC ticks; 0 when there was none.</summary>
    public long ProblemStartTicks { get; init; }

    /// <summary>When that problem ended, UTC ticks; 0 while it lasts.</summary>
    public long ProblemEndTicks { get; init; }

    /// <summary>When the problem before that one began, UTC ticks; 0 when there was none.</summary>
    public long LastProblemStartTicks { get; init; }
}
