using Compeer.Engine;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Tests.Engine.Notifications;

namespace Compeer.Tests.Engine.Commands;

/// <summary>What operators change of contacts: who is told from then on, what macros say, and what other nodes get of it.</summary>
public sealed class ContactCommandTests : NotificationHarness
{
    private const string Group = """
        define contactgroup {
          contactgroup_name admins
          members ada
        }
        define timeperiod {
          timeperiod_name never
        }

        """;

    [Theory]
    [InlineData("DISABLE_CONTACT_HOST_NOTIFICATIONS;ada", "web1", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_CONTACT_SVC_NOTIFICATIONS;ada", "HTTP", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_CONTACTGROUP_HOST_NOTIFICATIONS;admins", "web1", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_CONTACTGROUP_SVC_NOTIFICATIONS;admins", "HTTP", NotificationReason.ObjectDisabled)]
    [InlineData("CHANGE_CONTACT_HOST_NOTIFICATION_TIMEPERIOD;ada;never", "web1", NotificationReason.OutsidePeriod)]
    [InlineData("CHANGE_CONTACT_SVC_NOTIFICATION_TIMEPERIOD;ada;never", "HTTP", NotificationReason.OutsidePeriod)]
    public void Contact_Changed_IsNotToldOfThatKindAndOfTheOtherIs(string command, string name, NotificationReason reason)
    {
        Begin(more: Group);
        Assert.Null(Give(command));
        Result("HTTP", 2);
        Result("web1", 2);
        var told = Told;
        Assert.Single(told);
        Assert.Contains(name == "web1" ? "web1/HTTP" : "web1/ ", told[0], StringComparison.Ordinal);
        Assert.Equal(NotificationReason.NoContacts, Reason(name));
        Assert.Equal(reason, Assert.Single(State(name).LeftOut).Reason);
        if (command.StartsWith("DISABLE", StringComparison.Ordinal))
        {
            Give(command.Replace("DISABLE", "ENABLE", StringComparison.Ordinal));
            Result("web1", 0);
            Result("HTTP", 0);
            Result(name, 2);
            Assert.Contains(Told, line => line.Contains("PROBLEM", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Variable_Changed_IsInItsMacro()
    {
        Begin(contact: "_phone  1\nhost_notification_commands phone", more: Telling("$_CONTACTPHONE$"));
        Assert.Null(Give("CHANGE_CUSTOM_CONTACT_VAR;ada;phone;2"));
        Assert.Equal("it has no custom variable 'fax'", Give("CHANGE_CUSTOM_CONTACT_VAR;ada;fax;2"));
        Result("web1", 2);
        Assert.Equal("2", Told.Single());
    }

    [Fact]
    public void Changes_Given_ReachOthersAndStayAfterAReload()
    {
        Begin(contact: "_phone  1", more: Group);
        Output.Clear();
        Give("DISABLE_CONTACT_HOST_NOTIFICATIONS;ada");
        Give("CHANGE_CUSTOM_CONTACT_VAR;ada;phone;2");
        var other = new MonitoringEngine(Site);
        foreach (var change in Output.Settings.ToList())
        {
            Assert.Equal("ada", change.Contact);
            other.Set(Clock.Now, change, Output);
        }

        Assert.Equal(Engine.SettingsOf("ada").Values, other.SettingsOf("ada").Values);
        Assert.Equal(2, other.SettingsOf("ada").Values.Count);
        other.TakeUp(Clock.Now, EngineChange.Prepare(Site, TextSite.Of("", Without("_phone"))), Output);
        Assert.Equal(2, other.SettingsOf("ada").Values.Count);
        Assert.False(other.Snapshot(Clock.Now).ChangedContacts["ada"].HostNotifications.Enabled);
        other.TakeUp(Clock.Now, EngineChange.Prepare(other.Configuration, TextSite.Of("", Tell)), Output);
        Assert.Empty(other.SettingsOf("ada").Values);
    }

    /// <summary>The mask of a contact itself has its custom variables, those about hosts and services what it is told of them.</summary>
    [Theory]
    [InlineData("CHANGE_CONTACT_MODHATTR;ada;65536", "ServiceNotifications HostNotificationPeriod variable")]
    [InlineData("CHANGE_CONTACT_MODHATTR;ada;1", "HostNotifications ServiceNotifications variable")]
    [InlineData("CHANGE_CONTACT_MODSATTR;ada;0", "HostNotifications HostNotificationPeriod variable")]
    [InlineData("CHANGE_CONTACT_MODSATTR;ada;65537", "HostNotifications ServiceNotifications HostNotificationPeriod variable")]
    [InlineData("CHANGE_CONTACT_MODATTR;ada;0", "HostNotifications ServiceNotifications HostNotificationPeriod")]
    [InlineData("CHANGE_CONTACT_MODATTR;ada;32768", "HostNotifications ServiceNotifications HostNotificationPeriod variable")]
    public void Attributes_OfAContact_ThoseNotNamedAreTheDefinitionsAgain(string command, string expected)
    {
        Begin(contact: "_phone  1", more: Group);
        Give("DISABLE_CONTACT_HOST_NOTIFICATIONS;ada");
        Give("DISABLE_CONTACT_SVC_NOTIFICATIONS;ada");
        Give("CHANGE_CONTACT_HOST_NOTIFICATION_TIMEPERIOD;ada;never");
        Give("CHANGE_CUSTOM_CONTACT_VAR;ada;phone;2");
        Assert.Null(Give(command));
        Assert.Equal(expected, string.Join(' ', Engine.SettingsOf("ada").Values.Keys.Select(setting =>
            CustomVariable.Is(setting) ? "variable" : setting.ToString())));
    }

    private static string Without(string directive) => $$"""
        define command {
          command_name check
          command_line plugin
        }
        define contact {
          contact_name ada
          host_notification_commands check
          service_notification_commands check
        }
        define host {
          host_name web1
          max_check_attempts 1
          contacts ada
        }

        """.Replace(directive, "", StringComparison.Ordinal);

    private static string Telling(string line) => $"define command {{\ncommand_name phone\ncommand_line {line}\n}}\n";
}
