using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Changes of merlin.conf are taken up by running daemons.</summary>
public sealed class NodeChangeTests : ClusterTest
{
    [Fact]
    public async Task Nodes_AddedAndRemoved_AreTakenUpWithoutARestart()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 12, services: 1, interval: 3), peers: 2);
        (var first, var second) = (cluster[0], cluster[1]);
        var before =
            await cluster.WaitUntilAgreedAsync("two peers", Limits.Agreement, first, second);
        var third = await cluster.AddNodeAsync();
        await third.StartAsync();
        int[] pids = [first.Pid, second.Pid, third.Pid];

        foreach (var node in (MonitorNode[])[first, second])
        {
            await cluster.IntroduceAsync(node, third);
            await cluster.IntroduceAsync(third, node);
        }

        await cluster.WaitUntilAgreedAsync("a third peer added", Limits.LiveChange, cluster.Nodes);

        (await first.MonAsync("node", "remove", third.Name)).Expect(0);
        (await second.MonAsync("node", "remove", third.Name)).Expect(0);
        (await third.MonAsync("node", "remove", first.Name)).Expect(0);
        (await third.MonAsync("node", "remove", second.Name)).Expect(0);
        var after =
            await cluster.WaitUntilAgreedAsync("the third peer removed", Limits.LiveChange, first, second);
        await cluster.WaitUntilAgreedAsync("the removed peer alone", Limits.LiveChange, third);
        Assert.Equal(before, after);
        Assert.Equal((int[])[first.Pid, second.Pid, third.Pid], pids);
    }

    [Fact]
    public async Task Nodes_AloneUntilNow_FindEachOtherWithoutARestart()
    {
        var site = TracedSite(hosts: 4, services: 0, interval: 3);
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, site, peers: 0));
        var first = await cluster.AddNodeAsync();
        var second = await cluster.AddNodeAsync();
        await first.StartAsync();
        await second.StartAsync();

        await cluster.IntroduceAsync(first, second);
        await cluster.IntroduceAsync(second, first);

        await cluster.WaitUntilAgreedAsync("two nodes introduced", Limits.LiveChange, first, second);
    }

    [Fact]
    public async Task MerlinConf_BrokenWhileRunning_KeepsTheNodesAndSaysWhere()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 4, services: 0, interval: 3), peers: 2);
        var node = cluster[0];
        var right = await File.ReadAllTextAsync(node.Paths.MerlinConfiguration);
        var line = right.Split('\n').Length;

        await File.WriteAllTextAsync(node.Paths.MerlinConfiguration, right + "peer broken {\n  address = 127.0.0.9\n");

        await Eventually.HoldsAsync(
            "merlin.conf broken",
            "the log names the place and that the nodes are kept",
            Limits.LiveChange,
            () => node.Log.Contains($"merlin.conf:{line}: ", StringComparison.Ordinal)
                && node.Log.Contains("are kept", StringComparison.Ordinal) ? null : "no such lines",
            cluster.Nodes);
        var answer = await node.Client.ReloadNodesAsync(CancellationToken.None);
        Assert.False(answer.Value!.Applied);
        Assert.Contains(answer.Value.Diagnostics, finding => finding.Severity == "error" && finding.Line == line);
        Assert.Contains(
            (await node.NodesAsync()).ConfigurationProblems,
            problem => problem.Contains($":{line}: ", StringComparison.Ordinal));
        await cluster.WaitUntilAgreedAsync("merlin.conf broken", Limits.Moment, cluster.Nodes);

        await File.WriteAllTextAsync(node.Paths.MerlinConfiguration, right);
        await Eventually.HoldsAsync(
            "merlin.conf mended",
            "no problem is left",
            Limits.LiveChange,
            async () => (await node.NodesAsync()).ConfigurationProblems.FirstOrDefault(),
            cluster.Nodes);
        await cluster.WaitUntilAgreedAsync("merlin.conf mended", Limits.Moment, cluster.Nodes);
    }
}
