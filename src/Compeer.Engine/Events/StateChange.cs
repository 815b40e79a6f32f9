using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>An event: a result was taken and this is the state now; to be persisted and replicated.</summary>
/// <param name="Id">The host or service.</param>
/// <param name="Before">Its state before.</param>
/// <param name="After">Its state now.</param>
public readonly record struct StateChange(CheckableId Id, CheckState Before, CheckState After);
