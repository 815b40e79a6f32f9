using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>What was told about an object, or is to be, changed at this node.</summary>
/// <param name="Id">The host or service.</param>
/// <param name="Told">What holds from now on.</param>
/// <param name="IsUrgent">Whether what is to be sent changed, which the others are to know before anything is done.</param>
public readonly record struct NotificationChange(CheckableId Id, NotificationState Told, bool IsUrgent);
