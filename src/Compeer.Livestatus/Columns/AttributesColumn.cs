using System.Collections.Immutable;
using System.Globalization;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>What operators changed of an object, one bit each (Naemon's <c>MODATTR</c>), as a number or as a list of names.</summary>
internal sealed class AttributesColumn(string name, string description, bool isList, Func<Row, QueryScope, long> value)
    : Column(name, description)
{
    /// <summary>The name of each bit.</summary>
    private static readonly ImmutableArray<string> Names =
    [
        "notifications_enabled", "active_checks_enabled", "passive_checks_enabled", "event_handler_enabled", "flap_detection_enabled",
        "failure_prediction_enabled", "performance_data_enabled", "obsessive_handler_enabled", "event_handler_command",
        "check_command", "normal_check_interval", "retry_check_interval", "max_check_attempts", "freshness_checks_enabled",
        "check_timeperiod", "custom_variable", "notification_timeperiod",
    ];

    /// <inheritdoc/>
    public override ColumnType Type => isList ? ColumnType.List : ColumnType.Int;

    /// <summary>The bits of these names, separated by commas or blanks; null with the name that is none.</summary>
    public static long? Parse(string text, out string unknown)
    {
        var bits = 0L;
        foreach (var name in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var bit = Names.IndexOf(name);
            if (bit < 0)
            {
                unknown = name;
                return null;
            }

            bits |= 1L << bit;
        }

        unknown = "";
        return bits;
    }

    /// <summary>Its bits.</summary>
    public long ValueOf(in Row row, QueryScope scope) => value(row, scope);

    /// <inheritdoc/>
    public override void Write(in Row row, QueryScope scope, ValueWriter writer)
    {
        var bits = value(row, scope);
        if (!isList)
        {
            writer.Number(bits);
            return;
        }

        writer.BeginList();
        for (int bit = 0, written = 0; bit < Names.Length; bit++)
        {
            if (((bits >> bit) & 1) == 0)
            {
                continue;
            }

            if (written++ > 0)
            {
                writer.NextPart();
            }

            writer.Text(Names[bit]);
        }

        writer.EndList();
    }

    /// <inheritdoc/>
    public override string GroupText(in Row row, QueryScope scope) => value(row, scope).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override SortKey SortKeyOf(in Row row, QueryScope scope) => new(value(row, scope), 0, null);
}
