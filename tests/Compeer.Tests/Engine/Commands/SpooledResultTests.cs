using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Commands;

/// <summary>Results that files brought: what they make of hosts and services, and whose they are.</summary>
public sealed class SpooledResultTests : MainVariableHarness
{
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Service_Result_IsTaken(bool isPassive, int lines)
    {
        var engine = Start("log_service_retries=1");
        Output.Clear();
        Take(engine, "HTTP", isPassive, Exited(2));
        var state = engine[Site.Id("web1", "HTTP")];
        Assert.Equal((2, true, isPassive), (state.State, state.IsSoft, state.IsPassive));
        Assert.Equal(("text", "more\nof it", "a=1"), (state.Output.Text(), state.LongOutput.Text(), state.PerformanceData.Text()));
        Assert.Equal((Clock.Now.Wall - TimeSpan.FromSeconds(3)).UtcTicks, state.LastCheckTicks);
        Assert.Equal(TimeSpan.FromSeconds(2).Ticks, state.ExecutionTicks);
        Assert.Equal(lines, Output.Lines().Count());
        Assert.Equal(isPassive, Output.Lines().Contains("PASSIVE SERVICE CHECK: web1;HTTP;2;text"));
    }

    [Theory]
    [InlineData(true, 1, 1, false)]
    [InlineData(true, 2, 2, false)]
    [InlineData(false, 1, 0, false)]
    [InlineData(false, 2, 1, true)]
    public void Host_Code_IsAStateOrAPluginsByTheKindOfResult(bool isPassive, int code, int state, bool isSoft)
    {
        var engine = Start("");
        Take(engine, null, isPassive, Exited(code));
        Assert.Equal((state, isSoft), (engine[Site.Id("web1")].State, engine[Site.Id("web1")].IsSoft));
    }

    /// <summary>The state before lasted until the start of a service's check, and until the end of a host's (Naemon).</summary>
    [Theory]
    [InlineData(null, 1)]
    [InlineData("HTTP", 3)]
    public void Result_OfAnotherState_SaysUntilWhenTheFormerOneLasted(string? service, int secondsAgo)
    {
        var engine = Start("");
        Take(engine, service, isPassive: true, Exited(0));
        Clock.Move(TimeSpan.FromMinutes(1));
        Take(engine, service, isPassive: true, Exited(1));
        var state = engine[service is null ? Site.Id("web1") : Site.Id("web1", service)];
        Assert.Equal((Clock.Now.Wall - TimeSpan.FromSeconds(secondsAgo)).UtcTicks, state.LastTimeState0Ticks);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    public void Result_WhereNoneFromOutsideIsAccepted_CountsAsACheckOnly(bool isPassive, int state)
    {
        var engine = Start("accept_passive_service_checks=0");
        Take(engine, "HTTP", isPassive, Exited(2));
        Assert.Equal(state, engine[Site.Id("web1", "HTTP")].State);
    }

    [Theory]
    [InlineData(CheckOutcome.TimedOut, 0, "(Service check timed out after 2.00 seconds)", null)]
    [InlineData(
        CheckOutcome.NotStarted, 11, "(Service check did not exit properly)",
        "Warning:  Check of service 'HTTP' on host 'web1' did not exit properly!")]
    [InlineData(
        CheckOutcome.Exited, 7, "(Return code of 7 is out of bounds)",
        "Warning: Return code of 7 for check of service 'HTTP' on host 'web1' was out of bounds.")]
    public void Check_ThatFailed_IsCritical(CheckOutcome outcome, int code, string output, string? line)
    {
        var engine = Start("");
        Take(engine, "HTTP", isPassive: false, Exited(code) with { Outcome = outcome });
        var state = engine[Site.Id("web1", "HTTP")];
        Assert.Equal((2, output), (state.State, state.Output.Text()));
        Assert.Equal(line is not null, Output.Lines().Contains(line));
    }

    [Theory]
    [InlineData("web2", null, "Error: Got host checkresult for 'web2', but no such host can be found")]
    [InlineData("web1", "DNS", "Error: Got check result for service 'DNS' on host 'web1'. Unable to find service")]
    public void Result_OfAnUnknownObject_IsToldOf(string host, string? service, string line)
    {
        var engine = Start("");
        Output.Clear();
        engine.TakeSpooled(Clock.Now, new SpooledResult(host, service, IsPassive: true, Exited(0)), Output);
        Assert.Equal(line, Assert.Single(Output.Lines()));
        Assert.Empty(Output.Changes);
    }

    [Fact]
    public void Result_ThatIsNoStateOfAHost_IsToldOfAndNotTaken()
    {
        var engine = Start("");
        Take(engine, null, isPassive: true, Exited(3));
        Assert.Equal(0, engine[Site.Id("web1")].State);
        Assert.Contains("Warning: A result from outside says 3 of host 'web1', which is no state of a host", Output.Lines());
    }

    [Fact]
    public void Result_OfAnObjectOfAnotherNode_GoesThere()
    {
        var engine = Start("");
        engine.Lose(Clock.Now, [Site.Id("web1", "HTTP")], discardRunning: false, Output);
        Output.Clear();
        Take(engine, "HTTP", isPassive: false, Exited(1));
        Assert.Equal(0, engine[Site.Id("web1", "HTTP")].State);
        var order = Assert.Single(Output.Orders);
        var request = Assert.IsType<ObjectRequest.Result>(ObjectRequestCodec.Decode(ObjectRequestCodec.Encode(order.Request)));
        Assert.Equal((1, true, TimeSpan.FromSeconds(2)), (request.Code, request.IsActive, request.Execution));

        // And the owner does what this node would have done.
        engine.Gain(Clock.Now, [order.Id], TimeSpan.Zero, Output);
        engine.Obey(Clock.Now, order.Id, request, Output);
        var state = engine[order.Id];
        Assert.Equal((1, false, "more\nof it"), (state.State, state.IsPassive, state.LongOutput.Text()));
    }

    private CheckResult Exited(int code) => Results.Exited(Clock.Now, code) with
    {
        LongOutput = "more\nof it"u8.ToArray(),
        PerformanceData = "a=1"u8.ToArray(),
        StartedAt = Clock.Now.Wall - TimeSpan.FromSeconds(3),
        Duration = TimeSpan.FromSeconds(2),
    };

    private void Take(MonitoringEngine engine, string? service, bool isPassive, in CheckResult result) =>
        engine.TakeSpooled(Clock.Now, new SpooledResult("web1", service, isPassive, result), Output);
}
