using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Simulation.Replication;

/// <summary>What was removed while a node was not configured or lost its memory stays removed, and what waits for a word gets it.</summary>
public sealed class ReturnedElementTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(3);
    private static readonly RegisterKey Comment = new(RegisterKind.Comments, Encoding.UTF8.GetBytes("comment 1"));

    [Fact]
    public void Element_WithTheNumberThatItsWriterHasAsItsId_IsFoundToBeRemoved()
    {
        // Beside another that stays: a digest of nothing would be told from none at all.
        var cluster = Mesh(3);
        var stays = new RegisterKey(RegisterKind.Comments, Encoding.UTF8.GetBytes("comment 2"));
        cluster.Nodes[2].Write(stays);
        RemoveWithout(cluster, cluster.Nodes[2]);
        cluster.Configure(cluster.Nodes[2], isConfigured: true);
        ConnectAll(cluster);
        cluster.RunFor(Moment);

        Assert.All(cluster.Nodes, node => Assert.Equal([stays], node.Told.Keys));
    }

    [Fact]
    public void Element_ThatComesFromOneWhileAnotherIsAskedThatRemovedIt_IsRemoved()
    {
        var cluster = Mesh(3);
        var (empty, knowing, returned) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        RemoveWithout(cluster, returned);
        cluster.Configure(returned, isConfigured: true);
        cluster.Crash(empty);
        empty.Start();
        cluster.Connect(empty, knowing);
        cluster.Connect(empty, returned);
        var first = cluster.LinksOf(returned).Single();
        while (cluster.Deliver(first, empty) | cluster.Deliver(first, returned))
        {
        }

        Assert.Contains(Comment, empty.Told.Keys);
        cluster.RunFor(Moment);

        Assert.All(cluster.Nodes, node => Assert.Empty(node.Told));
    }

    [Fact]
    public void Tombstone_ThatWaitsForTheWordOfOneConfiguredLater_GetsItFromNodesThatNeedNothing()
    {
        var cluster = new StoreCluster(seed: 4, nodes: 3);
        var (waiting, between, later) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        cluster.Configure(later, isConfigured: false);
        cluster.Connect(waiting, between);
        waiting.Write(Comment);
        cluster.RunFor(Moment);
        waiting.Write(Comment, isRemoval: true);
        var link = cluster.Links.Single();
        for (var i = 0; i < 6_000; i++)
        {
            // The word of the one in between does not reach the one that waits, until nobody says anything any more.
            cluster.Pass(TimeSpan.FromMilliseconds(20));
            while (cluster.Deliver(link, between))
            {
            }
        }

        Assert.Equal((1, 0), (waiting.Store.Keyed.Tombstones, between.Store.Keyed.Tombstones));
        cluster.Configure(later, isConfigured: true);
        cluster.Connect(between, later);
        cluster.RunFor(Rest);

        Assert.Equal(0, waiting.Store.Keyed.Tombstones);
    }

    [Fact]
    public void Gap_OfWhichOnlyAnEarlierRunOfANodeHadSomething_IsClosed()
    {
        var cluster = new StoreCluster(seed: 2, nodes: 3);
        var (other, writer, forgetful) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        cluster.Connect(other, forgetful);
        writer.Write(Comment);
        cluster.Crash(writer);
        other.Do(store => store.Learn(
            cluster.LinksOf(other).Single().Id,
            new LinkFrame.Seen([new NodeKnowledge(new Run(forgetful.Id, 1), [OriginKnowledge.UpTo(writer.Id, 1)])])));
        cluster.Crash(forgetful);
        writer.Start();
        forgetful.Start();
        cluster.Connect(other, forgetful);
        cluster.Connect(other, writer);
        cluster.RunFor(Moment);
        writer.Write(Comment);
        cluster.RunFor(Rest);

        var own = writer.Known.Single(entry => entry.Origin == writer.Id);
        Assert.Equal(1, Assert.Single(own.Known).From);
    }

    /// <summary>All have an element; one is taken out of the configuration, and the others remove it, tombstone and all.</summary>
    private static void RemoveWithout(StoreCluster cluster, StoreNode away)
    {
        cluster.Nodes[0].Write(Comment);
        cluster.RunFor(Moment);
        Assert.Contains(Comment, away.Told.Keys);
        cluster.Configure(away, isConfigured: false);
        Assert.True(cluster.Nodes[1].Write(Comment, isRemoval: true));
        cluster.RunFor(Spread);
        Assert.All(cluster.Nodes, node => Assert.Equal(0, node.Store.Keyed.Tombstones));
    }

    private static StoreCluster Mesh(int nodes)
    {
        var cluster = new StoreCluster(seed: 2, nodes);
        ConnectAll(cluster);
        return cluster;
    }

    private static void ConnectAll(StoreCluster cluster)
    {
        foreach (var one in cluster.Nodes)
        {
            foreach (var other in cluster.Nodes)
            {
                cluster.Connect(one, other);
            }
        }
    }
}
