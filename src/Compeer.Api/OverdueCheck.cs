namespace Compeer.Api;

/// <summary>A check that was due and has no result yet.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Service">Description of the service; null when it is the check of the host itself.</param>
/// <param name="Owner">Name of the node that is to run it; empty when none is.</param>
/// <param name="Due">When it was due.</param>
public sealed record OverdueCheck(string Host, string? Service, string Owner, DateTimeOffset Due);
