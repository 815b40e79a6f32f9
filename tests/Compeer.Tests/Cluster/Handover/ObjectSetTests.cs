using System.Collections.Immutable;
using Compeer.Cluster;
using Compeer.Cluster.Division;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Handover;

/// <summary>The table of who owns what: takeover or not, and who is up. Twelve hosts, four of each of two groups of pollers.</summary>
public sealed class ObjectSetTests
{
    private static readonly NodeId One = new(1);
    private static readonly NodeId Two = new(2);
    private static readonly NodeId West = new(11);
    private static readonly NodeId East = new(12);

    /// <summary>Per host: who owns it, 1 and 2 the masters (any of them), w and e the pollers, - nobody.</summary>
    [Theory]
    [InlineData(true, "w e", "mmmmwwwweeee")]
    [InlineData(false, "w e", "mmmmwwwweeee")]
    [InlineData(true, "w", "mmmmwwwwmmmm")]
    [InlineData(false, "w", "mmmmwwww----")]
    [InlineData(true, "", "mmmmmmmmmmmm")]
    [InlineData(false, "", "mmmm--------")]
    public void Owners_ByTakeoverAndWhoIsUp_AreTheTable(bool takeover, string up, string expected)
    {
        var (sets, view) = Make(takeover, up);

        Assert.Equal(expected, Words(sets.Owners(view), view));
    }

    [Fact]
    public void Group_Lost_MovesNothingElse()
    {
        var (sets, whole) = Make(takeover: true, "w e");
        var (_, without) = Make(takeover: true, "w");

        Assert.Equal(
            sets.Owners(whole).Take(8).Select(owner => whole.Owning[owner]),
            sets.Owners(without).Take(8).Select(owner => without.Owning[owner]));
        var taken = sets.Owners(without).Skip(8).CountBy(owner => owner).Select(owner => owner.Value);
        Assert.Equal([2, 2], taken);
    }

    [Theory]
    [InlineData(true, "mmmmwmwweeee")]
    [InlineData(false, "mmmmw-wweeee")]
    public void Object_ThatItsPollersLack_IsWhoevers(bool takeover, string expected)
    {
        var (sets, view) = Make(takeover, "w e");

        Assert.True(sets.Lack(1, [5]));
        Assert.False(sets.Lack(1, [5]));
        Assert.Equal(expected, Words(sets.Owners(view), view));
    }

    [Fact]
    public void Host_OfTwoGroups_IsTheFirstsByNameAndSaid()
    {
        var objects = Objects(("west", [4, 5, 6, 7]), ("east", [7, 8, 9]));
        var sets = new ObjectSets(objects, PollerGroup.Of([Poller(West, "west", true), Poller(East, "east", true)]));

        Assert.Equal([(7, 0, 1)], sets.Doubles.AsEnumerable());
        Assert.Equal([7, 8, 9], sets.Of(0));
        Assert.Equal([4, 5, 6], sets.Of(1));
        Assert.True(sets.Parts[1][7]);
    }

    private static (ObjectSets Sets, ClusterView View) Make(bool takeover, string up)
    {
        var groups = PollerGroup.Of([Poller(West, "west", takeover), Poller(East, "east", takeover)]);
        NodeReport[] tree =
        [
            MachineHarness.Report(One), MachineHarness.Report(Two),
            MachineHarness.Report(West) with { Acting = up.Contains('w', StringComparison.Ordinal) },
            MachineHarness.Report(East) with { Acting = up.Contains('e', StringComparison.Ordinal) },
        ];
        ImmutableArray<GroupView> below = [.. groups.Select(group => GroupView.Of(group, [.. tree]))];
        var view = ClusterView.Empty with
        {
            Members = [One, Two],
            Configured = [One, Two],
            Below = below,
            Owning = [One, Two, .. below.SelectMany(group => group.Members)],
        };
        return (new ObjectSets(Objects(("west", [4, 5, 6, 7]), ("east", [8, 9, 10, 11])), groups), view);
    }

    private static GroupObjects Objects(params (string Name, int[] Hosts)[] groups) => new PreparedObjects(
        MachineHarness.Objects(12) with
        {
            HostGroups = groups.ToImmutableDictionary(group => group.Name, group => group.Hosts.ToImmutableArray()),
        }).ForGroup;

    private static Neighbour Poller(NodeId id, string hostGroup, bool takeover) =>
        new(id, hostGroup, NeighbourKind.Poller, Connect: true, DataTimeout: null) { HostGroups = [hostGroup], Takeover = takeover };

    private static string Words(ImmutableArray<short> owners, ClusterView view) => string.Concat(owners.Select(owner =>
        owner == LoadDivision.NoOwner ? '-'
        : view.Owning[owner] == West ? 'w'
        : view.Owning[owner] == East ? 'e'
        : 'm'));
}
