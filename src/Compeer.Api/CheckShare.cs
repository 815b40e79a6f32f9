namespace Compeer.Api;

/// <summary>A node's part of the checks of one kind.</summary>
/// <param name="Handled">Checks the node is responsible for and runs.</param>
/// <param name="Expired">Of these, the ones whose result is overdue.</param>
/// <param name="Total">Checks its group shares.</param>
public sealed record CheckShare(int Handled, int Expired, int Total);
