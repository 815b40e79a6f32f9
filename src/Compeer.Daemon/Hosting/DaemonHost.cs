using System.Runtime.InteropServices;
using Compeer.Api;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Instance;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Reload;
using Compeer.Daemon.Storage;
using Compeer.Daemon.Versions;
using Compeer.Platform.Processes;
using Compeer.Storage.Sqlite;

namespace Compeer.Daemon.Hosting;

/// <summary>Runs one daemon from start to stop: what <c>mond</c> does when it is not asked for something else.</summary>
internal static class DaemonHost
{
    /// <summary>SIGUSR1 on Linux, which .NET takes as a raw number: open the log anew, as Naemon does for logrotate.</summary>
    private const PosixSignal UserSignal1 = (PosixSignal)10;

    /// <param name="paths">Where everything is.</param>
    /// <param name="detach">Say "ready" once started, then leave the terminal.</param>
    /// <returns>An exit code.</returns>
    /// <exception cref="StartupException">The daemon cannot start; what to mend is in the message.</exception>
    public static async Task<int> RunAsync(MonitorPaths paths, bool detach)
    {
        if (paths.SocketProblem is { } problem)
        {
            throw new StartupException(problem);
        }

        if (detach)
        {
            Terminal.LeaveSession();
        }

        Terminal.SetFileCreationMask();
        var ended = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var manager = ServiceManager.FromEnvironment();
        using var stopping = new CancellationTokenSource();
        using var orphans = Orphans.ReapAsFirstProcess(TimeProvider.System);
        ProcessSignals.Heed();
        using var stop = new SignalHandlers(ended, stopping);
        try
        {
            using var instance = await InstanceLock.TakeAsync(paths.PidFile, stopping.Token);
            return await RunAsync(paths, detach, ended, stop, manager, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop before it had started: nothing runs that would have to be handed over.
            return ExitCodes.Success;
        }
    }

    private static async Task<int> RunAsync(
        MonitorPaths paths,
        bool detach,
        TaskCompletionSource<Exception?> ended,
        SignalHandlers stop,
        ServiceManager manager,
        CancellationToken stopping)
    {
        await using var daemon = await StartAsync(paths, failure => ended.TrySetResult(failure), stopping);
        if (daemon is null)
        {
            return ExitCodes.Failure;
        }

        stop.OnHangUp = daemon.Reload;
        stop.OnUserSignal = daemon.ReopenLog;
        if (SystemUser.IsRoot && !detach)
        {
            StandardError.Write($"mond: {StartupLines.RunningAsRoot}");
        }

        daemon.ReportTo(manager);
        if (detach)
        {
            Detachment.Tell($"ready (pid {Environment.ProcessId})");
            Detachment.RedirectOutput(paths.DaemonLog);
        }

        var failed = await ended.Task;
        await daemon.StopAsync();
        if (failed is not null)
        {
            StandardError.Write($"mond: ended by an error of its own: {failed}");
        }

        return failed is null ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>Reads the configuration and starts with it; null, with the reasons told, when it has errors. A method of its own so
    /// that the texts of the files do not stay in memory.</summary>
    private static async Task<Daemon?> StartAsync(MonitorPaths paths, Action<Exception?> ended, CancellationToken stopping)
    {
        UncollectedStart.Begin();
        Rehearsal.Begin();
        var store = new VersionStore(paths);
        var installer = new ConfigurationInstaller(paths.FindMainConfiguration(), store);
        var notes = new List<string> { installer.Resume() };

        // A large configuration takes seconds to read, and so do many states; a stop meanwhile leaves them to end with the process.
        using var ahead = new DatabaseAhead(() => SqliteDatabase.Ahead(paths.Database));
        var loaded = await Task
            .Run(() => NodeDatabase.ReadBeside(paths.FindMainConfiguration(), ahead), CancellationToken.None)
            .WaitAsync(stopping);
        if (loaded.Errors > 0)
        {
            Report(loaded);
            return null;
        }

        if (store.Pushed.Of(loaded.Hash, inForce: null) is null
            && HostLoss.AtStart(installer, store, loaded) is var (former, reason))
        {
            StandardError.Write($"mond: {reason}");
            notes.Add(reason);
            loaded = former;
        }

        return await Composition.StartAsync(
            paths, loaded, store, ahead, [.. notes.Where(note => note.Length > 0)], ended, stopping);
    }

    private static void Report(LoadedConfiguration loaded)
    {
        using var output = new BufferedStream(Console.OpenStandardError());
        foreach (var finding in loaded.Diagnostics)
        {
            OutputLines.Write(output, finding);
        }

        var errors = loaded.Errors == 1 ? "1 error" : $"{loaded.Errors} errors";
        OutputLines.Write(output, $"mond: the configuration has {errors}; nothing was started");
    }

    /// <summary>The signals of the daemon, for as long as it runs.</summary>
    private sealed class SignalHandlers : IDisposable
    {
        private readonly List<PosixSignalRegistration> _registrations = [];

        public SignalHandlers(TaskCompletionSource<Exception?> ended, CancellationTokenSource stopping)
        {
            Register(PosixSignal.SIGTERM, Stop);
            Register(PosixSignal.SIGINT, Stop);
            Register(PosixSignal.SIGHUP, () => OnHangUp?.Invoke());
            Register(UserSignal1, () => OnUserSignal?.Invoke());

            void Stop()
            {
                ended.TrySetResult(null);
                stopping.Cancel();
            }
        }

        public Action? OnHangUp { get; set; }

        public Action? OnUserSignal { get; set; }

        public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

        private void Register(PosixSignal signal, Action action) =>
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                action();
            }));
    }
}
