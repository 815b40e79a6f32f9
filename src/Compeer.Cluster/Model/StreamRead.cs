namespace Compeer.Cluster.Model;

/// <summary>What a store gives of a stream.</summary>
/// <param name="Entries">Entries, ascending by number; none when there are none or they are not at hand.</param>
/// <param name="IsPending">They have to be fetched first; <see cref="ClusterMachine.StreamsReady"/> says when they are there.</param>
public readonly record struct StreamRead(IReadOnlyList<StreamEntry> Entries, bool IsPending = false);
