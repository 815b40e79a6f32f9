using Compeer.Engine;
using Compeer.Engine.Events;

namespace Compeer.Tests.Engine.Commands;

/// <summary>External commands from their line to what the engine does by them.</summary>
public sealed class CommandTests : MainVariableHarness
{
    private const string Groups = Objects + """
        define host {
          host_name db1
          check_command check
          check_interval 5
          max_check_attempts 3
          hostgroups all
        }
        define hostgroup {
          hostgroup_name all
          members web1
        }
        define servicegroup {
          servicegroup_name web
          members web1,HTTP
        }
        define timeperiod {
          timeperiod_name never
        }
        define command {
          command_name other
          command_line other-plugin $ARG1$
        }

        """;

    /// <summary>Which objects are not checked any more after a command that says so.</summary>
    [Theory]
    [InlineData("DISABLE_SVC_CHECK;web1;HTTP", "HTTP")]
    [InlineData("DISABLE_HOST_CHECK;web1", "web1")]
    [InlineData("DISABLE_HOST_SVC_CHECKS;web1", "HTTP")]
    [InlineData("DISABLE_HOSTGROUP_HOST_CHECKS;all", "db1,web1")]
    [InlineData("DISABLE_HOSTGROUP_SVC_CHECKS;all", "HTTP")]
    [InlineData("DISABLE_SERVICEGROUP_SVC_CHECKS;web", "HTTP")]
    [InlineData("DISABLE_SERVICEGROUP_HOST_CHECKS;web", "web1")]
    public void Disable_StopsChecksAndEnableStartsThem(string command, string stopped)
    {
        var engine = Start("", Groups);
        Assert.Null(Give(engine, command));
        Assert.Equal(stopped.Split(','), NotScheduled(engine));
        Assert.Equal(stopped.Split(',').Length, Output.Settings.Count);
        Assert.Contains($"EXTERNAL COMMAND: {command}", Output.Lines());
        Assert.Null(Give(engine, command.Replace("DISABLE", "ENABLE", StringComparison.Ordinal)));
        Assert.Empty(NotScheduled(engine));
    }

    [Theory]
    [InlineData("CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;2", 0, 120)]
    [InlineData("CHANGE_RETRY_SVC_CHECK_INTERVAL;web1;HTTP;3", 2, 180)]
    [InlineData("CHANGE_NORMAL_HOST_CHECK_INTERVAL;web1;2", 0, 120)]
    [InlineData("CHANGE_RETRY_HOST_CHECK_INTERVAL;web1;3", 2, 180)]
    public void ChangeInterval_IsTheInterval(string command, int code, int seconds)
    {
        var engine = Start("");
        var name = command.Contains("SVC", StringComparison.Ordinal) ? "HTTP" : "web1";
        Give(engine, command);
        var id = name == "HTTP" ? Site.Id("web1", name) : Site.Id(name);
        var check = StartNextOf(engine, name);
        Complete(engine, check, code);
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromSeconds(seconds), engine.NextCheck(id));
    }

    [Theory]
    [InlineData("CHANGE_MAX_SVC_CHECK_ATTEMPTS;web1;HTTP;1", "HTTP")]
    [InlineData("CHANGE_MAX_HOST_CHECK_ATTEMPTS;web1;1", "web1")]
    public void ChangeMaxAttempts_DecidesWhatIsHard(string command, string name)
    {
        var engine = Start("");
        Give(engine, command);
        Finish(engine, name, 2);
        Assert.False(engine[name == "HTTP" ? Site.Id("web1", name) : Site.Id(name)].IsSoft);
    }

    [Theory]
    [InlineData("CHANGE_SVC_CHECK_TIMEPERIOD;web1;HTTP;never", "HTTP")]
    [InlineData("CHANGE_HOST_CHECK_TIMEPERIOD;web1;never", "web1")]
    public void ChangeTimePeriod_IsTheCheckPeriod(string command, string name)
    {
        var engine = Start("", Groups);
        Give(engine, command);
        Assert.Equal([name], NotScheduled(engine));
    }

    [Theory]
    [InlineData("CHANGE_SVC_CHECK_COMMAND;web1;HTTP;other!x", "HTTP")]
    [InlineData("CHANGE_HOST_CHECK_COMMAND;web1;other!x", "web1")]
    public void ChangeCheckCommand_IsRun(string command, string name)
    {
        var engine = Start("", Groups);
        Give(engine, command);
        Assert.Equal("other-plugin x", StartNextOf(engine, name).CommandLine.Text());
    }

    [Theory]
    [InlineData("CHANGE_SVC_CHECK_COMMAND;web1;HTTP;none!x", "there is no such command")]
    [InlineData("CHANGE_MAX_SVC_CHECK_ATTEMPTS;web1;HTTP;0", "the number of attempts begins at 1")]
    [InlineData("CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;-1", "no such interval")]
    [InlineData("PROCESS_HOST_CHECK_RESULT;web1;3;x", "3 is no state of a host")]
    [InlineData("READ_STATE_INFORMATION", "what outlives a restart is read at the start only")]
    public void Command_ThatCannotBeDone_SaysWhyAndChangesNothing(string command, string reason)
    {
        var engine = Start("");
        Output.Clear();
        Assert.Equal(reason, Give(engine, command));
        Assert.Empty(Output.Settings);
        Assert.Contains(Output.Lines(), line =>
            line.StartsWith($"Error: External command failed -> {command}", StringComparison.Ordinal)
            && line.EndsWith($"({reason})", StringComparison.Ordinal));
    }

    [Fact]
    public void Command_ThatIsWrong_IsToldAsNaemonDoes()
    {
        var engine = Start("");
        Assert.Equal("Unknown command 'NO_SUCH'", Give(engine, "NO_SUCH;x"));
        Assert.Contains($"Warning: External command parse error [{Seconds()}] NO_SUCH;x (Unknown command 'NO_SUCH')", Output.Lines());
        Assert.Contains("External command error: Unknown command 'NO_SUCH'", Output.Lines());
    }

    [Theory]
    [Trait("Variable", "log_external_commands")]
    [InlineData("", true)]
    [InlineData("log_external_commands=0", false)]
    public void Command_InTheLog_AsTheConfigurationSays(string main, bool isLogged)
    {
        var engine = Start(main);
        Give(engine, "DISABLE_FLAP_DETECTION");
        Assert.Equal(isLogged, Output.Lines().Contains("EXTERNAL COMMAND: DISABLE_FLAP_DETECTION;"));
    }

    [Fact]
    public void Log_SaysTheWordsOnce()
    {
        var engine = Start("");
        Output.Clear();
        Give(engine, "LOG;some words; and more");
        Assert.Equal(["some words; and more"], Output.Lines());
    }

    [Theory]
    [InlineData("DISABLE_FLAP_DETECTION")]
    [InlineData("DISABLE_SVC_FLAP_DETECTION;web1;HTTP")]
    public void DisableFlapDetection_EndsFlapping(string command)
    {
        var engine = Start("enable_flap_detection=1", Objects.Replace("attempts 3", "attempts 1", StringComparison.Ordinal));
        foreach (var code in "02020202")
        {
            Finish(engine, "HTTP", code - '0');
        }

        Assert.True(engine[Site.Id("web1", "HTTP")].IsFlapping);
        Give(engine, command);
        Assert.False(engine[Site.Id("web1", "HTTP")].IsFlapping);
        Assert.Contains("SERVICE FLAPPING ALERT: web1;HTTP;DISABLED; Flap detection has been disabled", Output.Lines());
    }

    [Theory]
    [InlineData("SCHEDULE_SVC_CHECK;web1;HTTP", 0, true)]
    [InlineData("SCHEDULE_SVC_CHECK;web1;HTTP", 1000, false)]
    [InlineData("SCHEDULE_FORCED_SVC_CHECK;web1;HTTP", 1000, true)]
    [InlineData("SCHEDULE_HOST_SVC_CHECKS;web1", 0, true)]
    [InlineData("SCHEDULE_FORCED_HOST_SVC_CHECKS;web1", 1000, true)]
    public void Schedule_AnEarlierCheckStandsUnlessForced(string command, int inSeconds, bool isMoved)
    {
        var engine = Start("");
        Finish(engine, "HTTP", 0);
        var id = Site.Id("web1", "HTTP");
        var before = engine.NextCheck(id);
        Give(engine, $"{command};{Seconds() + inSeconds}");
        var wanted = inSeconds == 0
            ? Clock.Now.Monotonic
            : Clock.Now.Monotonic + (DateTimeOffset.FromUnixTimeSeconds(Seconds() + inSeconds) - Clock.Now.Wall);
        Assert.Equal(isMoved ? wanted : before, engine.NextCheck(id));
    }

    [Theory]
    [InlineData("SCHEDULE_HOST_CHECK", false)]
    [InlineData("SCHEDULE_FORCED_HOST_CHECK", true)]
    public void Schedule_ChecksOffAndOutsideThePeriod_RunsOnlyForced(string command, bool runs)
    {
        var engine = Start("", Groups);
        Give(engine, "CHANGE_HOST_CHECK_TIMEPERIOD;web1;never");
        Give(engine, "DISABLE_HOST_CHECK;web1");
        Give(engine, $"{command};web1;0");
        Output.Clear();
        engine.Advance(Clock.Now, Output);
        Assert.Equal(runs, Output.Checks.Any(check => check.Id == Site.Id("web1")));
        if (runs)
        {
            Complete(engine, Output.Checks.Single(check => check.Id == Site.Id("web1")), 0);
            Assert.Null(engine.NextCheck(Site.Id("web1")));
        }
    }

    /// <summary>What is forced runs, whatever else is changed before it could (Naemon: the event that was scheduled stands).</summary>
    [Theory]
    [InlineData("DISABLE_SVC_CHECK;web1;HTTP")]
    [InlineData("STOP_EXECUTING_SVC_CHECKS")]
    [InlineData("CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;7")]
    public void Schedule_ForcedAndThenChanged_RunsAllTheSame(string command)
    {
        var engine = Start("");
        var id = Site.Id("web1", "HTTP");
        Finish(engine, "HTTP", 0);
        Give(engine, "SCHEDULE_FORCED_SVC_CHECK;web1;HTTP;0");
        Give(engine, command);
        Output.Clear();
        engine.Advance(Clock.Now, Output);
        Assert.Contains(Output.Checks, check => check.Id == id);
    }

    [Fact]
    public void Command_ForAnObjectOfAnotherPeer_GoesToItsOwner()
    {
        var engine = Start("");
        var id = Site.Id("web1", "HTTP");
        engine.Lose(Clock.Now, [id], discardRunning: false);
        Output.Clear();
        Give(engine, $"PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;bad");
        Give(engine, "SCHEDULE_FORCED_SVC_CHECK;web1;HTTP;5");
        Assert.Equal(0, engine[id].State);
        Assert.Equal([id, id], Output.Orders.Select(order => order.Id));

        var owner = Start("");
        foreach (var order in Output.Orders.ToArray())
        {
            owner.Obey(Clock.Now, order.Id, ObjectRequestCodec.Decode(ObjectRequestCodec.Encode(order.Request))!, Output);
        }

        Assert.Equal(2, owner[id].State);
        Assert.Equal(Clock.Now.Monotonic, owner.NextCheck(id));
    }

    private string? Give(MonitoringEngine engine, string command) =>
        engine.Command(Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Seconds()}] {command}\n"), Output);

    private long Seconds() => Clock.Now.Wall.ToUnixTimeSeconds();

    private string[] NotScheduled(MonitoringEngine engine) =>
        [.. Site.All().Where(id => engine.NextCheck(id) is null && !engine.IsRunning(id))
            .Select(id => id.Index < Site.Objects.Hosts.Length
                ? Site.Objects.Hosts[id.Index].Name
                : Site.Objects.Services[id.Index - Site.Objects.Hosts.Length].Description)];
}
