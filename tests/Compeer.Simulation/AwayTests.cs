using System.Text;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>A poller that reaches no master for a day monitors alone, and brings everything when it is back.</summary>
public sealed class AwayTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What is lost in the first moment of a cut may be told in either log only.</summary>
    private static readonly TimeSpan Edge = TimeSpan.FromSeconds(30);

    /// <param name="takeover">Whether its masters do its checks, too.</param>
    /// <param name="isKilled">Whether it is killed and started while it brings what it has.</param>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Poller_AwayForADay_MonitorsAloneAndBringsStatesAndHistoryInOrder(bool takeover, bool isKilled)
    {
        var (cluster, poller) = Site(takeover);
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Checkers.Disturbed("the start");
        cluster.Run(TimeSpan.FromSeconds(30));
        cluster.Checkers.Warnings.Expect(Checking.WarningChecker.Cause.Fault);

        cluster.Checkers.Disturbed("the poller is away");
        foreach (var master in cluster.Peers.Where(peer => peer != poller))
        {
            cluster.Network.CutBoth(master, poller);
        }

        var left = cluster.Time.Now;
        var before = cluster.Checkers.StartedBy.GetValueOrDefault(poller.Index);
        while (cluster.Time.Now < left + Day)
        {
            cluster.Time.RunUntil(cluster.Time.Now + TimeSpan.FromMinutes(1));
            cluster.Checkers.Sample();
        }

        // It did all its checks, each once an interval or more often, as problems are looked at again sooner.
        var objects = poller.Edition.Objects.Count;
        Assert.InRange(
            cluster.Checkers.StartedBy[poller.Index] - before,
            (int)(objects * (Day / Interval)) - objects,
            int.MaxValue);
        var mine = Lines(poller, left + Edge, cluster.Time.Now - Edge);
        Assert.True(mine.Count > objects, $"only {mine.Count} lines in a day");
        Assert.All(poller.Edition.Objects, number => Assert.Equal(takeover ? 2 : 1, cluster.OwnersOf(number).Count()));

        // What it keeps for them is counted, and nothing of it is lost.
        Assert.InRange(poller.Peer.History.Entries, mine.Count, 100_000);
        Assert.Equal(0, poller.Peer.History.Lost);

        // What the masters saw themselves in the same second stands in their logs already.
        var theirs = cluster.Peers.Where(peer => peer != poller).SelectMany(master => Lines(master, left, TimeSpan.MaxValue)).ToHashSet();
        mine.RemoveAll(theirs.Contains);
        Assert.True(mine.Count > objects, $"only {mine.Count} lines of a day are not the masters' own, too");
        var back = cluster.Time.Now;
        cluster.Checkers.Disturbed("the poller is back");
        cluster.Network.HealAll();
        if (isKilled)
        {
            cluster.Run(TimeSpan.FromMilliseconds(1_500));
            poller.Crash(silently: false);
            cluster.Checkers.Disturbed("the poller is killed");
            cluster.Run(TimeSpan.FromSeconds(1));
            poller.Start();
        }

        cluster.RunUntil(
            () => cluster.Peers.Select(master => WhyNotInOrder(mine, master, left)).FirstOrDefault(why => why is not null),
            TimeSpan.FromSeconds(40),
            "each master's log has all lines of the poller, in order and once");
        cluster.RunUntil(cluster.Checkers.WhyNotEqualStates, TimeSpan.FromSeconds(20), "all have the same states");
        cluster.RunUntil(
            () => poller.Edition.Objects.All(number => cluster.OwnersOf(number).SequenceEqual([poller])),
            TimeSpan.FromSeconds(20),
            "the poller has its own again");
        Assert.True(cluster.Time.Now - back < TimeSpan.FromMinutes(1));
    }

    /// <summary>Null when the log of a master has these lines in this order, each once.</summary>
    private static string? WhyNotInOrder(List<string> expected, SimulatedPeer master, TimeSpan from)
    {
        var wanted = expected.ToHashSet();
        var lines = Lines(master, from, TimeSpan.MaxValue).Where(wanted.Contains).ToList();
        return lines.Count < expected.Count ? $"{master.Name} has {lines.Count} of {expected.Count}"
            : !lines.SequenceEqual(expected) ? $"{master.Name} has another order, or lines twice"
            : null;
    }

    /// <summary>What a log says of hosts and services, by the time at which it happened.</summary>
    private static List<string> Lines(SimulatedPeer peer, TimeSpan from, TimeSpan to) =>
    [
        .. peer.LogLines.Where(line => line.At >= from && line.At <= to)
            .Select(line => $"[{line.Entry.At.ToUnixTimeSeconds()}] {Encoding.UTF8.GetString(line.Entry.Text.Span)}")
            .Where(text => text.Contains(" ALERT: ", StringComparison.Ordinal)),
    ];

    /// <summary>Two masters and a poller that has half of all hosts.</summary>
    private static (SimulatedCluster Cluster, SimulatedPeer Poller) Site(bool takeover)
    {
        var world = new SimulatedWorld(seed: 11, hosts: 6, servicesPerHost: 1, Interval, withContacts: true);
        var names = world.First.Configuration.Objects.Hosts.Select(host => host.Name).ToArray();
        var hosts = names.ToDictionary(name => name, name => names.IndexOf(name) < 3 ? (string[])["west"] : [], StringComparer.Ordinal);
        var root = new SimulatedGroup("", null, world.Part(hosts));
        var part = names.Take(3).ToDictionary(name => name, _ => Array.Empty<string>(), StringComparer.Ordinal);
        var west = new SimulatedGroup("west", root, world.Part(part)) { Takeover = takeover };
        var cluster = new SimulatedCluster(seed: 11, world, [(root, 2), (west, 1)]);
        return (cluster, west.Peers[0]);
    }
}
