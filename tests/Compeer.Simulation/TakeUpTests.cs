using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>New objects are taken up at one node after the other.</summary>
public sealed class TakeUpTests
{
    /// <summary>Of three in a row, or with one broken pair, the ends take up a new host; the middle does not have it yet.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TakeUp_AtBothEndsOfALine_TheSecondKnowsTheStateBeforeItOwnsTheObject(bool brokenPair)
    {
        var taken = 0;
        foreach (var seed in Seeds.Few(usual: 15))
        {
            var world = new SimulatedWorld(seed, hosts: 8, servicesPerHost: 2, TimeSpan.FromSeconds(10));
            var cluster = new SimulatedCluster(seed, 3, world);
            if (!brokenPair)
            {
                cluster.Peers[0].SetNeighbours([cluster.Peers[1]]);
                cluster.Peers[2].SetNeighbours([cluster.Peers[1]]);
            }

            cluster.Peers.ForEach(peer => peer.Start());
            cluster.Run(TimeSpan.FromSeconds(15));
            if (brokenPair)
            {
                cluster.Checkers.Disturbed("a pair is cut");
                cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[2]);
                cluster.Run(TimeSpan.FromSeconds(15));
            }

            taken += TakenAtTheOtherEnd(cluster, seed);
        }

        Assert.NotEqual(0, taken);
    }

    private static int TakenAtTheOtherEnd(SimulatedCluster cluster, int seed)
    {
        var edition = EditionWithMore(cluster.World, seed);
        int[] added = [.. edition.Objects.Where(number => !cluster.World.First.Has(number))];
        cluster.Peers[1].FindsEditionsBad = cluster.Peers[2].FindsEditionsBad = true;
        cluster.Peers[0].Reload(edition);
        cluster.Run(TimeSpan.FromSeconds(45));
        cluster.Peers[2].Reload(edition);
        var looked = new HashSet<int>();
        for (var step = 0; step < 500; step++)
        {
            cluster.Run(TimeSpan.FromMilliseconds(10));
            foreach (var number in added.Where(number => cluster.Peers[2].Owns(number) && looked.Add(number)))
            {
                Assert.True(
                    cluster.Peers[2].StateOf(number)!.HasBeenChecked,
                    $"seed {seed}: {cluster.World.NameOf(number)} is taken as never checked\n{cluster.TraceText}");
            }
        }

        return looked.Count;
    }

    private static SimulatedEdition EditionWithMore(SimulatedWorld world, int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            var edition = world.Change(random);
            if (edition.Objects.Any(number => !world.First.Has(number)))
            {
                return edition;
            }
        }
    }
}
