using Compeer.Configuration.Text;
using Compeer.Livestatus.Planning;
using Compeer.Livestatus.Syntax;
using Compeer.Livestatus.Tables;

namespace Compeer.Livestatus;

/// <summary>A request that a client made.</summary>
public sealed class LivestatusRequest
{
    private LivestatusRequest()
    {
    }

    /// <summary>The external command that it gives, <c>[time] NAME;argument</c>; null when it is a query.</summary>
    public ReadOnlyMemory<byte>? Command { get; private init; }

    /// <summary>Whether another request may follow on the connection.</summary>
    public bool KeepsAlive { get; private init; }

    /// <summary>Whether the answer is to begin with its code and length.</summary>
    public bool HasResponseHeader { get; private init; }

    /// <summary>What is wrong with it; null for nothing.</summary>
    public RequestError? Error { get; private init; }

    /// <summary>Whether it waits for something.</summary>
    public bool Waits => Plan?.Wait is not null;

    /// <summary>Whether it asks for a new log file.</summary>
    public bool RotatesLog { get; private init; }

    /// <summary>Whether it reads the files of the log, which may take long.</summary>
    public bool ReadsLog => Plan?.Table.ReadsLog ?? false;

    /// <summary>For how long it waits at most; null without end.</summary>
    public TimeSpan? WaitTimeout => Plan?.Wait is { Timeout: var timeout } && timeout > TimeSpan.Zero ? timeout : null;

    internal QueryPlan? Plan { get; private init; }

    /// <summary>Reads a request.</summary>
    /// <param name="lines">Its lines, without their ends.</param>
    /// <param name="now">The time, for the difference to the client's clock.</param>
    public static LivestatusRequest Read(IReadOnlyList<ReadOnlyMemory<byte>> lines, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var texts = lines.Select(line => ConfigurationText.Decode(line.Span).TrimEnd()).Where(line => line.Length > 0).ToList();
        var first = texts.Count > 0 ? texts[0] : "";
        (var method, var rest) = HeaderLine.Next(first);
        return method switch
        {
            "GET" => ReadQuery(rest, texts, now),
            "COMMAND" when rest.Length > 0 => new LivestatusRequest { Command = ConfigurationText.Encode(rest), KeepsAlive = true },
            "LOGROTATE" => new LivestatusRequest { RotatesLog = true },
            "COMMAND" => Wrong("COMMAND needs a command: COMMAND [time] NAME;argument;argument"),
            _ => Wrong($"invalid request method '{method}'; allowed are GET, COMMAND and LOGROTATE"),
        };
    }

    /// <summary>A request that never came whole.</summary>
    public static LivestatusRequest Of(RequestError error) => new() { Error = error };

    private static LivestatusRequest Wrong(string message) => Of(new RequestError(ResponseCode.InvalidRequest, message));

    private static LivestatusRequest ReadQuery(string name, List<string> texts, DateTimeOffset now)
    {
        var table = TableCatalog.Find(name);
        var reader = new QueryReader(table, now);
        foreach (var text in texts.Skip(1))
        {
            reader.Read(HeaderLine.Of(text));
        }

        var plan = reader.ToPlan();
        var error = name.Length == 0
            ? new RequestError(ResponseCode.InvalidRequest, $"GET needs a table; there are {Names()}")
            : table is null
                ? new RequestError(ResponseCode.NotFound, $"there is no table '{name}'; there are {Names()}")
                : reader.Error;
        return new LivestatusRequest
        {
            Plan = plan,
            Error = error,
            KeepsAlive = reader.KeepsAlive,
            HasResponseHeader = reader.HasResponseHeader,
        };
    }

    private static string Names() =>
        string.Join(", ", TableCatalog.All.Select(table => table.Name).Order(StringComparer.Ordinal));
}
