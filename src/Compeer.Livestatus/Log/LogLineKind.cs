namespace Compeer.Livestatus.Log;

/// <summary>What a line says of the history of a host or service.</summary>
public enum LogLineKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its state.</summary>
    State,

    /// <summary>Its state when the program began.</summary>
    InitialState,

    /// <summary>A downtime began or ended.</summary>
    Downtime,

    /// <summary>It began to flap, or no longer does.</summary>
    Flapping,

    /// <summary>A time period began or ended.</summary>
    TimePeriod,

    /// <summary>The states of all that is configured follow.</summary>
    StatesFollow,
}
