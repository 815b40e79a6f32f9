using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of a line of the log.</summary>
internal static class LogColumns
{
    /// <summary>All of them.</summary>
    public static ColumnSet<LogRow> All { get; } = new ColumnSet<LogRow>()
        .Time("time", "When it was written", (row, _) => Ticks(row.Line.Time))
        .Int("lineno", "Its number in its file", (row, _) => row.Line.Number)
        .Int("class", "0 other, 1 alert, 2 program, 3 notification, 4 result from outside, 5 command, 6 state", (row, _) =>
            (long)row.Parts.Class)
        .Bytes("message", "The whole line, its time included", (row, _) => row.Line.Text(row.Parts.Whole))
        .Bytes("type", "What stands before the colon; all of it when it is of no known form", (row, _) => row.Line.Text(row.Parts.Type))
        .Bytes("options", "What stands behind the colon", (row, _) => row.Line.Text(row.Parts.Options))
        .Bytes("comment", "What it says for people", (row, _) => row.Line.Text(row.Parts.Comment))
        .Bytes("plugin_output", "What the check said", (row, _) => row.Line.Text(row.Parts.Output))
        .Int("state", "The state of the host or service", (row, _) => row.Parts.State)
        .Bytes("state_type", "SOFT or HARD; of other lines the word that stands there", (row, _) => row.Line.Text(row.Parts.StateType))
        .Int("attempt", "The number of the check attempt", (row, _) => row.Parts.Attempt)
        .Bytes("service_description", "The service that it is about", (row, _) => row.Line.Text(row.Parts.Service))
        .Bytes("host_name", "The host that it is about", (row, _) => row.Line.Text(row.Parts.Host))
        .Bytes("contact_name", "The contact that it is about", (row, _) => row.Line.Text(row.Parts.Contact))
        .Bytes("command_name", "The command that it is about", (row, _) => row.Line.Text(row.Parts.Command));

    private static long Ticks(long seconds) => DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond);
}
