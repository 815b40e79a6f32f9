using System.Globalization;
using Compeer.Api;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary>Starting, stopping and checking, as several commands need them.</summary>
internal static class DaemonControl
{
    /// <summary>How long a stop may take: the daemon hands its checks over and lets those that run end.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    /// <summary>Starts the daemon and waits until it is ready.</summary>
    public static async Task<int> StartAsync(CommandContext context, string command, CancellationToken cancellation)
    {
        var start = await context.Mond
            .StartAsync(context.Out.WriteLine, context.Error.WriteLine, cancellation).ConfigureAwait(false);
        if (start.Ready)
        {
            context.Out.WriteLine($"mond started (pid {start.Pid})");
            return ExitCodes.Success;
        }

        context.Error.WriteLine(start.ExitCode is { } code
            ? $"mon {command}: mond did not start (exit code {code.ToString(CultureInfo.InvariantCulture)})"
            : $"mon {command}: mond (pid {start.Pid}) has not said yet that it is ready; see {context.Paths.DaemonLog}");
        return ExitCodes.Failure;
    }

    /// <summary>Stops the daemon and waits until it has gone.</summary>
    public static async Task<int> StopAsync(CommandContext context, string command, CancellationToken cancellation)
    {
        var presence = context.Process.Find();

        // Also when it does not run: it may be about to be started again after a crash.
        if (await context.Mond.StopServiceAsync(context.Error.WriteLine, cancellation).ConfigureAwait(false)
            && !context.Process.Find().IsRunning && presence.Pid is { } served)
        {
            context.Out.WriteLine($"mond stopped (pid {served})");
            return ExitCodes.Success;
        }

        if (!presence.IsRunning)
        {
            context.Out.WriteLine("mond is not running");
            return ExitCodes.Success;
        }

        if (presence.Pid is not { } pid)
        {
            context.Error.WriteLine(
                $"mon {command}: mond is just starting or ending ({context.Paths.PidFile} is locked); try again");
            return ExitCodes.Failure;
        }

        context.Process.Terminate(pid);
        if (!await context.Process.WaitUntilGoneAsync(pid, StopLimit, cancellation).ConfigureAwait(false))
        {
            context.Error.WriteLine(
                $"mon {command}: mond (pid {pid}) is still there {StopLimit.TotalSeconds:0} s after SIGTERM; "
                + $"see {context.Paths.DaemonLog}");
            return ExitCodes.Failure;
        }

        context.Out.WriteLine($"mond stopped (pid {pid})");
        return ExitCodes.Success;
    }

    /// <summary>Whether object configuration and merlin.conf are free of errors; writes those there are.</summary>
    public static async Task<bool> VerifyAsync(CommandContext context, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var exitCode = await context.Mond
            .RunAsync(["--verify", context.Paths.FindMainConfiguration()], lines.Add, lines.Add, cancellation)
            .ConfigureAwait(false);
        if (exitCode != 0)
        {
            lines.ForEach(context.Error.WriteLine);
        }

        return exitCode == 0;
    }

    /// <summary>Lets a running daemon take up a change of merlin.conf, and says what came of it.</summary>
    public static async Task<int> ReloadNodesAsync(CommandContext context, string command, CancellationToken cancellation)
    {
        var answer = await context.Client.ReloadNodesAsync(cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out var reload, out var error))
        {
            if (error.Kind == ApiErrorKind.NotRunning)
            {
                context.Error.WriteLine("mond is not running; it will read the change when it starts");
                return ExitCodes.Success;
            }

            context.Error.WriteLine($"mon {command}: merlin.conf is changed, but mond could not be told: {error.Message}");
            return ExitCodes.Failure;
        }

        foreach (var diagnostic in reload.Diagnostics)
        {
            context.Error.WriteLine(diagnostic);
        }

        context.Error.WriteLine(reload.Applied
            ? "mond has taken up the change"
            : $"mon {command}: mond refused merlin.conf and keeps the nodes it had");
        return reload.Applied ? ExitCodes.Success : ExitCodes.Failure;
    }
}
