using System.Globalization;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>A number with a fraction.</summary>
internal sealed class FractionColumn(string name, string description, Func<Row, QueryScope, double> value) : Column(name, description)
{
    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Float;

    /// <summary>Its value.</summary>
    public double ValueOf(in Row row, QueryScope scope) => value(row, scope);

    /// <inheritdoc/>
    public override void Write(in Row row, QueryScope scope, ValueWriter writer) => writer.Fraction(value(row, scope));

    /// <inheritdoc/>
    public override string GroupText(in Row row, QueryScope scope) =>
        value(row, scope).ToString("0.0000000000e+00", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override SortKey SortKeyOf(in Row row, QueryScope scope) => new(0, value(row, scope), null);
}
