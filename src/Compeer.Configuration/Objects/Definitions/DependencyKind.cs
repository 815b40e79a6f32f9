namespace Compeer.Configuration.Objects.Definitions;

/// <summary>What a dependency holds back while its master fails.</summary>
public enum DependencyKind : byte
{
    /// <summary>Active checks (<c>execution_failure_options</c>).</summary>
    Execution = 1,

    /// <summary>Notifications (<c>notification_failure_options</c>).</summary>
    Notification = 2,
}
