using Compeer.Cluster.Division;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Division;

public sealed class LoadDivisionTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Fact]
    public void Divide_NoObjects_GivesNothing() =>
        Assert.Empty(LoadDivision.Divide(DivisionUnits.Create([], [], []), DivisionExample.Nodes(3), DivisionExample.Nodes(3)));

    [Fact]
    public void Divide_NobodyActive_LeavesAllWithoutOwner()
    {
        var example = DivisionExample.Uniform(3, 2, 1);
        Assert.All(
            LoadDivision.Divide(example.Units, DivisionExample.Nodes(2), []),
            owner => Assert.Equal(LoadDivision.NoOwner, owner));
        Assert.All(LoadDivision.Divide(example.Units, [], []), owner => Assert.Equal(-1, owner));
    }

    [Fact]
    public void Divide_OneNode_OwnsAll() =>
        Assert.All(
            LoadDivision.Divide(DivisionExample.Uniform(3, 2, 1).Units, [], DivisionExample.Nodes(1)),
            owner => Assert.Equal(0, owner));

    [Fact]
    public void Divide_NodeActiveTwice_IsRefused()
    {
        var node = DivisionExample.Nodes(1)[0];
        var error = Assert.Throws<ArgumentException>(
            () => LoadDivision.Divide(DivisionExample.Uniform(1, 1, 1).Units, [node], [node, node]));
        Assert.Contains(node.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Divide_TooManyNodes_IsRefused() =>
        Assert.Throws<ArgumentException>(() => LoadDivision.Divide(
            DivisionExample.Uniform(1, 1, 1).Units, DivisionExample.Nodes(short.MaxValue + 1), DivisionExample.Nodes(1)));

    [Fact]
    public void Divide_NodeActiveButNotConfigured_CountsAsConfigured()
    {
        var example = DivisionExample.Uniform(50, 5, 1);
        var nodes = DivisionExample.Nodes(3);
        Assert.Equal(example.Owners(nodes, nodes), example.Owners([nodes[1]], nodes));
        Assert.Equal(example.Owners(nodes, nodes), example.Owners([.. nodes, nodes[1]], nodes));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Divide_AnyConfiguration_IsThatOfTheObviousTwin(int seed)
    {
        var example = DivisionExample.Random(seed);
        var random = new Random(seed);
        var nodes = DivisionExample.Nodes(random.Next(1, 7), seed);
        var active = nodes.Where(_ => random.Next(3) > 0).DefaultIfEmpty(nodes[0]).ToArray();
        Assert.Equal(ObviousDivision.Divide(example, nodes, active), example.Owners(nodes, active));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Divide_SameNodesInAnotherOrder_GivesTheSameOwners(int seed)
    {
        var example = DivisionExample.Random(seed);
        var nodes = DivisionExample.Nodes(5, seed);
        var expected = example.Owners(nodes, nodes[1..]);
        var random = new Random(seed);
        for (var i = 0; i < 5; i++)
        {
            var configured = nodes.ToArray();
            var active = nodes[1..];
            random.Shuffle(configured);
            random.Shuffle(active);
            Assert.Equal(expected, example.Owners(configured, active));
        }
    }

    /// <summary>Every subset of up to six nodes, against all that is promised of a loss and a return.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Divide_AnyNodesLost_MovesOnlyTheirShareAndStaysEven(int seed)
    {
        var example = DivisionExample.Random(seed);
        var nodes = DivisionExample.Nodes(1 + (seed % 6), seed);
        var before = example.Owners(nodes, nodes);
        for (var subset = 1; subset < 1 << nodes.Length; subset++)
        {
            var active = nodes.Where((_, i) => (subset & (1 << i)) != 0).ToArray();
            var after = example.Owners(nodes, active);
            Assert.Empty(after.Except(active));
            var stayed = active.ToHashSet();
            var needless = Enumerable.Range(0, after.Length).Count(i => after[i] != before[i] && stayed.Contains(before[i]));
            Assert.True(needless == 0, $"{example}: {needless} objects of the {active.Length} nodes still there moved");
            AssertEven(example, nodes.Length, active, after);
        }

        Assert.Equal(before, example.Owners(nodes, nodes));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Divide_HostThatIsNotHeavy_StaysTogether(int seed)
    {
        var example = DivisionExample.Random(seed);
        var nodes = DivisionExample.Nodes(3, seed);
        var layout = UnitLayout.Create(example.Units, nodes.Length);
        var owners = example.Owners(nodes, nodes[..2]);
        var together = 0;
        for (var i = 0; i < owners.Length; i++)
        {
            if (layout.UnitOf(i, example.Groups[i]) != i)
            {
                together++;
                Assert.Equal(owners[example.Groups[i]], owners[i]);
            }
        }

        // A generator of nothing but heavy hosts would prove nothing.
        Assert.True(together > 0 || example.Hosts < 40, $"{example}: no host with services was left whole");
    }

    /// <summary>What an operator sees of small sites with equal hosts: so many hosts and so many services at each peer.</summary>
    [Theory]
    [InlineData(12, 3, 3, "4 4 4", "12 12 12")]
    [InlineData(10, 3, 3, "4 3 3", "12 9 9")]
    [InlineData(12, 0, 5, "3 3 2 2 2", "0 0 0 0 0")]
    [InlineData(2, 40, 2, "1 1", "40 40")]
    [InlineData(12, 3, 8, "2 2 2 2 1 1 1 1", "5 5 5 5 4 4 4 4")]
    [InlineData(4, 9, 4, "1 1 1 1", "9 9 9 9")]
    [InlineData(300, 10, 7, "43 43 43 43 43 43 42", "430 430 430 430 430 430 420")]
    public void Divide_EqualHosts_HostsAndServicesAreEven(int hosts, int services, int peers, string hostShares, string serviceShares)
    {
        var example = DivisionExample.Uniform(hosts, services, 0.2);
        for (var seed = 0; seed < 20; seed++)
        {
            var nodes = DivisionExample.Nodes(peers, seed);
            var owners = example.Owners(nodes, nodes);
            Assert.Equal(hostShares, Shares(index => example.Groups[index] == index));
            Assert.Equal(serviceShares, Shares(index => example.Groups[index] != index));

            string Shares(Func<int, bool> counts) => string.Join(' ', nodes
                .Select(node => Enumerable.Range(0, owners.Length).Count(index => owners[index] == node && counts(index)))
                .OrderDescending());
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Divide_HostsWithinHalfAFairShare_StayWithTheirServices(int seed)
    {
        var random = new Random(seed);
        var sizes = Enumerable.Range(0, random.Next(12, 60)).Select(_ => random.Next(1, 12)).ToArray();
        var example = new DivisionExample($"seed {seed}", sizes.Select(size => Enumerable.Repeat(1.0, size).ToArray()));
        var peers = Math.Clamp(sizes.Sum() / (2 * sizes.Max()), 1, 6);
        var nodes = DivisionExample.Nodes(peers, seed);
        var owners = example.Owners(nodes, nodes);
        Assert.All(Enumerable.Range(0, owners.Length), index => Assert.Equal(owners[example.Groups[index]], owners[index]));
        var loads = nodes.Select(node => owners.Count(owner => owner == node)).ToArray();
        Assert.True(loads.Max() - loads.Min() <= sizes.Max(), $"{example}: {string.Join(' ', loads)}, largest host {sizes.Max()}");
    }

    [Fact]
    public void Divide_ThreeEqualPeers_DifferByAtMostOneHost()
    {
        var example = DivisionExample.Uniform(40, 5, 0.2);
        var nodes = DivisionExample.Nodes(3);
        var counts = example.Owners(nodes, nodes).CountBy(node => node).Select(pair => pair.Value).ToList();
        Assert.Equal(3, counts.Count);
        Assert.True(counts.Max() - counts.Min() <= 6, string.Join(' ', counts));
    }

    [Fact]
    public void Divide_OneHostHeavierThanAFairShare_IsTakenApart()
    {
        var hosts = Enumerable.Repeat(Enumerable.Repeat(1.0, 6).ToArray(), 60).Append([.. Enumerable.Repeat(1.0, 700)]);
        var example = new DivisionExample("one heavy host", hosts);
        var nodes = DivisionExample.Nodes(4);
        var counts = example.Owners(nodes, nodes).CountBy(node => node).Select(pair => pair.Value).ToList();
        Assert.Equal([265, 265, 265, 265], counts);
    }

    [Fact]
    public void Divide_PassiveObjects_AreDividedByTheirNumber()
    {
        var hosts = Enumerable.Range(0, 90).Select(i => Enumerable.Repeat(i < 30 ? 1.0 : 0.0, 4).ToArray());
        var example = new DivisionExample("two thirds passive", hosts);
        var nodes = DivisionExample.Nodes(3);
        var owners = example.Owners(nodes, nodes);
        Assert.All(owners[..120].CountBy(node => node), pair => Assert.Equal(40, pair.Value));
        Assert.All(owners[120..].CountBy(node => node), pair => Assert.Equal(80, pair.Value));
    }

    private static void AssertEven(DivisionExample example, int nodes, NodeId[] active, NodeId[] owners)
    {
        var layout = UnitLayout.Create(example.Units, nodes);
        foreach (var part in new[] { layout.Active, layout.Passive })
        {
            var loads = Loads(part.All);
            var heaviest = Heaviest(part.All) + Heaviest(part.LoneHeads);
            Assert.True(
                loads.Max() - loads.Min() <= heaviest,
                $"{example}: loads {string.Join(' ', loads)}, heaviest unit {heaviest}");
            var heads = Loads(part.LoneHeads);
            Assert.True(
                heads.Max() - heads.Min() <= Heaviest(part.LoneHeads),
                $"{example}: loads of hosts taken apart {string.Join(' ', heads)}");
        }

        List<long> Loads(LoadUnit[] units) =>
            [.. active.Select(node => units.Where(unit => owners[unit.Object] == node).Sum(unit => unit.Weight))];

        static long Heaviest(LoadUnit[] units) => units.Select(unit => unit.Weight).DefaultIfEmpty(0).Max();
    }
}
