namespace Compeer.Api;

/// <summary>A way by which others send results of checks (NSCA, NRDP), where it is turned on.</summary>
/// <param name="Name"><c>nsca</c> or <c>nrdp</c>.</param>
/// <param name="Address">Address and port on which is listened; null while it cannot be.</param>
/// <param name="Problem">What is wrong with it; null when nothing is.</param>
/// <param name="Results">Results taken since the start of the daemon.</param>
/// <param name="Refused">Results, packets, requests and connections that were not taken, likewise.</param>
public sealed record PassiveWayStatus(string Name, string? Address, string? Problem, long Results, long Refused);
