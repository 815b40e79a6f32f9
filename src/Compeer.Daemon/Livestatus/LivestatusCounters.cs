namespace Compeer.Daemon.Livestatus;

/// <summary>What is counted since the start, and what waits now. Any thread.</summary>
internal sealed class LivestatusCounters
{
    private long _requests;
    private long _connections;
    private long _waitingBytes;

    /// <summary>Requests since the start.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Connections since the start.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Counts a request.</summary>
    public void AddRequest() => Interlocked.Increment(ref _requests);

    /// <summary>Counts a connection.</summary>
    public void AddConnection() => Interlocked.Increment(ref _connections);

    /// <summary>Takes room for an answer that is to be read by its client.</summary>
    /// <returns>False when too much waits already; nothing is taken then.</returns>
    public bool TryReserve(long bytes, long most)
    {
        if (Interlocked.Add(ref _waitingBytes, bytes) <= most)
        {
            return true;
        }

        Release(bytes);
        return false;
    }

    /// <summary>An answer was read, or never will be.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _waitingBytes, -bytes);
}
