using Compeer.Livestatus.Scope;

namespace Compeer.Daemon.Livestatus;

/// <summary>What livestatus asks of the daemon. Any thread.</summary>
internal interface ILivestatusSource
{
    /// <summary>A moment not older than the last command of a client, and hardly older than now.</summary>
    /// <exception cref="OperationCanceledException">The daemon stops.</exception>
    public Task<LivestatusMoment> TakeAsync(CancellationToken cancellationToken);

    /// <summary>Gives an external command; null when it is carried out, else why not.</summary>
    /// <exception cref="OperationCanceledException">The daemon stops.</exception>
    public Task<string?> CommandAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken);

    /// <summary>Has the log file opened anew, as whoever moved it needs.</summary>
    public void RotateLog();
}
