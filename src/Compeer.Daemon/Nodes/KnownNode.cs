using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Links;

namespace Compeer.Daemon.Nodes;

/// <summary>A neighbour of merlin.conf with its key, or with the reason why it cannot be talked to.</summary>
internal sealed record KnownNode(NodeDefinition Definition, PublicKeyPin? Pin, string KeyProblem)
{
    /// <summary>Whether this node notifies also while it sees its masters (<c>notifies</c> in the module's block).</summary>
    public bool DoesThisNodeNotify { get; init; } = true;

    /// <summary>This node's own id (<c>ipc_uuid</c>); empty when not set.</summary>
    public string OwnUuid { get; init; } = "";

    public Neighbour ToNeighbour(PublicKeyPin pin) =>
        new(pin.Id, Definition.Name, KindOf(Definition.Kind), Definition.Connect, Definition.DataTimeout)
        {
            HostGroups = Definition.HostGroups,
            Takeover = Definition.Takeover,
            Notifies = Definition.Kind == NodeKind.Master ? DoesThisNodeNotify : Definition.Notifies,
            MayTestChecks = Definition.AcceptRunCommand,
            Uuid = Definition.Uuid ?? "",
            OwnUuid = OwnUuid,
        };

    public LinkTarget ToTarget(PublicKeyPin pin) => new(pin.Id, Definition.Name, Definition.Address, Definition.Port, pin);

    /// <summary>The cluster's word for it: it does not know merlin.conf.</summary>
    private static NeighbourKind KindOf(NodeKind kind) => kind switch
    {
        NodeKind.Peer => NeighbourKind.Peer,
        NodeKind.Poller => NeighbourKind.Poller,
        NodeKind.Master => NeighbourKind.Master,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of node"),
    };
}
