using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Configuration;

/// <summary>What is taken up last is the newest configuration, whatever times the files have.</summary>
public sealed class OldFilePutBackTests : ClusterTest
{
    private const int OldHosts = 6;
    private const int NewHosts = 7;

    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("reload")]
    [InlineData("restart")]
    public async Task OldFile_PutBackAtOnePeer_IsTheNewestEverywhereAndStaysSo(string command)
    {
        var old = TracedSite(OldHosts, services: 1, interval: 2);
        var cluster = await StartClusterAsync(old, peers: 2);
        (var first, var second) = (cluster[0], cluster[1]);
        TracedSite(NewHosts, services: 1, interval: 2).WriteTo(first);
        (await first.MonAsync("reload")).Expect(0);
        await HasEverywhereAsync("p1 has newer files", cluster, NewHosts);

        PutBack(old, first);
        (await first.MonAsync(command)).Expect(0);
        await HasEverywhereAsync($"{command} with the old file at p1", cluster, OldHosts);
        await cluster.WaitUntilAgreedAsync($"{command} with the old file at p1", Limits.Agreement, cluster.Nodes);

        // Neither what changes nothing, nor a start of whoever had the other files before, turns it round.
        (await second.MonAsync("reload")).Expect(0);
        (await second.MonAsync("restart")).Expect(0);
        await cluster.WaitUntilAgreedAsync("p2 restarted", Limits.Agreement, cluster.Nodes);
        (await first.MonAsync("restart")).Expect(0);
        await cluster.WaitUntilAgreedAsync("p1 restarted", Limits.Agreement, cluster.Nodes);
        await HasEverywhereAsync("both restarted", cluster, OldHosts);
        foreach (var node in cluster.Nodes)
        {
            (await node.MonAsync("stop")).Expect(0);
        }

        (await second.MonAsync("start")).Expect(0);
        Assert.Equal(OldHosts, (await second.StatusAsync()).Hosts);
        (await second.MonAsync("stop")).Expect(0);
    }

    private static void PutBack(SiteConfiguration site, MonitorNode node)
    {
        site.WriteTo(node);
        foreach (var file in Directory.EnumerateFiles(node.Paths.ConfigurationFolder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, LongAgo);
        }
    }

    /// <summary>Waits until all nodes run so many hosts and share them.</summary>
    private static Task<TimeSpan> HasEverywhereAsync(string phase, MonitorCluster cluster, int hosts) => Eventually.HoldsAsync(
        phase,
        $"every node runs {hosts} hosts, and all share them",
        Limits.Agreement,
        async () =>
        {
            foreach (var node in cluster.Nodes)
            {
                var status = await node.NodesAsync();
                var own = (await node.StatusAsync()).Hosts;
                if (own != hosts || status.Members != cluster.Nodes.Count || status.ConfigurationProblems.Length > 0)
                {
                    return $"{node.Name} has {own} hosts and is one of {status.Members}; {string.Join("; ", status.ConfigurationProblems)}";
                }
            }

            return null;
        },
        cluster.Nodes);
}
