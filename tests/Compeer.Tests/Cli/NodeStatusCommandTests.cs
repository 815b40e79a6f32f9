using Compeer.Api;
using Compeer.Cli.Output;
using static Compeer.Tests.Cli.SampleNodes;

namespace Compeer.Tests.Cli;

public sealed class NodeStatusCommandTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

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
