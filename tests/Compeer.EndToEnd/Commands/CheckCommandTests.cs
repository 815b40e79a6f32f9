using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Commands;

/// <summary>The plugins of <c>mon check</c>, asked of running daemons, and what is kept asked while none runs.</summary>
public sealed class CheckCommandTests : ClusterTest
{
    [Fact]
    public async Task Checks_OfTwoPeers_AreWellUntilOneIsLost()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 6, services: 1, interval: 2), peers: 2);
        await cluster.WaitUntilAllCheckedAsync("first round", Limits.Moment);
        (string Line, string Expected)[] well =
        [
            ("distribution", "^OK: All 2 nodes run their assigned checks[|]ipc_hosts=3 ipc_services=3 ipc_expired_hosts=0 .*p2_hosts=3 "),
            ("latency service", @"^OK: service latency min/avg/max = \d+\.\d\d/\d+\.\d\d/\d+\.\d\d[|]service_latency_min="),
            ("exectime host", @"^OK: host execution_time min/avg/max = \d+\.\d\d/\d+\.\d\d/\d+\.\d\d[|]"),
            ("orphans host", "^OK: Orphaned host checks: 0 / 6[|]orphans=0;0.03;0.06;0;6\n"),
            ("orphans service", "^OK: Orphaned service checks: 0 / 6[|]"),
            ("status", "^OK: Total nodes: 1 peer, 1 local.[|]nodes=2;;;0 active_nodes=2;;;0;2\n"),
            ("spool checks", "^OK: 0 files too old"),
            ("cores", "^OK: No corefiles found[|]cores=0;0;1\n"),
        ];
        foreach ((var line, var expected) in well)
        {
            Assert.Matches(expected, (await cluster[0].MonAsync(["check", .. line.Split(' ')])).Expect(0).Output);
        }

        var info = (await cluster[0].MonAsync("node", "info")).Expect(0).Output;
        Assert.Contains("\n    state = STATE_CONNECTED\n", info, StringComparison.Ordinal);
        (await cluster[0].MonAsync("check", "exectime", "host", "--critical=0:,0:,@0:1000")).Expect(2);
        cluster[1].Kill();
        await Eventually.HoldsAsync(
            "a peer killed",
            "the status is critical",
            Limits.Moment,
            async () => await cluster[0].MonAsync("check", "status") is { ExitCode: 2 } said && said.Output.StartsWith(
                "CRITICAL: p2 is not connected", StringComparison.Ordinal) ? null : "it is not",
            cluster[0]);
    }

    [Fact]
    public async Task Versions_WhileMondDoesNotRun_AreThoseThatItHad()
    {
        var site = TracedSite(hosts: 2, services: 0);
        var node = Single(site);
        await node.StartAsync();
        site.Host("a00", TracedPlugin.HostCommand);
        site.WriteTo(node);
        (await node.MonAsync("reload")).Expect(0);
        var running = (await node.MonAsync("oconf", "versions")).Expect(0).Output;
        Assert.Equal(2, running.Count(c => c == '\n'));
        var first = running.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var difference = (await node.MonAsync("oconf", "diff", first)).Expect(0).Output;
        Assert.Contains("+  host_name  a00", difference, StringComparison.Ordinal);

        var pid = node.Pid;
        node.Signal(Native.Terminate);
        await node.WaitForEndAsync(pid);

        Assert.Equal(running, (await node.MonAsync("oconf", "versions")).Expect(0).Output);
        Assert.Equal(difference, (await node.MonAsync("oconf", "diff", first)).Expect(0).Output);
        Assert.Equal(
            "mon: there is no configuration '99'; 'mon oconf versions' lists those that are kept\n",
            (await node.MonAsync("oconf", "diff", "99")).Expect(1).Error);
        Assert.Matches("^UNKNOWN: mond is not running", (await node.MonAsync("check", "status")).Expect(3).Output);
    }
}
