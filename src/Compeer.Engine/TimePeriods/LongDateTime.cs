using System.Globalization;

namespace Compeer.Engine.TimePeriods;

/// <summary>A time in Naemon's long form, as <c>$LONGDATETIME$</c> and the beginning of the log have it.</summary>
public static class LongDateTime
{
    /// <summary>Such as <c>Fri Nov 27 00:05:28 UTC 2026</c>, with the zone's own name.</summary>
    public static string Of(DateTimeOffset time, ZoneRules zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var type = zone.At(time);
        DateTime local = new(Math.Clamp(time.UtcTicks + type.Offset.Ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);

        // Naemon's own table of months has four letters for this one.
        var month = local.Month == 9 ? "Sept" : local.ToString("MMM", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{local:ddd} {month} {local.Day} {local:HH:mm:ss} {type.Name} {local.Year}");
    }
}
