namespace Compeer.Api;

/// <summary>A configuration of others that a node does not take up; it goes on with its own.</summary>
/// <param name="Number">Its number; 0 when no node in sight has it any more.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Reason">Why: the first of what is wrong with it there, one line.</param>
public sealed record RefusedVersion(long Number, string Hash, string Reason);
