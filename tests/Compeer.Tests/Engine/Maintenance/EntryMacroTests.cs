namespace Compeer.Tests.Engine.Maintenance;

/// <summary>Macros about downtimes and acknowledgements, from the commands to the command line of a check.</summary>
public sealed class EntryMacroTests : EntryHarness
{
    private const string Contact =
        "define contact {\ncontact_name anna\nalias Anna A.\nhost_notification_commands check\nservice_notification_commands check\n}\n";

    [Fact]
    public void Macros_OfAProblemThatIsAcknowledgedInADowntime()
    {
        Begin("$HOSTDOWNTIME$ $HOSTACKAUTHOR$ $HOSTACKAUTHORNAME$ $HOSTACKAUTHORALIAS$ $HOSTACKCOMMENT$ $SERVICEACKCOMMENT:web1:HTTP$");
        Assert.Equal("plugin 0", Line());
        Result("web1", 1);
        Result("HTTP", 2);
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 100000};1;0;0;anna;disk");
        Give("ACKNOWLEDGE_HOST_PROBLEM;web1;1;0;0;anna;seen");
        Give("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;1;0;0;otto;too");
        Pass(1);
        Assert.Equal("plugin 1 anna anna Anna A. seen too", Line());
    }

    [Fact]
    public void Totals_CountWhatIsAcknowledgedOrInDowntimeAsHandled()
    {
        Begin("$TOTALHOSTSDOWN$ $TOTALHOSTSDOWNUNHANDLED$ $TOTALSERVICESCRITICAL$ $TOTALSERVICESCRITICALUNHANDLED$");
        Result("HTTP", 2);
        Result("PING", 2);
        Clock.Move(TimeSpan.FromSeconds(2));
        Assert.Equal("plugin 0 0 2 2", Line());
        Give("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;1;0;0;otto;seen");
        Clock.Move(TimeSpan.FromSeconds(2));
        Assert.Equal("plugin 0 0 2 1", Line());
        Give($"SCHEDULE_SVC_DOWNTIME;web1;PING;{Seconds};{Seconds + 100000};1;0;0;anna;disk");
        Pass(2);
        Assert.Equal("plugin 0 0 2 0", Line());
    }

    private void Begin(string macros) => Engine = Start(
        "", Contact + Many.Replace("command_line plugin", $"command_line plugin {macros}", StringComparison.Ordinal));

    /// <summary>The command line of the next check of web1, which finds it as it is.</summary>
    private string Line()
    {
        Give("SCHEDULE_FORCED_HOST_CHECK;web1;0");
        Output.Clear();
        Engine.Advance(Clock.Now, Output);
        var check = Output.Checks.Single(check => check.Id == Web1);
        Complete(Engine, check, Engine[Web1].State == 0 ? 0 : 2);
        return check.CommandLine.Text().TrimEnd();
    }
}
