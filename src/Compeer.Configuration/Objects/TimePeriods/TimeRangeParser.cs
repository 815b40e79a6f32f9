using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.TimePeriods;

/// <summary>Reads <c>HH:MM-HH:MM,HH:MM-HH:MM</c>.</summary>
internal static class TimeRangeParser
{
    private const int Day = 24 * 60 * 60;

    /// <summary>The ranges in order of their start. A problem that refuses the text comes back in
    /// <paramref name="error"/>, one that only needs a look in <paramref name="warning"/>.</summary>
    public static ImmutableArray<TimeRange> Parse(ReadOnlySpan<char> text, out string? error, out string? warning)
    {
        error = null;
        warning = null;
        var ranges = new List<TimeRange>();
        foreach (var part in text.SplitAny(',', ' ', '\t'))
        {
            var item = text[part];
            if (item.IsEmpty)
            {
                continue;
            }

            var dash = item.IndexOf('-');
            if (dash < 0 || !TryTime(item[..dash], out var start) || !TryTime(item[(dash + 1)..], out var end))
            {
                error ??= CommentHint.For(item.ToString()) is { Length: > 0 } hint
                    ? $"'{item}' is not a time range{hint}"
                    : $"'{item}' is not a time range; write HH:MM-HH:MM, from 00:00 to 24:00";
                continue;
            }

            if (start > end)
            {
                // Naemon takes it and never matches it.
                warning ??= $"the range '{item}' ends before it begins and never holds; "
                    + "for a range over midnight write two: HH:MM-24:00,00:00-HH:MM";
                continue;
            }

            ranges.Add(new TimeRange(start, end));
        }

        if (ranges.Count == 0 && error is null && warning is null)
        {
            error = "has no time range; write HH:MM-HH:MM, or 00:00-00:00 for no time at all";
        }

        ranges.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        return [.. ranges];
    }

    private static bool TryTime(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        var colon = text.IndexOf(':');
        var minuteText = colon < 0 ? [] : text[(colon + 1)..];

        // Seconds are allowed and ignored, as Naemon does.
        var second = minuteText.IndexOf(':');
        minuteText = second < 0 ? minuteText : minuteText[..second];
        if (colon < 0 || !TryDigits(text[..colon], out var hours) || !TryDigits(minuteText, out var minutes))
        {
            return false;
        }

        seconds = (hours * 3600) + (minutes * 60);
        return minutes < 60 && seconds <= Day;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return text.Length is 1 or 2;
    }
}
