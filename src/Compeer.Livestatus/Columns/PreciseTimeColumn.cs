using System.Globalization;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>A time in seconds since 1970 with six places after the point (Naemon's <c>TimeValColumn</c>); 0 for never. Unlike other times
/// <c>Localtime</c> does not move it.</summary>
internal sealed class PreciseTimeColumn(string name, string description, Func<Row, QueryScope, long> ticks) : Column(name, description)
{
    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Int;

    /// <summary>Its value in microseconds since 1970.</summary>
    public long ValueOf(in Row row, QueryScope scope) => ticks(row, scope) is not 0 and var value
        ? (value - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
        : 0;

    /// <inheritdoc/>
    public override void Write(in Row row, QueryScope scope, ValueWriter writer) => writer.Microseconds(ValueOf(row, scope));

    /// <inheritdoc/>
    public override string GroupText(in Row row, QueryScope scope)
    {
        (var seconds, var rest) = Math.DivRem(ValueOf(row, scope), 1_000_000);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{rest:000000}");
    }

    /// <inheritdoc/>
    public override SortKey SortKeyOf(in Row row, QueryScope scope) => new(ValueOf(row, scope), 0, null);
}
