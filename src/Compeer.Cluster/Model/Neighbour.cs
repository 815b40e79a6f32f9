using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>A node that this node's configuration names.</summary>
/// <param name="Id">Who it is: from its public key.</param>
/// <param name="Name">What this node's <c>merlin.conf</c> calls it.</param>
/// <param name="Kind">What it is to this node.</param>
/// <param name="Connect">False: never dial it, wait for it to dial. Merlin: <c>connect = no</c>.</param>
/// <param name="DataTimeout">Its own silence limit, at least two pulse intervals; null for the option's.</param>
public sealed record Neighbour(NodeId Id, string Name, NeighbourKind Kind, bool Connect, TimeSpan? DataTimeout)
{
    /// <summary>Of a poller, the host groups that it checks. Merlin: <c>hostgroup</c>.</summary>
    public ImmutableArray<string> HostGroups { get; init; } = [];

    /// <summary>Of a poller, whether this node's group checks its hosts when it and all its peers are lost. Merlin: <c>takeover</c>.
    /// </summary>
    public bool Takeover { get; init; } = true;

    /// <summary>Of a poller, whether it notifies while this node sees it; else this node's group does. Of a master, whether this node
    /// notifies while it sees that one. Merlin: <c>notifies</c>.</summary>
    public bool Notifies { get; init; } = true;

    /// <summary>Whether it may have checks of this node's configuration run here once, for their output; a poller never may. Merlin:
    /// <c>accept_runcmd</c>.</summary>
    public bool MayTestChecks { get; init; }

    /// <summary>The id that it must give when it gives one, which tells copies of a machine apart; empty when any will do. Merlin:
    /// <c>uuid</c>.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The id that this node gives it; empty for none. Merlin: <c>ipc_uuid</c>.</summary>
    public string OwnUuid { get; init; } = "";
}
