using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Scheduling;

/// <summary>States that a node with another time wrote: their times are read by that node's clock until this one's own result.</summary>
public sealed class WriterClockTests : EngineHarness
{
    private static readonly TimeSpan Interval = TestSite.DefaultChecking.CheckInterval;

    public static TheoryData<int> Hours => [5, -5, 24 * 365, -24 * 365];

    [Theory]
    [MemberData(nameof(Hours))]
    public void Store_OfAnOwnedObject_IsDueWhenItsWriterSays(int hours)
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);

        engine.Store(id, Written(hours, age: TimeSpan.FromSeconds(100)), TimeSpan.FromHours(hours));

        Assert.Equal(Clock.Now.Monotonic + Interval - TimeSpan.FromSeconds(100), engine.NextCheck(id));
        Assert.Equal(Written(hours, age: TimeSpan.FromSeconds(100)), engine[id]);
    }

    /// <summary>An object that went and came back while a long check of it was in flight, and was checked elsewhere meanwhile.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Complete_OfACheckThatAnotherNodeHasOvertaken_MakesTheObjectDueWhenThatOneSays(int hours)
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var check = StartNext(engine);
        engine.Lose(Clock.Now, [id], discardRunning: false, Output);
        Clock.Move(2 * Interval);
        engine.Store(id, Written(hours, age: TimeSpan.FromSeconds(10)), TimeSpan.FromHours(hours));
        engine.Gain(Clock.Now, [id], TimeSpan.FromHours(hours), Output);
        var due = Clock.Now.Monotonic + Interval - TimeSpan.FromSeconds(10);

        var result = Results.Exited(Clock.Now, 0, seconds: (2 * Interval).TotalSeconds) with { Run = check.Run };
        engine.Complete(Clock.Now, id, result, Output);

        Assert.Equal(due, engine.NextCheck(id));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void RequestCheck_OfWhatTheFormerOwnerJustChecked_IsRecent(int hours)
    {
        var site = SmallSite(TestSite.DefaultMain with { CachedHostCheckHorizon = TimeSpan.FromSeconds(15) });
        var id = site.Id("web1");
        var engine = site.Build();
        engine.Store(id, Written(hours, age: TimeSpan.FromSeconds(10)), TimeSpan.FromHours(hours));
        engine.Gain(Clock.Now, [id], TimeSpan.FromHours(hours), Output);

        Assert.Equal(CheckRequestOutcome.AfterRetryInterval, engine.RequestCheck(Clock.Now, id, CheckRequestReason.Parent, Output));

        Clock.Move(TimeSpan.FromSeconds(6));
        Assert.Equal(CheckRequestOutcome.Now, engine.RequestCheck(Clock.Now, id, CheckRequestReason.Parent, Output));
    }

    /// <summary>The demand of a service looks at the age of its host's state by the same clock.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Complete_ServiceProblemAfterATakeover_AsksForNoHostThatWasJustChecked(int hours)
    {
        var site = SmallSite();
        (var host, var service) = (site.Id("web1"), site.Id("web1", "HTTP"));
        var engine = site.Build();
        var ahead = TimeSpan.FromHours(hours);
        engine.Store(host, Written(hours, age: TimeSpan.FromSeconds(1)), ahead);
        engine.Store(service, Written(hours, age: Interval - TimeSpan.FromSeconds(2)), ahead);
        engine.Gain(Clock.Now, [host, service], ahead, Output);
        var due = engine.NextCheck(host);

        var check = StartNext(engine);
        Assert.Equal(service, check.Id);
        Finish(engine, check, 2);

        Assert.Equal(due, engine.NextCheck(host));
    }

    /// <summary>What goes out in this node's name is by its clock: the others know no other one for it.</summary>
    [Theory]
    [MemberData(nameof(Hours))]
    public void Gain_WithAnAttemptThatDoesNotFit_WritesTheTimesByThisNodesClock(int hours)
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = site.Build();
        var age = TimeSpan.FromSeconds(100);
        var theirs = Written(hours, age) with { State = 2, LastHardState = 2, Attempt = 4 };
        engine.Store(id, theirs, TimeSpan.FromHours(hours));
        engine.Gain(Clock.Now, [id], TimeSpan.FromHours(hours), Output);

        var written = Assert.Single(Output.Changes).After;
        Assert.Equal(Written(0, age) with { State = 2, LastHardState = 2, Attempt = 3 }, written);
        Assert.Equal(Clock.Now.Monotonic + Interval - age, engine.NextCheck(id));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void TakeUp_WithAnotherInterval_CountsFromTheFormerOwnersCheck(int hours)
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = site.Build();
        var age = TimeSpan.FromSeconds(100);
        engine.Store(id, Written(hours, age), TimeSpan.FromHours(hours));
        engine.Gain(Clock.Now, [id], TimeSpan.FromHours(hours), Output);
        var shorter = TestSite.DefaultChecking with { CheckInterval = TimeSpan.FromSeconds(150) };
        var next = new TestSite { Main = site.Main }.Host("web0").Host("web1", shorter).Service("web1", "HTTP").Service("web1", "PING");
        next.Build();

        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, next.Configuration), Output);

        Assert.Equal(Clock.Now.Monotonic + shorter.CheckInterval - age, engine.NextCheck(next.Id("web1")));
        Assert.Equal(
            CheckRequestOutcome.Now, engine.RequestCheck(Clock.Now, next.Id("web1"), CheckRequestReason.Parent, Output));
    }

    [Fact]
    public void Complete_OwnResult_IsByThisNodesClockFromThenOn()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = site.Build();
        engine.Store(id, Written(5, age: Interval - TimeSpan.FromSeconds(1)), TimeSpan.FromHours(5));
        engine.Gain(Clock.Now, [id], TimeSpan.FromHours(5), Output);
        Finish(engine, StartNext(engine), 0);

        Assert.Equal(CheckRequestOutcome.AfterRetryInterval, engine.RequestCheck(Clock.Now, id, CheckRequestReason.Parent, Output));
    }

    /// <summary>Lost and gained again from a node with this one's time.</summary>
    [Fact]
    public void Lose_AndGainFromAnotherNode_ForgetsTheFormerClock()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = site.Build();
        engine.Store(id, Written(5, age: TimeSpan.FromSeconds(10)), TimeSpan.FromHours(5));
        engine.Gain(Clock.Now, [id], TimeSpan.FromHours(5), Output);
        engine.Lose(Clock.Now, [id], discardRunning: false);
        engine.Store(id, Written(0, age: TimeSpan.FromSeconds(20)), TimeSpan.Zero);
        engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);

        Assert.Equal(Clock.Now.Monotonic + Interval - TimeSpan.FromSeconds(20), engine.NextCheck(id));
    }

    [Fact]
    public void ByClock_TimesThatNeverWere_StayNever()
    {
        var history = new EventHistory { EventId = 3, ProblemStartTicks = 5_000 };
        var state = CheckState.Pending(0) with { LastCheckTicks = 1_000, History = history };

        var moved = state.ByClock(TimeSpan.FromTicks(400));

        Assert.Equal(state with { LastCheckTicks = 600, History = state.History with { ProblemStartTicks = 4_600 } }, moved);
        Assert.Same(state, state.ByClock(TimeSpan.Zero));
    }

    private CheckState Written(int hoursAhead, TimeSpan age)
    {
        var at = Clock.Now.Wall + TimeSpan.FromHours(hoursAhead) - age;
        return CheckState.Pending(0) with
        {
            HasBeenChecked = true,
            LastCheckTicks = at.UtcTicks,
            NextCheckTicks = (at + Interval).UtcTicks,
        };
    }
}
