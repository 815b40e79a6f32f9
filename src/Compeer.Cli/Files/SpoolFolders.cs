using Compeer.Api;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Files;

/// <summary>The spool folders that op5's commands know by a word.</summary>
internal static class SpoolFolders
{
    /// <summary>Where results of checks wait: <c>check_result_path</c> of the main configuration.</summary>
    /// <exception cref="MonException">It cannot be read.</exception>
    public static string Checks(MonitorPaths paths) =>
        Setting(paths.FindMainConfiguration(), "check_result_path") ?? paths.VariableFolder + "/spool/checkresults";

    /// <summary>Where performance data waits: <c>perfdata_spool_dir</c> of PNP's npcd.</summary>
    /// <exception cref="MonException">It cannot be read.</exception>
    public static string Performance(MonitorPaths paths) =>
        Setting(paths.ConfigurationFolder + "/pnp/npcd.cfg", "perfdata_spool_dir") ?? paths.VariableFolder + "/spool/perfdata";

    /// <summary>The last value of a line <c>name = value</c>; null when the file or the line is not there.</summary>
    private static string? Setting(string file, string name)
    {
        try
        {
            return File.ReadLines(file)
                .Select(line => line.Split('=', 2))
                .Where(parts => parts.Length == 2 && parts[0].Trim() == name)
                .Select(parts => Path.GetFullPath(parts[1].Trim().TrimEnd('/'), Path.GetDirectoryName(file)!))
                .LastOrDefault();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(file, e);
        }
    }
}
