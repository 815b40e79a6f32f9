using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>Whom an escalation notifies and when; what it did not set itself comes from its host or service.</summary>
public sealed record EscalationSettings
{
    /// <summary>The first notification it applies to, counted from 1; -2 when not set, as in Naemon: from the first.</summary>
    public required int FirstNotification { get; init; }

    /// <summary>The last notification it applies to; 0 means without end; -2 when not set, as in Naemon: to none.</summary>
    public required int LastNotification { get; init; }

    /// <summary>Time between notifications while it applies; zero means one only.</summary>
    public required TimeSpan NotificationInterval { get; init; }

    /// <summary>When it applies; null means always.</summary>
    public required TimePeriodDefinition? Period { get; init; }

    /// <summary>The states it applies to; <see cref="StateOptions.Ok"/> means recoveries.</summary>
    public required StateOptions Options { get; init; }

    /// <summary>The contacts notified.</summary>
    public required ImmutableArray<ContactDefinition> Contacts { get; init; }

    /// <summary>The contact groups notified.</summary>
    public required ImmutableArray<ContactGroupDefinition> ContactGroups { get; init; }
}
