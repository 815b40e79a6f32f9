using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Replication;

/// <summary>What one node's store does with what its neighbours say.</summary>
public sealed class ReplicatedStoreTests
{
    private static readonly NodeId Small = MachineHarness.Small;
    private static readonly NodeId Large = MachineHarness.Large;

    private readonly MachineHarness _one = new(MachineHarness.Peer(Large), MachineHarness.Peer(Small));

    [Fact]
    public void Restarts_FiveHundredOfOneNode_MakeNobodySynchroniseForEver()
    {
        var large = _one.OpenSynced(Large);
        for (var restart = 1; restart <= 511; restart++)
        {
            var small = _one.Open(Small);
            _one.Receive(small, MachineHarness.Hello(Small, incarnation: restart));
            _one.AnswerSync(small);
            _one.Receive(small, new LinkFrame.Updates(0, [MachineHarness.Written(Small, (restart * WriteNumbers.Block) + 1, 3)]));
            _one.Do((machine, now, effects) => machine.LinkClosed(now, small, "restarted", effects));
        }

        var before = Requests(large);
        for (var second = 1; second <= 60; second++)
        {
            _one.Receive(large, new LinkFrame.Updates(0, [MachineHarness.Written(Large, second, 1)]));
            Publish(2);
            _one.Receive(large, new LinkFrame.Pulse(
                1, 0, 0, 0, 0, [OriginKnowledge.UpTo(Large, second), OriginKnowledge.UpTo(Small, 511 * WriteNumbers.Block)]));
            _one.Wait(TimeSpan.FromSeconds(1));
            if (Requests(large) > before)
            {
                _one.AnswerSync(large, OriginKnowledge.UpTo(Large, second), OriginKnowledge.UpTo(Small, 511 * WriteNumbers.Block));
            }
        }

        Assert.InRange(Requests(large) - before, 0, 2);
    }

    [Fact]
    public void Neighbour_ThatLetSomethingGo_IsNotAskedForItForEver()
    {
        var large = _one.OpenSynced(Large);
        var theirs = new OriginKnowledge(Small, [new WriteRange(1, 10)], Dropped: 4);
        for (var second = 0; second < 30; second++)
        {
            var before = Requests(large);
            _one.Receive(large, new LinkFrame.Pulse(1, 0, 0, 0, 0, [theirs]));
            if (Requests(large) > before)
            {
                _one.AnswerSync(large, theirs);
            }

            _one.Wait(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, Requests(large));

        // Another that vouches for more is asked.
        var small = _one.OpenSynced(Small);
        _one.Receive(small, new LinkFrame.Pulse(1, 0, 0, 0, 0, [OriginKnowledge.UpTo(Small, 10)]));
        _one.Receive(small, new LinkFrame.Pulse(2, 0, 0, 0, 0, []));
        Assert.Equal(2, Requests(small));
        Assert.Equal(new WriteRange(1, 3), _one.SentOn(small).OfType<LinkFrame.SyncRequest>().Last().Known.Single().Known.Single());
    }

    [Fact]
    public void Update_OfAKindOfALaterVersion_IsKeptAndPassedOnAsItCame()
    {
        var large = _one.OpenSynced(Large);
        var small = _one.OpenSynced(Small);
        var later = MachineHarness.Written(Large, 1, 77) with
        {
            Kind = (RegisterKind)40_000,
            Setting = 9,
            Epoch = 3,
            Rest = new byte[] { 80, 1 },
        };
        _one.Receive(large, new LinkFrame.Updates(0, [later]));
        _one.Wait(TimeSpan.FromMilliseconds(300));
        _one.Receive(small, new LinkFrame.SyncRequest(7, []));

        var sent = _one.SentOn(small).OfType<LinkFrame.Updates>().ToArray();
        Assert.Equal([0UL, 7UL], sent.Select(frame => frame.Sync));
        Assert.All(sent, frame => Assert.Equal(Describe(later), Describe(Assert.Single(frame.Items))));
        Assert.Equal(0, Assert.Single(_one.SentOn(small).OfType<LinkFrame.SyncDone>().Last().Known, k => k.Origin == Large).Dropped);
        Assert.Equal(1, _one.View.UnknownKeys);
    }

    [Fact]
    public void Update_WithFieldsTheEngineDoesNotKnow_IsPassedOnAsItCame()
    {
        var large = _one.OpenSynced(Large);
        var small = _one.OpenSynced(Small);
        var written = MachineHarness.Written(Large, 1, 2) with { Payload = new byte[] { 7, 7, 7, 7 } };
        _one.Receive(large, new LinkFrame.Updates(0, [written]));
        var apply = Assert.Single(_one.Last.OfType<ClusterEffect.Apply>());
        _one.Do((machine, _, _) => machine.Storage.KeepAsCame(apply.Register, apply.Payload));

        _one.Receive(small, new LinkFrame.SyncRequest(7, []));
        Assert.Equal(Describe(written), Describe(Sent(small, 7)));

        // What this node writes afterwards is its own again.
        Publish(2);
        _one.Receive(small, new LinkFrame.SyncRequest(8, []));
        Assert.Equal(MachineHarness.Self, Sent(small, 8).Origin);
    }

    [Fact]
    public void Clock_AYearAheadOnce_AccusesAndDragsNobodyElse()
    {
        var (large, small) = (_one.Open(Large), _one.Open(Small));
        foreach (var (link, node) in new[] { (large, Large), (small, Small) })
        {
            var wall = (MachineHarness.Start + _one.Now).ToUnixTimeMilliseconds();
            _one.Receive(link, MachineHarness.Hello(node) with { WallMilliseconds = wall });
            _one.AnswerSync(link);
        }

        var ahead = HybridLogicalClock.FromWall(MachineHarness.Start.AddYears(1));
        _one.Receive(large, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 1, 2) with { Clock = ahead }]));
        Publish(1);
        Publish(2);
        _one.Wait(TimeSpan.FromMilliseconds(300));

        var mine = _one.SentOn(small).OfType<LinkFrame.Updates>().SelectMany(frame => frame.Items)
            .Where(item => item.Origin == MachineHarness.Self).ToArray();
        Assert.InRange(mine[0].Clock, 1UL, HybridLogicalClock.FromWall(MachineHarness.Start.AddHours(1)));
        Assert.Equal(ahead + 1, mine[1].Clock);
        Assert.DoesNotContain(_one.Notices, text => text.Contains("check the time", StringComparison.Ordinal));

        // The node itself is named by who sees its clock.
        _one.Receive(large, new LinkFrame.Pulse(
            1, 0, 0, MachineHarness.Start.AddYears(1).ToUnixTimeMilliseconds(), 0, []));
        Assert.Contains(_one.Notices, text => text.Contains("node20", StringComparison.Ordinal)
            && text.Contains("check the time", StringComparison.Ordinal));
        Assert.DoesNotContain(_one.Notices, text => text.Contains("node5 ", StringComparison.Ordinal)
            && text.Contains("check the time", StringComparison.Ordinal));
    }

    [Fact]
    public void Gain_FirstWriteAfterIt_OutranksALateWordOfTheFormerOwner()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        one.Receive(link, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 1, 2) with { Epoch = 6 }]));
        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(Large) with
        {
            Acting = false, Edges = [MachineHarness.OwnRun], Configured = [MachineHarness.Self],
        }]));
        Assert.Equal(4, one.View.Held);
        one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, 2), effects));

        var late = MachineHarness.Written(Large, 2, 2) with
        {
            Epoch = 6,
            Clock = HybridLogicalClock.FromWall(MachineHarness.Start.AddDays(1)),
        };
        one.Receive(link, new LinkFrame.Updates(0, [late]));

        Assert.DoesNotContain(one.Last, effect => effect is ClusterEffect.Apply);
        one.Receive(link, new LinkFrame.SyncRequest(7, []));
        Assert.Equal(7, one.SentOn(link).OfType<LinkFrame.Updates>().Last().Items.Single().Epoch);
    }

    [Fact]
    public void Publish_AfterAnotherTookOver_AsksForTheNewerValueAgain()
    {
        var large = _one.OpenSynced(Large);
        Publish(2);
        _one.Receive(large, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 1, 2) with { Epoch = 3 }]));
        var before = Requests(large);

        Publish(2);

        Assert.Equal(before + 1, Requests(large));
        Assert.DoesNotContain(
            _one.SentOn(large).OfType<LinkFrame.SyncRequest>().Last().Known, known => known.Origin == Large && known.Known.Length > 0);
        _one.Receive(large, new LinkFrame.Updates(
            _one.SentOn(large).OfType<LinkFrame.SyncRequest>().Last().Sync, [MachineHarness.Written(Large, 1, 2) with { Epoch = 3 }]));
        Assert.Single(_one.Last.OfType<ClusterEffect.Apply>());
    }

    [Fact]
    public void Numbers_AreReservedBeforeAnythingIsSentAndAheadOfTheirUse()
    {
        var link = _one.OpenSynced(Large);
        Publish(0);
        _one.Wait(TimeSpan.FromMilliseconds(300));

        var persist = _one.All.FindIndex(effect => effect is ClusterEffect.Persist { State.ReservedSequence: > 0 });
        var sent = _one.All.FindIndex(effect => effect is ClusterEffect.Send { Link: var to } && to == link
            && FrameReader.Read(((ClusterEffect.Send)effect).Frame, 1 << 20, out _) is LinkFrame.Updates);
        Assert.InRange(persist, 0, sent);
        var reserved = ((ClusterEffect.Persist)_one.All[persist]).State.ReservedSequence;
        Assert.InRange(reserved, WriteNumbers.Block / 2, 2 * WriteNumbers.Block);
        for (var i = 0; i < 100; i++)
        {
            Publish(1);
        }

        Assert.Single(_one.All.OfType<ClusterEffect.Persist>(), effect => effect.State.ReservedSequence != 0);
    }

    [Fact]
    public void Disk_PutBackToAnEarlierState_GoesOnAboveWhatTheOthersKnowAndWritesAgain()
    {
        var link = _one.Open(Large);
        Publish(1);
        _one.Receive(link, MachineHarness.Hello(Large));
        _one.AnswerSync(link, OriginKnowledge.UpTo(MachineHarness.Self, 5_000_000));
        _one.Wait(TimeSpan.FromMilliseconds(300));

        var sent = _one.SentOn(link).OfType<LinkFrame.Updates>().SelectMany(frame => frame.Items).Single();
        Assert.Equal("object 1", System.Text.Encoding.UTF8.GetString(sent.Key.Span));
        Assert.InRange(sent.Sequence, 5_000_001, long.MaxValue);
        Assert.InRange(_one.All.OfType<ClusterEffect.Persist>().Last().State.ReservedSequence, sent.Sequence, long.MaxValue);
    }

    [Fact]
    public void Acknowledgements_RideOnPulsesUntilMuchCame()
    {
        var link = _one.OpenSynced(Large);
        for (var sequence = 1; sequence <= 50; sequence++)
        {
            _one.Receive(link, new LinkFrame.Updates(0, [MachineHarness.Written(Large, sequence, sequence % 4)]));
        }

        Assert.Empty(_one.SentOn(link).OfType<LinkFrame.Ack>());
        _one.Wait(TimeSpan.FromMilliseconds(1_100));
        Assert.Equal(50, _one.SentOn(link).OfType<LinkFrame.Pulse>().Last().Frames);
        _one.Receive(link, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 51, 1) with { Payload = new byte[70_000] }]));
        Assert.Equal(51, Assert.Single(_one.SentOn(link).OfType<LinkFrame.Ack>()).Frames);
    }

    [Fact]
    public void Pulse_WhenNothingChanged_SaysNothingOfWhatThereIs()
    {
        var link = _one.OpenSynced(Large);
        Publish(1);
        _one.Wait(TimeSpan.FromSeconds(2.5));

        Assert.Empty(_one.SentOn(link).OfType<LinkFrame.Pulse>().Last().Known);
    }

    [Fact]
    public void Updates_ManyWithinTheGathering_AreOneFrame()
    {
        var link = _one.OpenSynced(Large);
        for (var i = 0; i < 40; i++)
        {
            Publish(i % 4);
            _one.Wait(TimeSpan.FromMilliseconds(5));
        }

        _one.Wait(TimeSpan.FromMilliseconds(100));
        Assert.InRange(_one.SentOn(link).OfType<LinkFrame.Updates>().Count(), 1, 2);
        Assert.Equal(40, _one.SentOn(link).OfType<LinkFrame.Updates>().Sum(frame => frame.Items.Count));
    }

    private static string Describe(Update update) =>
        $"{update.Origin} {update.Sequence} {update.Stamp} {update.Kind} {update.Setting} {update.IsRemoval} "
        + $"{Convert.ToHexString(update.Key.Span)} {Convert.ToHexString(update.Payload.Span)} {Convert.ToHexString(update.Rest.Span)}";

    private Update Sent(LinkId link, ulong sync) =>
        Assert.Single(_one.SentOn(link).OfType<LinkFrame.Updates>().Where(frame => frame.Sync == sync).SelectMany(frame => frame.Items));

    private int Requests(LinkId link) => _one.SentOn(link).OfType<LinkFrame.SyncRequest>().Count();

    private void Publish(int index) =>
        _one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, index), effects));
}
