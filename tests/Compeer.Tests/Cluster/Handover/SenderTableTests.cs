using System.Collections.Immutable;
using Compeer.Cluster;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Handover;

/// <summary>
/// The table of who checks and who notifies: takeover, notifies, and who is up; with Merlin's answer beside ours. Two masters, one or two
/// pollers with four hosts. All nodes are asked, each makes its own view of the reports that it can hear.
/// </summary>
public sealed class SenderTableTests
{
    private static readonly NodeId[] Masters = [new(1), new(2)];
    private static readonly NodeId[] Pollers = [new(11), new(12)];
    private static readonly int[] Hosts = [4, 5, 6, 7];

    /// <summary>Whatever pollers do, and whoever is up.</summary>
    /// <param name="takeover">Whether masters check the hosts of pollers that are lost.</param>
    /// <param name="pollers">Per poller: s leaves it to its masters to notify, n notifies.</param>
    /// <param name="up">Who runs: 1 and 2 the masters, a and b the pollers; a bar where the nodes are cut from each other.</param>
    /// <param name="checks">For each of the hosts who checks it, sorted: m a master, a and b the pollers, - nobody.</param>
    /// <param name="sends">Who notifies of it.</param>
    /// <param name="merlin">Who does in Merlin, with <c>notifies</c> the same in the poller's merlin.conf and in its masters'.</param>
    [Theory]
    //          takeover  pollers  up      checks       sends        merlin
    [InlineData(true, "n", "12a", "aaaa", "aaaa", "aaaa")]
    [InlineData(true, "s", "12a", "aaaa", "mmmm", "mmmm")]
    [InlineData(true, "s", "1a", "aaaa", "mmmm", "mmmm")]
    [InlineData(true, "s", "a", "aaaa", "aaaa", "aaaa")]
    [InlineData(true, "s", "12", "mmmm", "mmmm", "mmmm")]
    [InlineData(true, "n", "12", "mmmm", "mmmm", "mmmm")]
    [InlineData(true, "s", "12|a", "mmmm|aaaa", "mmmm|aaaa", "mmmm|aaaa")]
    [InlineData(true, "n", "12|a", "mmmm|aaaa", "mmmm|aaaa", "mmmm|aaaa")]
    [InlineData(true, "ss", "12ab", "aabb", "mmmm", "mmmm")]
    [InlineData(true, "ss", "1ab", "aabb", "mmmm", "mmmm")]
    [InlineData(true, "ss", "12a", "aaaa", "mmmm", "mmmm")]
    [InlineData(true, "ss", "ab", "aabb", "aabb", "aabb")]
    [InlineData(true, "ss", "b", "bbbb", "bbbb", "bbbb")]
    [InlineData(true, "ss", "12", "mmmm", "mmmm", "mmmm")]
    [InlineData(true, "ss", "12a|b", "aaaa|bbbb", "mmmm|bbbb", "mmmm|bbbb")]
    [InlineData(true, "ss", "12|ab", "mmmm|aabb", "mmmm|aabb", "mmmm|aabb")]
    [InlineData(true, "nn", "12ab", "aabb", "aabb", "aabb")]
    [InlineData(true, "nn", "12|ab", "mmmm|aabb", "mmmm|aabb", "mmmm|aabb")]
    [InlineData(true, "sn", "12b", "bbbb", "bbbb", "bbbb")]
    [InlineData(true, "sn", "12a", "aaaa", "mmmm", "mmmm")]
    [InlineData(true, "sn", "ab", "aabb", "aabb", "aabb")]
    [InlineData(true, "sn", "12", "mmmm", "mmmm", "mmmm")]
    // In Merlin nobody notifies of what the silent one of two peers checks: its masters count on the other, which does not count on itself.
    [InlineData(true, "sn", "12ab", "aabb", "bbbb", "--bb")]
    // Without takeover nothing new is found while the pollers are lost. What they had no time to send is sent by the masters, also for
    // those that notify themselves: Merlin leaves that out for the latter.
    [InlineData(false, "s", "12a", "aaaa", "mmmm", "mmmm")]
    [InlineData(false, "ss", "12ab", "aabb", "mmmm", "mmmm")]
    [InlineData(false, "sn", "12ab", "aabb", "bbbb", "--bb")]
    [InlineData(false, "s", "a", "aaaa", "aaaa", "aaaa")]
    [InlineData(false, "s", "12", "----", "mmmm", "mmmm")]
    [InlineData(false, "n", "12", "----", "mmmm", "----")]
    [InlineData(false, "s", "12|a", "----|aaaa", "mmmm|aaaa", "mmmm|aaaa")]
    [InlineData(false, "n", "12|a", "----|aaaa", "mmmm|aaaa", "----|aaaa")]
    [InlineData(false, "ss", "12|ab", "----|aabb", "mmmm|aabb", "mmmm|aabb")]
    public void Senders_ByTakeoverNotifiesAndWhoIsUp_AreTheTable(
        bool takeover, string pollers, string up, string checks, string sends, string merlin)
    {
        var parts = up.Split('|').Select(part => Part(takeover, pollers, part)).ToArray();

        Assert.Equal(checks, string.Join('|', parts.Select(part => Words(part, (sets, view) => sets.Owners(view)))));
        Assert.Equal(sends, string.Join('|', parts.Select(part => Words(part, (sets, view) => Senders.Of(view, sets)))));
        Assert.Equal(merlin, string.Join('|', up.Split('|').Select(part => Merlin(takeover, pollers, part))));
    }

    [Fact]
    public void Senders_WhereAllNotify_AreTheOwners()
    {
        foreach (var (view, sets) in Part(takeover: true, "nn", "12ab").Values)
        {
            Assert.Equal(sets.Owners(view).AsEnumerable(), Senders.Of(view, sets).AsEnumerable());
        }
    }

    /// <summary>Should a silent poller be lost, its masters go on with what they send, without a handover.</summary>
    [Fact]
    public void Senders_OfALostGroup_AreThoseThatSentForIt()
    {
        var (with, sets) = Part(takeover: true, "s", "12a")[Masters[0]];
        var (without, _) = Part(takeover: true, "s", "12")[Masters[0]];

        Assert.Equal(
            Senders.Of(with, sets).Select(sender => with.Owning[sender]), sets.Owners(without).Select(owner => without.Owning[owner]));
    }

    /// <summary>A poller below a poller: who sends for the upper one sends for the lower one, too, whatever that says of itself.</summary>
    [Theory]
    [InlineData(false, false, "m")]
    [InlineData(false, true, "m")]
    [InlineData(true, false, "a")]
    [InlineData(true, true, "c")]
    public void Senders_OfThreeTiers_AreOne(bool upperNotifies, bool lowerNotifies, string expected)
    {
        NodeId lower = new(21);
        var west = Group(Pollers[0], takeover: true);
        var deep = new Neighbour(lower, "deep", NeighbourKind.Poller, Connect: true, DataTimeout: null) { HostGroups = ["west"] };
        NodeReport[] reports =
        [
            Report(Masters[0], peers: [Masters[1]], masters: [], pollers: [Pollers[0]]),
            Report(Masters[1], peers: [Masters[0]], masters: [], pollers: [Pollers[0]]),
            Report(Pollers[0], peers: [], masters: Masters, pollers: [lower]) with { Notifies = upperNotifies },
            Report(lower, peers: [], masters: [Pollers[0]], pollers: []) with { Notifies = lowerNotifies },
        ];
        var store = Store(reports);
        var senders = new SortedSet<string>();
        foreach (var (node, groups) in new (NodeId, ImmutableArray<PollerGroup>)[]
        {
            (Masters[0], PollerGroup.Of([west])), (Masters[1], PollerGroup.Of([west])), (Pollers[0], PollerGroup.Of([deep])), (lower, []),
        })
        {
            var view = ClusterView.Of(store, node, groups);
            var sent = Senders.Of(view, new ObjectSets(Objects(), groups));
            if (Hosts.Any(host => sent[host] >= 0 && view.Owning[sent[host]] == node))
            {
                senders.Add(node == lower ? "c" : NameOf(node));
            }
        }

        Assert.Equal(expected, string.Concat(senders));
    }

    /// <summary>Masters that name each other as pollers and masters in a circle are an operator's mistake, not an endless loop.</summary>
    [Fact]
    public void View_OfMastersInACircle_IsMade()
    {
        var store = Store(
        [
            Report(Masters[0], peers: [], masters: [Masters[1]], pollers: [Masters[1]]),
            Report(Masters[1], peers: [], masters: [Masters[0]], pollers: [Masters[0]]),
        ]);

        Assert.False(ClusterView.Of(store, Masters[0], []).IsSpokenFor);
    }

    /// <summary>The views of all nodes of a part that can hear each other.</summary>
    private static Dictionary<NodeId, (ClusterView View, ObjectSets Sets)> Part(bool takeover, string pollers, string up)
    {
        var groups = PollerGroup.Of(Pollers.Take(pollers.Length).Select(poller => Group(poller, takeover)));
        NodeId[] nodes =
        [
            .. Masters.Where((_, place) => up.Contains("12"[place])), .. Pollers.Where((_, place) => up.Contains("ab"[place])),
        ];
        var own = Pollers[..pollers.Length];
        var store = Store([.. nodes.Select(node => Masters.Contains(node)
            ? Report(node, peers: [.. Masters.Where(other => other != node)], masters: [], pollers: own)
            : Report(node, peers: [.. own.Where(other => other != node)], masters: Masters, pollers: []) with
            {
                Notifies = pollers[Pollers.IndexOf(node)] == 'n',
            })]);
        return nodes.ToDictionary(node => node, node =>
        {
            var named = Masters.Contains(node) ? groups : [];
            return (ClusterView.Of(store, node, named), new ObjectSets(Objects(), named));
        });
    }

    /// <summary>For each host who takes it for its own, sorted; two that do would be two letters.</summary>
    private static string Words(
        Dictionary<NodeId, (ClusterView View, ObjectSets Sets)> part, Func<ObjectSets, ClusterView, ImmutableArray<short>> numbers) =>
        string.Concat(Hosts.Select(host => string.Concat(part
                .Where(node => numbers(node.Value.Sets, node.Value.View)[host] is >= 0 and var number
                    && node.Value.View.Owning[number] == node.Key)
                .Select(node => NameOf(node.Key)).DefaultIfEmpty("-")))
            .OrderBy(word => word == "-" ? "" : word, StringComparer.Ordinal));

    /// <summary>What Merlin's hook for notifications answers at each node (<c>hook_notification</c> of module/hooks.c).</summary>
    private static string Merlin(bool takeover, string pollers, string up)
    {
        var active = up.Where(char.IsLetter).ToArray();
        var masters = up.Where(char.IsDigit).ToArray();
        bool Notifies(char poller) => pollers["ab".IndexOf(poller, StringComparison.Ordinal)] == 'n';
        return string.Concat(Enumerable.Range(0, Hosts.Length).Select(place =>
        {
            // Whoever is up divides among itself; a group that is lost leaves it to the masters, or keeps it by name.
            var owner = active.Length > 0 ? active[place % active.Length] : takeover ? 'm' : 'a';
            var sends = up.Where(node =>
            {
                var own = char.IsDigit(node) ? masters[place % masters.Length] == node : owner == node;
                if (char.IsLetter(node))
                {
                    return own && (Notifies(node) || masters.Length == 0);
                }

                return owner == 'm' ? own : !Notifies(owner) && !active.Any(Notifies) && own;
            });
            return string.Concat(sends.Select(node => char.IsDigit(node) ? 'm' : node).DefaultIfEmpty('-'));
        }).OrderBy(word => word == "-" ? "" : word, StringComparer.Ordinal));
    }

    private static string NameOf(NodeId node) => Masters.Contains(node) ? "m" : "ab"[Pollers.IndexOf(node)].ToString();

    private static ReportStore Store(NodeReport[] reports)
    {
        var store = new ReportStore();
        foreach (var report in reports)
        {
            store.Add(report with { Edges = [.. report.Edges.Where(edge => reports.Any(other => other.Node == edge.Node))] });
        }

        return store;
    }

    private static NodeReport Report(NodeId node, NodeId[] peers, NodeId[] masters, NodeId[] pollers) => MachineHarness.Report(node) with
    {
        Configured = [.. peers],
        Masters = [.. masters],
        Pollers = [.. pollers],
        Edges = [.. peers.Concat(masters).Concat(pollers).Order().Select(other => new Run(other, 1))],
    };

    private static Neighbour Group(NodeId poller, bool takeover) =>
        new(poller, "poller", NeighbourKind.Poller, Connect: true, DataTimeout: null) { HostGroups = ["west"], Takeover = takeover };

    private static GroupObjects Objects() => new PreparedObjects(
        MachineHarness.Objects(8) with
        {
            HostGroups = new Dictionary<string, ImmutableArray<int>> { ["west"] = [.. Hosts] }.ToImmutableDictionary(),
        }).ForGroup;
}
