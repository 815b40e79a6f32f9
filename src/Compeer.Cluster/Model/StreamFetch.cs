namespace Compeer.Cluster.Model;

/// <summary>Entries that are in the database and are wanted by another node; <see cref="ClusterStorage.Fetched"/> brings them.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="From">The first number.</param>
/// <param name="Bytes">About how much; at least one entry when there is any.</param>
/// <param name="Version">Of the stream's content when it was asked for.</param>
public readonly record struct StreamFetch(StreamId Stream, long From, int Bytes, long Version);
