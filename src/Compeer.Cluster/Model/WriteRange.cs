namespace Compeer.Cluster.Model;

/// <summary>Numbers of writes of one node, both ends included.</summary>
internal readonly record struct WriteRange(long From, long To);
