using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Unicode;
using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Platform.Errors;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Daemon;

/// <summary>Runs the daemon's program as a process, its arguments one by one and never through a shell.</summary>
/// <param name="paths">The tree it is run for.</param>
/// <param name="daemon">The daemon's command line, see <see cref="MondCommandLine.Find"/>.</param>
/// <param name="tool">The command line for all else, which needs no other user, see <see cref="MondCommandLine.Own"/>.</param>
/// <param name="unit">What the daemon is started by; null when that is this program.</param>
internal sealed class Mond(
    MonitorPaths paths, Func<MonitorPaths, MondCommandLine> daemon, Func<MondCommandLine> tool, ServiceUnit? unit) : IMond
{
    /// <summary>A million services take seconds; a machine that swaps may take a minute.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    /// <summary>A program whose output has ended ends itself at once.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>What was printed before "ready" is on its way; after this it has arrived.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public Task<int> RunAsync(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken cancellation) =>
        RunAsync(tool(), arguments, output, error, cancellation);

    /// <inheritdoc/>
    public Task<int> RunAsDaemonAsync(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        var command = daemon(paths);
        if (command.User is { } user)
        {
            new DaemonFiles(paths, user, error).Prepare();
        }

        return RunAsync(command, arguments, output, error, cancellation);
    }

    private async Task<int> RunAsync(
        MondCommandLine command,
        IReadOnlyList<string> arguments,
        Action<string> output,
        Action<string> error,
        CancellationToken cancellation)
    {
        using var process = Start(command, arguments);
        try
        {
            await RelayAsync(process, output, error, cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<MondStart> StartAsync(Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        var command = daemon(paths);
        if (command.User is { } user)
        {
            new DaemonFiles(paths, user, error).Prepare();
        }

        if (unit is not null)
        {
            return await StartServiceAsync(unit, error, cancellation).ConfigureAwait(false);
        }

        using var process = Start(command, ["--daemonize"]);
        var pid = process.Id;
        var ready = false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        try
        {
            // The daemon's runtime keeps copies of the descriptors it was started with, so that the end of its output may
            // not come as long as it runs: its word is what counts.
            await RelayAsync(process, FilterReady, error, limit.Token).ConfigureAwait(false);
            if (!ready)
            {
                limit.CancelAfter(EndLimit);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                return new MondStart(Ready: false, pid, process.ExitCode);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Ready and heard to the end, or not ready in time.
        }

        if (ready && command.User is null && SystemUser.IsRoot)
        {
            error(
                "note: mond runs as root; make a user for it "
                + $"(useradd --system {DaemonUser.UsualName}) and restart: it will run as that user");
        }

        return new MondStart(ready, pid, ExitCode: null);

        void FilterReady(string line)
        {
            if (line == "ready" || line.StartsWith("ready ", StringComparison.Ordinal))
            {
                ready = true;
                limit.CancelAfter(LastWords);
            }
            else
            {
                output(line);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> StopServiceAsync(Action<string> error, CancellationToken cancellation) =>
        unit is not null && await unit.StopAsync(error, cancellation).ConfigureAwait(false);

    /// <summary>What the daemon says goes to the journal, and systemd would try it again and again: a configuration that is not good
    /// is said here, and nothing is started.</summary>
    private async Task<MondStart> StartServiceAsync(ServiceUnit service, Action<string> error, CancellationToken cancellation)
    {
        var findings = new List<string>();
        var exitCode = await RunAsync(["--verify", paths.FindMainConfiguration()], findings.Add, findings.Add, cancellation)
            .ConfigureAwait(false);
        if (exitCode != 0)
        {
            findings.ForEach(error);
            return new MondStart(Ready: false, Pid: 0, exitCode);
        }

        if (await service.StartAsync(error, cancellation).ConfigureAwait(false) is { } pid)
        {
            return new MondStart(Ready: true, pid, ExitCode: null);
        }

        error($"journalctl --unit={ServiceUnit.Name} has what mond said");
        return new MondStart(Ready: false, Pid: 0, ExitCode: 1);
    }

    private Process Start(MondCommandLine command, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(command.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // A character for each byte; see TextOf.
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
            UseShellExecute = false,

            // A daemon that kept the operator's folder would keep its file system busy.
            WorkingDirectory = Directory.Exists(paths.Prefix) ? paths.Prefix : "/",
        };
        foreach (var argument in command.Leading.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[MonitorPaths.PrefixVariable] = paths.Prefix;
        if (command.User is { } user)
        {
            // Plugins such as check_by_ssh look for their files in the user's home.
            var name = DaemonUser.NameOf(user);
            start.Environment["HOME"] = user.Home;
            start.Environment["USER"] = name;
            start.Environment["LOGNAME"] = name;
        }

        try
        {
            // So that it need not begin anew for that.
            using var blocked = ChildSignal.BlockHere();
            var process = Process.Start(start) ?? throw new MonException($"{command.Program} cannot be started");
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new MonException($"{command.Program} cannot be started: {SystemError.Words(e)}");
        }
    }

    private static async Task RelayAsync(
        Process process, Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        var gate = new Lock();
        await Task.WhenAll(CopyAsync(process.StandardOutput, output), CopyAsync(process.StandardError, error))
            .ConfigureAwait(false);

        async Task CopyAsync(StreamReader reader, Action<string> write)
        {
            while (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                lock (gate)
                {
                    write(TextOf(line));
                }
            }
        }
    }

    /// <summary>What a line's bytes mean: UTF-8, or else Latin-1, as some sites have their configuration, which is quoted here.</summary>
    private static string TextOf(string line)
    {
        var bytes = Encoding.Latin1.GetBytes(line);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : line;
    }
}
