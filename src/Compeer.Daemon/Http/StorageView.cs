using System.Globalization;
using System.Text;
using Compeer.Api;
using Compeer.Daemon.Storage;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.Http;

/// <summary>What outlives a restart as the HTTP interface shows it.</summary>
internal static class StorageView
{
    /// <summary>The state; null when nothing outlives a restart.</summary>
    public static StorageState? Make(StorageFigures figures, ValueKeeper? keeper)
    {
        if (keeper is null)
        {
            return null;
        }

        var (written, fault) = keeper.Record.Last;
        return new StorageState(
            keeper.SizeBytes,
            Math.Max(figures.UnstoredFor.TotalSeconds, keeper.WaitingFor.TotalSeconds),
            figures.History.Entries,
            figures.History.Unstored,
            figures.History.Lost,
            keeper.Problem)
        {
            LastWrittenAt = written,
            LastFault = fault?.Text,
            LastFaultAt = fault?.At,
        };
    }

    /// <summary>The metrics of the storage and of what is kept in it.</summary>
    public static void Add(StringBuilder text, EngineSnapshot engine, StorageFigures figures, ValueKeeper? keeper)
    {
        Add(text, "compeer_comments", "gauge", "Comments of hosts and services.", engine.Comments.Count);
        Add(text, "compeer_downtimes", "gauge", "Downtimes that are in effect or to come.", engine.Downtimes.Count);
        Add(text, "compeer_acknowledgements", "gauge", "Problems that are acknowledged.", engine.Acknowledgements.Count);
        var waiting = engine.Told.Values.Sum(told => told.Pending.Length);
        Add(text, "compeer_notifications_waiting", "gauge", "Notifications of all nodes that are to be sent, or being sent.", waiting);
        var told = engine.Notifications;
        Add(text, "compeer_notifications_sent_total", "counter", "Commands that told a contact of something, and ended well.", told.Sent);
        Add(text, "compeer_notifications_failed_total", "counter", "Commands of contacts that failed and are given up.", told.Failed);
        Add(
            text,
            "compeer_notifications_suppressed_total",
            "counter",
            "Notifications that were held back, counted when the reason changes.",
            told.Suppressed);
        Add(text, "compeer_history_entries", "gauge", "Entries of the history of all nodes that are kept here.", figures.History.Entries);
        if (Make(figures, keeper) is not { } storage)
        {
            return;
        }

        Add(text, "compeer_history_unstored", "gauge", "Those of them that are not in the database yet.", storage.HistoryUnstored);
        Add(
            text,
            "compeer_history_lost_total",
            "counter",
            "Entries of the history that were let go because the database could not be written for too long.",
            storage.HistoryLost);
        Add(text, "compeer_storage_bytes", "gauge", "Size of the database with its log.", storage.Bytes);
        Add(text, "compeer_storage_behind_seconds", "gauge", "Age of the oldest that is not in the database yet.", storage.BehindSeconds);
        if (storage.LastWrittenAt is { } at)
        {
            const string Help = "When the database was last written, seconds since 1970.";
            Add(text, "compeer_storage_written_timestamp_seconds", "gauge", Help, at.ToUnixTimeMilliseconds() / 1000.0);
        }

        Add(text, "compeer_storage_works", "gauge", "1 while the database can be written.", storage.Problem is null ? 1 : 0);
    }

    private static void Add(StringBuilder text, string name, string type, string help, double value) => text.Append(
        CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value}\n");
}
