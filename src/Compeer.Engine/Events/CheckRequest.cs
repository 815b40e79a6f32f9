using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>An effect: the peer that owns this object is to be asked to check it now.</summary>
/// <param name="Id">The host or service; this node does not own it.</param>
/// <param name="Reason">Why.</param>
public readonly record struct CheckRequest(CheckableId Id, CheckRequestReason Reason);
