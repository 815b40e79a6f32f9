namespace Compeer.Engine.Model;

/// <summary>How the run of a plugin ended. Numbers are stable: they are stored and sent.</summary>
public enum CheckOutcome
{
    /// <summary>The plugin exited by itself; its return code says the state.</summary>
    Exited = 1,

    /// <summary>A signal ended the plugin.</summary>
    Signalled = 2,

    /// <summary>The time limit passed and the plugin's process group was killed.</summary>
    TimedOut = 3,

    /// <summary>The plugin could not be started.</summary>
    NotStarted = 4,
}
