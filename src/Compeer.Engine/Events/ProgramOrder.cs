namespace Compeer.Engine.Events;

/// <summary>What an external command asks the program of this node to do with itself.</summary>
public enum ProgramOrder
{
    /// <summary>Stop, as on SIGTERM: other peers take over.</summary>
    Stop = 1,

    /// <summary>Take up what the configuration says now, as on SIGHUP.</summary>
    Reload = 2,

    /// <summary>Write <c>state_retention_file</c> now.</summary>
    SaveState = 3,
}
