using System.Collections.Immutable;
using Compeer.Cluster;
using Compeer.Cluster.Exchange;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster;

/// <summary>A machine takes up other objects. Objects are called by their numbers in the keys: "object 0" and so on.</summary>
public sealed class ObjectChangeTests
{
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly Run LargeRun = new(Large, 1);
    private static readonly Run OwnRun = MachineHarness.OwnRun;
    private static readonly ConfigurationVersion Two = new(2, "two");
    private static readonly ConfigurationVersion Three = new(3, "three");

    private readonly MachineHarness _one = new(MachineHarness.Peer(Large));
    private ImmutableArray<int> _names = [0, 1, 2, 3];

    [Fact]
    public void TakeUp_Alone_KeepsWhatItHoldsAndTakesTheAddedOnly()
    {
        BeAlone();
        TakeUp(Two, 0, 1, 2, 7, 3);

        Assert.Equal([3], Assert.Single(_one.Last.OfType<ClusterEffect.Gain>()).Objects.AsEnumerable());
        Assert.Empty(_one.Last.OfType<ClusterEffect.Lose>());
        Assert.Equal((5, Two), (_one.View.Held, _one.View.Version));

        TakeUp(Three, 3, 0);
        Assert.DoesNotContain(_one.Last, effect => effect is ClusterEffect.Lose or ClusterEffect.Gain);
        Assert.Equal(2, _one.View.Held);
        Assert.Equal([0, 0], _one.View.Owners.Select(owner => (int)owner));
    }

    [Fact]
    public void TakeUp_SameVersion_IsANewRevisionAllTheSame()
    {
        BeAlone();
        var before = _one.View.Fingerprint;
        TakeUp(MachineHarness.Version, 0, 1, 2, 3, 4);

        Assert.NotEqual(before, _one.View.Fingerprint);
        Assert.Equal(5, _one.View.Held);
    }

    [Fact]
    public void TakeUp_UpdateOfAnObjectLetGoBefore_IsAskedFor()
    {
        var link = _one.OpenSynced(Large);
        Update(link, sequence: 1, name: 0);
        Update(link, sequence: 2, name: 9);
        Update(link, sequence: 3, name: 1);
        Assert.Equal(3, Claimed(link, LargeRun));

        TakeUp(Two, 0, 1, 2, 3, 9);

        Assert.Equal(1, Asked(link, LargeRun));
        Assert.Equal(1, Claimed(link, LargeRun));
        var request = Requests(link)[^1];
        _one.Receive(link, new LinkFrame.Updates(
            request.Sync, [MachineHarness.Written(LargeRun, 2, 9), MachineHarness.Written(LargeRun, 3, 1)]));
        Assert.Equal(new RegisterId(RegisterKind.CheckState, 4), Assert.Single(_one.Last.OfType<ClusterEffect.Apply>()).Register);
        _one.Receive(link, new LinkFrame.SyncDone(request.Sync, [new(LargeRun, 3)], Two.Hash, []));
        Assert.Equal(3, Claimed(link, LargeRun));
    }

    [Fact]
    public void TakeUp_NothingLetGo_AsksForNothing()
    {
        var link = _one.OpenSynced(Large);
        Update(link, sequence: 1, name: 0);
        var before = Requests(link).Count;
        TakeUp(Two, 0, 1, 2, 3, 9);

        Assert.Equal(before, Requests(link).Count);
        Assert.Equal(1, Claimed(link, LargeRun));
    }

    [Fact]
    public void TakeUp_WhatANeighbourLetGo_IsAskedForToo()
    {
        var link = _one.Open(Large);
        _one.Receive(link, MachineHarness.Hello(Large));
        var other = new Run(new NodeId(99), 4);
        _one.Receive(link, new LinkFrame.SyncDone(
            Requests(link)[^1].Sync, [new(other, 10)], MachineHarness.Version.Hash, [new(other, 7)]));
        Assert.Equal(10, Claimed(link, other));

        TakeUp(Two, 0, 1, 2, 3, 9);

        Assert.Equal(6, Asked(link, other));
    }

    [Fact]
    public void TakeUp_ObjectThatComesBack_IsAskedForWithItsLastValue()
    {
        var link = _one.OpenSynced(Large);
        Update(link, sequence: 1, name: 0);
        Update(link, sequence: 2, name: 3);
        TakeUp(Two, 0, 1, 2);
        Assert.Equal(2, Claimed(link, LargeRun));

        TakeUp(Three, 0, 1, 2, 3);

        Assert.Equal(1, Asked(link, LargeRun));
    }

    [Fact]
    public void TakeUp_OwnObjectThatComesBack_GetsItsValueBackFromAPeer()
    {
        var link = _one.OpenSynced(Large);
        Publish(index: 0);
        Publish(index: 3);
        Publish(index: 1);
        TakeUp(Two, 0, 1, 2);
        TakeUp(Three, 0, 1, 2, 3);
        Assert.Equal(1, Asked(link, OwnRun));
        Assert.Equal(1, Claimed(link, OwnRun));
        Publish(index: 1);
        Assert.Equal(1, Claimed(link, OwnRun));

        var request = Requests(link)[^1];
        _one.Receive(link, new LinkFrame.Updates(
            request.Sync, [MachineHarness.Written(OwnRun, 2, 3), MachineHarness.Written(OwnRun, 3, 1)]));
        Assert.Equal(new RegisterId(RegisterKind.CheckState, 3), Assert.Single(_one.Last.OfType<ClusterEffect.Apply>()).Register);
        _one.Receive(link, new LinkFrame.SyncDone(request.Sync, [new(OwnRun, 3)], Three.Hash, []));
        Assert.Equal(4, Claimed(link, OwnRun));
    }

    [Fact]
    public void SyncDone_AboutOtherObjects_IsNotBelieved()
    {
        var link = _one.Open(Large);
        _one.Receive(link, MachineHarness.Hello(Large));
        _one.Receive(link, new LinkFrame.SyncDone(Requests(link)[^1].Sync, [new(LargeRun, 10)], "another", []));

        Assert.Equal(NodeLinkState.Active, _one.Node(Large).State);
        Assert.Equal(0, Claimed(link, LargeRun));
    }

    [Fact]
    public void TakeUp_DuringASyncToHere_AsksAnewAndTakesNoEndOfTheOld()
    {
        var link = _one.Open(Large);
        _one.Receive(link, MachineHarness.Hello(Large));
        var old = Assert.Single(Requests(link));
        TakeUp(Two, 0, 1, 2);

        var anew = Requests(link)[^1];
        Assert.NotEqual(old.Sync, anew.Sync);
        _one.Receive(link, new LinkFrame.SyncDone(old.Sync, [new(LargeRun, 10)], Two.Hash, []));
        Assert.Equal(NodeLinkState.Syncing, _one.Node(Large).State);
        Assert.Equal(0, Claimed(link, LargeRun));
        _one.Receive(link, new LinkFrame.SyncDone(anew.Sync, [new(LargeRun, 10)], Two.Hash, []));
        Assert.Equal(NodeLinkState.Active, _one.Node(Large).State);
        Assert.Equal(10, Claimed(link, LargeRun));
    }

    [Fact]
    public void TakeUp_DuringASyncFromHere_BeginsItAnewInTheNewNumbers()
    {
        _one.PayloadBytes = 400_000;
        var link = _one.OpenSynced(Large);
        foreach (var index in _names)
        {
            Publish(index);
        }

        _one.Receive(link, new LinkFrame.SyncRequest(77, []));
        var before = _one.SentOn(link).Count();
        Assert.DoesNotContain(_one.SentOn(link), frame => frame is LinkFrame.SyncDone { Sync: 77 });
        TakeUp(Two, 3, 2, 1);
        for (var frames = 1; !_one.SentOn(link).Any(frame => frame is LinkFrame.SyncDone { Sync: 77 }); frames++)
        {
            _one.Receive(link, new LinkFrame.Ack(frames));
        }

        string[] keys = [.. _one.SentOn(link).Skip(before).OfType<LinkFrame.Updates>().Where(frame => frame.Sync == 77)
            .SelectMany(frame => frame.Items).Select(item => System.Text.Encoding.UTF8.GetString(item.Key.Span))];
        Assert.Equal(["object 3", "object 2", "object 1"], keys);
        var done = _one.SentOn(link).OfType<LinkFrame.SyncDone>().Single(frame => frame.Sync == 77);
        Assert.Equal((Two.Hash, 4), (done.Configuration, Assert.Single(done.Vector).Sequence));
        Assert.Equal(new RunSequence(OwnRun, 1), Assert.Single(done.Skipped));
    }

    [Theory]
    [InlineData("two", true)]
    [InlineData("three", false)]
    public void Pulse_VectorOfAConfiguration_CountsWhenItIsTheSameAsHere(string hash, bool counts)
    {
        var link = _one.OpenSynced(Large);
        TakeUp(Two, 0, 1, 2);
        var before = Requests(link).Count;

        _one.Receive(link, new LinkFrame.Pulse(1, 0, 0, 0, 0, hash, [new(LargeRun, 10)]));
        _one.Receive(link, new LinkFrame.Pulse(2, 0, 0, 0, 0, hash, [new(LargeRun, 10)]));

        Assert.Equal(counts ? before + 1 : before, Requests(link).Count);
    }

    [Fact]
    public void TakeUp_AfterAPeerThatRunsEverything_CatchesUpBeforeItTakesItsShare()
    {
        var link = HoldAll();
        _one.Receive(link, new LinkFrame.Reports([Report(Two, acting: true, sequence: 2)]));
        Answer();
        Assert.Equal(0, _one.View.Held);
        Assert.Equal([Large], _one.View.Members.AsEnumerable());
        Update(link, sequence: 2, name: 9);

        TakeUp(Two, 0, 1, 2, 3, 9);

        Assert.Equal(ClusterSelfState.CatchingUp, _one.View.SelfState);
        Assert.Equal([Large], _one.View.Members.AsEnumerable());
        _one.Receive(link, new LinkFrame.SyncDone(Requests(link)[^1].Sync, [new(LargeRun, 2)], Two.Hash, []));
        Assert.Equal(ClusterSelfState.Active, _one.View.SelfState);
        Assert.Equal([MachineHarness.Self, Large], _one.View.Members.AsEnumerable());
    }

    [Fact]
    public void TakeUp_NodeThatHoldsSomething_GoesOnWhileItCatchesUp()
    {
        var link = HoldAll();
        Update(link, sequence: 2, name: 9);

        TakeUp(Two, 0, 1, 2, 3, 9);

        Assert.Equal(ClusterSelfState.Active, _one.View.SelfState);
        Assert.Empty(_one.Last.OfType<ClusterEffect.Lose>());
        Assert.Equal(0, Asked(link, LargeRun));
    }

    [Fact]
    public void TakeUp_RunningCheckOfARemovedObject_IsNotAnnouncedAnyMore()
    {
        var link = HoldAll();
        _one.Receive(link, new LinkFrame.Reports([Report(Two, acting: true, sequence: 2)]));
        var lose = Assert.Single(_one.Last.OfType<ClusterEffect.Lose>());
        _one.Do((machine, now, effects) => machine.HandOver(now, lose.Handover, [1, 2], effects));
        _one.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal(2, LastReport(link).Running.Length);

        TakeUp(new ConfigurationVersion(1, "older"), 2, 3);
        _one.Wait(TimeSpan.FromMilliseconds(100));

        Assert.Single(LastReport(link).Running);
    }

    [Fact]
    public void TakeUp_BeforeAHandoverIsAnswered_IsRefused()
    {
        var link = HoldAll();
        _one.Receive(link, new LinkFrame.Reports([Report(Two, acting: true, sequence: 2)]));
        Assert.Single(_one.Last.OfType<ClusterEffect.Lose>());

        Assert.Throws<InvalidOperationException>(() => TakeUp(Two, 0, 1));
    }

    [Fact]
    public void TakeUp_OneFormerNumberTooFew_IsRefused() =>
        Assert.Throws<ArgumentException>(() => _one.Do((machine, now, effects) => machine.TakeUp(
            now, new PreparedObjects(MachineHarness.Objects(3)), [0, 1], effects)));

    private static NodeReport Report(ConfigurationVersion version, bool acting, long sequence) => MachineHarness.Report(Large) with
    {
        Sequence = sequence,
        Revision = sequence,
        Acting = acting,
        Configuration = version,
        Edges = [OwnRun],
        Configured = [MachineHarness.Self],
    };

    private void TakeUp(ConfigurationVersion version, params int[] names)
    {
        var before = _names;
        _names = [.. names];
        var objects = new ClusterObjects(
            version,
            [.. names.Select(MachineHarness.Key)],
            [.. Enumerable.Range(0, names.Length)],
            [.. Enumerable.Repeat(1.0, names.Length)]);
        _one.Do((machine, now, effects) =>
            machine.TakeUp(now, new PreparedObjects(objects), [.. names.Select(name => before.IndexOf(name))], effects));
    }

    private void BeAlone() => _one.Do((machine, now, effects) => machine.DialFailed(now, Large, "refused", effects));

    /// <summary>A peer is there and takes no share.</summary>
    private LinkId HoldAll()
    {
        var link = _one.OpenSynced(Large);
        _one.Receive(link, new LinkFrame.Reports([Report(MachineHarness.Version, acting: false, sequence: 1)]));
        Assert.Equal(4, _one.View.Held);
        return link;
    }

    private void Update(LinkId link, long sequence, int name) =>
        _one.Receive(link, new LinkFrame.Updates(0, [MachineHarness.Written(LargeRun, sequence, name)]));

    private void Publish(int index) => _one.Do((machine, now, effects) =>
        machine.Publish(now, new RegisterId(RegisterKind.CheckState, index), effects));

    /// <summary>Answers what was given up: nothing of it runs.</summary>
    private void Answer()
    {
        foreach (var lose in _one.Last.OfType<ClusterEffect.Lose>())
        {
            _one.Do((machine, now, effects) => machine.HandOver(now, lose.Handover, [], effects));
        }
    }

    private List<LinkFrame.SyncRequest> Requests(LinkId link) => [.. _one.SentOn(link).OfType<LinkFrame.SyncRequest>()];

    private long Asked(LinkId link, Run run) =>
        Requests(link)[^1].Vector.SingleOrDefault(entry => entry.Run == run).Sequence;

    /// <summary>What the next pulse says that this node has of a run.</summary>
    private long Claimed(LinkId link, Run run)
    {
        var before = _one.SentOn(link).OfType<LinkFrame.Pulse>().Count();
        _one.Wait(TimeSpan.FromMilliseconds(1_100));
        return _one.SentOn(link).OfType<LinkFrame.Pulse>().Skip(before).First().Vector
            .SingleOrDefault(entry => entry.Run == run).Sequence;
    }

    private NodeReport LastReport(LinkId link)
    {
        _one.Wait(ReportOutbox.Gathering);
        return _one.SentOn(link).OfType<LinkFrame.Reports>().SelectMany(reports => reports.Items)
            .Last(report => report.Node == MachineHarness.Self);
    }
}
