using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Simulation.Replication;

/// <summary>Settings and sets between stores.</summary>
public sealed class SetTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(45);
    private static readonly byte[] Rest = [0xA0, 0x06, 0x01];
    private static readonly RegisterKey Comment = new(RegisterKind.Comments, Encoding.UTF8.GetBytes("comment 1"));

    [Fact]
    public void Settings_DifferentOnesOfOneObjectAtOnce_BothStay()
    {
        var cluster = Mesh(3);
        cluster.Isolate(cluster.Nodes[2]);
        cluster.Nodes[0].Write(Setting(1));
        cluster.Nodes[2].Write(Setting(2));
        ConnectAll(cluster);
        cluster.RunFor(Moment);

        Assert.All(cluster.Nodes, node => Assert.Equal(2, node.Told.Count));
        cluster.Twin.CheckEqual();
    }

    [Fact]
    public void Settings_TheSameOneAtOnce_TheNewerWinsEverywhere()
    {
        var cluster = Mesh(3);
        cluster.Isolate(cluster.Nodes[2]);
        cluster.Nodes[2].Write(Setting(1));
        cluster.Pass(TimeSpan.FromMilliseconds(50));
        cluster.Nodes[0].Write(Setting(1));
        var newer = Encoding.UTF8.GetString(cluster.Nodes[0].Told[Setting(1)]);
        ConnectAll(cluster);
        cluster.RunFor(Moment);

        Assert.All(cluster.Nodes, node => Assert.Equal(newer, Encoding.UTF8.GetString(node.Told[Setting(1)])));
    }

    [Fact]
    public void Setting_EditedWhereTheClockIsBehind_FollowsWhatItReplaces()
    {
        var cluster = Mesh(2);
        cluster.Nodes[1].ClockAhead = TimeSpan.FromHours(-2);
        cluster.Nodes[0].Write(Setting(1));
        cluster.RunFor(Moment);
        cluster.Nodes[1].Write(Setting(1));
        cluster.RunFor(Moment);

        Assert.StartsWith("value 1 of node 1", Encoding.UTF8.GetString(cluster.Nodes[0].Told[Setting(1)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Tombstone_IsDroppedWhenAllHaveSeenIt_AndNotWhileOneIsAway()
    {
        var cluster = Mesh(3);
        Remove(cluster, away: cluster.Nodes[2]);
        cluster.RunFor(Spread);
        Assert.All(cluster.Nodes.Take(2), node => Assert.Equal(1, node.Store.Keyed.Tombstones));

        ConnectAll(cluster);
        cluster.RunFor(Moment);
        Assert.All(cluster.Nodes, node => Assert.Null(node.Store.Keyed.Find(Comment) is { IsRemoval: false } ? Comment : null));
        Assert.DoesNotContain(Comment, cluster.Nodes[2].Told.Keys);
        cluster.RunFor(Spread);
        Assert.All(cluster.Nodes, node => Assert.Equal(0, node.Store.Keyed.Count));
    }

    [Fact]
    public void Tombstone_AlongALineOfFour_IsDroppedEverywhere()
    {
        var cluster = new StoreCluster(seed: 2, nodes: 4);
        for (var index = 1; index < 4; index++)
        {
            cluster.Connect(cluster.Nodes[index - 1], cluster.Nodes[index]);
        }

        cluster.Nodes[0].Write(Comment);
        cluster.RunFor(Moment);
        Assert.True(cluster.Nodes[3].Write(Comment, isRemoval: true));
        cluster.RunFor(Spread);

        Assert.All(cluster.Nodes, node => Assert.Equal(0, node.Store.Keyed.Count));
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Told));
    }

    [Fact]
    public void Tombstone_WhenTheAbsentNodeIsTakenOutOfTheConfiguration_IsDropped()
    {
        var cluster = Mesh(3);
        Remove(cluster, away: cluster.Nodes[2]);
        cluster.RunFor(Spread);
        Assert.Equal(1, cluster.Nodes[0].Store.Keyed.Tombstones);

        cluster.Configure(cluster.Nodes[2], isConfigured: false);
        cluster.RunFor(TimeSpan.FromSeconds(15));
        Assert.All(cluster.Nodes.Take(2), node => Assert.Equal(0, node.Store.Keyed.Tombstones));
    }

    [Fact]
    public void Element_AtANodeThatComesBackIntoTheConfiguration_IsRemovedThereAndStaysAway()
    {
        var cluster = Mesh(3);
        Remove(cluster, away: cluster.Nodes[2]);
        cluster.Configure(cluster.Nodes[2], isConfigured: false);
        cluster.RunFor(Spread);
        Assert.Contains(Comment, cluster.Nodes[2].Told.Keys);

        cluster.Configure(cluster.Nodes[2], isConfigured: true);
        cluster.Connect(cluster.Nodes[1], cluster.Nodes[2]);
        cluster.RunFor(Moment);
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Told));
        Assert.Contains(cluster.Nodes[2].Notices, text => text.StartsWith("1 values are removed", StringComparison.Ordinal));
        cluster.RunFor(Spread);
        Assert.All(cluster.Nodes, node => Assert.Equal(0, node.Store.Keyed.Count));
    }

    [Fact]
    public void Element_AtANodeThatIsAddedAndOnlyHearsOneThatWasAway_DoesNotStay()
    {
        // Node 3 is new and hears node 2 only, which still has the element.
        var cluster = new StoreCluster(seed: 2, nodes: 4);
        cluster.Configure(cluster.Nodes[3], isConfigured: false);
        ConnectAll(cluster, 3);
        Remove(cluster, away: cluster.Nodes[2]);
        cluster.Configure(cluster.Nodes[2], isConfigured: false);
        cluster.RunFor(Spread);
        cluster.Configure(cluster.Nodes[2], isConfigured: true);
        cluster.Configure(cluster.Nodes[3], isConfigured: true);
        cluster.Connect(cluster.Nodes[2], cluster.Nodes[3]);
        cluster.RunFor(Moment);
        Assert.Contains(Comment, cluster.Nodes[3].Told.Keys);

        cluster.Connect(cluster.Nodes[1], cluster.Nodes[2]);
        cluster.RunFor(Moment);
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Told));
    }

    [Fact]
    public void Element_EditedAndUnderWayWhileAllVouchForItsRemoval_StaysRemoved()
    {
        // Nodes 0 and 1 hear each other late; what node 1 wrote before it saw the removal arrives after everything else.
        var cluster = Mesh(3);
        cluster.Nodes[0].Write(Comment);
        cluster.RunFor(Moment);
        var late = cluster.LinksOf(cluster.Nodes[0]).Single(link => link.Joins(cluster.Nodes[1]));
        cluster.Nodes[1].Write(Comment);
        cluster.Nodes[1].Flush();
        cluster.Nodes[2].Write(Comment, isRemoval: true);
        for (var i = 0; i < 2_000; i++)
        {
            cluster.Pass(TimeSpan.FromMilliseconds(20));
            foreach (var link in cluster.Links.Where(link => link != late).ToArray())
            {
                while (cluster.Deliver(link, link.One) | cluster.Deliver(link, link.Other))
                {
                }
            }
        }

        cluster.RunFor(Moment);
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Told));
        cluster.Twin.CheckEqual();
    }

    [Fact]
    public void Tombstones_BeyondTheirBound_LeaveRoomForWhatIsThere()
    {
        var cluster = Mesh(2);
        cluster.Isolate(cluster.Nodes[1]);
        var node = cluster.Nodes[0];
        for (var i = 0; i < 60_000; i++)
        {
            var key = new RegisterKey(RegisterKind.Comments, BitConverter.GetBytes(i));
            Assert.True(node.Write(key));
            Assert.True(node.Write(key, isRemoval: true));
        }

        Assert.InRange(node.Store.Keyed.Tombstones, 40_000, 50_000);
        Assert.True(node.Write(Comment));
    }

    [Theory]
    [InlineData(RegisterKind.OperatorSettings)]
    [InlineData(RegisterKind.Downtimes)]
    public void Value_ThroughANodeThatKnowsNothingOfSets_ArrivesWhole(RegisterKind kind)
    {
        var cluster = new StoreCluster(seed: 3, nodes: 3);
        cluster.Nodes[1].Capabilities = Capabilities.None;
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        cluster.Connect(cluster.Nodes[1], cluster.Nodes[2]);
        var later = kind + 500;
        cluster.Tamper = (to, frame) => to.Index == 1 && frame is LinkFrame.Updates updates
            ? updates with { Items = [.. updates.Items.Select(update => update with { Kind = later, Rest = Rest })] }
            : frame;
        cluster.Nodes[0].Write(new RegisterKey(kind, Comment.Key));
        cluster.RunFor(Moment);

        var at = cluster.Nodes[2].Store.Keyed.Find(new RegisterKey(later, Comment.Key));
        Assert.Equal(Rest, at!.Rest.ToArray());
        Assert.StartsWith("value 1 of node 0", Encoding.UTF8.GetString(at.Payload.Span), StringComparison.Ordinal);
    }

    private static RegisterKey Setting(uint setting) => new(RegisterKind.OperatorSettings, Encoding.UTF8.GetBytes("object 1"), setting);

    /// <summary>All have an element; one goes away, and another removes it.</summary>
    private static void Remove(StoreCluster cluster, StoreNode away)
    {
        cluster.Nodes[0].Write(Comment);
        cluster.RunFor(Moment);
        Assert.Contains(Comment, away.Told.Keys);
        cluster.Isolate(away);
        Assert.True(cluster.Nodes[1].Write(Comment, isRemoval: true));
        cluster.RunFor(Moment);
    }

    private static StoreCluster Mesh(int nodes)
    {
        var cluster = new StoreCluster(seed: 2, nodes);
        ConnectAll(cluster);
        return cluster;
    }

    private static void ConnectAll(StoreCluster cluster, int nodes = int.MaxValue)
    {
        foreach (var one in cluster.Nodes.Take(nodes))
        {
            foreach (var other in cluster.Nodes.Take(nodes))
            {
                cluster.Connect(one, other);
            }
        }
    }
}
