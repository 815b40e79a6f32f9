using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Macros;

namespace Compeer.Engine.StatusData;

/// <summary>Runs of keys of hosts and services that status.dat and retention.dat have in common.</summary>
internal static class CheckableKeys
{
    /// <summary>The names.</summary>
    public static void WriteName(DataLines lines, CheckableDefinition definition)
    {
        if (definition is ServiceDefinition service)
        {
            lines.Text("host_name"u8, service.Host.Name);
            lines.Text("service_description"u8, service.Description);
        }
        else
        {
            lines.Text("host_name"u8, ((HostDefinition)definition).Name);
        }
    }

    /// <summary>Commands and periods.</summary>
    public static void WriteSettings(DataLines lines, in ObjectView view)
    {
        lines.Call("check_command"u8, view.Snapshot.CheckCommandOf(view.Id));
        lines.Text("check_period"u8, view.Checking.CheckPeriod?.Name);
        lines.Text("notification_period"u8, view.Notifying.Period?.Name);
    }

    /// <summary>The last check.</summary>
    public static void WriteCheck(DataLines lines, in ObjectView view)
    {
        var state = view.State;
        lines.Flag("has_been_checked"u8, state.HasBeenChecked);
        lines.Decimal("check_execution_time"u8, Seconds(state.ExecutionTicks), 3);
        lines.Decimal("check_latency"u8, Seconds(state.LatencyTicks), 3);
        lines.Flag("check_type"u8, state.IsPassive);
        lines.Number("current_state"u8, state.State);
    }

    /// <summary>Events and problems.</summary>
    public static void WriteHistory(DataLines lines, in ObjectView view)
    {
        var history = view.State.History;
        lines.Number("last_event_id"u8, history.LastEventId);
        lines.Number("current_event_id"u8, history.EventId);
        lines.Id("current_problem_id"u8, view.ProblemId);
        lines.Id("last_problem_id"u8, view.LastProblemId);
        lines.Time("problem_start"u8, history.ProblemStartTicks);
        lines.Time("problem_end"u8, history.ProblemEndTicks);
    }

    /// <summary>What the plugin said, and when it was and is to be run.</summary>
    public static void WriteOutput(DataLines lines, in ObjectView view)
    {
        var state = view.State;
        lines.Bytes("plugin_output"u8, state.Output);
        lines.Escaped("long_plugin_output"u8, state.LongOutput);
        lines.Bytes("performance_data"u8, state.PerformanceData);
        lines.Time("last_check"u8, state.LastCheckTicks);
        lines.Time("next_check"u8, state.NextCheckTicks);
        lines.Number("check_options"u8, 0);
    }

    /// <summary>Attempts and whether the state is hard.</summary>
    public static void WriteChanges(DataLines lines, in ObjectView view)
    {
        var state = view.State;
        lines.Flag("state_type"u8, !state.IsSoft);
        lines.Time("last_state_change"u8, state.LastStateChangeTicks);
        lines.Time("last_hard_state_change"u8, state.LastHardStateChangeTicks);
    }

    /// <summary>When it was last in each state; UNKNOWN before CRITICAL, as Naemon has it.</summary>
    public static void WriteTimes(DataLines lines, in ObjectView view)
    {
        var state = view.State;
        if (view.Definition is HostDefinition)
        {
            lines.Time("last_time_up"u8, state.LastTimeState0Ticks);
            lines.Time("last_time_down"u8, state.LastTimeState1Ticks);
            lines.Time("last_time_unreachable"u8, state.LastTimeState2Ticks);
            return;
        }

        lines.Time("last_time_ok"u8, state.LastTimeState0Ticks);
        lines.Time("last_time_warning"u8, state.LastTimeState1Ticks);
        lines.Time("last_time_unknown"u8, state.LastTimeState3Ticks);
        lines.Time("last_time_critical"u8, state.LastTimeState2Ticks);
    }

    /// <summary>How often its problem was told of.</summary>
    public static void WriteNotificationNumber(DataLines lines, in ObjectView view)
    {
        lines.Number("current_notification_number"u8, view.Told.Number);
        lines.Id("current_notification_id"u8, NotificationMacros.IdOf(view.Definition, view.Told.LastTicket));
    }

    /// <summary>The acknowledgement of its problem.</summary>
    public static void WriteAcknowledgement(DataLines lines, in ObjectView view)
    {
        lines.Flag("problem_has_been_acknowledged"u8, view.Acknowledgement.Kind != 0);
        lines.Number("acknowledgement_type"u8, (int)view.Acknowledgement.Kind);
        lines.Time("acknowledgement_end_time"u8, view.Acknowledgement.EndTicks);
    }

    /// <summary>Custom variables.</summary>
    public static void WriteVariables(DataLines lines, in ObjectView view)
    {
        var settings = view.Settings;
        lines.Variables(view.Snapshot.CustomVariablesOf(view.Id), setting => settings[setting] is not null);
    }

    private static double Seconds(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;
}
