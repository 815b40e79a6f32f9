using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Stats;

/// <summary>One <c>Stats</c> of a request: rows counted by a filter, or a function of a column.</summary>
/// <param name="Function">Which.</param>
/// <param name="Column">Of which column; null when rows are counted.</param>
/// <param name="Filter">By which filter; null when they are not.</param>
internal sealed record StatsColumn(StatsFunction Function, Column? Column, Filter? Filter)
{
    /// <summary>Rows that a filter accepts.</summary>
    public static StatsColumn Of(Filter filter) => new(StatsFunction.Count, null, filter);

    /// <summary>Whether a function can be made of a column.</summary>
    public static bool Takes(Column column) => column is NumberColumn or FractionColumn or MissingColumn
        || (column is TextColumn && column.Name.EndsWith("perf_data", StringComparison.Ordinal));

    /// <summary>Begins anew.</summary>
    public Aggregator Begin() => Column switch
    {
        null => new CountAggregator(Filter!),
        NumberColumn number => new NumberAggregator(
            Function, isWhole: true, (in Row row, QueryScope scope) => number.ValueOf(row, scope)),
        FractionColumn fraction => new NumberAggregator(
            Function, isWhole: false, (in Row row, QueryScope scope) => fraction.ValueOf(row, scope)),
        TextColumn text => new PerformanceAggregator(Function, text),
        _ => new MissingAggregator(),
    };
}
