using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.EventHandlers;

/// <summary>Event handlers and obsessing commands: when they are run, with what, and what the log says of them.</summary>
public sealed class EventHandlerTests : MainVariableHarness
{
    private const string HostLine = "h $HOSTNAME$ $HOSTSTATE$ $HOSTSTATETYPE$ $HOSTATTEMPT$";
    private const string ServiceLine = "s $SERVICEDESC$ $SERVICESTATE$ $SERVICESTATETYPE$ $SERVICEATTEMPT$ $ARG1$";

    private static readonly string Handled = Objects
        .Replace("define host {", "define host {\n  event_handler onhost", StringComparison.Ordinal)
        .Replace("service_description HTTP", "service_description HTTP\n  event_handler onservice!now", StringComparison.Ordinal)
        + Command("onhost", HostLine) + Command("onservice", ServiceLine) + Command("everywhere", "g $HOSTNAME$");

    [Fact]
    public void Service_RunsItsHandlerAtEachRetryOnceHardAndAtTheRecovery()
    {
        var engine = Start("", Handled);
        string[] expected =
        [
            "s HTTP CRITICAL SOFT 1 now", "s HTTP CRITICAL SOFT 2 now", "s HTTP CRITICAL HARD 3 now", "s HTTP OK HARD 3 now",
        ];
        foreach (var code in (int[])[2, 2, 2, 2, 2, 0, 0])
        {
            Give(engine, $"PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;{code};x");
        }

        Assert.Equal(expected, Lines(CommandKind.EventHandler));
        Assert.Contains("SERVICE EVENT HANDLER: web1;HTTP;CRITICAL;SOFT;1;onservice!now", Output.Lines());
        Assert.Contains("SERVICE EVENT HANDLER: web1;HTTP;OK;HARD;3;onservice!now", Output.Lines());
    }

    [Fact]
    public void Service_SoftRecovery_IsToldAsOne()
    {
        var engine = Start("", Handled);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;x");
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;x");
        Assert.Equal("s HTTP OK SOFT 2 now", Lines(CommandKind.EventHandler).Last());
        Assert.Equal(1, engine[Site.Id("web1", "HTTP")].Attempt);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("is_volatile 1", 5)]
    public void VolatileService_RunsItsHandlerAtEveryHardProblem(string directive, int count)
    {
        var objects = Handled.Replace("service_description HTTP", $"service_description HTTP\n  {directive}", StringComparison.Ordinal);
        var engine = Start("", objects);
        for (var result = 0; result < 5; result++)
        {
            Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;x");
        }

        Assert.Equal(count, Lines(CommandKind.EventHandler).Count());
    }

    [Fact]
    public void Host_RunsItsHandlerAtChanges()
    {
        var engine = Start("", Handled);
        Finish(engine, "web1", 2);
        Finish(engine, "web1", 0);
        Assert.Equal(["h web1 DOWN SOFT 1", "h web1 UP SOFT 2"], Lines(CommandKind.EventHandler));
        Assert.Contains("HOST EVENT HANDLER: web1;DOWN;SOFT;1;onhost", Output.Lines());
    }

    [Theory]
    [Trait("Variable", "global_host_event_handler")]
    [Trait("Variable", "global_service_event_handler")]
    [InlineData("", 0, 0)]
    [InlineData("global_host_event_handler=everywhere", 1, 0)]
    [InlineData("global_service_event_handler=everywhere", 0, 1)]
    public void GlobalHandlers_AreRunBeforeTheObjectsOwn(string main, int hosts, int services)
    {
        var engine = Start(main, Handled);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;x");
        Assert.Equal(hosts, Lines(CommandKind.EventHandler).Count(line => line == "g web1"));
        Assert.Equal(hosts > 0 ? "g web1" : "h web1 DOWN HARD 1", Lines(CommandKind.EventHandler).First());
        Assert.Equal(hosts > 0, Output.Lines().Contains("GLOBAL HOST EVENT HANDLER: web1;DOWN;HARD;1;everywhere"));
        Output.Clear();
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;1;x");
        Assert.Equal(services, Lines(CommandKind.EventHandler).Count(line => line == "g web1"));
        Assert.Equal(services > 0, Output.Lines().Contains("GLOBAL SERVICE EVENT HANDLER: web1;HTTP;WARNING;HARD;1;everywhere"));
    }

    /// <summary>What the log says of a handler that did not do what it should names whose it is and what it is called.</summary>
    [Theory]
    [InlineData(CheckOutcome.TimedOut, "PROCESS_HOST_CHECK_RESULT;web1;1;x", new[]
    {
        "Warning: Global host handler command 'everywhere' timed out", "Warning: Host handler command 'onhost' timed out",
    })]
    [InlineData(CheckOutcome.TimedOut, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;1;x", new[]
    {
        "Warning: Global service handler command 'everywhere' timed out", "Warning: Service handler command 'onservice!now' timed out",
    })]
    [InlineData(CheckOutcome.NotStarted, "PROCESS_HOST_CHECK_RESULT;web1;1;x", new[]
    {
        "Warning: Command 'everywhere' for host 'web1' could not be started (error 13)",
        "Warning: Command 'onhost' for host 'web1' could not be started (error 13)",
    })]
    [InlineData(CheckOutcome.NotStarted, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;1;x", new[]
    {
        "Warning: Command 'everywhere' for service 'HTTP' on host 'web1' could not be started (error 13)",
        "Warning: Command 'onservice!now' for service 'HTTP' on host 'web1' could not be started (error 13)",
    })]
    public void Handler_ThatFails_IsToldOf(CheckOutcome outcome, string result, string[] words)
    {
        var engine = Start("global_host_event_handler=everywhere\nglobal_service_event_handler=everywhere", Handled);
        if (result.Contains("SERVICE", StringComparison.Ordinal))
        {
            Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;0;x");
        }

        Output.Clear();
        Give(engine, result);
        CommandToRun[] runs = [.. Output.Commands.Where(command => command.Kind == CommandKind.EventHandler)];
        Output.Clear();
        foreach (var run in runs)
        {
            engine.CommandEnded(Clock.Now, run, new CommandResult(outcome, 13, default, default, default), Output);
        }

        Assert.Equal(words, Output.Lines());
    }

    [Theory]
    [Trait("Variable", "enable_event_handlers")]
    [InlineData("", "", 1, 1)]
    [InlineData("enable_event_handlers=0", "", 0, 0)]
    [InlineData("", "DISABLE_EVENT_HANDLERS", 0, 0)]
    [InlineData("enable_event_handlers=0", "ENABLE_EVENT_HANDLERS", 1, 1)]
    [InlineData("", "DISABLE_HOST_EVENT_HANDLER;web1", 0, 1)]
    [InlineData("", "DISABLE_SVC_EVENT_HANDLER;web1;HTTP", 1, 0)]
    public void Handlers_AreRunAsSwitched(string main, string command, int host, int service)
    {
        var engine = Start(main + "\nglobal_host_event_handler=everywhere\nglobal_service_event_handler=everywhere", Handled);
        Switch(engine, command);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;x");
        Assert.Equal(2 * host, Lines(CommandKind.EventHandler).Count());
        Output.Clear();
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;1;x");
        Assert.Equal(2 * service, Lines(CommandKind.EventHandler).Count());
    }

    [Fact]
    public void Commands_ThatChangeHandlers_AreInForceAtOnce()
    {
        var engine = Start("", Handled);
        Give(engine, "CHANGE_HOST_EVENT_HANDLER;web1;everywhere");
        Give(engine, "CHANGE_SVC_EVENT_HANDLER;web1;HTTP;onservice!later");
        Give(engine, "CHANGE_GLOBAL_HOST_EVENT_HANDLER;onhost");
        Give(engine, "CHANGE_GLOBAL_SVC_EVENT_HANDLER;everywhere");
        Assert.Equal(4, Output.Settings.Count);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;x");
        Assert.Equal(["h web1 DOWN HARD 1", "g web1"], Lines(CommandKind.EventHandler));
        Output.Clear();
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;1;x");
        Assert.Equal(["g web1", "s HTTP WARNING HARD 1 later"], Lines(CommandKind.EventHandler));
    }

    [Theory]
    [InlineData("CHANGE_HOST_EVENT_HANDLER;web1;nothing")]
    [InlineData("CHANGE_GLOBAL_SVC_EVENT_HANDLER;nothing")]
    public void Command_ThatNamesNone_Fails(string command) =>
        Assert.Equal("there is no such command", Tell(Start("", Handled), command));

    [Theory]
    [Trait("Variable", "log_event_handlers")]
    [InlineData("", true)]
    [InlineData("log_event_handlers=0", false)]
    public void Log_TellsOfHandlers(string main, bool isTold)
    {
        var engine = Start(main, Handled);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;x");
        Assert.Single(Output.Commands);
        Assert.Equal(isTold, Output.Lines().Any(line => line.StartsWith("HOST EVENT HANDLER", StringComparison.Ordinal)));
    }

    [Theory]
    [Trait("Variable", "event_handler_timeout")]
    [InlineData("", 30)]
    [InlineData("event_handler_timeout=7", 7)]
    public void Handler_HasItsTime(string main, int seconds)
    {
        var engine = Start(main, Handled);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;x");
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(Output.Commands).Timeout);
    }

    [Fact]
    public void Handler_WhoseCommandLineIsTooLong_IsNotRunAndTheLogSaysSo()
    {
        // What the kernel takes at most is 128 KiB.
        var much = string.Concat(Enumerable.Repeat("$HOSTOUTPUT$", 200));
        var engine = Start("", Handled.Replace(HostLine, HostLine + much, StringComparison.Ordinal));
        Give(engine, $"PROCESS_HOST_CHECK_RESULT;web1;1;{new string('x', 1000)}");
        Assert.Empty(Lines(CommandKind.EventHandler));
        Assert.Contains("Warning: Command 'onhost' for host 'web1' is not run: its command line is too long", Output.Lines());
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;0;short");
        Assert.Single(Lines(CommandKind.EventHandler));
    }

    [Fact]
    public void Object_OfAnotherNode_IsHandledThere()
    {
        var engine = Start("", Handled);
        engine.Lose(Clock.Now, [Site.Id("web1")], discardRunning: false, Output);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;x");
        engine.Store(Site.Id("web1"), CheckState.Pending(0) with { State = 1, HasBeenChecked = true }, TimeSpan.Zero, Output);
        Assert.Empty(Output.Commands);
    }

    [Theory]
    [Trait("Variable", "ocsp_command")]
    [Trait("Variable", "ochp_command")]
    [Trait("Variable", "obsess_over_services")]
    [Trait("Variable", "obsess_over_hosts")]
    [InlineData("", "", 0, 0)]
    [InlineData("obsess_over_services=1", "", 0, 1)]
    [InlineData("obsess_over_hosts=1", "", 1, 0)]
    [InlineData("", "START_OBSESSING_OVER_SVC_CHECKS", 0, 1)]
    [InlineData("", "START_OBSESSING_OVER_HOST_CHECKS", 1, 0)]
    [InlineData("obsess_over_hosts=1", "STOP_OBSESSING_OVER_HOST_CHECKS", 0, 0)]
    [InlineData("obsess_over_hosts=1", "STOP_OBSESSING_OVER_HOST;web1", 0, 0)]
    [InlineData("obsess_over_services=1", "STOP_OBSESSING_OVER_SVC;web1;HTTP", 0, 0)]
    public void ObsessingCommands_AreRunForEveryResult(string main, string command, int hosts, int services)
    {
        var engine = Start($"{main}\nocsp_command=onservice!all\nochp_command=onhost", Handled);
        Switch(engine, command);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;0;x");
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;0;x");
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;x");
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;x");
        Assert.Equal(2 * hosts, Lines(CommandKind.Obsession).Count(line => line == "h web1 UP HARD 1"));
        Assert.Equal(2 * services, Lines(CommandKind.Obsession).Count(line => line == "s HTTP OK HARD 1 all"));
    }

    [Theory]
    [Trait("Variable", "ocsp_timeout")]
    [Trait("Variable", "ochp_timeout")]
    [InlineData("", 15, 15)]
    [InlineData("ocsp_timeout=4\nochp_timeout=5", 4, 5)]
    public void ObsessingCommand_HasItsTime(string main, int service, int host)
    {
        var engine = Start($"{main}\nobsess_over_hosts=1\nobsess_over_services=1\nocsp_command=onservice\nochp_command=onhost", Handled);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;x");
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;0;x");
        Assert.Equal([service, host], Output.Commands.Select(run => (int)run.Timeout.TotalSeconds));
    }

    [Theory]
    [InlineData(CommandKind.EventHandler, 0L, null, "Warning: Host handler command 'c!x' timed out")]
    [InlineData(CommandKind.EventHandler, 1L, "s", "Warning: Global service handler command 'c!x' timed out")]
    [InlineData(CommandKind.Obsession, 0L, null, "Warning: Timeout while executing OCHP command 'c!x' for host 'h'")]
    [InlineData(CommandKind.Obsession, 0L, "s", "Warning: Timeout while executing OCSP command 'c!x' for service 's' on host 'h'")]
    public void Command_ThatTimedOut_IsToldOfWithoutItsLine(CommandKind kind, long which, string? service, string line)
    {
        var engine = Start("");
        Output.Clear();
        var run = new CommandToRun(kind, "secret"u8.ToArray(), TimeSpan.FromSeconds(1))
        {
            Host = "h",
            Service = service,
            Who = "c!x",
            Ticket = which,
        };
        engine.CommandEnded(Clock.Now, run, new CommandResult(CheckOutcome.TimedOut, 0, default, default, default), Output);
        Assert.Equal(line, Assert.Single(Output.Lines()));
        Output.Clear();
        engine.CommandEnded(Clock.Now, run, new CommandResult(CheckOutcome.Exited, 1, default, default, default), Output);
        Assert.Empty(Output.Lines());
        engine.CommandEnded(Clock.Now, run, new CommandResult(CheckOutcome.NotStarted, 2, default, default, default), Output);
        Assert.Contains("could not be started (error 2)", Assert.Single(Output.Lines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("stalking_options o", 1)]
    [InlineData("stalking_options c", 0)]
    public void Text_ThatChanged_IsToldWhereStalked(string directive, int lines)
    {
        var objects = Objects.Replace("service_description HTTP", $"service_description HTTP\n  {directive}", StringComparison.Ordinal);
        var engine = Start("", objects);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;one");
        Output.Clear();
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;one");
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;two");
        Assert.Equal(lines, Output.Lines().Count(line => line == "SERVICE ALERT: web1;HTTP;OK;HARD;1;two"));
        Assert.Equal(lines, Output.Lines().Count(line => line.StartsWith("SERVICE ALERT", StringComparison.Ordinal)));
    }

    private static string Command(string name, string line) => $"define command {{\ncommand_name {name}\ncommand_line {line}\n}}\n";

    private IEnumerable<string> Lines(CommandKind kind) =>
        Output.Commands.Where(run => run.Kind == kind).Select(run => run.CommandLine.Text());

    private void Switch(MonitoringEngine engine, string command)
    {
        if (command.Length > 0)
        {
            Give(engine, command);
        }
    }

    private void Give(MonitoringEngine engine, string command) => Assert.Null(Tell(engine, command));

    private string? Tell(MonitoringEngine engine, string command) => engine.Command(
        Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output);
}
