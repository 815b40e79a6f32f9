using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Links;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Nodes;

/// <summary>The neighbours as merlin.conf and the key files had them at one moment.</summary>
internal sealed record NodeSet(MerlinConfiguration Configuration, ImmutableArray<KnownNode> Nodes)
{
    public static NodeSet Alone { get; } = new(MerlinConfiguration.Empty, []);

    public IReadOnlyList<Neighbour> Neighbours =>
        [.. Nodes.Where(node => node.Pin is not null).Select(node => node.ToNeighbour(node.Pin!))];

    public IReadOnlyList<LinkTarget> Targets =>
        [.. Nodes.Where(node => node.Pin is not null).Select(node => node.ToTarget(node.Pin!))];

    /// <summary>Where connections of these neighbours are taken; null when there are none.</summary>
    /// <exception cref="StartupException">The address in merlin.conf is no IP address.</exception>
    public IPEndPoint? EndPoint => Nodes.IsEmpty ? null : EndPointOf(Configuration.Daemon);

    private static IPEndPoint EndPointOf(DaemonDefinition daemon)
    {
        if (daemon.Address == DaemonDefinition.AnyAddress && Socket.OSSupportsIPv6)
        {
            return new IPEndPoint(IPAddress.IPv6Any, daemon.Port);
        }

        return IPAddress.TryParse(daemon.Address, out var address)
            ? new IPEndPoint(address, daemon.Port)
            : throw new StartupException($"merlin.conf: daemon address '{daemon.Address}' is not an IP address");
    }
}
