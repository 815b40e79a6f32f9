namespace Compeer.Api;

/// <summary>A host or a service as it is now (<c>GET /api/v1/hosts</c>, <c>GET /api/v1/services</c>).</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Service">Description of the service; null when this is the host itself.</param>
/// <param name="State">UP, DOWN or UNREACHABLE of a host; OK, WARNING, CRITICAL or UNKNOWN of a service; PENDING when it was never
/// checked.</param>
/// <param name="StateType">SOFT or HARD.</param>
/// <param name="Attempt">The current check attempt, from 1.</param>
/// <param name="MaxAttempts">The attempt at which a problem becomes hard (<c>max_check_attempts</c>).</param>
/// <param name="Output">First line of the plugin's output.</param>
/// <param name="LongOutput">Its further lines, with a newline between each two.</param>
/// <param name="PerformanceData">Performance data of the plugin's output.</param>
/// <param name="LastCheck">When it was last checked; null when never.</param>
/// <param name="NextCheck">When it is due next; null when it is not scheduled.</param>
/// <param name="LastStateChange">When its state last changed; null when never.</param>
/// <param name="LatencySeconds">How late its last check began, in seconds.</param>
/// <param name="ExecutionSeconds">How long its last check ran, in seconds.</param>
/// <param name="Owner">Name of the node that checks it; empty when none does now.</param>
/// <param name="HasBeenChecked">Whether it was ever checked.</param>
public sealed record CheckableStatus(
    string Host,
    string? Service,
    string State,
    string StateType,
    int Attempt,
    int MaxAttempts,
    string Output,
    string LongOutput,
    string PerformanceData,
    DateTimeOffset? LastCheck,
    DateTimeOffset? NextCheck,
    DateTimeOffset? LastStateChange,
    double LatencySeconds,
    double ExecutionSeconds,
    string Owner,
    bool HasBeenChecked)
{
    /// <summary>How many downtimes are in effect; with any, nobody is notified.</summary>
    public int DowntimeDepth { get; init; }

    /// <summary>The acknowledgement of its problem; null when there is none.</summary>
    public AcknowledgementStatus? Acknowledgement { get; init; }

    /// <summary>Its comments, oldest number first.</summary>
    public IReadOnlyList<CommentStatus> Comments { get; init; } = [];

    /// <summary>Its downtimes, oldest number first.</summary>
    public IReadOnlyList<DowntimeStatus> Downtimes { get; init; } = [];

    /// <summary>What contacts were told of it, and why not, when they were not.</summary>
    public NotificationStatus? Notification { get; init; }
}
