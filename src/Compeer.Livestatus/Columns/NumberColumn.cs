using System.Globalization;
using Compeer.Engine.Model;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>A whole number, or a time in seconds since 1970.</summary>
internal sealed class NumberColumn(string name, string description, bool isTime, Func<Row, QueryScope, long> value)
    : Column(name, description)
{
    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Int;

    /// <summary>Whether it is a time, which <c>Localtime</c> moves.</summary>
    public bool IsTime => isTime;

    /// <summary>Where the values of many rows stand side by side: of the hosts or services that rows are of; null for nowhere.</summary>
    public StateField? Field { get; init; }

    /// <summary>Whether it is 0 in every row of a moment, when that is known.</summary>
    public Func<QueryScope, bool> IsZero { get; init; } = static _ => false;

    /// <summary>Its value.</summary>
    public long ValueOf(in Row row, QueryScope scope) => value(row, scope);

    /// <inheritdoc/>
    public override void Write(in Row row, QueryScope scope, ValueWriter writer) =>
        writer.Number(value(row, scope) + (isTime ? scope.TimeOffset : 0));

    /// <inheritdoc/>
    public override string GroupText(in Row row, QueryScope scope) => value(row, scope).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override SortKey SortKeyOf(in Row row, QueryScope scope) => new(value(row, scope), 0, null);
}
