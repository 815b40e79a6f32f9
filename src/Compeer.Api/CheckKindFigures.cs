namespace Compeer.Api;

/// <summary>How the checks of hosts, or of services, fare: of the whole configuration, whoever runs them.</summary>
/// <param name="Scheduled">Checks that have a time at which they are due.</param>
/// <param name="Overdue">Of these, the ones that are due for too long.</param>
/// <param name="Latency">How late the last check of each active one began.</param>
/// <param name="Execution">How long it ran.</param>
public sealed record CheckKindFigures(int Scheduled, int Overdue, SecondsRange Latency, SecondsRange Execution);
