using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>External commands about notifications, from their line to what contacts are told.</summary>
public sealed class NotificationCommandTests : NotificationHarness
{
    private const string More = """
        define host {
          host_name db1
          check_command check
          max_check_attempts 1
          parents web1
          contacts ada
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

        """;

    [Theory]
    [InlineData("DISABLE_NOTIFICATIONS", "db1,web1,HTTP", NotificationReason.Disabled)]
    [InlineData("DISABLE_HOST_NOTIFICATIONS;web1", "web1", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_SVC_NOTIFICATIONS;web1;HTTP", "HTTP", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_HOST_SVC_NOTIFICATIONS;web1", "HTTP", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_HOST_AND_CHILD_NOTIFICATIONS;web1", "db1,web1", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_ALL_NOTIFICATIONS_BEYOND_HOST;web1", "db1", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_HOSTGROUP_HOST_NOTIFICATIONS;all", "db1,web1", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_HOSTGROUP_SVC_NOTIFICATIONS;all", "HTTP", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_SERVICEGROUP_HOST_NOTIFICATIONS;web", "web1", NotificationReason.ObjectDisabled)]
    [InlineData("DISABLE_SERVICEGROUP_SVC_NOTIFICATIONS;web", "HTTP", NotificationReason.ObjectDisabled)]
    [InlineData("CHANGE_HOST_NOTIFICATION_TIMEPERIOD;web1;never", "HTTP,web1", NotificationReason.OutsidePeriod)]
    [InlineData("CHANGE_SVC_NOTIFICATION_TIMEPERIOD;web1;HTTP;never", "HTTP", NotificationReason.OutsidePeriod)]
    public void Disable_HoldsBackAndEnableLetsGo(string command, string names, NotificationReason reason)
    {
        Begin(more: More);
        Assert.Null(Give(command));
        foreach (var name in (string[])["HTTP", "db1", "web1"])
        {
            Result(name, 1);
            var isHeldBack = names.Split(',').Contains(name);
            Assert.Equal(isHeldBack ? 0 : 1, Told.Length);
            Assert.Equal(isHeldBack ? reason : NotificationReason.Sent, Reason(name));
        }

        if (command.StartsWith("DISABLE", StringComparison.Ordinal))
        {
            Assert.Null(Give(command.Replace("DISABLE", "ENABLE", StringComparison.Ordinal)));
            Result("web1", 1, minutes: 60);
            Assert.Single(Told);
        }
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(2, "ada CUSTOM web1/ 0")]
    [InlineData(6, "ada CUSTOM web1/ 1")]
    public void Custom_Forced_BustsThroughAndCountsWhenAsked(int options, string? told)
    {
        Begin(host: "notifications_enabled 0", contact: "host_notifications_enabled 0");
        Assert.Null(Give($"SEND_CUSTOM_HOST_NOTIFICATION;web1;{options};Bob;hello"));
        Assert.Equal(told is null ? [] : [told], Told);
        Assert.Equal(options == 6 ? 1 : 0, State("web1").Number);
        Assert.Equal(0, State("web1").LastTicks);
    }

    [Fact]
    public void Custom_Broadcast_GoesToContactsOfEscalationsToo()
    {
        Begin(more: NotificationTestsText.Escalation("first_notification 5\nlast_notification 0"));
        Give("SEND_CUSTOM_SVC_NOTIFICATION;web1;HTTP;1;Bob;hello");
        Assert.Equal(["ada CUSTOM web1/HTTP 0", "eve CUSTOM web1/HTTP 0"], Told.Order());
    }

    [Fact]
    public void Delay_HoldsBackUntilThen()
    {
        Begin();
        Assert.Null(Give($"DELAY_HOST_NOTIFICATION;web1;{Clock.Now.Wall.ToUnixTimeSeconds() + 1800}"));
        Result("web1", 1);

        // A new problem begins anew, as in Naemon.
        Assert.Single(Told);
        Assert.Null(Give($"DELAY_HOST_NOTIFICATION;web1;{Clock.Now.Wall.ToUnixTimeSeconds() + 1800}"));
        Result("web1", 1, minutes: 29);
        Assert.Empty(Told);
        Result("web1", 1, minutes: 1);
        Assert.Single(Told);
    }

    [Fact]
    public void SetNumber_IsTheNumber()
    {
        Begin();
        Result("HTTP", 2);
        _ = Told;
        Assert.Null(Give("SET_SVC_NOTIFICATION_NUMBER;web1;HTTP;7"));
        Result("HTTP", 2, minutes: 10);
        Assert.Equal(["ada PROBLEM web1/HTTP 8"], Told);
        Assert.Equal("the number of notifications begins at 0", Give("SET_SVC_NOTIFICATION_NUMBER;web1;HTTP;-1"));
    }

    [Fact]
    public void Commands_OfAnObjectOfAnotherPeer_GoThere()
    {
        Begin(owns: false);
        Give("SEND_CUSTOM_HOST_NOTIFICATION;web1;2;Bob;hello");
        Give("DELAY_HOST_NOTIFICATION;web1;100");
        Give("SET_HOST_NOTIFICATION_NUMBER;web1;3");
        Assert.Equal(3, Output.Orders.Count);
        Assert.Empty(Output.Commands);
        var orders = Output.Orders.ToArray();
        Begin();
        foreach (var order in orders)
        {
            Engine.Obey(Clock.Now, order.Id, order.Request, Output);
        }

        Assert.Equal(["ada CUSTOM web1/ 0"], Told);
        Assert.Equal((3, DateTimeOffset.FromUnixTimeSeconds(100).UtcTicks), (State("web1").Number, State("web1").NextTicks));
    }
}
