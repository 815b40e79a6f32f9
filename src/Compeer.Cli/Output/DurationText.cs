using System.Text;

namespace Compeer.Cli.Output;

/// <summary>Durations as <c>mon</c> has always shown them: <c>1w 2d 3h 4m 5s</c>, leading zeros left out.</summary>
internal static class DurationText
{
    /// <summary>The text for a duration, in whole seconds; negative ones (clocks that differ) count as zero.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = Math.Max(0, (long)duration.TotalSeconds);
        var text = new StringBuilder();
        foreach ((var unit, var length) in new[] { ("w", 604800L), ("d", 86400L), ("h", 3600L), ("m", 60L) })
        {
            if (text.Length > 0 || seconds >= length)
            {
                text.Append(seconds / length).Append(unit).Append(' ');
                seconds %= length;
            }
        }

        return text.Append(seconds).Append('s').ToString();
    }
}
