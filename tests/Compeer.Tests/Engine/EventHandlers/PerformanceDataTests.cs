using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.EventHandlers;

/// <summary>Performance data: whose is processed, and how.</summary>
public sealed class PerformanceDataTests : MainVariableHarness
{
    private static readonly string WithCommands = Objects + """
        define command {
          command_name take
          command_line take $HOSTNAME$ $SERVICEDESC$ $SERVICEPERFDATA$$HOSTPERFDATA$
        }
        define command {
          command_name move
          command_line move $HOSTNAME$ $SERVICEPERFDATAFILE$
        }

        """;

    private const string Files = "process_performance_data=1\nhost_perfdata_file=/p/hosts\nservice_perfdata_file=/p/services\n";

    [Theory]
    [Trait("Variable", "process_performance_data")]
    [Trait("Variable", "host_perfdata_file")]
    [Trait("Variable", "service_perfdata_file")]
    [InlineData("host_perfdata_file=/p\nservice_perfdata_file=/p", "", 0, 0)]
    [InlineData(Files, "", 1, 1)]
    [InlineData("process_performance_data=1\nhost_perfdata_file=/p", "", 1, 0)]
    [InlineData("process_performance_data=1\nservice_perfdata_file=/p", "", 0, 1)]
    [InlineData("host_perfdata_file=/p\nservice_perfdata_file=/p", "ENABLE_PERFORMANCE_DATA", 1, 1)]
    [InlineData(Files, "DISABLE_PERFORMANCE_DATA", 0, 0)]
    public void Lines_AreWrittenAsSwitched(string main, string command, int hosts, int services)
    {
        var engine = Start(main);
        if (command.Length > 0)
        {
            Give(engine, command);
        }

        Take(engine);
        Assert.Equal(hosts, Output.Performance.Count(line => line.IsHost));
        Assert.Equal(services, Output.Performance.Count(line => !line.IsHost));
    }

    [Fact]
    [Trait("Variable", "host_perfdata_file_template")]
    [Trait("Variable", "service_perfdata_file_template")]
    public void Lines_FollowTheTemplates()
    {
        var time = Clock.Now.Wall.ToUnixTimeSeconds();
        Take(Start(Files));
        Assert.Equal(
            [
                $"[HOSTPERFDATA]\t{time}\tweb1\t0.000\tup\tb=2\n",
                $"[SERVICEPERFDATA]\t{time}\tweb1\tHTTP\t0.000\t0.000\tfine\ta=1;'x'\n",
            ],
            Output.Performance.Select(line => line.Text.Text()));
        Output.Clear();
        Take(Start($"{Files}host_perfdata_file_template=H\\t$HOSTNAME$\\nend\nservice_perfdata_file_template=S $SERVICEDESC$\\x"));
        Assert.Equal(["H\tweb1\nend\n", "S HTTP\\x\n"], Output.Performance.Select(line => line.Text.Text()));
    }

    [Theory]
    [Trait("Variable", "host_perfdata_process_empty_results")]
    [Trait("Variable", "service_perfdata_process_empty_results")]
    [InlineData("", 2)]
    [InlineData("host_perfdata_process_empty_results=0", 1)]
    [InlineData("service_perfdata_process_empty_results=0", 1)]
    public void Results_WithoutData_CountUnlessSwitchedOff(string main, int lines)
    {
        var engine = Start(Files + main);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;0;up");
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        Assert.Equal(lines, Output.Performance.Count);
    }

    [Theory]
    [InlineData("process_perf_data 0", 1)]
    [InlineData("process_perf_data 1", 2)]
    public void Objects_MayBeLeftOut(string directive, int lines)
    {
        Take(Start(Files, Objects.Replace("description HTTP", $"description HTTP\n{directive}", StringComparison.Ordinal)));
        Assert.Equal(lines, Output.Performance.Count);
    }

    [Fact]
    public void Check_OfAnActiveResult_CountsToo()
    {
        var engine = Start(Files);
        Output.Clear();
        Finish(engine, "HTTP", 0);
        Assert.False(Assert.Single(Output.Performance).IsHost);
    }

    [Theory]
    [Trait("Variable", "host_perfdata_command")]
    [Trait("Variable", "service_perfdata_command")]
    [Trait("Variable", "perfdata_timeout")]
    [InlineData("", null, null, 0)]
    [InlineData("host_perfdata_command=take", "take web1 $SERVICEDESC$ $SERVICEPERFDATA$b=2", null, 5)]
    [InlineData("service_perfdata_command=take\nperfdata_timeout=9", null, "take web1 HTTP a=1;xb=2", 9)]
    public void Commands_AreGivenEachResult(string main, string? host, string? service, int seconds)
    {
        Take(Start($"process_performance_data=1\nillegal_macro_output_chars='\n{main}", WithCommands));
        Assert.Equal(
            [.. new[] { host, service }.OfType<string>()], Output.Commands.Select(run => run.CommandLine.Text()));
        Assert.All(Output.Commands, run => Assert.Equal(
            (CommandKind.PerformanceData, TimeSpan.FromSeconds(seconds)), (run.Kind, run.Timeout)));
    }

    [Theory]
    [Trait("Variable", "host_perfdata_file_processing_interval")]
    [Trait("Variable", "service_perfdata_file_processing_interval")]
    [Trait("Variable", "host_perfdata_file_processing_command")]
    [Trait("Variable", "service_perfdata_file_processing_command")]
    [Trait("Variable", "host_perfdata_file_mode")]
    [Trait("Variable", "service_perfdata_file_mode")]
    [InlineData("service_perfdata_file_processing_interval=15\nservice_perfdata_file_processing_command=move", 2, 15)]
    [InlineData("host_perfdata_file_processing_interval=20\nhost_perfdata_file_processing_command=move", 1, 20)]
    [InlineData("service_perfdata_file_processing_command=move", 0, 60)]
    [InlineData("service_perfdata_file_processing_interval=15", 0, 60)]
    [InlineData(
        "service_perfdata_file_processing_interval=15\nservice_perfdata_file_processing_command=move\nservice_perfdata_file_mode=p", 0, 60)]
    [InlineData(
        "host_perfdata_file_processing_interval=15\nhost_perfdata_file_processing_command=move\nhost_perfdata_file_mode=p", 0, 60)]
    public void Files_AreGivenToTheirCommandAtTheirInterval(string main, long file, int seconds)
    {
        var engine = Start(Files + main, WithCommands);
        Pass(engine, seconds - 1);
        Assert.Empty(Output.Commands);
        Pass(engine, 1);
        if (file == 0)
        {
            Assert.Empty(Output.Commands);
            return;
        }

        var run = Assert.Single(Output.Commands);
        Assert.Equal((CommandKind.PerformanceFile, file), (run.Kind, run.Ticket));
        Assert.Equal("move $HOSTNAME$ /p/services", run.CommandLine.Text());
        Pass(engine, seconds);
        Assert.Equal(2, Output.Commands.Count);
    }

    /// <summary>Each has its time, whichever comes first.</summary>
    [Theory]
    [InlineData(15, 20)]
    [InlineData(20, 15)]
    public void Files_OfHostsAndServices_AreGivenEachAtItsTime(int hosts, int services)
    {
        var engine = Start(
            $"{Files}host_perfdata_file_processing_interval={hosts}\nhost_perfdata_file_processing_command=move\n"
                + $"service_perfdata_file_processing_interval={services}\nservice_perfdata_file_processing_command=move\n",
            WithCommands);
        Pass(engine, 14);
        Assert.Empty(Output.Commands);
        Pass(engine, 1);
        Assert.Equal(hosts < services ? 1 : 2, Assert.Single(Output.Commands).Ticket);
        Output.Clear();
        Pass(engine, 5);
        Assert.Equal(hosts < services ? 2 : 1, Assert.Single(Output.Commands).Ticket);
    }

    [Theory]
    [InlineData(1, CheckOutcome.TimedOut, "Host performance data file processing command 'move' timed out after 5 seconds")]
    [InlineData(2, CheckOutcome.TimedOut, "Service performance data file processing command 'move' timed out after 5 seconds")]
    [InlineData(1, CheckOutcome.NotStarted, "Host performance data file processing command 'move' could not be started (error 13)")]
    [InlineData(2, CheckOutcome.NotStarted, "Service performance data file processing command 'move' could not be started (error 13)")]
    public void FileCommand_ThatFails_IsToldOf(long file, CheckOutcome outcome, string words)
    {
        var engine = Start("");
        Output.Clear();
        var run = new CommandToRun(CommandKind.PerformanceFile, "x"u8.ToArray(), TimeSpan.FromSeconds(5)) { Who = "move", Ticket = file };
        engine.CommandEnded(Clock.Now, run, new CommandResult(outcome, 13, default, default, default), Output);
        Assert.Equal($"Warning: {words}", Assert.Single(Output.Lines()));
    }

    private void Take(MonitoringEngine engine)
    {
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;0;up|b=2");
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine|a=1;'x'");
    }

    private void Pass(MonitoringEngine engine, double seconds)
    {
        var end = Clock.Now.Monotonic + TimeSpan.FromSeconds(seconds);
        for (var step = 0; engine.NextWake is { } wake && wake <= end; step++)
        {
            Assert.True(step < 10_000, "time stands still: what is due is not done");
            engine.Advance(Clock.MoveTo(wake > Clock.Now.Monotonic ? wake : Clock.Now.Monotonic), Output);
        }

        Clock.MoveTo(end);
    }

    private void Give(MonitoringEngine engine, string command) => Assert.Null(engine.Command(
        Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output));
}
