using Compeer.Api;
using Compeer.Cli.Output;
using static Compeer.Tests.Cli.SampleNodes;

namespace Compeer.Tests.Cli;

public sealed class NodeStatusCommandTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("no space is left", null, " - no space is left")]
    [InlineData(null, "it was locked", "; last fault 1m 5s ago: it was locked")]
    public async Task Status_Storage_HasARowOfThisNode(string? problem, string? fault, string end)
    {
        _mon.Client.Nodes = new(SampleNodes.Cluster() with
        {
            Storage = new StorageState(3_250_000, 0.84, 120, 3, 0, problem)
            {
                LastWrittenAt = FixedTime.Now.AddSeconds(-2),
                LastFault = fault,
                LastFaultAt = fault is null ? null : FixedTime.Now.AddSeconds(-65),
            },
        });

        var run = await _mon.RunAsync("node", "status");

        Assert.Equal(
            [$"Storage: 3.1 MiB, last written 2s ago, 3 of 120 entries of history waiting, oldest unwritten 0.8s{end}"],
            run.Out.Split('\n').Where(line => line.StartsWith("Storage", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Info_Storage_IsAmongTheVariablesOfThisNode()
    {
        _mon.Client.Nodes = new(SampleNodes.Cluster() with
        {
            Storage = new StorageState(5, 0.84, 120, 3, 1, "full") { LastWrittenAt = FixedTime.Now },
        });
        _mon.Client.Status = new(new DaemonStatus(
            "0.1.0", 7, FixedTime.Now, "/p", NodeStateName.Active, 40, 200, 3, 1, 12345, 0.0123, 1.5, [], 0, 0, 0, []));

        var run = await _mon.RunAsync("node", "info");

        Assert.Equal(
            [
                "storage_behind_seconds = 0.8", "storage_bytes = 5", "storage_history_entries = 120", "storage_history_lost = 1",
                "storage_history_waiting = 3", "storage_last_fault = ", "storage_last_fault_at = 0",
                $"storage_last_written = {FixedTime.Now.ToUnixTimeSeconds()}", "storage_problem = full",
            ],
            run.Out.Split('\n').Select(line => line.TrimStart()).Where(line => line.StartsWith("storage_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Status_TwoActivePeers_HasMerlinsShape()
    {
        _mon.Client.Nodes = new(ClusterWith(PeerIn(NodeStateName.Active, reason: null)));

        var run = await _mon.RunAsync("node", "status");

        Assert.Equal(
            """
            Total checks (host / service): 4 / 21

            #00 0/1:1 local peer01: ACTIVE - 0.000s latency
            Uptime: 15m 47s. Connected: 15m 48s. Last alive: 0s ago
            Key: 00
            Configuration: 3 (ab), in step
            Host checks (handled, expired, total)   : 2, 0, 4 (50.00% : 50.00%)
            Service checks (handled, expired, total): 11, 0, 21 (52.38% : 52.38%)

            #01 1/1:1 peer peer02: ACTIVE - 0.012s latency - (ENCRYPTED)
            Uptime: 1d 0h 0m 1s. Connected: 15m 48s. Last alive: 8s ago
            Key: 01
            Configuration: 3 (ab), in step
            Host checks (handled, expired, total)   : 2, 0, 4 (50.00% : 50.00%)
            Service checks (handled, expired, total): 10, 3, 21 (47.62% : 47.62%)

            """.ReplaceLineEndings("\n"),
            run.Out);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData(
        "down", "connection refused",
        "peer peer02: INACTIVE - connection refused\nUptime: unknown. Connected: no. Last alive: never")]
    [InlineData("down", null, "peer peer02: INACTIVE\n")]
    [InlineData("connecting", null, "peer peer02: INACTIVE - connecting\n")]
    [InlineData(
        "syncing", "1200 of 40000 objects", "peer peer02: SYNCING - 0.012s latency - (ENCRYPTED) - 1200 of 40000 objects\n")]
    [InlineData("leaving", null, "peer peer02: LEAVING - 0.012s latency - (ENCRYPTED)\n")]
    public async Task Status_PeerNotActive_SaysWhyAndFails(string state, string? reason, string expected)
    {
        var peer = PeerIn(state, reason);
        if (state == NodeStateName.Down)
        {
            peer = peer with { ConnectedSince = null, LastAlive = null, PeerId = -1 };
        }

        _mon.Client.Nodes = new(ClusterWith(peer));

        var run = await _mon.RunAsync("node", "status");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
        Assert.Contains(state == NodeStateName.Down ? "#01 -/1:1" : "#01 1/1:1", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ConfigurationDiffers_ListsItAndFails()
    {
        _mon.Client.Nodes = new(
            ClusterWith(PeerIn(NodeStateName.Active, reason: null)) with { ConfigurationProblems = ["peer02 runs an older one"] });

        var run = await _mon.RunAsync("node", "status");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("\nConfiguration problems:\n  peer02 runs an older one\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_PeerRefusesWhatIsInForce_SaysWhichAndWhyInARowOfItsOwn()
    {
        var behind = PeerIn(NodeStateName.Active, reason: null) with
        {
            ConfigurationHash = "0123456789abcdef",
            ConfigurationNumber = 2,
            Refused = new RefusedVersion(3, "ab", "a.cfg:7: bad"),
        };
        _mon.Client.Nodes = new(ClusterWith(behind));

        var run = await _mon.RunAsync("node", "status");

        Assert.Contains(
            "\nConfiguration: 2 (0123456789ab), not in step: 3 (ab) is in force\nRefused: 3 (ab): a.cfg:7: bad\nHost",
            run.Out,
            StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task Status_PeerIsBehindAndRefusesNothing_Fails()
    {
        _mon.Client.Nodes = new(ClusterWith(PeerIn(NodeStateName.Active, reason: null) with { ConfigurationHash = "cd" }));

        Assert.Equal(1, (await _mon.RunAsync("node", "status")).ExitCode);
    }

    [Fact]
    public async Task Status_RefusedWhileInStep_Fails()
    {
        _mon.Client.Nodes = new(
            ClusterWith(PeerIn(NodeStateName.Active, reason: null) with { Refused = new RefusedVersion(0, "cd", "no room") }));

        var run = await _mon.RunAsync("node", "status");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("\nRefused: cd: no room\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("down", "ab", "Configuration: 3 (ab) when it was last heard from")]
    [InlineData("down", "", "Configuration: not known")]
    public async Task Status_PeerOutOfReach_DoesNotClaimToBeInStep(string state, string hash, string expected)
    {
        _mon.Client.Nodes = new(ClusterWith(PeerIn(state, reason: null) with { ConfigurationHash = hash }));

        Assert.Contains(expected, (await _mon.RunAsync("node", "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_PollerHasItsOwnConfiguration_IsInStep()
    {
        _mon.Client.Nodes = new(ClusterWith(PeerIn(NodeStateName.Active, reason: null) with { Type = "poller", ConfigurationHash = "cd" }));

        Assert.Equal(0, (await _mon.RunAsync("node", "status")).ExitCode);
    }

    [Fact]
    public async Task Status_KeyNotKnown_IsSaid()
    {
        _mon.Client.Nodes = new(ClusterWith(PeerIn(NodeStateName.Down, reason: null) with { NodeKeyId = "" }));

        Assert.Contains("\nKey: not known\n", (await _mon.RunAsync("node", "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_SomethingCheckedByNobody_Fails()
    {
        _mon.Client.Nodes = new(
            ClusterWith(PeerIn(NodeStateName.Active, reason: null)) with { Unchecked = new UncheckedObjects(1, 0, IsExact: true, ["h"]) });

        Assert.Equal(1, (await _mon.RunAsync("node", "status")).ExitCode);
    }

    [Fact]
    public async Task Status_NothingConfigured_DividesByNothing()
    {
        _mon.Client.Nodes = new(
            new NodesStatus(
                "a", 1, 0, 0, 0, null, UncheckedObjects.None, [Self() with { Hosts = new(0, 0, 0), Services = new(0, 0, 0) }], []));

        Assert.Contains("0, 0, 0 (0.00% : 0.00%)", (await _mon.RunAsync("node", "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_DaemonNotRunning_SaysWhereItWasLookedFor() =>
        Assert.Equal(
            new CliRun(1, "", "mon node status: mond is not running (no answer at SOCKET)\n"),
            await _mon.RunAsync("node", "status"));

    [Fact]
    public async Task Status_OnATerminal_ColoursWordsOnly()
    {
        _mon.Client.Nodes = new(ClusterWith(PeerIn(NodeStateName.Down, "x")));
        var plain = (await _mon.RunAsync("node", "status")).Out;
        _mon.Palette = new Palette(Enabled: true);

        var coloured = (await _mon.RunAsync("node", "status")).Out;

        Assert.Contains("\u001b[31mINACTIVE\u001b[0m", coloured, StringComparison.Ordinal);
        Assert.Contains("\u001b[32mACTIVE\u001b[0m", coloured, StringComparison.Ordinal);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9]+m", ""));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(-5, "0s")]
    [InlineData(59.9, "59s")]
    [InlineData(60, "1m 0s")]
    [InlineData(3600, "1h 0m 0s")]
    [InlineData(694861, "1w 1d 1h 1m 1s")]
    public void Format_Durations_LeaveOutLeadingZeros(double seconds, string expected) =>
        Assert.Equal(expected, DurationText.Format(TimeSpan.FromSeconds(seconds)));
}
