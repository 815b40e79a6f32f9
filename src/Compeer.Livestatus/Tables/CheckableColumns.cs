using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns that hosts and services have in common.</summary>
internal static class CheckableColumns
{
    /// <summary>Adds those of the configuration.</summary>
    public static ColumnSet<T> WithDefinition<T>(this ColumnSet<T> columns)
        where T : CheckableDefinition => columns
        .Text("display_name", "The name shown to people", (item, _) => item.DisplayName)
        .Text("check_command", "What is run to check it, with its arguments", (item, scope) =>
            TextOf(scope.Snapshot.CheckCommandOf(scope.IdOf(item))))
        .Int("check_timeout", "Seconds that a check may run", (item, _) => (long)item.Checking.CheckTimeout.TotalSeconds)
        .Text("event_handler", "What is run when its state changes", (item, scope) =>
            TextOf(scope.Snapshot.EventHandlerOf(scope.IdOf(item))))
        .Text("notification_period", "When notifications may be sent; empty for always", (item, scope) =>
            scope.NotifyingOf(item).Period?.Name)
        .Text("check_period", "When it may be checked; empty for always", (item, scope) => scope.CheckingOf(item).CheckPeriod?.Name)
        .Int("initial_state", "The state before the first check", (item, _) => item.Checking.InitialState)
        .Int("max_check_attempts", "Results in a row that make a problem hard", (item, scope) => scope.CheckingOf(item).MaxCheckAttempts)
        .Float("check_interval", "Time between checks, in units of interval_length", (item, scope) =>
            scope.Units(scope.CheckingOf(item).CheckInterval))
        .Float("retry_interval", "Time between checks in a soft problem, in units of interval_length", (item, scope) =>
            scope.Units(scope.CheckingOf(item).RetryInterval))
        .Float("notification_interval", "Time between notifications, in units of interval_length; 0 for one only", (item, scope) =>
            scope.Units(item.Notifying.Interval))
        .Float("first_notification_delay", "Time until the first notification, in units of interval_length", (item, scope) =>
            scope.Units(item.Notifying.FirstDelay))
        .Float("low_flap_threshold", "Per cent of changes below which flapping ends; 0 for the program's", (item, _) =>
            item.FlapDetection.LowThreshold)
        .Float("high_flap_threshold", "Per cent of changes from which it flaps; 0 for the program's", (item, _) =>
            item.FlapDetection.HighThreshold)
        .Int("hourly_value", "What it counts when problems are weighed", (item, _) => item.Processing.HourlyValue)
        .Flag("in_check_period", "Whether it may be checked now", (item, scope) =>
            scope.Periods.Contains(scope.CheckingOf(item).CheckPeriod))
        .Flag("in_notification_period", "Whether notifications may be sent now", (item, scope) =>
            scope.Periods.Contains(scope.NotifyingOf(item).Period))
        .Names("contacts", "Its contacts, named directly or by a group", (item, scope) => scope.Contacts.Of(item))
        .Names("contact_groups", "Its contact groups", (item, _) =>
            item.ContactGroups.IsEmpty ? [] : item.ContactGroups.Select(group => group.Name))
        .CustomVariables((item, scope) => scope.Snapshot.CustomVariablesOf(scope.IdOf(item)));

    /// <summary>Adds those that are for display.</summary>
    public static ColumnSet<T> WithPresentation<T>(this ColumnSet<T> columns)
        where T : CheckableDefinition => columns
        .Shown("notes", "Notes", item => item.Presentation.Notes)
        .Shown("notes_url", "Where more is to be read", item => item.Presentation.NotesUrl)
        .Shown("action_url", "Where something can be done", item => item.Presentation.ActionUrl)
        .Shown("icon_image", "Its icon", item => item.Presentation.IconImage)
        .Text("icon_image_alt", "The text for its icon", (item, _) => item.Presentation.IconImageAlt);

    /// <summary>Adds the switches.</summary>
    public static ColumnSet<T> WithSwitches<T>(this ColumnSet<T> columns)
        where T : CheckableDefinition => columns
        .Flag("checks_enabled", "Whether it is checked by schedule", (item, scope) => scope.CheckingOf(item).ActiveChecksEnabled)
        .Flag("active_checks_enabled", "Whether it is checked by schedule", (item, scope) => scope.CheckingOf(item).ActiveChecksEnabled)
        .Flag("accept_passive_checks", "Whether results from outside are taken", (item, scope) =>
            scope.CheckingOf(item).PassiveChecksEnabled)
        .Flag("should_be_scheduled", "Whether checks of it are scheduled", (item, scope) =>
            scope.CheckingOf(item) is { ActiveChecksEnabled: true } checking && checking.CheckInterval > TimeSpan.Zero)
        .Flag("flap_detection_enabled", "Whether its flapping is detected", (item, scope) =>
            scope.IsOn(item, OperatorSetting.FlapDetection, item.FlapDetection.Enabled))
        .Flag("notifications_enabled", "Whether notifications are sent", (item, scope) => scope.NotifyingOf(item).Enabled)
        .Flag("event_handler_enabled", "Whether its event handler is run", (item, scope) =>
            scope.IsOn(item, OperatorSetting.EventHandlerEnabled, item.Processing.EventHandlerEnabled))
        .Flag("process_performance_data", "Whether its performance data is processed", (item, _) => item.Processing.ProcessPerformanceData)
        .Flag("check_freshness", "Whether results that stay away are noticed", (item, _) => item.Processing.CheckFreshness)
        .Flag("obsess", "Whether the obsessive command is run for it", (item, scope) =>
            scope.IsOn(item, OperatorSetting.Obsession, item.Processing.Obsess))
        .Attributes((item, scope) => ModifiedAttributes.Of(scope.Snapshot.SettingsOf(scope.IdOf(item))));

    /// <summary>Adds those of the check state.</summary>
    public static ColumnSet<T> WithState<T>(this ColumnSet<T> columns)
        where T : CheckableDefinition => columns
        .Bytes("plugin_output", "First line of what the last check said", (item, scope) => scope.StateOf(item).Output)
        .Bytes("long_plugin_output", "Further lines of it, newlines as \\n", (item, scope) => Escaped(scope.StateOf(item).LongOutput))
        .Bytes("perf_data", "Performance data of the last check", (item, scope) => scope.StateOf(item).PerformanceData)
        .State("last_state", "The state at the check before", StateField.LastState)
        .State("last_hard_state", "The last hard state", StateField.LastHardState)
        .State("state_type", "0 for a soft state, 1 for a hard one", StateField.StateType)
        .State("current_attempt", "Which check attempt it is", state => state.Attempt)
        .State("check_type", "0 when the last result was of a check, 1 when it came from outside", StateField.CheckType)
        .State("has_been_checked", "Whether it was ever checked (0/1)", StateField.HasBeenChecked)
        .State("is_flapping", "Whether it is flapping (0/1)", StateField.IsFlapping)
        .Time("last_check", "When the last check was", (item, scope) => scope.StateOf(item).LastCheckTicks)
        .Time("next_check", "When the next check is due", (item, scope) => scope.StateOf(item).NextCheckTicks)
        .Time("last_state_change", "When the state last changed", (item, scope) => scope.StateOf(item).LastStateChangeTicks)
        .Time("last_hard_state_change", "When the hard state last changed", (item, scope) =>
            scope.StateOf(item).LastHardStateChangeTicks)
        .Float("latency", "Seconds that the last check started late", (item, scope) => Seconds(scope.StateOf(item).LatencyTicks))
        .Float("execution_time", "Seconds that the last check ran", (item, scope) => Seconds(scope.StateOf(item).ExecutionTicks))
        .Float("percent_state_change", "Per cent of its last states that changed", (item, scope) =>
            scope.StateOf(item).StateHistory.PercentChange)
        .Float("staleness", "Age of its last result, in check intervals", StalenessOf)
        .PreciseTime("last_update", "When anything about it last changed here", (item, scope) =>
            scope.Snapshot.UpdatedTicksOf(scope.IdOf(item)))
        .Text("check_source", "The node that answers for its checks, once it was checked", (item, scope) =>
            scope.StateOf(item).HasBeenChecked ? scope.Program.CheckSource(scope.IdOf(item)) : "")
        .Flag("is_executing", "Whether this node is checking it now", (item, scope) => scope.IsExecuting(scope.IdOf(item)))
        .Int("check_options", "1 when its next check runs in any case, 2 more when because its last result is stale", OptionsOf)
        .Int("pnpgraph_present", "Whether there is a graph of it (0/1); -1 when pnp_path is not set", (item, scope) =>
            scope.Program.HasGraph is not { } hasGraph ? -1
            : (item is ServiceDefinition service ? hasGraph(service.Host.Name, service.Description)
                : hasGraph(((HostDefinition)(object)item).Name, null)) ? 1 : 0);

    /// <summary>Adds a column of one of the small numbers of the check state.</summary>
    public static ColumnSet<T> State<T>(this ColumnSet<T> columns, string name, string description, StateField field)
        where T : CheckableDefinition => columns.State(name, description, field, (item, scope) => scope.StateOf(item));

    /// <summary>Adds a column of the check state.</summary>
    public static ColumnSet<T> State<T>(this ColumnSet<T> columns, string name, string description, Func<CheckState, long> value)
        where T : CheckableDefinition => columns.Int(name, description, (item, scope) => value(scope.StateOf(item)));

    /// <summary>A command call as the configuration writes it.</summary>
    public static string? TextOf(CommandCall? call) => call is null ? null
        : call.Arguments.IsEmpty ? call.Command.Name
        : call.Arguments is [var only] && !only.Contains('!', StringComparison.Ordinal) ? $"{call.Command.Name}!{only}"
        : string.Join('!', [
            call.Command.Name,
            .. call.Arguments.Select(argument => argument.Replace("!", "\\!", StringComparison.Ordinal))]);

    private static ColumnSet<T> Shown<T>(this ColumnSet<T> columns, string name, string description, Func<T, string?> text)
        where T : CheckableDefinition => columns
        .Text(name, description, (item, _) => text(item))
        .Bytes($"{name}_expanded", $"{description}, macros replaced", (item, scope) =>
            text(item) is { } value ? scope.Macros.Expand(item, value) : []);

    /// <summary>Naemon's <c>CHECK_OPTION_FORCE_EXECUTION</c> and <c>CHECK_OPTION_FRESHNESS_CHECK</c>.</summary>
    private static long OptionsOf<T>(T item, QueryScope scope)
        where T : CheckableDefinition =>
        scope.Snapshot.Forced.IsEmpty || !scope.Snapshot.Forced.TryGetValue(scope.IdOf(item), out var isForFreshness) ? 0
        : isForFreshness ? 3 : 1;

    private static double StalenessOf<T>(T item, QueryScope scope)
        where T : CheckableDefinition
    {
        var unit = scope.Snapshot.Configuration.Main.IntervalLength;
        var interval = scope.CheckingOf(item).CheckInterval;
        var last = Math.Max(scope.StateOf(item).LastCheckTicks, DateTime.UnixEpoch.Ticks);
        return (scope.Snapshot.TakenAt.Wall.UtcTicks - last) / (double)(interval > TimeSpan.Zero ? interval : unit).Ticks;
    }

    private static double Seconds(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;

    /// <summary>On one line, as Naemon keeps it: each newline is \n, each backslash \\.</summary>
    private static ReadOnlySpan<byte> Escaped(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'\n', (byte)'\\') < 0)
        {
            return text;
        }

        var escaped = new List<byte>(text.Length + 16);
        foreach (var value in text)
        {
            switch (value)
            {
                case (byte)'\n':
                    escaped.AddRange("\\n"u8);
                    break;
                case (byte)'\\':
                    escaped.AddRange("\\\\"u8);
                    break;
                default:
                    escaped.Add(value);
                    break;
            }
        }

        return escaped.ToArray();
    }
}
