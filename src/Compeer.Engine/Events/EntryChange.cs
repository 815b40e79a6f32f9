using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>A comment, a downtime or an acknowledgement that every node is to have, or to have no more.</summary>
public abstract record EntryChange
{
    private EntryChange()
    {
    }

    /// <summary>A comment.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Value">The comment; null when it is gone, for good.</param>
    public sealed record OfComment(EntryId Id, Comment? Value) : EntryChange;

    /// <summary>A downtime.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Value">The downtime as it was scheduled; null when it is gone, for good.</param>
    public sealed record OfDowntime(EntryId Id, Downtime? Value) : EntryChange;

    /// <summary>The word of an object's owner that a downtime began.</summary>
    /// <param name="Id">The downtime's id.</param>
    /// <param name="StartedTicks">When, UTC ticks; null when the downtime is gone.</param>
    public sealed record OfDowntimeStart(EntryId Id, long? StartedTicks) : EntryChange;

    /// <summary>The word of a node that does not own the object that a downtime was cancelled: it counts no more, and the owner is to say
    /// so to people and to remove it.</summary>
    /// <param name="Id">The downtime's id.</param>
    /// <param name="CancelledTicks">When, UTC ticks; null when the downtime is gone.</param>
    public sealed record OfDowntimeEnd(EntryId Id, long? CancelledTicks) : EntryChange;

    /// <summary>An acknowledgement.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Value">The acknowledgement; null when it is gone, for good.</param>
    public sealed record OfAcknowledgement(EntryId Id, Acknowledgement? Value) : EntryChange;
}
