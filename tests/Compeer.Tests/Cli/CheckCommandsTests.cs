using System.Collections.Immutable;
using Compeer.Api;

namespace Compeer.Tests.Cli;

/// <summary>The plugins about the cluster and its checks, with the thresholds of op5's commands.</summary>
public sealed class CheckCommandsTests : IDisposable
{
    private static readonly DateTimeOffset Due = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SecondsRange Nothing = new(0, 0, 0);

    private readonly CliHarness _mon = new();

    public CheckCommandsTests()
    {
        _mon.Client.Nodes = new(SampleNodes.Cluster());
        _mon.Client.Figures = new(Figures());
    }

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData("check distribution")]
    [InlineData("check latency service")]
    [InlineData("check exectime host")]
    [InlineData("check orphans")]
    [InlineData("check status")]
    public async Task Check_DaemonDoesNotAnswer_IsUnknown(string line)
    {
        using var alone = new CliHarness();

        Assert.Equal(
            new CliRun(3, "UNKNOWN: mond is not running (no answer at SOCKET)\n", ""), await alone.RunAsync(line.Split(' ')));
    }

    [Theory]
    [InlineData("service", 0, "OK: service latency min/avg/max = 0.10/31.50/89.99"
        + "|service_latency_min=0.1;30;60;0 service_latency_avg=31.5;60;90;0 service_latency_max=89.99;90;120;0")]
    [InlineData("service --warning=1,30,200", 1, "WARNING: service latency min/avg/max = 0.10/31.50/89.99"
        + "|service_latency_min=0.1;1;60;0 service_latency_avg=31.5;30;90;0 service_latency_max=89.99;200;120;0")]
    [InlineData("-c ~:1,~:31.5,~:80 service", 2, "CRITICAL: service latency min/avg/max = 0.10/31.50/89.99"
        + "|service_latency_min=0.1;30;~:1;0 service_latency_avg=31.5;60;~:31.5;0 service_latency_max=89.99;90;~:80;0")]
    [InlineData("host", 0, "OK: host latency min/avg/max = 0.00/0.00/0.00"
        + "|host_latency_min=0;30;60;0 host_latency_avg=0;60;90;0 host_latency_max=0;90;120;0")]
    public async Task Latency_Thresholds_AreThoseOfMinimumAverageAndMaximum(string arguments, int exitCode, string expected)
    {
        _mon.Client.Figures = new(Figures() with { Services = new(100, 0, new(0.1, 31.5, 89.99), Nothing) });

        Assert.Equal(new CliRun(exitCode, expected + "\n", ""), await _mon.RunAsync(["check", "latency", .. arguments.Split(' ')]));
    }

    [Theory]
    [InlineData("service", 0, "OK: service execution_time min/avg/max = 4.00/14.00/64.00|service_execution_time_min=4;5;15;0")]
    [InlineData("service --critical=4,100,100", 2, "CRITICAL: service execution_time")]
    [InlineData("host", 1, "WARNING: host execution_time min/avg/max = 5.00/14.00/64.00|host_execution_time_min=5;5;15;0")]
    public async Task Exectime_Thresholds_AreOp5s(string arguments, int exitCode, string expected)
    {
        _mon.Client.Figures = new(new CheckFigures(
            new(10, 0, Nothing, new(5, 14, 64)), new(100, 0, new(999, 999, 999), new(4, 14, 64)), []));

        var run = await _mon.RunAsync(["check", "exectime", .. arguments.Split(' ')]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith(expected, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1000, 5, 0, "OK: Orphaned service checks: 5 / 1000|orphans=5;5;10;0;1000")]
    [InlineData("", 1000, 6, 1, "WARNING: Orphaned service checks: 6 / 1000|orphans=6;5;10;0;1000")]
    [InlineData("service", 1000, 11, 2, "CRITICAL: Orphaned service checks: 11 / 1000|orphans=11;5;10;0;1000")]
    [InlineData("--warning=10% --critical=20%", 50, 6, 1, "WARNING: Orphaned service checks: 6 / 50|orphans=6;5;10;0;50")]
    [InlineData("-w 6 -c 7", 50, 7, 1, "WARNING: Orphaned service checks: 7 / 50|orphans=7;6;7;0;50")]
    [InlineData("", 0, 0, 0, "OK: Orphaned service checks: 0 / 0|orphans=0;0;0;0;0")]
    public async Task Orphans_Thresholds_AreNumbersOrPartsOfAll(string arguments, int scheduled, int overdue, int exitCode, string expected)
    {
        _mon.Client.Figures = new(Figures() with { Services = new(scheduled, overdue, Nothing, Nothing) });

        var run = await _mon.RunAsync(["check", "orphans", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(new CliRun(exitCode, expected + "\n", ""), run);
        Assert.Equal(["figures, overdue 1800"], _mon.Client.Asked);
    }

    [Fact]
    public async Task Orphans_OfHosts_AreCountedByTheirAgeAndNamed()
    {
        _mon.Client.Figures = new(Figures() with
        {
            Hosts = new(2, 1, Nothing, Nothing),
            Overdue = [new("web1", null, "peer02", Due), new("web1", "HTTP", "peer02", Due)],
        });

        var run = await _mon.RunAsync("check", "orphans", "host", "--maxage=10m");

        Assert.Equal(2, run.ExitCode);
        Assert.Matches(
            "^CRITICAL: Orphaned host checks: 1 / 2[|].*\nweb1 was supposed to be executed by peer02 at 2026-03-01 .*\n$", run.Out);
        Assert.Equal(["figures, overdue 600"], _mon.Client.Asked);
    }

    [Fact]
    public async Task Distribution_AllIsRun_ShowsWhatEachNodeRuns() =>
        Assert.Equal(
            new CliRun(
                0,
                "OK: All 2 nodes run their assigned checks|peer01_hosts=2 peer01_services=11 peer01_expired_hosts=0 "
                + "peer01_expired_services=0 peer02_hosts=2 peer02_services=7 peer02_expired_hosts=0 peer02_expired_services=3\n",
                ""),
            await _mon.RunAsync("check", "distribution"));

    [Theory]
    [InlineData("", 2, "CRITICAL: There are 1 expired checks")]
    [InlineData("--critical=2", 1, "WARNING: There are 1 expired checks")]
    [InlineData("--warning=2 --critical=2", 0, "OK: There are 1 expired checks")]
    public async Task Distribution_ExpiredChecks_AreNamedWithWhoWasToRunThem(string arguments, int exitCode, string expected)
    {
        _mon.Client.Figures = new(
            Figures() with { Services = new(9, 1, Nothing, Nothing), Overdue = [new("web1", "HTTP", "", Due)] });

        var run = await _mon.RunAsync(
            ["check", "distribution", "--no-perfdata", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Matches($"^{expected}\nweb1;HTTP was supposed to be executed by nobody at 2026-03-01 ", run.Out);
    }

    [Fact]
    public async Task Distribution_WhatNobodyChecks_CountsAsWell()
    {
        _mon.Client.Nodes = new(SampleNodes.Cluster() with { Unchecked = new(1, 1, IsExact: true, ["lost;HTTP"]) });

        var run = await _mon.RunAsync("check", "distribution", "--no-perfdata");

        Assert.Equal(
            new CliRun(2, "CRITICAL: There are 2 objects that nobody checks\nlost;HTTP is checked by nobody\n", ""), run);
    }

    [Fact]
    public async Task Distribution_AGroupThatNobodyChecks_CountsAsWell()
    {
        _mon.Client.Nodes = new(SampleNodes.Cluster() with
        {
            Groups = [new("west", ["p1", "p2"], [], Takeover: false, 2, 4, 0, 6), new("east", ["p3"], ["p3"], Takeover: true, 1, 1, 0, 0)],
        });

        Assert.Equal(
            new CliRun(2, "CRITICAL: There are 6 objects that nobody checks\n6 objects of west (p1, p2) are checked by nobody\n", ""),
            await _mon.RunAsync("check", "distribution", "--no-perfdata"));
    }

    [Fact]
    public async Task Status_AllIsWell_CountsNodesByType() =>
        Assert.Equal(
            new CliRun(0, "OK: Total nodes: 1 peer, 1 local.|nodes=2;;;0 active_nodes=2;;;0;2\n", ""),
            await _mon.RunAsync("check", "status"));

    public static TheoryData<string, int, string> Troubles { get; } = new()
    {
        { "down", 2, "CRITICAL: peer02 is not connected (refused).|nodes=2;;;0 active_nodes=1;;;0;2" },
        { "syncing", 1, "WARNING: peer02 is syncing." },
        { "slow", 1, "WARNING: Latency for peer02 is 6.0s." },
        { "silent", 2, "CRITICAL: peer02 hasn't checked in recently." },
        { "idle", 2, "CRITICAL: There are other nodes, but peer01 runs all checks. Node peer02 runs no checks." },
        { "refusing", 1, "WARNING: peer02 refuses configuration 4 (cd): a.cfg:1: bad." },
        { "behind", 1, "WARNING: peer02 does not have the configuration in force." },
        { "unchecked", 2, "CRITICAL: 2 objects are checked by nobody. peer02: they differ" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Status_Trouble_IsSaidInOneLine(string what, int exitCode, string expected)
    {
        var cluster = SampleNodes.Cluster();
        var (self, peer) = (cluster.Nodes[0], cluster.Nodes[1]);
        (cluster, self, peer) = what switch
        {
            "down" => (cluster, self, peer with { State = NodeStateName.Down, Reason = "refused" }),
            "syncing" => (cluster, self, peer with { State = NodeStateName.Syncing }),
            "slow" => (cluster, self, peer with { LatencySeconds = 6 }),
            "silent" => (cluster, self, peer with { LastAlive = FixedTime.Now.AddSeconds(-31) }),
            "idle" => (cluster, self with { Hosts = new(4, 0, 4), Services = new(21, 0, 21) },
                peer with { Hosts = new(0, 0, 4), Services = new(0, 0, 21) }),
            "refusing" => (cluster, self, peer with { ConfigurationHash = "x", Refused = new(4, "cd", "a.cfg:1: bad") }),
            "behind" => (cluster, self, peer with { ConfigurationHash = "x" }),
            _ => (cluster with { Unchecked = new(1, 1, IsExact: true, []), ConfigurationProblems = ["peer02: they differ"] }, self, peer),
        };
        _mon.Client.Nodes = new(cluster with { Nodes = [self, peer] });

        var run = await _mon.RunAsync("check", "status");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith(expected, run.Out, StringComparison.Ordinal);
        Assert.Equal(1, run.Out.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Status_FewerHostsThanNodes_OneThatHasNoneIsRight()
    {
        var cluster = SampleNodes.Cluster() with { TotalHosts = 1, TotalServices = 1 };
        _mon.Client.Nodes = new(cluster with
        {
            Nodes =
            [
                cluster.Nodes[0] with { Hosts = new(1, 0, 1), Services = new(1, 0, 1) },
                cluster.Nodes[1] with { Hosts = new(0, 0, 1), Services = new(0, 0, 1) },
            ],
        });

        Assert.Equal(0, (await _mon.RunAsync("check", "status")).ExitCode);
    }

    [Fact]
    public async Task NodeInfo_EachNode_HasItsVariablesInTheOrderOfNames()
    {
        _mon.Client.Status = new(Daemon([]));
        var run = await _mon.RunAsync("node", "info");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var nodes = run.Out.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["peer01", "peer02"], nodes.Select(node => node.Split('\n')[0]));
        Assert.Contains("\n    latency = 12\n", nodes[1], StringComparison.Ordinal);
        Assert.Contains("\n    service_checks_executed = 7\n    service_checks_handled = 10\n", nodes[1], StringComparison.Ordinal);
        Assert.Contains(
            "\n    state = STATE_CONNECTED\n    sync_in_step = 0\n    sync_paths = 0\n    type = peer\n",
            nodes[1],
            StringComparison.Ordinal);
        Assert.All(nodes, node =>
        {
            string[] names = [.. node.Split('\n').Skip(1).Select(line => line.Split(" = ")[0])];
            Assert.Equal(33, names.Length);
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            Assert.All(names, name => Assert.Matches("^    [a-z_]+$", name));
        });
    }

    [Fact]
    public async Task NodeInfo_WaysInThatAreOn_StandAmongTheVariablesOfThisNode()
    {
        _mon.Client.Status = new(Daemon(
        [
            new PassiveWayStatus("nsca", "127.0.0.1:5667", Problem: null, Results: 12, Refused: 3),
            new PassiveWayStatus("nrdp", Address: null, "taken", Results: 0, Refused: 0),
        ]));
        var run = await _mon.RunAsync("node", "info");

        var nodes = run.Out.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(
            "\n    nrdp_address = \n    nrdp_refused = 0\n    nrdp_results = 0\n"
            + "    nsca_address = 127.0.0.1:5667\n    nsca_refused = 3\n    nsca_results = 12\n",
            nodes[0],
            StringComparison.Ordinal);
        Assert.DoesNotContain("nsca", nodes[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdGenerate_Twice_GivesTwoUuids()
    {
        const string Uuid = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n$";
        var first = await _mon.RunAsync("id", "generate");

        Assert.Matches(Uuid, first.Out);
        Assert.NotEqual(first.Out, (await _mon.RunAsync("id", "generate")).Out);
    }

    private static DaemonStatus Daemon(ImmutableArray<PassiveWayStatus> ways) => new(
        "0.1.0", 7, FixedTime.Now, "/p", NodeStateName.Active, 40, 200, 3, 1, 12345, 0.0123, 1.5, [], 0, 0, 0, [])
    {
        PassiveWays = ways,
    };

    private static CheckFigures Figures() => new(new(4, 0, Nothing, Nothing), new(21, 0, Nothing, Nothing), []);
}
