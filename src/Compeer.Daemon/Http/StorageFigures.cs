using Compeer.Cluster.Model;
using Compeer.Peer;

namespace Compeer.Daemon.Http;

/// <summary>What of the loop's the view of the storage is made from.</summary>
/// <param name="History">Figures about the history of all nodes.</param>
/// <param name="UnstoredFor">How long the oldest of what the database has not has waited there.</param>
internal readonly record struct StorageFigures(StreamFigures History, TimeSpan UnstoredFor)
{
    /// <summary>The figures of a peer; to be taken on the loop.</summary>
    public static StorageFigures Of(MonitoringPeer peer, Instant now) => new(peer.History, peer.UnstoredFor(now));
}
