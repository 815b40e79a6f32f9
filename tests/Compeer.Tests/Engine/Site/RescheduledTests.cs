using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Engine.TimePeriods;

namespace Compeer.Tests.Engine.Site;

/// <summary>Which change of a configuration gives checks other times, and which leaves them as they are.</summary>
public sealed class RescheduledTests : EngineHarness
{
    private static readonly CheckSettings Usual = TestSite.DefaultChecking;

    [Fact]
    public void TakeUp_OtherRetryInterval_CountsForASoftProblem()
    {
        var site = Site(Usual);
        var engine = Owning(site, site.Id("web1", "HTTP"));
        Finish(engine, StartNext(engine), code: 2);
        var before = engine.NextCheck(site.Id("web1", "HTTP"))!.Value;
        Assert.Equal(Usual.RetryInterval, before - Clock.Now.Monotonic);

        TakeUp(engine, Site(Usual with { RetryInterval = TimeSpan.FromMinutes(4) }));

        Assert.InRange(
            engine.NextCheck(site.Id("web1", "HTTP"))!.Value, before + TimeSpan.FromTicks(1), before + TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void TakeUp_ActiveChecksOffAndOnAgain_FollowsEachTime()
    {
        var site = Site(Usual);
        var engine = Owning(site, [.. site.All()]);
        TakeUp(engine, Site(Usual with { ActiveChecksEnabled = false }));
        Assert.Null(engine.NextCheck(site.Id("web1", "HTTP")));
        Assert.NotNull(engine.NextCheck(site.Id("web1")));

        TakeUp(engine, Site(Usual));
        Assert.NotNull(engine.NextCheck(site.Id("web1", "HTTP")));
    }

    [Fact]
    public void TakeUp_WithoutACheckCommandAndWithOneAgain_FollowsEachTime()
    {
        var site = Site(Usual);
        var engine = Owning(site, [.. site.All()]);
        TakeUp(engine, Site(Usual, command: null));
        Assert.Null(engine.NextCheck(site.Id("web1")));

        TakeUp(engine, Site(Usual));
        Assert.NotNull(engine.NextCheck(site.Id("web1")));
    }

    /// <summary>While checks are off for the whole program their turns pass by: nothing is to be planned anew.</summary>
    [Fact]
    public void TakeUp_ChecksOffForTheWholeProgram_LeavesEveryTurnWhereItWas()
    {
        var site = Site(Usual);
        var engine = Owning(site, [.. site.All()]);
        CheckableId[] all = [.. site.All()];
        TimeSpan?[] before = [.. all.Select(engine.NextCheck)];
        var off = TestSite.DefaultMain with { ExecuteHostChecks = false, ExecuteServiceChecks = false };
        TakeUp(engine, Site(Usual, main: off));
        Assert.Equal(before, all.Select(engine.NextCheck));
        Clock.MoveTo(before.Max()!.Value);
        engine.Advance(Clock.Now, Output);
        Assert.Empty(Output.Checks);
        Assert.All(all, id => Assert.InRange(engine.NextCheck(id)!.Value, Clock.Now.Monotonic, Clock.Now.Monotonic + Usual.CheckInterval));
    }

    [Fact]
    public void TakeUp_AnotherCheckPeriod_MovesTheCheckIntoIt()
    {
        var (first, second) = (Hours("first", 0), Hours("second", 2));
        var before = Site(Usual with { CheckPeriod = first }, periods: [first, second]);
        var engine = Owning(before, before.Id("web1", "HTTP"));
        Assert.InRange(Wait(engine, before), TimeSpan.Zero, Usual.CheckInterval);

        TakeUp(engine, Site(Usual with { CheckPeriod = second }, periods: [first, second]));

        Assert.InRange(Wait(engine, before), TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(180));
    }

    [Fact]
    public void TakeUp_AnotherTimeZone_MovesChecksWithAPeriodAndNoOthers()
    {
        var period = Hours("hours", 0);
        var timed = Usual with { CheckPeriod = period };
        var before = Site(timed, periods: [period]);
        var engine = Owning(before, [.. before.All()]);
        var host = engine.NextCheck(before.Id("web1"));
        Assert.InRange(Wait(engine, before), TimeSpan.Zero, Usual.CheckInterval);

        // An hour that is open now is over in a zone to the east; one that is new has no time to be changed.
        TakeUp(engine, Site(timed, periods: [period], zone: Zones.Find("Etc/GMT-6"), added: true));

        Assert.Equal(host, engine.NextCheck(new CheckableId(1)));
        Assert.InRange(
            engine.NextCheck(new CheckableId(2))!.Value - Clock.Now.Monotonic, TimeSpan.FromHours(16), TimeSpan.FromHours(19));
        Assert.Null(engine.NextCheck(new CheckableId(0)));
        Assert.Equal(2, engine.Snapshot(Clock.Now).Owned);
    }

    /// <summary>The owner of an object elsewhere was asked a moment ago; its number is another object's after the change.</summary>
    [Fact]
    public void TakeUp_OtherNumbers_OwnersElsewhereAreAskedAboutTheirOwnObjects()
    {
        var engine = Site(Usual).Build();
        Assert.Equal(CheckRequestOutcome.OwnerAsked, engine.RequestCheck(Clock.Now, new CheckableId(0), CheckRequestReason.Parent, Output));
        Assert.Equal(
            CheckRequestOutcome.AskedAlready, engine.RequestCheck(Clock.Now, new CheckableId(0), CheckRequestReason.Parent, Output));
        TakeUp(engine, Site(Usual, added: true));
        Assert.Equal(CheckRequestOutcome.OwnerAsked, engine.RequestCheck(Clock.Now, new CheckableId(0), CheckRequestReason.Parent, Output));
    }

    [Fact]
    public void Lose_OneOfTwo_CountsAsOneLess()
    {
        var site = Site(Usual);
        var engine = Owning(site, [.. site.All()]);
        Assert.Equal(2, engine.Snapshot(Clock.Now).Owned);
        engine.Lose(Clock.Now, [site.Id("web1")], discardRunning: false, Output);
        engine.Lose(Clock.Now, [site.Id("web1")], discardRunning: false, Output);
        Assert.Equal(1, engine.Snapshot(Clock.Now).Owned);
    }

    /// <summary>The host web1, checked without a period, and its service HTTP; with one more host its numbers are others.</summary>
    private static TestSite Site(
        CheckSettings service,
        string? command = "check_host",
        MainConfiguration? main = null,
        TimePeriodDefinition[]? periods = null,
        ZoneRules? zone = null,
        bool added = false)
    {
        var site = new TestSite { Main = main ?? TestSite.DefaultMain, Zone = zone ?? ZoneRules.Utc };
        if (added)
        {
            site.Host("aaa");
        }

        site.Host("web1", command: command).Service("web1", "HTTP", service);
        site.Periods.AddRange(periods ?? []);
        site.Build();
        return site;
    }

    /// <summary>Every day an hour and a half around the present time, or around so many hours later.</summary>
    private TimePeriodDefinition Hours(string name, int later)
    {
        var middle = (int)((Clock.Now.Wall.TimeOfDay.TotalSeconds + (later * 3600)) % 86_400);
        var (start, end) = (Math.Max(0, middle - 600), Math.Min(86_400, middle + 4_800));
        return TestSite.Period(name, [.. Enumerable.Range(0, 7).Select(day => (day, start, end))]);
    }

    private TimeSpan Wait(MonitoringEngine engine, TestSite site) =>
        engine.NextCheck(site.Id("web1", "HTTP"))!.Value - Clock.Now.Monotonic;

    private void TakeUp(MonitoringEngine engine, TestSite site)
    {
        Output.Clear();
        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, site.Configuration), Output);
    }
}
