using System.Globalization;

namespace Compeer.Cli.Plugins;

/// <summary>An age on a command line: seconds, or a number with m, h, d or w for minutes, hours, days or weeks.</summary>
internal static class PluginAge
{
    /// <summary>What help says about it.</summary>
    public const string Help = "seconds, or with m, h, d, w: minutes, hours, days, weeks";

    /// <summary>The longest that is taken: a hundred years.</summary>
    private const long MaxSeconds = 100L * 366 * 86_400;

    /// <summary>Reads one; null, with the reason, for what is none.</summary>
    public static TimeSpan? Parse(string text, out string fault)
    {
        var factor = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch
        {
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 7 * 86_400,
            _ => 1,
        };
        var digits = factor > 1 ? text[..^1] : text;
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxSeconds / factor)
        {
            fault = "";
            return TimeSpan.FromSeconds(number * factor);
        }

        fault = $"\"{text}\" is no age; give {Help}";
        return null;
    }
}
