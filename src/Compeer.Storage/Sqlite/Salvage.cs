using Compeer.Cluster.Model;
using Microsoft.Data.Sqlite;

namespace Compeer.Storage.Sqlite;

/// <summary>
/// What can still be read in a damaged database: each kind of value from its beginning and from its end, up to the first page that
/// cannot be. What the node knew of everybody's writes is left there, since it claims what is lost, too; so is the history.
/// </summary>
internal static class Salvage
{
    /// <summary>Kinds that are looked for, from 1 on; the versions so far have fewer.</summary>
    private const int MostKinds = 64;

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
                if (!TryRead(connection, kind, "", found))
                {
                    TryRead(connection, kind, " DESC", found);
                }
            }
        }
        catch (SqliteException)
        {
            // What is wrong with it was said when it was found damaged.
        }

        return new StoredValues([.. found.Values], []);
    }

    /// <returns>Whether all of this kind could be read.</returns>
    private static bool TryRead(
        SqliteConnection connection, int kind, string order, Dictionary<(RegisterKind Kind, string Key, uint Setting), Update> found)
    {
        var isWhole = true;
        try
        {
            using var rows = new Statement(
                connection, $"{RowCodec.SelectValues} WHERE kind = ? ORDER BY kind{order}, key{order}, setting{order}");
            rows.Bind(kind);
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
