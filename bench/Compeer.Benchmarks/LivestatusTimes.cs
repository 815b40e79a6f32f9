using System.Diagnostics;
using System.Globalization;
using System.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
using Compeer.Engine.TimePeriods;
using Compeer.Livestatus;
using Compeer.Livestatus.Scope;
using Compeer.Livestatus.Syntax;

namespace Compeer.Benchmarks;

/// <summary>
/// How long livestatus takes for the questions that clients ask most, from the bytes of the request to those of the answer, beside a plain
/// loop that writes three columns. Between two questions some results come in, as in a daemon.
/// </summary>
internal static class LivestatusTimes
{
    private const int Rounds = 21;
    private const int ResultsBetween = 50;

    private static readonly (string Name, string Request)[] Queries =
    [
        ("three columns, csv", "GET services\nColumns: host_name description state\n"),
        ("three columns, json", "GET services\nColumns: host_name description state\nOutputFormat: json\n"),
        ("state != 0, csv", "GET services\nColumns: host_name description state\nFilter: state != 0\n"),
        ("four Stats", "GET services\nStats: state = 0\nStats: state = 1\nStats: state = 2\nStats: state = 3\n"),
        ("one host, all columns", "GET hosts\nFilter: name = host7\n"),
        ("all columns of all services", "GET services\n"),
    ];

    /// <param name="hosts">Hosts of ten services each.</param>
    /// <param name="eachColumn">Whether to tell what each column of a service costs alone, the dearest first.</param>
    public static void Print(int hosts, bool eachColumn)
    {
        (var main, var objects) = GeneratedConfiguration.Compile(hosts);
        var engine = new MonitoringEngine(new EngineConfiguration(main, objects, ZoneRules.Utc));
        var now = new EngineTime(TimeSpan.FromDays(1), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var random = new Random(1);
        var transition = new Transition();
        engine.Gain(now, [.. Enumerable.Range(0, engine.Count).Select(i => new CheckableId(i))], TimeSpan.Zero, transition);
        for (var count = 0; count < objects.Services.Length; count++)
        {
            Result(engine, now, count / GeneratedConfiguration.ServicesPerHost, count, random.Next(20) == 0 ? 2 : 0, transition);
        }

        void SomeResults()
        {
            for (var count = 0; count < ResultsBetween; count++)
            {
                var service = random.Next(objects.Services.Length);
                var state = random.Next(20) == 0 ? 2 : 0;
                Result(engine, now, service / GeneratedConfiguration.ServicesPerHost, service, state, transition);
            }
        }

        var responder = new LivestatusResponder(new LivestatusLimits { MaxResponseBytes = 1L << 31 });
        if (eachColumn)
        {
            PrintColumns(responder, engine.Snapshot(now));
            return;
        }

        var loop = Median(() => PlainLoop(engine.Snapshot(now)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plain loop over three columns: {loop.Time:0.000} ms"));
        foreach ((var name, var request) in Queries)
        {
            (var time, var bytes) = Median(SomeResults, () => Ask(responder, engine.Snapshot(now), request));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {time:0.000} ms, {bytes:N0} bytes, {time / loop.Time:0.000} of the plain loop"));
        }
    }

    private static void PrintColumns(LivestatusResponder responder, EngineSnapshot snapshot)
    {
        using var names = Answer(responder, snapshot, "GET columns\nColumns: name\nFilter: table = services\n");
        var text = string.Concat(names.Pieces.Select(piece => Encoding.ASCII.GetString(piece.Span)));
        foreach ((var name, var time) in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => !name.StartsWith("host_", StringComparison.Ordinal))
            .Select(name => (name, Median(() => Ask(responder, snapshot, $"GET services\nColumns: {name}\n")).Time))
            .OrderByDescending(pair => pair.Time))
        {
            var each = time * 1_000_000 / snapshot.Objects.Services.Length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {each:0} ns a service"));
        }
    }

    private static void Result(MonitoringEngine engine, EngineTime now, int host, int service, int state, Transition transition)
    {
        var line = $"[1] PROCESS_SERVICE_CHECK_RESULT;host{host};svc{service % GeneratedConfiguration.ServicesPerHost};{state};"
            + "OK: all is well here|time=0.012s;1;2";
        _ = engine.Command(now, Encoding.ASCII.GetBytes(line), transition);
        transition.Clear();
    }

    private static long Ask(LivestatusResponder responder, EngineSnapshot snapshot, string request)
    {
        using var response = Answer(responder, snapshot, request);
        return response.Code == ResponseCode.Ok ? response.Length : throw new InvalidOperationException($"{response.Code}");
    }

    private static LivestatusResponse Answer(LivestatusResponder responder, EngineSnapshot snapshot, string request)
    {
        var cutter = new RequestCutter();
        cutter.Add(Encoding.ASCII.GetBytes(request + "\n"));
        cutter.TryTake(out var lines);
        var facts = new ProgramFacts(1, DateTimeOffset.UnixEpoch, "1", default, default);
        return responder.Answer(
            LivestatusRequest.Read(lines!, DateTimeOffset.UnixEpoch),
            new LivestatusMoment(snapshot, facts),
            () => TimeSpan.Zero,
            CancellationToken.None);
    }

    /// <summary>What a program without queries, filters and formats would do.</summary>
    private static long PlainLoop(EngineSnapshot snapshot)
    {
        var buffer = new byte[snapshot.Objects.Services.Length * 64];
        var used = 0;
        foreach (var service in snapshot.Objects.Services)
        {
            used += Encoding.UTF8.GetBytes(service.Host.Name, buffer.AsSpan(used));
            buffer[used++] = (byte)';';
            used += Encoding.UTF8.GetBytes(service.Description, buffer.AsSpan(used));
            buffer[used++] = (byte)';';
            buffer[used++] = (byte)('0' + snapshot[CheckableId.Of(service.Id, snapshot.Objects)].State);
            buffer[used++] = (byte)'\n';
        }

        return used;
    }

    private static (double Time, long Bytes) Median(Func<long> run) => Median(() => { }, run);

    private static (double Time, long Bytes) Median(Action before, Func<long> run)
    {
        var times = new List<double>();
        var bytes = 0L;
        for (var round = -3; round < Rounds; round++)
        {
            before();
            var began = Stopwatch.GetTimestamp();
            bytes = run();
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        times.Sort();
        return (times[Rounds / 2], bytes);
    }
}
