using System.Collections.Immutable;
using System.Globalization;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Syntax;
using Compeer.Livestatus.Tables;

namespace Compeer.Livestatus.Planning;

/// <summary>
/// Reads the headers of a query, in the meaning that naemon-livestatus gives them. The first thing wrong is what the client is told;
/// the rest is read all the same, because it says in what form.
/// </summary>
internal sealed class QueryReader(Table? table, DateTimeOffset now)
{
    /// <summary>Most columns, filters and statistics that a query may have.</summary>
    private const int MostParts = 10_000;

    private static readonly string[] Formats = ["csv", "json", "python", "wrapped_json"];

    private readonly FilterStack _filters = new();
    private readonly WaitReader _wait = new();
    private readonly ImmutableArray<Column>.Builder _columns = ImmutableArray.CreateBuilder<Column>();
    private readonly ImmutableArray<SortColumn>.Builder _order = ImmutableArray.CreateBuilder<SortColumn>();
    private readonly StatsReader _stats = new();
    private int? _limit;
    private int _offset;
    private int? _timeLimit;
    private string? _user;
    private long _timeOffset;
    private OutputFormat _format;
    private Separators _separators = Separators.Default;
    private bool? _hasHeaders;

    /// <summary>What is wrong.</summary>
    public RequestError? Error { get; private set; }

    /// <summary>Whether a line with code and length comes before the answer.</summary>
    public bool HasResponseHeader { get; private set; }

    /// <summary>Whether another request may follow.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Reads one header.</summary>
    public void Read(HeaderLine line)
    {
        var error = Take(line);
        if (error is not null)
        {
            Error ??= new RequestError(ResponseCode.InvalidHeader, error);
        }
    }

    /// <summary>The plan, when nothing is wrong.</summary>
    public QueryPlan? ToPlan()
    {
        if (Error is not null || table is null)
        {
            return null;
        }

        // Without columns all are meant, and then their names are needed whatever ColumnHeaders says.
        var hasNoColumns = _columns.Count == 0 && _stats.IsEmpty;
        return new QueryPlan
        {
            Table = table,
            Filter = _filters.ToFilter(),
            Columns = hasNoColumns ? table.Columns : _columns.ToImmutable(),
            Stats = _stats.ToColumns(),
            Order = _order.ToImmutable(),
            HasHeaders = hasNoColumns || (_hasHeaders ?? false),
            Limit = _limit,
            Offset = _offset,
            TimeLimit = _timeLimit is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            User = _user,
            TimeOffset = _timeOffset,
            Format = _format,
            Separators = _separators,
            Wait = _wait.ToPlan(table),
        };
    }

    private string? Take(HeaderLine line) => line.Name switch
    {
        "Columns" or "StatsGroupBy" => TakeColumns(line.Value),
        "Filter" => TakeFilter(line.Name, line.Value, _filters),
        "And" or "Or" => Combine(line.Name, line.Value, _filters, "Filter"),
        "Negate" => Negate(line.Name, line.Value, _filters, "Filter"),
        "Stats" => table is null ? null : _stats.Take(line.Value, table),
        "StatsAnd" or "StatsOr" => _stats.Combine(line.Name, line.Value),
        "StatsNegate" => _stats.Negate(line.Value),
        "Sort" => TakeOrder(line.Value),
        "Limit" => Number(line, out _limit),
        "Offset" => TakeOffset(line),
        "Timelimit" => Number(line, out _timeLimit),
        "AuthUser" => TakeUser(line.Value),
        "ColumnHeaders" => Switch(line, out _hasHeaders),
        "OutputFormat" => TakeFormat(line.Value),
        "Separators" => TakeSeparators(line.Value),
        "ResponseHeader" => TakeResponseHeader(line.Value),
        "KeepAlive" => TakeKeepAlive(line),
        "Localtime" => TakeLocaltime(line.Value),
        "WaitCondition" => TakeFilter(line.Name, line.Value, _wait.Conditions),
        "WaitConditionAnd" or "WaitConditionOr" => Combine(line.Name, line.Value, _wait.Conditions, "WaitCondition"),
        "WaitConditionNegate" => Negate(line.Name, line.Value, _wait.Conditions, "WaitCondition"),
        "WaitObject" => _wait.TakeObject(line.Value, table),
        "WaitTrigger" => _wait.TakeTrigger(line.Value),
        "WaitTimeout" => TakeTimeout(line),
        _ => $"undefined request header '{line.Name}'",
    };

    private string? TakeColumns(string text)
    {
        if (table is null)
        {
            return null;
        }

        foreach (var name in HeaderLine.Words(text))
        {
            if (_columns.Count >= MostParts)
            {
                return $"Columns: at most {MostParts} are possible";
            }

            _columns.Add(table.Column(name));
        }

        return null;
    }

    private string? TakeFilter(string header, string text, FilterStack filters)
    {
        if (table is null)
        {
            return null;
        }

        if (filters.Count >= MostParts)
        {
            return $"{header}: at most {MostParts} are possible";
        }

        var filter = FilterReader.Read(header, text, table, out var error);
        if (filter is not null)
        {
            filters.Push(filter);
        }

        return error;
    }

    private static string? Combine(string header, string text, FilterStack filters, string what)
    {
        if (WholeNumber(text) is not { } count)
        {
            return $"{header}: needs a number from 0, how many of the {what} headers before it are meant";
        }

        if (count > filters.Count)
        {
            return $"{header}: cannot combine {count} {what} headers, there are only {filters.Count}";
        }

        filters.Combine(count, isOr: header.EndsWith("Or", StringComparison.Ordinal));
        return null;
    }

    private static string? Negate(string header, string text, FilterStack filters, string what)
    {
        if (text.Length > 0)
        {
            return $"{header}: takes no value";
        }

        if (filters.Count == 0)
        {
            return $"{header}: there is no {what} header before it";
        }

        filters.Negate();
        return null;
    }

    private string? TakeOrder(string text)
    {
        var words = HeaderLine.Words(text);
        if (words.Length == 0)
        {
            return "Sort: needs a column, and then asc or desc";
        }

        if (table is null)
        {
            return null;
        }

        var column = table.Column(words[0]);
        var directions = words.AsSpan(1);
        if (column is DictionaryColumn dictionary)
        {
            if (directions.IsEmpty)
            {
                return $"Sort: column '{column.Name}' is sorted by one of its names: Sort: {column.Name} NAME asc";
            }

            column = dictionary.By(directions[0]);
            directions = directions[1..];
        }

        var direction = directions.IsEmpty ? "asc" : directions[0];
        var isDescending = direction.Equals("desc", StringComparison.OrdinalIgnoreCase);
        if (!isDescending && !direction.Equals("asc", StringComparison.OrdinalIgnoreCase))
        {
            return $"Sort: '{direction}' is no direction; allowed are asc and desc";
        }

        if (_order.Count >= MostParts)
        {
            return $"Sort: at most {MostParts} are possible";
        }

        _order.Add(new SortColumn(column, isDescending));
        return null;
    }

    private string? TakeOffset(HeaderLine line)
    {
        var error = Number(line, out var offset);
        _offset = offset ?? 0;
        return error;
    }

    private string? TakeUser(string name)
    {
        _user = name;
        return name.Length > 0 ? null : "AuthUser: needs the name of a contact";
    }

    private string? TakeFormat(string text)
    {
        var format = Array.IndexOf(Formats, text);
        _format = format < 0 ? _format : (OutputFormat)format;
        return format < 0 ? $"OutputFormat: '{text}' is none; allowed are {string.Join(", ", Formats)}" : null;
    }

    private string? TakeSeparators(string text)
    {
        const string Allowed = "Separators: needs four numbers from 0 to 255: of the characters after rows, between fields, between the "
            + "elements of a list, and between host and service";
        var words = HeaderLine.Words(text);
        Span<byte> values = stackalloc byte[4];
        if (words.Length != values.Length)
        {
            return Allowed;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (!byte.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]))
            {
                return Allowed;
            }
        }

        _separators = new Separators(values[0], values[1], values[2], values[3]);
        return null;
    }

    private string? TakeResponseHeader(string text)
    {
        HasResponseHeader = text == "fixed16";
        return text is "fixed16" or "off" ? null : $"ResponseHeader: '{text}' is none; allowed are off and fixed16";
    }

    private string? TakeKeepAlive(HeaderLine line)
    {
        var error = Switch(line, out var keepsAlive);
        KeepsAlive = keepsAlive ?? false;
        return error;
    }

    /// <summary>The difference of the clocks is taken to be one of time zones, and rounded to half hours.</summary>
    private string? TakeLocaltime(string text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var theirs))
        {
            return "Localtime: needs the client's time, seconds since 1970";
        }

        const long HalfHour = 1800;
        const long Day = 48 * HalfHour;
        var difference = (decimal)theirs - now.ToUnixTimeSeconds();
        var offset = Math.Round(difference / HalfHour, MidpointRounding.AwayFromZero) * HalfHour;
        if (Math.Abs(offset) >= Day)
        {
            return "Localtime: the client's time differs by 24 hours or more";
        }

        _timeOffset = (long)offset;
        return null;
    }

    private string? TakeTimeout(HeaderLine line)
    {
        var error = Number(line, out var milliseconds);
        _wait.Timeout = TimeSpan.FromMilliseconds(milliseconds ?? 0);
        return error;
    }

    private static string? Number(HeaderLine line, out int? number)
    {
        number = WholeNumber(line.Value);
        return number is null ? $"{line.Name}: needs a number from 0 to {int.MaxValue}" : null;
    }

    private static string? Switch(HeaderLine line, out bool? isOn)
    {
        isOn = line.Value switch
        {
            "on" => true,
            "off" => false,
            _ => null,
        };
        return isOn is null ? $"{line.Name}: needs on or off" : null;
    }

    /// <summary>A number from 0.</summary>
    internal static int? WholeNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
