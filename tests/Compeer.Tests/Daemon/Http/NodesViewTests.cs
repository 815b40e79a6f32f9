using System.Text;
using Compeer.Api;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes.Reading;
using Compeer.Daemon.Http;
using Compeer.Daemon.Links;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Platform;
using Compeer.Engine.Model;
using Compeer.Tests.Engine;

namespace Compeer.Tests.Daemon.Http;

/// <summary>Who runs what by whose configuration, what nobody checks, and shares that never look whole while there is such.</summary>
public sealed class NodesViewTests
{
    private static readonly PublicKeyPin Second = new([2]);
    private static readonly PublicKeyPin Third = new([3]);
    private static readonly NodeId Self = new(1);

    private static readonly ConfigurationVersion Long = new(4, "aaaaaaaaaaaa") { Origin = Self };
    private static readonly ConfigurationVersion Short = new(5, "bbbbbbbbbbbb") { Origin = Third.Id };

    [Fact]
    public void Make_AllHaveOneConfiguration_SaysWhoRunsItAndNothingElse()
    {
        var status = Make(Cluster(Long, [Self, Second.Id, Third.Id], [0, 1, 2], Node(Second, Long), Node(Third, Long)));

        Assert.Empty(status.ConfigurationProblems);
        Assert.Equal((4, "aaaaaaaaaaaa", "ipc"), (status.InForce!.Number, status.InForce.Hash, status.InForce.TakenUpAt));
        Assert.Equal(["ipc", "p2", "p3"], status.InForce.RunBy.AsEnumerable());
        Assert.Equal(0, status.Unchecked.Count);
        Assert.Equal((1, 2), (status.TotalHosts, status.TotalServices));
        Assert.Equal(1, status.Nodes.Sum(node => node.Hosts.Handled));
    }

    [Fact]
    public void Make_ANewerShorterOneIsInForceElsewhere_CountsWhatNobodyChecksAndSaysWhatTheClusterSays()
    {
        var lost = Lost(hosts: 0, services: 2);
        var status = Make(
            Cluster(Long, [Third.Id], [0, -1, -1], Node(Second, Long, isMember: false) with { Unchecked = lost }, Node(Third, Short))
                with
            { Unchecked = lost, InForce = Short, ConfigurationNotice = "who, what, how" });

        Assert.Equal((5, "p3"), (status.InForce!.Number, status.InForce.TakenUpAt));
        Assert.Equal(["p3"], status.InForce!.RunBy.AsEnumerable());
        Assert.Equal((0, 2), (status.Unchecked.Hosts, status.Unchecked.Services));
        Assert.Equal(["web1;HTTP"], status.Unchecked.Names.AsEnumerable());
        Assert.Equal([2, 2, 0], status.Nodes.Select(node => node.Unchecked.Count));
        Assert.Equal([4, 4, 5], status.Nodes.Select(node => node.ConfigurationNumber));
        Assert.Equal((1, 2), (status.TotalHosts, status.TotalServices));
        Assert.Equal(new CheckShare(1, 0, 1), status.Nodes[2].Hosts);
        Assert.Equal(new CheckShare(0, 0, 2), status.Nodes[2].Services);
        Assert.Equal(["who, what, how"], status.ConfigurationProblems.AsEnumerable());
    }

    [Fact]
    public void Make_OthersHaveMoreThanIsInForceHere_ItBelongsToTheWhole()
    {
        var lost = Lost(hosts: 3, services: 5);
        var status = Make(Cluster(Short, [Self], [0, 0, 0], Node(Second, Long, isMember: false) with { Unchecked = lost }));

        Assert.Equal((4, 7), (status.TotalHosts, status.TotalServices));
        Assert.Equal(new CheckShare(1, 0, 4), status.Nodes[0].Hosts);
        Assert.Equal(new CheckShare(2, 0, 7), status.Nodes[0].Services);
        Assert.Equal([0, 8, 0], status.Nodes.Select(node => node.Unchecked.Count));
    }

    [Fact]
    public void Make_NodeWithAnotherConfigurationIsDown_SaysNothingOfIt()
    {
        var down = Node(Third, Short, isMember: false) with { State = NodeLinkState.Down, Unchecked = Lost(hosts: 3, services: 5) };
        var status = Make(Cluster(Long, [Self, Second.Id], [0, 1, 1], Node(Second, Long), down));

        Assert.Equal(0, status.Unchecked.Count);
        Assert.Equal(0, status.Nodes[2].Unchecked.Count);
        Assert.Equal((1, 2), (status.TotalHosts, status.TotalServices));
    }

    [Theory]
    [InlineData(false, 0, 6, "no poller of west (p2) is there: nobody checks them, as takeover = no says, 2 hosts and 4 services")]
    [InlineData(true, 0, 0, "no poller of west (p2) is there: their masters check them, 2 hosts and 4 services")]
    [InlineData(false, 3, 3, "do not have 3 of their 6 objects: nobody checks them, as takeover = no says until 'mon oconf push'")]
    [InlineData(true, 3, 0, "do not have 3 of their 6 objects: their masters check them until 'mon oconf push'")]
    public void Make_GroupOfPollersThatDoesNotCheckAll_IsShownAndAProblem(bool takeover, int lacking, int stale, string problem)
    {
        var group = new GroupSnapshot("west", [Second.Id], lacking > 0 ? [Second.Id] : [], takeover, 2, 4) { Lacking = lacking };
        var status = Make(Cluster(Long, [Self], [0, 0, 0]) with { Groups = [group] });

        var shown = Assert.Single(status.Groups);
        Assert.Equal(
            ("west", takeover, 2, 4, lacking, stale),
            (shown.Name, shown.Takeover, shown.Hosts, shown.Services, shown.Lacking, shown.Stale));
        Assert.Equal(["p2"], shown.Nodes.AsEnumerable());
        Assert.Equal(lacking > 0 ? ["p2"] : [], shown.Active.AsEnumerable());
        Assert.Contains(problem, Assert.Single(status.ConfigurationProblems), StringComparison.Ordinal);
    }

    /// <summary>A poller's numbers and shares are those of its group, not of its masters'.</summary>
    [Fact]
    public void Make_Pollers_HaveTheirPlaceAndShareInTheirOwnGroup()
    {
        var group = new GroupSnapshot("west", [Second.Id, Third.Id], [Second.Id, Third.Id], Takeover: true, 0, 2);
        var status = Make(
            Cluster(Long, [Self], [0, 1, 2], Node(Second, Long), Node(Third, Long)) with
            {
                Groups = [group],
                Owning = [Self, Second.Id, Third.Id],
                TierFaults = ["they do not fit"],
            },
            kind: "poller");

        Assert.Equal([(0, 0, 0), (0, 1, 1), (1, 1, 1)], status.Nodes.Select(node => (node.PeerId, node.ActivePeers, node.ConfiguredPeers)));
        Assert.Equal([new CheckShare(1, 0, 1), new(0, 0, 0), new(0, 0, 0)], status.Nodes.Select(node => node.Hosts));
        Assert.Equal([new CheckShare(0, 0, 0), new(1, 0, 2), new(1, 0, 2)], status.Nodes.Select(node => node.Services));
        Assert.Equal((1, 2), (status.TotalHosts, status.TotalServices));
        Assert.Equal(["they do not fit"], status.ConfigurationProblems.AsEnumerable());
    }

    [Fact]
    public void Make_NobodyActsYet_NothingIsInForce() =>
        Assert.Null(Make(Cluster(Long, [], [-1, -1, -1]) with { SelfState = ClusterSelfState.Starting, InForce = null }).InForce);

    [Fact]
    public void Make_NodesRefuseWhatIsInForce_NamesItByItsNumber()
    {
        var refused = new RefusedConfiguration(Short.Hash, "a.cfg:7: bad");
        var status = Make(
            Cluster(Long, [Third.Id], [0, -1, -1], Node(Second, Long, isMember: false) with { Refused = refused }, Node(Third, Short))
                with
            { Refused = refused with { Hash = "cc" }, InForce = Short });

        Assert.Equal(
            [new RefusedVersion(0, "cc", "a.cfg:7: bad"), new RefusedVersion(5, Short.Hash, "a.cfg:7: bad"), null],
            status.Nodes.Select(node => node.Refused));
    }

    [Fact]
    public void Make_FilesHereAreNotTakenUp_IsAProblem() =>
        Assert.Equal(
            ["ipc: the files here were not taken up"],
            Make(Cluster(Long, [Self], [0, 0, 0]), "the files here were not taken up").ConfigurationProblems.AsEnumerable());

    private static Compeer.Cluster.Model.UncheckedObjects Lost(int hosts, int services) =>
        new(hosts + services, IsExact: true, ["web1;HTTP"]) { Hosts = hosts };

    private static NodesStatus Make(ClusterSnapshot cluster, string notTakenUp = "", string kind = "peer")
    {
        var site = new TestSite().Host("web1").Service("web1", "HTTP").Service("web1", "PING");
        var now = new EngineTime(TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch);
        var read = MerlinConfigurationReader.Read(
            "m", Encoding.UTF8.GetBytes($"{kind} p2 {{\nhostgroup = west\n}}\n{kind} p3 {{\nhostgroup = west\n}}\n"));
        var known = read.Configuration!.Nodes.Zip([Second, Third], (definition, pin) => new KnownNode(definition, pin, ""));
        return new NodesView(new DaemonIdentity(MonitorPaths.FromPrefix("/p"), now.Wall, Self))
            .Make(new NodeSet(read.Configuration, [.. known]), findings: [], notTakenUp, site.Build().Snapshot(now), cluster);
    }

    internal static ClusterSnapshot Cluster(
        ConfigurationVersion own, NodeId[] members, short[] owners, params NodeSnapshot[] nodes) => new()
        {
            Self = Self,
            Incarnation = 1,
            SelfState = ClusterSelfState.Active,
            HandedOver = false,
            Version = own,
            Nodes = [.. nodes],
            Members = [.. members],
            Owning = [.. members],
            Groups = [],
            Owners = [.. owners],
            InForce = own,
            Unchecked = Compeer.Cluster.Model.UncheckedObjects.None,
            ConfigurationNotice = "",
            Held = 0,
            Fingerprint = 1,
            UnknownKeys = 0,
            Applied = 0,
        };

    internal static NodeSnapshot Node(PublicKeyPin pin, ConfigurationVersion version, bool isMember = true) => new()
    {
        Id = pin.Id,
        Name = "by its neighbour",
        Kind = NeighbourKind.Peer,
        IsConfigured = true,
        State = NodeLinkState.Active,
        StateSince = DateTimeOffset.UnixEpoch,
        IsMember = isMember,
        ConfigurationVersion = version,
        IsInForce = isMember,
        Unchecked = Compeer.Cluster.Model.UncheckedObjects.None,
        Reason = "",
    };
}
