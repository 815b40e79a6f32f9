using System.Collections.Immutable;

namespace Compeer.Engine.Model;

/// <summary>A notification that was decided and is not sent to everybody yet. Whoever owns the object sends what is left.
/// Immutable.</summary>
/// <param name="Ticket">Its number among those of the object; rises.</param>
/// <param name="Type">What it tells.</param>
/// <param name="AtTicks">When it was decided; UTC ticks.</param>
public sealed record PendingNotification(long Ticket, NotificationType Type, long AtTicks)
{
    /// <summary>The state that it tells of.</summary>
    public byte State { get; init; }

    /// <summary>Its number: how often the problem was told of, this time included.</summary>
    public int Number { get; init; }

    /// <summary>Whether an escalation chose its contacts.</summary>
    public bool IsEscalated { get; init; }

    /// <summary>Who is behind it; null for nobody.</summary>
    public string? Author { get; init; }

    /// <summary>What they say; null for nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>The names of all its contacts.</summary>
    public ImmutableArray<string> Recipients { get; init; } = [];

    /// <summary>The commands that have not ended yet.</summary>
    public ImmutableArray<NotificationDelivery> Left { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(PendingNotification? other) => other is not null && Ticket == other.Ticket && Type == other.Type
        && AtTicks == other.AtTicks && State == other.State && Number == other.Number && IsEscalated == other.IsEscalated
        && Author == other.Author && Comment == other.Comment && Recipients.AsSpan().SequenceEqual(other.Recipients.AsSpan())
        && Left.AsSpan().SequenceEqual(other.Left.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Ticket, Type, AtTicks, State, Number, Left.Length);

    /// <summary>The same without one of its commands; null when none is left then.</summary>
    public PendingNotification? Without(NotificationDelivery delivery)
    {
        var left = Left.Remove(delivery);
        return left.IsEmpty ? null : this with { Left = left };
    }
}
