namespace Compeer.Livestatus.Tables;

/// <summary>How a host or service is, as the log tells it.</summary>
internal sealed record Condition
{
    /// <summary>The state that stands for "not monitored".</summary>
    public const int Unmonitored = -1;

    /// <summary>Its state, or <see cref="Unmonitored"/>.</summary>
    public required int State { get; init; }

    /// <summary>Whether the host is not up.</summary>
    public bool IsHostDown { get; init; }

    /// <summary>Whether it is in a downtime of its own.</summary>
    public bool IsInDowntime { get; init; }

    /// <summary>Whether the host is in a downtime.</summary>
    public bool IsInHostDowntime { get; init; }

    /// <summary>Whether it flaps.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>Whether contacts would be told now.</summary>
    public bool IsInNotificationPeriod { get; init; } = true;

    /// <summary>Whether it is the time for which the service is promised.</summary>
    public bool IsInServicePeriod { get; init; } = true;

    /// <summary>What made it so.</summary>
    public string Because { get; init; } = "";

    /// <summary>What the check said.</summary>
    public byte[] Output { get; init; } = [];

    /// <summary>Whether something else is so than in another: not only what the check said.</summary>
    public bool DiffersFrom(Condition other) => (State, IsHostDown, IsInDowntime, IsInHostDowntime, IsFlapping)
            != (other.State, other.IsHostDown, other.IsInDowntime, other.IsInHostDowntime, other.IsFlapping)
        || (IsInNotificationPeriod, IsInServicePeriod) != (other.IsInNotificationPeriod, other.IsInServicePeriod);
}
