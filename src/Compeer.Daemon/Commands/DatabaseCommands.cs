using Compeer.Api;
using Compeer.Daemon.Platform;
using Compeer.Storage.Model;
using Compeer.Storage.Sqlite;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --db-check</c>, <c>--db-backup</c> and <c>--db-vacuum</c>: the database of what outlives a restart, whether a daemon
/// uses it or not.</summary>
internal static class DatabaseCommands
{
    /// <summary>Looks through the whole file.</summary>
    public static int Check(MonitorPaths paths) => Do(() =>
    {
        var findings = DatabaseMaintenance.Check(paths.Database);
        foreach (var finding in findings)
        {
            StandardError.Write($"mond: {paths.Database}: {finding}");
        }

        if (findings.Count == 0)
        {
            Console.Out.WriteLine($"{paths.Database} is whole: {DatabaseMaintenance.Describe(paths.Database)}");
        }

        return findings.Count == 0;
    });

    /// <summary>Copies it as it is at one moment.</summary>
    public static int Backup(MonitorPaths paths, string file) => Do(() =>
    {
        DatabaseMaintenance.Backup(paths.Database, file);
        Console.Out.WriteLine($"{paths.Database} is copied to {file}: {DatabaseMaintenance.Describe(file)}");
        return true;
    });

    /// <summary>Gives back what it does not need.</summary>
    public static int Vacuum(MonitorPaths paths) => Do(() =>
    {
        (var before, var after) = DatabaseMaintenance.Vacuum(paths.Database);
        Console.Out.WriteLine($"{paths.Database} had {before} bytes and has {after}");
        return true;
    });

    private static int Do(Func<bool> work)
    {
        try
        {
            return work() ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (StorageException fault)
        {
            StandardError.Write($"mond: {fault.Message}");
            return ExitCodes.Failure;
        }
    }
}
