using System.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>Which objects a result asks about, among others that it does not concern, and when the next check is reckoned from.</summary>
public sealed class CheckDemandTests : EngineHarness
{
    private const string Command = "define command {\ncommand_name c\ncommand_line x\n}\n";
    private const string Checking = "check_command c\ncheck_interval 4\nretry_interval 1\n";
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    [Fact]
    public void ServiceFails_ItsOwnHostIsChecked()
    {
        var site = TextSite.Of("", Command + Host("alone") + Host("web1") + Service("web1", "HTTP"));
        var engine = Owning(site, site.All(), Checked);
        var other = engine.NextCheck(site.Id("alone"));
        Complete(engine, site.Id("web1", "HTTP"), code: 2);
        Assert.Equal(Clock.Now.Monotonic, engine.NextCheck(site.Id("web1")));
        Assert.Equal(other, engine.NextCheck(site.Id("alone")));
    }

    [Fact]
    public void HostFails_ItsOwnParentIsChecked()
    {
        var site = TextSite.Of("", Command + Host("alone") + Host("child", "parents router") + Host("router"));
        var engine = Owning(site, site.All(), Checked);
        var other = engine.NextCheck(site.Id("alone"));
        Complete(engine, site.Id("child"), code: 2);
        Assert.Equal(Clock.Now.Monotonic, engine.NextCheck(site.Id("router")));
        Assert.Equal(other, engine.NextCheck(site.Id("alone")));
    }

    /// <summary>A host never looked at is checked when one of its services answers, unless that is near anyway.</summary>
    [Theory]
    [InlineData("", true, false)]
    [InlineData("check_interval 60", true, true)]
    [InlineData("check_interval 60", false, false)]
    [InlineData("initial_state d", true, true)]
    public void ServiceIsOk_HostNeverChecked_IsCheckedWhenThatIsFar(string settings, bool isOwned, bool isChecked)
    {
        // web3 is one whose first check, spread over half an hour, is more than five minutes away.
        var site = TextSite.Of("", Command + Host("web3", settings) + Service("web3", "HTTP"));
        var service = site.Id("web3", "HTTP");
        var engine = Owning(site, isOwned ? site.All() : [service], state => state);
        var planned = engine.NextCheck(site.Id("web3"));
        engine.Store(service, Checked(engine[service]), TimeSpan.Zero);
        Complete(engine, service, code: 0);
        Assert.Equal(isChecked ? Clock.Now.Monotonic : planned, engine.NextCheck(site.Id("web3")));
        Assert.Empty(Output.Requests);
    }

    [Fact]
    public void ServiceBeforeItsLastAttempt_OnlyItsOwnMastersAreChecked()
    {
        var objects = Host("web1") + string.Concat("ABCDEFG".Select(letter => Service("web1", $"{letter}")))
            + Dependency("A", "B") + Dependency("C", "D") + Dependency("E", "D") + Dependency("G", "F");
        var site = TextSite.Of("", Command + objects);
        var engine = Owning(site, site.All(), state => Checked(state));
        var planned = "ABCEG".ToDictionary(letter => letter, letter => engine.NextCheck(site.Id("web1", $"{letter}")));
        engine.Store(site.Id("web1", "D"), Checked(engine[site.Id("web1", "D")]) with { State = 2, IsSoft = true }, TimeSpan.Zero);
        Complete(engine, site.Id("web1", "D"), code: 2);
        foreach ((var letter, var before) in planned)
        {
            Assert.Equal(letter is 'C' or 'E' ? Clock.Now.Monotonic : before, engine.NextCheck(site.Id("web1", $"{letter}")));
        }
    }

    [Fact]
    public void OwnersElsewhere_AskedAboutVeryManyObjects_AreForgotten()
    {
        var objects = new StringBuilder(Host("web1"));
        for (var service = 0; service <= EngineLimits.RememberedRequests; service++)
        {
            objects.Append(Service("web1", $"s{service}"));
        }

        var site = TextSite.Of("", Command + objects.ToString());
        var engine = new MonitoringEngine(site);
        CheckRequestOutcome Ask(CheckableId id) => engine.RequestCheck(Clock.Now, id, CheckRequestReason.Parent, Output);
        var ids = site.All();
        Assert.All(ids.Take(EngineLimits.RememberedRequests), id => Assert.Equal(CheckRequestOutcome.OwnerAsked, Ask(id)));
        Assert.Equal(CheckRequestOutcome.AskedAlready, Ask(ids[0]));
        Assert.Equal(CheckRequestOutcome.OwnerAsked, Ask(ids[EngineLimits.RememberedRequests]));
        Assert.Equal(CheckRequestOutcome.OwnerAsked, Ask(ids[0]));
    }

    /// <summary>A plugin cannot have run for longer than since it was given out, whatever the runner's clock says.</summary>
    [Fact]
    public void ResultThatRanTooLong_StartedWhenItWasGivenOut()
    {
        var site = TextSite.Of("", Command + Host("web1"));
        var id = site.Id("web1");
        var engine = Owning(site, site.All(), Checked);
        engine.Advance(Clock.MoveTo(engine.NextCheck(id)!.Value), Output);
        var started = Clock.Now.Monotonic;
        var check = Assert.Single(Output.Checks);
        Clock.Move(TimeSpan.FromSeconds(5));
        engine.Complete(Clock.Now, id, Results.Exited(Clock.Now, 0, seconds: 90) with { Run = check.Run }, Output);
        Assert.Equal(started + TimeSpan.FromMinutes(4), engine.NextCheck(id));
    }

    private static string Host(string name, string settings = "") =>
        $"define host {{\nhost_name {name}\nmax_check_attempts 3\n{Checking}{settings}\n}}\n";

    private static string Service(string host, string description) =>
        $"define service {{\nhost_name {host}\nservice_description {description}\nmax_check_attempts 3\n{Checking}}}\n";

    private static string Dependency(string master, string dependent) =>
        $"define servicedependency {{\nhost_name web1\nservice_description {master}\ndependent_host_name web1\n"
        + $"dependent_service_description {dependent}\nnotification_failure_criteria c\n}}\n";

    /// <summary>As it is a minute after a check that found nothing.</summary>
    private CheckState Checked(CheckState state) => state with
    {
        HasBeenChecked = true,
        LastCheckTicks = (Clock.Now.Wall - AMinute).UtcTicks,
        NextCheckTicks = (Clock.Now.Wall + (AMinute * 3)).UtcTicks,
    };

    private MonitoringEngine Owning(EngineConfiguration site, IReadOnlyList<CheckableId> ids, Func<CheckState, CheckState> state)
    {
        var engine = new MonitoringEngine(site);
        foreach (var id in site.All())
        {
            engine.Store(id, state(engine[id]), TimeSpan.Zero);
        }

        engine.Gain(Clock.Now, ids, TimeSpan.Zero, Output);
        return engine;
    }

    /// <summary>The check of one object is due alone, and ends at once.</summary>
    private void Complete(MonitoringEngine engine, CheckableId id, int code)
    {
        engine.Store(id, engine[id] with { NextCheckTicks = (Clock.Now.Wall + TimeSpan.FromSeconds(1)).UtcTicks }, TimeSpan.Zero);
        Output.Clear();
        engine.Advance(Clock.MoveTo(engine.NextCheck(id)!.Value), Output);
        var check = Output.Checks.Single(started => started.Id == id);
        engine.Complete(Clock.Now, id, Results.Exited(Clock.Now, code) with { Run = check.Run }, Output);
    }
}
