using Compeer.Configuration.Nodes;

namespace Compeer.Daemon.Http;

/// <summary>The words of merlin.conf for the kinds of nodes.</summary>
internal static class NodeKindName
{
    public static string Of(NodeKind kind) => kind switch
    {
        NodeKind.Peer => "peer",
        NodeKind.Poller => "poller",
        NodeKind.Master => "master",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of node"),
    };
}
