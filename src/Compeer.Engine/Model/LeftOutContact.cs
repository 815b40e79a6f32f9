namespace Compeer.Engine.Model;

/// <summary>A contact that was not told, and why.</summary>
/// <param name="Contact">Its name.</param>
/// <param name="Reason">Why not.</param>
public readonly record struct LeftOutContact(string Contact, NotificationReason Reason);
