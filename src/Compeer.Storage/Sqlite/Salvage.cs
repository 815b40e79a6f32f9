using Compeer.Cluster.Model;
using Microsoft.Data.Sqlite;

namespace Compeer.Storage.Sqlite;

/// <summary>
/// What can still be read in a damaged database: each kind of value from its beginning and from its end, up to the first page that
/// cannot be, and so again for the keys that begin with each byte, and with each two, for what stands between two such pages. What the
/// node knew of everybody's writes is left there, since it claims what is lost, too; so is the history.
/// </summary>
internal static class Salvage
{
    /// <summary>Kinds that are looked for, from 1 on; the versions so far have fewer.</summary>
    private const int MostKinds = 64;

    /// <summary>Beginnings of keys that are tried for each kind.</summary>
    private const int MostLooks = 5_000;

    /// <summary>What is behind every key that goes on from a beginning: names are UTF-8, which has no such byte.</summary>
    private static readonly byte[] Behind = [0xFF, 0xFF];

    /// <summary>Reads it and changes nothing; nothing when it cannot be opened at all.</summary>
    public static StoredValues Read(string path)
    {
        var found = new Dictionary<(RegisterKind Kind, string Key, uint Setting), Update>();
        try
        {
            using var connection = SqliteDatabase.Connect(path, SqliteOpenMode.ReadOnly);

            // So that a file that was cut is read as far as it goes (https://sqlite.org/pragma.html#pragma_writable_schema).
            Schema.Execute(connection, "PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON");
            for (var kind = 1; kind <= MostKinds; kind++)
            {
                ReadKind(connection, kind, found);
            }
        }
        catch (SqliteException)
        {
            // What is wrong with it was said when it was found damaged.
        }

        return new StoredValues([.. found.Values], []);
    }

    private static void ReadKind(
        SqliteConnection connection, int kind, Dictionary<(RegisterKind Kind, string Key, uint Setting), Update> found)
    {
        var beginnings = new Queue<byte[]>([[]]);
        var before = found.Count;
        for (var looks = 0; looks < MostLooks && beginnings.TryDequeue(out var beginning); looks++)
        {
            if (looks > byte.MaxValue + 1 && found.Count == before)
            {
                // There is nothing of it, or no way to it.
                return;
            }

            if (TryRead(connection, kind, beginning, "", found))
            {
                continue;
            }

            TryRead(connection, kind, beginning, " DESC", found);
            for (var next = 0; next <= byte.MaxValue; next++)
            {
                beginnings.Enqueue([.. beginning, (byte)next]);
            }
        }
    }

    /// <returns>Whether all of this kind whose keys begin so could be read.</returns>
    private static bool TryRead(
        SqliteConnection connection,
        int kind,
        byte[] beginning,
        string order,
        Dictionary<(RegisterKind Kind, string Key, uint Setting), Update> found)
    {
        var isWhole = true;
        try
        {
            using var rows = new Statement(
                connection,
                $"{RowCodec.SelectValues} WHERE kind = ? AND key >= ? AND key < ? ORDER BY kind{order}, key{order}, setting{order}");
            rows.Bind(kind).Bind(beginning).Bind([.. beginning, .. Behind]);
            while (rows.Next())
            {
                if (RowCodec.ReadValue(rows) is { } update && (int)update.Kind == kind)
                {
                    found[(update.Kind, Convert.ToHexString(update.Key.Span), update.Setting)] = update;
                }
                else
                {
                    isWhole = false;
                }
            }
        }
        catch (SqliteException)
        {
            return false;
        }

        return isWhole;
    }
}
