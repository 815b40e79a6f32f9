using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>What is noted beside the notification itself, and what of several contacts, parents, services and commands counts.</summary>
public sealed class NotificationDetailTests : NotificationHarness
{
    /// <summary>That no more are sent ends with the problem, also where the next one begins soft.</summary>
    [Fact]
    public void Problem_AfterOneThatIsToldOfOnce_IsToldOf()
    {
        Begin(service: "notification_interval 0\nmax_check_attempts 2");
        for (var problem = 0; problem < 2; problem++)
        {
            Result("HTTP", 2);
            Assert.Empty(Told);
            Result("HTTP", 2);
            Assert.Equal(["ada PROBLEM web1/HTTP 1"], Told);
            Result("HTTP", 2, minutes: 60);
            Assert.Empty(Told);
            EndAll();
            Result("HTTP", 0);
            Assert.Single(Told);
            EndAll();
        }
    }

    [Fact]
    public void Flapping_ThatIsNotDetectedAnyMore_IsToldOf()
    {
        Begin(main: "enable_flap_detection=1", service: "flap_detection_enabled 1");
        Result("HTTP", 2);
        Assert.Equal(["ada PROBLEM web1/HTTP 1"], Told);
        for (var change = 0; change < 20; change++)
        {
            Result("HTTP", change % 2 * 2);
        }

        Assert.Contains(Told, line => line.StartsWith("ada FLAPPINGSTART web1/HTTP", StringComparison.Ordinal));
        Assert.Null(Give("DISABLE_SVC_FLAP_DETECTION;web1;HTTP"));
        Assert.StartsWith("ada FLAPPINGDISABLED web1/HTTP", Assert.Single(Told), StringComparison.Ordinal);
    }

    /// <summary>Who gave the downtime did not cancel it.</summary>
    [Fact]
    public void Downtime_Cancelled_IsToldOfWithoutItsAuthor()
    {
        Begin();
        var now = Clock.Now.Wall.ToUnixTimeSeconds();
        Assert.Null(Give($"SCHEDULE_HOST_DOWNTIME;web1;{now};{now + 3600};1;0;0;ops;works"));
        Engine.Advance(Clock.Move(TimeSpan.FromSeconds(1)), Output);
        var started = Assert.Single(State("web1").Pending);
        Assert.Equal((NotificationType.DowntimeStart, "ops", "works"), (started.Type, started.Author, started.Comment));
        EndAll();
        Assert.Null(Give("DEL_DOWNTIME_BY_HOST_NAME;web1"));
        var cancelled = Assert.Single(State("web1").Pending);
        Assert.Equal((NotificationType.DowntimeCancelled, null, null), (cancelled.Type, cancelled.Author, cancelled.Comment));
    }

    [Fact]
    public void Problem_OutsideOfItsPeriod_IsNotedForTheOpening()
    {
        var hour = (Clock.Now.Wall.UtcDateTime.Hour + 3) % 24;
        var period = $"define timeperiod {{\ntimeperiod_name later\nalias later\n{Week($"{hour:00}:30-{hour:00}:40")}}}\n";
        Begin(main: "use_timezone=UTC", service: "notification_period later", more: period);
        Give("SEND_CUSTOM_SVC_NOTIFICATION;web1;HTTP;0;ops;hello");
        Assert.Equal((NotificationReason.OutsidePeriod, 0), (Reason("HTTP"), State("HTTP").NextTicks));
        Result("HTTP", 2);
        Assert.Equal(NotificationReason.OutsidePeriod, Reason("HTTP"));
        var next = new DateTime(State("HTTP").NextTicks, DateTimeKind.Utc);
        Assert.Equal((hour, 30), (next.Hour, next.Minute));
        Assert.InRange(next - Clock.Now.Wall.UtcDateTime, TimeSpan.FromHours(2), TimeSpan.FromHours(4));
    }

    [Fact]
    public void Notifications_ThatWait_AreToldApartAndBounded()
    {
        Begin();
        for (var number = 0; number < 20; number++)
        {
            Assert.Null(Give($"SEND_CUSTOM_SVC_NOTIFICATION;web1;HTTP;0;ops;number {number}"));
        }

        var pending = State("HTTP").Pending;
        Assert.Equal(Enumerable.Range(4, 16).Select(number => $"number {number}"), pending.Select(one => one.Comment));
        Assert.Equal(pending.Select(one => one.Ticket).Distinct().Order(), pending.Select(one => one.Ticket));
    }

    [Fact]
    public void Service_WithParents_IsToldOfUnlessAllHaveProblems()
    {
        var more = Parent("S1") + Parent("S2");
        Begin(service: "parents web1,S1,web1,S2", more: more);
        Result("S1", 2);
        Result("HTTP", 2);
        Assert.Contains("ada PROBLEM web1/HTTP 1", Told);
        EndAll();
        Result("S2", 2);
        Result("HTTP", 2, minutes: 10);
        Assert.Equal(NotificationReason.BadParents, Reason("HTTP"));

        static string Parent(string name) =>
            Block("service", ["host_name web1", $"service_description {name}", "check_command check", "max_check_attempts 1"], "");
    }

    /// <summary>A host is worth what its services are together, and at least what it says itself.</summary>
    [Theory]
    [InlineData(0, 5, 5, true)]
    [InlineData(0, 5, 6, false)]
    [InlineData(3, 5, 8, true)]
    [InlineData(3, 0, 3, true)]
    public void Host_IsWorthItsServices(int own, int services, int least, bool isTold)
    {
        Begin(host: $"hourly_value {own}", service: $"hourly_value {services}", contact: $"minimum_value {least}");
        Result("web1", 1);
        Assert.Equal(isTold, Told.Length == 1);
    }

    [Fact]
    public void Contact_ThatIsMetTwice_IsToldOnce()
    {
        Begin(service: "contact_groups all", more: "define contactgroup {\ncontactgroup_name all\nalias all\nmembers ada\n}\n");
        Result("HTTP", 2);
        var sent = Assert.Single(State("HTTP").Pending);
        Assert.Equal("ada", Assert.Single(sent.Recipients));
        Assert.Single(sent.Left);
        Assert.Equal(["ada PROBLEM web1/HTTP 1"], Told);
    }

    [Fact]
    public void Command_OfAnObject_IsUnderWayUntilTheLastEnds()
    {
        string[] eve =
        [
            "contact_name eve", "service_notification_commands tell", "service_notification_options c", "host_notification_options n",
            "host_notification_commands tell", "minimum_value 0",
        ];
        Begin(service: "contacts ada,eve", more: Block("contact", eve, ""));
        Result("HTTP", 2);
        Assert.Equal(2, Output.Commands.Count);
        Assert.Equal((true, false), (Engine.Sending.IsUnderWay(IdOf("HTTP")), Engine.Sending.IsUnderWay(IdOf("web1"))));
        CommandToRun[] runs = [.. Output.Commands];
        End(runs[0]);
        Assert.True(Engine.Sending.IsUnderWay(IdOf("HTTP")));
        End(runs[1]);
        Assert.False(Engine.Sending.IsUnderWay(IdOf("HTTP")));
    }

    [Fact]
    public void Sent_OldestAreForgotten()
    {
        var sent = new SentNotifications();
        var name = ObjectName.Of(Start("").Configuration.Table[Site.Id("web1")]);
        for (var ticket = 1; ticket <= SentNotifications.Most + 1; ticket++)
        {
            sent.Add(Ticket(ticket));
            sent.Add(Ticket(ticket));
        }

        Assert.False(sent.Contains(Ticket(1)));
        Assert.True(sent.Contains(Ticket(2)));
        Assert.True(sent.Contains(Ticket(SentNotifications.Most + 1)));

        NotificationTicket Ticket(long number) => new(name, number, new NotificationDelivery("ada", 0));
    }

    private void End(CommandToRun run) => Engine.CommandEnded(
        Clock.Now, run, new CommandResult(CheckOutcome.Exited, 0, default, default, TimeSpan.FromSeconds(1)), Output);
}
