using System.Globalization;
using Compeer.Storage.Model;
using Microsoft.Data.Sqlite;

namespace Compeer.Storage.Sqlite;

/// <summary>The tables of the database, and their version. Append only: a version is made from the one before it.</summary>
internal static class Schema
{
    /// <summary>The version that this program writes.</summary>
    public const int Version = 2;

    /// <summary>"CMPR": says what kind of file it is, for file(1) and for us.</summary>
    private const int ApplicationId = 0x434D_5052;

    private const string First = """
        CREATE TABLE value (
          kind INTEGER NOT NULL,
          key BLOB NOT NULL,
          setting INTEGER NOT NULL,
          origin BLOB NOT NULL,
          sequence INTEGER NOT NULL,
          clock INTEGER NOT NULL,
          epoch INTEGER NOT NULL,
          removed INTEGER NOT NULL,
          payload BLOB NOT NULL,
          rest BLOB NOT NULL,
          PRIMARY KEY (kind, key, setting)
        ) WITHOUT ROWID;
        CREATE TABLE knowledge (
          origin BLOB PRIMARY KEY NOT NULL,
          ranges BLOB NOT NULL,
          dropped INTEGER NOT NULL,
          partial INTEGER NOT NULL
        ) WITHOUT ROWID;
        """;

    /// <summary>Version 2: streams. The one row of <c>told</c> says since when, in milliseconds since 1970, and how far in the log
    /// people were told of their entries.</summary>
    private const string Second = """
        CREATE TABLE stream (
          kind INTEGER NOT NULL,
          origin BLOB NOT NULL,
          ranges BLOB NOT NULL,
          floor INTEGER NOT NULL,
          PRIMARY KEY (kind, origin)
        ) WITHOUT ROWID;
        CREATE TABLE entry (
          kind INTEGER NOT NULL,
          origin BLOB NOT NULL,
          number INTEGER NOT NULL,
          written INTEGER NOT NULL,
          payload BLOB NOT NULL,
          rest BLOB NOT NULL,
          PRIMARY KEY (kind, origin, number)
        ) WITHOUT ROWID;
        CREATE TABLE told (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          since INTEGER NOT NULL,
          file INTEGER,
          position INTEGER
        );
        """;

    /// <summary>Makes the tables of a file that has none, and those that a version before this one did not have.</summary>
    /// <exception cref="StorageException">It is a database of a later version, or of another program.</exception>
    public static void Prepare(SqliteConnection connection, string path)
    {
        if (IsEmpty(connection))
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
                BEGIN IMMEDIATE;
                {First}
                {Second}
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {Version};
                COMMIT;
                """));
            return;
        }

        if (Pragma(connection, "application_id") == ApplicationId && Pragma(connection, "user_version") == 1)
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
                BEGIN IMMEDIATE;
                {Second}
                PRAGMA user_version = {Version};
                COMMIT;
                """));
        }

        Refuse(connection, path);
    }

    /// <summary>Looks whether it is a database that this version understands.</summary>
    /// <exception cref="StorageException">It is not.</exception>
    public static void Check(SqliteConnection connection, string path)
    {
        if (IsEmpty(connection))
        {
            throw new StorageException(StorageFault.Foreign, $"{path}: it is empty; mond fills it when it starts");
        }

        Refuse(connection, path);
    }

    /// <summary>Whether it is a database as this version writes it, of which <see cref="Prepare"/> changes nothing.</summary>
    public static bool IsCurrent(SqliteConnection connection) =>
        Pragma(connection, "application_id") == ApplicationId && Pragma(connection, "user_version") == Version;

    /// <summary>Whether it has the tables of streams: one that no daemon of this version has opened yet has not.</summary>
    public static bool HasStreams(SqliteConnection connection) => Pragma(connection, "user_version") >= 2;

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static bool IsEmpty(SqliteConnection connection) => Pragma(connection, "application_id") == 0
        && Pragma(connection, "user_version") == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0;

    private static void Refuse(SqliteConnection connection, string path)
    {
        var (application, version) = (Pragma(connection, "application_id"), Pragma(connection, "user_version"));
        if (application != ApplicationId)
        {
            throw new StorageException(
                StorageFault.Foreign, $"{path}: it is a database of another program; move it away, and a new one is made");
        }

        if (version is < 1 or > Version)
        {
            throw new StorageException(
                StorageFault.Foreign,
                $"{path}: it has version {version}, this program understands {Version}; it is left as it is: install the version of "
                + "Compeer that wrote it, or move it away");
        }
    }

    private static long Pragma(SqliteConnection connection, string name) => Number(connection, $"PRAGMA {name}");

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
