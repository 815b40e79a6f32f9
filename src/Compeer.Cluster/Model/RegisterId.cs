namespace Compeer.Cluster.Model;

/// <summary>One replicated value.</summary>
/// <param name="Kind">Which of the object's values.</param>
/// <param name="Object">The object's index in <see cref="ClusterObjects"/>.</param>
public readonly record struct RegisterId(RegisterKind Kind, int Object);
