using System.Collections.Immutable;
using Compeer.Engine.Model;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>
/// The columns of one kind of object, declared once: name, meaning and value. Each table that has such an object takes them from
/// here, with its own prefix. Where a row has no such object, a column has the empty value of its type.
/// </summary>
/// <typeparam name="T">The object.</typeparam>
internal sealed class ColumnSet<T>
    where T : class
{
    private readonly List<Func<string, Func<Row, T?>, Column>> _columns = [];

    /// <summary>Gives a text as bytes; good until the next value is read.</summary>
    public delegate ReadOnlySpan<byte> BytesOf(T item, QueryScope scope);

    /// <summary>A whole number.</summary>
    public ColumnSet<T> Int(string name, string description, Func<T, QueryScope, long> value) =>
        Add((prefix, of) => new NumberColumn(
            prefix + name, description, isTime: false, (row, scope) => of(row) is { } item ? value(item, scope) : 0));

    /// <summary>A whole number of which it can be known that it is 0 in every row.</summary>
    public ColumnSet<T> Int(string name, string description, Func<QueryScope, bool> isZero, Func<T, QueryScope, long> value) =>
        Add((prefix, of) => new NumberColumn(
            prefix + name, description, isTime: false, (row, scope) => of(row) is { } item ? value(item, scope) : 0)
        {
            IsZero = isZero,
        });

    /// <summary>A small number of a check state.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it means, for people.</param>
    /// <param name="field">Which.</param>
    /// <param name="stateOf">The state of an object.</param>
    public ColumnSet<T> State(string name, string description, StateField field, Func<T, QueryScope, CheckState> stateOf) =>
        Add((prefix, of) => new NumberColumn(
            prefix + name,
            description,
            isTime: false,
            (row, scope) => of(row) is { } item ? StateBlock.ValueOf(stateOf(item, scope), field) : 0)
        {
            // With a prefix it is of another object than the row.
            Field = prefix.Length == 0 ? field : null,
        });

    /// <summary>A switch: 0 or 1.</summary>
    public ColumnSet<T> Flag(string name, string description, Func<T, QueryScope, bool> value) =>
        Int(name, $"{description} (0/1)", (item, scope) => value(item, scope) ? 1 : 0);

    /// <summary>A time as UTC ticks, shown in seconds since 1970; 0 for never.</summary>
    public ColumnSet<T> Time(string name, string description, Func<T, QueryScope, long> ticks) =>
        Add((prefix, of) => new NumberColumn(
            prefix + name, description, isTime: true, (row, scope) => of(row) is { } item ? Seconds(ticks(item, scope)) : 0));

    /// <summary>A time as UTC ticks, shown in seconds since 1970 with microseconds; 0 for never.</summary>
    public ColumnSet<T> PreciseTime(string name, string description, Func<T, QueryScope, long> ticks) =>
        Add((prefix, of) => new PreciseTimeColumn(
            prefix + name, description, (row, scope) => of(row) is { } item ? ticks(item, scope) : 0));

    /// <summary>A number with a fraction.</summary>
    public ColumnSet<T> Float(string name, string description, Func<T, QueryScope, double> value) =>
        Add((prefix, of) => new FractionColumn(
            prefix + name, description, (row, scope) => of(row) is { } item ? value(item, scope) : 0));

    /// <summary>A text of the configuration.</summary>
    public ColumnSet<T> Text(string name, string description, Func<T, QueryScope, string?> value) =>
        Add((prefix, of) =>
        {
            string TextOf(Row row, QueryScope scope) => of(row) is { } item ? value(item, scope) ?? "" : "";
            return new TextColumn(
                prefix + name, description, (in Row row, QueryScope scope) => scope.Bytes(TextOf(row, scope)))
            {
                Text = TextOf,
            };
        });

    /// <summary>A text as bytes.</summary>
    public ColumnSet<T> Bytes(string name, string description, BytesOf value) =>
        Add((prefix, of) => new TextColumn(
            prefix + name, description, (in Row row, QueryScope scope) => of(row) is { } item ? value(item, scope) : []));

    /// <summary>A list.</summary>
    public ColumnSet<T> List(string name, string description, Func<T, QueryScope, IEnumerable<ListItem>> items) =>
        Add((prefix, of) => new ListColumn(
            prefix + name, description, (row, scope) => of(row) is { } item ? items(item, scope) : []));

    /// <summary>A list of names.</summary>
    public ColumnSet<T> Names(string name, string description, Func<T, QueryScope, IEnumerable<string>> names) =>
        List(name, description, (item, scope) => names(item, scope).Select(ListItem.Of));

    /// <summary>What operators changed, as a number and as a list.</summary>
    public ColumnSet<T> Attributes(Func<T, QueryScope, long> bits)
    {
        Func<Row, QueryScope, long> Of(Func<Row, T?> of) => (row, scope) => of(row) is { } item ? bits(item, scope) : 0;
        Add((prefix, of) => new AttributesColumn(
            $"{prefix}modified_attributes", "What operators changed while the program runs, one bit each", isList: false, Of(of)));
        return Add((prefix, of) => new AttributesColumn(
            $"{prefix}modified_attributes_list", "What operators changed while the program runs, by name", isList: true, Of(of)));
    }

    /// <summary>Custom variables: their names, their values, both, and the one that has a column of its own.</summary>
    public ColumnSet<T> CustomVariables(Func<T, QueryScope, ImmutableArray<KeyValuePair<string, string>>> all)
    {
        ImmutableArray<KeyValuePair<string, string>> Variables(T item, QueryScope scope) => scope.Shown(all(item, scope));

        Names("custom_variable_names", "The names of the custom variables", (item, scope) =>
            Variables(item, scope) is { IsDefaultOrEmpty: false } some ? some.Select(pair => pair.Key) : []);
        Names("custom_variable_values", "The values of the custom variables", (item, scope) =>
            Variables(item, scope) is { IsDefaultOrEmpty: false } some ? some.Select(pair => pair.Value) : []);
        return Add((prefix, of) => new DictionaryColumn(
            $"{prefix}custom_variables", "The custom variables", (row, scope) => of(row) is { } item ? Variables(item, scope) : []));
    }

    /// <summary>The columns, as a table has them.</summary>
    /// <param name="prefix">Before each name.</param>
    /// <param name="of">The object of a row; null when the row has none.</param>
    public IEnumerable<Column> Bind(string prefix, Func<Row, T?> of) => _columns.Select(column => column(prefix, of));

    private static long Seconds(long ticks) =>
        ticks == 0 ? 0 : (ticks / TimeSpan.TicksPerSecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond);

    private ColumnSet<T> Add(Func<string, Func<Row, T?>, Column> column)
    {
        _columns.Add(column);
        return this;
    }
}
