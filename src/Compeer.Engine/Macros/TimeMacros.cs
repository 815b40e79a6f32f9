using System.Globalization;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Macros;

/// <summary>Macros about the time, in the configured zone and <c>date_format</c>.</summary>
internal static class TimeMacros
{
    /// <summary>A time as <c>$SHORTDATETIME$</c> shows it.</summary>
    public static string ShortDateTime(MacroContext context, DateTimeOffset wall) =>
        new DateTime(Math.Clamp(wall.UtcTicks + context.Periods.Zone.At(wall).Offset.Ticks, 0, DateTime.MaxValue.Ticks))
            .ToString(Date(context) + Separator(context) + "HH:mm:ss", CultureInfo.InvariantCulture);

    public static bool TryAdd(in MacroName macro, MacroContext context, TextBuffer output)
    {
        var wall = context.Now.Wall;
        switch (macro.Name)
        {
            case "LONGDATETIME":
                output.Add(LongDateTime.Of(wall, context.Periods.Zone));
                return true;
            case "SHORTDATETIME":
                output.Add(ShortDateTime(context, wall));
                return true;
            case "DATE":
                output.Add(Local(context, wall).ToString(Date(context), CultureInfo.InvariantCulture));
                return true;
            case "TIME":
                output.Add(Local(context, wall).ToString("HH:mm:ss", CultureInfo.InvariantCulture));
                return true;
            case "TIMET":
                output.AddNumber(wall.ToUnixTimeSeconds());
                return true;
            case "ISVALIDTIME" or "NEXTVALIDTIME":
                return TryAddValidity(macro, context, output);
            default:
                return false;
        }
    }

    private static DateTime Local(MacroContext context, DateTimeOffset wall) =>
        new(wall.UtcTicks + context.Periods.Zone.At(wall).Offset.Ticks, DateTimeKind.Unspecified);

    private static string Date(MacroContext context) => context.Main.DateFormat switch
    {
        DateFormat.Euro => "dd-MM-yyyy",
        DateFormat.Iso8601 or DateFormat.StrictIso8601 => "yyyy-MM-dd",
        _ => "MM-dd-yyyy",
    };

    private static string Separator(MacroContext context) =>
        context.Main.DateFormat == DateFormat.StrictIso8601 ? "'T'" : " ";

    private static bool TryAddValidity(in MacroName macro, MacroContext context, TextBuffer output)
    {
        if (macro.Arguments == 0 || context.FindTimePeriod(macro.First) is not { } period)
        {
            return false;
        }

        var time = context.Now.Wall;
        if (macro.Arguments == 2)
        {
            if (!TryTime(macro.Second, out time))
            {
                return false;
            }
        }

        output.AddNumber(macro.Name is "ISVALIDTIME" ? IsValid(context, period, time) : NextValid(context, period, time));
        return true;
    }

    private static long IsValid(MacroContext context, TimePeriodDefinition period, DateTimeOffset time) =>
        context.Periods.Contains(period, time) ? 1 : 0;

    private static long NextValid(MacroContext context, TimePeriodDefinition period, DateTimeOffset time) =>
        context.Periods.NextValid(period, time)?.ToUnixTimeSeconds() ?? 0;

    private static bool TryTime(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        // Up to the year 5138, which leaves room for any search after it.
        const long Latest = 99_999_999_999;
        var isTime = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= Latest;
        time = isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return isTime;
    }
}
