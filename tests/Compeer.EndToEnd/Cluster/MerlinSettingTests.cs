using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Settings of merlin.conf that a running daemon works by.</summary>
public sealed class MerlinSettingTests : ClusterTest
{
    [Fact]
    public async Task BlockedHostGroups_AreNotCheckedUntilTheyAreFreeAgain()
    {
        var node = Single(TracedSite(hosts: 2, services: 1, interval: 1)
            .Text("define hostgroup {\n  hostgroup_name  shut\n  members  h01\n}"));
        var merlin = await File.ReadAllTextAsync(node.Paths.MerlinConfiguration);
        await File.AppendAllTextAsync(node.Paths.MerlinConfiguration, "module {\n  ipc_blocked_hostgroups = shut\n}\n");

        await node.StartAsync();

        await Eventually.HoldsAsync(
            "a group is blocked", "the other host is checked several times", Limits.Agreement,
            () => RunsOf("h02") > 3 ? null : "not yet", node);
        Assert.Equal(0, RunsOf("h01"));

        await File.WriteAllTextAsync(node.Paths.MerlinConfiguration, merlin);
        await Eventually.HoldsAsync(
            "the group is free again", "its host is checked", Limits.LiveChange, () => RunsOf("h01") > 1 ? null : "not yet", node);

        int RunsOf(string host) => Plugin.Runs().Count(run => run.Object.StartsWith(host, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AutoDelete_PollerThatStaysAwayWhileAnotherIsThere_IsTakenOut()
    {
        var site = TracedSite(hosts: 2, services: 0, interval: 5).Text("define hostgroup {\n  hostgroup_name  far\n  members  h01\n}");
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, site, peers: 0));
        (var master, var there, var away) = (await cluster.AddNodeAsync(), await cluster.AddNodeAsync(), await cluster.AddNodeAsync());
        foreach (var poller in (MonitorNode[])[there, away])
        {
            await AddAsync(master, poller, "type=poller", "hostgroup=far", "auto_delete=1");
        }

        await AddAsync(there, master, "type=master");
        await AddAsync(there, away, "type=peer");
        await master.StartAsync();
        await there.StartAsync();

        await Eventually.HoldsAsync(
            "a poller is away",
            "it is no longer in merlin.conf",
            TimeSpan.FromMinutes(3),
            () => File.ReadAllText(master.Paths.MerlinConfiguration) is var text && text.Contains("poller p3", StringComparison.Ordinal)
                ? text : null,
            master,
            there);
        Assert.Contains("poller p2", await File.ReadAllTextAsync(master.Paths.MerlinConfiguration), StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            "the poller was removed",
            "the log says so",
            Limits.Moment,
            () => (master.Log + master.Output).Contains("poller p3 was not seen for ", StringComparison.Ordinal) ? null : "not yet",
            master);
    }

    private static async Task AddAsync(MonitorNode node, MonitorNode other, params string[] words)
    {
        await File.WriteAllTextAsync(Path.Combine(node.Paths.MerlinFolder, other.Name + ".pub"), await other.KeyAsync());
        (await node.MonAsync(
            ["node", "add", other.Name, $"address={other.Address}", $"port={other.Port}", $"publickey={other.Name}.pub", .. words]))
            .Expect(0);
    }
}
