using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Membership;

public sealed class ClusterViewTests
{
    private const int Nodes = 6;

    [Fact]
    public void Of_RandomReports_IsWhatTheDefinitionSays()
    {
        var partial = 0;
        var mixed = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var reports = Enumerable.Range(0, Nodes).Select(node => RandomReport(random, node)).ToArray();
            var store = Store(reports);
            var reach = Closure(reports);
            for (var self = 0; self < Nodes; self++)
            {
                var view = ClusterView.Of(store, Id(self));
                var component = reports.Where((_, other) => reach[self, other]).ToArray();
                var acting = component.Where(report => report.Acting).ToArray();
                var newest = acting.Where(report => acting.All(other => other.Configuration <= report.Configuration))
                    .Select(report => report.Configuration.Hash)
                    .ToHashSet();
                var members = acting.Where(report => newest.Contains(report.Configuration.Hash)).ToArray();
                Assert.Equal(component.Select(report => report.Node), view.Component.Select(report => report.Node));
                Assert.Equal(members.Select(report => report.Node), view.Members.AsEnumerable());
                Assert.Equal(
                    members.SelectMany(report => report.Configured.Append(report.Node)).Distinct().Order(), view.Configured.AsEnumerable());
                partial += component.Length is > 1 and < Nodes ? 1 : 0;
                mixed += members.Length < acting.Length ? 1 : 0;

                // All of a component see the same.
                foreach (var other in Enumerable.Range(0, Nodes).Where(other => reach[self, other]))
                {
                    Assert.Equal(view.Fingerprint, ClusterView.Of(store, Id(other)).Fingerprint);
                }
            }
        }

        Assert.InRange(partial, 1_000, int.MaxValue);
        Assert.InRange(mixed, 500, int.MaxValue);
    }

    [Fact]
    public void Of_EdgeThatOneEndDoesNotConfirm_DoesNotCount()
    {
        var one = Report(0) with { Edges = [new Run(Id(1), 1)] };
        var other = Report(1);

        Assert.Equal([Id(0)], ClusterView.Of(Store(one, other), Id(0)).Members.AsEnumerable());
    }

    [Fact]
    public void Of_EdgeToAnEarlierRun_DoesNotCount()
    {
        var one = Report(0) with { Edges = [new Run(Id(1), 1)] };
        var other = Report(1) with { Incarnation = 2, Edges = [new Run(Id(0), 1)] };

        Assert.Equal([Id(0)], ClusterView.Of(Store(one, other), Id(0)).Members.AsEnumerable());
    }

    [Fact]
    public void Fingerprint_RevisionOrRunChanged_IsAnother()
    {
        var one = Report(0);
        ulong[] fingerprints =
        [
            ClusterView.Of(Store(one), Id(0)).Fingerprint,
            ClusterView.Of(Store(one with { Revision = 2 }), Id(0)).Fingerprint,
            ClusterView.Of(Store(one with { Incarnation = 2 }), Id(0)).Fingerprint,
        ];

        Assert.Equal(3, fingerprints.Distinct().Count());
        Assert.DoesNotContain(0UL, fingerprints);
    }

    [Fact]
    public void Fingerprint_OnlyProgressChanged_IsTheSame() => Assert.Equal(
        ClusterView.Of(Store(Report(0)), Id(0)).Fingerprint,
        ClusterView.Of(Store(Report(0) with { Sequence = 9, Applied = 4, Running = [1] }), Id(0)).Fingerprint);

    [Theory]
    [InlineData(1, 5, 1, 4, true)]
    [InlineData(2, 1, 1, 9, true)]
    [InlineData(1, 5, 1, 5, false)]
    [InlineData(1, 4, 1, 5, false)]
    [InlineData(1, 9, 2, 1, false)]
    public void Store_Add_KeepsTheNewer(long run, long sequence, long knownRun, long knownSequence, bool expected)
    {
        var store = Store(Report(0) with { Incarnation = knownRun, Sequence = knownSequence });

        Assert.Equal(expected, store.Add(Report(0) with { Incarnation = run, Sequence = sequence }));
        Assert.Equal(expected ? sequence : knownSequence, store.Find(Id(0))!.Sequence);
    }

    [Fact]
    public void Store_Trim_WithTooMany_KeepsWhoCanBeReached()
    {
        var store = Store(Report(0) with { Edges = [new Run(Id(1), 1)] }, Report(1) with { Edges = [new Run(Id(0), 1)] });
        for (var node = 2; node < 300; node++)
        {
            store.Add(Report(node));
        }

        store.Trim(Id(0));

        Assert.Equal([Id(0), Id(1)], store.All.Select(report => report.Node));
    }

    private static NodeId Id(int node) => new((UInt128)(node + 1));

    private static ReportStore Store(params NodeReport[] reports)
    {
        var store = new ReportStore();
        foreach (var report in reports)
        {
            store.Add(report);
        }

        return store;
    }

    private static NodeReport Report(int node) => new()
    {
        Node = Id(node),
        Incarnation = 1,
        Sequence = 1,
        Revision = 1,
        Acting = true,
        Leaving = false,
        Configuration = new ConfigurationVersion(1, "a"),
        Edges = [],
        Configured = [],
        Applied = 0,
        Running = [],
    };

    private static NodeReport RandomReport(Random random, int node) => Report(node) with
    {
        Incarnation = random.Next(1, 3),
        Revision = random.Next(1, 100),
        Acting = random.Next(4) > 0,
        Configuration = new ConfigurationVersion(random.Next(1, 3), random.Next(2) == 0 ? "a" : "b"),
        Edges = [.. Enumerable.Range(0, Nodes).Where(other => other != node && random.Next(10) < 7)
            .Select(other => new Run(Id(other), random.Next(1, 3)))],
        Configured = [.. Enumerable.Range(0, Nodes).Where(_ => random.Next(2) == 0).Select(Id)],
    };

    /// <summary>Who reaches whom, by Warshall's closure over the definition of an edge.</summary>
    private static bool[,] Closure(NodeReport[] reports)
    {
        var reach = new bool[Nodes, Nodes];
        for (var a = 0; a < Nodes; a++)
        {
            for (var b = 0; b < Nodes; b++)
            {
                reach[a, b] = a == b || (reports[a].Edges.Contains(new Run(Id(b), reports[b].Incarnation))
                    && reports[b].Edges.Contains(new Run(Id(a), reports[a].Incarnation)));
            }
        }

        for (var via = 0; via < Nodes; via++)
        {
            for (var a = 0; a < Nodes; a++)
            {
                for (var b = 0; b < Nodes; b++)
                {
                    reach[a, b] |= reach[a, via] && reach[via, b];
                }
            }
        }

        return reach;
    }
}
