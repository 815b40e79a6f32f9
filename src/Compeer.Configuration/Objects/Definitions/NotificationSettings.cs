namespace Compeer.Configuration.Objects.Definitions;

/// <summary>When notifications about a host or service are sent; shared by objects with equal settings.</summary>
public sealed record NotificationSettings
{
    /// <summary>Naemon's defaults for an object that sets nothing.</summary>
    public static NotificationSettings Default { get; } = new()
    {
        Enabled = true,
        Interval = TimeSpan.FromMinutes(30),
        FirstDelay = TimeSpan.Zero,
        Period = null,
        Options = StateOptions.All,
    };

    /// <summary>Whether any are sent (<c>notifications_enabled</c>).</summary>
    public required bool Enabled { get; init; }

    /// <summary>Time between notifications of a lasting problem (<c>notification_interval</c> times
    /// <c>interval_length</c>); zero means one only.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Time a problem must last before the first (<c>first_notification_delay</c> times
    /// <c>interval_length</c>).</summary>
    public required TimeSpan FirstDelay { get; init; }

    /// <summary>When they may be sent; null means always.</summary>
    public required TimePeriodDefinition? Period { get; init; }

    /// <summary>For which states and events (<c>notification_options</c>); <see cref="StateOptions.Ok"/> means
    /// recoveries.</summary>
    public required StateOptions Options { get; init; }
}
