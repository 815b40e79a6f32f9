using System.Globalization;
using Compeer.Api;

namespace Compeer.Cli.Output;

/// <summary>What outlives a restart of a node, for people and as variables.</summary>
internal static class StorageText
{
    /// <summary>One line: size, last write, what waits, and what is or was wrong.</summary>
    public static string Of(StorageState storage, Palette palette, DateTimeOffset now)
    {
        var written = storage.LastWrittenAt is { } at ? $"last written {DurationText.Format(now - at)} ago" : "not written yet";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{storage.Bytes / 1024.0 / 1024.0:0.0} MiB, {written}, {storage.HistoryUnstored} of {storage.HistoryEntries} entries of "
            + $"history waiting, oldest unwritten {storage.BehindSeconds:0.0}s");
        return storage switch
        {
            { Problem: { } problem } => $"{text} - {palette.Bad(problem)}",
            { LastFault: { } fault, LastFaultAt: { } since } => $"{text}; last fault {DurationText.Format(now - since)} ago: {fault}",
            _ => text,
        };
    }

    /// <summary>The same as variables of <c>mon node info</c>; times are seconds since 1970.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(StorageState storage) =>
    [
        ("storage_behind_seconds", storage.BehindSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
        ("storage_bytes", storage.Bytes.ToString(CultureInfo.InvariantCulture)),
        ("storage_history_entries", storage.HistoryEntries.ToString(CultureInfo.InvariantCulture)),
        ("storage_history_lost", storage.HistoryLost.ToString(CultureInfo.InvariantCulture)),
        ("storage_history_waiting", storage.HistoryUnstored.ToString(CultureInfo.InvariantCulture)),
        ("storage_last_fault", storage.LastFault ?? ""),
        ("storage_last_fault_at", Seconds(storage.LastFaultAt)),
        ("storage_last_written", Seconds(storage.LastWrittenAt)),
        ("storage_problem", storage.Problem ?? ""),
    ];

    private static string Seconds(DateTimeOffset? at) => (at?.ToUnixTimeSeconds() ?? 0).ToString(CultureInfo.InvariantCulture);
}
