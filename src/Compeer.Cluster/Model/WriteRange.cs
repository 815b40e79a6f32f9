namespace Compeer.Cluster.Model;

/// <summary>Numbers of writes of one node, both ends included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last; not below <paramref name="From"/>.</param>
public readonly record struct WriteRange(long From, long To);
