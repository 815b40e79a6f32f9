using System.Collections.Immutable;

namespace Compeer.Engine.Model;

/// <summary>What was sent of the notifications about an object that its owner still has as to be sent. Written by whoever sends, where
/// that is not the owner. Immutable.</summary>
/// <param name="All">The ticket of each notification, and which of its commands.</param>
public sealed record SentDeliveries(ImmutableArray<(long Ticket, NotificationDelivery Delivery)> All)
{
    /// <inheritdoc/>
    public bool Equals(SentDeliveries? other) => other is not null && All.AsSpan().SequenceEqual(other.All.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => All.Length == 0 ? 0 : HashCode.Combine(All.Length, All[0]);
}
