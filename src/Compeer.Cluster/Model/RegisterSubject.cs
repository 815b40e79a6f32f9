namespace Compeer.Cluster.Model;

/// <summary>What a replicated value is about.</summary>
/// <param name="Scope">How far that goes.</param>
/// <param name="Object">The key of the object, when it is about one.</param>
public readonly record struct RegisterSubject(RegisterScope Scope, ReadOnlyMemory<byte> Object = default);
