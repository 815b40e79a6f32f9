namespace Compeer.Api;

/// <summary>Shortest, average and longest of some times.</summary>
/// <param name="Minimum">Seconds; 0 when there are none.</param>
/// <param name="Average">Seconds; 0 when there are none.</param>
/// <param name="Maximum">Seconds; 0 when there are none.</param>
public sealed record SecondsRange(double Minimum, double Average, double Maximum);
