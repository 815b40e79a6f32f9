using Compeer.Engine.TimePeriods;

namespace Compeer.Daemon.Configuration;

/// <summary>What <c>use_timezone</c> means on this machine: as the C library reads <c>TZ</c>, a zone file by its name or its path,
/// or a POSIX text.</summary>
internal static class TimeZones
{
    private const string DefaultFolder = "/usr/share/zoneinfo";
    private const string MachineZone = "/etc/localtime";

    /// <summary>Zone files have a few kilobytes.</summary>
    private const int MaxFileBytes = 1 << 20;

    /// <summary>The zone of this name, the machine's own for null; UTC when this machine has no such zone, as in the C
    /// library.</summary>
    public static ZoneRules Of(string? name) => Find(name) ?? ZoneRules.Utc;

    /// <summary>The zone of this name, the machine's own for null; null when this machine has no such zone.</summary>
    public static ZoneRules? Find(string? name)
    {
        var text = name ?? Environment.GetEnvironmentVariable("TZ");
        if (text is null)
        {
            return Read(MachineZone) ?? ZoneRules.Utc;
        }

        text = text.TrimStart(':');
        if (text is "" or "UTC")
        {
            return ZoneRules.Utc;
        }

        var folder = Environment.GetEnvironmentVariable("TZDIR") is { Length: > 0 } configured ? configured : DefaultFolder;
        return text.Contains('\0') ? null : Read(Path.Combine(folder, text)) ?? ZoneRules.FromPosix(text);
    }

    /// <summary>What is wrong with such a name.</summary>
    public static string Problem(string? name) =>
        $"use_timezone '{name}' is not a time zone of this machine (see {DefaultFolder}): times are UTC";

    private static ZoneRules? Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length <= MaxFileBytes
                ? ZoneRules.FromFile(File.ReadAllBytes(path))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A zone that cannot be read is none; the finding about its name says so.
            return null;
        }
    }
}
