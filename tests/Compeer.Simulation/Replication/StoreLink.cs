using Compeer.Cluster.Model;

namespace Compeer.Simulation.Replication;

/// <summary>One connection between two stores; frames keep their order on it, and nothing else does.</summary>
internal sealed class StoreLink(LinkId id, StoreNode one, StoreNode other)
{
    private readonly Queue<ReadOnlyMemory<byte>> _toOne = [];
    private readonly Queue<ReadOnlyMemory<byte>> _toOther = [];

    public LinkId Id { get; } = id;

    public StoreNode One { get; } = one;

    public StoreNode Other { get; } = other;

    public bool IsEmpty => _toOne.Count + _toOther.Count == 0;

    public bool Joins(StoreNode node) => node == One || node == Other;

    public StoreNode Opposite(StoreNode node) => node == One ? Other : One;

    /// <summary>What is on its way to a node.</summary>
    public Queue<ReadOnlyMemory<byte>> To(StoreNode node) => node == One ? _toOne : _toOther;
}
