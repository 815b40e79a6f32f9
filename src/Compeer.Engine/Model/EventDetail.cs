namespace Compeer.Engine.Model;

/// <summary>What an event about a comment, a downtime, an acknowledgement or notifications is about: one of these.</summary>
public abstract record EventDetail;
