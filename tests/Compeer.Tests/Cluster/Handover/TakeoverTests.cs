using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Handover;

/// <summary>
/// Takeovers that follow each other: what one has waited for is not taken off the wait of the next. Three members with 60
/// objects, of which the two others are played here.
/// </summary>
public sealed class TakeoverTests
{
    private const int Objects = 60;
    private static readonly NodeId Small = MachineHarness.Small;
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(150);

    private readonly MachineHarness _one = new(
        MachineHarness.Objects(Objects) with { LongestCheck = LongestCheck }, MachineHarness.Peer(Large), MachineHarness.Peer(Small));

    private readonly LinkId _large;
    private readonly LinkId _small;

    public TakeoverTests()
    {
        _large = _one.OpenSynced(Large);
        _small = _one.OpenSynced(Small);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LaterView_AfterAWaitForALongCheck_IsWaitedForAnew(bool withLongCheck)
    {
        var mine = Join();
        ulong[] running = withLongCheck ? [HashOf(mine[0])] : [];
        var joined = _one.View.Fingerprint;
        _one.Receive(_small, Reports(Report(Small, 2, joined)));
        _one.Receive(_large, Reports(Report(Large, 2, joined) with { Running = [.. running] }));
        Assert.Equal(mine.Length - running.Length, _one.View.Held);
        _one.Wait(TimeSpan.FromSeconds(10), Talk);
        var before = _one.View.Held;

        // Small leaves and has not said yet that it gave up its share.
        _one.Receive(_small, Reports(Report(Small, 3, joined) with { Revision = 2, Acting = false, Leaving = true }));
        _one.Receive(_large, Reports(Report(Large, 3, _one.View.Fingerprint) with { Running = [.. running] }));

        Assert.Equal(before, _one.View.Held);
        _one.Receive(_small, Reports(Report(Small, 4, 0) with { Revision = 2, Acting = false, Leaving = true }));
        Assert.True(_one.View.Held > before);
        Assert.DoesNotContain(_one.Notices, text => text.Contains("did not confirm", StringComparison.Ordinal));
    }

    [Fact]
    public void View_OfOneThatHasConfirmedAndMovesOn_IsNoLateWord()
    {
        var mine = Join();
        var joined = _one.View.Fingerprint;
        _one.Receive(_small, Reports(Report(Small, 2, joined)));
        _one.Receive(_large, Reports(Report(Large, 2, joined) with { Running = [HashOf(mine[0])] }));

        // Small acts on a view already that this node has not heard of.
        _one.Receive(_small, Reports(Report(Small, 3, joined + 1)));
        Assert.Equal(mine.Length - 1, _one.View.Held);
        Assert.DoesNotContain(_one.Notices, text => text.Contains("did not confirm", StringComparison.Ordinal));
    }

    [Fact]
    public void LaterView_AfterAWaitForResultsThatCameTooLate_IsWaitedForAnew()
    {
        Join();
        _one.Receive(_small, Reports(Report(Large, 2, _one.View.Fingerprint) with { Written = 5 }));
        Assert.Equal(0, _one.View.Held);

        // The view changes before the result comes: nothing is this node's own any more.
        var newer = new ConfigurationVersion(2, "two");
        _one.Receive(_small, Reports(Report(Large, 3, 7) with { Written = 5, Revision = 2, Configuration = newer }));
        _one.Receive(_large, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 5, 1)]));
        _one.Wait(TimeSpan.FromSeconds(10), Talk);

        _one.Receive(_small, Reports(Report(Large, 4, 123) with { Written = 9, Revision = 3 }));
        _one.Receive(_small, Reports(Report(Large, 5, _one.View.Fingerprint) with { Written = 9, Revision = 3 }));

        Assert.Equal(0, _one.View.Held);
        _one.Receive(_large, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 9, 1)]));
        Assert.NotEqual(0, _one.View.Held);
    }

    [Fact]
    public void ViewsThatKeepChanging_BeforeAnyIsConfirmed_AreNotWaitedForForEver()
    {
        Join();
        for (var change = 0; change < 6; change++)
        {
            Assert.Equal(0, _one.View.Held);
            _one.Wait(TimeSpan.FromSeconds(1), Talk);
            _one.Receive(_small, Reports(Report(Small, 10 + change, 0) with { Revision = 10 + change }));
        }

        Assert.NotEqual(0, _one.View.Held);
    }

    [Fact]
    public void CheckInFlightElsewhere_IsWaitedForAsLongAsTheConfigurationLetsItRun()
    {
        var mine = Join();
        _one.Receive(_large, Reports(Report(Large, 2, _one.View.Fingerprint) with { Running = [HashOf(mine[0])] }));
        _one.Wait(LongestCheck, Talk);
        Assert.Equal(mine.Length - 1, _one.View.Held);

        _one.Wait(TimeSpan.FromSeconds(3), Talk);

        Assert.Equal(mine.Length, _one.View.Held);
        Assert.Contains(_one.Notices, text => text.Contains("have not ended", StringComparison.Ordinal));
    }

    [Fact]
    public void CheckInFlightElsewhere_WhereChecksMayTakeLonger_IsWaitedForAsLongAsThere()
    {
        var mine = Join();
        _one.Receive(_large, Reports(Report(Large, 2, _one.View.Fingerprint) with
        {
            Running = [HashOf(mine[0])],
            LongestCheck = 2 * LongestCheck,
        }));
        _one.Wait(1.5 * LongestCheck, Talk);
        Assert.Equal(mine.Length - 1, _one.View.Held);

        _one.Wait(0.6 * LongestCheck, Talk);

        Assert.Equal(mine.Length, _one.View.Held);
    }

    private static ulong HashOf(int index) => StableHash.OfKey(MachineHarness.Key(index).Span);

    private static LinkFrame.Reports Reports(NodeReport report) => new([report]);

    private static NodeReport Report(NodeId node, long sequence, ulong applied) => MachineHarness.Report(node) with
    {
        Sequence = sequence,
        Edges = [MachineHarness.OwnRun],
        Configured = [MachineHarness.Self, Small, Large],
        Applied = applied,
    };

    /// <summary>All three act; the others act on another division still. What will be this node's own.</summary>
    private int[] Join()
    {
        _one.Receive(_small, Reports(Report(Small, 1, 0)));
        _one.Receive(_large, Reports(Report(Large, 1, 111)));
        Assert.Equal(3, _one.View.Members.Length);
        var self = _one.View.Members.IndexOf(MachineHarness.Self);
        int[] mine = [.. Enumerable.Range(0, Objects).Where(index => _one.View.Owners[index] == self)];
        Assert.NotEmpty(mine);
        return mine;
    }

    /// <summary>Both others are alive.</summary>
    private void Talk()
    {
        foreach (var link in (LinkId[])[_large, _small])
        {
            _one.Receive(link, new LinkFrame.Ack(0));
        }
    }
}
