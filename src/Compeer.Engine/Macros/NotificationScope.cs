using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Macros;

/// <summary>The notification that a command tells of, and whom: what gives the macros about them their values.</summary>
internal sealed record NotificationScope
{
    /// <summary>The contact; null for a global handler.</summary>
    public ContactDefinition? Contact { get; init; }

    /// <summary><c>$NOTIFICATIONTYPE$</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>$NOTIFICATIONNUMBER$</c>.</summary>
    public required int Number { get; init; }

    /// <summary>Its number among those of the object, of which <c>$HOSTNOTIFICATIONID$</c> or <c>$SERVICENOTIFICATIONID$</c> is
    /// made.</summary>
    public required long Ticket { get; init; }

    /// <summary><c>$NOTIFICATIONRECIPIENTS$</c>: the names.</summary>
    public required ImmutableArray<string> Recipients { get; init; }

    /// <summary><c>$NOTIFICATIONISESCALATED$</c>.</summary>
    public required bool IsEscalated { get; init; }

    /// <summary><c>$NOTIFICATIONAUTHOR$</c>.</summary>
    public string? Author { get; init; }

    /// <summary>The contact that the author is, by name or alias.</summary>
    public ContactDefinition? AuthorContact { get; init; }

    /// <summary><c>$NOTIFICATIONCOMMENT$</c>.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether it tells of an acknowledgement: its author and comment are those of <c>$HOSTACKAUTHOR$</c> and so on.</summary>
    public bool IsAcknowledgement { get; init; }
}
