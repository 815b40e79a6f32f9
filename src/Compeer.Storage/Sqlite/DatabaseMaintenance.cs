using System.Globalization;
using Compeer.Storage.Model;
using Microsoft.Data.Sqlite;

namespace Compeer.Storage.Sqlite;

/// <summary>What an operator does with a database; a daemon may be using it meanwhile.</summary>
public static class DatabaseMaintenance
{
    /// <summary>Findings that are named at most.</summary>
    private const int MostFindings = 20;

    /// <summary>Everything that is wrong with a database, in SQLite's words; empty when it is whole.</summary>
    /// <exception cref="StorageException">It cannot be read, or is none.</exception>
    public static IReadOnlyList<string> Check(string path) => With(path, connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA integrity_check({MostFindings})");
        var findings = new List<string>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            findings.Add(rows.GetString(0).ReplaceLineEndings(" "));
        }

        return findings is ["ok"] ? [] : findings;
    });

    /// <summary>How much is in it, for people.</summary>
    /// <exception cref="StorageException">It cannot be read, or is none.</exception>
    public static string Describe(string path) => With(path, connection =>
    {
        var states = Number(connection, "SELECT count(*) FROM value WHERE kind = 1");
        var others = Number(connection, "SELECT count(*) FROM value WHERE kind <> 1");
        var entries = Schema.HasStreams(connection) ? Number(connection, "SELECT count(*) FROM entry") : 0;
        return string.Create(
            CultureInfo.InvariantCulture, $"{states} states, {others} other values and {entries} entries of the history");
    });

    /// <summary>Copies a database as it is at one moment into a new file, which only this user may read.</summary>
    /// <exception cref="StorageException">It cannot be read, or the file is there already or cannot be written.</exception>
    public static void Backup(string path, string file)
    {
        if (Path.Exists(file))
        {
            throw new StorageException(StorageFault.Unavailable, $"{file}: something is there already; name a new file");
        }

        With(path, source =>
        {
            try
            {
                SqliteDatabase.Create(file);
                using var copy = SqliteDatabase.Connect(file, SqliteOpenMode.ReadWrite);
                source.BackupDatabase(copy);
                return 0;
            }
            catch (SqliteException fault)
            {
                File.Delete(file);
                throw SqliteFaults.Of(file, fault);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw SqliteFaults.Of(file, fault);
            }
        });
    }

    /// <summary>Writes a database anew without what was deleted in it; a daemon's writes wait for that.</summary>
    /// <returns>Its length before and after, bytes.</returns>
    /// <exception cref="StorageException">It cannot be written, or is none.</exception>
    public static (long Before, long After) Vacuum(string path) => With(path, connection =>
    {
        Schema.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        var before = new FileInfo(path).Length;
        Schema.Execute(connection, "VACUUM");
        Schema.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return (before, new FileInfo(path).Length);
    });

    private static T With<T>(string path, Func<SqliteConnection, T> work)
    {
        if (!File.Exists(path))
        {
            throw new StorageException(StorageFault.Unavailable, $"{path}: there is no such file; a daemon that runs makes it");
        }

        try
        {
            using var connection = SqliteDatabase.Connect(path, SqliteOpenMode.ReadWrite);
            Schema.Check(connection, path);
            return work(connection);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Of(path, fault);
        }
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
