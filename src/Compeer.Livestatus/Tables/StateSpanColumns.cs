using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of a span of the history of a host or service.</summary>
internal static class StateSpanColumns
{
    private static readonly (string Name, int State)[] States =
        [("ok", 0), ("warning", 1), ("critical", 2), ("unknown", 3), ("unmonitored", Condition.Unmonitored)];

    /// <summary>All of them.</summary>
    public static ColumnSet<StateSpan> All { get; } = WithDurations(new ColumnSet<StateSpan>()
        .Time("time", "When it ended", (span, _) => Ticks(span.Until))
        .Int("lineno", "The number of the last line about the object in its file", (span, _) => span.Line)
        .Time("from", "When it began", (span, _) => Ticks(span.From))
        .Time("until", "When it ended", (span, _) => Ticks(span.Until))
        .Int("duration", "Seconds of it", (span, _) => span.Duration)
        .Float("duration_part", "What part it is of all that is asked for", (span, _) => span.Part)
        .Int("state", "The state, of hosts too; -1 for not monitored", (span, _) => span.Condition.State)
        .Flag("host_down", "Whether the host was not up", (span, _) => span.Condition.IsHostDown)
        .Flag("in_downtime", "Whether it was in a downtime", (span, _) => span.Condition.IsInDowntime)
        .Flag("in_host_downtime", "Whether the host was in a downtime", (span, _) => span.Condition.IsInHostDowntime)
        .Flag("is_flapping", "Whether it flapped", (span, _) => span.Condition.IsFlapping)
        .Flag("in_notification_period", "Whether it was in its notification period", (span, _) => span.Condition.IsInNotificationPeriod)
        .Text("notification_period", "Its notification period", (span, scope) => scope.NotifyingOf(span.Subject).Period?.Name)
        .Flag("in_service_period", "Whether it was in its service period", (span, _) => span.Condition.IsInServicePeriod)
        .Text("service_period", "Its service period, the custom variable SERVICE_PERIOD", (span, _) => span.Subject.CustomVariables
            .FirstOrDefault(pair => pair.Key.Equals("SERVICE_PERIOD", StringComparison.OrdinalIgnoreCase)).Value)
        .Text("debug_info", "What made it begin", (span, _) => span.Condition.Because)
        .Text("host_name", "The host", (span, _) => span.Host.Name)
        .Text("service_description", "The service; empty for a host", (span, _) => span.Service?.Description)
        .Bytes("log_output", "What the check said", (span, _) => span.Condition.Output));

    private static ColumnSet<StateSpan> WithDurations(ColumnSet<StateSpan> columns)
    {
        foreach ((var name, var state) in States)
        {
            columns.Int($"duration_{name}", $"Seconds in state {name}", (span, _) => span.DurationIn(state));
            columns.Float(
                $"duration_part_{name}", $"What part of all that is asked for it was in state {name}", (span, _) => span.PartIn(state));
        }

        return columns;
    }

    private static long Ticks(long seconds) => DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond);
}
