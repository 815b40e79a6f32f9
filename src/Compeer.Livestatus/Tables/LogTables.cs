using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Log;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The tables that are read from the log: its lines, and the history of states that follows from them.</summary>
internal static class LogTables
{
    /// <summary>Columns of objects as they are now, which may be asked for without it.</summary>
    private const string Present = "current_";

    /// <summary>Lines between two looks at the clock: few rows may come of many lines.</summary>
    private const int LinesPerLook = 256;

    private static readonly Table Lines = new(
        "log",
        [
            .. LogColumns.All.Bind("", row => row.Item as LogRow),
            .. HostColumns.All.Bind("current_host_", row => (row.Item as LogRow)?.Host),
            .. ServiceColumns.All.Bind("current_service_", row => (row.Item as LogRow)?.Service),
            .. ContactColumns.All.Bind("current_contact_", row => (row.Item as LogRow)?.Contact),
            .. ContactColumns.OfCommands.Bind("current_command_", row => (row.Item as LogRow)?.Command),
        ],
        "time")
    {
        OtherPrefix = Present,
        ReadsLog = true,
        Rows = RowsOfLines,
        IsVisible = (row, user) => ((LogRow)row.Item!).IsVisibleTo(user),
    };

    private static readonly Table History = new(
        "statehist",
        [
            .. StateSpanColumns.All.Bind("", row => row.Item as StateSpan),
            .. HostColumns.All.Bind("current_host_", row => row.Host),
            .. ServiceColumns.All.Bind("current_service_", row => row.Service),
        ],
        "host_name",
        "service_description")
    {
        OtherPrefix = Present,
        ReadsLog = true,
        Rows = RowsOfHistory,
        WhyNot = (scope, filter) => TimesOf(scope, filter) switch
        {
            { Least: <= 0 } => "statehist needs a filter that says where it begins, such as Filter: time >= 1234567890",
            var times when times.Least == times.Most => "the time that the filters of statehist leave is 0 seconds",
            _ => null,
        },
        IsVisible = (row, user) => row.Service is { } service ? user.Sees(service) : user.Sees(row.Host!),
    };

    /// <summary>Both.</summary>
    public static IEnumerable<Table> All => [Lines, History];

    private static IEnumerable<Row> RowsOfLines(QueryScope scope, Filter filter)
    {
        var times = TimesOf(scope, filter);
        return InTime(scope, scope.Log.NewestFirst(scope.Snapshot.Configuration.Main, times.Least, times.Most))
            .Where(line => line.Time >= times.Least && line.Time <= times.Most)
            .Select(line => Row.Of(new LogRow(line, scope)));
    }

    private static IEnumerable<Row> RowsOfHistory(QueryScope scope, Filter filter)
    {
        var times = TimesOf(scope, filter);
        if (times.Least > times.Most)
        {
            return [];
        }

        var history = new StateHistory(scope, times, filter.PinOf("host_name"), filter.PinOf("service_description"));
        return history.Spans(InTime(scope, scope.Log.FromFileOf(scope.Snapshot.Configuration.Main, times.Least, times.Most)))
            .Select(span => new Row(span.Host, span.Service, span));
    }

    /// <summary>Lines, until the query has to end.</summary>
    private static IEnumerable<LogLine> InTime(QueryScope scope, IEnumerable<LogLine> lines)
    {
        var looked = 0L;
        foreach (var line in lines)
        {
            if (looked++ % LinesPerLook == 0 && scope.IsTimeToEnd())
            {
                yield break;
            }

            yield return line;
        }
    }

    /// <summary>From the beginning of time to now, or what the filters leave of it.</summary>
    private static NumberRange TimesOf(QueryScope scope, Filter filter) =>
        filter.RangeOf("time", scope).And(new NumberRange(0, scope.Snapshot.TakenAt.Wall.ToUnixTimeSeconds()));
}
