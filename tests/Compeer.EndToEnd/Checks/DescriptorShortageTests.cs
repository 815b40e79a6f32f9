using System.Net.Sockets;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Checks;

/// <summary>
/// A daemon that may open hardly a file more: it says so, waits, and goes on when it may again. The runtime would end it, if it
/// could not open a program file of its own that it comes to need.
/// </summary>
public sealed class DescriptorShortageTests : ClusterTest
{
    /// <summary>Descriptors beyond those that the idle daemon has.</summary>
    private const int Spare = 45;

    private const int Clients = 60;

    [Fact]
    public async Task Descriptors_UsedUpByClients_ChecksWaitAreNotFailedAndGoOnAfterwards()
    {
        var site = new SiteConfiguration(Folder).Command("ok", "$USER1$/check_dummy 0 alive");
        for (var host = 1; host <= 10; host++)
        {
            site.Host($"h{host:00}", "ok", interval: 1);
        }

        var node = Single(site);
        await node.StartAsync();
        await AllCheckedSinceAsync(node, TimeProvider.System.GetUtcNow(), "start");
        var pid = node.Pid;
        var limit = ProcessTable.Descriptors(pid) + Spare;
        (await Programs.RunAsync(node.Paths.Prefix, "/usr/bin/prlimit", "--pid", $"{pid}", $"--nofile={limit}:{limit}")).Expect(0);
        List<Socket> clients = [];
        try
        {
            for (var client = 0; client < Clients; client++)
            {
                clients.Add(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
                await clients[^1].ConnectAsync(new UnixDomainSocketEndPoint(node.Paths.ApiSocket));
            }

            await Eventually.HoldsAsync(
                "no descriptor is left",
                "the log says what to do",
                Limits.Moment,
                () => node.LogTexts.Contains(
                    "Warning: plugins cannot be started now and wait: this process has as many files open as it may; raise the limit "
                    + $"(LimitNOFILE= of the unit, ulimit -n), which is {limit} now")
                        ? null
                        : $"{ProcessTable.Descriptors(pid)} of {limit} are open",
                node);

            // Who asks what is wrong is let in, also for what has to read files.
            (await node.MonAsync("status")).Expect(0);
            (await node.MonAsync("reload")).Expect(0);
            (await node.MonAsync("node", "status")).Expect(0);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        await AllCheckedSinceAsync(node, TimeProvider.System.GetUtcNow(), "the clients are gone");
        Assert.Equal(pid, node.Pid);
        await Eventually.HoldsAsync(
            "the clients are gone",
            "the log says that it goes on",
            Limits.Moment,
            () => node.LogTexts.Contains("plugins are started again") ? null : "it does not",
            node);
        Assert.DoesNotContain(node.LogTexts, line => line.Contains(" ALERT: ", StringComparison.Ordinal));
        node.Signal(Native.Terminate);
        Assert.Equal(0, await node.ExitCodeAsync());
    }

    private static Task<TimeSpan> AllCheckedSinceAsync(MonitorNode node, DateTimeOffset since, string phase) => Eventually.HoldsAsync(
        phase,
        "every host was checked since and is UP",
        Limits.Moment,
        async () => (await node.ObjectsAsync()).Values
            .FirstOrDefault(host => host.LastCheck is null || host.LastCheck < since || host.State != "UP") is { } wrong
                ? $"{wrong.Host} is {wrong.State}: {wrong.Output}"
                : null,
        node);
}
