namespace Compeer.Execution.Processes;

/// <summary>How the run of a plugin ended. The numbers are those of the engine's <c>CheckOutcome</c>.</summary>
public enum PluginOutcome
{
    /// <summary>The plugin exited by itself; the code is its exit code, 0–255.</summary>
    Exited = 1,

    /// <summary>A signal ended the plugin; the code is the signal's number.</summary>
    Signalled = 2,

    /// <summary>The time limit passed and the plugin's process group was killed; the code is 0.</summary>
    TimedOut = 3,

    /// <summary>The plugin could not be started; the code is the errno (ENOENT: not found, EACCES: not executable,
    /// EINVAL: an empty command line or one with a NUL byte in it, E2BIG: too long; ECHILD: it ran, but something else in
    /// this process waited for it, and how it ended is lost).</summary>
    NotStarted = 4,
}
