using Compeer.Api;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Storage;
using Compeer.Storage.Sqlite;

namespace Compeer.Daemon.Hosting;

/// <summary>What outlives a restart, at a start: it is read beside the configuration, so that many stored states put off the first checks
/// no longer than the longer of the two takes.</summary>
internal static class NodeDatabase
{
    /// <summary>Reads the configuration; meanwhile the database is read, when the main configuration wants it.</summary>
    public static LoadedConfiguration ReadBeside(string mainFile, DatabaseAhead ahead) => ConfigurationLoader.Load(mainFile, main =>
    {
        if (main.Retention.KeepsState)
        {
            ahead.Begin();
        }
    });

    /// <summary>Opens what outlives a restart; null when the configuration wants nothing to.</summary>
    /// <param name="paths">Where everything is.</param>
    /// <param name="loaded">The configuration that is started with.</param>
    /// <param name="ahead">The database, if it is being read already.</param>
    /// <param name="log">Told of damage.</param>
    public static ValueKeeper? Open(
        MonitorPaths paths, LoadedConfiguration loaded, DatabaseAhead ahead, DaemonLog log)
    {
        if (loaded.Main is not { Retention.KeepsState: true })
        {
            return null;
        }

        var read = ahead.Take();
        if (read is null && SqliteDatabase.Unsaid(paths.Database, TimeProvider.System.GetUtcNow()) is { } damage)
        {
            log.Error(damage);
        }

        return ValueKeeper.Open(
            () => SqliteDatabase.Open(paths.Database),
            () => SqliteDatabase.SetAside(paths.Database, TimeProvider.System.GetUtcNow()),
            SqliteDatabase.Salvage,
            () => SqliteDatabase.ReadOnly(paths.Database),
            log,
            TimeProvider.System,
            paths.Database,
            read);
    }
}
