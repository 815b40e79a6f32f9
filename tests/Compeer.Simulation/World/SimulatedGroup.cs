using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.World;

/// <summary>A group of nodes in a tree of tiers: peers of each other, pollers of the group above, if there is one.</summary>
/// <param name="name">Its host group; empty for the highest.</param>
/// <param name="parent">The group above.</param>
/// <param name="edition">The part of the configuration that its nodes have.</param>
internal sealed class SimulatedGroup(string name, SimulatedGroup? parent, SimulatedEdition edition)
{
    public string Name { get; } = name;

    public SimulatedGroup? Parent { get; } = parent;

    public SimulatedEdition Edition { get; } = edition;

    /// <summary>Whether the group above checks what is its own when it is lost.</summary>
    public bool Takeover { get; init; } = true;

    /// <summary>Whether it notifies also when the group above sees it.</summary>
    public bool Notifies { get; init; } = true;

    public List<SimulatedPeer> Peers { get; } = [];

    /// <summary>This group and those above it: all that have what is its own.</summary>
    public IEnumerable<SimulatedGroup> Chain()
    {
        for (var group = this; group is not null; group = group.Parent)
        {
            yield return group;
        }
    }

    /// <summary>The groups that check what is this one's own when those before them are lost.</summary>
    public IEnumerable<SimulatedGroup> Successors()
    {
        for (var group = this; group is not null; group = group.Takeover ? group.Parent : null)
        {
            yield return group;
        }
    }
}
