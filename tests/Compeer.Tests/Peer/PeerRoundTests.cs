using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

public sealed class PeerRoundTests
{
    private static readonly LinkId Link = new(1);

    [Fact]
    public void Run_MoreInputsThanARoundTakes_LeavesTheRestForTheNext()
    {
        var peer = PeerHarness.Alone(hosts: 1);
        var effects = peer.Run(Views(PeerRound.MaxInputs + 3));

        Assert.Equal(PeerRound.MaxInputs, effects.Count(effect => effect is PeerEffect.Answer));
        Assert.Equal(3, peer.Waiting);
        Assert.Equal(3, peer.Run().Count(effect => effect is PeerEffect.Answer));
    }

    [Fact]
    public void Run_InputsThatTakeLong_EndsTheRoundInTime()
    {
        var peer = PeerHarness.Alone(hosts: 1);
        peer.TimePerInput = PeerRound.LongestTaking / 4;
        peer.Run(Views(20));

        Assert.Equal(16, peer.Waiting);
    }

    [Fact]
    public void Run_AfterALongPause_LooksAtTheTimeBeforeItTakesAnInput()
    {
        var peer = new PeerHarness(hosts: 1);
        var neighbour = new Neighbour(PeerHarness.Other, "other", NeighbourKind.Peer, Connect: true, DataTimeout: null);
        peer.Run(new PeerInput.Neighbours([neighbour]));
        peer.Run(new PeerInput.LinkOpened(Link, PeerHarness.Other, DialledHere: false, "192.0.2.2"));
        peer.Time += TimeSpan.FromSeconds(60);
        var effects = peer.Run(new PeerInput.LinkClosed(Link, "gone"));

        Assert.Contains("did nothing for 60 s", Assert.IsType<PeerEffect.Notify>(
            effects.First(effect => effect is PeerEffect.Notify)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AfterALongPauseOfANodeThatIsAlone_SaysSoAndGoesOn()
    {
        var peer = PeerHarness.Alone(hosts: 1);
        peer.Time += TimeSpan.FromSeconds(1.5);
        Assert.DoesNotContain(peer.Run(), effect => effect is PeerEffect.Notify);

        peer.Time += TimeSpan.FromSeconds(60);
        var effects = peer.Run();

        Assert.Equal(
            (NoticeLevel.Warning, "this node did nothing for 60 s; what was due meanwhile is done now"),
            effects.OfType<PeerEffect.Notify>().Select(notice => (notice.Level, notice.Text)).Single());
        Assert.Single(effects.OfType<PeerEffect.StartCheck>());
        Assert.True(peer.Peer.Owns(new CheckableId(0)));
        Assert.DoesNotContain(peer.Run(), effect => effect is PeerEffect.Notify);
    }

    /// <summary>What is read at a start takes its time.</summary>
    [Fact]
    public void Run_AfterALongStart_SaysNothing()
    {
        var peer = new PeerHarness(hosts: 1);
        peer.Run();
        peer.Time += TimeSpan.FromSeconds(60);
        Assert.DoesNotContain("did nothing", string.Concat(
            peer.Run(new PeerInput.Neighbours([])).OfType<PeerEffect.Notify>().Select(notice => notice.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Wait_NothingDue_IsNeverLongerThanASuspensionMayGoUnnoticed()
    {
        var peer = new PeerHarness(hosts: 1);
        peer.Run();
        Assert.Equal(PeerRound.LongestWait, peer.Wait);
        peer.Time += TimeSpan.FromHours(1);
        Assert.Equal(TimeSpan.Zero, peer.Wait);
    }

    [Fact]
    public void Run_AnyRound_GivesItsEffectsByStages()
    {
        var peer = WithNeighbour();
        var start = peer.FirstCheck();
        var change = PeerChange.Prepare(peer.Peer.Configuration, PeerHarness.Configuration(hosts: 3, version: 2));
        var effects = peer.Run(
            new PeerInput.View { Token = new AnswerToken(1) },
            peer.ResultOf(start),
            new PeerInput.TakeUp(change) { Token = new AnswerToken(2) },
            new PeerInput.LinkOpened(new LinkId(2), PeerHarness.Other, DialledHere: false, "192.0.2.2"),
            new PeerInput.Frame(new LinkId(2), new byte[] { 0xff, 0xff, 0xff }));

        var stages = effects.Select(effect => effect.Stage).ToArray();
        Assert.Equal(stages.Order(), stages);
        Assert.Equal([EffectStage.Persist, EffectStage.Send, EffectStage.Act, EffectStage.Answer], stages.Distinct());
        Assert.Equal(2, effects.Count(effect => effect is PeerEffect.Answer));
    }

    [Fact]
    public void Run_LinkIsRefused_ClosesItAfterWhatWasSentOnIt()
    {
        var peer = WithNeighbour();
        var effects = peer.Run(
            new PeerInput.LinkOpened(new LinkId(2), PeerHarness.Other, DialledHere: false, "192.0.2.2"),
            new PeerInput.Frame(new LinkId(2), new byte[] { 0xff, 0xff, 0xff }),
            new PeerInput.Frame(Link, new byte[] { 0xff, 0xff, 0xff }));
        var onLink = effects.Where(effect => (effect as PeerEffect.Send)?.Link == new LinkId(2)
            || (effect as PeerEffect.Close)?.Link == new LinkId(2)).ToArray();

        Assert.True(onLink.Length > 1);
        Assert.IsType<PeerEffect.Close>(onLink[^1]);
        Assert.All(onLink[..^1], effect => Assert.IsType<PeerEffect.Send>(effect));
    }

    [Fact]
    public void Run_TakeUp_SaysFromWhereOnTheIdsAreThoseOfTheOther()
    {
        var peer = PeerHarness.Alone(hosts: 1);
        peer.Time += TimeSpan.FromSeconds(30);
        var before = peer.Peer.Configuration;
        var after = PeerHarness.Configuration(hosts: 2, version: 2);
        var effects = peer.Run(new PeerInput.TakeUp(PeerChange.Prepare(before, after))).ToList();

        var follow = effects.FindIndex(effect => effect is PeerEffect.Follow { Configuration: var now } && now == after);
        Assert.InRange(effects.FindIndex(effect => effect is PeerEffect.StartCheck), 0, follow);
        Assert.Same(after, peer.Peer.Configuration);
    }

    [Fact]
    public void Run_ResultComesTwice_IsCountedAndSaidOnceAMinute()
    {
        var peer = PeerHarness.Alone(hosts: 1);
        var result = peer.ResultOf(peer.FirstCheck());
        var first = peer.Run(result, result).OfType<PeerEffect.Notify>();
        var second = peer.Run(result, result).OfType<PeerEffect.Notify>();
        peer.Time += RefusalCounters.Window;
        var later = peer.Run().OfType<PeerEffect.Notify>().Where(notice => notice.Text.Contains("not taken", StringComparison.Ordinal));

        Assert.StartsWith("1 results of checks not taken", Assert.Single(first).Text, StringComparison.Ordinal);
        Assert.Empty(second);
        Assert.StartsWith("2 results of checks not taken", Assert.Single(later).Text, StringComparison.Ordinal);
        Assert.Equal(3, peer.Peer.Refused[RefusalReason.ResultNotAwaited]);
    }

    /// <summary>Whoever relies on the answer is answered when the state is in the database; a result that nobody relies on does not
    /// hurry it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_ResultThatSomebodyReliesOn_IsWrittenAtOnceAndAnsweredAfterwards(bool isRelied)
    {
        var peer = PeerHarness.Alone(hosts: 1, keepsValues: true);
        Store(peer, peer.Run());
        var result = new CheckResult(CheckOutcome.Exited, 2, "down"u8.ToArray(), default, default, peer.Now.Wall, TimeSpan.Zero);
        var given = new PeerInput.Spooled(new SpooledResult("h0", Service: null, IsPassive: true, result))
        {
            Token = new AnswerToken(1),
            IsRelied = isRelied,
        };

        var effects = peer.Run(given);

        Assert.Equal(isRelied, effects.Any(effect => effect is PeerEffect.Store { Values.Values.Count: > 0 }));
        Assert.Equal(!isRelied, effects.Any(IsAnswer));
        Assert.Equal(isRelied, Store(peer, effects).Any(IsAnswer));

        static bool IsAnswer(PeerEffect effect) => effect is PeerEffect.Answer;
    }

    /// <summary>Writes what is to be written, until nothing is; gives what came of that.</summary>
    private static List<PeerEffect> Store(PeerHarness peer, IReadOnlyList<PeerEffect> effects)
    {
        List<PeerEffect> all = [];
        while (effects.OfType<PeerEffect.Store>().FirstOrDefault() is { } store)
        {
            effects = peer.Run(new PeerInput.Stored(store.Values.Mark));
            all.AddRange(effects);
        }

        return all;
    }

    private static IEnumerable<PeerInput> Views(int count) =>
        Enumerable.Range(1, count).Select(number => new PeerInput.View { Token = new AnswerToken(number) });

    /// <summary>A peer that acts although its neighbour has only connected yet.</summary>
    private static PeerHarness WithNeighbour()
    {
        var peer = new PeerHarness(hosts: 2);
        var neighbour = new Neighbour(PeerHarness.Other, "other", NeighbourKind.Peer, Connect: true, DataTimeout: null);
        peer.Run(new PeerInput.Neighbours([neighbour]));
        peer.Run(new PeerInput.LinkOpened(Link, PeerHarness.Other, DialledHere: false, "192.0.2.2"));
        return peer;
    }
}
