using System.Text;
using Compeer.Engine.Events;
using Compeer.Tests.Engine.Notifications;

namespace Compeer.Tests.Engine.Macros;

/// <summary>The macros in the environment of commands: of which commands, which macros, and never what is secret.</summary>
public sealed class MacroEnvironmentTests : NotificationHarness
{
    private const string On = "enable_environment_macros=1";

    private const string WithHandler = """
        define command {
          command_name perf
          command_line perf
        }

        """;

    [Theory]
    [Trait("Variable", "enable_environment_macros")]
    [InlineData("", false)]
    [InlineData("enable_environment_macros=0", false)]
    [InlineData(On, true)]
    public void Environment_IsThereWhenTheConfigurationSaysSo(string main, bool isThere)
    {
        Begin(main: main, service: "_port 80\nevent_handler tell!restart", host: "_rack a1");
        var checks = Checks();
        Assert.All(checks, check => Assert.Equal(isThere, !check.Environment.IsEmpty));
        Result("HTTP", 2);
        Assert.Equal(2, Output.Commands.Count);
        Assert.All(Output.Commands, command => Assert.Equal(isThere, !command.Environment.IsEmpty));
    }

    [Fact]
    public void Environment_OfANotification_HasWhatNagiosGives()
    {
        Begin(
            main: On,
            host: "_rack a1\nnotification_options n",
            service: "_port 80\ncheck_command check!one two",
            contact: "_phone 123\naddress1 far");
        Result("HTTP", 2);
        var variables = Variables(Assert.Single(Output.Commands).Environment);
        Assert.Equal("web1", variables["NAGIOS_HOSTNAME"]);
        Assert.Equal("HTTP", variables["NAGIOS_SERVICEDESC"]);
        Assert.Equal("CRITICAL", variables["NAGIOS_SERVICESTATE"]);
        Assert.Equal("ada", variables["NAGIOS_CONTACTNAME"]);
        Assert.Equal("far", variables["NAGIOS_CONTACTADDRESS0"]);
        Assert.Equal("PROBLEM", variables["NAGIOS_NOTIFICATIONTYPE"]);
        Assert.Equal("a1", variables["NAGIOS__HOSTRACK"]);
        Assert.Equal("80", variables["NAGIOS__SERVICEPORT"]);
        Assert.Equal("123", variables["NAGIOS__CONTACTPHONE"]);
        Assert.Equal("1", variables["NAGIOS_TOTALSERVICESCRITICAL"]);
        Assert.DoesNotContain(variables.Keys, name => name.Contains("USER", StringComparison.Ordinal));
    }

    [Fact]
    public void Environment_OfACheck_HasItsArgumentsAndNoContact()
    {
        Begin(main: On, service: "check_command check!one two");
        var variables = Variables(Checks().Single(check => check.Id == IdOf("HTTP")).Environment);
        Assert.Equal("one two", variables["NAGIOS_ARG1"]);
        Assert.Equal("", variables["NAGIOS_ARG32"]);
        Assert.Equal("", variables["NAGIOS_CONTACTNAME"]);
        Assert.DoesNotContain("NAGIOS_CONTACTADDRESS0", variables.Keys);
    }

    /// <summary>Every macro of the table, and no output that could become part of a command.</summary>
    [Fact]
    public void Environment_HasEveryStandardMacroCleaned()
    {
        Begin(main: $"{On}\nillegal_macro_output_chars=`$");
        Give("PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;bad `rm` $HOME");
        var variables = Variables(Assert.Single(Output.Commands).Environment);
        Assert.Equal("bad rm HOME", variables["NAGIOS_SERVICEOUTPUT"]);

        // 164 standard ones, 32 arguments, 6 addresses.
        Assert.Equal(164 + 32 + 6, variables.Count);
    }

    [Fact]
    public void Environment_OfPerformanceData_IsNone()
    {
        Begin(main: $"{On}\nprocess_performance_data=1\nservice_perfdata_command=perf", more: WithHandler);
        Give("PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine|a=1");
        Assert.True(Assert.Single(Output.Commands).Environment.IsEmpty);
    }

    private List<CheckToRun> Checks()
    {
        Output.Clear();
        for (var step = 0; step < 10 && Output.Checks.Count < 2; step++)
        {
            Engine.Advance(Clock.MoveTo(Engine.NextWake!.Value), Output);
        }

        var checks = Output.Checks.ToList();
        Output.Clear();
        return checks;
    }

    private static Dictionary<string, string> Variables(ReadOnlyMemory<byte> environment)
    {
        Assert.Equal(0, environment.Span[^1]);
        return Encoding.UTF8.GetString(environment.Span[..^1]).Split('\0').ToDictionary(
            line => line[..line.IndexOf('=', StringComparison.Ordinal)],
            line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
    }
}
