using Compeer.Platform.Errors;
using Compeer.Storage.Model;
using Microsoft.Data.Sqlite;

namespace Compeer.Storage.Sqlite;

/// <summary>What SQLite's result codes mean here, in words (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    /// <summary>A fault as whoever works with the database must treat it.</summary>
    /// <param name="tried">What was tried, and on which file.</param>
    /// <param name="fault">What SQLite said.</param>
    public static StorageException Of(string tried, SqliteException fault)
    {
        (var kind, var words) = fault.SqliteErrorCode switch
        {
            3 or 23 => (StorageFault.Unavailable, "this user has no permission for it"),
            5 or 6 => (StorageFault.Locked, "another program holds it (fuser FILE names the program)"),
            7 => (StorageFault.Unavailable, "the machine has no memory left for it"),
            8 => (StorageFault.Unavailable, "it may only be read: the file, its folder or the file system is read-only"),
            10 => (StorageFault.Unavailable, "the disk or device failed, or is full; the kernel's log (dmesg) says more"),
            11 => (StorageFault.Damaged, "its content is damaged"),
            13 => (StorageFault.Unavailable, "no space is left on the disk (see df and df -i); make room"),
            14 => (
                StorageFault.Unavailable, "it cannot be opened: the file or its folder is missing, or this user has no permission for it"),
            26 => (StorageFault.Damaged, "it is no database, or was overwritten"),
            var code => (StorageFault.Unavailable, $"SQLite refuses it with error {code}"),
        };
        return new StorageException(kind, $"{tried}: {words}");
    }

    /// <summary>The same for a fault of the file system.</summary>
    public static StorageException Of(string tried, Exception fault) =>
        new(StorageFault.Unavailable, $"{tried}: {SystemError.Words(fault)}");
}
