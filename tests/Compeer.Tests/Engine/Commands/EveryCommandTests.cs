using System.Text;
using Compeer.Configuration.Commands;
using Compeer.Engine.Events;

namespace Compeer.Tests.Engine.Commands;

/// <summary>No command of Naemon's is known and not carried out.</summary>
public sealed class EveryCommandTests : MainVariableHarness
{
    private const string Everything = Objects + """
        define hostgroup {
          hostgroup_name all
          members web1
        }
        define servicegroup {
          servicegroup_name all
          members web1,HTTP
        }
        define contact {
          contact_name ada
          host_notification_commands check
          service_notification_commands check
          _x  1
        }
        define contactgroup {
          contactgroup_name all
          members ada
        }
        define timeperiod {
          timeperiod_name never
        }

        """;

    /// <summary>What has a reason of its own not to be done with these arguments.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["READ_STATE_INFORMATION"] = "what outlives a restart is read at the start only",
        ["CHANGE_CUSTOM_HOST_VAR"] = "it has no custom variable 'x'",
        ["CHANGE_CUSTOM_SVC_VAR"] = "it has no custom variable 'x'",
    };

    public static TheoryData<string> Names => [.. ExternalCommandTable.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Command_OfTheTable_IsCarriedOutOrSaysWhyNot(string name)
    {
        var engine = Start("", Everything.Replace("define host {", "define host {\naction_url x", StringComparison.Ordinal));
        Output.Clear();
        var failure = engine.Command(Clock.Now, Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {Line(name)}"), Output);
        Assert.NotEqual("this version does not carry it out", failure);
        if (Refused.TryGetValue(name, out var reason))
        {
            Assert.Equal(reason, failure);
        }

        Assert.Contains(Output.Lines(), line => line.StartsWith($"EXTERNAL COMMAND: {name};", StringComparison.Ordinal)
            || line.StartsWith("PASSIVE ", StringComparison.Ordinal) || name == "LOG" || line.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SHUTDOWN_PROGRAM", ProgramOrder.Stop)]
    [InlineData("SHUTDOWN_PROCESS", ProgramOrder.Stop)]
    [InlineData("RESTART_PROGRAM", ProgramOrder.Reload)]
    [InlineData("RESTART_PROCESS", ProgramOrder.Reload)]
    [InlineData("SAVE_STATE_INFORMATION", ProgramOrder.SaveState)]
    public void Program_IsTold(string name, ProgramOrder order)
    {
        var engine = Start("");
        Output.Clear();
        Assert.Null(engine.Command(Clock.Now, Encoding.UTF8.GetBytes($"[1] {name}"), Output));
        Assert.Equal(order, Assert.Single(Output.ProgramOrders));
    }

    private static string Line(string name)
    {
        var format = ExternalCommandTable.Find(name)!;
        return string.Join(';', format.Arguments.Select(argument => argument.Type switch
        {
            ArgumentType.Host => "web1",
            ArgumentType.Service => "web1;HTTP",
            ArgumentType.HostGroup or ArgumentType.ServiceGroup or ArgumentType.ContactGroup => "all",
            ArgumentType.Contact => "ada",
            ArgumentType.TimePeriod => "never",
            ArgumentType.Switch => "1",
            ArgumentType.Text when argument.Name is "varname" => "x",
            ArgumentType.Text when argument.Name.EndsWith("command", StringComparison.Ordinal) => "check",
            ArgumentType.Text => "web1",
            _ => "1",
        }).Prepend(name));
    }
}
