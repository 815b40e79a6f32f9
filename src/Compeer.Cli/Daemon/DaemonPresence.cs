namespace Compeer.Cli.Daemon;

/// <summary>Whether the daemon runs.</summary>
/// <param name="IsRunning">Whether a process holds the lock on the pid file.</param>
/// <param name="Pid">Its process id; null while it is still starting or already ending.</param>
internal sealed record DaemonPresence(bool IsRunning, int? Pid);
