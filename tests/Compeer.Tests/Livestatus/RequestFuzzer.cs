using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Compeer.Livestatus.Syntax;
using Compeer.Livestatus.Tables;

namespace Compeer.Tests.Livestatus;

/// <summary>
/// Asks what no client would: requests of the corpus with lines lost, doubled, moved, damaged, and headers that make no sense together. An
/// answer must come, soon, of a bounded size, at a bounded cost, and be one of the protocol's.
/// </summary>
/// <param name="corpus">Requests to begin with.</param>
/// <param name="target">Answers a request; a fault of its own is what is looked for.</param>
internal sealed class RequestFuzzer(IReadOnlyList<string> corpus, Func<byte[], byte[]> target)
{
    /// <summary>The longest answer that the target may give, its header included.</summary>
    public const int LargestAnswer = 4 * 1024 * 1024;

    private const long MostAllocated = 512L * 1024 * 1024;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly string[] Headers =
    [
        "Columns", "Filter", "And", "Or", "Negate", "Stats", "StatsAnd", "StatsOr", "StatsNegate", "StatsGroupBy", "Sort", "Limit",
        "Offset", "Timelimit", "AuthUser", "ColumnHeaders", "OutputFormat", "Separators", "ResponseHeader", "KeepAlive", "Localtime",
        "WaitObject", "WaitCondition", "WaitConditionAnd", "WaitConditionNegate", "WaitTrigger", "WaitTimeout", "Nonsense", "",
    ];

    private static readonly string[] Values =
    [
        "", "0", "1", "2", "-1", "2147483647", "2147483648", "99999999999999999999", "1e308", "nan", "on", "off", "json", "wrapped_json",
        "python", "csv", "fixed16", "10 59 44 124", "0 0 0 0", "anna", "nobody", "name", "state desc", "custom_variables RACK asc",
        "state = 1", "state ~ 1", "name ~ (a+)+$", "name ~~ [[:alpha:]]{1,900}", "name ~ ((((.*)*)*)*)*x", "name ~ [", "groups >= all",
        "groups ~ .*", "custom_variables = RACK 7", "modified_attributes_list ~ notifications_enabled", "perf_data", "sum state",
        "avg latency", "std perf_data", "avginv staleness", "min nothing", "h s", "db1", "check", "4000000000",
    ];

    private static readonly string[] WaitObjects =
        ["db1", "web1", "web1;HTTP", "web1 HTTP", "db1;Disk /", "db1;Load", "all", "anna", "", ";", " ", "web1;", "nobody;x", "1"];

    /// <summary>Requests that wait, as they should be.</summary>
    private static readonly string[] Waiting =
    [
        "GET hosts\nColumns: name state\nWaitObject: db1\nWaitCondition: state = 1\nWaitTrigger: check\nWaitTimeout: 5000",
        "GET services\nWaitObject: web1;HTTP\nWaitCondition: state = 2\nWaitCondition: state > 0\nWaitConditionAnd: 2\nWaitTrigger: all",
        "GET services\nColumns: state\nWaitObject: web1 HTTP\nWaitCondition: plugin_output ~ bad\nWaitConditionNegate:\nWaitTimeout: 1",
        "GET hosts\nColumns: name\nWaitTrigger: state",
        "GET hosts\nStats: state = 1\nWaitObject: db1\nWaitTrigger: check",
        "GET hostgroups\nWaitObject: all\nWaitCondition: num_services_crit > 0\nWaitTrigger: check",
        "GET log\nWaitTrigger: log\nWaitTimeout: 100",
    ];

    private static readonly string[] Columns =
        [.. TableCatalog.All.SelectMany(table => table.Columns).Select(column => column.Name).Distinct()];

    private static readonly string[] Operators = ["=", "!=", "~", "!~", "~~", "!~~", "=~", "!=~", "<", ">", "<=", ">=", "!<", "?"];

    /// <summary>Asks one request of a seed.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">The target did not answer as it must; the message has the request.</exception>
    public void Run(int seed)
    {
        var request = RequestOf(new Random(seed));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        byte[] answer = [];
        var fault = Record.Exception(() => answer = target(request));
        var shown = $"seed {seed}: {Encoding.Latin1.GetString(request)}";
        Assert.True(fault is null, $"{shown}\n{fault}");
        Assert.True(Stopwatch.GetElapsedTime(began) < Soon, $"{shown}\ntook {Stopwatch.GetElapsedTime(began)}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < MostAllocated, $"{shown}\ntook too much memory");
        Assert.True(answer.Length <= LargestAnswer, $"{shown}\nanswer of {answer.Length} bytes");
        if (WrongWith(answer, request) is { } wrong)
        {
            Assert.Fail($"{shown}\n{wrong}\n{Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(400, answer.Length)))}");
        }
    }

    /// <summary>What of an answer is not as the protocol says; null for nothing.</summary>
    private static string? WrongWith(byte[] answer, byte[] request)
    {
        if (answer.AsSpan().IndexOf("   at Compeer"u8) >= 0)
        {
            return "it has a stack trace";
        }

        // The last line that every request gets asks for the header; where it was read, the answer has one.
        if (!Encoding.Latin1.GetString(request).Contains("\nResponseHeader: fixed16\n", StringComparison.Ordinal)
            || answer.Length < 16 || answer[15] != (byte)'\n' || answer[3] != (byte)' ')
        {
            return null;
        }

        var header = Encoding.ASCII.GetString(answer.AsSpan(0, 15));
        if (!int.TryParse(header[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || !Enum.IsDefined((ResponseCode)code) || (ResponseCode)code == ResponseCode.Failed)
        {
            return $"its code is {header[..3]}";
        }

        if (!int.TryParse(header[4..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var length)
            || length != answer.Length - 16)
        {
            return $"its length is said to be {header[4..]} and is {answer.Length - 16}";
        }

        return code == 200 && IsAskedForJson(request) ? JsonProblem(answer.AsMemory(16)) : null;
    }

    private static bool IsAskedForJson(byte[] request) =>
        Encoding.Latin1.GetString(request).Split('\n').LastOrDefault(line =>
            line.StartsWith("OutputFormat:", StringComparison.Ordinal)) is { } format
        && format[13..].Trim(' ', '\t', '\r', '\v', '\f') is "json" or "wrapped_json";

    private static string? JsonProblem(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body);
            return null;
        }
        catch (JsonException fault)
        {
            return fault.Message;
        }
    }

    private byte[] RequestOf(Random random)
    {
        var waits = random.Next(4) == 0;
        var lines = waits
            ? Waiting[random.Next(Waiting.Length)].Split('\n').ToList()
            : corpus[random.Next(corpus.Count)].Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        for (var changes = waits ? random.Next(3) : random.Next(1, 7); changes > 0; changes--)
        {
            Change(lines, random);
        }

        lines.Add(random.Next(3) == 0 ? "OutputFormat: json" : random.Next(2) == 0 ? "OutputFormat: wrapped_json" : "KeepAlive: on");
        lines.Add("ResponseHeader: fixed16");
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        for (var damage = random.Next(4) == 0 ? random.Next(1, 5) : 0; damage > 0; damage--)
        {
            bytes[random.Next(bytes.Length - 60 > 0 ? bytes.Length - 60 : 1)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static void Change(List<string> lines, Random random)
    {
        var place = lines.Count == 0 ? 0 : random.Next(lines.Count);
        switch (random.Next(9))
        {
            case 7:
                Wait(lines, random);
                break;
            case 0 when lines.Count > 1:
                lines.RemoveAt(place);
                break;
            case 1 when lines.Count > 0:
                lines.Insert(random.Next(lines.Count + 1), lines[place]);
                break;
            case 2 when lines.Count > 1:
                (lines[0], lines[place]) = (lines[place], lines[0]);
                break;
            case 3:
                lines.Add($"Filter: {Any(Columns)} {Any(Operators)} {Any(Values)}");
                break;
            case 4:
                lines.Add($"Stats: {Any(["sum", "avg", "min", "max", "std", "suminv", "avginv"])} {Any(Columns)}");
                break;
            case 5:
                lines.Add($"Columns: {Any(Columns)} {Any(Columns)} {Any(Values)}");
                break;
            case 6 when lines.Count > 0:
                lines[place] = $"{lines[place]}{new string((char)random.Next(1, 0x250), random.Next(1, 300))}";
                break;
            default:
                lines.Insert(lines.Count == 0 ? 0 : random.Next(1, lines.Count + 1), $"{Any(Headers)}: {Any(Values)}");
                break;
        }

        string Any(string[] of) => of[random.Next(of.Length)];
    }

    /// <summary>Lets a request wait: mostly for something that there is.</summary>
    private static void Wait(List<string> lines, Random random)
    {
        if (lines.Count > 0 && random.Next(2) == 0)
        {
            lines[0] = $"GET {Any(["hosts", "services", "hostgroups", "contacts", "comments", "log"])}";
        }

        if (random.Next(4) > 0)
        {
            lines.Add($"WaitObject: {Any(WaitObjects)}");
        }

        for (var conditions = random.Next(4); conditions > 0; conditions--)
        {
            lines.Add(random.Next(3) == 0
                ? $"WaitCondition{Any(["And", "Or", "Negate"])}: {random.Next(3)}"
                : $"WaitCondition: {Any(Columns)} {Any(Operators)} {Any(Values)}");
        }

        lines.Add($"WaitTrigger: {Any(["check", "state", "log", "downtime", "comment", "command", "program", "all", "", "x"])}");
        if (random.Next(2) == 0)
        {
            lines.Add($"WaitTimeout: {Any(Values)}");
        }

        string Any(string[] of) => of[random.Next(of.Length)];
    }
}
