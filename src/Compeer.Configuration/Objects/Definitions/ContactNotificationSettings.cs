using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>How and when a contact is notified, about hosts or about services.</summary>
public sealed record ContactNotificationSettings
{
    /// <summary>Never.</summary>
    public static ContactNotificationSettings None { get; } = new()
    {
        Enabled = true,
        Period = null,
        Options = StateOptions.None,
        Commands = [],
    };

    /// <summary>Whether it is notified (<c>host_notifications_enabled</c>, <c>service_notifications_enabled</c>).</summary>
    public required bool Enabled { get; init; }

    /// <summary>When; null means always.</summary>
    public required TimePeriodDefinition? Period { get; init; }

    /// <summary>About which states and events; <see cref="StateOptions.Ok"/> means recoveries.</summary>
    public required StateOptions Options { get; init; }

    /// <summary>The commands that send, in the order written.</summary>
    public required ImmutableArray<CommandCall> Commands { get; init; }
}
