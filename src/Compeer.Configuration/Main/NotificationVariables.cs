namespace Compeer.Configuration.Main;

/// <summary>Notifications. The commands of the global handlers are among <see cref="MainConfiguration.Commands"/>.</summary>
public sealed record NotificationVariables
{
    /// <summary>Whether any are sent (<c>enable_notifications</c>), default true.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How long a command may run (<c>notification_timeout</c>), default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the log says whom was told (<c>log_notifications</c>), default true.</summary>
    public bool AreLogged { get; init; } = true;

    /// <summary>Whether the log says when a global handler was run (<c>log_global_notifications</c>), default true.</summary>
    public bool GlobalAreLogged { get; init; } = true;

    /// <summary>Whether the log says why one was not sent (<c>enable_notification_suppression_reason_logging</c>), default
    /// true.</summary>
    public bool SuppressionIsLogged { get; init; } = true;
}
