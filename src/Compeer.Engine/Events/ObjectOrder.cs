using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>An effect: the owner of this object, another node, is to be asked for this.</summary>
/// <param name="Id">The host or service.</param>
/// <param name="Request">What for.</param>
public readonly record struct ObjectOrder(CheckableId Id, ObjectRequest Request);
