namespace Compeer.Engine.Model;

/// <summary>The contact that an event is about.</summary>
/// <param name="Name">Its name.</param>
public sealed record ContactName(string Name) : EventDetail;
