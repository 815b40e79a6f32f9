using System.Globalization;

namespace Compeer.Cli.Plugins;

/// <summary>A value for graphs: <c>label=value;warn;crit;min;max</c>, a label that needs it in quotes
/// (Monitoring Plugins guidelines, "performance data").</summary>
/// <param name="Label">What it is; any text.</param>
/// <param name="Value">It.</param>
/// <param name="Thresholds">When it is a problem; null when it never is.</param>
/// <param name="Minimum">The least it can be; null when that is not known.</param>
/// <param name="Maximum">The most it can be; null when that is not known.</param>
internal sealed record PerformanceValue(
    string Label, double Value, Thresholds? Thresholds = null, double? Minimum = null, double? Maximum = null)
{
    /// <summary>As plugins write it.</summary>
    public override string ToString()
    {
        // "=" and "'" would end the label; a bar would begin the performance data anew.
        var label = Label.Replace("'", "''", StringComparison.Ordinal).Replace('=', '_').Replace('|', '/').ReplaceLineEndings(" ");
        var rest = $";{Thresholds?.Warning};{Thresholds?.Critical};{Text(Minimum)};{Text(Maximum)}";
        var name = label.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? label : $"'{label}'";
        return $"{name}={Text(Value)}{rest.TrimEnd(';')}";
    }

    private static string Text(double? number) => number?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}
