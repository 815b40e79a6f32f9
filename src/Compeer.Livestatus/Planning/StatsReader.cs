using System.Collections.Immutable;
using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Stats;
using Compeer.Livestatus.Syntax;
using Compeer.Livestatus.Tables;

namespace Compeer.Livestatus.Planning;

/// <summary>Reads the headers about statistics.</summary>
internal sealed class StatsReader
{
    private const int MostStats = 10_000;

    private readonly List<StatsColumn> _stats = [];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _stats.Count == 0;

    /// <summary>Those that were read.</summary>
    public ImmutableArray<StatsColumn> ToColumns() => [.. _stats];

    /// <summary>Reads <c>Stats</c>; what is wrong, or null.</summary>
    public string? Take(string text, Table table)
    {
        (var word, var rest) = HeaderLine.Next(text);
        if (_stats.Count >= MostStats)
        {
            return $"Stats: at most {MostStats} are possible";
        }

        if (FunctionOf(word) is not { } function)
        {
            var filter = FilterReader.Read("Stats", text, table, out var error);
            if (filter is not null)
            {
                _stats.Add(StatsColumn.Of(filter));
            }

            return error;
        }

        (var name, _) = HeaderLine.Next(rest);
        if (name.Length == 0)
        {
            return $"Stats: {word} needs a column";
        }

        var column = table.Column(name);
        if (!StatsColumn.Takes(column))
        {
            return $"Stats: {word} of column '{name}' is not possible, only of numbers, times and performance data";
        }

        _stats.Add(new StatsColumn(function, column, null));
        return null;
    }

    /// <summary>Reads <c>StatsAnd</c> or <c>StatsOr</c>; what is wrong, or null.</summary>
    public string? Combine(string header, string text)
    {
        if (QueryReader.WholeNumber(text) is not { } count)
        {
            return $"{header}: needs a number from 0, how many of the Stats headers before it are meant";
        }

        if (count > _stats.Count)
        {
            return $"{header}: cannot combine {count} Stats headers, there are only {_stats.Count}";
        }

        var last = _stats[(_stats.Count - count)..];
        if (last.Any(stats => stats.Filter is null))
        {
            return $"{header}: only Stats headers that count by a filter can be combined";
        }

        _stats.RemoveRange(_stats.Count - count, count);
        ImmutableArray<Filter> filters = [.. last.Select(stats => stats.Filter!)];
        _stats.Add(StatsColumn.Of(header == "StatsOr" ? new AnyOf(filters) : new AllOf(filters)));
        return null;
    }

    /// <summary>Reads <c>StatsNegate</c>; what is wrong, or null.</summary>
    public string? Negate(string text)
    {
        if (text.Length > 0)
        {
            return "StatsNegate: takes no value";
        }

        if (_stats.Count == 0 || _stats[^1].Filter is not { } filter)
        {
            return "StatsNegate: there is no Stats header before it that counts by a filter";
        }

        _stats[^1] = StatsColumn.Of(new NoneOf(filter));
        return null;
    }

    private static StatsFunction? FunctionOf(string word) => word switch
    {
        "sum" => StatsFunction.Sum,
        "min" => StatsFunction.Min,
        "max" => StatsFunction.Max,
        "avg" => StatsFunction.Avg,
        "std" => StatsFunction.Std,
        "suminv" => StatsFunction.SumInv,
        "avginv" => StatsFunction.AvgInv,
        _ => null,
    };
}
