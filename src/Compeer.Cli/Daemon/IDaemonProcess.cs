using Compeer.Cli.Outcome;

namespace Compeer.Cli.Daemon;

/// <summary>The process of this tree's daemon.</summary>
internal interface IDaemonProcess
{
    /// <summary>Looks whether it runs.</summary>
    /// <exception cref="MonException">That cannot be told.</exception>
    public DaemonPresence Find();

    /// <summary>Asks it to stop (SIGTERM).</summary>
    /// <exception cref="MonException">This user may not.</exception>
    public void Terminate(int pid);

    /// <summary>Waits until it has gone.</summary>
    /// <returns>False when it is still there after the limit.</returns>
    public Task<bool> WaitUntilGoneAsync(int pid, TimeSpan limit, CancellationToken cancellation);
}
