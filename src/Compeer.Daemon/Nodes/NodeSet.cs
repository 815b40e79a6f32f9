using System.Collections.Immutable;
using Compeer.Cluster;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Links;

namespace Compeer.Daemon.Nodes;

/// <summary>The neighbours as merlin.conf and the key files had them at one moment.</summary>
internal sealed record NodeSet(MerlinConfiguration Configuration, ImmutableArray<KnownNode> Nodes)
{
    public static NodeSet Alone { get; } = new(MerlinConfiguration.Empty, []);

    public IReadOnlyList<Neighbour> Neighbours =>
        [.. Nodes.Where(node => node.Pin is not null).Select(node => node.ToNeighbour(node.Pin!))];

    public IReadOnlyList<LinkTarget> Targets =>
        [.. Nodes.Where(node => node.Pin is not null).Select(node => node.ToTarget(node.Pin!))];
}
