namespace Compeer.Livestatus.Scope;

/// <summary>What the table <c>status</c> tells that no snapshot has.</summary>
/// <param name="ProcessId">Of the daemon.</param>
/// <param name="Started">When it started.</param>
/// <param name="Version">Its version.</param>
/// <param name="Requests">Requests since then.</param>
/// <param name="Connections">Connections since then.</param>
public readonly record struct ProgramFacts(int ProcessId, DateTimeOffset Started, string Version, long Requests, long Connections);
