using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>naemon.log: Naemon's formats, one line for one alert in the whole cluster, and rotation.</summary>
public sealed partial class MonitoringLogTests : ClusterTest
{
    [Fact]
    public async Task Alerts_OfSoftAndHardProblemsAndRecoveries_StandInEachLogOnce()
    {
        var site = TracedSite(hosts: 0, services: 0)
            .Set("log_service_retries", "1")
            .Set("log_host_retries", "1");
        foreach (var host in (string[])["h01", "h02", "h03", "h04"])
        {
            site.Host(host, TracedPlugin.HostCommand, interval: 2, retry: 1, attempts: 2)
                .Service(host, "s1", TracedPlugin.ServiceCommand, interval: 2, retry: 1, attempts: 2);
        }

        var cluster = await StartClusterAsync(site, peers: 2);
        await cluster.WaitUntilAllCheckedAsync("first round", Limits.Moment);
        string[] services = ["h01", "h02"];
        string[] hosts = ["h03", "h04"];

        await SetAllAsync(cluster, services.Select(host => $"{host}:s1"), code: 2, "it broke", "CRITICAL", "HARD");
        await SetAllAsync(cluster, services.Select(host => $"{host}:s1"), code: 0, "it works", "OK", "HARD");
        await SetAllAsync(cluster, hosts.Select(host => $"{host}:"), code: 2, "it is off", "DOWN", "HARD");
        await SetAllAsync(cluster, hosts.Select(host => $"{host}:"), code: 0, "it is on", "UP", "HARD");

        string[] expected =
        [
            .. services.SelectMany(host => (string[])
            [
                $"SERVICE ALERT: {host};s1;CRITICAL;SOFT;1;it broke",
                $"SERVICE ALERT: {host};s1;CRITICAL;HARD;2;it broke",
                $"SERVICE ALERT: {host};s1;OK;HARD;2;it works",
            ]),
            .. hosts.SelectMany(host => (string[])
            [
                $"HOST ALERT: {host};DOWN;SOFT;1;it is off",
                $"HOST ALERT: {host};DOWN;HARD;2;it is off",
                $"HOST ALERT: {host};UP;HARD;1;it is on",
            ]),
        ];
        await Eventually.HoldsAsync(
            "all problems and recoveries are over",
            "each alert stands once in each of the logs, and nothing else does",
            Limits.Moment,
            () =>
            {
                var logs = cluster.Nodes.Select(
                    node => node.LogTexts.Where(text => text.Contains(" ALERT: ", StringComparison.Ordinal)).Order().ToArray());
                return logs.FirstOrDefault(alerts => !alerts.SequenceEqual(expected.Order())) is { } other
                    ? $"\n{string.Join('\n', other)}" : null;
            },
            cluster.Nodes);
        Assert.All(
            cluster.Nodes.SelectMany(node => node.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            line => Assert.Matches(LogLine(), line));
    }

    [Fact]
    public async Task Log_MovedAwayAndSignalled_IsOpenedAnew()
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 1));
        await node.StartAsync();
        var rotated = node.LogFile + ".1";
        File.Move(node.LogFile, rotated);
        node.Signal(Native.UserSignal1);
        await Eventually.HoldsAsync(
            "the log moved away", "a new file is there", Limits.Moment, () => File.Exists(node.LogFile) ? null : "it is not", node);
        Plugin.SetResult("h01:s1", 1, "after the rotation");
        await Eventually.HoldsAsync(
            "the log moved away",
            "the new file has the alert",
            Limits.Moment,
            () => node.LogTexts.Any(text => text.EndsWith(";after the rotation", StringComparison.Ordinal)) ? null : "it does not",
            node);
        Assert.DoesNotContain("after the rotation", await File.ReadAllTextAsync(rotated), StringComparison.Ordinal);
    }

    /// <summary>Sets results and waits until both nodes show the state that follows.</summary>
    private async Task SetAllAsync(
        MonitorCluster cluster, IEnumerable<string> names, int code, string text, string state, string type)
    {
        string[] all = [.. names];
        foreach (var name in all)
        {
            Plugin.SetResult(name, code, text);
        }

        await Eventually.HoldsAsync(
            $"results set to {code}",
            $"all are {type} {state}",
            Limits.Moment,
            async () =>
            {
                foreach (var node in cluster.Nodes)
                {
                    var objects = await node.ObjectsAsync();
                    if (all.FirstOrDefault(name => objects[name].State != state || objects[name].StateType != type) is { } wrong)
                    {
                        return $"{node.Name} shows {wrong} as {objects[wrong].StateType} {objects[wrong].State}";
                    }
                }

                return null;
            },
            cluster.Nodes);
    }

    [GeneratedRegex(@"^\[\d{10}\] \S")]
    private static partial Regex LogLine();
}
