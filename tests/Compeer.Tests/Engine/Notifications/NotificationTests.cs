using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>From a result to what contacts are told: each rule with its wiring, from the configuration's text to the command
/// line.</summary>
public sealed class NotificationTests : NotificationHarness
{
    private const string Never = "define timeperiod {\n timeperiod_name never\n}\n";

    [Theory]
    [InlineData("web1", "web1/ ")]
    [InlineData("HTTP", "web1/HTTP ")]
    public void Problem_AndItsEnd_AreTold(string name, string subject)
    {
        Begin();
        Result(name, 1);
        Assert.Equal([$"ada PROBLEM {subject}1"], Told);
        Assert.Equal((1, NotificationReason.Sent), (State(name).Number, Reason(name)));
        EndAll();
        Assert.Empty(State(name).Pending);
        Result(name, 0);
        Assert.Equal([$"ada RECOVERY {subject}2"], Told);
        Assert.Equal((0, 0), (State(name).Number, (int)State(name).NotifiedOn));
        EndAll();
        Result(name, 0);
        Assert.Empty(Told);
    }

    [Theory]
    [InlineData("web1")]
    [InlineData("HTTP")]
    public void LastingProblem_IsToldAgainAfterItsInterval(string name)
    {
        Begin();
        Result(name, 1);
        Assert.Single(Told);
        EndAll();
        Result(name, 1, minutes: 9);
        Assert.Empty(Told);
        Assert.Equal(NotificationReason.NotYet, Reason(name));
        Result(name, 1, minutes: 1);
        Assert.EndsWith(" 2", Assert.Single(Told), StringComparison.Ordinal);
        Assert.Equal(2, State(name).Number);
    }

    /// <summary>Naemon does not ask about a service that is hard before its last attempt because its host is down; who wonders gets an
    /// answer all the same.</summary>
    [Fact]
    public void ServiceHardBecauseOfItsHost_IsNotTold_AndTheReasonIsThere()
    {
        Begin(service: "max_check_attempts 3");
        Result("web1", 1);
        _ = Told;
        Result("HTTP", 2);
        Assert.Empty(Told);
        Assert.Equal(NotificationReason.HostNotUp, Reason("HTTP"));
    }

    [Theory]
    [InlineData("web1")]
    [InlineData("HTTP")]
    public void IntervalZero_IsToldOnce(string name)
    {
        Begin(host: "notification_interval 0", service: "notification_interval 0");
        Result(name, 1);
        Assert.Single(Told);
        Result(name, 1, minutes: 100);
        Assert.Empty(Told);
        Assert.Equal(NotificationReason.NoMore, Reason(name));
    }

    /// <summary>Each with the lines that set it in host, service and contact, the main variable, and the reason.</summary>
    [Theory]
    [InlineData("web1", "notifications_enabled 0", "", "", "", NotificationReason.ObjectDisabled)]
    [InlineData("HTTP", "", "notifications_enabled 0", "", "", NotificationReason.ObjectDisabled)]
    [InlineData("web1", "notification_options u,r", "", "", "", NotificationReason.StateDisabled)]
    [InlineData("HTTP", "", "notification_options c,r", "", "", NotificationReason.StateDisabled)]
    [InlineData("web1", "notification_period never", "", "", "", NotificationReason.OutsidePeriod)]
    [InlineData("HTTP", "", "notification_period never", "", "", NotificationReason.OutsidePeriod)]
    [InlineData("HTTP", "notification_period never", "", "", "", NotificationReason.OutsidePeriod)]
    [InlineData("web1", "first_notification_delay 5", "", "", "", NotificationReason.FirstDelay)]
    [InlineData("HTTP", "", "first_notification_delay 5", "", "", NotificationReason.FirstDelay)]
    [InlineData("web1", "max_check_attempts 3", "", "", "passive_host_checks_are_soft=1", NotificationReason.None)]
    [InlineData("HTTP", "", "max_check_attempts 3", "", "", NotificationReason.None)]
    [InlineData("web1", "", "", "", "enable_notifications=0", NotificationReason.Disabled)]
    [InlineData("HTTP", "", "", "", "enable_notifications=0", NotificationReason.Disabled)]
    [InlineData("web1", "", "", "host_notifications_enabled 0", "", NotificationReason.NoContacts)]
    [InlineData("HTTP", "", "", "service_notifications_enabled 0", "", NotificationReason.NoContacts)]
    [InlineData("web1", "", "", "host_notification_options u,r", "", NotificationReason.NoContacts)]
    [InlineData("HTTP", "", "", "service_notification_options c,r", "", NotificationReason.NoContacts)]
    [InlineData("web1", "", "", "host_notification_period never", "", NotificationReason.NoContacts)]
    [InlineData("HTTP", "", "", "service_notification_period never", "", NotificationReason.NoContacts)]
    [InlineData("HTTP", "", "", "minimum_value 7", "", NotificationReason.NoContacts)]
    [InlineData("web1", "", "", "minimum_value 7", "", NotificationReason.NoContacts)]
    [Trait("Variable", "enable_notifications")]
    public void Problem_WithSomethingAgainstIt_IsNotToldForThatReason(
        string name, string host, string service, string contact, string main, NotificationReason reason)
    {
        Begin(host, service, contact, main, Never);
        Result(name, 1);
        Assert.Empty(Told);
        Assert.Equal((reason, 0), (Reason(name), State(name).Number));
        Assert.True(reason == NotificationReason.None || State(name).ReasonTicks == Clock.Now.Wall.UtcTicks);

        // Nobody is told of the end of what nobody was told of.
        Result(name, 0);
        Assert.Empty(Told);
    }

    [Fact]
    public void FirstDelay_Over_IsTold()
    {
        Begin(host: "first_notification_delay 5");
        Result("web1", 1);
        Result("web1", 1, minutes: 4);
        Assert.Empty(Told);
        Result("web1", 1, minutes: 1);
        Assert.Single(Told);
    }

    [Fact]
    public void LeftOutContact_HasItsReason()
    {
        Begin(contact: "host_notifications_enabled 0");
        Result("web1", 1);
        Assert.Equal(new LeftOutContact("ada", NotificationReason.ObjectDisabled), Assert.Single(State("web1").LeftOut));
        Assert.Contains("HOST CONTACT NOTIFICATION SUPPRESSED: ada;web1;Notifications are off for it.", Output.Lines());
    }

    [Fact]
    public void VolatileService_IsToldOfEachResult()
    {
        Begin(service: "is_volatile 1");
        Result("HTTP", 2);
        Assert.Single(Told);
        Result("HTTP", 2);
        Assert.Single(Told);
    }

    [Fact]
    public void VolatileService_WithIntervalZero_IsToldOfEachResult()
    {
        Begin(service: "is_volatile 1\nnotification_interval 0");
        Result("HTTP", 2);
        Assert.Single(Told);
        Result("HTTP", 2);
        Assert.Single(Told);
    }

    [Fact]
    public void End_OfAServicesProblem_IsToldToThoseWhoWereToldOfIt()
    {
        Begin(
            service: "contacts ada,bob",
            contact: "service_notification_options c,r",
            more: Block(
                "contact",
                ["contact_name bob", "host_notification_commands tell", "service_notification_commands tell"],
                "service_notification_options w,r"));
        Result("HTTP", 1);
        Assert.Equal(["bob PROBLEM web1/HTTP 1"], Told);
        Result("HTTP", 0);
        Assert.Equal(["bob RECOVERY web1/HTTP 2"], Told);
        Assert.Equal(new LeftOutContact("ada", NotificationReason.UnnotifiedProblem), Assert.Single(State("HTTP").LeftOut));
    }

    [Fact]
    public void Service_WithItsHostDown_IsNotTold()
    {
        Begin();
        Result("web1", 1);
        _ = Told;
        Result("HTTP", 2);
        Assert.Empty(Told);
        Assert.Equal(NotificationReason.HostNotUp, Reason("HTTP"));
    }

    [Fact]
    public void Service_WhoseParentsFail_IsNotTold()
    {
        Begin(more: """
            define service {
              host_name web1
              service_description SHOP
              check_command check
              max_check_attempts 1
              contacts ada
              parents web1,HTTP
            }

            """);
        Result("HTTP", 2);
        Assert.Single(Told);
        Result("SHOP", 2);
        Assert.Empty(Told);
        Assert.Equal(NotificationReason.BadParents, Reason("SHOP"));
        Result("HTTP", 0);
        _ = Told;
        Result("SHOP", 2);
        Assert.Single(Told);
    }

    [Theory]
    [InlineData("hostdependency", "dependent_host_name web1", "web1")]
    [InlineData("hostdependency", "dependent_host_name web1", "HTTP")]
    public void Dependency_ThatFails_HoldsItBack(string type, string dependent, string name)
    {
        Begin(more: $$"""
            define host {
              host_name db1
              check_command check
              max_check_attempts 1
            }
            define {{type}} {
              host_name db1
              {{dependent}}
              notification_failure_options d
            }

            """);
        Result("db1", 1);
        Result(name, 1);
        Assert.Empty(Told);
        Assert.Equal(NotificationReason.DependencyFailure, Reason(name));
        Result("db1", 0);
        Result(name, 1);
        Assert.Single(Told);
    }

    [Fact]
    public void OtherProblem_IsToldAtOnceAndCountsOn()
    {
        Begin();
        Result("HTTP", 1);
        Result("HTTP", 2);
        Assert.Equal(["ada PROBLEM web1/HTTP 1", "ada PROBLEM web1/HTTP 2"], Told);
    }

    [Theory]
    [InlineData("web1", "ACKNOWLEDGE_HOST_PROBLEM;web1;2;1;0;Bob;on it", "ada ACKNOWLEDGEMENT web1/ 1")]
    [InlineData("HTTP", "ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;2;1;0;Bob;on it", "ada ACKNOWLEDGEMENT web1/HTTP 1")]
    public void Acknowledgement_HoldsBackProblemsAndNotItsEnd(string name, string command, string told)
    {
        Begin();
        Result(name, 2 - (name == "web1" ? 1 : 0));
        _ = Told;
        Assert.Null(Give(command));
        Assert.Equal([told], Told);
        Result(name, 2 - (name == "web1" ? 1 : 0), minutes: 60);
        Assert.Empty(Told);
        Assert.Equal(NotificationReason.Acknowledged, Reason(name));
        Result(name, 0);
        Assert.Single(Told);
    }

    [Fact]
    [Trait("Variable", "notification_timeout")]
    public void Timeout_IsThatOfTheCommand()
    {
        Begin(main: "notification_timeout=7");
        Result("web1", 1);
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(Output.Commands).Timeout);
        Begin();
        Result("web1", 1);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.Single(Output.Commands).Timeout);
    }

    [Theory]
    [Trait("Variable", "log_notifications")]
    [InlineData("", true)]
    [InlineData("log_notifications=0", false)]
    public void LogNotifications_SaysWhomWasTold(string main, bool isSaid)
    {
        Begin(main: main);
        Result("web1", 1);
        Result("HTTP", 0);
        var line = "HOST NOTIFICATION: ada;web1;DOWN;tell;text";
        Assert.Equal(isSaid, Output.Lines().Contains(line));
        Result("web1", 0);
        Give("SEND_CUSTOM_SVC_NOTIFICATION;web1;HTTP;0;Bob;hello");
        Assert.Equal(isSaid, Output.Lines().Contains("SERVICE NOTIFICATION: ada;web1;HTTP;CUSTOM (OK);tell;text;Bob;hello"));
    }

    [Theory]
    [Trait("Variable", "enable_notification_suppression_reason_logging")]
    [InlineData("", true)]
    [InlineData("enable_notification_suppression_reason_logging=0", false)]
    public void Suppression_IsSaidWhenTheReasonChanges(string main, bool isSaid)
    {
        Begin(service: "notifications_enabled 0", main: main);
        Result("HTTP", 2);
        Assert.Equal(isSaid, Output.Lines().Contains("SERVICE NOTIFICATION SUPPRESSED: web1;HTTP;Notifications are off for it."));
        Output.Clear();
        Result("HTTP", 2);
        Assert.DoesNotContain(Output.Lines(), line => line.Contains("SUPPRESSED", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Variable", "global_host_notification_handler")]
    [Trait("Variable", "global_service_notification_handler")]
    [Trait("Variable", "log_global_notifications")]
    [InlineData("web1", "global_host_notification_handler=tell", "HOST NOTIFICATION: GLOBAL;web1;DOWN;tell;text")]
    [InlineData("HTTP", "global_service_notification_handler=tell", "SERVICE NOTIFICATION: GLOBAL;web1;HTTP;WARNING;tell;text")]
    public void GlobalHandler_IsToldAsWell(string name, string main, string line)
    {
        Begin(main: main);
        Result(name, 1);
        Assert.Contains(line, Output.Lines());
        Assert.Equal(2, Told.Length);
        Begin(main: main + "\nlog_global_notifications=0", contact: "host_notifications_enabled 0\nservice_notifications_enabled 0");
        Result(name, 1);
        Assert.DoesNotContain(line, Output.Lines());
        Assert.StartsWith("$CONTACTNAME$ PROBLEM", Assert.Single(Told), StringComparison.Ordinal);
    }

    [Fact]
    public void UnchangedOk_AsksForNothing()
    {
        Begin();
        Result("HTTP", 0);
        Output.Clear();
        Result("HTTP", 0);
        Result("web1", 0);
        Assert.Empty(Output.Notifications);
        Assert.Same(NotificationState.None, State("HTTP"));
    }
}
