using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Hosting;

/// <summary>The lines that a start and a stop leave in the log, in Naemon's words where it has some.</summary>
internal static class StartupLines
{
    /// <summary>What whoever runs mond as root should do instead.</summary>
    public const string RunningAsRoot =
        "mond runs as root; start it with 'mon start', which prepares what it needs and runs it as the user monitor or the owner "
        + "of the var folder (useradd --system monitor makes the user)";

    public static void WriteStart(DaemonLog log, LoadedConfiguration loaded, Instant now)
    {
        log.Information($"Compeer {ProgramVersion.Text} starting... (PID={Environment.ProcessId})");
        log.Information($"Local time is {LongDateTime.Of(now.Wall, TimeZones.Of(loaded.Main?.TimeZone))}");
        log.Information("LOG VERSION: 2.0");
        foreach (var finding in loaded.Diagnostics)
        {
            log.Information(finding.ToString());
        }

        foreach (var line in WithoutEffect.Of(loaded))
        {
            log.Warning(line);
        }

        if (SystemUser.IsRoot)
        {
            log.Warning(RunningAsRoot);
        }
    }

    public static void WriteReady(DaemonLog log) =>
        log.Information($"Compeer successfully initialized (PID={Environment.ProcessId})");

    public static void WriteStop(DaemonLog log) =>
        log.Information($"Successfully shutdown... (PID={Environment.ProcessId})");
}
