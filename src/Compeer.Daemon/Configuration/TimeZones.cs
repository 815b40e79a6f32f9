namespace Compeer.Daemon.Configuration;

/// <summary>What <c>use_timezone</c> means on this machine.</summary>
internal static class TimeZones
{
    /// <summary>The zone of this name, the machine's own for null; null when this machine has no such zone.</summary>
    public static TimeZoneInfo? Find(string? name) => name is null ? TimeZoneInfo.Local
        : TimeZoneInfo.TryFindSystemTimeZoneById(name.TrimStart(':'), out var zone) ? zone
        : null;

    /// <summary>What is wrong with such a name.</summary>
    public static string Problem(string? name) =>
        $"use_timezone '{name}' is not a time zone of this machine (see /usr/share/zoneinfo)";
}
