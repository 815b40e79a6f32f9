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
    public void TakeUp_UpdateOfAnObjectThatWasNotHere_HasItsValueAtOnce()
    {
        var link = _one.OpenSynced(Large);
        Update(link, sequence: 1, name: 0);
        Update(link, sequence: 2, name: 9);
        Update(link, sequence: 3, name: 1);
        Assert.Equal(3, Claimed(link, Large));
        var before = Requests(link).Count;

        TakeUp(Two, 0, 1, 2, 3, 9);

        var apply = Assert.Single(_one.Last.OfType<ClusterEffect.Apply>());
        Assert.Equal((new RegisterId(RegisterKind.CheckState, 4), 2), (apply.Register, apply.Payload.Span[0]));
        Assert.Equal(before, Requests(link).Count);
        Assert.Equal(3, Claimed(link, Large));
    }

    [Fact]
    public void TakeUp_ObjectThatGoesAndComesBack_HasItsLastValue()
    {
        var link = _one.OpenSynced(Large);
        Update(link, sequence: 1, name: 0);
        Update(link, sequence: 2, name: 3);
        Publish(index: 2);
        TakeUp(Two, 0, 1);
        Update(link, sequence: 3, name: 3);
        Assert.Equal(3, Claimed(link, Large));

        TakeUp(Three, 2, 1, 0, 3);

        Assert.Equal([0, 3], _one.Last.OfType<ClusterEffect.Apply>().Select(apply => apply.Register.Object).Order());
        Assert.Equal(3, _one.Last.OfType<ClusterEffect.Apply>().Single(apply => apply.Register.Object == 3).Payload.Span[0]);
    }

    [Fact]
    public void Sync_OfAnObjectThatOnlyOthersHave_PassesItsValueOn()
    {
        var link = _one.OpenSynced(Large);
        Update(link, sequence: 1, name: 9);
        Publish(index: 3);
        TakeUp(Two, 0, 1, 2);

        _one.Receive(link, new LinkFrame.SyncRequest(77, []));

        string[] keys = [.. _one.SentOn(link).OfType<LinkFrame.Updates>().Where(frame => frame.Sync == 77)
            .SelectMany(frame => frame.Items).Select(item => System.Text.Encoding.UTF8.GetString(item.Key.Span))];
        Assert.Equal(["object 3", "object 9"], keys.Order());
    }

    [Fact]
    public void Update_BeyondWhatCanBeKept_IsNotVouchedForAndAskedForWhenItCanBeUsed()
    {
        var link = _one.OpenSynced(Large);
        var payload = new byte[500_000];
        for (var sequence = 1; sequence <= 200; sequence++)
        {
            var update = MachineHarness.Written(Large, sequence, 1_000 + sequence) with { Payload = payload };
            _one.Receive(link, new LinkFrame.Updates(0, [update]));
        }

        _one.Receive(link, new LinkFrame.SyncRequest(77, []));
        var done = Done(link, 77);
        var known = Assert.Single(done.Known, entry => entry.Origin == Large);
        Assert.Equal(new WriteRange(1, 200), Assert.Single(known.Known));
        Assert.InRange(known.Dropped, 100, 180);
        Assert.Contains(_one.Notices, text => text.Contains("more values of kind CheckState than can be kept", StringComparison.Ordinal));

        TakeUp(Two, 0, 1, 2, 3, 1_200);

        Assert.Equal(known.Dropped - 1, Asked(link, Large));
    }

    [Fact]
    public void TakeUp_DuringASyncToHere_LosesNothingOfIt()
    {
        var link = _one.Open(Large);
        _one.Receive(link, MachineHarness.Hello(Large));
        var request = Assert.Single(Requests(link));
        TakeUp(Two, 0, 1, 2);

        _one.Receive(link, new LinkFrame.Updates(request.Sync, [MachineHarness.Written(Large, 10, 3)]));
        _one.Receive(link, new LinkFrame.SyncDone(request.Sync, [OriginKnowledge.UpTo(Large, 10)]));
        Assert.Equal(NodeLinkState.Active, _one.Node(Large).State);
        Assert.Equal(10, Claimed(link, Large));
        TakeUp(Three, 0, 1, 2, 3);
        Assert.Single(_one.Last.OfType<ClusterEffect.Apply>());
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
        Assert.Equal(["object 3", "object 2", "object 1", "object 0"], keys);
        Assert.Equal(new WriteRange(1, 4), Assert.Single(Assert.Single(Done(link, 77).Known).Known));
    }

    [Fact]
    public void TakeUp_WithSomethingLetGo_CatchesUpBeforeItTakesItsShare()
    {
        var link = HoldAll();
        _one.Receive(link, new LinkFrame.Reports([Report(Two, acting: true, sequence: 2)]));
        Answer();
        Assert.Equal(0, _one.View.Held);
        Assert.Equal([Large], _one.View.Members.AsEnumerable());
        Flood(link);

        TakeUp(Two, 0, 1, 2, 3, 9);

        Assert.Equal(ClusterSelfState.CatchingUp, _one.View.SelfState);
        Assert.Equal([Large], _one.View.Members.AsEnumerable());
        _one.Receive(link, new LinkFrame.SyncDone(Requests(link)[^1].Sync, [OriginKnowledge.UpTo(Large, 200)]));
        Assert.Equal(ClusterSelfState.Active, _one.View.SelfState);
        Assert.Equal([MachineHarness.Self, Large], _one.View.Members.AsEnumerable());
    }

    [Fact]
    public void TakeUp_NodeThatHoldsSomething_GoesOnWhileItCatchesUp()
    {
        var link = HoldAll();
        Flood(link);

        TakeUp(Two, 0, 1, 2, 3, 9);

        Assert.Equal(ClusterSelfState.Active, _one.View.SelfState);
        Assert.Empty(_one.Last.OfType<ClusterEffect.Lose>());
        Assert.InRange(Asked(link, Large), 1, 199);
    }

    /// <summary>Also when it lacks nothing of theirs, so that nothing else makes it ask.</summary>
    [Fact]
    public void TakeUp_OfAnotherHistory_AsksThoseItWaitsFor()
    {
        var link = HoldAll();
        var before = Requests(link).Count;

        TakeUp(Two with { History = new HistoryId(7) }, 0, 1, 2, 3);

        Assert.Equal((NodeLinkState.Syncing, ClusterSelfState.CatchingUp), (_one.Node(Large).State, _one.View.SelfState));
        Assert.Equal(before + 1, Requests(link).Count);
        _one.AnswerSync(link);
        Assert.Equal(NodeLinkState.Active, _one.Node(Large).State);
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
        _one.Do((machine, _, _) => machine.Storage.KeepRemoved([.. names.Select(name => before.IndexOf(name))]));
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
        _one.Receive(link, new LinkFrame.Updates(0, [MachineHarness.Written(Large, sequence, name)]));

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

    /// <summary>How far this node said it knew a node's writes when it asked last.</summary>
    private long Asked(LinkId link, NodeId origin) => Top(Requests(link)[^1].Known, origin);

    private LinkFrame.SyncDone Done(LinkId link, ulong sync)
    {
        for (var frames = 1; !_one.SentOn(link).OfType<LinkFrame.SyncDone>().Any(frame => frame.Sync == sync); frames++)
        {
            _one.Receive(link, new LinkFrame.Ack(frames));
        }

        return _one.SentOn(link).OfType<LinkFrame.SyncDone>().Single(frame => frame.Sync == sync);
    }

    /// <summary>More values of objects that are not here than can be kept.</summary>
    private void Flood(LinkId link)
    {
        var payload = new byte[500_000];
        for (var sequence = 2; sequence <= 200; sequence++)
        {
            var update = MachineHarness.Written(Large, sequence, 1_000 + sequence) with { Payload = payload };
            _one.Receive(link, new LinkFrame.Updates(0, [update]));
        }
    }

    /// <summary>What the pulses say that this node has of a node's writes.</summary>
    private long Claimed(LinkId link, NodeId origin)
    {
        _one.Wait(TimeSpan.FromMilliseconds(1_100));
        return _one.SentOn(link).OfType<LinkFrame.Pulse>().Select(pulse => Top(pulse.Known, origin)).Last(top => top > 0);
    }

    private static long Top(IReadOnlyList<OriginKnowledge> known, NodeId origin) =>
        known.SingleOrDefault(entry => entry.Origin == origin)?.Known.Select(range => range.To).LastOrDefault() ?? 0;

    private NodeReport LastReport(LinkId link)
    {
        _one.Wait(ReportOutbox.Gathering);
        return _one.SentOn(link).OfType<LinkFrame.Reports>().SelectMany(reports => reports.Items)
            .Last(report => report.Node == MachineHarness.Self);
    }
}
