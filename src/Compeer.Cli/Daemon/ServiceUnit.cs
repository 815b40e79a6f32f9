using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Platform.Errors;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Daemon;

/// <summary>
/// The unit of systemd that runs <c>mond</c> on an installed system. What is started beside it would be a daemon that systemd
/// neither sees nor restarts, so <c>mon</c> has it do the starting.
/// </summary>
/// <param name="systemctl">The program.</param>
/// <param name="isRoot">Whether this process may ask systemd itself; others may restart the unit, by the package's sudo rule.</param>
internal sealed class ServiceUnit(string systemctl, bool isRoot)
{
    /// <summary>The name of the unit.</summary>
    public const string Name = "mond.service";

    private static readonly string[] UnitFolders =
        ["/etc/systemd/system", "/run/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system"];

    /// <summary>
    /// The unit, when systemd is what started this machine, has the unit, and the tree is the installed one: the unit knows
    /// no other. Otherwise null.
    /// </summary>
    public static ServiceUnit? Find(MonitorPaths paths) =>
        paths.Prefix == MonitorPaths.DefaultPrefix
        && Directory.Exists("/run/systemd/system")
        && UnitFolders.Any(folder => File.Exists(Path.Combine(folder, Name)))
        && ProgramPath.Find("systemctl") is { } systemctl
            ? new ServiceUnit(systemctl, SystemUser.IsRoot)
            : null;

    /// <summary>Starts the unit and waits until the daemon is ready or has failed.</summary>
    /// <returns>The daemon's process; null when it did not start.</returns>
    /// <exception cref="MonException">systemd cannot be asked.</exception>
    public async Task<int?> StartAsync(Action<string> error, CancellationToken cancellation)
    {
        if (isRoot)
        {
            // A start that a person asks for is none of those that systemd gives up after.
            await RunAsync([systemctl, "reset-failed", Name], _ => { }, _ => { }, cancellation).ConfigureAwait(false);
        }

        // Of a unit that does not run, a restart is a start; one word for both keeps the sudo rule at one line.
        var started = isRoot
            ? await RunAsync([systemctl, "start", Name], _ => { }, error, cancellation).ConfigureAwait(false)
            : await RunAsync(
                [ProgramPath.Find("sudo") ?? throw NeedsRoot("sudo is not there"), "-n", systemctl, "restart", Name],
                _ => { },
                error,
                cancellation).ConfigureAwait(false);
        if (!started)
        {
            return null;
        }

        int? pid = null;
        await RunAsync([systemctl, "show", "--property=MainPID", "--value", Name], line => pid = Number(line), error, cancellation)
            .ConfigureAwait(false);
        return pid is > 0 ? pid : null;
    }

    /// <summary>Stops the unit, so that systemd does not start the daemon again either.</summary>
    /// <returns>False when this user may not: a signal to the daemon is left.</returns>
    /// <exception cref="MonException">systemd cannot be asked.</exception>
    public async Task<bool> StopAsync(Action<string> error, CancellationToken cancellation) =>
        isRoot && await RunAsync([systemctl, "stop", Name], _ => { }, error, cancellation).ConfigureAwait(false);

    private static MonException NeedsRoot(string why) =>
        new($"systemd runs mond here ({Name}), and {why}: do this as root");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<bool> RunAsync(
        string[] command, Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(command[1..], start.ArgumentList.Add);
        try
        {
            using var process = Process.Start(start) ?? throw new MonException($"{command[0]} cannot be started");
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            while (await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                output(line);
            }

            foreach (var line in (await errors.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                error(line);
            }

            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (Win32Exception e)
        {
            throw new MonException($"{command[0]} cannot be started: {SystemError.Words(e)}");
        }
    }
}
