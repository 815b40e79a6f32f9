using System.Diagnostics;
using Compeer.EndToEnd.Harness;
using Xunit.Abstractions;

namespace Compeer.EndToEnd.Cluster;

/// <summary>A peer is lost, in several ways, and comes back.</summary>
[Collection(Alone.Name)]
public sealed class TakeoverTests : ClusterTest
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    private readonly ITestOutputHelper _output;
    private readonly SiteConfiguration _site;

    public TakeoverTests(ITestOutputHelper output)
    {
        _output = output;
        _site = TracedSite(hosts: 20, services: 1, (int)Interval.TotalSeconds);
    }

    [Fact]
    public async Task Peer_Killed_IsTakenOverWithinASecondAndGetsItsShareBack()
    {
        var cluster = await StartClusterAsync(_site);
        (var first, var victim, var third) = (cluster[0], cluster[1], cluster[2]);
        var before = await SettleAsync(cluster);

        var killedAt = TracedPlugin.Now;
        victim.Kill();
        var during =
            await TakenOverAsync(cluster, "after SIGKILL of a peer", TimeSpan.FromSeconds(1), first, third);

        AssertOnlyMoved(before, during, victim);
        await Plugin.ChangeAndWaitAsync(NameOwnedBy(during, first, before), "changed while a peer was away", Interval, first, third);
        await Eventually.HoldsAsync(
            "after SIGKILL of a peer",
            "its checks run elsewhere",
            Interval + TimeSpan.FromSeconds(3),
            () => before.FirstOrDefault(pair => pair.Value == victim.Name && !RanSince(pair.Key, killedAt)).Key,
            first,
            third);

        await victim.StartAsync();
        var after =
            await cluster.WaitUntilAgreedAsync("return of the peer", Limits.Agreement, cluster.Nodes);
        Assert.Equal(before, after);
        var caughtUp = await victim.ObjectAsync(NameOwnedBy(during, first, before));
        Assert.Equal(("CRITICAL", "changed while a peer was away"), (caughtUp.State, caughtUp.Output));
    }

    [Fact]
    public async Task Peer_Silent_IsTakenOverWithinFourSecondsAndDoubtsItselfBeforeItActs()
    {
        var cluster = await StartClusterAsync(_site);
        (var first, var victim, var third) = (cluster[0], cluster[1], cluster[2]);
        var before = await SettleAsync(cluster);

        var logged = victim.Log.Length;
        victim.Signal(Native.Stop);
        var during =
            await TakenOverAsync(cluster, "after SIGSTOP of a peer", TimeSpan.FromSeconds(4), first, third);
        AssertOnlyMoved(before, during, victim);
        var changed = NameOwnedBy(during, first, before);
        await Plugin.ChangeAndWaitAsync(changed, "changed while a peer was silent", Interval, first, third);

        var continuedAt = TracedPlugin.Now;
        victim.Signal(Native.Continue);
        var owners = new OwnerWatch(cluster.Nodes);
        await Eventually.HoldsAsync(
            "after SIGCONT",
            "the division is what it was",
            Limits.Agreement,
            async () =>
            {
                await owners.LookAsync();
                (var problem, var division) = await cluster.LookAsync([.. cluster.Nodes]);
                return problem ?? (division.SequenceEqual(before) ? null : "another division than before");
            },
            cluster.Nodes);
        Assert.Contains("this node did nothing for ", victim.Log[logged..], StringComparison.Ordinal);
        var caughtUp = await victim.ObjectAsync(changed);
        Assert.Equal(("CRITICAL", "changed while a peer was silent"), (caughtUp.State, caughtUp.Output));

        await Eventually.HoldsAsync(
            "after SIGCONT",
            "every object is run again",
            2 * Interval + Limits.Moment,
            async () =>
            {
                await owners.LookAsync();
                return _site.Names.FirstOrDefault(name => !RanSince(name, continuedAt + Interval));
            },
            cluster.Nodes);
        owners.AssertNoTwoOwnersForLongerThan(TimeSpan.FromMilliseconds(500));
        RunsOfChecks.AssertNoneTwice(Plugin.Runs().Where(run => run.StartedAt > continuedAt - Interval), 0.5 * Interval);
    }

    [Fact]
    public async Task Peer_Stopped_HandsOverAtOnceAndNothingRunsTwice()
    {
        var cluster = await StartClusterAsync(_site);
        (var first, var victim, var third) = (cluster[0], cluster[1], cluster[2]);
        var before = await SettleAsync(cluster);

        var stoppedAt = TracedPlugin.Now;
        var pid = victim.Pid;
        victim.Signal(Native.Terminate);
        var during =
            await TakenOverAsync(cluster, "after SIGTERM of a peer", TimeSpan.FromSeconds(1), first, third);
        AssertOnlyMoved(before, during, victim);
        await victim.WaitForEndAsync(pid);
        Assert.Equal(0, await victim.ExitCodeAsync());

        await Eventually.HoldsAsync(
            "after SIGTERM of a peer",
            "every object is run again",
            2 * Interval + Limits.Moment,
            () => _site.Names.FirstOrDefault(name => !RanSince(name, stoppedAt + Interval)),
            first,
            third);
        IReadOnlyList<PluginRun> runs = [.. Plugin.Runs().Where(run => run.StartedAt > stoppedAt - Interval)];
        RunsOfChecks.AssertNoneTwice(runs, 0.6 * Interval);
        RunsOfChecks.AssertNoneLeftOut(runs, _site.Names, stoppedAt, stoppedAt + Interval, 1.4 * Interval);
        var last = stoppedAt + TimeSpan.FromSeconds(1) + LostTime.Since(stoppedAt);
        Assert.DoesNotContain(runs, run => run.Node == victim.Name && run.StartedAt > last);
        Assert.Contains("Successfully shutdown...", victim.Log, StringComparison.Ordinal);
    }

    /// <summary>Waits until these nodes own everything and writes down how long it took since the call.</summary>
    private async Task<IReadOnlyDictionary<string, string>> TakenOverAsync(
        MonitorCluster cluster, string phase, TimeSpan limit, params MonitorNode[] survivors)
    {
        var clock = Stopwatch.StartNew();
        var division = await cluster.WaitUntilAgreedAsync(phase, limit, survivors);
        _output.WriteLine($"{phase}: all checks are owned by the others after {clock.ElapsedMilliseconds} ms");
        return division;
    }

    /// <summary>Everything was checked once and all agree.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> SettleAsync(MonitorCluster cluster)
    {
        await cluster.WaitUntilAllCheckedAsync("first round", Interval + Limits.Moment);
        return await cluster.WaitUntilAgreedAsync("before the loss", Limits.Agreement, cluster.Nodes);
    }

    private bool RanSince(string name, TimeSpan since) =>
        Plugin.Runs().Any(run => run.Object == name && run.StartedAt > since);

    /// <summary>A service that this node owned before and owns now.</summary>
    private static string NameOwnedBy(
        IReadOnlyDictionary<string, string> now, MonitorNode owner, IReadOnlyDictionary<string, string> before) =>
        now.First(pair => pair.Value == owner.Name && before[pair.Key] == owner.Name && !pair.Key.EndsWith(':')).Key;

    private static void AssertOnlyMoved(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, MonitorNode lost)
    {
        string[] moved = [.. before.Where(pair => pair.Value != lost.Name && after[pair.Key] != pair.Value).Select(pair => pair.Key)];
        Assert.True(moved.Length == 0, $"these were not {lost.Name}'s and moved: {string.Join(", ", moved)}");
    }
}
