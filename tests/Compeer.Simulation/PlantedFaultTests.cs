using Compeer.Cluster.Model;
using Compeer.Peer;
using Compeer.Simulation.Checking;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>Every checker can fail: what it looks for is planted, and it finds it.</summary>
public sealed class PlantedFaultTests
{
    [Fact]
    public void Nothing_Planted_NothingFound()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Converge(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void CheckLeftOut_IsOverdue() =>
        Assert.Contains("is overdue for", FailureOf(Started(PlantedFault.CheckLeftOut)), StringComparison.Ordinal);

    [Fact]
    public void CheckStartedTwice_RunsTwice() =>
        Assert.Contains("is run by peer", FailureOf(Started(PlantedFault.CheckTwice)), StringComparison.Ordinal);

    [Fact]
    public void CheckStartedTwice_DuringACleanRestart_RunsTwice()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Checkers.Planned("peer2 leaves");
        cluster.Peers[2].Leave(TimeSpan.FromSeconds(4.5));
        cluster.Planted = PlantedFault.CheckTwice;

        Assert.Contains("is run by peer", FailureOf(cluster), StringComparison.Ordinal);
    }

    [Fact]
    public void CheckStartedAgain_HasJustRun() =>
        Assert.Contains("has just run it", FailureOf(Started(PlantedFault.CheckAgain)), StringComparison.Ordinal);

    [Fact]
    public void Object_WithTwoOwners_IsFound() =>
        Assert.Contains("h0 has several owners: peer0", FailureOf(Started(PlantedFault.OwnedTwice)), StringComparison.Ordinal);

    [Theory]
    [InlineData(PlantedFault.ActBeforePersist, "when it has begun to Act")]
    [InlineData(PlantedFault.AnswerBeforeSend, "when it has begun to Answer")]
    [InlineData(PlantedFault.SendBeforePersist, "comes to Persist when it has begun to Send")]
    [InlineData(PlantedFault.NothingKept, "its disk knows of 0 only")]
    public void Round_CarriedOutInAnotherOrder_IsFound(object planted, string message)
    {
        var cluster = new SimulatedCluster(
            seed: 1, peers: 3, new SimulatedWorld(seed: 1, hosts: 6, servicesPerHost: 1, TimeSpan.FromSeconds(10)));
        cluster.Planted = (PlantedFault)planted;
        cluster.Peers.ForEach(peer => peer.Start());

        Assert.Contains(message, FailureOf(cluster), StringComparison.Ordinal);
    }

    /// <summary>The order matters: with one that is wrong a kill between two stages makes two runs write under the same numbers.</summary>
    [Theory]
    [InlineData(EffectStage.Persist)]
    [InlineData(EffectStage.Send)]
    [InlineData(EffectStage.Act)]
    public void Kill_BetweenTwoStagesOfARound_AllIsAsPromised(EffectStage last)
    {
        var cluster = Started(PlantedFault.None);
        var kills = 0;
        for (var round = 0; round < 6; round++)
        {
            var peer = cluster.Peers[round % 3];
            var life = peer.Life;
            cluster.Checkers.Disturbed($"{peer.Name} is to be killed after {last}");
            peer.KillAfter = last;
            cluster.RunUntil(() => peer.Life != life, TimeSpan.FromSeconds(15), "a round with later stages");
            kills++;
            cluster.Run(TimeSpan.FromSeconds(2));
            cluster.Checkers.Disturbed($"{peer.Name} is started");
            peer.Start();
            cluster.Run(TimeSpan.FromSeconds(6));
        }

        Assert.Equal(6, kills);
        cluster.Converge(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void State_ThatOnePeerHoldsDifferently_IsFound() =>
        Assert.Contains("peers hold the same states: h0 is", FailureOf(Started(PlantedFault.OldState)), StringComparison.Ordinal);

    [Theory]
    [InlineData(PlantedFault.EntryHidden, "the same comments, downtimes and acknowledgements: peer0 has  and peer1 has comment")]
    [InlineData(PlantedFault.EntryLost, "what an operator gave is gone: comment 0 of h0, given at peer1")]
    [InlineData(PlantedFault.None, null)]
    public void Comment_ThatAPeerHasNot_IsFound(object planted, string? message)
    {
        var cluster = Started(PlantedFault.None);
        cluster.Checkers.Entries.Comment(cluster.Peers[1], number: 0);
        cluster.Run(TimeSpan.FromSeconds(2));
        cluster.Planted = (PlantedFault)planted;
        if (message is null)
        {
            cluster.Converge(TimeSpan.FromSeconds(20));
            Assert.Equal(1, cluster.Checkers.Entries.Compared);
        }
        else
        {
            Assert.Contains(message, FailureOf(cluster), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(PlantedFault.NotificationSwallowed, "about h0 is not sent")]
    [InlineData(PlantedFault.NotificationTwice, "about h0 is sent by peer")]
    [InlineData(PlantedFault.None, null)]
    public void Notification_LostOrRepeated_IsFound(object planted, string? message)
    {
        var cluster = Started(PlantedFault.None, withContacts: true);
        cluster.Planted = (PlantedFault)planted;
        cluster.World.Answers[0] = 2;
        if (message is null)
        {
            cluster.Run(TimeSpan.FromSeconds(60));
            cluster.Converge(TimeSpan.FromSeconds(20));
            Assert.NotEqual(0, cluster.Checkers.Notifications.Sent);
        }
        else
        {
            Assert.Contains(message, FailureOf(cluster), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(PlantedFault.LineHidden, "is in the logs of peer0 0 times, peer1 1 times, peer2 1 times")]
    [InlineData(PlantedFault.LineTwice, "peer0 1 times, peer1 2 times, peer2 1 times")]
    [InlineData(PlantedFault.None, null)]
    public void LineOfALog_MissingOrRepeated_IsFound(object planted, string? message)
    {
        var cluster = Started(PlantedFault.None);
        cluster.Planted = (PlantedFault)planted;
        cluster.World.Answers[0] = 2;
        if (message is null)
        {
            cluster.Run(TimeSpan.FromSeconds(60));
            cluster.Converge(TimeSpan.FromSeconds(20));
            Assert.NotEqual(0, cluster.Checkers.History.Compared);
        }
        else
        {
            Assert.Contains(message, FailureOf(cluster), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void HalfOfASplit_RunsNothing_IsOverdueThere()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Checkers.Disturbed("split");
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[1]);
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[2]);
        cluster.Planted = PlantedFault.IdlePeer;

        Assert.Contains("among peer0; owners:", FailureOf(cluster), StringComparison.Ordinal);
    }

    [Fact]
    public void HalfOfASplit_RunsEverything_IsFine()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Checkers.Disturbed("split");
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[1]);
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[2]);
        cluster.Run(TimeSpan.FromSeconds(60));

        Assert.NotEqual(0, cluster.Checkers.Overdue.LookedAtInSplits);
        Assert.All(cluster.World.First.Objects, number => Assert.True(cluster.Peers[0].Owns(number)));
    }

    [Fact]
    public void Warning_ThatNothingExplains_IsFound()
    {
        var cluster = Started(PlantedFault.None);
        var found = Assert.Throws<SimulationFailedException>(
            () => cluster.Checkers.Noticed(cluster.Peers[0], NoticeLevel.Warning, "the clock of node peer1 is 7 s ahead"));
        Assert.Contains("nothing that was done explains it", found.Message, StringComparison.Ordinal);

        cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Skew);
        cluster.Checkers.Noticed(cluster.Peers[0], NoticeLevel.Warning, "the clock of node peer1 is 7 s ahead");
    }

    [Fact]
    public void OldState_OfOnePeer_IsNotTheLatestResult()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Checkers.Results.Freeze();

        Assert.Contains("all peers hold the latest results", FailureOf(cluster), StringComparison.Ordinal);
        Assert.Contains("peer0 holds", cluster.Checkers.Results.WhyNotLatest(), StringComparison.Ordinal);
    }

    [Fact]
    public void Owner_NotOne_IsFound()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[1]);
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[2]);
        cluster.Checkers.Disturbed("split");
        cluster.Run(TimeSpan.FromSeconds(10));

        Assert.False(cluster.Checkers.EveryObjectHasOneOwner());
        Assert.False(cluster.Checkers.AllMembersAgree());
    }

    private static string FailureOf(SimulatedCluster cluster) => Assert.Throws<SimulationFailedException>(() =>
    {
        cluster.Run(TimeSpan.FromSeconds(60));
        cluster.Converge(TimeSpan.FromSeconds(20));
    }).Message.Split('\n')[0];

    private static SimulatedCluster Started(PlantedFault planted, bool withContacts = false)
    {
        var world = new SimulatedWorld(
            seed: 1, hosts: 6, servicesPerHost: withContacts ? 0 : 1, TimeSpan.FromSeconds(10), withContacts: withContacts);
        if (withContacts)
        {
            // Nothing but what the test has fail.
            foreach (var number in world.First.Objects)
            {
                world.Answers[number] = 0;
            }
        }

        var cluster = new SimulatedCluster(seed: 1, peers: 3, world);
        foreach (var peer in cluster.Peers)
        {
            peer.Start();
        }

        cluster.Checkers.Planned("the start");
        cluster.Run(TimeSpan.FromSeconds(25));
        cluster.Planted = planted;
        return cluster;
    }
}
