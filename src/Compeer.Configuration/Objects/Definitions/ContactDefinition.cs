using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A <c>define contact</c>, resolved.</summary>
public sealed class ContactDefinition
{
    /// <summary>The <c>contact_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>alias</c>; the name when absent.</summary>
    public required string Alias { get; init; }

    /// <summary>The <c>email</c>; null when absent.</summary>
    public required string? Email { get; init; }

    /// <summary>The <c>pager</c>; null when absent.</summary>
    public required string? Pager { get; init; }

    /// <summary>The six values <c>address1</c> to <c>address6</c>, null where not set; empty when none is.</summary>
    public ImmutableArray<string?> Addresses { get; init; } = [];

    /// <summary>How and when it is notified about hosts.</summary>
    public ContactNotificationSettings HostNotifications { get; init; } = ContactNotificationSettings.None;

    /// <summary>How and when it is notified about services.</summary>
    public ContactNotificationSettings ServiceNotifications { get; init; } = ContactNotificationSettings.None;

    /// <summary>Whether it may submit commands in user interfaces (<c>can_submit_commands</c>), default true.</summary>
    public bool CanSubmitCommands { get; init; } = true;

    /// <summary>Whether its state outlives a restart (<c>retain_status_information</c>), default true.</summary>
    public bool RetainStatusInformation { get; init; } = true;

    /// <summary>Whether changed settings outlive a restart (<c>retain_nonstatus_information</c>), default true.</summary>
    public bool RetainNonStatusInformation { get; init; } = true;

    /// <summary>Least sum of <see cref="ProcessingSettings.HourlyValue"/> of problems that it is notified about
    /// (<c>minimum_value</c>), default 1.</summary>
    public int MinimumValue { get; init; } = 1;

    /// <summary>Custom variables without their leading underscore, names in upper case, sorted by name.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> CustomVariables { get; init; }

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Position { get; init; }
}
