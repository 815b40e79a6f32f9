namespace Compeer.Api;

/// <summary>A downtime of a host or service.</summary>
/// <param name="Number">Its number, by which commands mean it.</param>
/// <param name="Author">Who scheduled it.</param>
/// <param name="Text">The text.</param>
/// <param name="Start">When it begins, or when a flexible one may begin.</param>
/// <param name="End">When it ends, or until when a flexible one may begin.</param>
/// <param name="IsFixed">Whether it lasts from its start to its end.</param>
/// <param name="DurationSeconds">How long a flexible one lasts, in seconds.</param>
/// <param name="TriggeredBy">The number of the downtime with which it begins; null for none.</param>
/// <param name="IsInEffect">Whether it counts now.</param>
public sealed record DowntimeStatus(
    ulong Number,
    string Author,
    string Text,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsFixed,
    double DurationSeconds,
    ulong? TriggeredBy,
    bool IsInEffect);
