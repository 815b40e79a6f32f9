namespace Compeer.Cluster.Model;

/// <summary>One authenticated connection, numbered by the shell; a number is used once.</summary>
/// <param name="Value">The number.</param>
public readonly record struct LinkId(long Value);
