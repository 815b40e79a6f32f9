using System.Collections.Immutable;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Membership;

/// <summary>Two masters, two peered pollers and one alone: what each makes of the reports.</summary>
public sealed class TierViewTests
{
    private static readonly NodeId Yoda = new(1);
    private static readonly NodeId Obi1 = new(2);
    private static readonly NodeId Luke = new(3);
    private static readonly NodeId Leya = new(4);
    private static readonly NodeId Hyperdrive = new(5);

    private static readonly ImmutableArray<PollerGroup> Groups = PollerGroup.Of(
    [
        Poller(Luke, "tattoine", "theforce"),
        Poller(Hyperdrive, "hyper"),
        Poller(Leya, "theforce", "tattoine"),
    ]);

    [Fact]
    public void Groups_SameHostGroupsInAnyOrder_AreOne()
    {
        Assert.Equal(["hyper", "tattoine,theforce"], Groups.Select(group => group.Name));
        Assert.Equal([Luke, Leya], Groups[1].Nodes.AsEnumerable());
        Assert.NotEqual(PollerGroup.ShapeOf(Groups), PollerGroup.ShapeOf(Groups[..1]));
    }

    [Fact]
    public void View_OfAMaster_HasItsPeersAsMembersAndThePollersBelow()
    {
        var view = ClusterView.Of(Store(), Yoda, Groups);

        Assert.Equal([Yoda, Obi1], view.Members.AsEnumerable());
        Assert.Equal([Yoda, Obi1, Hyperdrive, Luke, Leya], view.Owning.AsEnumerable());
        Assert.Equal(5, view.Heard.Count);
    }

    [Fact]
    public void View_OfAPoller_HasItsPeersAsMembersAndWaitsForNoOtherGroup()
    {
        var view = ClusterView.Of(Store(), Luke, []);

        Assert.Equal([Luke, Leya], view.Members.AsEnumerable());
        Assert.Equal([Yoda, Obi1, Luke, Leya], view.Related.Select(report => report.Node));
        Assert.Equal([Luke, Leya], view.Heard.Order());
        Assert.True(view.HasMaster);
        Assert.Equal(ClusterView.Of(Store(), Yoda, Groups).Fingerprint, view.Fingerprint);
    }

    [Fact]
    public void Peers_PartedFromEachOther_AreAGroupOverTheirMastersAndNotOverTheirPollers()
    {
        var pollers = Store((Luke, Leya));
        Assert.Equal([Luke, Leya], ClusterView.Of(pollers, Luke, []).Members.AsEnumerable());
        var masters = Store((Yoda, Obi1));
        Assert.Equal([Yoda], ClusterView.Of(masters, Yoda, Groups).Members.AsEnumerable());
        Assert.Equal(5, ClusterView.Of(masters, Yoda, Groups).Tree.Length);
    }

    [Fact]
    public void Group_SeenByAnotherMasterOnly_IsUp()
    {
        var view = ClusterView.Of(Store((Yoda, Hyperdrive)), Yoda, Groups);

        Assert.True(view.Below[0].IsUp);
        Assert.False(ClusterView.Of(Store((Yoda, Hyperdrive), (Obi1, Hyperdrive)), Yoda, Groups).Below[0].IsUp);
    }

    [Fact]
    public void Masters_ThatNameOtherPollers_LeaveAllToThoseThatNameMost()
    {
        var store = Store();
        store.Add(Report(Yoda) with { Sequence = 2, Pollers = [Luke, Leya], Shape = 7 });

        Assert.Equal([Obi1], ClusterView.Of(store, Yoda, Groups).Members.AsEnumerable());
    }

    /// <summary>All merlin.conf fit together; then each kind of what does not is said, with names, and once.</summary>
    [Fact]
    public void Faults_OfNodesThatNameEachOtherAndOfThoseThatDoNot()
    {
        Assert.Empty(Faults(Store()));

        var fewer = Store();
        fewer.Add(Report(Obi1) with { Sequence = 2, Pollers = [Luke, Leya], Shape = 7 });
        Assert.StartsWith(
            "n2 does not name the same pollers as this node: it does not name n5. All checks of this group are run by n1 until",
            Assert.Single(Faults(fewer)),
            StringComparison.Ordinal);

        var others = Store();
        others.Add(Report(Obi1) with { Sequence = 2, Shape = 7 });
        Assert.Contains("with other host groups, or another takeover", Assert.Single(Faults(others)), StringComparison.Ordinal);

        var apart = Store();
        apart.Add(Report(Luke) with { Sequence = 2, Configured = [] });
        Assert.StartsWith("poller n3 does not name n4 as its peer", Assert.Single(Faults(apart)), StringComparison.Ordinal);

        var strange = Store();
        strange.Add(Report(Hyperdrive) with { Sequence = 2, Configured = [Leya], Masters = [Yoda] });
        Assert.Collection(
            Faults(strange),
            text => Assert.StartsWith("poller n5 names n4 as its peer, of which", text, StringComparison.Ordinal),
            text => Assert.StartsWith("poller n5 does not name n2 as its master", text, StringComparison.Ordinal));

        static ImmutableArray<string> Faults(ReportStore store) =>
            TierFaults.Of(ClusterView.Of(store, Yoda, Groups), Yoda, node => $"n{node.Value}");
    }

    /// <summary>What a node's own merlin.conf lacks, or has too much, is seen at that node.</summary>
    [Fact]
    public void OwnFault_OfANodeThatOthersNameOrNoMasterNames_IsSaidThere()
    {
        Assert.All([Yoda, Obi1, Luke, Leya, Hyperdrive], node => Assert.Equal("", Fault(Store(), node)));
        NodeId added = new(6);

        var another = Store();
        another.Add(Report(Luke) with { Node = added, Configured = [Luke, Leya], Edges = [new Run(Yoda, 1)] });
        another.Add(Report(Yoda) with
        {
            Sequence = 2,
            Pollers = [Luke, Leya, Hyperdrive, added],
            Edges = [.. Report(Yoda).Edges, new Run(added, 1)],
        });
        Assert.Equal("n6 names this node as its peer, and merlin.conf here does not name that one", Fault(another, Luke));
        Assert.Equal("", Fault(another, Hyperdrive));
        Assert.StartsWith("n6 names this node as its master", Fault(another, Obi1), StringComparison.Ordinal);

        var fewer = Store();
        foreach (var master in (NodeId[])[Yoda, Obi1])
        {
            fewer.Add(Report(master) with { Sequence = 2, Pollers = [Luke, Hyperdrive] });
        }

        Assert.Equal("no master of this node's names n4, which merlin.conf here has as its peer", Fault(fewer, Luke));

        var known = Store();
        known.Add(Report(Luke) with { Sequence = 2, Masters = [Yoda] });
        Assert.StartsWith("n2 names this node as its poller", Fault(known, Luke), StringComparison.Ordinal);

        // Without masters whoever is named by the other is its peer.
        var peers = new ReportStore();
        peers.Add(Report(Yoda) with { Pollers = [], Shape = 0, Configured = [] });
        peers.Add(Report(Obi1) with { Pollers = [], Shape = 0 });
        Assert.Equal("", Fault(peers, Yoda));

        static string Fault(ReportStore store, NodeId self) =>
            TierFaults.OfOwn(ClusterView.Of(store, self, self.Value < 3 ? Groups : []), self, node => $"n{node.Value}");
    }

    private static Neighbour Poller(NodeId id, params string[] hostGroups) =>
        new(id, id.ToString(), NeighbourKind.Poller, Connect: true, DataTimeout: null) { HostGroups = [.. hostGroups] };

    private static ReportStore Store(params (NodeId One, NodeId Other)[] cut)
    {
        var store = new ReportStore();
        foreach (var report in new[] { Yoda, Obi1, Luke, Leya, Hyperdrive }.Select(Report))
        {
            store.Add(report with
            {
                Edges = [.. report.Edges.Where(edge => !cut.Contains((report.Node, edge.Node)) && !cut.Contains((edge.Node, report.Node)))],
            });
        }

        return store;
    }

    private static NodeReport Report(NodeId node)
    {
        NodeId[] masters = [Yoda, Obi1];
        NodeId[] pollers = [Luke, Leya, Hyperdrive];
        NodeId[] pair = [Luke, Leya];
        var isMaster = masters.Contains(node);
        NodeId[] peers = [.. (isMaster ? masters : pair.Contains(node) ? pair : []).Where(other => other != node)];
        var others = isMaster ? pollers : masters;
        return MachineHarness.Report(node) with
        {
            Configured = [.. peers],
            Masters = isMaster ? [] : [.. masters],
            Pollers = isMaster ? [.. pollers] : [],
            Shape = isMaster ? PollerGroup.ShapeOf(Groups) : 0,
            Edges = [.. peers.Concat(others).Order().Select(other => new Run(other, 1))],
        };
    }
}
