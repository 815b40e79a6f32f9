using Compeer.Cluster.Model;
using Compeer.Platform.Errors;
using Compeer.Storage.Model;
using Microsoft.Data.Sqlite;

namespace Compeer.Storage.Sqlite;

/// <summary>
/// The values of a node in one SQLite file with a write-ahead log beside it: a write is on the disk when it returns, and readers
/// (<c>mon db</c>, sqlite3) do not disturb it.
/// </summary>
public sealed class SqliteDatabase : IValueDatabase
{
    /// <summary>How long another program that holds it is waited for, seconds.</summary>
    private const int PatienceSeconds = 5;

    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly Statement _put;
    private readonly Statement _putKnowledge;
    private readonly Statement _delete;
    private readonly StreamRows _streams;

    private SqliteDatabase(string path, SqliteConnection connection, StreamLimits limits)
    {
        _path = path;
        _connection = connection;
        _put = new Statement(connection, RowCodec.PutValue);
        _putKnowledge = new Statement(connection, RowCodec.PutKnowledge);
        _delete = new Statement(connection, RowCodec.DeleteValue);
        _streams = new StreamRows(connection, limits);
    }

    /// <summary>Opens the database; a file that is not there is made, for nobody else to read.</summary>
    /// <exception cref="StorageException">It cannot be used.</exception>
    /// <param name="path">Where it is.</param>
    /// <param name="limits">How much of streams it keeps; null for the usual.</param>
    public static SqliteDatabase Open(string path, StreamLimits? limits = null)
    {
        SqliteConnection? connection = null;
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            connection = Connect(path, SqliteOpenMode.ReadWrite);
            Schema.Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864");
            Schema.Prepare(connection, path);
            return new SqliteDatabase(path, connection, limits ?? new StreamLimits());
        }
        catch (SqliteException fault)
        {
            connection?.Dispose();
            throw SqliteFaults.Of(path, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw SqliteFaults.Of(path, fault);
        }
        catch (StorageException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Opens and reads a database before it is known whether it is wanted, while something else is under way: only one that is
    /// whole and that no earlier version wrote, so that nothing is changed by it and nothing of it goes unsaid.</summary>
    /// <returns>The database, to be closed by the caller, and what it has; null for one that is to be opened as usual: it is not there,
    /// is damaged, <see cref="Unsaid"/> has something to say of it, or it cannot be used now.</returns>
    public static (IValueDatabase Database, StoredValues Found)? Ahead(string path)
    {
        SqliteDatabase? database = null;
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 } || WriteAheadLog.Damage(path) is not null || !IsCurrent(path))
            {
                return null;
            }

            database = Open(path);
            return (database, database.Read());
        }
        catch (Exception fault) when (fault is SqliteException or StorageException or IOException or UnauthorizedAccessException)
        {
            // It is said when it is opened as usual.
            database?.Dispose();
            return null;
        }
    }

    /// <summary>What a database has that may only be read now; nothing when that is not possible either.</summary>
    public static StoredValues ReadOnly(string path)
    {
        try
        {
            // Not even its lock can be taken in a folder that cannot be written, so nobody else may be writing it.
            using var connection = Connect(new Uri(path).AbsoluteUri + "?immutable=1", SqliteOpenMode.ReadOnly);
            Schema.Check(connection, path);
            return Read(connection, path);
        }
        catch (Exception fault) when (fault is SqliteException or StorageException)
        {
            // Why it cannot be used was said when it was opened.
            return StoredValues.Empty;
        }
    }

    /// <summary>What can still be read of a damaged database, which stays as it is; see <see cref="Sqlite.Salvage"/>.</summary>
    public static StoredValues Salvage(string path) => Sqlite.Salvage.Read(path);

    /// <summary>Looks for damage that would go unsaid when the database is opened: SQLite takes an empty file for a new one, and leaves
    /// out what stands behind a damaged place of its write-ahead log. Such a log is kept aside. To be called before the first
    /// <see cref="Open"/>.</summary>
    /// <returns>What is wrong, and where it is kept; null when nothing is.</returns>
    public static string? Unsaid(string path, DateTimeOffset now)
    {
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length == 0)
            {
                return $"{path}: it is empty: what it had is lost";
            }

            if (WriteAheadLog.Damage(path) is not { } damage)
            {
                return null;
            }

            var aside = $"{path}-wal.bad-{now.ToUniversalTime():yyyyMMdd-HHmmss}";
            File.Copy(path + "-wal", aside, overwrite: true);
            return $"{path}-wal: {damage}; it is kept as {aside}";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{path}-wal: {SystemError.Words(fault)}";
        }
    }

    /// <summary>Puts a database that cannot be used out of the way, with what belongs to it.</summary>
    /// <returns>Where it is now.</returns>
    /// <exception cref="StorageException">It cannot be moved.</exception>
    public static string SetAside(string path, DateTimeOffset now)
    {
        var aside = $"{path}.bad-{now.ToUniversalTime():yyyyMMdd-HHmmss}";
        try
        {
            foreach (var suffix in (ReadOnlySpan<string>)["-wal", "-shm", ""])
            {
                if (File.Exists(path + suffix))
                {
                    File.Move(path + suffix, aside + suffix, overwrite: true);
                }
            }

            return aside;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Of($"{path} cannot be renamed to {aside}", fault);
        }
    }

    /// <inheritdoc/>
    public StoredValues Read() => Read(_connection, _path);

    /// <inheritdoc/>
    public IReadOnlyList<(StreamId Stream, long Floor)> Write(UnstoredValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        try
        {
            // Locked at once: what reads first could find that another wrote meanwhile.
            using var transaction = _connection.BeginTransaction(deferred: false);
            foreach (var update in values.Values)
            {
                RowCodec.Write(_put, update);
            }

            foreach (var key in values.Gone)
            {
                _delete.Bind((long)key.Kind).Bind(key.Key.Span).Bind(key.Setting).Run();
            }

            foreach (var entry in values.Knowledge)
            {
                RowCodec.Write(_putKnowledge, entry);
            }

            IReadOnlyList<(StreamId Stream, long Floor)> floors = values.Streams is { } streams ? _streams.Write(streams) : [];
            transaction.Commit();
            return floors;
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Of(_path, fault);
        }
    }

    /// <inheritdoc/>
    public (IReadOnlyList<StreamEntry> Entries, bool IsEnd) Read(StreamFetch fetch)
    {
        try
        {
            return _streams.Read(fetch);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Of(_path, fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _streams.Dispose();
        _put.Dispose();
        _putKnowledge.Dispose();
        _delete.Dispose();
        _connection.Dispose();
    }

    /// <summary>Makes an empty file that only this user may read; SQLite gives what it puts beside it the same mode.</summary>
    internal static void Create(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    internal static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = PatienceSeconds,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool IsCurrent(string path)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadOnly);
        return Schema.IsCurrent(connection);
    }

    private static StoredValues Read(SqliteConnection connection, string path)
    {
        try
        {
            var values = new List<Update>();
            using (var rows = new Statement(connection, RowCodec.SelectValues))
            {
                while (rows.Next())
                {
                    values.Add(RowCodec.ReadValue(rows) ?? throw Damaged(path));
                }
            }

            var knowledge = new List<OriginKnowledge>();
            using (var rows = new Statement(connection, RowCodec.SelectKnowledge))
            {
                while (rows.Next())
                {
                    knowledge.Add(RowCodec.ReadKnowledge(rows) ?? throw Damaged(path));
                }
            }

            var (streams, isDamaged) = Schema.HasStreams(connection) ? StreamRows.Read(connection) : (null, false);
            return isDamaged ? throw Damaged(path) : new StoredValues(values, knowledge) { Streams = streams };
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Of(path, fault);
        }
    }

    private static StorageException Damaged(string path) =>
        new(StorageFault.Damaged, $"{path}: it has a row that no version of this program writes");
}
