namespace Compeer.Daemon.Sockets;

/// <summary>A client that was let in. Disposing breaks it off, and what serves it ends then. Any thread.</summary>
internal interface IServedConnection : IDisposable
{
    /// <summary>Since when it has said nothing, of the clock's timestamps; null while it is being answered.</summary>
    public long? IdleSince { get; }

    /// <summary>Serves it until it, or the daemon, ends it.</summary>
    public Task ServeAsync(CancellationToken stopping);
}
