namespace Compeer.Tests.Livestatus;

/// <summary>What a request without a condition waits for.</summary>
public sealed class LivestatusWaitTests
{
    [Theory]
    [InlineData("check", "PROCESS_HOST_CHECK_RESULT;h1;0;fine")]
    [InlineData("state", "PROCESS_HOST_CHECK_RESULT;h1;1;gone")]
    [InlineData("downtime", "SCHEDULE_HOST_DOWNTIME;h1;1;4000000000;1;0;0;anna;down")]
    [InlineData("comment", "ADD_HOST_COMMENT;h1;1;anna;text")]
    [InlineData("command", "SET_HOST_NOTIFICATION_NUMBER;h1;1")]
    [InlineData("program", "DISABLE_NOTIFICATIONS")]
    public void Trigger_ItHappens_EndsTheWait(string trigger, string command)
    {
        string[] others = [.. new[] { "check", "state", "log", "downtime", "comment", "program" }.Where(other => other != trigger)];
        Assert.True(EndsBy(trigger, site => site.Give(command)));
        Assert.True(EndsBy("all", site => site.Give(command)));
        Assert.False(EndsBy(trigger, _ => { }), "it ends when nothing happens");
        Assert.Contains(others, other => !EndsBy(other, site => site.Give(command)));
    }

    [Fact]
    public void Trigger_LineOfTheLog_EndsTheWait()
    {
        static void Write(LivestatusSite site) =>
            site.Facts = site.Facts with { Counts = site.Facts.Counts with { LogMessages = site.Facts.Counts.LogMessages + 1 } };
        Assert.True(EndsBy("log", Write));
        Assert.True(EndsBy("all", Write));
        Assert.False(EndsBy("check", Write));
        Assert.False(EndsBy("log", _ => { }));
    }

    private static bool EndsBy(string trigger, Action<LivestatusSite> happens)
    {
        var site = new LivestatusSite("", """
            define command {
              command_name c
              command_line /bin/true
            }
            define host {
              host_name h1
              max_check_attempts 1
              check_command c
              check_interval 600
            }
            """);
        var request = site.Read($"GET hosts\nColumns: state\nWaitTrigger: {trigger}\n");
        Assert.Null(request.Error);
        var first = site.Moment();
        happens(site);
        var isOver = site.IsWaitOver(request, first, out var error);
        Assert.Null(error);
        return isOver;
    }
}
