using Compeer.Cluster;
using Compeer.Cluster.Configuration;
using Compeer.Daemon.Links;

namespace Compeer.Daemon.Nodes;

/// <summary>A neighbour of merlin.conf with its key, or with the reason why it cannot be talked to.</summary>
internal sealed record KnownNode(NodeDefinition Definition, PublicKeyPin? Pin, string KeyProblem)
{
    public Neighbour ToNeighbour(PublicKeyPin pin) =>
        new(pin.Id, Definition.Name, Definition.Kind, Definition.Connect, Definition.DataTimeout);

    public LinkTarget ToTarget(PublicKeyPin pin) => new(pin.Id, Definition.Name, Definition.Address, Definition.Port, pin);
}
