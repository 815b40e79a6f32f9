using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>What people are told of beside problems and their ends: flapping, downtimes, and what somebody wants said.</summary>
public sealed class OccasionTests : NotificationHarness
{
    private const string NoOptions = "notification_options d,u,r";
    private const string NoServiceOptions = "notification_options w,u,c,r";

    private long Seconds => Clock.Now.Wall.ToUnixTimeSeconds();

    [Theory]
    [InlineData("web1", "", "", "", "", true)]
    [InlineData("HTTP", "", "", "", "", true)]
    [InlineData("web1", NoOptions, "", "", "", false)]
    [InlineData("HTTP", "", NoServiceOptions, "", "", false)]
    [InlineData("web1", "", "", "host_" + NoOptions, "", false)]
    [InlineData("HTTP", "", "", "service_" + NoServiceOptions, "", false)]
    [InlineData("web1", "", "", "", "HOST_DOWNTIME;web1", false)]
    [InlineData("HTTP", "", "", "", "SVC_DOWNTIME;web1;HTTP", false)]
    [InlineData("HTTP", "", "", "", "HOST_DOWNTIME;web1", false)]
    public void Flapping_IsToldWhereAskedFor(string name, string host, string service, string contact, string downtime, bool isTold)
    {
        Begin(host, service, contact, "enable_flap_detection=1");
        BeginDowntime(downtime);
        Flap(name);
        Assert.True(Engine[IdOf(name)].IsFlapping);
        Assert.Equal(isTold, Told.Any(line => line.StartsWith("ada FLAPPINGSTART web1/", StringComparison.Ordinal)));
        for (var time = 0; time < 21; time++)
        {
            Result(name, 0);
        }

        Assert.False(Engine[IdOf(name)].IsFlapping);
        Assert.Equal(isTold, Told.Any(line => line.StartsWith("ada FLAPPINGSTOP web1/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("web1")]
    [InlineData("HTTP")]
    public void Problem_WhileItFlaps_IsNotTold(string name)
    {
        Begin(main: "enable_flap_detection=1");
        Flap(name);
        Result(name, 0);
        _ = Told;
        Result(name, 1);
        Assert.Empty(Told);
        Assert.Equal(NotificationReason.Flapping, Reason(name));
    }

    [Theory]
    [InlineData("web1", "", "", "", true)]
    [InlineData("HTTP", "", "", "", true)]
    [InlineData("web1", NoOptions, "", "", false)]
    [InlineData("HTTP", "", NoServiceOptions, "", false)]
    [InlineData("web1", "", "", "host_" + NoOptions, false)]
    [InlineData("HTTP", "", "", "service_" + NoServiceOptions, false)]
    public void Downtime_IsToldWhereAskedFor(string name, string host, string service, string contact, bool isTold)
    {
        Begin(host, service, contact);
        BeginDowntime(name == "web1" ? "HOST_DOWNTIME;web1" : "SVC_DOWNTIME;web1;HTTP");
        Assert.Equal(isTold, Told.Any(line => line.StartsWith("ada DOWNTIMESTART web1/", StringComparison.Ordinal)));
        Engine.Advance(Clock.Move(TimeSpan.FromDays(2)), Output);
        Assert.Equal(isTold, Told.Any(line => line.StartsWith("ada DOWNTIMEEND web1/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("web1", "", "", "", true)]
    [InlineData("HTTP", "", "", "", true)]
    [InlineData("web1", NoOptions, "", "", false)]
    [InlineData("HTTP", "", NoServiceOptions, "", false)]
    [InlineData("web1", "", "", "host_" + NoOptions, false)]
    [InlineData("HTTP", "", "", "service_" + NoServiceOptions, false)]
    public void Downtime_ThatIsCancelled_IsToldWhereAskedFor(string name, string host, string service, string contact, bool isTold)
    {
        Begin(host, service, contact);
        BeginDowntime(name == "web1" ? "HOST_DOWNTIME;web1" : "SVC_DOWNTIME;web1;HTTP");
        _ = Told;
        Assert.Null(Give(name == "web1" ? "DEL_HOST_DOWNTIME;1" : "DEL_SVC_DOWNTIME;1"));
        Assert.Equal(isTold ? [$"ada DOWNTIMECANCELLED web1/{(name == "web1" ? "" : name)}"] : [],
            Told.Select(line => line[..line.LastIndexOf(' ')]));
    }

    [Fact]
    public void Downtime_CancelledWhileAnotherIsInEffect_IsNotTold()
    {
        Begin();
        BeginDowntime("HOST_DOWNTIME;web1");
        BeginDowntime("HOST_DOWNTIME;web1");
        _ = Told;
        Assert.Null(Give("DEL_HOST_DOWNTIME;1"));
        Assert.Empty(Told);
        Assert.Null(Give("DEL_HOST_DOWNTIME;2"));
        Assert.StartsWith("ada DOWNTIMECANCELLED web1/", Assert.Single(Told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web1", "HOST_DOWNTIME;web1", NotificationReason.InDowntime)]
    [InlineData("HTTP", "SVC_DOWNTIME;web1;HTTP", NotificationReason.InDowntime)]
    [InlineData("HTTP", "HOST_DOWNTIME;web1", NotificationReason.HostInDowntime)]
    public void Problem_InADowntime_IsNotTold(string name, string downtime, NotificationReason reason)
    {
        Begin();
        BeginDowntime(downtime);
        _ = Told;
        Result(name, 1);
        Assert.Empty(Told);
        Assert.Equal(reason, Reason(name));
    }

    [Theory]
    [InlineData("HOST_NOTIFICATION;web1", "", 0, true)]
    [InlineData("HOST_NOTIFICATION;web1", "HOST_DOWNTIME;web1", 0, false)]
    [InlineData("HOST_NOTIFICATION;web1", "HOST_DOWNTIME;web1", 2, true)]
    [InlineData("SVC_NOTIFICATION;web1;HTTP", "", 0, true)]
    [InlineData("SVC_NOTIFICATION;web1;HTTP", "SVC_DOWNTIME;web1;HTTP", 0, false)]
    [InlineData("SVC_NOTIFICATION;web1;HTTP", "HOST_DOWNTIME;web1", 0, false)]
    [InlineData("SVC_NOTIFICATION;web1;HTTP", "HOST_DOWNTIME;web1", 2, true)]
    public void Custom_IsToldUnlessInADowntime_ForcedAllTheSame(string command, string downtime, int options, bool isTold)
    {
        Begin();
        BeginDowntime(downtime);
        _ = Told;
        Give($"SEND_CUSTOM_{command};{options};Bob;hello");
        Assert.Equal(isTold, Told.Length == 1);
    }

    [Theory]
    [InlineData(0, "ada")]
    [InlineData(1, "ada,eve")]
    public void Custom_Broadcast_GoesToThoseOfEscalationsAsWell(int options, string contacts)
    {
        Begin(more: NotificationTestsText.Escalation("first_notification 5\nlast_notification 0"));
        Give($"SEND_CUSTOM_SVC_NOTIFICATION;web1;HTTP;{options};Bob;hello");
        Assert.Equal(contacts, string.Join(',', Told.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal)));
    }

    private void BeginDowntime(string downtime)
    {
        if (downtime.Length > 0)
        {
            Assert.Null(Give($"SCHEDULE_{downtime};{Seconds};{Seconds + 86400};1;0;0;Bob;works"));
            Engine.Advance(Clock.Move(TimeSpan.FromSeconds(1)), Output);
        }
    }

    /// <summary>It changes at each of ten results, and is in order at the last.</summary>
    private void Flap(string name)
    {
        for (var time = 0; time < 10; time++)
        {
            Result(name, 1 - (time % 2));
        }
    }
}
