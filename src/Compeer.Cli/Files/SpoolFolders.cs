using Compeer.Api;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Files;

/// <summary>The spool folders that op5's commands know by a word.</summary>
internal static class SpoolFolders
{
    /// <summary>Where results of checks wait: <c>check_result_path</c> of the main configuration.</summary>
    /// <exception cref="MonException">It cannot be read.</exception>
    public static string Checks(MonitorPaths paths) =>
        PathSetting.In(paths.FindMainConfiguration(), "check_result_path") ?? paths.VariableFolder + "/spool/checkresults";

    /// <summary>Where performance data waits: <c>perfdata_spool_dir</c> of PNP's npcd.</summary>
    /// <exception cref="MonException">It cannot be read.</exception>
    public static string Performance(MonitorPaths paths) =>
        PathSetting.In(paths.ConfigurationFolder + "/pnp/npcd.cfg", "perfdata_spool_dir") ?? paths.VariableFolder + "/spool/perfdata";
}
