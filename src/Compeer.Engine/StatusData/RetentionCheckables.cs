using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.StatusData;

/// <summary>The blocks <c>host</c> and <c>service</c> of retention.dat. Naemon orders their keys differently, and writes a switch only
/// when it is not as the configuration has it: with that before it.</summary>
internal static class RetentionCheckables
{
    /// <summary>Writes one.</summary>
    public static void Write(DataLines lines, in ObjectView view)
    {
        var isHost = view.Definition is HostDefinition;
        var rules = view.Snapshot.Configuration.Main.Retention;
        lines.Begin(isHost ? "host"u8 : "service"u8);
        CheckableKeys.WriteName(lines, view.Definition);
        lines.Number(
            "modified_attributes"u8,
            ModifiedAttributes.Of(view.Settings) & ~(isHost ? rules.ForgottenOfHosts : rules.ForgottenOfServices));
        CheckableKeys.WriteSettings(lines, view);
        lines.Call("event_handler"u8, view.Snapshot.EventHandlerOf(view.Id));
        CheckableKeys.WriteCheck(lines, view);
        lines.Number("last_state"u8, view.State.LastState);
        lines.Number("last_hard_state"u8, view.State.LastHardState);
        CheckableKeys.WriteHistory(lines, view);
        if (isHost)
        {
            CheckableKeys.WriteOutput(lines, view);
        }

        lines.Number("current_attempt"u8, view.State.Attempt);
        lines.Number("max_attempts"u8, view.Checking.MaxCheckAttempts);
        lines.Decimal("normal_check_interval"u8, view.Units(view.Checking.CheckInterval), 6);
        lines.Decimal("retry_check_interval"u8, view.Units(view.Checking.RetryInterval), 6);
        CheckableKeys.WriteChanges(lines, view);
        CheckableKeys.WriteTimes(lines, view);
        if (!isHost)
        {
            CheckableKeys.WriteOutput(lines, view);
        }

        WriteTold(lines, view, isHost);
        WriteSwitches(lines, view, isHost);
        WriteFlapping(lines, view, isHost);
        CheckableKeys.WriteVariables(lines, view);
        lines.End();
    }

    private static void WriteTold(DataLines lines, in ObjectView view, bool isHost)
    {
        var told = view.Told;
        if (isHost)
        {
            lines.Flag("notified_on_down"u8, told.NotifiedOn.HasFlag(StateOptions.Down));
            lines.Flag("notified_on_unreachable"u8, told.NotifiedOn.HasFlag(StateOptions.Unreachable));
            lines.Time("last_notification"u8, told.LastTicks);
            CheckableKeys.WriteNotificationNumber(lines, view);
            return;
        }

        lines.Flag("notified_on_unknown"u8, told.NotifiedOn.HasFlag(StateOptions.Unknown));
        lines.Flag("notified_on_warning"u8, told.NotifiedOn.HasFlag(StateOptions.Warning));
        lines.Flag("notified_on_critical"u8, told.NotifiedOn.HasFlag(StateOptions.Critical));
        CheckableKeys.WriteNotificationNumber(lines, view);
        lines.Time("last_notification"u8, told.LastTicks);
    }

    private static void WriteSwitches(DataLines lines, in ObjectView view, bool isHost)
    {
        var definition = view.Definition;
        lines.ChangedFlag("notifications_enabled"u8, definition.Notifying.Enabled, view.Notifying.Enabled);
        if (isHost)
        {
            CheckableKeys.WriteAcknowledgement(lines, view);
        }

        lines.ChangedFlag("active_checks_enabled"u8, definition.Checking.ActiveChecksEnabled, view.Checking.ActiveChecksEnabled);
        lines.ChangedFlag("passive_checks_enabled"u8, definition.Checking.PassiveChecksEnabled, view.Checking.PassiveChecksEnabled);
        Write(lines, "event_handler_enabled"u8, view, OperatorSetting.EventHandlerEnabled, definition.Processing.EventHandlerEnabled);
        if (!isHost)
        {
            CheckableKeys.WriteAcknowledgement(lines, view);
        }

        Write(lines, "flap_detection_enabled"u8, view, OperatorSetting.FlapDetection, definition.FlapDetection.Enabled);
        Write(lines, "obsess"u8, view, OperatorSetting.Obsession, definition.Processing.Obsess);
    }

    private static void WriteFlapping(DataLines lines, in ObjectView view, bool isHost)
    {
        var state = view.State;
        if (!isHost)
        {
            lines.Moment("last_update"u8, state.LastCheckTicks);
        }

        lines.Flag("is_flapping"u8, state.IsFlapping);
        lines.Decimal("percent_state_change"u8, state.StateHistory.PercentChange, 2);
        lines.Number("check_flapping_recovery_notification"u8, 0);
        if (isHost)
        {
            lines.Moment("last_update"u8, state.LastCheckTicks);
        }

        lines.History("state_history"u8, state.StateHistory);
    }

    private static void Write(
        DataLines lines, ReadOnlySpan<byte> key, in ObjectView view, OperatorSetting setting, bool configured) =>
        lines.ChangedFlag(key, configured, view.IsOn(setting, configured));
}
