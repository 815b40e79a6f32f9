using System.Globalization;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Peer;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Hosting;

/// <summary>The lines that a start and a stop leave in the log, in Naemon's words where it has some.</summary>
internal static class StartupLines
{
    public static void WriteStart(DaemonLog log, LoadedConfiguration loaded, Instant now)
    {
        log.Information($"Compeer {ProgramVersion.Text} starting... (PID={Environment.ProcessId})");
        var local = now.Wall.ToOffset(TimeZones.Of(loaded.Main?.TimeZone).GetUtcOffset(now.Wall));
        log.Information(string.Create(CultureInfo.InvariantCulture, $"Local time is {local:ddd MMM dd HH:mm:ss zzz yyyy}"));
        log.Information("LOG VERSION: 2.0");
        foreach (var finding in loaded.Diagnostics)
        {
            log.Information(finding.ToString());
        }

        if (loaded.Main is { WithoutEffect: { Length: > 0 } withoutEffect })
        {
            log.Warning($"set in the main configuration but without effect yet: {string.Join(", ", withoutEffect)}");
        }

        if (SystemUser.IsRoot)
        {
            log.Warning("running as root; give the var folder to an unprivileged user (monitor) and start again to run as that user");
        }
    }

    public static void WriteReady(DaemonLog log) =>
        log.Information($"Compeer successfully initialized (PID={Environment.ProcessId})");

    public static void WriteStop(DaemonLog log) =>
        log.Information($"Successfully shutdown... (PID={Environment.ProcessId})");
}
