namespace Compeer.Execution.Processes;

/// <summary>What a place of a station is used for.</summary>
internal enum PluginPhase
{
    /// <summary>Nothing.</summary>
    Free = 0,

    /// <summary>A request that is not started because its program hangs in another start.</summary>
    Held = 1,

    /// <summary>A request whose start does not come back.</summary>
    Hanging = 2,

    /// <summary>A process.</summary>
    Running = 3,

    /// <summary>A process that was killed at its time limit and reported; its end is waited for.</summary>
    Killed = 4,
}
