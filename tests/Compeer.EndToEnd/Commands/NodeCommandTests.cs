using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Commands;

/// <summary><c>mon node</c> and <c>mon oconf</c> on a cluster of running daemons.</summary>
public sealed partial class NodeCommandTests : ClusterTest
{
    [Fact]
    public async Task NodeStatus_OfThreePeers_ShowsEqualSharesAndTheLossOfOne()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 27, services: 2, interval: 4));
        (var first, var third) = (cluster[0], cluster[2]);
        await cluster.WaitUntilAllCheckedAsync("first round", Limits.Moment);

        var status = (await first.MonAsync("node", "status")).Expect(0).Output;

        Assert.StartsWith("Total checks (host / service): 27 / 54\n", status, StringComparison.Ordinal);
        Assert.Equal(["ipc", "p2", "p3"], ActiveNode().Matches(status).Select(match => match.Groups["name"].Value));
        Assert.Equal(3, Regex.Count(
            status, @"^Host checks \(handled, expired, total\)   : 9, 0, 27 \(33\.33% : 33\.33%\)$", RegexOptions.Multiline));
        Assert.Equal(3, Regex.Count(
            status, @"^Service checks \(handled, expired, total\): 18, 0, 54 \(33\.33% : 33\.33%\)$", RegexOptions.Multiline));
        var tree = (await first.MonAsync("node", "tree")).Expect(0).Output;
        Assert.All((string[])["p2", "p3"], name => Assert.Contains(name, tree, StringComparison.Ordinal));

        third.Kill();
        await cluster.WaitUntilAgreedAsync("a peer lost", Limits.Moment, first, cluster[1]);
        var loss = (await first.MonAsync("node", "status")).Expect(1).Output;
        Assert.Matches(@"(?m)^#\d\d -/\d:\d peer p3: INACTIVE", loss);
        Assert.Matches(@"(?m)^#\d\d \d/\d:\d peer p2: ACTIVE", loss);
        Assert.Matches(@"(?m)^Host checks .*: 0, 0, 27 \(0\.00% : 0\.00%\)$", loss);
    }

    [Fact]
    public async Task ListsAndHashes_OnAnyPeer_AreTheSame()
    {
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, TracedSite(hosts: 3, services: 1), peers: 2));
        foreach (var node in cluster.Nodes)
        {
            var other = cluster.Nodes.Single(neighbour => neighbour != node).Name;
            Assert.Equal(other, (await node.MonAsync("node", "list")).Expect(0).Output.Trim());
            Assert.Contains($"# {other}", (await node.MonAsync("node", "show")).Expect(0).Output, StringComparison.Ordinal);
            Assert.Equal(
                Path.Combine(node.Paths.ConfigurationFolder, "objects", "site.cfg"),
                (await node.MonAsync("oconf", "files")).Expect(0).Output.Trim());
        }

        var hashes = await Task.WhenAll(
            cluster.Nodes.Select(async node => (await node.MonAsync("oconf", "hash")).Expect(0).Output.Trim()));
        Assert.Matches("^[0-9a-f]{40}$", hashes[0]);
        Assert.Equal(hashes[0], hashes[1]);

        await cluster.StartAllAsync();
        Assert.Single((await cluster[0].NodesAsync()).Nodes.Select(node => node.ConfigurationHash).Distinct());
    }

    [Fact]
    public async Task Commands_ThatMakeNoSense_SaySoInOneLine()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        (string[] Arguments, int ExitCode, string Reason)[] cases =
        [
            (["nod", "status"], 2, "nod"),
            (["node", "stauts"], 2, "stauts"),
            (["node", "add"], 2, "name"),
            (["node", "add", "p2", "type=pear"], 2, "pear"),
            (["node", "add", "p2", "type=peer", "port=70000"], 1, "70000"),
            (["node", "add", "g1", "type=poller"], 1, "hostgroup"),
            (["node", "remove", "nobody"], 1, "nobody"),
            (["node", "status"], 1, "not running"),
        ];
        var before = await File.ReadAllTextAsync(node.Paths.MerlinConfiguration);
        foreach ((var arguments, var exitCode, var reason) in cases)
        {
            var result = (await node.MonAsync(arguments)).Expect(exitCode);
            Assert.Contains(reason, result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Text, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllTextAsync(node.Paths.MerlinConfiguration));
        foreach (var help in (string[][])[[], ["--help"], ["node"], ["oconf"], ["node", "add", "--help"], ["start", "--help"]])
        {
            Assert.Contains("mon", (await node.MonAsync(help)).Text, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(
        @"^#\d\d [012]/\d:2 \w+ (?<name>\w+): ACTIVE - \d+\.\d{3}s latency( - \(ENCRYPTED\))?\r?$", RegexOptions.Multiline)]
    private static partial Regex ActiveNode();
}
