namespace Compeer.Engine.Model;

/// <summary>What a notification tells. Numbers are stable: they are stored and sent.</summary>
public enum NotificationType
{
    /// <summary>A problem or its end: the state says which.</summary>
    Normal = 1,

    /// <summary>Somebody acknowledged a problem.</summary>
    Acknowledgement = 2,

    /// <summary>An object began to flap.</summary>
    FlappingStart = 3,

    /// <summary>An object ceased to flap.</summary>
    FlappingStop = 4,

    /// <summary>Flapping of an object is not detected any more.</summary>
    FlappingDisabled = 5,

    /// <summary>A downtime began.</summary>
    DowntimeStart = 6,

    /// <summary>A downtime ended.</summary>
    DowntimeEnd = 7,

    /// <summary>A downtime was cancelled.</summary>
    DowntimeCancelled = 8,

    /// <summary>An operator has something to say.</summary>
    Custom = 9,
}
