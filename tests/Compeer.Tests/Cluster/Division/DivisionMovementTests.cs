using Compeer.Cluster.Model;
using Xunit.Abstractions;

namespace Compeer.Tests.Cluster.Division;

/// <summary>How much moves when the configured set or the configuration itself changes. The bounds have some air.</summary>
public sealed class DivisionMovementTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1000, 10, 1.3)]
    [InlineData(100, 10, 2.0)]
    [InlineData(40, 5, 2.6)]
    [InlineData(1, 600, 1.6)]
    [InlineData(12, 3, 3.8)]
    public void Divide_NodeAddedForGood_MovesAboutItsShare(int hosts, int services, double timesIdeal)
    {
        var example = DivisionExample.Uniform(hosts, services, 1);
        for (var before = 1; before <= 7; before++)
        {
            var moved = 0.0;
            const int Tries = 10;
            for (var seed = 0; seed < Tries; seed++)
            {
                var nodes = DivisionExample.Nodes(before + 1, seed);
                moved += Moved(example.Owners(nodes[..before], nodes[..before]), example.Owners(nodes, nodes)) / Tries;
            }

            output.WriteLine($"{example}: {before} to {before + 1} nodes moves {moved:P1}, ideal {1.0 / (before + 1):P1}");
            Assert.InRange(moved, 0.98 / (before + 1), timesIdeal / (before + 1));
        }
    }

    [Fact]
    public void Divide_SecondNodeLost_MovesFewOfTheFirstLossAgain()
    {
        var example = DivisionExample.Uniform(1000, 10, 1);
        var nodes = DivisionExample.Nodes(5);
        var moved = Moved(example.Owners(nodes, nodes[1..]), example.Owners(nodes, nodes[2..]));
        output.WriteLine($"{example}: second of five lost moves {moved:P1}, its share was 25 %");
        Assert.InRange(moved, 0.24, 0.30);
    }

    [Fact]
    public void Divide_OneServiceAdded_MovesFew()
    {
        var hosts = Enumerable.Range(0, 1000).Select(_ => Enumerable.Repeat(1.0, 11).ToArray()).ToArray();
        var before = new DivisionExample("before", hosts);
        hosts[^1] = [.. hosts[^1], 1.0];
        var after = new DivisionExample("after", hosts);
        var moved = 0.0;
        const int Tries = 10;
        for (var seed = 0; seed < Tries; seed++)
        {
            var nodes = DivisionExample.Nodes(5, seed);
            moved += Moved(before.Owners(nodes, nodes), after.Owners(nodes, nodes)[..^1]) / Tries;
        }

        output.WriteLine($"{after}: a service added to a host moves {moved:P2}");
        Assert.InRange(moved, 0, 0.02);
    }

    private static double Moved(NodeId[] before, NodeId[] after) =>
        before.Zip(after).Count(pair => pair.First != pair.Second) / (double)before.Length;
}
