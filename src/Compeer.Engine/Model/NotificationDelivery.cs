namespace Compeer.Engine.Model;

/// <summary>One command of a notification.</summary>
/// <param name="Contact">The contact that it tells; empty for the global handler.</param>
/// <param name="Part">Which of the contact's commands, from 0.</param>
public readonly record struct NotificationDelivery(string Contact, int Part);
