using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Links;

namespace Compeer.Daemon.Nodes;

/// <summary>The neighbours as merlin.conf and the key files had them at one moment. With neighbours the daemon's address is an IP
/// address.</summary>
internal sealed record NodeSet(MerlinConfiguration Configuration, ImmutableArray<KnownNode> Nodes)
{
    public static NodeSet Alone { get; } = new(MerlinConfiguration.Empty, []);

    public IReadOnlyList<Neighbour> Neighbours =>
        [.. Nodes.Where(node => node.Pin is not null).Select(node => node.ToNeighbour(node.Pin!))];

    public IReadOnlyList<LinkTarget> Targets =>
        [.. Nodes.Where(node => node.Pin is not null).Select(node => node.ToTarget(node.Pin!))];

    /// <summary>What people call the node with an id, for who made a configuration.</summary>
    /// <param name="id">The node.</param>
    /// <param name="self">This node.</param>
    public string NameOf(NodeId id, NodeId self) => id == self ? "this node"
        : Nodes.FirstOrDefault(node => node.Pin?.Id == id)?.Definition.Name ?? id.ToString();

    /// <summary>Where connections of these neighbours are taken; null when there are none.</summary>
    public IPEndPoint? EndPoint => Nodes.IsEmpty ? null : EndPointOf(Configuration.Daemon);

    private static IPEndPoint EndPointOf(DaemonDefinition daemon)
    {
        if (daemon.Address == DaemonDefinition.AnyAddress && Socket.OSSupportsIPv6)
        {
            return new IPEndPoint(IPAddress.IPv6Any, daemon.Port);
        }

        return new IPEndPoint(IPAddress.Parse(daemon.Address), daemon.Port);
    }
}
