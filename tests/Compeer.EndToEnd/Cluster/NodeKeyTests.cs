using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Only nodes that show the pinned key are let in.</summary>
public sealed class NodeKeyTests : ClusterTest
{
    [Fact]
    public async Task Peer_WithAKeyThatIsNotPinned_IsRefusedUntilTheKeyFileIsCorrected()
    {
        var site = TracedSite(hosts: 6, services: 1, interval: 2);
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, site, peers: 2));
        var stranger = await cluster.AddNodeAsync();
        (var first, var second) = (cluster[0], cluster[1]);
        var keyFile = Path.Combine(first.Paths.MerlinFolder, second.Name + ".pub");
        var rightKey = await File.ReadAllTextAsync(keyFile);
        await File.WriteAllTextAsync(keyFile, await stranger.KeyAsync());

        await first.StartAsync();
        await second.StartAsync();
        await Eventually.HoldsAsync(
            "a wrong key at p1",
            "p1 logs that p2's key is not the pinned one",
            Limits.Moment,
            () => Mentions(first, "publickey", second) ? null : "no such line",
            first,
            second);
        await Eventually.HoldsAsync(
            "a wrong key at p1",
            "p2 logs that p1 does not accept its key",
            Limits.Moment,
            () => Mentions(second, "key", first) ? null : "no such line",
            first,
            second);
        foreach (var node in (MonitorNode[])[first, second])
        {
            // A node that dialled before the other listened says so until it dials again.
            await Eventually.HoldsAsync(
                "a wrong key at p1",
                $"{node.Name} gives the key as the reason",
                Limits.LiveChange,
                async () => (await node.NodesAsync()).Nodes[1].Reason is { } reason
                    && reason.Contains("key", StringComparison.OrdinalIgnoreCase) ? null : "another reason",
                first,
                second);
            Assert.Equal(1, (await node.NodesAsync()).Members);
            Assert.All(await node.OwnersAsync(), pair => Assert.Equal(node.Name, pair.Value));
        }

        await File.WriteAllTextAsync(keyFile, rightKey);
        await cluster.WaitUntilAgreedAsync("the key file corrected", Limits.LiveChange, first, second);
    }

    [Theory]
    [InlineData("not a key at all\n", "not a public key")]
    [InlineData(null, "p2.pub")]
    public async Task KeyFile_Unusable_KeepsOnlyItsNodeAwayAndHealsLive(string? content, string reason)
    {
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, TracedSite(hosts: 6, services: 0, interval: 2), peers: 3));
        (var first, var second, var third) = (cluster[0], cluster[1], cluster[2]);
        var keyFile = Path.Combine(first.Paths.MerlinFolder, second.Name + ".pub");
        var rightKey = await File.ReadAllTextAsync(keyFile);
        File.Delete(keyFile);
        if (content is not null)
        {
            await File.WriteAllTextAsync(keyFile, content);
        }

        await Task.WhenAll(first.StartAsync(), third.StartAsync());
        await cluster.WaitUntilAgreedAsync("one key unusable", Limits.Agreement, first, third);
        Assert.Contains(reason, (await first.NodeAsync(second.Name)).Reason, StringComparison.Ordinal);
        await first.SaysAsync(reason);

        await File.WriteAllTextAsync(keyFile, rightKey);
        await second.StartAsync();
        await cluster.WaitUntilAgreedAsync("the key file corrected", Limits.Agreement, cluster.Nodes);
    }

    /// <summary>Whether a line of the node's log gives the key as the reason and names the other node or its address.</summary>
    private static bool Mentions(MonitorNode node, string word, MonitorNode other) => node.LogTexts.Any(line =>
        line.Contains(word, StringComparison.OrdinalIgnoreCase)
        && (line.Contains(other.Name, StringComparison.Ordinal)
            || line.Contains(other.Address, StringComparison.Ordinal)
            || line.StartsWith("Warning: refused 127.", StringComparison.Ordinal)));
}
