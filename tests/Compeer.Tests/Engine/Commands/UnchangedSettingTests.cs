using System.Text;
using Compeer.Engine;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Commands;

/// <summary>Commands that ask for what is so already: by Naemon's <c>commands.c</c> most of them change nothing, and nothing counts as
/// modified.</summary>
public sealed class UnchangedSettingTests : MainVariableHarness
{
    private const string Main = "interval_length=1\nexecute_host_checks=1\nexecute_service_checks=1\naccept_passive_host_checks=1\n"
        + "accept_passive_service_checks=1\nenable_notifications=1\nenable_event_handlers=1\nprocess_performance_data=1\n"
        + "obsess_over_hosts=1\nobsess_over_services=1\nenable_flap_detection=1\ncheck_host_freshness=1\ncheck_service_freshness=1\n";

    private static readonly string Configured = Objects + """
        define contact {
          contact_name ada
          host_notification_commands check
          service_notification_commands check
        }
        define contactgroup {
          contactgroup_name admins
          members ada
        }

        """;

    /// <summary>The command that changes a switch, the one that turns it back, and how the switch is shown.</summary>
    public static TheoryData<string, string, string> Switches => new()
    {
        { "DISABLE_SVC_CHECK;web1;HTTP", "ENABLE_SVC_CHECK;web1;HTTP", "service" },
        { "DISABLE_HOST_CHECK;web1", "ENABLE_HOST_CHECK;web1", "host" },
        { "DISABLE_HOST_SVC_CHECKS;web1", "ENABLE_HOST_SVC_CHECKS;web1", "service" },
        { "DISABLE_PASSIVE_SVC_CHECKS;web1;HTTP", "ENABLE_PASSIVE_SVC_CHECKS;web1;HTTP", "service" },
        { "DISABLE_PASSIVE_HOST_CHECKS;web1", "ENABLE_PASSIVE_HOST_CHECKS;web1", "host" },
        { "DISABLE_SVC_NOTIFICATIONS;web1;HTTP", "ENABLE_SVC_NOTIFICATIONS;web1;HTTP", "service" },
        { "DISABLE_HOST_NOTIFICATIONS;web1", "ENABLE_HOST_NOTIFICATIONS;web1", "host" },
        { "DISABLE_SVC_FLAP_DETECTION;web1;HTTP", "ENABLE_SVC_FLAP_DETECTION;web1;HTTP", "service" },
        { "DISABLE_HOST_FLAP_DETECTION;web1", "ENABLE_HOST_FLAP_DETECTION;web1", "host" },
        { "DISABLE_SVC_EVENT_HANDLER;web1;HTTP", "ENABLE_SVC_EVENT_HANDLER;web1;HTTP", "service" },
        { "DISABLE_HOST_EVENT_HANDLER;web1", "ENABLE_HOST_EVENT_HANDLER;web1", "host" },
        { "STOP_OBSESSING_OVER_SVC;web1;HTTP", "START_OBSESSING_OVER_SVC;web1;HTTP", "service" },
        { "STOP_OBSESSING_OVER_HOST;web1", "START_OBSESSING_OVER_HOST;web1", "host" },
        { "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;7", "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;5", "service" },
        { "CHANGE_NORMAL_HOST_CHECK_INTERVAL;web1;7", "CHANGE_NORMAL_HOST_CHECK_INTERVAL;web1;5", "host" },
        { "DISABLE_CONTACT_HOST_NOTIFICATIONS;ada", "ENABLE_CONTACT_HOST_NOTIFICATIONS;ada", "contact" },
        { "DISABLE_CONTACTGROUP_SVC_NOTIFICATIONS;admins", "ENABLE_CONTACTGROUP_SVC_NOTIFICATIONS;admins", "contact" },
        { "STOP_EXECUTING_HOST_CHECKS", "START_EXECUTING_HOST_CHECKS", "program" },
        { "STOP_EXECUTING_SVC_CHECKS", "START_EXECUTING_SVC_CHECKS", "program" },
        { "STOP_ACCEPTING_PASSIVE_HOST_CHECKS", "START_ACCEPTING_PASSIVE_HOST_CHECKS", "program" },
        { "STOP_ACCEPTING_PASSIVE_SVC_CHECKS", "START_ACCEPTING_PASSIVE_SVC_CHECKS", "program" },
        { "DISABLE_NOTIFICATIONS", "ENABLE_NOTIFICATIONS", "program" },
        { "DISABLE_FLAP_DETECTION", "ENABLE_FLAP_DETECTION", "program" },
        { "DISABLE_EVENT_HANDLERS", "ENABLE_EVENT_HANDLERS", "program" },
        { "STOP_OBSESSING_OVER_HOST_CHECKS", "START_OBSESSING_OVER_HOST_CHECKS", "program" },
        { "STOP_OBSESSING_OVER_SVC_CHECKS", "START_OBSESSING_OVER_SVC_CHECKS", "program" },
        { "DISABLE_PERFORMANCE_DATA", "ENABLE_PERFORMANCE_DATA", "program" },
        { "DISABLE_HOST_FRESHNESS_CHECKS", "ENABLE_HOST_FRESHNESS_CHECKS", "program" },
        { "DISABLE_SERVICE_FRESHNESS_CHECKS", "ENABLE_SERVICE_FRESHNESS_CHECKS", "program" },
    };

    [Theory]
    [MemberData(nameof(Switches))]
    public void Switch_ThatIsWhereItShouldBe_IsNotModified(string change, string back, string subject)
    {
        var engine = Start(Main, Configured);
        Give(engine, back);
        Assert.Equal((0u, 0), (Modified(engine, subject), Output.Settings.Count));
        Give(engine, change);
        Assert.Single(Output.Settings);
        var modified = Modified(engine, subject);
        Assert.NotEqual(0u, modified);

        // What was changed and is as configured again counts as modified: a reload with another value leaves it. Another node may be
        // giving it another value, so that it is written anew.
        Give(engine, change);
        Assert.Equal((modified, 1), (Modified(engine, subject), Output.Settings.Count));
        Give(engine, back);
        Assert.Equal((modified, 1), (Modified(engine, subject), Output.Settings.Count));
    }

    [Theory]
    [InlineData("CHANGE_RETRY_SVC_CHECK_INTERVAL;web1;HTTP;1", "service")]
    [InlineData("CHANGE_MAX_HOST_CHECK_ATTEMPTS;web1;3", "host")]
    public void Value_OfOtherSettings_IsModifiedAlsoWhenItIsTheSame(string command, string subject)
    {
        var engine = Start(Main, Configured);
        Give(engine, command);
        Assert.NotEqual(0u, Modified(engine, subject));
        Assert.Single(Output.Settings);
    }

    private void Give(MonitoringEngine engine, string command)
    {
        Output.Clear();
        Assert.Null(engine.Command(
            Clock.Now, Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}"), Output));
    }

    private uint Modified(MonitoringEngine engine, string subject) => subject switch
    {
        "host" => ModifiedAttributes.Of(engine.SettingsOf(Site.Id("web1"))),
        "service" => ModifiedAttributes.Of(engine.SettingsOf(Site.Id("web1", "HTTP"))),
        "contact" => ModifiedAttributes.Of(engine.SettingsOf("ada")),
        _ => (uint)engine.Program.Changed.Count,
    };
}
