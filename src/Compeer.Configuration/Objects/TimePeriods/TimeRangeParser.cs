using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.TimePeriods;

/// <summary>
/// Reads <c>HH:MM-HH:MM,HH:MM-HH:MM</c> as Naemon does: as far as there are digits, colons and dashes, each number as
/// <c>atoi</c> reads it, so that a slip of the pen gives other times than meant and no error.
/// </summary>
internal static class TimeRangeParser
{
    private const int Day = 24 * 60 * 60;

    /// <summary>The characters of time ranges. Naemon knows no tab among them.</summary>
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789:, -\t");

    /// <summary>The ranges in order of their start. A problem that refuses the text comes back in
    /// <paramref name="error"/>, one that only needs a look in <paramref name="warning"/>.</summary>
    public static ImmutableArray<TimeRange> Parse(ReadOnlySpan<char> text, out string? error, out string? warning)
    {
        error = null;
        warning = null;
        var end = text.IndexOfAnyExcept(Characters);
        var read = end < 0 ? text : text[..end];
        if (end > 0 && read[^1] is ' ' or '\t' or ',')
        {
            error = NotARange(text[end..].ToString());
            return [];
        }

        if (end > 0)
        {
            warning = $"'{text}' is read as far as '{read}'";
        }

        var ranges = new List<TimeRange>();
        foreach (var part in read.SplitAny(',', ' ', '\t'))
        {
            if (!read[part].IsEmpty)
            {
                Add(read[part], ranges, ref error, ref warning);
            }
        }

        if (ranges.Count == 0 && error is null && warning is null)
        {
            error = end == 0 ? NotARange(text.ToString()) : "has no time range; write HH:MM-HH:MM, or 00:00-00:00 for no time at all";
        }

        ranges.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        return [.. ranges];
    }

    private static void Add(ReadOnlySpan<char> item, List<TimeRange> ranges, ref string? error, ref string? warning)
    {
        var dash = item.IndexOf('-');
        var rest = dash < 0 ? [] : item[(dash + 1)..];
        var second = rest.IndexOf('-') is var next && next >= 0 ? rest[..next] : rest;
        var isPlain = true;
        if (dash < 0 || !TryTime(item[..dash], ref isPlain, out var start) || !TryTime(second, ref isPlain, out var end))
        {
            error ??= NotARange(item.ToString());
            return;
        }

        if (!isPlain || next >= 0)
        {
            var never = start > end ? ", which never holds" : "";
            warning ??= $"'{item}' is read as {Clock(start)}-{Clock(end)}{never}; write HH:MM-HH:MM";
        }
        else if (start > end)
        {
            // Naemon takes it and never matches it.
            warning ??= $"the range '{item}' ends before it begins and never holds; "
                + "for a range over midnight write two: HH:MM-24:00,00:00-HH:MM";
        }

        if (start <= end)
        {
            ranges.Add(new TimeRange(start, end));
        }
    }

    private static string NotARange(string item) => CommentHint.For(item) is { Length: > 0 } hint
        ? $"'{item}' is not a time range{hint}"
        : $"'{item}' is not a time range; write HH:MM-HH:MM, from 00:00 to 24:00";

    /// <summary>A time up to the end of the day, seconds left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isPlain">Set to false when it is not written as it should be.</param>
    /// <param name="seconds">The seconds after midnight.</param>
    private static bool TryTime(ReadOnlySpan<char> text, ref bool isPlain, out int seconds)
    {
        seconds = 0;
        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            return false;
        }

        var minuteText = text[(colon + 1)..];
        var next = minuteText.IndexOf(':');
        minuteText = next < 0 ? minuteText : minuteText[..next];
        if (!TryNumber(text[..colon], out var hours) || !TryNumber(minuteText, out var minutes))
        {
            return false;
        }

        isPlain &= text[..colon].Length is 1 or 2 && minuteText.Length is 1 or 2 && minutes < 60;
        seconds = (hours * 3600) + (minutes * 60);
        return seconds <= Day;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        return digits.IsEmpty || (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= Day);
    }

    private static string Clock(int seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}");
}
