using System.Net;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;
using Microsoft.AspNetCore.Connections;

namespace Compeer.Daemon.Nrdp;

/// <summary>One connection to NRDP: how far it came, and that it is counted once, and for its first reason, when it is broken off. Found
/// among the features of the connection and of its requests. Any thread.</summary>
internal sealed class NrdpVisit(EndPoint? remote, PassiveCounters counters, DaemonLog log)
{
    private int _isTold;

    /// <summary>TLS is agreed upon.</summary>
    public bool IsSecure { get; set; }

    /// <summary>A request came, whatever became of it.</summary>
    public bool HasAsked { get; set; }

    /// <summary>That of a connection, which is new when it has none yet.</summary>
    public static NrdpVisit Of(ConnectionContext connection, PassiveCounters counters, DaemonLog log)
    {
        if (connection.Features.Get<NrdpVisit>() is { } known)
        {
            return known;
        }

        var visit = new NrdpVisit(connection.RemoteEndPoint, counters, log);
        connection.Features.Set(visit);
        return visit;
    }

    /// <summary>It is broken off.</summary>
    /// <param name="reason">What it counts as.</param>
    /// <param name="words">Why, for the log.</param>
    public void Refuse(PassiveRefusal reason, string words)
    {
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            counters.Refuse(reason);
            log.Refused(remote?.ToString() ?? "somebody", $"nrdp: {words}");
        }
    }
}
