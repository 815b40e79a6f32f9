namespace Compeer.Engine.TimePeriods;

/// <summary>What local time is, for a while: standard time or daylight saving time.</summary>
/// <param name="Offset">Local time minus UTC, whole seconds.</param>
/// <param name="Name">Its name as the C library says it: UTC, CET, CEST, +07.</param>
public readonly record struct LocalTimeType(TimeSpan Offset, string Name);
