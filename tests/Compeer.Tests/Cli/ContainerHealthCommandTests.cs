using Compeer.Api;

namespace Compeer.Tests.Cli;

/// <summary>The probes, whose exit codes orchestrators work by.</summary>
public sealed class ContainerHealthCommandTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData("core")]
    [InlineData("merlin")]
    public async Task Health_MondDoesNotAnswer_Is1(string probe) => Assert.Equal(
        new CliRun(1, "", $"mon containerhealth {probe}: mond is not running (no answer at SOCKET)\n"),
        await _mon.RunAsync("containerhealth", probe));

    [Theory]
    [InlineData("core")]
    [InlineData("merlin")]
    public async Task Health_AllWell_IsOk(string probe)
    {
        _mon.Client.Nodes = new(SampleNodes.Cluster());

        Assert.Equal(new CliRun(0, "OK\n", ""), await _mon.RunAsync("containerhealth", probe));
    }

    [Theory]
    [InlineData("master", -8, 2)]
    [InlineData("master", -31, 0)]
    [InlineData("peer", -8, 0)]
    public async Task Core_MasterThatLives_HasToBeConnected(string type, int heard, int expected)
    {
        _mon.Client.Nodes = new(SampleNodes.ClusterWith(SampleNodes.PeerIn(NodeStateName.Down, "its key is another") with
        {
            Type = type,
            LastAlive = FixedTime.Now.AddSeconds(heard),
        }));

        var run = await _mon.RunAsync("containerhealth", "core");

        Assert.Equal(expected, run.ExitCode);
        Assert.Equal(
            expected == 0 ? "" : "mon containerhealth core: master peer02 lives and is not connected: its key is another\n", run.Error);
        Assert.Equal(0, (await _mon.RunAsync("containerhealth", "merlin")).ExitCode);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 4)]
    public async Task Core_MoreOverdueThanItHas_Is4(int expired, int expected)
    {
        var nodes = SampleNodes.Cluster();
        _mon.Client.Nodes = new(nodes with { Nodes = [nodes.Nodes[0] with { Hosts = new(2, expired, 4) }, nodes.Nodes[1]] });

        var said = expected == 0 ? "" : "mon containerhealth core: more checks are overdue than this node has\n";
        Assert.Equal(new CliRun(expected, expected == 0 ? "OK\n" : "", said), await _mon.RunAsync("containerhealth", "core"));
    }
}
