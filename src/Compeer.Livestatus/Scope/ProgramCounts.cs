namespace Compeer.Livestatus.Scope;

/// <summary>What is counted since the start of the daemon.</summary>
/// <param name="Requests">Requests of clients.</param>
/// <param name="Connections">Connections of clients.</param>
/// <param name="Forks">Processes that were started, for checks and other commands.</param>
/// <param name="LogMessages">Lines of the monitoring log.</param>
public readonly record struct ProgramCounts(long Requests, long Connections, long Forks, long LogMessages);
