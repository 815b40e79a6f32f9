namespace Compeer.Cluster.Model;

/// <summary>What a node vouches for, as far as it changed since it was told.</summary>
internal sealed record NodeKnowledge(NodeId Node, IReadOnlyList<OriginKnowledge> Known);
