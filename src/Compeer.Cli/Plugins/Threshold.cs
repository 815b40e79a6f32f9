using System.Globalization;

namespace Compeer.Cli.Plugins;

/// <summary>
/// When a value is a problem, as monitoring plugins write it: <c>[@][start:][end]</c>, a problem outside of the range, with
/// <c>@</c> inside of it, its ends included; start <c>~</c> is without limit, no start is 0, no end is without limit (Monitoring
/// Plugins guidelines, "threshold and ranges"). A number alone is a problem when it is reached, as op5's commands have it.
/// </summary>
internal sealed record Threshold
{
    private readonly bool _isInside;

    private Threshold(double low, double high, bool isInside, bool isNumber) =>
        (Low, High, _isInside, IsNumber) = (low, high, isInside, isNumber);

    /// <summary>Where the range begins.</summary>
    public double Low { get; }

    /// <summary>Where it ends.</summary>
    public double High { get; }

    /// <summary>Whether it was written as a number alone.</summary>
    public bool IsNumber { get; }

    /// <summary>A problem from a number on.</summary>
    public static Threshold From(double number) => new(0, number, isInside: false, isNumber: true);

    /// <summary>Reads one; null, with the reason, for what is none.</summary>
    public static Threshold? Parse(string text, out string fault)
    {
        fault = "";
        var isInside = text.StartsWith('@');
        var ends = (isInside ? text[1..] : text).Split(':');
        if (ends is [var only] && !isInside)
        {
            if (Number(only) is { } number)
            {
                return From(number);
            }
        }
        else if (ends.Length <= 2
            && (ends.Length == 1 ? 0 : Start(ends[0])) is { } low
            && (ends[^1].Length == 0 && ends.Length == 2 ? double.PositiveInfinity : Number(ends[^1])) is { } high)
        {
            fault = low > high ? $"the range \"{text}\" ends before it begins" : "";
            return low > high ? null : new Threshold(low, high, isInside, isNumber: false);
        }

        fault = $"\"{text}\" is no threshold; give a number, or a range such as 10:20, :20, ~:20, 10: or @10:20";
        return null;
    }

    /// <summary>Whether a value is a problem.</summary>
    public bool IsMetBy(double value) => IsNumber
        ? value >= High
        : (value >= Low && value <= High) == _isInside;

    /// <summary>The same where a number alone is a problem only when it is exceeded.</summary>
    public Threshold AsMost() => new(0, High, isInside: false, isNumber: false);

    /// <summary>The same for a value that is counted so much finer.</summary>
    public Threshold Times(double factor) => new(Scale(Low, factor), Scale(High, factor), _isInside, IsNumber);

    /// <summary>As performance data has it.</summary>
    public override string ToString() => IsNumber || (Low == 0 && !_isInside && !double.IsInfinity(High))
        ? Text(High)
        : $"{(_isInside ? "@" : "")}{(double.IsInfinity(Low) ? "~" : Text(Low))}:{(double.IsInfinity(High) ? "" : Text(High))}";

    private static double Scale(double end, double factor) => double.IsInfinity(end) ? end : end * factor;

    private static double? Start(string text) => text switch
    {
        "~" => double.NegativeInfinity,
        "" => 0,
        _ => Number(text),
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
