using System.Collections.Frozen;
using System.Globalization;
using Compeer.Configuration.Retained;

namespace Compeer.Engine.Import;

/// <summary>The values of a block, read as Naemon reads them.</summary>
internal readonly struct RetainedValues
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Looks through a block; keys that nobody knows are counted.</summary>
    public RetainedValues(RetainedBlock block, FrozenSet<string> known, ImportReport report)
    {
        Line = block.Line;
        foreach ((var key, var value) in block.Values)
        {
            _values[key] = value;
            if (key[0] != '_' && !known.Contains(key))
            {
                report.NotUnderstood($"{block.Type}: {key}");
            }
        }
    }

    /// <summary>Where it begins.</summary>
    public int Line { get; }

    /// <summary>Custom variables that were changed, by their names.</summary>
    public IEnumerable<(string Name, string Value)> ChangedVariables => _values
        .Where(pair => pair.Key[0] == '_' && pair.Value.Length >= 2 && pair.Value[0] is >= '1' and <= '9' && pair.Value[1] == ';')
        .Select(pair => (pair.Key[1..], pair.Value[2..]));

    /// <summary>A text; empty when it is not there.</summary>
    public string Text(string key) => _values.GetValueOrDefault(key, "");

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>A whole number from 0; 0 when it is not there or none.</summary>
    public long Number(string key) =>
        long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A switch.</summary>
    public bool Flag(string key) => Number(key) > 0;

    /// <summary>A time in seconds since 1970, as UTC ticks; 0 for never or what is no time.</summary>
    public long Time(string key) => Number(key) is > 0 and <= 253_402_300_799 and var seconds
        ? DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond)
        : 0;

    /// <summary>A number of seconds or units with decimals; 0 when it is not there or none.</summary>
    public double Decimal(string key) =>
        double.TryParse(Text(key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < 1e9 ? value : 0;
}
