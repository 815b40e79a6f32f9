namespace Compeer.Engine.Model;

/// <summary>What an event about a comment, a downtime or an acknowledgement is about: one of these.</summary>
public abstract record EventDetail;
