using Compeer.EndToEnd.Harness;
using static Compeer.EndToEnd.Cluster.TravellingConfiguration;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Configured at any peer, run by all; and what must not travel stays where it is.</summary>
public sealed class ConfigurationTravelTests : ClusterTest
{
    [Fact]
    public async Task Edit_WhileAPeerIsAway_IsThereWhenItReturnsAndEarlierOnesCanBeBroughtBack()
    {
        var site = TracedSite(hosts: 6, services: 0);
        var cluster = await StartClusterAsync(site);
        cluster[2].Kill();
        await cluster.WaitUntilAgreedAsync("p3 is killed", Limits.Agreement, cluster[0], cluster[1]);
        var file = FileOf(cluster[0], "objects/site.cfg");
        var first = await File.ReadAllTextAsync(file);
        site.Host("a00", TracedPlugin.HostCommand);
        site.WriteTo(cluster[0]);
        (await cluster[0].MonAsync("reload")).Expect(0);
        await cluster.WaitUntilAgreedAsync("edited at p1", Limits.Moment, cluster[0], cluster[1]);

        await cluster[2].StartAsync();
        await cluster.WaitUntilAgreedAsync("p3 returns", Limits.Agreement, cluster.Nodes);

        (await cluster[2].MonAsync("oconf", "restore", "1")).Expect(0);
        site.Names.Remove("a00:");
        await cluster.WaitUntilAgreedAsync("the first is brought back at p3", Limits.Moment, cluster.Nodes);
        Assert.Equal(first, await File.ReadAllTextAsync(file));
        var difference = (await cluster[0].MonAsync("oconf", "diff", "2", "3")).Expect(0);
        Assert.Contains("-  host_name  a00", difference.Output, StringComparison.Ordinal);
        Assert.StartsWith("*    3  ", (await cluster[1].MonAsync("oconf", "versions")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_NotGoodAtOne_StaysOutThereWithItsReasonAndIsRunByTheOthers()
    {
        var site = TracedSite(hosts: 6, services: 0);
        var cluster = await StartClusterAsync(site);
        var obstacle = FileOf(cluster[2], "objects/taken");
        Directory.CreateDirectory(Folder.File("elsewhere"));
        Directory.CreateSymbolicLink(obstacle, Folder.File("elsewhere"));

        var added = FileOf(cluster[0], "objects/taken/added.cfg");
        Directory.CreateDirectory(Path.GetDirectoryName(added)!);
        await File.WriteAllTextAsync(added, Host(site, "a00"));
        (await cluster[0].MonAsync("reload")).Expect(0);

        await cluster.WaitUntilAgreedAsync("a file that p3 does not take", Limits.Moment, cluster[0], cluster[1]);
        await HoldsAsync([cluster[2]], "the log says why", node => node.LogTexts.Any(line =>
            line.Contains("is not taken up here", StringComparison.Ordinal)
            && line.Contains("through the link", StringComparison.Ordinal)));
        await HoldsAsync([cluster[0]], "another's log says so", node => node.LogTexts.Any(line =>
            line.Contains("p3 does not take it up", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetFiles(Folder.File("elsewhere")));

        // Mended in the configuration: it goes to all.
        File.Move(added, FileOf(cluster[0], "objects/added.cfg"));
        (await cluster[0].MonAsync("reload")).Expect(0);
        await cluster.WaitUntilAgreedAsync("mended at p1", Limits.Moment, cluster.Nodes);
    }

    [Fact]
    public async Task Edit_AtTwoAtOnce_OneIsRunByAllAndTheOtherIsKept()
    {
        var site = TracedSite(hosts: 6, services: 0);
        var cluster = await StartClusterAsync(site);
        await File.AppendAllTextAsync(FileOf(cluster[0], "objects/site.cfg"), "# made at p1\n");
        await File.AppendAllTextAsync(FileOf(cluster[1], "objects/site.cfg"), "# made at p2\n");
        var hashes = await Task.WhenAll(cluster[0].MonAsync("reload"), cluster[1].MonAsync("reload"));
        Assert.All(hashes, answer => answer.Expect(0));

        await HoldsAsync(cluster.Nodes, "all have the same file", node =>
            File.ReadAllText(FileOf(node, "objects/site.cfg")) == File.ReadAllText(FileOf(cluster[2], "objects/site.cfg")));
        await cluster.WaitUntilAgreedAsync("edited at two", Limits.Moment, cluster.Nodes);
        var inForce = await File.ReadAllTextAsync(FileOf(cluster[2], "objects/site.cfg"));
        var loser = inForce.Contains("# made at p1\n", StringComparison.Ordinal) ? cluster[1] : cluster[0];
        if (inForce.Contains("# made at p1\n# made at p2", StringComparison.Ordinal))
        {
            return;
        }

        var others = (await loser.MonAsync("oconf", "versions")).Expect(0).Output.Split('\n')
            .Where(line => line.StartsWith(' ')).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).ToList();
        var differences = await Task.WhenAll(others.Select(version => loser.MonAsync("oconf", "diff", version)));
        Assert.Contains(differences, answer => answer.Expect(0).Output.Contains($"-# made at {loser.Name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Newcomer_WithFilesOfItsOwn_MixesWithNobodyUntilItHasTheirs()
    {
        var site = TracedSite(hosts: 6, services: 0);
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, site, peers: 2));
        await cluster.StartAllAsync();
        var newcomer = await cluster.AddNodeAsync();
        Plugin.AddTo(new SiteConfiguration(Folder)).Host("sample", TracedPlugin.HostCommand).WriteTo(newcomer);
        await File.WriteAllTextAsync(
            FileOf(newcomer, "objects/site.cfg"), await File.ReadAllTextAsync(FileOf(newcomer, "objects/site.cfg")) + "# twice\n");
        foreach (var node in cluster.Nodes.Take(2))
        {
            await cluster.IntroduceAsync(node, newcomer);
            await cluster.IntroduceAsync(newcomer, node);
        }

        await newcomer.StartAsync();
        await HoldsAsync([newcomer, cluster[0]], "the log says that the two do not mix", node => node.LogTexts.Any(line =>
            line.Contains("was not made from the same", StringComparison.Ordinal)));
        await cluster.WaitUntilAgreedAsync("a newcomer with files of its own", Limits.Moment, cluster[0], cluster[1]);
        await HoldsAsync([newcomer], "it checks what it has", node => Plugin.Runs().Any(run => run.Object == "sample:"));
        Assert.Contains("was not made from the same", (await cluster[0].NodeAsync(newcomer.Name)).Reason, StringComparison.Ordinal);

        // Somebody decides.
        File.Copy(FileOf(cluster[0], "objects/site.cfg"), FileOf(newcomer, "objects/site.cfg"), overwrite: true);
        newcomer.Signal(Native.Hangup);
        await cluster.WaitUntilAgreedAsync("it has their files", Limits.Agreement, cluster.Nodes);

        // From now on it is as good as any.
        site.Host("a00", TracedPlugin.HostCommand);
        site.WriteTo(newcomer);
        (await newcomer.MonAsync("reload")).Expect(0);
        await cluster.WaitUntilAgreedAsync("edited at the newcomer", Limits.Moment, cluster.Nodes);
    }

    [Fact]
    public async Task Edit_ThatLosesMostHosts_IsTakenUpWhereItWasMadeOnlyWhenItIsMeant()
    {
        var site = TracedSite(hosts: 12, services: 0);
        var cluster = await StartClusterAsync(site, peers: 2);
        var less = TracedSite(hosts: 5, services: 0);
        less.WriteTo(cluster[0]);

        var refused = (await cluster[0].MonAsync("reload")).Expect(1);
        Assert.Contains("has lost 7 of 12 hosts", refused.Error, StringComparison.Ordinal);
        await cluster.WaitUntilAgreedAsync("refused", Limits.Moment, cluster.Nodes);

        var pid = cluster[0].Pid;
        cluster[0].Signal(Native.Terminate);
        await cluster[0].WaitForEndAsync(pid);
        await cluster[0].StartAsync();
        Assert.Contains("has lost 7 of 12 hosts", cluster[0].Output, StringComparison.Ordinal);
        await cluster.WaitUntilAgreedAsync("refused by a start", Limits.Agreement, cluster.Nodes);

        (await cluster[0].MonAsync("reload", "--yes")).Expect(0);
        site.Names.IntersectWith(less.Names);
        await cluster.WaitUntilAgreedAsync("confirmed", Limits.Moment, cluster.Nodes);
    }
}
