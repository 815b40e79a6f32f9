using Compeer.Engine.Model;

namespace Compeer.Engine.Notifications;

/// <summary>What <see cref="NotificationFilter"/> decides by.</summary>
internal readonly record struct NotificationFacts
{
    /// <summary>What is asked for.</summary>
    public required NotificationRequest Request { get; init; }

    /// <summary>What holds for the object.</summary>
    public required EffectiveSettings Settings { get; init; }

    /// <summary>Its state.</summary>
    public required CheckState State { get; init; }

    /// <summary>What was told about it.</summary>
    public required NotificationState Told { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset Wall { get; init; }

    /// <summary>When this program started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Whether now is in its <c>notification_period</c>; of a service without one, in that of its host.</summary>
    public required bool IsInPeriod { get; init; }

    /// <summary>Whether its flapping counts: it flaps, and flapping is detected.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>Whether it is in a downtime.</summary>
    public bool IsInDowntime { get; init; }

    /// <summary>Services: whether the host is in a downtime.</summary>
    public bool IsHostInDowntime { get; init; }

    /// <summary>Whether its problem is acknowledged.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>Services: whether the host is UP.</summary>
    public bool IsHostUp { get; init; }

    /// <summary>Services: whether it has parents and all of them have a problem.</summary>
    public bool DoParentsFail { get; init; }

    /// <summary>Whether a dependency of notifications fails, of a service also one of its host.</summary>
    public bool IsHeldBack { get; init; }
}
