using System.Buffers;
using System.Globalization;
using Compeer.Configuration.Text;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Stats;

/// <summary>A function of each of the variables in performance data, written as performance data again, in the order of names.</summary>
internal sealed class PerformanceAggregator(StatsFunction function, TextColumn column) : Aggregator
{
    /// <summary>Most variables that are told apart; those that come later do not count.</summary>
    private const int MostVariables = 10_000;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private readonly SortedDictionary<string, Series> _variables = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Take(in Row row, QueryScope scope)
    {
        var text = ConfigurationText.Decode(column.ValueOf(row, scope));
        foreach (var entry in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || Number(entry.AsSpan(equals + 1)) is not { } number)
            {
                continue;
            }

            var name = entry[..equals];
            if (!_variables.TryGetValue(name, out var series) && _variables.Count >= MostVariables)
            {
                continue;
            }

            series.Add(number);
            _variables[name] = series;
        }
    }

    /// <inheritdoc/>
    public override void Write(ValueWriter writer) => writer.Text(string.Join(' ', _variables.Select(variable =>
        $"{variable.Key}={variable.Value.Of(function).ToString("F8", CultureInfo.InvariantCulture)}")));

    /// <summary>The number that a value begins with, before its unit.</summary>
    private static double? Number(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(Digits);
        var digits = end < 0 ? text : text[..end];
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
