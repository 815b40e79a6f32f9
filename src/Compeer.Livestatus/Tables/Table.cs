using System.Collections.Frozen;
using System.Collections.Immutable;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>A table: its columns and where its rows come from.</summary>
internal sealed class Table
{
    private readonly FrozenDictionary<string, Column> _byName;

    /// <summary>Puts it together.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Its columns; of two with one name the first counts.</param>
    /// <param name="naturalOrder">The columns by which rows are in order that are otherwise alike.</param>
    public Table(string name, IEnumerable<Column> columns, params ReadOnlySpan<string> naturalOrder)
    {
        Name = name;
        Columns = [.. columns.DistinctBy(column => column.Name).OrderBy(column => column.Name, StringComparer.Ordinal)];
        _byName = Columns.ToFrozenDictionary(column => column.Name, StringComparer.Ordinal);
        var order = ImmutableArray.CreateBuilder<Column>(naturalOrder.Length);
        foreach (var key in naturalOrder)
        {
            order.Add(_byName[key]);
        }

        NaturalOrder = order.ToImmutable();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its columns, in the order of their names.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>The columns by which rows are in order that are otherwise alike.</summary>
    public ImmutableArray<Column> NaturalOrder { get; }

    /// <summary>All its rows, or by a filter fewer: those left out the filter does not accept.</summary>
    public required Func<QueryScope, Filter, IEnumerable<Row>> Rows { get; init; }

    /// <summary>Its rows in batches, when they are all hosts or all services; null when its rows are anything else, or when a filter
    /// that names one object or group makes them so few that <see cref="Rows"/> is faster.</summary>
    public Func<QueryScope, Filter, RowBatch?> Batches { get; init; } = static (_, _) => null;

    /// <summary>Whether somebody may see a row.</summary>
    public Func<Row, Authorization, bool> IsVisible { get; init; } = static (_, _) => true;

    /// <summary>Finds the row that a <c>WaitObject</c> names; null for a table whose rows cannot be waited for.</summary>
    public Func<QueryScope, string, Row?>? Find { get; init; }

    /// <summary>What its columns may begin with: <c>service_state</c> is <c>state</c> in <c>services</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What may be left out before the name of a column: <c>host_alias</c> is <c>current_host_alias</c> in <c>log</c>.</summary>
    public string OtherPrefix { get; init; } = "";

    /// <summary>Whether its rows are read from the files of the log.</summary>
    public bool ReadsLog { get; init; }

    /// <summary>Why a query with this filter has no answer; null when it has one.</summary>
    public Func<QueryScope, Filter, string?> WhyNot { get; init; } = static (_, _) => null;

    /// <summary>The column of this name; one without a value when the table has none.</summary>
    public Column Column(string name)
    {
        if (_byName.TryGetValue(name, out var column))
        {
            return column;
        }

        if (OtherPrefix.Length > 0 && _byName.TryGetValue(OtherPrefix + name, out column))
        {
            return column;
        }

        return Prefix.Length > 0 && name.StartsWith(Prefix, StringComparison.Ordinal)
            ? Column(name[Prefix.Length..])
            : new MissingColumn(name);
    }
}
