namespace Compeer.Cluster.Model;

/// <summary>What a run of a node vouches for, as far as it changed since it was told.</summary>
internal sealed record NodeKnowledge(Run Run, IReadOnlyList<OriginKnowledge> Known);
