using System.Collections.Concurrent;
using System.Globalization;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Interfaces;
using Xunit.Abstractions;

namespace Compeer.EndToEnd.Cluster;

/// <summary>
/// Results come in at one peer for services of another, which is lost between a result and its answer. What was answered as taken is at the
/// others afterwards and stays, also when the lost one is back; nobody waits for its answer longer than the takeover takes.
/// <c>COMPEER_KILLS</c> says how often it is lost, twice unless it does.
/// </summary>
[Collection(Alone.Name)]
public sealed class OwnerLossTests(ITestOutputHelper output) : ClusterTest
{
    private const int Senders = 6;
    private const int Hosts = 8;

    private static readonly string[] Services = ["s1", "s2", "s3", "s4", "s5"];

    private static readonly int Losses =
        int.Parse(Environment.GetEnvironmentVariable("COMPEER_KILLS") ?? "2", CultureInfo.InvariantCulture);

    private readonly Random _random = new(2_955);

    /// <summary>Per service all its results: their number is their place, and in their output.</summary>
    private readonly ConcurrentDictionary<string, List<SentResult>> _sent = new(StringComparer.Ordinal);

    /// <param name="isSilent">Whether it is stopped, so that nothing tells the others of its end; else it is killed.</param>
    /// <param name="longest">Within how many seconds each result is answered: the takeover of a killed peer takes 1 s, of a silent one
    /// 4 s, and at the latest 2 s after it the result is sent again.</param>
    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 6)]
    public async Task Owner_LostBetweenResultAndAnswer_WhatWasAnsweredIsAtTheOthers(bool isSilent, int longest)
    {
        var site = new SiteConfiguration(Folder).Command("never", "/bin/true");
        foreach (var host in Enumerable.Range(1, Hosts).Select(number => $"h{number}"))
        {
            site.Text(PassiveSenders.Objects(host, Services));
            site.Names.UnionWith([ObjectName.Of(host), .. Services.Select(service => ObjectName.Of(host, service))]);
        }

        var cluster = Own(await MonitorCluster.CreateAsync(Folder, site, peers: 3));
        var port = LoopbackAddress.TakePort();
        PassiveSenders.WriteSettings(
            cluster[0].Paths.NrdpConfiguration, $"token={PassiveSenders.Token}\nserver_port={port}\n");
        await cluster.StartAllAsync();
        await PassiveSenders.AwaitWayAsync(cluster[0]);
        using var nrdp = new NrdpSender(port, cluster[0].Paths.NrdpCertificate);
        for (var loss = 0; loss < Losses; loss++)
        {
            var division = await cluster.WaitUntilAgreedAsync("before the loss", Limits.Agreement, cluster.Nodes);
            string[] services = [.. division.Where(pair => pair.Value == cluster[1].Name && !pair.Key.EndsWith(':'))
                .Select(pair => pair.Key).Order(StringComparer.Ordinal)];
            Assert.True(services.Length >= Senders, $"{cluster[1].Name} has {services.Length} services only");
            await LoseAsync(cluster, services, nrdp, isSilent, TimeSpan.FromSeconds(longest));
        }

        var all = _sent.Values.SelectMany(list => list).ToList();
        output.WriteLine(
            $"{(isSilent ? "silent" : "killed")}: {all.Count(one => one.IsTaken)} of {all.Count} results were answered as taken, after "
            + $"{all.Max(one => one.Took).TotalSeconds:0.00} s at the latest");
        Assert.All(all.Where(one => !one.IsTaken), one => Assert.Contains("owner", one.Answer, StringComparison.Ordinal));
    }

    private async Task LoseAsync(MonitorCluster cluster, string[] services, NrdpSender nrdp, bool isSilent, TimeSpan longest)
    {
        (var given, var lost, var other) = (cluster[0], cluster[1], cluster[2]);
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders).Select(place => Task.Run(
            () => SendAsync(given, nrdp, place % 2 == 0, [.. services.Where((_, at) => at % Senders == place)], stop.Token)))
            .ToArray();
        await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(500, 2000)), CancellationToken.None);
        var pid = lost.Pid;
        lost.Signal(isSilent ? Native.Stop : Native.Kill);
        var lostAt = TracedPlugin.Now;

        // Each service got results from its next owner, too.
        await Eventually.HoldsAsync(
            "the owner is lost", "results of each of its services are taken", longest + Limits.Moment,
            () => services.FirstOrDefault(name => Last(name) is not { IsTaken: true } last || last.SentAt < lostAt)
                is { } name ? $"{Last(name)}" : null,
            given, other);
        await stop.CancelAsync();
        await Task.WhenAll(senders);
        var limit = longest + LostTime.Since(lostAt);
        var late = services.SelectMany(name => _sent[name]).Where(one => one.SentAt > lostAt - longest && one.Took > limit).ToList();
        Assert.True(late.Count == 0, $"answered later than {limit.TotalSeconds:0.0} s:\n{string.Join('\n', late)}");
        await AreThereAsync("the owner is lost", services, given, other);

        if (isSilent)
        {
            lost.Signal(Native.Continue);
        }
        else
        {
            await lost.WaitForEndAsync(pid);
            await lost.StartAsync();
        }

        await cluster.WaitUntilAgreedAsync("the owner is back", Limits.Agreement, cluster.Nodes);
        await AreThereAsync("the owner is back", services, given, lost, other);
    }

    /// <summary>Waits until nodes show of each service the last result that was taken, or a later one that was sent.</summary>
    private async Task AreThereAsync(string phase, string[] services, params MonitorNode[] nodes)
    {
        foreach (var node in nodes)
        {
            await Eventually.HoldsAsync(
                phase, $"{node.Name} has what was answered", Limits.Moment,
                async () =>
                {
                    var objects = await node.ObjectsAsync();
                    return services.Select(name =>
                    {
                        var results = _sent[name];
                        return int.Parse(objects[name].Output.AsSpan(1), CultureInfo.InvariantCulture) is var shown
                            && shown >= results.FindLastIndex(one => one.IsTaken) && shown < results.Count
                                ? null
                                : $"{name} shows result {shown} of {results.Count}, the last of which were\n"
                                    + string.Join('\n', results.TakeLast(5));
                    }).FirstOrDefault(problem => problem is not null);
                },
                nodes);
        }
    }

    private SentResult? Last(string name)
    {
        var results = _sent.GetOrAdd(name, _ => []);
        lock (results)
        {
            return results.LastOrDefault();
        }
    }

    /// <summary>Sends results of services in turn, each when the one before is answered.</summary>
    private async Task SendAsync(MonitorNode node, NrdpSender nrdp, bool isNrdp, string[] services, CancellationToken stop)
    {
        using var socket = new CommandSocket(node.Paths.LivestatusSocket);
        while (!stop.IsCancellationRequested)
        {
            foreach (var name in services)
            {
                var results = _sent.GetOrAdd(name, _ => []);
                var text = $"r{results.Count.ToString(CultureInfo.InvariantCulture)}";
                var parts = name.Split(':');
                var from = TracedPlugin.Now;
                var answer = isNrdp ? await nrdp.SendAsync(parts[0], parts[1], text)
                    : await socket.AskAsync($"COMMAND [1] PROCESS_SERVICE_CHECK_RESULT;{parts[0]};{parts[1]};2;{text}");
                lock (results)
                {
                    results.Add(new SentResult(name, text, isNrdp, from, TracedPlugin.Now - from, answer));
                }
            }
        }
    }

    private sealed record SentResult(
        string Service, string Text, bool IsNrdp, TimeSpan SentAt, TimeSpan Took, string Answer)
    {
        public bool IsTaken => Answer.Length == 0;
    }
}
