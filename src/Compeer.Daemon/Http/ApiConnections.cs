using Microsoft.AspNetCore.Connections;

namespace Compeer.Daemon.Http;

/// <summary>
/// The open connections of the HTTP interface. There are only so many; when one more comes, the one that has been idle
/// longest makes room, so that nobody who opens connections and says nothing keeps <c>mon</c> out. Any thread may call.
/// </summary>
/// <param name="limit">Most that are open at a time.</param>
/// <param name="timeProvider">Says which has been idle longest.</param>
/// <param name="crowdedOut">Told of each that finds no room or has to make it, before it is broken off.</param>
internal sealed class ApiConnections(int limit, TimeProvider timeProvider, Action<ConnectionContext>? crowdedOut = null)
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _open = [];

    /// <summary>Takes a connection in.</summary>
    /// <param name="connection">It.</param>
    /// <param name="isRoom">Whether the process can afford one more; else another has to go, as with the most there may be.</param>
    /// <returns>False when all places are taken by connections whose requests are being answered.</returns>
    public bool TryAdd(ConnectionContext connection, bool isRoom)
    {
        Entry? dropped = null;
        var entry = new Entry(this, connection);
        bool isIn;
        lock (_lock)
        {
            isIn = isRoom && _open.Count < limit;
            if (!isIn && _open.Where(open => open.Requests == 0).MinBy(open => open.IdleSince) is { } idle)
            {
                _open.Remove(idle);
                (dropped, isIn) = (idle, true);
            }

            if (isIn)
            {
                _open.Add(entry);
            }
        }

        if (!isIn)
        {
            crowdedOut?.Invoke(connection);
            return false;
        }

        if (dropped is not null)
        {
            crowdedOut?.Invoke(dropped.Connection);
            dropped.Connection.Abort(new ConnectionAbortedException("idle, and others want to ask"));
        }

        connection.Features.Set(entry);
        connection.ConnectionClosed.Register(entry.Remove);
        return true;
    }

    /// <summary>One open connection; found among the features of its requests.</summary>
    internal sealed class Entry(ApiConnections connections, ConnectionContext connection)
    {
        public ConnectionContext Connection => connection;

        public int Requests { get; private set; }

        public long IdleSince { get; private set; } = connections.Now;

        /// <summary>A request is being answered; the connection is not idle until it is.</summary>
        public void Begin() => Change(by: 1);

        /// <summary>The answer has gone out.</summary>
        public Task EndAsync()
        {
            Change(by: -1);
            return Task.CompletedTask;
        }

        public void Remove()
        {
            lock (connections._lock)
            {
                connections._open.Remove(this);
            }
        }

        private void Change(int by)
        {
            lock (connections._lock)
            {
                Requests += by;
                IdleSince = connections.Now;
            }
        }
    }

    private long Now => timeProvider.GetTimestamp();
}
