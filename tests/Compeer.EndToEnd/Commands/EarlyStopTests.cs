using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Commands;

/// <summary>A daemon that is told to stop while it starts does so, whatever it is at.</summary>
public sealed class EarlyStopTests : ClusterTest
{
    /// <summary>Enough objects that reading them takes longer than a signal does.</summary>
    private const int Hosts = 4000;

    [Theory]
    [InlineData("the process id is known")]
    [InlineData("the log begins")]
    [InlineData("the socket is there")]
    public async Task Terminate_WhileStarting_EndsAndLeavesTheWayFree(string moment)
    {
        var node = Single(TracedSite(hosts: Hosts, services: 2, interval: 600));
        Func<bool> has = moment switch
        {
            "the process id is known" => () => File.Exists(node.Paths.PidFile) && new FileInfo(node.Paths.PidFile).Length > 0,
            "the log begins" => () => node.Log.Length > 0,
            _ => () => File.Exists(node.Paths.ApiSocket),
        };
        node.Launch();
        await Eventually.HoldsAsync("start", moment, Limits.Start, () => has() ? null : "not yet", node);
        var pid = node.Pid;
        node.Signal(Native.Terminate);

        Assert.Equal(0, await node.ExitCodeAsync());
        Assert.False(ProcessTable.IsAlive(pid));
        Assert.False(File.Exists(node.Paths.ApiSocket), "a socket was left behind");
        Assert.Equal(0, new FileInfo(node.Paths.PidFile).Length);

        await node.StartAsync();
        Assert.Equal(Hosts, (await node.StatusAsync()).Hosts);
    }
}
