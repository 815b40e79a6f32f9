using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.StatusData;

/// <summary>The blocks <c>hoststatus</c> and <c>servicestatus</c> of status.dat. Naemon orders their keys differently.</summary>
internal static class StatusCheckables
{
    /// <summary>Writes one.</summary>
    public static void Write(DataLines lines, in ObjectView view)
    {
        var isHost = view.Definition is HostDefinition;
        lines.Begin(isHost ? "hoststatus"u8 : "servicestatus"u8);
        CheckableKeys.WriteName(lines, view.Definition);
        lines.Number("modified_attributes"u8, ModifiedAttributes.Of(view.Settings));
        CheckableKeys.WriteSettings(lines, view);
        lines.Decimal("check_interval"u8, view.Units(view.Checking.CheckInterval), 6);
        lines.Decimal("retry_interval"u8, view.Units(view.Checking.RetryInterval), 6);
        lines.Call("event_handler"u8, view.Snapshot.EventHandlerOf(view.Id));
        CheckableKeys.WriteCheck(lines, view);
        lines.Number("last_hard_state"u8, view.State.LastHardState);
        CheckableKeys.WriteHistory(lines, view);
        if (isHost)
        {
            CheckableKeys.WriteOutput(lines, view);
        }

        lines.Number("current_attempt"u8, view.State.Attempt);
        lines.Number("max_attempts"u8, view.Checking.MaxCheckAttempts);
        CheckableKeys.WriteChanges(lines, view);
        CheckableKeys.WriteTimes(lines, view);
        if (isHost)
        {
            WriteNotificationTimes(lines, view);
            CheckableKeys.WriteNotificationNumber(lines, view);
            lines.Flag("notifications_enabled"u8, view.Notifying.Enabled);
            CheckableKeys.WriteAcknowledgement(lines, view);
            WriteCheckSwitches(lines, view);
        }
        else
        {
            CheckableKeys.WriteOutput(lines, view);
            CheckableKeys.WriteNotificationNumber(lines, view);
            WriteNotificationTimes(lines, view);
            lines.Flag("notifications_enabled"u8, view.Notifying.Enabled);
            WriteCheckSwitches(lines, view);
            CheckableKeys.WriteAcknowledgement(lines, view);
        }

        WriteRest(lines, view);
        lines.End();
    }

    private static void WriteNotificationTimes(DataLines lines, in ObjectView view)
    {
        lines.Time("last_notification"u8, view.Told.LastTicks);
        lines.Time("next_notification"u8, view.Told.NextTicks);
        lines.Flag("no_more_notifications"u8, view.Told.NoMore);
    }

    private static void WriteCheckSwitches(DataLines lines, in ObjectView view)
    {
        lines.Flag("active_checks_enabled"u8, view.Checking.ActiveChecksEnabled);
        lines.Flag("passive_checks_enabled"u8, view.Checking.PassiveChecksEnabled);
        lines.Flag(
            "event_handler_enabled"u8,
            view.IsOn(OperatorSetting.EventHandlerEnabled, view.Definition.Processing.EventHandlerEnabled));
    }

    private static void WriteRest(DataLines lines, in ObjectView view)
    {
        var processing = view.Definition.Processing;
        lines.Flag("flap_detection_enabled"u8, view.IsOn(OperatorSetting.FlapDetection, view.Definition.FlapDetection.Enabled));
        lines.Flag("process_performance_data"u8, processing.ProcessPerformanceData);
        lines.Flag("obsess"u8, view.IsOn(OperatorSetting.Obsession, processing.Obsess));
        lines.Flag("is_flapping"u8, view.State.IsFlapping);
        lines.Decimal("percent_state_change"u8, view.State.StateHistory.PercentChange, 2);
        lines.Number("scheduled_downtime_depth"u8, view.DowntimeDepth);
        lines.Moment("last_update"u8, view.State.LastCheckTicks);
        CheckableKeys.WriteVariables(lines, view);
    }
}
