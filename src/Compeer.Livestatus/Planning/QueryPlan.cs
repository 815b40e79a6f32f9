using System.Collections.Immutable;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Stats;
using Compeer.Livestatus.Tables;

namespace Compeer.Livestatus.Planning;

/// <summary>What a query asks for, its names resolved.</summary>
internal sealed record QueryPlan
{
    /// <summary>Of which table.</summary>
    public required Table Table { get; init; }

    /// <summary>Which rows.</summary>
    public required Filter Filter { get; init; }

    /// <summary>Which columns; of statistics those that rows are grouped by.</summary>
    public required ImmutableArray<Column> Columns { get; init; }

    /// <summary>Which statistics; none for rows.</summary>
    public ImmutableArray<StatsColumn> Stats { get; init; } = [];

    /// <summary>In which order; none for the table's.</summary>
    public ImmutableArray<SortColumn> Order { get; init; } = [];

    /// <summary>Whether a row of names comes first.</summary>
    public required bool HasHeaders { get; init; }

    /// <summary>How many rows at most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>How many rows are left out first.</summary>
    public int Offset { get; init; }

    /// <summary>How long the query may take; null for as long as any.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Who asks; null may see everything.</summary>
    public string? User { get; init; }

    /// <summary>Seconds to add to times that are shown.</summary>
    public long TimeOffset { get; init; }

    /// <summary>How the answer is written.</summary>
    public OutputFormat Format { get; init; }

    /// <summary>What stands between the parts of a CSV answer.</summary>
    public Separators Separators { get; init; } = Separators.Default;

    /// <summary>What is waited for; null for nothing.</summary>
    public WaitPlan? Wait { get; init; }
}
