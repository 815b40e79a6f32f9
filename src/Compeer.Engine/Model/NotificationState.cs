using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>What was told about a host or service, and what is still to be told: written by its owner, kept by all. Immutable; objects
/// about which there never was anything to tell share <see cref="None"/>.</summary>
public sealed record NotificationState : EventDetail
{
    /// <summary>Nothing was to be told.</summary>
    public static readonly NotificationState None = new();

    /// <summary>How often the present problem was told of (<c>current_notification_number</c>).</summary>
    public int Number { get; init; }

    /// <summary>The ticket of the last notification; 0 before the first.</summary>
    public long LastTicket { get; init; }

    /// <summary>When the last one about the present state was sent; UTC ticks, 0 for never.</summary>
    public long LastTicks { get; init; }

    /// <summary>Before when no further one about the problem is sent; UTC ticks, 0 for no restriction.</summary>
    public long NextTicks { get; init; }

    /// <summary>The states of the present problem that were told of (<c>notified_on</c>).</summary>
    public StateOptions NotifiedOn { get; init; }

    /// <summary>Whether no further one about this problem is sent (<c>no_more_notifications</c>).</summary>
    public bool NoMore { get; init; }

    /// <summary>What was decided last.</summary>
    public NotificationReason Reason { get; init; }

    /// <summary>Since when that is what is decided; UTC ticks, 0 for never.</summary>
    public long ReasonTicks { get; init; }

    /// <summary>The contacts that were left out of the last one for which there was a reason to be sent.</summary>
    public ImmutableArray<LeftOutContact> LeftOut { get; init; } = [];

    /// <summary>The acknowledgement of which people were told last, or of which it was decided that they are not: the next owner
    /// tells of another one that says that it is to be told of.</summary>
    public EntryId Acknowledged { get; init; }

    /// <summary>What is decided and not sent yet, in the order in which it was.</summary>
    public ImmutableArray<PendingNotification> Pending { get; init; } = [];

    /// <summary>The same with what was decided last.</summary>
    public NotificationState With(NotificationReason reason, long nowTicks) =>
        Reason == reason ? this : this with { Reason = reason, ReasonTicks = nowTicks };

    /// <summary>The same with all times by another clock.</summary>
    /// <param name="ahead">How far the clock that they are by is ahead of the other one.</param>
    public NotificationState ByClock(TimeSpan ahead)
    {
        long Of(long ticks) => ticks == 0 ? 0 : Math.Clamp(ticks - ahead.Ticks, 1, DateTimeOffset.MaxValue.UtcTicks);
        return ahead == TimeSpan.Zero ? this : this with
        {
            LastTicks = Of(LastTicks),
            NextTicks = Of(NextTicks),
            ReasonTicks = Of(ReasonTicks),
        };
    }

    /// <inheritdoc/>
    public bool Equals(NotificationState? other) => other is not null && Number == other.Number && LastTicket == other.LastTicket
        && LastTicks == other.LastTicks && NextTicks == other.NextTicks && NotifiedOn == other.NotifiedOn && NoMore == other.NoMore
        && Reason == other.Reason && ReasonTicks == other.ReasonTicks && Acknowledged == other.Acknowledged
        && LeftOut.AsSpan().SequenceEqual(other.LeftOut.AsSpan()) && Pending.AsSpan().SequenceEqual(other.Pending.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, LastTicket, LastTicks, NextTicks, Reason, ReasonTicks);
}
