using System.Buffers;
using System.Text;
using Compeer.Engine.StatusData;
using Compeer.Tests.Engine.Maintenance;

namespace Compeer.Tests.Engine.StatusData;

/// <summary>status.dat and retention.dat as programs read them: the blocks, the keys in Naemon's order, and what they say.</summary>
public sealed class StatusDataTests : EntryHarness
{
    private const string People = """
        define contact {
          contact_name anna
          host_notification_commands check
          service_notification_commands check
          _PHONE 12
        }
        """;

    private const string StatusOfHost =
        "host_name modified_attributes check_command check_period notification_period check_interval retry_interval event_handler "
        + "has_been_checked check_execution_time check_latency check_type current_state last_hard_state last_event_id current_event_id "
        + "current_problem_id last_problem_id problem_start problem_end plugin_output long_plugin_output performance_data last_check "
        + "next_check check_options current_attempt max_attempts state_type last_state_change last_hard_state_change last_time_up "
        + "last_time_down last_time_unreachable last_notification next_notification no_more_notifications current_notification_number "
        + "current_notification_id notifications_enabled problem_has_been_acknowledged acknowledgement_type acknowledgement_end_time "
        + "active_checks_enabled passive_checks_enabled event_handler_enabled flap_detection_enabled process_performance_data obsess "
        + "is_flapping percent_state_change scheduled_downtime_depth last_update";

    private const string StatusOfService =
        "host_name service_description modified_attributes check_command check_period notification_period check_interval retry_interval "
        + "event_handler has_been_checked check_execution_time check_latency check_type current_state last_hard_state last_event_id "
        + "current_event_id current_problem_id last_problem_id problem_start problem_end current_attempt max_attempts state_type "
        + "last_state_change last_hard_state_change last_time_ok last_time_warning last_time_unknown last_time_critical plugin_output "
        + "long_plugin_output performance_data last_check next_check check_options current_notification_number current_notification_id "
        + "last_notification next_notification no_more_notifications notifications_enabled active_checks_enabled passive_checks_enabled "
        + "event_handler_enabled problem_has_been_acknowledged acknowledgement_type acknowledgement_end_time flap_detection_enabled "
        + "process_performance_data obsess is_flapping percent_state_change scheduled_downtime_depth last_update";

    private const string KeptOfHost =
        "host_name modified_attributes check_command check_period notification_period event_handler has_been_checked "
        + "check_execution_time check_latency check_type current_state last_state last_hard_state last_event_id current_event_id "
        + "current_problem_id last_problem_id problem_start problem_end plugin_output long_plugin_output performance_data last_check "
        + "next_check check_options current_attempt max_attempts normal_check_interval retry_check_interval state_type last_state_change "
        + "last_hard_state_change last_time_up last_time_down last_time_unreachable notified_on_down notified_on_unreachable "
        + "last_notification current_notification_number current_notification_id config:notifications_enabled notifications_enabled "
        + "problem_has_been_acknowledged acknowledgement_type acknowledgement_end_time is_flapping percent_state_change "
        + "check_flapping_recovery_notification last_update state_history";

    private const string KeptOfService =
        "host_name service_description modified_attributes check_command check_period notification_period event_handler "
        + "has_been_checked check_execution_time check_latency check_type current_state last_state last_hard_state last_event_id "
        + "current_event_id current_problem_id last_problem_id problem_start problem_end current_attempt max_attempts "
        + "normal_check_interval retry_check_interval state_type last_state_change last_hard_state_change last_time_ok last_time_warning "
        + "last_time_unknown last_time_critical plugin_output long_plugin_output performance_data last_check next_check check_options "
        + "notified_on_unknown notified_on_warning notified_on_critical current_notification_number current_notification_id "
        + "last_notification problem_has_been_acknowledged acknowledgement_type acknowledgement_end_time config:obsess obsess last_update "
        + "is_flapping percent_state_change check_flapping_recovery_notification state_history";

    private const string StatusOfProgram =
        "modified_host_attributes modified_service_attributes nagios_pid daemon_mode program_start last_log_rotation "
        + "enable_notifications active_service_checks_enabled passive_service_checks_enabled active_host_checks_enabled "
        + "passive_host_checks_enabled enable_event_handlers obsess_over_services obsess_over_hosts check_service_freshness "
        + "check_host_freshness enable_flap_detection process_performance_data global_host_event_handler global_service_event_handler "
        + "global_host_notification_handler global_service_notification_handler next_comment_id next_downtime_id next_event_id "
        + "active_scheduled_host_check_stats active_ondemand_host_check_stats passive_host_check_stats "
        + "active_scheduled_service_check_stats active_ondemand_service_check_stats passive_service_check_stats cached_host_check_stats "
        + "cached_service_check_stats external_command_stats parallel_host_check_stats serial_host_check_stats";

    private const string OfContact =
        "contact_name modified_attributes modified_host_attributes modified_service_attributes host_notification_period "
        + "service_notification_period last_host_notification last_service_notification";

    private const string OfDowntimes =
        "entry_time start_time flex_downtime_start end_time triggered_by fixed duration is_in_effect start_notification_sent "
        + "author comment";

    private const string OfComments = "entry_type comment_id source persistent entry_time expires expire_time author comment_data";

    private static readonly ProgramFigures Figures = new()
    {
        Version = "1.2.3",
        ProcessId = 77,
        Started = TestClock.Epoch,
        PassiveServiceResults = (1, 2, 3),
    };

    [Fact]
    public void Status_OfEverything_HasNaemonsBlocksAndKeysInItsOrder()
    {
        StartWithHistory();
        var blocks = Blocks(Status());
        Assert.Equal(
            ["info", "programstatus", .. Enumerable.Repeat("hoststatus", 3), .. Enumerable.Repeat("servicestatus", 3),
                "contactstatus", "hostcomment", "servicecomment", "hostcomment", "servicecomment", "servicecomment",
                "hostdowntime", "servicedowntime"],
            blocks.Select(block => block.Type));
        Assert.Equal(StatusOfProgram, KeysOf(blocks, "programstatus"));
        Assert.Equal(StatusOfHost, KeysOf(blocks, "hoststatus"));
        Assert.Equal(StatusOfService, KeysOf(blocks, "servicestatus"));
        Assert.Equal($"{OfContact} host_notifications_enabled service_notifications_enabled _PHONE", KeysOf(blocks, "contactstatus"));
        Assert.Equal($"host_name {OfComments}", KeysOf(blocks, "hostcomment"));
        Assert.Equal($"host_name service_description {OfComments}", KeysOf(blocks, "servicecomment"));
        Assert.Equal($"host_name downtime_id comment_id {OfDowntimes}", KeysOf(blocks, "hostdowntime"));
        Assert.Equal($"host_name service_description downtime_id comment_id {OfDowntimes}", KeysOf(blocks, "servicedowntime"));
    }

    [Fact]
    public void Retention_OfEverything_HasNaemonsBlocksAndKeysInItsOrder()
    {
        StartWithHistory();
        Give("DISABLE_HOST_NOTIFICATIONS;web1");
        Give("STOP_OBSESSING_OVER_SVC;web1;HTTP");
        var blocks = Blocks(Retention());
        Assert.Equal(
            ["info", "program", .. Enumerable.Repeat("host", 3), .. Enumerable.Repeat("service", 3), "contact", "hostcomment",
                "servicecomment", "hostcomment", "servicecomment", "servicecomment", "hostdowntime", "servicedowntime"],
            blocks.Select(block => block.Type));
        Assert.Equal(KeptOfHost, KeysOf(blocks, "host"));
        Assert.Equal(KeptOfService, KeysOf(blocks, "service"));
        Assert.Equal($"{OfContact} _PHONE", KeysOf(blocks, "contact"));
        Assert.Equal($"host_name comment_id downtime_id {OfDowntimes}", KeysOf(blocks, "hostdowntime"));
    }

    [Fact]
    public void Status_OfAProblem_SaysWhatIsKnown()
    {
        StartWithHistory();
        var blocks = Blocks(Status());
        var host = blocks.First(block => block.Type == "hoststatus").Values;
        Assert.Equal("web1", host["host_name"]);
        Assert.Equal("check", host["check_command"]);
        Assert.Equal("5.000000", host["check_interval"]);
        Assert.Equal("1", host["scheduled_downtime_depth"]);
        var service = blocks.First(block => block.Type == "servicestatus").Values;
        Assert.Equal(("2", "1", "0", "text"), (
            service["current_state"], service["current_attempt"], service["state_type"], service["plugin_output"]));
        Assert.Equal(("1", "2"), (service["problem_has_been_acknowledged"], service["acknowledgement_type"]));
        Assert.Equal(36, service["current_problem_id"].Length);
        Assert.Equal("0;12", blocks.First(block => block.Type == "contactstatus").Values["_PHONE"]);
        Assert.Equal("1,2,3", blocks.First(block => block.Type == "programstatus").Values["passive_service_check_stats"]);
        var downtime = blocks.First(block => block.Type == "hostdowntime").Values;
        Assert.Equal(("1", "1", "work"), (downtime["fixed"], downtime["is_in_effect"], downtime["comment"]));
    }

    /// <summary>Text of others cannot begin a line of its own, and thus no block.</summary>
    [Fact]
    public void Status_OutputOfSeveralLines_StaysOnItsLine()
    {
        Start();
        var check = StartNextOf(Engine, "web1");
        var result = Results.Exited(Clock.Now, 1, "one") with { Run = check.Run, LongOutput = "host {\ntwo \\ three"u8.ToArray() };
        Engine.Complete(Clock.Now, check.Id, result, Output);
        var host = Blocks(Status()).First(block => block.Type == "hoststatus").Values;
        Assert.Equal("one", host["plugin_output"]);
        Assert.Equal("host {\\ntwo \\\\ three", host["long_plugin_output"]);
    }

    [Fact]
    public void Retention_OfStates_HasThemOldestFirst()
    {
        Start();
        Result("web1", 1);
        Result("web1", 0);
        Result("web1", 1);
        var host = Blocks(Retention()).First(block => block.Type == "host").Values;
        Assert.EndsWith(",0,1,0,1", host["state_history"], StringComparison.Ordinal);
        Assert.Equal(21, host["state_history"].Split(',').Length);
    }

    private void StartWithHistory()
    {
        Engine = Start("interval_length=60", Many + People);
        Assert.Null(Give("ADD_HOST_COMMENT;web1;1;anna;disk"));
        Assert.Null(Give("ADD_SVC_COMMENT;web1;HTTP;1;anna;slow"));
        Assert.Null(Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 3600};1;0;3600;anna;work"));
        Assert.Null(Give($"SCHEDULE_SVC_DOWNTIME;web1;PING;{Seconds};{Seconds + 3600};0;0;600;anna;maybe"));
        Pass(1);
        Result("HTTP", 2);
        Assert.Null(Give("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;2;0;1;anna;known"));
    }

    private string Status() => Written(output => StatusDataWriter.Write(Engine.Snapshot(Clock.Now), Figures, output));

    private string Retention() => Written(output => RetentionDataWriter.Write(Engine.Snapshot(Clock.Now), "1.2.3", output));

    private static string Written(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string KeysOf(IEnumerable<(string Type, Dictionary<string, string> Values)> blocks, string type) =>
        string.Join(' ', blocks.First(block => block.Type == type).Values.Keys);

    private static List<(string Type, Dictionary<string, string> Values)> Blocks(string text)
    {
        List<(string, Dictionary<string, string>)> blocks = [];
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.EndsWith(" {", StringComparison.Ordinal))
            {
                blocks.Add((line[..^2], []));
            }
            else if (line != "}")
            {
                var sign = line.IndexOf('=', StringComparison.Ordinal);
                blocks[^1].Item2.Add(line[..sign], line[(sign + 1)..]);
            }
        }

        return blocks;
    }
}
