namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A part of a day, from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
/// <param name="Start">Seconds after midnight, 0 to 86,400.</param>
/// <param name="End">Seconds after midnight, not before <paramref name="Start"/>, at most 86,400.</param>
public readonly record struct TimeRange(int Start, int End);
