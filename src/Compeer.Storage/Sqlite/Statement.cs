using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Compeer.Storage.Sqlite;

/// <summary>A prepared statement that is run very often: bytes go in and come out without a copy of their own.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public Statement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public Statement Bind(ReadOnlySpan<byte> value)
    {
        // A pointer to nothing would be NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_bound, 0) : raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    public Statement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    /// <summary>Makes a query ready for the next values, however many of its rows were read.</summary>
    public void Reset()
    {
        _bound = 0;
        raw.sqlite3_reset(_statement);
    }

    /// <summary>Runs it to its end and makes it ready for the next values.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        _bound = 0;
        raw.sqlite3_reset(_statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
    }

    /// <summary>The next row; false when there is none.</summary>
    public bool Next()
    {
        var result = raw.sqlite3_step(_statement);
        Check(result is raw.SQLITE_ROW or raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        return result == raw.SQLITE_ROW;
    }

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
