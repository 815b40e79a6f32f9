using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Checks;

/// <summary>What is asked after, and what the log says of a service.</summary>
public sealed class OrphanTests : MainVariableHarness
{
    [Theory]
    [Trait("Variable", "check_for_orphaned_hosts")]
    [InlineData("", "HTTP web1")]
    [InlineData("check_for_orphaned_hosts=0", "HTTP")]
    [Trait("Variable", "check_for_orphaned_services")]
    [InlineData("check_for_orphaned_services=0", "web1")]
    [InlineData("check_for_orphaned_services=0\ncheck_for_orphaned_hosts=0", "")]
    public void Checks_OfWhichNothingComes_AreAskedAfter(string main, string expected)
    {
        var engine = Start(main);
        StartNextOf(engine, "web1");
        StartNextOf(engine, "HTTP");
        var found = new HashSet<CheckableId>();
        for (var minute = 0; minute < 30; minute++)
        {
            Output.Clear();
            engine.Advance(Clock.Move(TimeSpan.FromMinutes(1)), Output);
            Assert.Equal(2, engine.Snapshot(Clock.Now).Running);
            found.UnionWith(Output.Doubts.Select(doubt => doubt.Id));
        }

        Assert.Equal(expected, string.Join(' ', found.Select(id => id == Site.Id("web1") ? "web1" : "HTTP").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Service_Lost_IsToldOfWithItsTimes()
    {
        var engine = Start("");
        Finish(engine, "HTTP", 0);
        var last = Clock.Now.Wall.ToUnixTimeSeconds();
        var check = StartNextOf(engine, "HTTP");
        Output.Clear();
        Assert.Equal(check.Id, engine.Lost(Clock.Move(TimeSpan.FromMinutes(12)), check.Id, check.Run, Output));
        var line = Assert.Single(Output.Lines());
        Assert.StartsWith(
            $"Warning: The check of service 'HTTP' on host 'web1' looks like it was orphaned (results never came back; last_check={last}; ",
            line,
            StringComparison.Ordinal);
        Assert.EndsWith(").  I'm scheduling an immediate check of the service...", line, StringComparison.Ordinal);
        Assert.Equal(Clock.Now.Monotonic, engine.NextCheck(check.Id));
        Assert.Null(engine.Lost(Clock.Now, check.Id, check.Run, Output));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Service_LostThatIsNotToBeChecked_IsNotScheduled(bool isOwned)
    {
        var engine = Start("");
        var check = StartNextOf(engine, "HTTP");
        if (isOwned)
        {
            Assert.Null(engine.Command(Clock.Now, "[1] DISABLE_SVC_CHECK;web1;HTTP"u8, Output));
        }
        else
        {
            engine.Lose(Clock.Now, [check.Id], discardRunning: false, Output);
        }

        Assert.Equal(check.Id, engine.Lost(Clock.Move(TimeSpan.FromMinutes(12)), check.Id, check.Run, Output));
        Assert.False(engine.IsRunning(check.Id));
        Assert.Null(engine.NextCheck(check.Id));
    }
}
