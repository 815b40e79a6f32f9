using Compeer.Engine.Model;

namespace Compeer.Engine.Downtimes;

/// <summary>A downtime of a host or service. Immutable; times are UTC ticks.</summary>
public sealed record Downtime : ObjectEntry
{
    /// <summary>When it begins, or when a flexible one may begin.</summary>
    public required long StartTicks { get; init; }

    /// <summary>When it ends, or until when a flexible one may begin.</summary>
    public required long EndTicks { get; init; }

    /// <summary>Whether it lasts from its start to its end, whatever the object's state.</summary>
    public required bool IsFixed { get; init; }

    /// <summary>How long a flexible one lasts, in ticks.</summary>
    public required long DurationTicks { get; init; }

    /// <summary>The downtime with which it begins and ends; null for none.</summary>
    public EntryId? Trigger { get; init; }

    /// <summary>The comment that tells of it.</summary>
    public EntryId CommentId { get; init; }

    /// <summary>When the object's owner said that it began; 0 when it did not yet.</summary>
    public long StartedTicks { get; init; }

    /// <summary>How far it is, by this node's clock.</summary>
    public DowntimePhase Phase { get; init; }
}
