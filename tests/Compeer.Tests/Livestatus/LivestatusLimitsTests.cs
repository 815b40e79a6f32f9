using System.Text;
using Compeer.Livestatus;

namespace Compeer.Tests.Livestatus;

/// <summary>What the options of the <c>broker_module</c> line change of answers, and columns that come from the daemon.</summary>
public sealed class LivestatusLimitsTests
{
    private const string Objects = """
        define command {
          command_name c
          command_line /bin/true
        }
        define host {
          host_name h1
          alias é
          max_check_attempts 1
          check_command c
          check_interval 600
          _SECRET_ONE 1
          _OPEN 2
        }
        define service {
          host_name h1
          service_description s 1
          max_check_attempts 1
          check_command c
          check_interval 600
        }
        """;

    [Fact]
    public void HiddenVariables_Prefix_AreInNoColumnAndNoFilter()
    {
        const string Request = "GET hosts\nColumns: custom_variable_names custom_variables\n";
        var hidden = new LivestatusSite("", Objects, new LivestatusLimits { HiddenVariables = "SECRET" });
        Assert.Equal("OPEN;OPEN|2\n", hidden.Ask(Request));
        Assert.Equal("", hidden.Ask("GET hosts\nColumns: name\nFilter: custom_variables = SECRET_ONE 1\n"));
        Assert.Contains("SECRET_ONE", new LivestatusSite("", Objects).Ask(Request), StringComparison.Ordinal);
    }

    [Fact]
    public void Latin1_TextOfTwoBytes_IsTwoCharacters()
    {
        const string Request = "GET hosts\nColumns: alias\nOutputFormat: json\n";
        Assert.Equal("[[\"\\u00c3\\u00a9\"]]\n", new LivestatusSite("", Objects, new LivestatusLimits { IsLatin1 = true }).Ask(Request));
        Assert.Equal("[[\"\\u00e9\"]]\n", new LivestatusSite("", Objects).Ask(Request));
    }

    [Fact]
    public void Graphs_FolderIsKnown_AreLookedFor()
    {
        var site = new LivestatusSite("", Objects);
        const string Request = "GET services\nColumns: pnpgraph_present host_pnpgraph_present\n";
        Assert.Equal("-1;-1\n", site.Ask(Request));
        site.Facts = site.Facts with { HasGraph = (host, service) => (host, service) == ("h1", "s 1") };
        Assert.Equal("1;0\n", site.Ask(Request));
    }

    [Fact]
    public void Executing_CheckInFlight_IsShown()
    {
        var site = new LivestatusSite("", Objects);
        const string Request = "GET services\nColumns: is_executing check_options\n";
        Assert.Equal("0;0\n", site.Ask(Request));
        site.Give("SCHEDULE_FORCED_SVC_CHECK;h1;s 1;4000000000");
        Assert.Equal("0;1\n", site.Ask(Request));
        site.Give("SCHEDULE_FORCED_SVC_CHECK;h1;s 1;1");
        Assert.Equal("1;0\n", site.Ask(Request));
    }

    [Fact]
    public void LastUpdate_AnythingChanges_IsThen()
    {
        var site = new LivestatusSite("execute_host_checks=0\nexecute_service_checks=0\n", Objects);
        string Update() => site.Ask("GET hosts\nColumns: last_update\n");
        foreach (var command in new[]
        {
            "PROCESS_HOST_CHECK_RESULT;h1;1;gone", "DISABLE_HOST_CHECK;h1", "ADD_HOST_COMMENT;h1;1;anna;text",
            "SCHEDULE_HOST_DOWNTIME;h1;1;4000000000;1;0;0;anna;down", "ACKNOWLEDGE_HOST_PROBLEM;h1;2;0;0;anna;seen",
        })
        {
            var before = Update();
            site.Give("PROCESS_SERVICE_CHECK_RESULT;h1;s 1;0;fine");
            Assert.Equal(before, Update());
            site.Give(command);
            var now = $"{site.Snapshot().TakenAt.Wall.ToUnixTimeSeconds()}.000000\n";
            Assert.Equal(now, Update());
            Assert.Equal("h1\n", site.Ask($"GET hosts\nColumns: name\nFilter: last_update >= {now}"));
            Assert.Equal("", site.Ask($"GET hosts\nColumns: name\nFilter: last_update > {now}"));
        }
    }

    [Fact]
    public void Response_LargerThanAllowed_IsRefused()
    {
        var site = new LivestatusSite("", Objects, new LivestatusLimits { MaxResponseBytes = 20 });
        var answer = Encoding.UTF8.GetString(site.AskBytes("GET columns\nResponseHeader: fixed16\n"u8.ToArray()));
        Assert.StartsWith("413 ", answer, StringComparison.Ordinal);
    }
}
